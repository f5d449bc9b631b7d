"""The office: its settings, departments and staff, and who was what on a given day."""

from collections.abc import Callable
from datetime import date
from typing import Any

from msgspec import field

from shouwen.core.fact import Fact, InForce, Number
from shouwen.core.inquiry.header import Inquiry
from shouwen.core.matter import Matter
from shouwen.core.office.chart import Chart, Seat, holder_of
from shouwen.core.regulation.schema import FirstAsked


class InUse(InForce, kw_only=True):
    """A regulation and the days on which it governs what is taken in."""

    id: str


class Season(Fact, rename={"from_": "from"}, kw_only=True):
    """Other opening hours between two days of the year (MM-DD, both included)."""

    from_: str
    until: str
    hours: dict[str, tuple[str, ...]]


class HoursInUse(Fact, rename={"from_": "from"}, kw_only=True):
    """The opening hours from a day on; the first of a list has no ``from``."""

    from_: date | None = None
    hours: dict[str, tuple[str, ...]]
    seasons: tuple[Season, ...] = ()


class Counter(Fact, kw_only=True):
    """A counter where several sign in: its address in git, who stands there, its SSH public keys."""

    email: str
    staff: tuple[str, ...]
    keys: tuple[str, ...] = ()


def _usual_hours() -> dict[str, tuple[str, ...]] | tuple[HoursInUse, ...]:
    return {"工作日": ("08:30-12:00", "14:00-17:30")}


class Git(Fact, kw_only=True):
    """Whether each act is committed at once, whether commits are signed, which counters share a name."""

    commit: bool = False
    signed: bool = False
    counters: tuple[Counter, ...] = ()


class Config(Fact, kw_only=True):
    """``ledger.yaml``."""

    format: int = 1
    name: str
    policy: str | tuple[InUse, ...]
    timezone: str = "Asia/Shanghai"
    hours: dict[str, tuple[str, ...]] | tuple[HoursInUse, ...] = field(default_factory=_usual_hours)
    seasons: tuple[Season, ...] = ()
    supervision_phone: str = ""
    leaders: dict[str, Seat] = {}
    office: str = ""
    archive_after: Number = 90
    long_pause: Number = 10
    retain_private: Number = 0
    git: Git = Git()
    overrides: dict[str, Any] = {}

    def policies(self) -> list[str]:
        """Return the ids of all regulations in use, whichever day each governs."""
        used = self.policy
        return [used] if isinstance(used, str) else [use.id for use in used]


class Office(Chart, kw_only=True, dict=True):
    """Settings, people and matters together: what every rule may ask about the office."""

    config: Config
    matters: dict[str, Matter]

    def policy_on(self, day: date) -> str:
        """Return the id of the regulation that governs an inquiry received on ``day``; '' if none."""
        if isinstance(self.config.policy, str):
            return self.config.policy
        for use in self.config.policy:
            if use.holds(day):
                return use.id
        return ""

    def in_charge(self, department: str, day: date) -> str:
        """Return the staff id of the leader in charge (分管领导) of a department on that day, or ''."""
        return self._seat(department, "in_charge", day) or self.top("分管领导", day)

    def top(self, post: str, day: date) -> str:
        """Return the staff id of whoever held a post of the whole office (主要领导) on that day, or ''."""
        return holder_of(self.config.leaders.get(post, ""), day)

    def chain(self, department: str, day: date) -> list[str]:
        """Return leaders from the department's own upwards, each once."""
        steps = (
            self.leader(department, day),
            self.in_charge(department, day),
            self.top("主要领导", day),
        )
        return list(dict.fromkeys(s for s in steps if s))

    def leaders(self, day: date) -> list[str]:
        """Return everybody who leads something on a day: a department, several, or the whole office.

        Where a leader is away, whoever stands in leads too.
        """
        known: dict[date, list[str]] = self.__dict__.setdefault("_leaders_on", {})
        if day not in known:
            known[day] = self._leaders(day)
        return known[day]

    def _leaders(self, day: date) -> list[str]:
        found: dict[str, None] = {}
        for key, department in self.departments.items():
            if department.holds(day):
                seats = (self.leader(key, day), self.deputy(key, day), self.in_charge(key, day))
                found.update(dict.fromkeys(s for s in seats if s))
        found.update(dict.fromkeys(s for p in self.config.leaders if (s := self.top(p, day))))
        for one in [*found]:
            if not self.is_here(one, day) and (deputy := self.stands_in(one, day)):
                found[deputy] = None
        return list(found)

    def stands_in(self, staff: str, day: date, department: str = "") -> str:
        """Return who answers for somebody who is away, has left or is not there yet; '' for nobody.

        The deputy named for the leave, else the first leader there is above the department in
        which the matter lies (``department``, or the person's own) on that day.
        """
        absence = self.absence(staff, day)
        section = department or self.department_of(staff, day)
        above = [absence.deputy] if absence else []
        above += [self.leader(section, day), self.deputy(section, day), *self.chain(section, day)]
        return next((s for s in above if s and s != staff and self.is_here(s, day)), "")

    def first_here(self, staff: str, first: date, last: date) -> date | None:
        """Return the first day of a period on which a person has a post and is not on leave; None if there is none."""
        person = self.staff.get(staff)
        if not person:
            return None
        back = [date.fromordinal(a.until.toordinal() + 1) for a in person.away if a.until]
        starts = {first, *back, *(p.from_ for p in (person, *person.every_post()) if p.from_)}
        return min((d for d in starts if first <= d <= last and self.is_here(staff, d)), default=None)

    def answers(self, staff: str, department: str, day: date) -> str:
        """Return who answers on a day for what a person holds in a department: that person, or who stands in."""
        return staff if self.is_here(staff, day) else self.stands_in(staff, day, department)

    def first_asked(self, present: list[str], rule: FirstAsked, day: date) -> tuple[str, str]:
        """Return who of those present on a day is first-asked, and why, in words for the record."""
        keys: dict[str, tuple[str, Callable[[str], Any]]] = {
            "rank": ("职位高", lambda s: -self.rank_of(s, day)),
            "joined": ("到岗早", self.joined),
        }
        left = list(present)
        for name in rule.order:
            word, key = keys[name]
            best = min(left, key=key)
            narrowed = [s for s in left if key(s) == key(best)]
            if len(narrowed) == 1:
                others = "、".join(self.name(s) for s in present if s != narrowed[0])
                return narrowed[0], f"与{others}同时被询问，{word}者为首问责任人"
            left = narrowed
        others = "、".join(self.name(s) for s in present if s != left[0])
        return left[0], f"与{others}同时被询问，职位、到岗时间相同，按列名先后"


def matter_limit(office: Office, inquiry: Inquiry) -> int:
    """Return working days that ``matters.yaml`` sets for the inquiry's matter, or 0."""
    matter = office.matters.get(inquiry.matter)
    return matter.workdays if matter else 0
