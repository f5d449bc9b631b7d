"""Laws of the clocks over random histories: what must hold whatever happened, in whatever order."""

from datetime import timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec import structs

from shouwen.core.deadlines.clock_table import clocks
from shouwen.core.inquiry.events import (
    Accept,
    Appoint,
    Callback,
    Correct,
    Extend,
    Instruct,
    Join,
    Note,
    Notify,
    Progress,
    Reopen,
    Resume,
    Return,
    Supervise,
    Supplement,
    Suspend,
    Target,
    Withdraw,
)
from shouwen.core.inquiry.lifecycle import replay
from shouwen.core.rulebook import Rules
from tests.support.clock import CALENDAR, at
from tests.support.records import close, event, handoff, inquiry, policy, with_limits
from tests.support.roster import OFFICE

START = at("23 09:00")
END = at("2027-06-01 09:00")
GRANT = {"approved_by": "zhaojun", "reason": "勘查"}
# Every act there is; those with a moment of their own get one some hours later or earlier.
ACTS = {
    "转办": lambda t: handoff(t, "规划科/lijie"),
    "签收": lambda t: event(Accept, t, "lijie"),
    "退回": lambda t: event(Return, t, "lijie", reason="不属"),
    "告知": lambda t: event(Notify, t, material=("图纸",)),
    "补正": lambda t: event(Supplement, t),
    "中止": lambda t: event(Suspend, t, reason="特别程序"),
    "恢复": lambda t: event(Resume, t),
    "指定": lambda t: event(Instruct, t, "heping", text="办", designate=Target("办公室")),
    "延期": lambda t: event(Extend, t, workdays=2, **GRANT),
    "延至": lambda t: event(Extend, t, until=t + timedelta(days=3), **GRANT),
    "预约": lambda t: event(Appoint, t, when=t + timedelta(hours=30)),
    "督办": lambda t: event(Supervise, t, "heping", text="快办", due=t + timedelta(hours=40)),
    "承诺": lambda t: event(Progress, t, text="周五前", promised=t + timedelta(days=4)),
    "反馈": lambda t: event(Progress, t, text="在办"),
    "记事": lambda t: event(Note, t, text="x"),
    "办结": close,
    "重办": lambda t: event(Reopen, t, reason="不满意"),
    "回访": lambda t: event(Callback, t, rating="满意"),
    "更正": lambda t: event(
        Correct, t, field="received", value=(START + timedelta(hours=5)).isoformat(), reason="记错"
    ),
    "改范围": lambda t: event(Correct, t, field="scope", value="单位外", reason="记错"),
    "批准更正": lambda t: event(
        Correct, t, field="urgency", value="紧急", reason="记错", approved_by="zhaojun"
    ),
    "并案": lambda t: event(Join, t, into="20261123-QQQQQQ"),
}
LIMITS = [{"workdays": 3}, {"same_day": True}, {"hours": 20}, {"days": 5}, {"months": 1}]
EVERY = {
    name: [{"workdays": 2, "article": "默认"}]
    for name in ("首次回应", "签收", "环节", "重办", "反馈", "回访")
}


def rules_of(limit: dict) -> Rules:
    """Rules with a limit on every clock there is, this one on the work."""
    return Rules(policy(limits=EVERY | {"办结": [limit | {"article": "默认"}]}), OFFICE, CALENDAR)


RULES = [rules_of(limit) for limit in LIMITS]
RULE = st.integers(0, len(RULES) - 1)  # told by number: a whole regulation says too much
MINUTES = st.integers(0, 14 * 24 * 60)


@st.composite
def histories(draw, most=12):
    """Acts at random moments of two weeks, lawful or not."""
    names = draw(st.lists(st.sampled_from(sorted(ACTS)), max_size=most))
    times = draw(st.lists(MINUTES, min_size=len(names), max_size=len(names), unique=True))
    return [ACTS[name](START + timedelta(minutes=n)) for name, n in zip(names, sorted(times), strict=True)]


