"""What rests on a limit is counted by whose limit it is, and once where inquiries were joined."""

import pytest
from msgspec import structs

from shouwen.core.date_range import month
from shouwen.core.inquiry.events import Correct, Event, Join, Notify, Progress, Reopen, Supplement
from shouwen.core.inquiry.header import Inquiry
from shouwen.core.rulebook import Rules
from shouwen.core.statistics.bulletin import put_right
from tests.core.statistics.test_bulletin import RULES, counted, passed, rate
from tests.support.clock import CALENDAR, at
from tests.support.records import close, event, inquiry, policy
from tests.support.roster import OFFICE


def of_limits(**limits: dict) -> Rules:
    """Rules in which these clocks have a limit that an article sets: ``办结={"workdays": 3}``."""
    over = {name: [{"article": "四", **value}] for name, value in limits.items()}
    return Rules(policy(limits=over), OFFICE, CALENDAR)


def test_whose_limit_it_is_is_counted_apart() -> None:
    """Articles, matters, the office, promises: each by itself; a default never in one number with them."""
    late, kept = close("2026-11-30 10:00"), close("24 09:00")
    office = structs.replace(
        OFFICE, config=structs.replace(OFFICE.config, overrides={"limits": {"办结": []}})
    )
    stories = {
        "条文": (of_limits(办结={"workdays": 3}), {}), "本单位": (Rules(of_limits(办结={"workdays": 3}).policy, office, CALENDAR), {}),
        "事项": (RULES, {"matter": "施工许可证", "received": at("20 09:00")}), "承诺": (RULES, {"promised": at("27 12:00")}),
        "默认": (RULES, {}),
    }  # fmt: skip
    for source, (rules, header) in stories.items():
        made = counted(inquiry(late, **header), inquiry(kept, id="20261123-BBBBBB", **header), rules=rules)
        mark = "_default" if source == "默认" else ""
        other = "" if mark else "_default"
        assert rate(made, f"on_time{mark}") == rate(made, "on_time", "source", source) == (1, 2), source
        assert rate(made, f"on_time{other}") == (0, 0)
        assert made.total.counts[f"expired{mark}"] == 1 and made.total.counts[f"expired{other}"] == 0
        assert made.groups["source"][("", source)].counts["expired"] == 1
        still = counted(inquiry(**header), rules=rules, now="30 18:00")
        assert (still.total.counts[f"overdue{mark}"], still.total.counts[f"overdue{other}"]) == (1, 0), source


NEIGHBOURS = [f"20261123-{letter * 6}" for letter in "BCDEF"]


def joined(events: list[Event], into: str = "20261123-AAAAAA", **header) -> list[Inquiry]:
    """Five neighbours' inquiries about one lamp, four of them joined to the first."""
    rest = [inquiry(event(Join, "23 10:00", into=into), *events, id=name, **header) for name in NEIGHBOURS]
    return [inquiry(*events, id=into, **header), *rest]


@pytest.mark.parametrize("order", [1, -1], ids=["the main one first", "the main one last"])
def test_joined_ones_are_late_once(order: int) -> None:
    """Six matters in one: taken in and closed six times, late once, on whoever is late."""
    rules = of_limits(办结={"workdays": 3})
    made = counted(*joined([close("27 09:00")])[::order], rules=rules)
    got = made.total.counts
    assert (got["received"], got["closed"], got["joined"], got["expired"]) == (6, 6, 5, 1)
    assert rate(made, "on_time") == rate(made, "on_time", "staff", "wangfang") == (0, 1)
    waiting = counted(*joined([])[::order], rules=rules).total.counts
    assert (waiting["open"], waiting["overdue"]) == (6, 1)


@pytest.mark.parametrize("order", [1, -1], ids=["the main one first", "the main one last"])
def test_of_joined_ones_the_worst_counts(order: int) -> None:
    """One of them answered late is a matter that was late; two people late are two."""
    rules = of_limits(办结={"workdays": 3})
    main = inquiry(close("24 09:00"), id="20261123-AAAAAA")
    late = inquiry(event(Join, "23 10:00", into=main.id), close("27 09:00"), id=NEIGHBOURS[0])
    made = counted(*[main, late][::order], rules=rules)
    assert (rate(made, "on_time"), made.total.counts["expired"]) == ((0, 1), 1)
    other = inquiry(event(Join, "23 10:00", into=main.id), *passed("23 11:00", "23 12:00"), id=NEIGHBOURS[1])
    assert counted(*[main, late, other][::order], rules=rules).total.counts["expired"] == 2


