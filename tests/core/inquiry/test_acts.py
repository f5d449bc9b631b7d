"""The acts by kind and time: what came first after a moment, against looking at each."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from shouwen.core.inquiry.acts import Acts
from shouwen.core.inquiry.events import Note, Progress, Urge
from tests.support.clock import at
from tests.support.records import event

START = at("23 09:00")
KINDS = (Note, Progress, Urge)
WORDS = {Note: {"text": "查"}, Progress: {"text": "在办"}, Urge: {}}


@given(
    st.lists(st.tuples(st.integers(0, 20), st.sampled_from(KINDS)), max_size=12),
    st.integers(-1, 21),
    st.booleans(),
    st.sets(st.sampled_from(KINDS), min_size=1).map(tuple),
)
def test_the_first_after_a_moment_is_the_first_that_a_walk_finds(made, minute, strictly, kinds):
    """At the moment itself too, unless strictly after it; of equal times the one that stands first."""
    events = [
        event(kind, START + timedelta(minutes=n), **WORDS[kind])
        for n, kind in sorted(made, key=lambda m: m[0])
    ]
    since = START + timedelta(minutes=minute)
    walked = next(
        (e for e in events if isinstance(e, kinds) and (e.at > since or not strictly and e.at == since)), None
    )
    acts = Acts(events)
    assert acts.first(kinds, since, strictly) is walked
    assert acts.of(kinds) == [e for e in events if isinstance(e, kinds)]
