"""The office: its settings, departments and staff, and who was what on a given day."""

from datetime import date
from typing import Any

from msgspec import field

from shouwen.core.fact import Fact, InForce, Number
from shouwen.core.inquiry.header import Inquiry
from shouwen.core.regulation.schema import FirstAsked


class InUse(InForce, kw_only=True):
    """A regulation and the days on which it governs what is taken in."""

    id: str


class Season(Fact, rename={"from_": "from"}, kw_only=True):
    """Other opening hours between two days of the year (MM-DD, both included)."""

    from_: str
    until: str
    hours: dict[str, tuple[str, ...]]


class Git(Fact, kw_only=True):
    """Whether each act is committed at once."""

    commit: bool = False


class Tenure(InForce, kw_only=True):
    """Somebody in a post between two days."""

    staff: str


# A post: the one who holds it, or the list of those who held it, each with the days.
Post = str | tuple[Tenure, ...]


def holder_of(post: Post, day: date) -> str:
    """The staff id of whoever held a post on a day, or ''."""
    return post if isinstance(post, str) else next((t.staff for t in post if t.holds(day)), "")


def holders(post: Post) -> list[str]:
    """Everybody who ever held a post."""
    return [post] if isinstance(post, str) else [t.staff for t in post]


class Config(Fact, kw_only=True):
    """``ledger.yaml``."""

    format: int = 1
    name: str
    policy: str | tuple[InUse, ...]
    timezone: str = "Asia/Shanghai"
    hours: dict[str, tuple[str, ...]] = field(
        default_factory=lambda: {"工作日": ("08:30-12:00", "14:00-17:30")}
    )
    seasons: tuple[Season, ...] = ()
    supervision_phone: str = ""
    leaders: dict[str, Post] = {}
    office: str = ""
    archive_after: Number = 90
    retain_private: Number = 0
    git: Git = Git()
    overrides: dict[str, Any] = {}

    def policies(self) -> list[str]:
        """The ids of all regulations in use, whichever day each governs."""
        used = self.policy
        return [used] if isinstance(used, str) else [use.id for use in used]


class Department(InForce, kw_only=True):
    """A department; its posts are staff ids, or the lists of those who held them."""

    leader: Post = ""
    deputy: str = ""
    in_charge: Post = ""
    phone: str = ""
    place: str = ""
    aliases: tuple[str, ...] = ()


class Staff(InForce, kw_only=True):
    """A member of staff. ``rank`` is a number, larger is higher; ``joined`` the day of entry."""

    name: str
    department: str
    title: str = ""
    rank: int = 0
    joined: date | None = None
    phone: str = ""
    email: str = ""
    scale: str = "公务员"
    evaluated: bool = True


class Matter(Fact, kw_only=True):
    """A kind of matter in ``matters.yaml``: who deals with it, where, and within which limit."""

    department: str
    contact: str = ""
    place: str = ""
    phone: str = ""
    words: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    procedure: str = ""
    workdays: Number = 0
    basis: str = ""
    fee: str = ""


class Office(Fact, kw_only=True):
    """Settings, people and matters together: what every rule may ask about the office."""

    config: Config
    departments: dict[str, Department]
    staff: dict[str, Staff]
    matters: dict[str, Matter]

    def policy_on(self, day: date) -> str:
        """The id of the regulation that governs an inquiry received on ``day``; '' if none."""
        if isinstance(self.config.policy, str):
            return self.config.policy
        for use in self.config.policy:
            if use.holds(day):
                return use.id
        return ""

    def leader(self, department: str, day: date) -> str:
        """The staff id of whoever led the department on that day, or ''."""
        found = self.departments.get(department)
        return holder_of(found.leader, day) if found else ""

    def in_charge(self, department: str, day: date) -> str:
        """The staff id of the leader in charge (分管领导) of a department on that day, or ''."""
        found = self.departments.get(department)
        return (holder_of(found.in_charge, day) if found else "") or self.top("分管领导", day)

    def top(self, post: str, day: date) -> str:
        """The staff id of whoever held a post of the whole office (主要领导) on that day, or ''."""
        return holder_of(self.config.leaders.get(post, ""), day)

    def chain(self, department: str, day: date) -> list[str]:
        """Leaders from the department's own upwards, each once."""
        steps = (
            self.leader(department, day),
            self.in_charge(department, day),
            self.top("主要领导", day),
        )
        return list(dict.fromkeys(s for s in steps if s))

    def name(self, staff: str) -> str:
        """The person's name, or the id itself where the roster does not have it."""
        return self.staff[staff].name if staff in self.staff else staff

    def first_asked(self, present: list[str], rule: FirstAsked) -> tuple[str, str]:
        """Who of those present is first-asked, and why, in words for the record."""
        keys = {
            "rank": ("职位高", lambda s: -self.staff[s].rank),
            "joined": ("到岗早", lambda s: self.staff[s].joined or date.max),
        }
        left = list(present)
        for name in rule.order:
            word, key = keys[name]
            best = min(key(s) for s in left)
            narrowed = [s for s in left if key(s) == best]
            if len(narrowed) == 1:
                others = "、".join(self.name(s) for s in present if s != narrowed[0])
                return narrowed[0], f"与{others}同时被询问，{word}者为首问责任人"
            left = narrowed
        others = "、".join(self.name(s) for s in present if s != left[0])
        return left[0], f"与{others}同时被询问，职位、到岗时间相同，按列名先后"


def matter_limit(office: Office, inquiry: Inquiry) -> int:
    """Working days that ``matters.yaml`` sets for the inquiry's matter, or 0."""
    matter = office.matters.get(inquiry.matter)
    return matter.workdays if matter else 0
