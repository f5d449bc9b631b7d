"""The offence at the heart of every such regulation: somebody is sent away, or nothing is done."""

from bisect import bisect_left

from shouwen.core.duties.context import Done, Found, Judged, done_by, informs
from shouwen.core.duties.informing import close_words
from shouwen.core.duties.phrases import hit
from shouwen.core.duties.pointers import whereabouts
from shouwen.core.inquiry.events import (
    Appoint,
    Close,
    Escalate,
    Event,
    Handoff,
    Instruct,
    Note,
    Progress,
    Suspend,
    Urge,
)
from shouwen.core.regulation.schema import DEFAULT

ANSWERED = ("已解决", "已答复")
BEYOND = "超出职责"
OWN = ("本人", "本部门")
OTHERS = "其他部门"


def _passed(judged: Judged) -> list[bool]:
    """Say of each result whether somebody then had, or was waiting to take, what had been passed on."""
    moments = [(p.event.at, 0, 1) for p in judged.state.passes]
    moments += [(p.returned.at, 0, -1) for p in judged.state.passes if p.returned]
    moments += [(close.at, 1, 0) for close in judged.state.closes]
    found, passed = [], 0
    for _, asked, more in sorted(moments):
        passed += more
        if asked:
            found.append(passed > 0)
    return found


def _enough(judged: Judged, close: Close) -> bool:
    """Tell whether the inquirer was told all that this regulation asks (``items``) where it asks to tell, not to bring.

    ``exempt`` are titles (parts of them) of those who may do so; empty is everybody.
    """
    if not judged.duty.items or not close.told:
        return False
    office, day = judged.rules.office, judged.day(close.at)
    title = office.title_of(close.by, day)
    if judged.duty.exempt and not any(word in title for word in judged.duty.exempt):
        return False
    words = whereabouts(f"{close.result} {close.reason}", office.names_on(day))
    return not judged.missing(words | {"理由": close_words(close)["说明"]})


def sent_away(judged: Judged) -> Found:
    """Check that nobody is turned away: whoever's matter it is, it is not closed with a pointer nor left lying.

    Another department's is passed on. To answer it oneself is no breach; an answer that only points
    elsewhere (``phrases``) is, but where the regulation is content with being told (``items``). What
    came back is to be passed on again, or put to a leader. One's own matter is not closed as if it
    were another's. Of what is unclear, or the unit's no business, nobody is pointed to a department of this unit.
    """
    if judged.inquiry.scope in OWN:
        yield from _own_refused(judged)
    elif judged.inquiry.scope == OTHERS:
        yield from _pointed_on(judged)
        yield from _left(judged)
    else:
        yield from _pointed_inside(judged)


def _own_refused(judged: Judged) -> Found:
    """Find one's own matter, or that of one's own department, closed as if it were another's.

    To explain why it cannot be done, with no pointer elsewhere, or to have put it to a leader, is no breach.
    """
    joint = _joint(judged)
    asked = min((e.at for e in judged.state.of(Escalate)), default=None)
    for close, passed in zip(judged.state.closes, _passed(judged), strict=True):
        explained = close.reason and not _pointer(judged, close)
        put_up = asked and asked <= close.at
        if close.outcome == BEYOND and not (explained or put_up or joint or passed):
            yield close.id, f"属本人、本部门的事，以“{BEYOND}”办结"


def _pointed_on(judged: Judged) -> Found:
    """Find another department's matter that was closed with no more than a pointer to it."""
    joint = _joint(judged)
    for close, passed in zip(judged.state.closes, _passed(judged), strict=True):
        pointer = _pointer(judged, close)
        if passed and not (close.outcome == BEYOND and pointer) or joint or _enough(judged, close):
            continue
        if close.outcome == BEYOND:
            yield close.id, f"属其他部门的事，没有转办，就以“{BEYOND}”办结"
        elif close.outcome in ANSWERED and pointer:
            yield close.id, f"属其他部门的事，没有转办，只说“{pointer}”，就以“{close.outcome}”办结"


