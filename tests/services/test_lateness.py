"""What one inquiry tells of its late clocks goes through the memo unchanged."""

from datetime import datetime, timedelta, timezone

from shouwen.core.inquiry.events import Target
from shouwen.services.lateness import Disputed, Hit, Told, decoded, encoded
from tests.support.clock import ZONE, at


def test_what_was_told_is_told_again():
    """Times come back with the zone or offset that they were told with, so that every form shows the same."""
    since = datetime(2026, 11, 2, 9, tzinfo=timezone(timedelta(hours=9)))
    told = Told(
        "20261102-AAAAAA", "inquiries/2026/11/20261102-AAAAAA.yaml", Target("审批科", "wangfang"),
        hits=[Hit({"due": at("23 17:30"), "level": "红牌"}, Target("规划科"))],
        disputes=[Disputed({"line": 3}, [Target("规划科", "lijie")])], standing={"since": since},
        not_judged=["首次回应"],
    )  # fmt: skip
    again = decoded(encoded(told), ZONE)
    assert again == told
    assert again.hits[0].row["due"].tzinfo is ZONE
    assert again.standing["since"].isoformat() == since.isoformat()
