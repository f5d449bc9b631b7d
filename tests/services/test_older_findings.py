"""An act on a record on which an older act was found wrong: what it breaks itself is still refused."""

import pytest

from shouwen.core.errors import Refused
from shouwen.core.inquiry.events import Close
from shouwen.services.record_act import act
from tests.support.clock import at
from tests.support.records import close, event, inquiry


def refusing(key, when, by):
    """What builds a refusal without the reason, the basis and the leader's name that the regulation wants."""
    return Close(key, when, by, "不予办理", "不符合条件", when)


def test_what_an_act_breaks_itself_is_refused_beside_older_faults(desk) -> None:
    """The regulation refuses this result; that another such result stands on the record excuses nothing."""
    from shouwen.core.inquiry.events import Reopen

    older = close("23 09:01", outcome="不予办理")
    desk.ledger.create(inquiry(older, event(Reopen, "23 09:02", reason="重办")))
    with pytest.raises(Refused, match="否定报备|理由|依据"):
        act(desk, "K7Q4", at("23 09:10"), refusing)


def test_an_older_fault_locks_nothing(desk) -> None:
    """There is always a way out: an act that breaks nothing itself is taken down."""
    from shouwen.core.inquiry.events import Note, Reopen

    older = close("23 09:01", outcome="不予办理")
    desk.ledger.create(inquiry(older, event(Reopen, "23 09:02", reason="重办")))
    done = act(desk, "K7Q4", at("23 09:10"), lambda key, when, by: Note(key, when, by, "已去电"))
    assert done.what.startswith("记事")
