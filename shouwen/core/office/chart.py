"""The chart of the office: departments and staff, and who was what on which day.

Every question names its day. A department has one key for life, its present name; a record may
name it by the name of its day, or by any other it ever had.
"""

from collections.abc import Iterator
from datetime import date
from functools import cached_property

from shouwen.core.fact import Fact, InForce
from shouwen.core.office.naming import said_apart

KIND_SECONDED = "借调"
SECONDED_LONG = 183  # days of a year after which the appraisal is the host's: half of it


class Tenure(InForce, kw_only=True):
    """Somebody in a leader's seat between two days."""

    staff: str


# A leader's seat: the one who holds it, or the list of those who held it, each with the days.
Seat = str | tuple[Tenure, ...]


def holder_of(seat: Seat, day: date) -> str:
    """Return the staff id of whoever held a seat on a day, or ''."""
    return seat if isinstance(seat, str) else next((t.staff for t in seat if t.holds(day)), "")


def holders(seat: Seat) -> list[str]:
    """Return everybody who ever held a seat."""
    return [seat] if isinstance(seat, str) else [t.staff for t in seat]


class FormerName(Fact, kw_only=True):
    """A name that a department had, and the last day on which it had it."""

    name: str
    until: date


class Department(InForce, kw_only=True):
    """A department; ``into`` is the one it was merged into when it ended (``until``)."""

    leader: Seat = ""
    deputy: Seat = ""
    in_charge: Seat = ""
    phone: str = ""
    place: str = ""
    aliases: tuple[str, ...] = ()
    formerly: tuple[FormerName, ...] = ()
    into: str = ""


class Post(InForce, kw_only=True):
    """A post of one person: where, as what, from when until when; ``kind`` 借调, 兼职 …"""

    department: str
    title: str = ""
    rank: int = 0
    kind: str = ""


class Absence(InForce, kw_only=True):
    """Days on which somebody is away (leave, training), why, and who deputises."""

    why: str = ""
    deputy: str = ""


class Staff(InForce, kw_only=True):
    """A member of staff. ``rank`` is a number, larger is higher; ``joined`` the day of entry.

    With ``posts`` these say what the person was when; else ``department``, ``title`` and
    ``rank`` are the one post from ``from`` until ``until``. ``keys`` are SSH public keys.
    """

    name: str
    department: str = ""
    title: str = ""
    rank: int = 0
    posts: tuple[Post, ...] = ()
    away: tuple[Absence, ...] = ()
    joined: date | None = None
    phone: str = ""
    email: str = ""
    keys: tuple[str, ...] = ()
    scale: str = "公务员"
    evaluated: bool = True
    status: str = ""

    def __post_init__(self) -> None:
        """Refuse an entry that says neither, or both: which post is meant would be a guess."""
        if not self.department and not self.posts:
            raise ValueError("Object missing required field `department`")
        if self.posts and (self.department or self.title or self.rank):
            raise ValueError("posts and department, title or rank")

    def every_post(self) -> tuple[Post, ...]:
        """Return all posts ever held, the short form as one."""
        if self.posts:
            return self.posts
        post = Post(
            department=self.department, title=self.title, rank=self.rank, from_=self.from_, until=self.until
        )
        return (post,)


