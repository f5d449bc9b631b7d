"""Short words for what a ledger records: events, inquiries, what the rules say of them."""

from datetime import datetime

import msgspec

from shouwen.core.deadlines.clock_table import clocks
from shouwen.core.duties.findings import findings
from shouwen.core.inquiry.events import Close, Event, Handoff, Target
from shouwen.core.inquiry.header import Inquirer, Inquiry
from shouwen.core.inquiry.lifecycle import State, replay
from shouwen.core.regulation.schema import Policy
from shouwen.core.rulebook import Rules
from shouwen.store.settings import load_policy
from tests.support.clock import CALENDAR, at
from tests.support.roster import OFFICE

# The words of an intake that says as little as it may.
PLAIN = ("intake", "--channel", "来电", "--category", "咨询", "--subject", "一件", "--scope", "本人")


def policy(name: str = "bumen", **overrides) -> Policy:
    """A built-in regulation with an office's overrides."""
    return load_policy(name, "", overrides or None)


BUMEN = policy()


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


CASE = (
    "sanction", "report", "--staff", "wangfang", "--article", "四", "--summary", "推", "--occurred", "2026-11-20",
)  # fmt: skip

HEADER = {
    "id": "20261123-K7Q4QX", "received": "23 09:00", "channel": "来电", "category": "咨询",
    "subject": "施工许可证办理材料", "first_responder": "wangfang", "department": "审批科",
    "scope": "其他部门", "policy": "bumen", "inquirer": {"name": "张某", "phone": "13812341234"},
}  # fmt: skip
MOMENTS = ("at", "received", "promised", "told", "until", "when", "due")


def timed(values: dict) -> dict:
    """The values with their times as a record has them."""
    return {k: at(str(v)).isoformat() if k in MOMENTS else v for k, v in values.items()}


def written(case: dict) -> Inquiry:
    """The record that a case describes; events are numbered from 1 in the order written."""
    events = [{"id": str(n), "by": "wangfang", **timed(event)} for n, event in enumerate(case["events"], 1)]
    return msgspec.convert(timed(HEADER | case.get("inquiry", {})) | {"events": events}, Inquiry)
