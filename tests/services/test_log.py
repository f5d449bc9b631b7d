"""Who did what, over many inquiries: the newest first, in the ledger's days, secrets only counted."""

from datetime import date

import pytest

from shouwen.core.inquiry.events import Accept, Note
from shouwen.services.log import WantedActs, acts
from tests.support.records import close, event, handoff, inquiry


@pytest.fixture
def busy(desk):
    """An inquiry passed on, taken over and answered over two days, and a report of a wrong."""
    desk.ledger.create(inquiry(
        handoff("23 10:00"), event(Accept, "23 11:00", "lijie"), event(Note, "23 23:59", "lijie", text="已去电"),
        close("24 09:00", "lijie"),
    ))  # fmt: skip
    desk.ledger.create(inquiry(id="20261123-AAAAAA", category="举报", scope="本人"))
    return desk


def done(found) -> list[tuple[str, str]]:
    """(act, staff) of the rows."""
    return [(row["do"], row["staff"]) for row in found.rows]


def test_every_act_is_a_row_the_newest_first(busy) -> None:
    """The intake is the first act; the one on a secret inquiry is a number."""
    found = acts(busy, WantedActs())
    assert done(found) == [
        ("办结", "lijie"), ("记事", "lijie"), ("签收", "lijie"), ("转办", "wangfang"), ("受理", "wangfang"),
    ]  # fmt: skip
    assert (found.hidden, found.problems) == (1, [])


@pytest.mark.parametrize(
    ("wanted", "left"),
    [
        (WantedActs(person="lijie"), "办结 记事 签收"),
        (WantedActs(section="审批科"), "转办 受理"),
        (WantedActs(acts=("签收", "转办")), "签收 转办"),
        (WantedActs(first=date(2026, 11, 24)), "办结"),
        (WantedActs(last=date(2026, 11, 23)), "记事 签收 转办 受理"),
        (WantedActs(first=date(2026, 11, 23), last=date(2026, 11, 23), person="wangfang"), "转办 受理"),
    ],
)
def test_both_days_belong_to_the_log(busy, wanted: WantedActs, left: str) -> None:
    """Each wish alone and together; a minute before midnight is still that day."""
    assert " ".join(act for act, _ in done(acts(busy, wanted))) == left
