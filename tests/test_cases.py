"""The cases of tests/cases: what happened, and what follows, as a jurist would write it down."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest

from shouwen.core import model as m
from shouwen.core.clocks import Rules, clocks, main_clock
from shouwen.core.findings import findings
from shouwen.core.replay import replay
from shouwen.store.ledger import Ledger
from shouwen.store.yaml import load

FOLDER = Path(__file__).parent / "cases"
ZONE = ZoneInfo("Asia/Shanghai")
HEADER = {
    "id": "20261123-K7Q4QX", "received": "23 09:00", "channel": "来电", "category": "咨询",
    "subject": "施工许可证办理材料", "first_responder": "wangfang", "department": "审批科",
    "scope": "其他部门", "policy": "bumen", "inquirer": {"name": "张某", "phone": "13812341234"},
}  # fmt: skip
MOMENTS = ("at", "received", "promised", "told", "until", "when", "due")


def moment(text: str) -> datetime:
    """ "23 09:15" (November 2026) or "2026-12-01 09:15", in the ledger's zone."""
    day, clock = str(text).split(" ")
    day = day if "-" in day else f"2026-11-{int(day):02}"
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZONE)


def timed(values: dict) -> dict:
    """The values with their times as a record has them."""
    return {k: moment(v).isoformat() if k in MOMENTS else v for k, v in values.items()}


def cases():
    """Every case of every file, under its name."""
    for path in sorted(FOLDER.glob("*.yaml")):
        for name, case in load(path.read_bytes(), path.name).items():
            yield pytest.param(case, id=f"{path.stem}-{name}")


def written(case: dict) -> m.Inquiry:
    """The record that a case describes; events are numbered from 1 in the order written."""
    events = [{"id": str(n), "by": "wangfang", **timed(event)} for n, event in enumerate(case["events"], 1)]
    return msgspec.convert(timed(HEADER | case.get("inquiry", {})) | {"events": events}, m.Inquiry)


@pytest.mark.parametrize("case", list(cases()))
def test_case(case, ledger):
    """Phase, holder, due time, what is overdue and what is found: all of it, and nothing else."""
    book = Ledger(str(ledger))
    rules = Rules(book.policy(case.get("inquiry", {}).get("policy", "bumen")), book.office, book.calendar)
    now = moment(case["now"])
    state = replay(written(case))
    found = clocks(rules, state, now)
    main = main_clock(found)
    assert {
        "phase": state.phase,
        "holder": state.holder.staff,
        "due": main.due,
        "overdue": sorted(c.name for c in found if c.late),
        "findings": sorted(
            f"{f.article} {f.name} {f.event or 0}" for f in findings(rules, state, found, now)
        ),
    } == {
        **case["expect"],
        "due": moment(case["expect"]["due"]) if case["expect"]["due"] else None,
        "overdue": sorted(case["expect"]["overdue"]),
        "findings": sorted(case["expect"]["findings"]),
    }


def test_the_cases_speak_of_every_act():
    """No kind of event is left without a case that shows what it does."""
    told = {e["do"] for p in cases() for e in p.values[0]["events"]}
    assert set(m.EVENTS) - told <= {"催办", "回访", "出具"}
