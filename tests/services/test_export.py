"""What an inquiry is to a calendar: its next limit, or nothing."""

from shouwen.services.export import Left, exportable, waiting
from shouwen.terminal.context import Context
from tests.support.clock import NOW


def test_only_what_runs_is_waited_for(ledger, sw, inquiry, monkeypatch):
    """Closed: nothing. Open: the first of its limits, its office only where there are several."""
    from datetime import date

    name = inquiry()
    context = Context((str(ledger),), "wangfang")
    left = Left()
    (found,) = exportable(context, date.min, date.max, context.now, False, left)
    one = waiting(found, several=False)
    assert one and one.id == name and one.ledger == "" and not one.red
    assert one.due == min(c.due for c in found.clocks if c.due and not c.stopped)
    assert waiting(found, several=True).ledger == "某局"
    sw("wangfang", "close", name, "--outcome", "已答复", "--result", "已告知")
    (closed,) = exportable(Context((str(ledger),), "wangfang"), date.min, date.max, context.now, False, left)
    assert waiting(closed, several=False) is None and left.hidden == 0 and NOW
