"""What a row states of the course of an inquiry, as events: handed on, paused, extended, closed, taken up again.

What the row does not state is not made up: a handoff without a time is put at intake, and the clocks
that rest on it are not judged (不计).
"""

from datetime import datetime
from operator import itemgetter
from typing import Protocol

from msgspec import structs

from shouwen.core.dates import minute
from shouwen.core.deadlines.clock_table import clocks
from shouwen.core.deadlines.working_days import Calendar
from shouwen.core.inquiry.events import (
    Accept,
    Callback,
    Close,
    Event,
    Extend,
    Handoff,
    Notify,
    Progress,
    Reopen,
    Resume,
    Supplement,
    Suspend,
    Target,
)
from shouwen.core.inquiry.header import Inquiry
from shouwen.core.inquiry.lifecycle import apart, replay
from shouwen.core.office.roster import Office
from shouwen.core.office.routing import same_department
from shouwen.core.regulation.schema import Policy
from shouwen.core.rulebook import Rules
from shouwen.core.transfer.mapping import FIELDS

UNSTATED = "原台账未记载"
MARK = "im"  # what the ids of imported events begin with
TOLD_AT_ONCE = "一次性告知"  # a pause that papers were asked for
# Fields that say when something was done to an inquiry; none may lie before its intake, after its result or ahead.
COURSE = ("answered", "handed", "accepted", "paused", "resumed", "extended", "first_closed", "reopened")
AFTERWARDS = ("closed", "told", "called_back")


class RowLine(Protocol):
    """What is asked of a row."""

    office: Office
    now: datetime

    @property
    def earlier(self) -> str:
        """How to mend a moment that lies before the intake."""

    def wrong(self, key: str, text: str, hint: str = "") -> None:
        """Take note of something wrong with a field."""

    def stated(self, key: str) -> bool:
        """Return whether the row itself says something in a field."""

    def mapped(self, key: str) -> bool:
        """Return whether a column says it, for every row."""

    def text(self, key: str) -> str:
        """Return a field as text; '' where there is none."""

    def when(self, key: str) -> datetime | None:
        """Return a moment."""

    def moments(self, key: str) -> list[datetime]:
        """Return the moments of a cell that may hold several."""

    def words(self, key: str, values: tuple[str, ...]) -> list[str]:
        """Return the words of a cell that may hold several."""

    def word(self, key: str, values: tuple[str, ...], needed: bool = True) -> str:
        """Return a word of a closed list."""

    def who(self, key: str) -> str:
        """Return a member of staff."""


