"""Which regulation governs a day."""

from datetime import date

from msgspec import structs

from shouwen.core.office.roster import InUse
from tests.support.roster import OFFICE


def test_which_regulation_governs_a_day() -> None:
    """Intake follows the regulation in force on its day, the border days included; gaps have none."""
    used = (InUse(id="旧", until=date(2026, 6, 30)), InUse(id="新", from_=date(2026, 7, 2)))
    dated = structs.replace(OFFICE, config=structs.replace(OFFICE.config, policy=used))
    days = (date(2026, 6, 30), date(2026, 7, 1), date(2026, 7, 2))
    assert [dated.policy_on(day) for day in days] == ["旧", "", "新"]
    assert OFFICE.policy_on(days[1]) == "bumen"
    assert (dated.config.policies(), OFFICE.config.policies()) == (["旧", "新"], ["bumen"])