class Chart(Fact, kw_only=True, dict=True):
    """Departments and staff, asked about a day."""

    departments: dict[str, Department]
    staff: dict[str, Staff]

    # Departments

    @cached_property
    def _bearers(self) -> dict[str, list[tuple[date, date, str]]]:
        """Name → (first day, last day, key) of every department that ever had it, by time."""
        found: dict[str, list[tuple[date, date, str]]] = {}
        for key, department in self.departments.items():
            since = department.from_ or date.min
            for former in sorted(department.formerly, key=lambda f: f.until):
                found.setdefault(former.name, []).append((since, former.until, key))
                since = date.fromordinal(former.until.toordinal() + 1)
            found.setdefault(key, []).append((since, department.until or date.max, key))
        for times in found.values():
            times.sort()
        return found

    def unit(self, name: str, day: date | None = None) -> str:
        """Return the key of the department that a name meant on a day; the name itself where none had it.

        Who still used an old name after it ended, or a new one before, meant the one that has it.
        """
        times = self._bearers.get(name, ())
        if day:
            for since, until, key in times:
                if since <= day <= until:
                    return key
        return times[-1][2] if times else said_apart(name, self.departments)

    def called(self, department: str, day: date) -> str:
        """Return what a department was called on a day."""
        key = self.unit(department, day)
        found = self.departments.get(key)
        for former in sorted(found.formerly, key=lambda f: f.until) if found else ():
            if day <= former.until:
                return former.name
        return key

    def names_of(self, department: str) -> frozenset[str]:
        """Return every name that a department has or had: any of them may stand in a record."""
        key = self.unit(department)
        found = self.departments.get(key)
        return frozenset({department, key, *(f.name for f in (found.formerly if found else ()))})

    def ended(self, department: str, day: date) -> bool:
        """Return whether a department was merged or dissolved before a day."""
        found = self.departments.get(self.unit(department, day))
        return bool(found and found.until and found.until < day)

    def successor(self, department: str, day: date) -> str:
        """Return the key of the department that has its business on a day: itself, or what it went into."""
        key, seen = self.unit(department, day), set()
        while key not in seen and self.ended(key, day) and self.departments[key].into:
            seen.add(key)
            key = self.unit(self.departments[key].into)
        return key

    def heir(self, department: str, day: date) -> str:
        """Return what the department is called, on a day, that has the business of one then: itself, or its successor."""
        return self.called(self.successor(department, day), day)

    def open_departments(self, day: date) -> list[str]:
        """Return the names of the departments there are on a day."""
        return [self.called(key, day) for key, one in self.departments.items() if one.holds(day)]

    def names_on(self, day: date) -> Iterator[str]:
        """Yield every name by which a department of that day is known: its own, aliases, those it had or took in."""
        for name, department in self.departments.items():
            if department.holds(day) or department.into:
                yield from (name, *department.aliases, *(former.name for former in department.formerly))

    def by_alias(self, text: str) -> list[str]:
        """Return the departments that go by an alias."""
        return [key for key, one in self.departments.items() if text in one.aliases]

    def aliases_of(self, key: str) -> tuple[str, ...]:
        """Return what else people call a department, by its key."""
        return self.departments[key].aliases

    def place(self, department: str) -> str:
        """Return where a department is found, or ''."""
        found = self.departments.get(self.unit(department))
        return found.place if found else ""

    def phone(self, department: str, staff: str = "") -> str:
        """Return the person's phone, else the department's, or ''."""
        found = self.departments.get(self.unit(department))
        own = self.staff[staff].phone if staff in self.staff else ""
        return own or (found.phone if found else "")

    # Leaders

    def _seat(self, department: str, seat: str, day: date) -> str:
        key = self.successor(department, day)
        found = self.departments.get(key)
        if not found:
            return ""
        if self.ended(key, day):  # dissolved: who led it at its end has its business
            day = found.until or day
        return holder_of(getattr(found, seat), day)

    def leader(self, department: str, day: date) -> str:
        """Return the staff id of whoever led the department on that day, or ''.

        Of one that has ended, the leader of what it went into, else the last it had.
        """
        return self._seat(department, "leader", day)

    def deputy(self, department: str, day: date) -> str:
        """Return the staff id of the deputy leader of a department on that day, or ''."""
        return self._seat(department, "deputy", day)

    # People

    def posts_of(self, staff: str, day: date) -> tuple[Post, ...]:
        """Return the posts that a person held on a day, the main one first; none before, after or unknown."""
        person = self.staff.get(staff)
        if not person or not person.holds(day):
            return ()
        return tuple(post for post in person.every_post() if post.holds(day))

    def post_near(self, staff: str, day: date) -> Post | None:
        """Return the main post of the day; else the last one before it, else the first; None if unknown.

        For what is said of somebody who has left: the department then is the last one.
        """
        if now := self.posts_of(staff, day):
            return now[0]
        person = self.staff.get(staff)
        if not person:
            return None
        posts = person.every_post()
        past = [p for p in posts if p.until and p.until < day]
        return max(past, key=lambda p: p.until or day) if past else posts[0]

    def department_of(self, staff: str, day: date) -> str:
        """Return the department of a person's main post on a day, by its name of that day; '' if unknown.

        Who was in a department that has ended works where its business went; who had left before, did not.
        """
        if now := self.posts_of(staff, day):
            return self.heir(now[0].department, day)
        post = self.post_near(staff, day)
        return self.called(post.department, day) if post else ""

    def units_of(self, staff: str, day: date) -> frozenset[str]:
        """Return the keys of all departments in which a person has a post on a day."""
        return frozenset(self.successor(p.department, day) for p in self.posts_of(staff, day))

    def works_for(self, staff: str, department: str, day: date) -> bool:
        """Return whether a person acts for a department on a day, whatever it was called when it was named.

        Who leads it does, wherever his post is. For one that has ended: who works where its business
        went, else who led it last.
        """
        key = self.successor(department, day)
        if self.ended(key, day):
            return bool(staff) and staff in (self.leader(key, day), self.deputy(key, day))
        return key in self.units_of(staff, day) or bool(staff) and staff == self.leader(key, day)

    def title_of(self, staff: str, day: date) -> str:
        """Return the title of a person's main post on a day, or ''."""
        post = self.post_near(staff, day)
        return post.title if post else ""

    def status_of(self, staff: str, day: date) -> str:
        """Return a person's status on a day (临聘, 借调 …): of the main post, else of the person; or ''."""
        person, posts = self.staff.get(staff), self.posts_of(staff, day)
        return (posts[0].kind if posts else "") or (person.status if person else "")

    def rank_of(self, staff: str, day: date) -> int:
        """Return the highest rank that a person had on a day."""
        posts = self.posts_of(staff, day)
        near = self.post_near(staff, day)
        return max((p.rank for p in posts), default=near.rank if near else 0)

    def joined(self, staff: str) -> date:
        """Return the day of entry; the last of days where none is known."""
        person = self.staff.get(staff)
        return person.joined if person and person.joined else date.max

    def holds(self, staff: str, day: date) -> bool:
        """Return whether a person has a post on a day."""
        return bool(self.posts_of(staff, day))

    def left(self, staff: str, day: date) -> bool:
        """Return whether a person's last day in office was before a day."""
        person = self.staff.get(staff)
        ends = [p.until for p in person.every_post()] if person else []
        gone = bool(ends) and all(end and end < day for end in ends)
        return gone or bool(person and person.until and person.until < day)

    def absence(self, staff: str, day: date) -> Absence | None:
        """Return the leave that a person is on, on a day; None while at work, or without a post."""
        person = self.staff.get(staff)
        return next((a for a in person.away if a.holds(day)), None) if person else None

    def is_here(self, staff: str, day: date) -> bool:
        """Return whether a person has a post on a day and is not on leave."""
        return self.holds(staff, day) and self.absence(staff, day) is None

    def served(self, staff: str, first: date, last: date) -> bool:
        """Return whether a person had a post on any day of a period."""
        person = self.staff.get(staff)
        periods = (person, *person.every_post()) if person else ()
        return bool(periods) and all(
            any(not (p.from_ and p.from_ > last) and not (p.until and p.until < first) for p in some)
            for some in (periods[:1], periods[1:])
        )

    def is_appraised(self, staff: str, year: int) -> bool:
        """Return whether a person is appraised for a year: in office on any day of it, and not exempt."""
        person = self.staff.get(staff)
        return bool(person and person.evaluated) and self.served(staff, date(year, 1, 1), date(year, 12, 31))

    def appraised_in(self, staff: str, year: int) -> str:
        """Return the department that appraises a person for a year, by its name at the year's end.

        Who was seconded (借调) for half the year or more is appraised where that was; else it is
        the main post of the last day in office.
        """
        last, person = date(year, 12, 31), self.staff.get(staff)
        if not person:
            return ""
        own = [p for p in person.every_post() if p.kind != KIND_SECONDED]
        away = [p for p in person.every_post() if p.kind == KIND_SECONDED and _days(p, year) >= SECONDED_LONG]
        home = [p for p in self.posts_of(staff, last) if p in own]
        if not home and self.holds(staff, last):  # seconded only lately: still appraised at home
            home = sorted((p for p in own if p.until and p.until < last), key=lambda p: p.until or last)[-1:]
        where = next(iter(away or home), None)
        return self.heir(where.department, last) if where else self.department_of(staff, last)

    def tenure_text(self, staff: str) -> str:
        """Say from when until when a person is in office: 任职 2024-03-01—2026-06-30."""
        person = self.staff.get(staff)
        if not person:
            return "不在名册"
        posts = person.every_post()
        first = max(filter(None, (person.from_, min((p.from_ or date.min) for p in posts))))
        last = min(filter(None, (person.until, max((p.until or date.max) for p in posts))))
        return f"任职 {'' if first == date.min else first}—{'' if last == date.max else last}"

    # Names

    @cached_property
    def _ids(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for key, person in self.staff.items():
            found.setdefault(person.name, []).append(key)
        return found

    def ids_of(self, name: str) -> list[str]:
        """Return the ids of everybody of a name."""
        return self._ids.get(name, [])

    def name(self, staff: str) -> str:
        """Return the person's name, with the id where two bear it; the id where the roster does not have it."""
        if staff not in self.staff:
            return staff
        name = self.staff[staff].name
        return f"{name}（{staff}）" if len(self.ids_of(name)) > 1 else name

    def plain_name(self, staff: str) -> str:
        """Return the name alone, for where the id stands beside it anyway."""
        return self.staff[staff].name if staff in self.staff else staff

    def email(self, staff: str) -> str:
        """Return the person's address, or ''."""
        return self.staff[staff].email if staff in self.staff else ""

    def keys(self, staff: str) -> tuple[str, ...]:
        """Return the person's SSH public keys."""
        return self.staff[staff].keys if staff in self.staff else ()

    def people(self) -> Iterator[tuple[str, str]]:
        """Return (id, name) of everybody who ever stood in the roster."""
        return ((key, person.name) for key, person in self.staff.items())


def _days(post: Post, year: int) -> int:
    """Return how many days of a year a post covers."""
    first = max(post.from_ or date.min, date(year, 1, 1))
    last = min(post.until or date.max, date(year, 12, 31))
    return max(0, (last - first).days + 1)