class RowHistory:
    """The events of one row, in the order in which they happened; ``keys`` has the field behind each."""

    def __init__(self, line: RowLine, policy: Policy, made: Inquiry, actor: str):
        """Note that ``made`` is the header; ``actor`` imports, and did what nobody is named for."""
        self.line, self.policy, self.made = line, policy, made
        self.actor = actor
        self.closed = line.when("closed")
        self._acts: list[tuple[datetime, str, Event]] = []
        self._taken: datetime | None = None
        self._unsure: set[str] = set()
        self._passed = False

    def events(self, handler: str, handling: str) -> tuple[Event, ...]:
        """Return every event that the row states, named; what is wrong is told of its field."""
        self._in_time()
        self._passed_on(handler, handling)
        self.handler = handler if self._passed and handler else ""
        self._answer()
        self._pauses()
        self._extension()
        self._results()
        placed: tuple[Event, ...] = ()
        keys = {}
        for n, (at, key, event) in enumerate(sorted(self._acts, key=itemgetter(0)), 1):
            name = f"{MARK}{n:02}"
            placed += (structs.replace(event, id=name, at=apart(placed, at)),)
            keys[name] = key
        self.keys = keys
        return placed

    def unjudged(self) -> tuple[str, ...]:
        """Return the clocks whose times the row does not state (不计)."""
        mapped = self.line.mapped
        names = {"反馈"}
        if not mapped("answered"):
            names.add("首次回应")
        if self._passed and (not mapped("handed") or not mapped("accepted") or "accepted" in self._unsure):
            names |= {"签收", "环节"}
        if not mapped("called_back") or "called_back" in self._unsure:
            names.add("回访")
        return tuple(name for name in ("首次回应", "签收", "环节", "反馈", "回访") if name in names)

    def _in_time(self) -> None:
        """Tell of what was done before the inquiry came in, to it after its result, or is yet to come."""
        line, received = self.line, self.made.received
        for key in ("received", *AFTERWARDS, *COURSE):
            title = FIELDS[key][0]
            for at in [received] if key == "received" else line.moments(key):
                if at > line.now:
                    line.wrong(key, f"{title} {minute(at)} 晚于现在", "核对时间")
                elif at < received:
                    line.wrong(key, f"{title} {minute(at)} 早于受理时间", line.earlier)
                elif key in COURSE and key != "answered" and self.closed and at > self.closed:
                    line.wrong(key, f"{title} {minute(at)} 晚于办结时间", "核对时间")

    def _add(self, at: datetime, key: str, event: Event) -> None:
        self._acts.append((at, key, event))

    def _holder(self, at: datetime) -> str:
        """Return who had it at a moment, as far as the row says."""
        return self.handler if self.handler and self._taken and at >= self._taken else self._first(at)

    def _first(self, at: datetime) -> str:
        """Return the first-asked; of a department alone who imports, else who led it on that day."""
        made, office, day = self.made, self.line.office, at.date()
        if made.first_responder or office.is_here(self.actor, day):
            return made.first_responder or self.actor
        return office.leader(made.department, day) or self.actor

    def _passed_on(self, handler: str, handling: str) -> None:
        """Add a handoff and its receipt, where somebody else than the first-asked deals with it.

        One whose time is not stated is put at intake; who was not there on that day then took it
        over on the first day back, or in office.
        """
        line, made = self.line, self.made
        handed, accepted = line.when("handed"), line.when("accepted")
        at = handed or made.received
        day, office = at.date(), line.office
        section = handling or (office.department_of(handler, day) if handler else "")
        same = bool(section) and same_department(office, section, made.department, day)
        itself = handler == made.first_responder if handler else same
        if not section or itself:
            for key in ("handed", "accepted", "designated_by"):
                if line.stated(key):
                    hint = "补上承办人或承办部门；没有转办的，删去这一格"
                    line.wrong(key, f"有{FIELDS[key][0]}，而承办的还是首问责任人", hint)
            return
        self._passed = True
        if not handed:
            self._unsure.add("accepted")
        mode = line.word("mode", self.policy.modes.values)
        leader, by = line.who("designated_by"), self._first(at)
        there = office.first_here(handler, day, (self.closed or line.now).date()) or day
        event = Handoff("", at, by, Target(section, handler if there == day else ""), mode, UNSTATED)
        if leader != by:
            event = structs.replace(event, on_behalf_of=leader)
        self._add(at, "handed", event)
        if accepted and accepted < at:
            line.wrong("accepted", f"签收时间 {minute(accepted)} 早于转办时间", "核对时间")
        if accepted and not handler:
            line.wrong("accepted", "有签收时间而没有承办人", "补上签收的人")
        if not handler or not accepted and line.mapped("accepted") and not self.closed:
            return
        if not accepted:
            self._unsure.add("accepted")
        later = at + (there - day)
        self._taken = accepted or (min(later, max(self.closed, at)) if self.closed else later)
        self._add(self._taken, "accepted", Accept("", self._taken, handler))

    def _answer(self) -> None:
        at = self.line.when("answered")
        if at and not (self.closed and at > self.closed):
            self._add(at, "answered", Progress("", at, self._holder(at), UNSTATED))

    def _pauses(self) -> None:
        """Add each time that the clocks stood still: since when, until when, for what reason."""
        line = self.line
        since, until = line.moments("paused"), line.moments("resumed")
        if not since and not until:
            return
        if not len(since) - 1 <= len(until) <= len(since) or len(until) < len(since) and self.closed:
            text = f"暂停 {len(since)} 次，恢复 {len(until)} 次，对不上"
            line.wrong("resumed", text, "一格里有几次的用分号隔开，一次暂停对一次恢复")
            return
        reasons = line.words("pause_reason", (*self.policy.suspend.values, TOLD_AT_ONCE))
        if not reasons:
            line.word("pause_reason", (*self.policy.suspend.values, TOLD_AT_ONCE))
            return
        if len(reasons) not in (1, len(since)):
            line.wrong("pause_reason", f"暂停 {len(since)} 次，原因 {len(reasons)} 个，对不上", "一次写一个")
            return
        course = [
            at
            for pair in zip(since, [*until, *([line.now] * (len(since) - len(until)))], strict=True)
            for at in pair
        ]
        if course != sorted(course):
            line.wrong("resumed", "暂停与恢复的先后不对", "恢复不早于暂停，再次暂停不早于恢复")
            return
        reasons *= len(since) if len(reasons) == 1 else 1
        for at, why in zip(since, reasons, strict=True):
            by = self._holder(at)
            if why == TOLD_AT_ONCE:
                asked = Notify("", at, by, (UNSTATED,), UNSTATED, UNSTATED, UNSTATED, UNSTATED)
                self._add(at, "paused", asked)
            else:
                self._add(at, "paused", Suspend("", at, by, why, UNSTATED))
        for at, why in zip(until, reasons, strict=False):
            kind = Supplement if why == TOLD_AT_ONCE else Resume
            self._add(at, "resumed", kind("", at, self._holder(at), UNSTATED))

    def _extension(self) -> None:
        line = self.line
        until, days = line.when("extended_until"), line.text("extended_days")
        if not until and not days:
            for key in ("extended", "extended_by"):
                if line.stated(key):
                    line.wrong(key, f"有{FIELDS[key][0]}，没有写延到什么时候", "补上延期至，或延期的工作日数")
            return
        if days and not (days.isascii() and days.isdigit() and 0 < int(days) <= 999):
            line.wrong("extended_days", f"“{days}”不是工作日数", "写成整数，如 5")
            return
        approved = line.who("extended_by")
        if not approved:
            line.wrong("extended_by", "缺少延期批准人", "补上批准的领导；或在映射的 defaults 里写一个")
            return
        at = line.when("extended") or self.made.received
        why = line.text("extension_reason") or UNSTATED
        event = Extend("", at, self._holder(at), approved, why, until, int(days or 0))
        self._add(at, "extended_until" if until else "extended_days", event)

    def _results(self) -> None:
        """Add the result; the one before it where the inquiry was taken up again; the call-back."""
        line, outcomes = self.line, self.policy.outcomes.values
        before, again = line.when("first_closed"), line.when("reopened")
        if bool(before) != bool(again):
            key, other = ("reopened", "first_closed") if before else ("first_closed", "reopened")
            line.wrong(key, f"有{FIELDS[other][0]}而没有{FIELDS[key][0]}", "两样都写，或都不写")
        elif before and again:
            if again < before:
                line.wrong("reopened", f"重办时间 {minute(again)} 早于首次办结时间", "核对时间")
            outcome = line.word("first_outcome", outcomes)
            by = self._holder(before)
            self._add(before, "first_closed", Close("", before, by, outcome, UNSTATED, None, UNSTATED))
            self._add(again, "reopened", Reopen("", again, by, UNSTATED))
        if not self.closed:
            for key in ("outcome", "rating", "called_back"):
                if line.stated(key):
                    line.wrong(key, f"有{FIELDS[key][0]}而没有办结时间", "补上办结时间，或删去")
            return
        by, told = self.handler or self._first(self.closed), line.when("told")
        close = Close(
            "", self.closed, by, line.word("outcome", outcomes), line.text("result") or UNSTATED, told,
            "" if told else line.text("not_told") or UNSTATED, line.text("reason"), line.text("basis"),
            line.who("signed_by"),
        )  # fmt: skip
        self._add(self.closed, "closed", close)
        rating, called = (
            line.word("rating", self.policy.ratings.values, needed=False),
            line.when("called_back"),
        )
        if called and called < self.closed:
            line.wrong("called_back", f"回访时间 {minute(called)} 早于办结时间", "核对时间")
        if rating and not called:
            self._unsure.add("called_back")
        if rating or called:
            at = called or self.closed
            self._add(at, "called_back", Callback("", at, by, rating))

    def hold(self, inquiry: Inquiry, calendar: Calendar | None) -> None:
        """Tell of what would not count here: an act out of order, an extension that the regulation does not allow."""
        state = replay(inquiry)
        for dispute in state.disputes:
            key = self.keys.get(dispute.event.id, "received")
            self.line.wrong(key, f"{FIELDS[key][0]}：{dispute.text}", "核对各项时间的先后")
        if not calendar or not any(isinstance(e, Extend) for e in inquiry.events):
            return
        for clock in clocks(Rules(self.policy, self.line.office, calendar), state, self.line.now):
            for name, why in clock.refused:
                key = self.keys.get(name, "extended_until")
                self.line.wrong(key, f"延期不作数：{why}", "核对延期的时间和天数；确实不作数的，删去这几格")
