"""Confidential inquiries are counted everywhere, also where only a number or an exit code is told."""

import pytest

LATE = "2026-12-20T09:00"
KINDS = [("--category", "举报"), ("--category", "咨询", "--confidential")]


@pytest.mark.parametrize("kind", KINDS, ids=["wrong", "confidential"])
@pytest.mark.parametrize("late", [True, False])
def test_the_exit_code_counts_the_late_confidential_ones(kind, late, sw):
    """Nothing else is late: 1 if it is late, 0 if it is not."""
    sw("heping", "intake", "--channel", "来电", "--subject", "事", "--name", "张某", "--phone", "13812341234",
       "--scope", "本人", *kind)  # fmt: skip
    assert sw("heping", "overdue", "--exit-code", now=LATE if late else "", code=None).code == int(late)


@pytest.mark.parametrize("kind", KINDS, ids=["wrong", "confidential"])
def test_todays_page_counts_them(kind, sw, inquiry):
    """Beside an ordinary one: the number, no line of it."""
    open_one = inquiry("heping", subject="许可")
    kept = sw("heping", "intake", "--channel", "来电", "--subject", "事", "--name", "张某", "--phone", "13812341234",
              "--scope", "本人", *kind).id  # fmt: skip
    page = sw("heping", now=LATE).out
    assert open_one in page and kept not in page
    assert "另有保密件（举报等）1 件" in page and "与我有关 2 件，其中超期 2 件；全单位超期 2 件" in page


def test_todays_page_of_confidential_ones_alone(sw):
    """It does not say that there is nothing."""
    sw("heping", "intake", "--channel", "来电", "--subject", "事", "--name", "张某", "--phone", "13812341234",
       "--scope", "本人", "--category", "举报")  # fmt: skip
    page = sw("heping").out
    assert "另有保密件（举报等）1 件" in page and "手上没有" not in page
