"""Papers that an inquirer left: which are still here, which may be given back."""

from collections.abc import Collection

from shouwen.core.errors import Refused
from shouwen.core.inquiry.events import GiveBack, Receive
from shouwen.core.inquiry.lifecycle import State


def still_here(state: State) -> list[str]:
    """Return the papers taken in and not given back, as often as they were taken in."""
    here = [paper for event in state.of(Receive) for paper in event.material]
    for event in state.of(GiveBack):
        for paper in event.material:
            if paper in here:
                here.remove(paper)
    return here


def to_give_back(state: State, named: Collection[str]) -> tuple[str, ...]:
    """Return which papers go back: those named, else all that are here.

    Raises:
        Refused: there is none, or one is named that is not here, or oftener than it is.
    """
    here = still_here(state)
    papers = tuple(named or here)
    if not papers:
        raise Refused(f"{state.inquiry.id}: 没有收了还没有退的材料；收件记在 shouwen receive")
    left = list(here)
    for paper in papers:
        if paper not in left:
            have = "、".join(here) or "没有"
            raise Refused(f"{state.inquiry.id}: 没有收过“{paper}”，或已经退了；还没有退的：{have}")
        left.remove(paper)
    return papers
