"""A leader's seat when whoever holds it moves or leaves: handed on, lent, or empty; never left behind unsaid."""

from datetime import date

import pytest

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
