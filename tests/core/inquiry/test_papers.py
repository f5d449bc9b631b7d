"""Papers that were left: which are here, and which go back."""

import pytest

from shouwen.core.errors import Refused
from shouwen.core.inquiry.events import GiveBack, Receive
from shouwen.core.inquiry.lifecycle import replay
from shouwen.core.inquiry.papers import still_here, to_give_back
from tests.support.records import event, inquiry

TAKEN = (
    event(Receive, "23 09:05", material=("户口本", "照片", "照片")),
    event(Receive, "23 09:10", material=("照片",)),
)


def test_what_is_here_is_counted():
    """Two of one name are two; what goes back is one less."""
    back = event(GiveBack, "23 09:20", material=("照片",))
    assert still_here(replay(inquiry(*TAKEN))) == ["户口本", "照片", "照片", "照片"]
    assert still_here(replay(inquiry(*TAKEN, back))) == ["户口本", "照片", "照片"]


@pytest.mark.parametrize(
    ("named", "back"),
    [
        ((), ("户口本", "照片", "照片", "照片")),
        (("照片", "照片"), ("照片", "照片")),
        (("户口本",), ("户口本",)),
    ],
)
def test_what_is_named_goes_back_else_all(named, back):
    """Nothing named is everything."""
    assert to_give_back(replay(inquiry(*TAKEN)), named) == back


@pytest.mark.parametrize("named", [("户口本", "户口本"), ("照片",) * 4, ("房产证",)])
def test_nothing_goes_back_that_is_not_here(named):
    """Not another paper, and none oftener than it came."""
    with pytest.raises(Refused, match=f"没有收过“{named[-1]}”"):
        to_give_back(replay(inquiry(*TAKEN)), named)
    with pytest.raises(Refused, match="没有收了还没有退的材料"):
        to_give_back(replay(inquiry()), ())
