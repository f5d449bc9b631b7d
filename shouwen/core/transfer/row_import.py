"""One row of an existing 台账 on its way to an inquiry: every value read, every fault told."""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any, Protocol

from msgspec import Struct, structs

from shouwen.core.deadlines.working_days import Calendar
from shouwen.core.errors import NotFound, Refused
from shouwen.core.inquiry.confidential import protected
from shouwen.core.inquiry.header import Agent, Inquirer, Inquiry
from shouwen.core.office.lookup import find_department, find_person
from shouwen.core.office.presence import absent_from_office
from shouwen.core.office.roster import Office
from shouwen.core.office.routing import scope_of
from shouwen.core.regulation.schema import Policy
from shouwen.core.transfer.cells import phone_of, placeholder, spoilt_name, spoilt_phone
from shouwen.core.transfer.days import Unreadable, bounded, by_form, from_serial, read_moment
from shouwen.core.transfer.mapping import FIELDS, TIMES, Doubt, Grid, Mapping, unescaped
from shouwen.core.transfer.record_export import ANONYMOUS
from shouwen.core.transfer.row_history import RowHistory
from shouwen.core.transfer.row_powers import powers_lacking
from shouwen.core.vocabulary import clean, nearest

LONGEST = 10_000  # characters a cell may have: ten of them stay within the size of a record
_NEVER = time(0, 0)
SEVERAL = ("paused", "resumed", "pause_reason")  # fields of which one cell may hold several
SEPARATOR = r"[；;、\n]+"


class Setting(Struct, frozen=True):
    """What a row is judged by: the office, its regulations by moment, the present, who imports.

    With a ``calendar`` an extension that would not count is told.
    """

    office: Office
    policy_on: Callable[[datetime], Policy]
    now: datetime
    actor: str
    calendar: Calendar | None = None


class Sheet(Protocol):
    """What an entry needs of the reading that it belongs to."""

    grid: Grid
    mapping: Mapping
    setting: Setting
    columns: dict[str, tuple[int, ...]]

    def problem(self, n: int, key: str, text: str, hint: str) -> None:
        """Take note of something wrong with a field of a row."""

    def area(self, n: int, key: str) -> str:
        """Return the merged area that a field's cell lies in, or ''."""


