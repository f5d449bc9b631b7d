"""The world that the tests of the core live in: an office, a calendar, short words for events."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from shouwen.core.deadlines.clock_table import clocks
from shouwen.core.duties.findings import findings
from shouwen.core.inquiry.events import Close, Event, Handoff, Target
from shouwen.core.inquiry.header import Inquirer, Inquiry
from shouwen.core.inquiry.lifecycle import State, replay
from shouwen.core.office.roster import Config, Department, Matter, Office, Staff
from shouwen.core.regulation.schema import Policy
from shouwen.core.rulebook import Rules
from shouwen.store.settings import load_calendar, load_policy

ZONE = ZoneInfo("Asia/Shanghai")
CONFIG = Config(name="某局", policy="bumen")
CALENDAR = load_calendar("/nowhere", CONFIG, ZONE)
OFFICE = Office(
    config=CONFIG,
    departments={
        "审批科": Department(leader="zhaojun"),
        "规划科": Department(leader="sunmei", phone="0631-5550102", place="二楼201"),
        "办公室": Department(leader="heping"),
    },
    staff={
        "wangfang": Staff(name="王芳", department="审批科", rank=2, joined=date(2020, 7, 1)),
        "zhaojun": Staff(name="赵军", department="审批科", rank=5, joined=date(2012, 3, 1)),
        "lijie": Staff(name="李洁", department="规划科", rank=2, joined=date(2018, 9, 1), scale="事业单位"),
        "sunmei": Staff(name="孙梅", department="规划科", rank=5, joined=date(2012, 3, 1)),
        "heping": Staff(name="何平", department="办公室", rank=6),
    },
    matters={
        "施工许可证": Matter(department="规划科", contact="lijie", words=("施工许可",), workdays=5),
        "许可证延期": Matter(department="审批科", words=("许可",), workdays=3),
    },
)


def policy(name: str = "bumen", **overrides) -> Policy:
    """A built-in regulation with an office's overrides."""
    return load_policy(name, "", overrides or None)


BUMEN = policy()


def at(text: str) -> datetime:
    """ "23 09:15" in November 2026, or a whole "2026-12-01 09:15"; the zone is the ledger's."""
    day, _, clock = text.partition(" ")
    day = day if "-" in day else f"2026-11-{int(day):02}"
    return datetime.fromisoformat(f"{day}T{clock or '09:00'}").replace(tzinfo=ZONE)


_count = iter(range(10**9))


def event(kind: type, when: str | datetime, by: str = "wangfang", /, **values) -> Event:
    """An event with an id of its own."""
    moment = at(when) if isinstance(when, str) else when
    return kind(values.pop("id", f"e{next(_count)}"), moment, by, **values)


def handoff(when, to: str = "规划科/lijie", by: str = "wangfang", mode: str = "电话联系", **more) -> Event:
    """A handoff to DEPARTMENT or DEPARTMENT/STAFF."""
    return event(Handoff, when, by, to=Target(*to.split("/")), mode=mode, **more)


def close(when, by: str = "wangfang", outcome: str = "已答复", **more) -> Event:
    """A result, told at once unless said otherwise."""
    more.setdefault("told", at(when) if isinstance(when, str) else when)
    return event(Close, when, by, outcome=outcome, result="已告知", **more)


def inquiry(*events: Event, **values) -> Inquiry:
    """A phone consultation taken in by 王芳 on Monday 23 November 2026 at nine."""
    header = {"id": "20261123-K7Q4QX", "received": at("23 09:00"), "channel": "来电", "category": "咨询",
              "subject": "施工许可证办理材料", "first_responder": "wangfang", "department": "审批科",
              "scope": "其他部门", "policy": "bumen", "inquirer": Inquirer("张某", "13812341234")}  # fmt: skip
    return Inquiry(**(header | values), events=events)


def judged(record: Inquiry, now: str | datetime, rules: Rules | None = None):
    """(state, clocks, findings) of a record as of a moment."""
    rules = rules or Rules(BUMEN, OFFICE, CALENDAR)
    moment = at(now) if isinstance(now, str) else now
    state: State = replay(record)
    found = clocks(rules, state, moment)
    return state, found, findings(rules, state, found, moment)


def clock(record: Inquiry, name: str, now: str = "30 18:00", rules: Rules | None = None):
    """The last clock of a name on a record."""
    return [c for c in judged(record, now, rules)[1] if c.name == name][-1]


def with_limits(**limits) -> Rules:
    """Rules in which these clocks have just one limit: ``办结={"workdays": 3}``."""
    over = {name: [{**value, "article": "默认"}] for name, value in limits.items()}
    return Rules(policy(limits=over), OFFICE, CALENDAR)


def days(start: date, count: int) -> list[date]:
    """So many days from ``start`` on."""
    return [start + timedelta(days=n) for n in range(count)]
