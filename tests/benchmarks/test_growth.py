"""Twice as much of anything costs twice the calls: counted, not timed, so that no machine changes the answer.

Each dimension is grown alone, everything else small: what three sizes cost over one another leaves out
what a run costs anyway.
"""

import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from shouwen.core.accountability.case import Case, Decide, Verify
from shouwen.core.inquiry.events import Appoint, Note, Progress
from shouwen.core.inquiry.masking import mask_text
from shouwen.store.record import decode, encode, needle_in
from tests.core.deadlines.test_growth import MOST, calls
from tests.support.clock import at
from tests.support.records import close, event, inquiry

SIZE = 12
REPORTS = (
    ("check",), ("list", "--status", "all"), ("search", "施工"), ("bulletin",), ("evaluate", "2026"),
    ("export",), ("export", "--format", "jsonl"), ("overdue",), (),
)  # fmt: skip


def put(root: Path, content) -> None:
    """Lay a record where it belongs."""
    name = content.id
    place = f"sanctions/{name[1:5]}" if isinstance(content, Case) else f"inquiries/{name[:4]}/{name[4:6]}"
    (root / place).mkdir(parents=True, exist_ok=True)
    (root / place / f"{name}.yaml").write_bytes(encode(content))


def serial(n: int) -> str:
    """Six letters of an id."""
    return "".join("ABCDEFGHJK"[int(digit)] for digit in f"{n:06}")


def records(root: Path, size: int) -> None:
    """So many inquiries, a third of them open and late."""
    for n in range(size):
        moment = at("2026-10-12 09:00") + timedelta(hours=n % 7)
        acts = [event(Progress, moment + timedelta(hours=1), text="在办")]
        acts += [close(moment + timedelta(hours=2))] if n % 3 else []
        put(root, inquiry(*acts, id=f"20261012-{serial(n)}", received=moment))


def events(root: Path, size: int) -> None:
    """One inquiry with so many acts of several kinds."""
    moment, acts = at("2026-10-12 09:00"), []
    for n in range(10 * size):
        moment += timedelta(minutes=30)
        kinds = (
            event(Note, moment, text="去电"), event(Progress, moment, text="在办"),
            event(Appoint, moment, when=moment + timedelta(hours=30)),
        )  # fmt: skip
        acts.append(kinds[n % 3])
    put(root, inquiry(*acts, id="20261012-AAAAAA", received=at("2026-10-12 09:00")))


def a_case(n: int, staff: str, day: date, violation: str) -> Case:
    """A decided case."""
    moment = at(f"{day} 09:00")
    acts = (
        event(Verify, moment + timedelta(hours=1), "zhaojun", finding="查实"),
        event(
            Decide,
            moment + timedelta(hours=2),
            "zhaojun",
            measures=("责令限期改正",),
            authority="团党委",
            reason="情节轻微",
        ),
    )
    return Case(
        id=f"S{day:%Y%m%d}-{serial(n)}", reported=moment, by="zhaojun", staff=staff, violation=violation,
        article="四", occurred=day, summary=f"第{n}件", policy="bumen", events=acts,
    )  # fmt: skip


def cases(root: Path, size: int) -> None:
    """So many cases, of everybody in turn."""
    people = ("wangfang", "lijie", "sunmei")
    for n in range(size):
        day = date(2026, 1, 5) + timedelta(days=n)
        put(root, a_case(n, people[n % 3], day, "推诿"))


def cases_of_one(root: Path, size: int) -> None:
    """So many cases of one person, each the next occasion of the same."""
    for n in range(size):
        put(root, a_case(n, "wangfang", date(2026, 1, 5) + timedelta(days=n), "推诿"))


def staff(root: Path, size: int) -> None:
    """So many more people, each with an inquiry."""
    path = root / "staff.yaml"
    lines = [
        f"  p{n}: {{name: 员{serial(n)}, department: 规划科, title: 科员, rank: 2, joined: 2020-01-01}}\n"
        for n in range(size)
    ]
    path.write_text(path.read_text("utf-8").rstrip() + "\n" + "".join(lines), "utf-8")
    for n in range(size):
        moment = at("2026-10-12 09:00")
        made = inquiry(
            close(moment + timedelta(hours=1), f"p{n}"), id=f"20261012-{serial(n)}", received=moment
        )
        put(
            root,
            type(made)(
                **{
                    **{f: getattr(made, f) for f in made.__struct_fields__},
                    "first_responder": f"p{n}",
                    "department": "规划科",
                }
            ),
        )