def verdicts(events, rules, now=END, **header):
    """What each clock says in the end, without what only says how it came about."""
    rules = RULES[rules]
    return [structs.replace(c, course=None) for c in clocks(rules, replay(inquiry(*events, **header)), now)]


def works(events, rules, now=END):
    """The clocks of the work."""
    return [c for c in verdicts(events, rules, now) if c.of_work or c.name in ("办结", "重办")]


@given(histories(), RULE, st.integers(-3000, 9000))
@settings(max_examples=300)
def test_no_clock_is_due_before_it_starts(events, rules, minutes):
    """Whenever it was taken in, by night or on a day off: nobody is late before a clock began."""
    received = START + timedelta(minutes=min(minutes, 0))
    for clock in verdicts(events, rules, received=received):
        assert clock.due is None or clock.due >= clock.started, clock
        assert clock.stopped is None or clock.stopped >= clock.started, clock


@given(histories(), RULE, st.randoms(use_true_random=False))
@settings(max_examples=200)
def test_the_order_of_lines_changes_nothing(events, rules, random):
    """Two clones merge in whatever order: every clock says the same."""
    mixed = [*events]
    random.shuffle(mixed)
    assert verdicts(events, rules) == verdicts(mixed, rules)


@given(histories(), histories(most=4), RULE)
@settings(max_examples=400)
def test_nothing_after_the_end_or_the_expiry_changes_a_verdict(events, later, rules):
    """Pauses, extensions, redos, unapproved corrections: what had run out or ended stays as it was."""
    then = max([e.at for e in events], default=START) + timedelta(days=20)
    later = [
        structs.replace(e, at=then + timedelta(minutes=n))
        for n, e in enumerate(later)
        if not getattr(e, "approved_by", "") or isinstance(e, Extend)
    ]
    before = clocks(RULES[rules], replay(inquiry(*events)), then - timedelta(minutes=1))
    after = {
        (c.name, c.event, c.started): c for c in clocks(RULES[rules], replay(inquiry(*events, *later)), END)
    }
    for clock in before:
        over = clock.stopped or clock.level == "红牌"
        if over and (clock.late or clock.name not in ("反馈", "回访")):
            same = after[(clock.name, clock.event, clock.started)]
            assert same.due == clock.due and (same.late or not clock.late), clock
            if clock.stopped and clock.name not in ("签收", "反馈"):
                assert (same.level, same.overdue_workdays) == (clock.level, clock.overdue_workdays)


def paused(spans):
    """Suspensions from minute to minute after intake."""
    acts = []
    for since, until in spans:
        acts.append(event(Suspend, START + timedelta(minutes=since), reason="特别程序"))
        acts.append(event(Resume, START + timedelta(minutes=until)))
    return acts


SPANS = st.lists(st.tuples(st.integers(1, 4000), st.integers(1, 4000)), max_size=4).map(
    lambda gaps: [
        (sum(a + b for a, b in gaps[:n]) + gap, sum(a + b for a, b in gaps[:n]) + gap + length)
        for n, (gap, length) in enumerate(gaps)
    ]
)


@given(SPANS, st.integers(0, 3), st.integers(0, 3000), RULE)
@settings(max_examples=400)
def test_a_longer_pause_never_makes_a_limit_earlier(spans, which, more, rules):
    """Monotone in pauses: with one that lasts longer every limit is as late or later."""
    assume(spans)
    place = which % len(spans)
    longer = [(a + more * (n > place), b + more * (n >= place)) for n, (a, b) in enumerate(spans)]
    (plain,), (paused_longer,) = (
        works(paused(spans[: place + 1]), rules),
        works(paused(longer[: place + 1]), rules),
    )
    (none,) = works([], rules)
    assert none.due <= plain.due <= paused_longer.due


@given(SPANS, RULE)
@settings(max_examples=300)
def test_whoever_paused_in_time_is_not_late_as_it_ends(spans, rules):
    """However many pauses went before: in the moment the last ends, a limit that stood has not run out."""
    for n, (since, until) in enumerate(spans, 1):
        acts = paused(spans[:n])
        (before,) = works(acts[:-2], rules, START + timedelta(minutes=since))
        if not before.late:
            (after,) = works(acts, rules, START + timedelta(minutes=until))
            assert not after.late