class Entry:
    """One row. ``faulty`` are the fields that something is wrong with."""

    def __init__(self, reading: Sheet, n: int, cells: dict[str, Any]):
        self.reading, self.n, self.cells = reading, n, cells
        self.office, self.now = reading.setting.office, reading.setting.now
        self.faulty: set[str] = set()
        self._raw: dict[str, Any] = {}

    def wrong(self, key: str, text: str, hint: str = "") -> None:
        """Record a problem with a field; only the first per field, the others follow from it."""
        if key not in self.faulty:
            self.faulty.add(key)
            self.reading.problem(self.n, key, text, hint)

    @property
    def earlier(self) -> str:
        """How to mend a moment that lies before the intake."""
        year = self.reading.mapping.year
        return f"核对时间；没有写年份的都按 {year} 年算，跨年的在表里写全" if year else "核对时间"

    def raw(self, key: str) -> Any:
        """Return the cell's value, translated; the default where it is blank; None without either."""
        if key not in self._raw:
            self._raw[key] = self._read(key)
        return self._raw[key]

    def _read(self, key: str) -> Any:
        """Return the value as the mapping has it; a problem where the cell holds none, though something stands there."""
        mapping, value = self.reading.mapping, self.cells.get(key)
        if area := self.reading.area(self.n, key):
            self.wrong(key, f"在合并的单元格 {area} 里", "取消合并，逐行填写")
            return None
        if isinstance(value, Doubt):
            self.wrong(key, value.text, value.hint)
            return None
        if value is None:
            value = mapping.values.get(key, {}).get("")
        elif isinstance(value, int | float | str):
            text = clean(unescaped(str(value)))
            if len(text) > LONGEST:
                self.wrong(key, f"有 {len(text)} 字，超过 {LONGEST} 字", "删短，全文另存")
                return None
            said = mapping.values.get(key, {})
            if text in said:  # heard before anything is judged
                value = said[text]
            elif doubt := placeholder(key, text) if isinstance(value, str) else None:
                self.wrong(key, *doubt)
                return None
            else:
                value = value if text else ""
        return mapping.defaults.get(key) if value in (None, "") else value

    def text(self, key: str) -> str:
        """Return a field as text; '' where there is none."""
        value = self.raw(key)
        if isinstance(value, datetime):
            value = f"{value:%Y-%m-%d %H:%M}" if value.time() != _NEVER else f"{value:%Y-%m-%d}"
        return clean(unescaped(str(value))) if value is not None else ""

    def mapped(self, key: str) -> bool:
        """Return whether a column of the sheet says it."""
        return key in self.reading.mapping.columns

    def stated(self, key: str) -> bool:
        """Return whether the row itself says something in a field, as the mapping has it; a default is not the row's."""
        text = clean(unescaped(str(self.cells.get(key) or "")))
        return self.reading.mapping.values.get(key, {}).get(text, text) not in ("", None)

    def _translated(self, key: str) -> bool:
        """Return whether the mapping says what stands in the cell."""
        return clean(unescaped(str(self.cells.get(key) or ""))) in self.reading.mapping.values.get(key, {})

    def phone(self, key: str = "phone") -> str:
        """Return a telephone number; one kept as a number may have lost its first 0."""
        value, text = self.raw(key), phone_of(self.text(key))
        if isinstance(value, int) and not re.fullmatch(r"1[3-9]\d{9}|[2-8]\d{6,7}|[48]00\d{7}", text):
            self.wrong(key, f"{text} 是数字格式，开头的 0 可能已丢失", "把这一列设成文本，照原件重填")
        self._masked(key, text)
        if text and not self._translated(key) and (doubt := spoilt_phone(text)):
            self.wrong(key, *doubt)
        return text

    def _masked(self, key: str, text: str) -> None:
        if "*" in text:
            self.wrong(key, f"“{text}”是遮盖过的", "从没有遮盖的表导入（shouwen export --reveal）")

    def word(self, key: str, values: tuple[str, ...], needed: bool = True) -> str:
        """Return a word of a closed list; '' only where it is not needed."""
        text = self.text(key)
        if text in values or not text and not needed:
            return text
        near = (
            f"可用：{'、'.join(values)}"
            if len(values) <= 12
            else f"相近的有：{'、'.join(nearest(text, values))}"
        )
        hint = f"{near}；或在映射的 values 里对应" if text else f"{near}；或在映射的 defaults 里写一个"
        self.wrong(key, f"{FIELDS[key][0]}“{text}”不在词表里" if text else f"缺少{FIELDS[key][0]}", hint)
        return ""

    def who(self, key: str) -> str:
        """Return a member of staff by id, name, or name（id）; of several of one name, the one there on that day."""
        text = self.text(key)
        try:
            return find_person(self.office, text, self._there) if text else ""
        except NotFound as error:
            self._unknown(key, error)
            return ""

    def _there(self, staff: str) -> bool:
        """Return whether somebody had a post on the day on which the row was received."""
        received = self.when("received")
        return received is not None and self.office.holds(staff, received.date())

    def where(self, key: str) -> str:
        """Return a department by name or alias."""
        text = self.text(key)
        try:
            received = self.when("received")
            return find_department(self.office, text, received.date() if received else None) if text else ""
        except NotFound as error:
            self._unknown(key, error)
            return ""

    def _unknown(self, key: str, error: NotFound) -> None:
        text, _, near = str(error).partition("；")
        self.wrong(key, text, f"{near}；或补进 staff.yaml，或在映射的 values 里对应")

    def when(self, key: str) -> datetime | None:
        """Return a moment; a day alone only where the mapping says what o'clock it means."""
        value = self.raw(key)
        return None if value is None else self._moment(key, value)

    def moments(self, key: str) -> list[datetime]:
        """Return the moments of a cell that may hold several, with a semicolon or on a line of its own each."""
        value = self.raw(key)
        parts = [value] if value is not None else []
        if isinstance(value, str) and key in SEVERAL:
            parts = [part for part in re.split(SEPARATOR, value) if part.strip()]
        return [at for part in parts if (at := self._moment(key, part))]

    def words(self, key: str, values: tuple[str, ...]) -> list[str]:
        """Return the words of a cell that may hold several; one that is not in the list is a problem."""
        said = self.reading.mapping.values.get(key, {})
        found = []
        for part in filter(None, map(str.strip, re.split(SEPARATOR, self.text(key)))):
            word = str(said.get(part, part))
            if word not in values:
                hint = f"可用：{'、'.join(values)}；或在映射的 values 里对应"
                self.wrong(key, f"{FIELDS[key][0]}“{word}”不在词表里", hint)
            found.append(word)
        return found

    def _moment(self, key: str, value: Any) -> datetime | None:
        hour, _, minute = self.reading.mapping.times.get(key, "").partition(":")
        usual = time(int(hour), int(minute)) if hour else None
        try:
            day, clock = self._day(value)
        except Unreadable as error:
            shown = value if isinstance(value, int | float | str) else f"{value:%Y-%m-%d}"
            self.wrong(key, f"{FIELDS[key][0]}“{clean(str(shown))}”{error.text}", error.hint)
            return None
        if clock is None and usual is None:
            hint = f'在映射的 times 写明 {key} 只有日期时算几点，如 {key}: "17:30"'
            self.wrong(key, f"{FIELDS[key][0]}“{day}”只有日期，没有钟点", hint)
            return None
        return datetime.combine(day, clock or usual or _NEVER, self.now.tzinfo)

    def _day(self, value: Any) -> tuple[date, time | None]:
        """Return the day, and the time of day if any, that a cell states. Raises Unreadable."""
        mapping = self.reading.mapping
        if isinstance(value, datetime):
            return bounded(value.date()), None if value.time() == _NEVER else value.time()
        text = clean(str(value))
        for form in mapping.dates:
            if found := by_form(text, form, mapping.year):
                return bounded(found[0]), found[1]
        if isinstance(value, int | float):
            if isinstance(value, int) and len(text) in (8, 12, 14):
                return read_moment(text, self.now)
            return self._day(from_serial(value, self.reading.grid.early))
        return read_moment(text, self.now, mapping.year)

    def inquiry(self) -> Inquiry | None:
        """Return the inquiry with its events, or None where problems stand in the way of looking further."""
        for key in TIMES:  # every problem at once, whatever stops the reading further on
            self.moments(key)
        received, promised = self.when("received"), self.when("promised")
        subject = self.text("subject")
        if not subject:
            self.wrong("subject", "缺少事项内容", "补上一句话")
        if not received:
            self.wrong("received", "缺少受理时间", "写成 2026-11-23 09:15")
        first, section = self.who("first_responder"), self.where("department")
        handler, handling = self.who("handler"), self.where("handler_department")
        person = self._inquirer()
        if not received:
            return None
        try:
            policy = self.reading.setting.policy_on(received)
        except Refused as error:
            self.wrong("received", str(error))
            return None
        first, section = self._first_asked(policy, first, section, received)
        matter = self.word("matter", tuple(self.office.matters), needed=False)
        found = scope_of(self.office, matter, first, section, received.date())
        scope = self.text("scope") and self.word("scope", policy.scopes.values) or found
        if not scope:
            self.word("scope", policy.scopes.values)
        number, detail = self.text("number"), self.text("detail")
        actor = self.reading.setting.actor
        made = Inquiry(
            id=f"{received:%Y%m%d}-000000", received=received,
            channel=self.word("channel", policy.channels.values),
            category=self.word("category", policy.categories.values), subject=subject,
            detail="\n".join(filter(None, (detail, f"原编号：{number}" if number else ""))),
            inquirer=person, agent=self._agent(), first_responder=first, department=section, scope=scope, matter=matter,
            urgency=self.word("urgency", policy.urgencies.values, needed=False) or "一般",
            promised=promised, recorded_by=actor if actor != first else "", policy=policy.id,
        )  # fmt: skip
        made = structs.replace(made, confidential=protected(policy, made.category, made.about))
        course = RowHistory(self, policy, made, actor)
        events = course.events(handler, handling)
        whole = structs.replace(made, events=events, imported=self.now, not_judged=course.unjudged())
        if not self.faulty:
            course.hold(whole, self.reading.setting.calendar)
        return self._powers(policy, whole)

    def _powers(self, policy: Policy, whole: Inquiry) -> Inquiry:
        """Return the inquiry; whoever could not have done on its day what the row says is a problem of that cell."""
        for key, text in [] if self.faulty else powers_lacking(self.office, policy, whole, self.now.tzinfo):
            self.wrong(key, text, "核对姓名和时间，或改正 staff.yaml 里的任职、离岗日期")
        return whole

    def _inquirer(self) -> Inquirer:
        name, phone = self._name("name"), self.phone()
        anonymous = name == ANONYMOUS
        shown = "" if anonymous or name == "未留名" else name
        return Inquirer(shown, phone, self.text("organisation"), anonymous)

    def _name(self, key: str) -> str:
        """Return the name of one person, not masked."""
        name = self.text(key)
        self._masked(key, name)
        if name and not self._translated(key) and (doubt := spoilt_name(name)):
            self.wrong(key, *doubt)
        return name

    def _agent(self) -> Agent | None:
        """Return who came for the inquirer, if the row names somebody."""
        agent = Agent(self._name("agent"), self.phone("agent_phone"), self.text("agent_relation"))
        if agent != Agent() and not agent.name:
            self.wrong("agent", "有代理人的电话或关系而没有姓名", "补上代理人姓名，或删去")
        return agent if agent.name else None

    def _first_asked(self, policy: Policy, first: str, section: str, received: datetime) -> tuple[str, str]:
        """Return the first-asked and their department; a department alone only where the regulation has it."""
        if first:
            if why := absent_from_office(self.office, first, received.date()):
                self.wrong("first_responder", why, "核对姓名，或改正 staff.yaml 里的任职日期")
            return first, section or self.office.department_of(first, received.date())
        if not section:
            self.wrong("first_responder", "缺少首问责任人", "写姓名或编号；或在映射的 defaults 里写一个")
        elif not policy.first_asked.unit:
            text = f"缺少首问责任人；《{policy.name}》的首问责任人是个人，不能只写部门"
            self.wrong("first_responder", text, "写姓名或编号")
        return first, section
