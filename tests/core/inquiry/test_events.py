"""The words of a record: every act has one of its own, and knows it."""

import pytest

from shouwen.core.inquiry.events import EVENTS, Event, act_of


@pytest.mark.parametrize(("word", "kind"), EVENTS.items())
def test_an_act_has_a_word_of_its_own(word: str, kind: type[Event]) -> None:
    """What stands under ``do`` names one act, in both directions."""
    assert act_of(kind) == word and EVENTS[act_of(kind)] is kind
    assert word.isalpha() and not word.isascii()


def test_no_two_acts_share_a_word() -> None:
    """A word that meant two acts would make one of them unreadable."""
    assert len({act_of(kind) for kind in EVENTS.values()}) == len(EVENTS) > 15