@given(SPANS, st.integers(0, 2), st.data())
@settings(max_examples=300)
def test_a_pause_split_at_night_is_the_same_pause(spans, rules, data):
    """Resumed after closing and suspended again before opening: the limit is where it was."""
    nights = [
        (n, night)
        for n, (a, b) in enumerate(spans)
        for night in [24 * 60 * day + 511 for day in range(1, 20)]  # 17:31 of each day after intake's nine
        if a < night and night + 14 * 60 + 58 < b
    ]
    assume(nights)
    n, night = data.draw(st.sampled_from(nights))
    (a, b) = spans[n]
    split = [*spans[:n], (a, night), (night + 14 * 60 + 57, b), *spans[n + 1 :]]
    assert [c.due for c in works(paused(spans), rules)] == [c.due for c in works(paused(split), rules)]


@given(SPANS, st.integers(1, 12_000), RULE)
@settings(max_examples=300)
def test_a_result_taken_up_again_the_same_day_gains_nothing(spans, minute, rules):
    """With a slip (办结, 重办) or without: what would have been late is late."""
    gone = START + timedelta(minutes=minute)
    back = gone + timedelta(minutes=5)
    assume(gone.date() == back.date() and not any(a <= minute <= b + 5 for a, b in spans))
    done = close(START + timedelta(days=60))
    slip = [close(gone), event(Reopen, back, reason="点错")]
    honest = works([*paused(spans), done], rules)
    slipped = works([*paused(spans), *slip, done], rules)
    assert not any(c.late for c in honest) or any(c.late for c in slipped)


@given(histories(), RULE, st.sampled_from(sorted(ACTS)), MINUTES)
@settings(max_examples=300)
def test_what_was_taken_back_at_once_was_never_there(events, rules, name, minute):
    """A slip withdrawn by who made it, before anybody acted: every clock runs as if it had not been."""
    slip = ACTS[name](START + timedelta(minutes=minute, seconds=20))
    back = event(Withdraw, slip.at + timedelta(seconds=1), slip.by, event=slip.id, reason="记错")
    assert verdicts([*events, slip, back], rules) == verdicts(events, rules)


@given(SPANS, st.integers(0, 2000), st.integers(1, 9000), RULE, st.sampled_from(["签收", "办结", "等着"]))
@settings(max_examples=300)
def test_how_long_the_receiver_leaves_it_unsigned_is_not_the_senders(spans, minute, more, rules, end):
    """Signed for at once, later, never, or overtaken by a result: the sender is as late as when he handed on."""
    since = START + timedelta(minutes=max([minute, *(b + 1 for _, b in spans)]))
    sent = [*paused(spans), ACTS["转办"](since)]

    def mine(*acts):
        return next(c for c in verdicts([*sent, *acts], rules) if c.name == "环节")

    at_once, later = mine(ACTS["签收"](since)), since + timedelta(minutes=more)
    found = mine(*([] if end == "等着" else [ACTS[end](later)]))
    assert (found.level, found.overdue_workdays) == (at_once.level, at_once.overdue_workdays)
    assert end == "等着" or found == at_once


@given(st.integers(0, 6000), st.integers(1, 9000), RULE)
@settings(max_examples=300)
def test_who_gets_it_back_is_not_late_for_the_time_away(minute, more, rules):
    """Handed on in time and sent back after however long: in that moment nobody has run out of time."""
    since = START + timedelta(minutes=minute)
    back = since + timedelta(minutes=more)
    acts = [ACTS["转办"](since), ACTS["退回"](back)]
    before, after = (
        next(c for c in verdicts(some, rules, now) if c.name == "环节")
        for some, now in ((acts[:1], since), (acts, back))
    )
    assert before.late == after.late


def test_the_lengths_are_all_there():
    """The laws are tried on each kind of length that a limit may have."""
    assert {next(iter(limit)) for limit in LIMITS} == {"workdays", "same_day", "hours", "days", "months"}
    assert clocks(with_limits(办结=LIMITS[0]), replay(inquiry()), START)
