"""Who is concerned by an inquiry sees nothing of it: by the inquiry itself, and by a case that rests on it."""

from dataclasses import replace
from datetime import date

import pytest

from shouwen.core.accountability.case import Case
from shouwen.core.errors import Refused
from shouwen.services.recusal import Sight, accused, cases_on
from tests.support.clock import at
from tests.support.records import BUMEN, inquiry


@pytest.fixture
def reported(desk):
    """A report about 李洁, and one that names nobody, on which a case against 王芳 rests."""
    desk.ledger.create(inquiry(category="举报", about=("lijie",)))
    desk.ledger.create(inquiry(id="20261123-AAAAAA", category="举报"))
    case = Case(
        id="", reported=at("23 10:00"), by="heping", staff="wangfang", violation="推诿", article="四",
        inquiry="20261123-AAAAAA", occurred=date(2026, 11, 20), summary="推", policy="bumen",
    )  # fmt: skip
    desk.ledger.add(case, at("23 10:00"), "S")
    return desk


def read(desk, name: str):
    """An inquiry by a part of its id."""
    return desk.ledger.read(desk.ledger.find(name)).content


def test_whom_an_inquiry_is_about(reported) -> None:
    """Those it names, and of a secret one those whose case rests on it."""
    assert accused(reported.ledger, read(reported, "K7Q4")) == {"lijie"}
    assert accused(reported.ledger, read(reported, "AAAA")) == {"wangfang"}
    assert cases_on(reported.ledger) == {"20261123-AAAAAA": {"wangfang"}}


@pytest.mark.parametrize(
    ("who", "named", "by_case"),
    [("lijie", True, False), ("wangfang", False, True), ("heping", False, False), ("sunmei", False, False)],
)
def test_who_is_kept_from_it(reported, who: str, named: bool, by_case: bool) -> None:
    """The person it is about; a leader of that person sees it, as somebody must."""
    sight = Sight(replace(reported, actor=who))
    assert [sight.blocked(read(reported, name)) for name in ("K7Q4", "AAAA")] == [named, by_case]


def test_what_is_refused_says_the_way_out(reported) -> None:
    """Who is concerned may speak for himself and appeal; who is not goes on."""
    Sight(replace(reported, actor="heping")).demand(read(reported, "K7Q4"), BUMEN)
    with pytest.raises(Refused, match="回避.*申辩.*appeal"):
        Sight(replace(reported, actor="lijie")).demand(read(reported, "K7Q4"), BUMEN)


def test_a_case_that_only_speaks_of_an_inquiry_makes_nobody_concerned(reported) -> None:
    """Its number in a summary is not what the case rests on."""
    case = Case(
        id="", reported=at("23 10:00"), by="heping", staff="sunmei", violation="推诿", article="四",
        inquiry="20261123-K7Q4QX", occurred=date(2026, 11, 20), summary="另见 20261123-AAAAAA", policy="bumen",
    )  # fmt: skip
    reported.ledger.add(case, at("23 10:00"), "S")
    assert accused(reported.ledger, read(reported, "AAAA")) == {"wangfang"}
