"""What reaches a threshold: measures, violations, points or a rate, within a window."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from itertools import accumulate
from zoneinfo import ZoneInfo

from msgspec import Struct

from shouwen.core.accountability.charge import charged
from shouwen.core.accountability.lifecycle import CaseState
from shouwen.core.accountability.proposals import CALENDAR, first_day, in_window
from shouwen.core.accountability.service_record import Service, satisfied
from shouwen.core.office.roster import Office
from shouwen.core.regulation.accountability import Conversion, Threshold
from shouwen.core.regulation.schema import Policy

RATES = {"on-time": "按时办结率", "satisfaction": "满意率"}


class Reached(Struct, frozen=True):
    """A threshold that was reached, how far, the cases that were counted for it, and how much is to ``spare``."""

    threshold: Threshold
    window: str
    cases: tuple[CaseState, ...]
    amount: str = ""
    spare: Decimal = Decimal(0)

    @property
    def text(self) -> str:
        """In words: 2026年第4季度扣分7分（满6分）."""
        return f"{self.window}{title(self.threshold)}{self.amount}（{needed(self.threshold)}）"


class Item(Struct, frozen=True):
    """Something counted: on which day, how much, by which cases."""

    day: date
    weight: Decimal
    cases: tuple[CaseState, ...]


def window_text(threshold: Threshold, end: date) -> str:
    """Return the window in words: 2026年度, 2026年第4季度, or the twelve months up to a decision."""
    if threshold.window not in CALENDAR:
        return f"截至{end}的12个月"
    number = (end.month - 1) // CALENDAR[threshold.window] + 1
    part = {
        "calendar-month": f"{number}月", "calendar-quarter": f"第{number}季度",
        "calendar-half": "上半年" if number == 1 else "下半年", "calendar-year": "度",
    }  # fmt: skip
    return f"{end.year}年{part[threshold.window]}"


def title(threshold: Threshold) -> str:
    """Return what a threshold counts, in words."""
    if threshold.rate:
        return RATES[threshold.rate]
    if threshold.points:
        return "扣分"
    return threshold.measure or "、".join((*threshold.measures, *threshold.violations))


def needed(threshold: Threshold) -> str:
    """Return how much it takes, in words: 满2次, 满6分, 低于92%."""
    if threshold.rate:
        return f"低于{threshold.below:g}%"
    if threshold.points:
        return f"满{threshold.points:g}分"
    return f"满{threshold.at_least}次"


_EFFECTS = {
    "bar-excellent": "不得评优秀", "bar-award": "不得评先", "bar-collective": "不得评先进集体", "grade": "定为{}", "action": "",
}  # fmt: skip


def follows(threshold: Threshold, grade: str | None = None, between: str = "，") -> str:
    """Say what follows from a threshold: its effect, with the ``grade`` where it is known, then its actions."""
    effect = _EFFECTS[threshold.effect].format(grade or "末等")
    return between.join(filter(None, (effect, *threshold.actions)))


def points_of(policy: Policy, state: CaseState, unit: bool = False) -> Decimal:
    """Return the points of a case, for the person or the department (``unit``): of measures and violation."""
    return points_of_measures(policy, state, held(state, unit))


def points_of_measures(policy: Policy, state: CaseState, measures: Iterable[str]) -> Decimal:
    """Return the points of a case if these are its measures, and of the violation itself.

    A leader who is liable with somebody has a share of that one's points; the violation is not his own.
    """
    values = policy.points.values if policy.points else {}
    rule = policy.violations.get(charged(state))
    own = Decimal(str(rule.points)) if rule and not state.case.joint else Decimal(0)
    return own + sum((Decimal(str(values.get(x, 0))) for x in dict.fromkeys(measures)), Decimal(0))


def held(state: CaseState, unit: bool = False) -> tuple[str, ...]:
    """Return the measures in force against the person, or the department (``unit``): its own where they are named."""
    return state.unit_measures or state.measures if unit else state.measures


def concerned(threshold: Threshold, status: str, rank: int) -> bool:
    """Return whether a threshold speaks of people of this status and rank."""
    return (
        (not threshold.status or status in threshold.status)
        and (not threshold.rank or rank >= threshold.rank)
        and (not threshold.below_rank or rank < threshold.below_rank)
    )


def whom(threshold: Threshold) -> str:
    """Return of which people a threshold speaks, in words; '' for everybody."""
    words = list(threshold.status)
    words += [f"职级{threshold.rank}以上"] if threshold.rank else []
    words += [f"职级{threshold.below_rank}以下"] if threshold.below_rank else []
    return "、".join(words)


def shared(
    policy: Policy, office: Office, cases: Iterable[CaseState], leader: str, zone: ZoneInfo
) -> list[Item]:
    """Return the points that a leader shares of the cases of others, by who led on the day of the act."""
    found = []
    for state in cases:
        rule = policy.violations.get(charged(state))
        if not (rule and rule.joint and rule.joint.share and state.counts) or state.case.staff == leader:
            continue
        if leader_of(office, rule.joint.post, state) == leader:
            weight = points_of(policy, state) * Decimal(str(rule.joint.share))
            found.append(Item(state.decided_on(zone), weight, (state,)))
    return found


def leader_of(office: Office, post: str, state: CaseState) -> str:
    """Return who held a post over the person or department of a case on the day of the act."""
    day = state.case.occurred
    section = state.case.department or office.department_of(state.case.staff, day)
    if post == "主要领导":
        return office.top("主要领导", day)
    return office.leader(section, day) if post == "负责人" else office.in_charge(section, day)


def _converted(rule: Conversion, cases: list[CaseState], zone: ZoneInfo, unit: bool) -> list[Item]:
    """Return one item for every so many of the measure within the window, each case used once."""
    found: list[Item] = []
    lot: list[CaseState] = []
    for state in sorted(
        (s for s in cases if rule.measure in held(s, unit)), key=lambda s: s.decided_on(zone)
    ):
        day = state.decided_on(zone)
        lot = [s for s in (*lot, state) if in_window(s.decided_on(zone), day, rule.window)]
        if len(lot) >= max(rule.times, 1):
            found.append(Item(day, Decimal(1), tuple(lot)))
            lot = []
    return found


def _words(threshold: Threshold) -> set[str]:
    return {threshold.measure, *threshold.measures} - {""}


def weight_of(policy: Policy, threshold: Threshold, state: CaseState) -> Decimal:
    """Return how much a case counts for a threshold by itself."""
    unit = threshold.concerns == "department"
    if threshold.points:
        return points_of(policy, state, unit)
    if words := _words(threshold):
        return Decimal(len(words & set(held(state, unit))))
    return Decimal(charged(state) in threshold.violations and not state.case.joint)


def _items(policy: Policy, threshold: Threshold, cases: list[CaseState], zone: ZoneInfo) -> list[Item]:
    """Return everything that a threshold counts, one item a case; conversions beside them."""
    words = _words(threshold)
    weighed = ((weight_of(policy, threshold, state), state) for state in cases)
    found = [Item(state.decided_on(zone), weight, (state,)) for weight, state in weighed if weight]
    if words:
        found += [
            x
            for rule in policy.conversions
            if rule.becomes in words
            for x in _converted(rule, cases, zone, threshold.concerns == "department")
        ]
    return found


def reach(
    policy: Policy, threshold: Threshold, cases: list[CaseState], year: int, zone: ZoneInfo,
    beside: Iterable[Item] = (),
) -> Reached | None:  # fmt: skip
    """Return the fullest window that ends with a decision of the year, the first of equals, if full enough."""
    items = _items(policy, threshold, cases, zone) + (list(beside) if threshold.points else [])
    items.sort(key=lambda item: (item.day, item.cases[0].case.id))
    days = [item.day for item in items]
    sums = [Decimal(0), *accumulate(item.weight for item in items)]  # of all items before each place
    total, last, counted = Decimal(0), None, (0, 0)
    for end in dict.fromkeys(day for day in days if day.year == year):
        window = bisect_left(days, first_day(end, threshold.window)), bisect_right(days, end)
        if (amount := sums[window[1]] - sums[window[0]]) > total:
            total, last, counted = amount, end, window
    enough = Decimal(str(threshold.points)) if threshold.points else Decimal(max(threshold.at_least, 1))
    if last is None or total < enough:
        return None
    cases_counted = tuple({s.case.id: s for item in items[slice(*counted)] for s in item.cases}.values())
    words = f"{total.normalize():f}{'分' if threshold.points else '次'}"
    return Reached(threshold, window_text(threshold, last), cases_counted, words, total - enough)


def reach_rate(threshold: Threshold, service: Service, scale: tuple[str, ...], year: int) -> Reached | None:
    """Return a rate of the year that lies below what the threshold asks; None where there is nothing to rate."""
    good, whole = service.on_time, service.handled
    if threshold.rate == "satisfaction":
        good, whole = satisfied(service.ratings, scale)
    if whole < max(threshold.at_least, 1) or good * 100 >= Decimal(str(threshold.below)) * whole:
        return None
    return Reached(threshold, f"{year}年度", (), f"{good * 100 / whole:.1f}%（{good}/{whole}）")
