"""The list of slips speaks of the program as it is; `python -m tests.mutation.slips` puts each one in."""

import pytest

from tests.mutation.slips import Slip, slips
from tests.support.places import ROOT


@pytest.mark.parametrize("slip", slips(), ids=[f"{n} {slip.file}" for n, slip in enumerate(slips(), 1)])
def test_a_slip_is_of_this_program(slip: Slip) -> None:
    """One whose place was rewritten is put in nowhere, and would be taken for noticed."""
    text = (ROOT / slip.file).read_text("utf-8")
    assert slip.old in text and slip.old != slip.new
    assert slip.tests and all((ROOT / test.partition("::")[0]).exists() for test in slip.tests)