def test_joined_step_by_step_is_one_matter() -> None:
    """Joined into one that was itself joined, or in a circle by two clones: still late once."""
    rules, names = of_limits(办结={"workdays": 3}), ["20261123-AAAAAA", *NEIGHBOURS[:2]]
    for into in ((names[1], names[2], ""), (names[1], names[2], names[0]), (names[1], names[0], names[0])):
        chain = [
            inquiry(*([event(Join, "23 10:00", into=main)] if main else []), close("27 09:00"), id=name)
            for name, main in zip(names, into, strict=True)
        ]
        for order in (1, -1):
            made = counted(*chain[::order], rules=rules)
            assert (made.total.counts["expired"], rate(made, "on_time")) == (1, (0, 1)), into


def test_who_asks_again_after_a_result() -> None:
    """The same name and phone, however spaced, after the first result; not before it, not another's."""
    first = inquiry(close("24 09:00"))
    later = {"received": at("25 09:00"), "id": "20261125-BBBBBB"}
    spaced = structs.replace(first.inquirer, phone="138 1234-1234")
    for header, again in (
        (later, 1), (later | {"inquirer": spaced}, 1),
        (later | {"received": at("24 08:59")}, 0),
        (later | {"inquirer": structs.replace(spaced, name="李某")}, 0),
        (later | {"inquirer": structs.replace(spaced, phone="13900000000")}, 0),
        (later | {"inquirer": structs.replace(spaced, phone="")}, 0),
        (later | {"category": "举报"}, 0),
    ):  # fmt: skip
        for records in ([first, inquiry(**header)], [inquiry(**header), first]):
            made = counted(*records)
            assert made.total.counts["repeated"] == again, header
    old = inquiry(close("2026-10-08 09:00"), received=at("2026-10-08 08:00"))
    made = counted(old, inquiry(**later))
    assert made.groups["staff"][("某局", "wangfang")].counts["repeated"] == 1


def test_long_pauses_stand_at_the_end_of_the_period() -> None:
    """Paused longer than the office lets pass unseen: counted while it lasts, with whoever holds it."""
    waits = event(Notify, "2026-11-04 10:00", material=("甲",))
    record = inquiry(waits, event(Supplement, "2026-12-02 10:00"), received=at("2026-11-04 09:00"))
    assert [counted(record, period=month(2026, n)).total.counts["long_paused"] for n in (11, 12)] == [1, 0]
    short = inquiry(structs.replace(waits, at=at("23 10:00")))
    assert counted(short).total.counts["long_paused"] == 0


def test_putting_right_keeps_what_happened() -> None:
    """Corrections go into the header; every other act stays, in its place."""
    right = event(Correct, "24 09:00", field="category", value="投诉", reason="登记错了")
    told, ended = event(Progress, "23 10:00", text="在办"), close("25 09:00")
    made = put_right(inquiry(told, right, ended), at("30 09:00"))
    assert (made.category, made.events) == ("投诉", (told, ended))
    assert put_right(inquiry(told, ended), at("30 09:00")) == inquiry(told, ended)


@pytest.mark.parametrize(
    ("first", "again", "last", "changed"),
    [
        ("27 10:00", "27 11:00", "27 12:00", 1), ("23 10:00", "24 11:00", "2026-12-08 10:00", 0),
        ("23 10:00", "23 11:00", "30 10:00", 1), ("23 10:00", "24 11:00", "25 10:00", 0),
    ],
)  # fmt: skip
def test_a_redo_judged_otherwise_than_the_first_result(first, again, last, changed):
    """Late and then in time, in time and then late: counted in the period in which the redo was judged."""
    made = counted(inquiry(close(first), event(Reopen, again, reason="不满意"), close(last)))
    assert made.total.counts["changed"] == changed
