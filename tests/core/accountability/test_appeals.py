"""How and until when a decision may be contested: by the regulation's own words, else by law."""

from datetime import date

import pytest
from msgspec import structs

from shouwen.core.accountability.appeals import (
    BY_LAW,
    UNREGULATED,
    answer_due,
    how_to_appeal,
    known_on,
    last_day,
)
from shouwen.core.accountability.case import Appeal, Case, Decide, Serve, Verify
from shouwen.core.accountability.lifecycle import replay_case
from shouwen.core.regulation.schema import AppealRule
from tests.support.clock import CALENDAR, at
from tests.support.records import BUMEN

DECIDED = (
    Verify("v", at("20 09:00"), "heping", "查实"),
    Decide("d", at("20 10:00"), "heping", ("诫勉教育",), "团党委"),
)


def case(*events):
    """A case decided on Friday the 20th, with these events after it."""
    made = Case(
        id="S20261118-9DTM2A", reported=at("18 09:00"), by="heping", staff="wangfang", violation="拒绝推诿", article="七",
        occurred=date(2026, 11, 17), summary="推", policy="bumen", events=(*DECIDED, *events),
    )  # fmt: skip
    return replay_case(made)


def test_the_days_count_from_when_the_person_knew():
    """From the service of the decision; where none is recorded, from the decision."""
    served = case(Serve("s", at("24 09:00"), "heping"))
    assert (known_on(case(), CALENDAR), known_on(served, CALENDAR)) == (
        date(2026, 11, 20),
        date(2026, 11, 24),
    )


@pytest.mark.parametrize(
    ("length", "last"),
    [({"workdays": 5}, date(2026, 11, 27)), ({"days": 10}, date(2026, 11, 30)), ({"days": 15}, date(2026, 12, 7)), ({}, None)],
)  # fmt: skip
def test_the_last_day_of_an_appeal(length, last):
    """Working days; days, of which a last one that is no working day moves to the next: 5 December is a Saturday."""
    assert last_day(AppealRule(article="九", **length), case(), CALENDAR) == last


def test_the_last_day_of_an_answer():
    """Counted from the appeal; none where the regulation sets none."""
    appeal = Appeal("a", at("24 10:00"), "wangfang", "不服")
    assert answer_due(AppealRule(article="九", answer_workdays=3), appeal, CALENDAR) == date(2026, 11, 27)
    assert answer_due(AppealRule(article="九", workdays=3), appeal, CALENDAR) is None


def test_what_the_sheet_says_of_it():
    """The regulation's own limit and body with its article; else the law of the person's status, or that nothing is laid down."""
    ruled = structs.replace(BUMEN, appeal=AppealRule(article="九", workdays=5))
    assert "在2026-11-27以前" in how_to_appeal(ruled, case(), CALENDAR, "公务员")
    assert "向团党委" in how_to_appeal(ruled, case(), CALENDAR, "公务员")
    plain = structs.replace(BUMEN, appeal=None)
    assert how_to_appeal(plain, case(), CALENDAR, "公务员") == f"{UNREGULATED}；{BY_LAW['公务员']}"
    assert how_to_appeal(plain, case(), CALENDAR, "志愿者") == UNREGULATED
    served = case(Serve("s", at("27 09:00"), "zhaojun", "本人签收"))
    by_law = how_to_appeal(plain, served, CALENDAR, "事业单位")  # thirty days on is Sunday the 27th
    assert by_law == f"{UNREGULATED}；{BY_LAW['事业单位']}；2026-11-27 送达，三十日到 2026-12-28"
    assert "送达" not in how_to_appeal(plain, served, CALENDAR, "企业")