def departments(root: Path, size: int) -> None:
    """So many more departments."""
    path = root / "staff.yaml"
    lines = "".join(f"  第{serial(n)}科: {{leader: zhaojun}}\n" for n in range(size))
    path.write_text(path.read_text("utf-8").replace("staff:\n", f"{lines}staff:\n", 1), "utf-8")


def calendar(root: Path, size: int) -> None:
    """A calendar that names so many days off."""
    (root / "calendar").mkdir(exist_ok=True)
    days = ", ".join(str(date(2026, 1, 1) + timedelta(days=n)) for n in range(size))
    (root / "calendar/2026.yaml").write_text(f"year: 2026\noff: [{days}]\nwork: []\nsource: 通知\n", "utf-8")


GROWN = (records, events, cases, cases_of_one, staff, departments, calendar)


@pytest.fixture
def cost(ledger, tmp_path, run, monkeypatch) -> Callable[..., int]:
    """How many calls a report makes on a ledger in which something has a size."""
    monkeypatch.setenv("SHOUWEN_MEMO", "off")
    made: dict[tuple, Path] = {}

    def counted(grow: Callable[[Path, int], None], size: int, words: tuple[str, ...]) -> int:
        if (grow, size) not in made:
            root = made[grow, size] = tmp_path / f"{grow.__name__}-{size}"
            shutil.copytree(ledger, root)
            grow(root, size)
        call = ("-L", made[grow, size], "--as", "wangfang", *words)
        run(*call, code=None)  # what is loaded and counted once for all
        return calls(lambda: run(*call, code=None))

    return counted


def at_most_in_step(costs: list[int], most: float = MOST) -> bool:
    """Whether what the third size costs over the second is what that costs over the first, twice."""
    first, second, third = costs
    return third - second <= most * max(second - first, first // 20)


@pytest.mark.parametrize("grow", GROWN, ids=lambda grow: grow.__name__)
def test_a_report_grows_with_what_it_reads(cost, grow):
    """Records, acts of a record, cases, people, departments, days of the calendar."""
    slow = {}
    for words in REPORTS:
        costs = [cost(grow, size, words) for size in (SIZE, 2 * SIZE, 4 * SIZE)]
        if not at_most_in_step(costs):
            slow[words] = costs
    assert slow == {}


def test_several_ledgers_cost_their_sum(ledger, tmp_path, run, monkeypatch):
    """A roll-up of twice the ledgers reads twice as much, and compares nothing with everything."""
    monkeypatch.setenv("SHOUWEN_MEMO", "off")
    roots = []
    for n in range(16):
        roots.append(tmp_path / f"l{n}")
        shutil.copytree(ledger, roots[-1])
        records(roots[-1], 2)
    slow = {}
    for words in (("overdue",), ("bulletin",), ("export",)):
        costs = []
        for size in (4, 8, 16):
            call = [word for root in roots[:size] for word in ("-L", root)]
            run(*call, *words, code=None)
            costs.append(calls(lambda call=call, words=words: run(*call, *words, code=None)))
        if not at_most_in_step(costs):
            slow[words] = costs
    assert slow == {}


def test_a_record_of_five_thousand_acts_is_looked_at_act_by_act():
    """Its form is found, its text searched and masked at the cost of each line, whatever stands there."""
    lines = {}
    for size in (2_500, 5_000):
        moment = at("2026-01-01 09:00")
        acts = [
            event(Note, moment + timedelta(minutes=n), text='a{"id": 1381234' + "1" * (n % 9))
            for n in range(size)
        ]
        raw = encode(inquiry(*acts, id="20260101-AAAAAA", received=moment))
        record = decode(type(inquiry()), raw, "inquiries/2026/01/20260101-AAAAAA.yaml")
        assert record.canonical and len(record.content.events) == size
        found = needle_in("没有这样的字")
        text = "\n".join(e.text for e in record.content.events)
        lines[size] = calls(
            lambda raw=raw, found=found, text=text: (
                decode(type(inquiry()), raw, "x"),
                found(raw),
                mask_text(text),
            )
        )
        assert not found(raw)
    assert lines[5_000] <= MOST * lines[2_500]
