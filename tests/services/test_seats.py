"""A leader's seat when whoever holds it moves or leaves: handed on, lent, or empty; never left behind unsaid."""

from datetime import date

import pytest
from msgspec import convert
from ruamel.yaml import YAML

from shouwen.core.office.chart import Department, Staff
from shouwen.core.office.roster import Config, Office
from shouwen.services.seats import Held, hand_on, holds, seats_of_post
from shouwen.store.ledger import Ledger


@pytest.fixture
def sw(ledger, run):
    """The command line on a ledger whose roster has a comment beside a leader."""
    place = ledger / "staff.yaml"
    place.write_text(
        place.read_text("utf-8").replace("place: 一楼3号窗口}", "place: 一楼3号窗口} # 一楼"), "utf-8"
    )
    return lambda *args, **more: run("-L", ledger, *args, **more)


LEADER = ("staff", "move", "zhaojun", "--to", "办公室", "--from", "2026-11-10")


def leaders(ledger, *days: str) -> list[str]:
    """Who leads 审批科 on each day."""
    one = Ledger(str(ledger)).office
    return [one.leader("审批科", date.fromisoformat(day)) for day in days]


def test_a_leader_who_moves_hands_the_seat_on(sw, ledger):
    """Whoever leads is asked who takes over; before the day it stays as it was, comments too."""
    before = (ledger / "staff.yaml").read_bytes()
    assert "赵军是审批科的负责人，由谁接任" in sw(*LEADER, code=2).err
    sw(*LEADER, "--successor", "zhaojun", code=2)
    sw(*LEADER, "--successor", "某人", code=4)
    assert (ledger / "staff.yaml").read_bytes() == before
    sw(*LEADER, "--successor", "wangfang")
    assert leaders(ledger, "2026-11-09", "2026-11-10") == ["zhaojun", "wangfang"]
    assert "# 一楼" in (ledger / "staff.yaml").read_text("utf-8")
    sw("staff", "leave", "wangfang", "--last-day", "2026-11-20", code=2)
    sw("staff", "leave", "wangfang", "--last-day", "2026-11-20", "--successor", "留任", code=2)
    sw("staff", "leave", "wangfang", "--last-day", "2026-11-20", "--successor", "暂缺")
    assert leaders(ledger, "2026-11-09", "2026-11-20", "2026-11-21") == ["zhaojun", "wangfang", ""]


@pytest.mark.parametrize(
    "heir, days",
    [
        ("暂缺", ["zhaojun", "", "", "zhaojun"]),
        ("留任", ["zhaojun", "zhaojun", "zhaojun", "zhaojun"]),
        ("王芳", ["zhaojun", "wangfang", "wangfang", "zhaojun"]),
    ],
)
def test_a_leader_who_is_seconded_comes_back_to_the_seat(sw, ledger, heir, days):
    """With an end the seat is lent for as long as the person is."""
    sw(*LEADER, "--kind", "借调", "--until", "2026-11-30", "--successor", heir)
    assert leaders(ledger, "2026-11-09", "2026-11-10", "2026-11-30", "2026-12-01") == days


def test_only_who_leaves_a_seat_is_asked(sw, ledger):
    """A clerk, a post held beside, another title in the same department: nothing to hand on."""
    sw("staff", "move", "zhaojun", "--to", "办公室", "--kind", "兼职", "--from", "2026-11-10")
    sw("staff", "move", "wangfang", "--to", "办公室", "--from", "2026-11-10")
    sw("staff", "move", "sunmei", "--to", "规划科", "--title", "主任科员", "--from", "2026-11-10")
    sw("staff", "move", "lijie", "--to", "办公室", "--from", "2026-11-10", "--successor", "sunmei", code=2)
    sw("staff", "leave", "lijie", "--from", "2026-11-10", "--successor", "sunmei", code=2)
    assert leaders(ledger, "2026-11-10") == ["zhaojun"]


@pytest.mark.parametrize(
    "entry, days",
    [
        ({}, "yyyy"),
        ({"from": date(2026, 11, 10)}, "nyyy"),
        ({"until": date(2026, 11, 20)}, "yyyn"),
        ({"from": date(2026, 11, 10), "until": date(2026, 11, 20)}, "nyyn"),
    ],
)
def test_an_entry_covers_its_first_and_its_last_day(entry, days):
    """The day before the first and the day after the last are another's."""
    asked = [date(2026, 11, d) for d in (9, 10, 20, 21)]
    assert "".join("y" if holds(entry, day) else "n" for day in asked) == days


OFFICE = Office(
    config=Config(name="某局", policy="bumen"),
    departments=convert({
        "民政办": {"leader": "lisi"},
        "农业站": {"leader": [{"staff": "sunba", "until": "2026-11-09"}, {"staff": "lisi", "from": "2026-11-10"}]},
        "信访办": {"deputy": "qianqi"}, "办公室": {},
    }, dict[str, Department], strict=False),
    staff=convert({
        "lisi": {"name": "李四", "posts": [
            {"department": "民政办", "until": "2026-11-09"}, {"department": "农业站", "from": "2026-11-10"}]},
        "qianqi": {"name": "钱七", "posts": [{"department": "信访办", "from": "2026-11-10"}]},
        "sunba": {"name": "孙八", "department": "农业站"},
    }, dict[str, Staff], strict=False),
    matters={},
)  # fmt: skip


@pytest.mark.parametrize(
    "staff, left",
    [("lisi", [("民政办", "leader")]), ("qianqi", [("信访办", "deputy")]), ("sunba", [])],
)
def test_what_is_left_behind_is_the_seat_of_the_day_before(staff, left):
    """Whoever had another post until the day of the move leaves that one; whoever had none yet, the first."""
    found = seats_of_post(OFFICE, staff, date(2026, 11, 10), "办公室")
    assert [(h.department, h.seat) for h in found] == left


def test_a_seat_among_several_tenures_is_handed_on_in_its_place():
    """Those who had it before and have it after keep their days; the end of the tenure goes to the heir."""
    first, last = date(2026, 6, 1), date(2026, 12, 31)
    tree = YAML().load(
        "departments:\n  民政办: {leader: [{staff: sunba, from: 2025-01-01, until: 2026-05-31},"
        " {staff: lisi, from: 2026-06-01, until: 2026-12-31}, {staff: lisi, from: 2027-01-01}]}\n"
    )
    seats = [Held("民政办", "leader")]
    hand_on(tree, seats, "lisi", "qianqi", date(2026, 11, 10))
    assert [dict(t) for t in tree["departments"]["民政办"]["leader"]] == [
        {"staff": "sunba", "from": date(2025, 1, 1), "until": date(2026, 5, 31)},
        {"staff": "lisi", "from": first, "until": date(2026, 11, 9)},
        {"staff": "qianqi", "from": date(2026, 11, 10), "until": last},
        {"staff": "lisi", "from": date(2027, 1, 1)},
    ]