def _pointed_inside(judged: Judged) -> Found:
    """Find where somebody was pointed to a department of this unit, and nobody passed him on."""
    for close, passed in zip(judged.state.closes, _passed(judged), strict=True):
        if close.outcome not in (BEYOND, *ANSWERED) or passed or _enough(judged, close):
            continue
        words, day = f"{close.result} {close.reason}", judged.day(close.at)
        inside = next((n for n in judged.rules.office.names_on(day) if n in words), "")
        if inside and _pointer(judged, close):
            yield close.id, f"把人指到本单位的{inside}，没有转办，就以“{close.outcome}”办结"


def _pointer(judged: Judged, close: Close) -> str:
    """Return the words of a close by which somebody is sent elsewhere, or ''."""
    return hit(judged.duty.phrases, judged.duty.unless, f"{close.result} {close.reason}")


def _joint(judged: Judged) -> bool:
    return any(e.joint for e in judged.handoffs)


def _left(judged: Judged) -> Found:
    """Find what was left until the close of the next working day: since intake, or since it came back."""
    state = judged.state
    moves = (Escalate, Instruct, Appoint, Suspend)
    acts = [Done(e.at, e.id) for e in judged.handoffs]
    acts += [Done(e.at, e.id) for e in state.events if isinstance(e, (*moves, Close))]
    acts.sort()
    closed = {e.at for e in state.closes}  # an answer of one's own has its own limit
    starts = [(judged.inquiry.received, "")]
    starts += [(p.returned.at, p.returned.id) for p in state.passes if p.returned]
    for since, start in starts:
        if start and state.closes and state.closes[0].at <= since:
            continue
        last = judged.next_close(since)
        place = bisect_left(acts, (since, ""))
        done = acts[place] if place < len(acts) else None
        before = f"属其他部门的事，{'退回' if start else '受理'}以后"
        missing = (start, f"{before}到次一工作日下班还没有转办、联系或请示") if judged.now > last else None
        if not done or done.at not in closed:
            yield from judged.owed(
                since, done, before, "转办或请示", missing=missing, owed_from=start, due=last, spare=0
            )  # fmt: skip


def answer(judged: Judged) -> Found:
    """Check that whoever asks gets an answer: by the next working day's close something was done or said.

    An answer, a word to the inquirer, a handoff, a question to a leader, an appointment or a lawful
    pause will do. What has a limit of its own (a promise, the matter's, the regulation's) is
    judged by that instead, and so is a matter that somebody else has.
    """
    first = next((e for e in judged.state.events if _moves(e)), None)
    own_limit = any(c.name in ("办结", "承诺") and c.source != DEFAULT for c in judged.clocks)
    if own_limit:
        return
    last = judged.next_close(judged.inquiry.received)
    before = "受理以后"
    missing = ("", f"{before}到次一工作日下班还没有答复、说明、转办或请示") if judged.now > last else None
    yield from judged.owed(
        judged.inquiry.received, done_by(first), before, "答复、说明、转办或请示", missing=missing, due=last, spare=0,
    )  # fmt: skip


def _moves(event: Event) -> bool:
    return informs(event) or isinstance(event, (Close, Handoff, Escalate, Instruct, Suspend))


def until_received(judged: Judged) -> Found:
    """Check that what was passed on is followed until somebody takes it (直到有人接待).

    Not taken by the next working day's close, the sender asks after it, goes elsewhere or says so.
    """
    follow = (Urge, Note, Progress, Escalate, Handoff, Instruct, Appoint, Close)
    for each in judged.passes:
        last = judged.next_close(each.event.at)
        followed = judged.first(follow, each.event.at, strictly=True)
        taken = (
            Done(each.settled, (each.accepted or each.returned or each.event).id) if each.settled else None
        )
        done = min(filter(None, (followed, taken)), default=None)
        before = f"转给{each.to.department}"
        missing = (each.event.id, f"{before}，到次一工作日下班没有人接待（签收），也没有再联系")
        yield from judged.owed(
            each.event.at, done, before, "有人接待或再联系", owed_from=each.event.id, due=last,
            missing=missing if judged.now > last else None,
        )  # fmt: skip
