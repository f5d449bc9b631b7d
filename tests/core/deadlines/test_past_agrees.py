"""A report about an earlier day, made today, is the report that was made on that day.

Whatever came after it: acts, corrections, withdrawals, results, redos, joins, a calendar changed.
"""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from shouwen.core.deadlines.clock_table import clocks
from shouwen.core.deadlines.overdue import long_standing, pressing
from shouwen.core.duties.findings import done_late, findings
from shouwen.core.inquiry.events import Withdraw
from shouwen.core.inquiry.lifecycle import replay
from shouwen.core.rulebook import Rules
from tests.core.deadlines.test_laws import ACTS, EVERY, LIMITS, MINUTES, RULE, START
from tests.support.clock import changed, notice
from tests.support.records import event, inquiry, policy
from tests.support.roster import OFFICE

POLICIES = [policy(limits=EVERY | {"办结": [limit | {"article": "默认"}]}) for limit in LIMITS]


@st.composite
def stories(draw):
    """Acts of two weeks at random moments, some of them taken back; days put off or made up meanwhile."""
    names = draw(st.lists(st.sampled_from(sorted(ACTS)), max_size=10))
    times = draw(st.lists(MINUTES, min_size=len(names), max_size=len(names), unique=True))
    acts = [ACTS[name](START + timedelta(minutes=n)) for name, n in zip(names, sorted(times), strict=True)]
    for n, after in draw(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 4000)), max_size=3)):
        if n < len(acts):
            slip = acts[n]
            late = {"approved_by": "heping" if slip.by != "heping" else "zhaojun"}
            moment = slip.at + timedelta(minutes=after, seconds=20)
            acts.append(event(Withdraw, moment, slip.by, event=slip.id, reason="记错", **late))
    told = draw(st.lists(st.tuples(MINUTES, st.integers(23, 30), st.booleans()), max_size=3))
    notices = [
        notice({"since": f"{START + timedelta(minutes=n):%Y-%m-%d %H:%M}", "off" if off else "work": [f"2026-11-{day}"]})
        for n, day, off in told
    ]  # fmt: skip
    return acts, notices


def report(acts, notices, rules, now, until=None):
    """All that the report says of a record, with the findings beside it."""
    rules = Rules(POLICIES[rules], OFFICE, changed(*notices))
    state = replay(inquiry(*acts), until=until)
    found = clocks(rules, state, now)
    said = [
        (c.name, c.event, c.due, c.level, c.overdue_workdays, c.by, c.whose, c.source, c.provisional, left)
        for c, left in pressing(rules, state, now, 3, found)
    ]
    late = [(one.finding.text, one.whose, one.late) for one in done_late(rules, state, found, now)]
    disputes = [(d.event.id, d.text) for d in state.disputes]
    broken = findings(rules, state, found, now)
    return said, late, disputes, long_standing(rules, state, now), state.phase, state.holder, broken


@given(stories(), RULE, MINUTES)
@settings(max_examples=400)
def test_the_report_of_an_earlier_day_is_the_one_made_on_it(story, rules, minute):
    """As of a day, and on that day with what was then on record: the same rows, the same disputes, the same findings."""
    acts, notices = story
    now = START + timedelta(minutes=minute, seconds=40)
    known = [n for n in notices if n.since <= now]
    then = [e for e in acts if e.at <= now]
    assert report(acts, notices, rules, now, until=now) == report(then, known, rules, now)


@given(stories(), RULE, MINUTES)
@settings(max_examples=300)
def test_a_verdict_of_then_is_found_again_today(story, rules, minute):
    """What an earlier report called late is late today, but for what was taken back or put right with approval."""
    acts, notices = story
    acts = [a for a in acts if not isinstance(a, Withdraw) and getattr(a, "approved_by", "") != "zhaojun"]
    now = START + timedelta(minutes=minute, seconds=40)
    book = Rules(POLICIES[rules], OFFICE, changed(*notices))
    before = clocks(book, replay(inquiry(*acts), until=now), now)
    today = clocks(book, replay(inquiry(*acts)), START + timedelta(days=200))
    late = {(c.name, c.started) for c in today if c.late}
    assert {(c.name, c.started) for c in before if c.late} <= late
