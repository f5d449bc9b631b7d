"""The bulletin (通报) in words: what each figure is called and means, tables, bars."""

from datetime import datetime
from typing import Any

from msgspec import Struct

from shouwen.core.dates import minute
from shouwen.core.statistics.bulletin import Bulletin
from shouwen.core.statistics.figures import COUNTS, GROUPS, MEANS, Figures, Rate
from shouwen.render.fit import table_or_items
from shouwen.render.table import Columns, table
from shouwen.render.values import literal, safe
from shouwen.render.width import padded, width

# figure → its title, and how it is counted.
TITLES = {
    "received": ("受理", "期内受理的件数，计入首问的部门和人"),
    "closed": ("办结", "期内有办结结果的件数，计入办结人"),
    "open": ("在办", "期末尚未办结的件数，计入期末负责人"),
    "overdue": ("超期在办", "期末尚未办结、已过办结（重办）期限的件数；期限由条文、事项、本单位或承诺定"),
    "expired": (
        "超时限",
        "期内届满而没有按时完成的各项时限，期限由条文、事项、本单位或承诺定，计入届满时负责的部门和人",
    ),
    "overdue_default": (
        "超期在办（默认期限）",
        "同超期在办，但期限只是本程序的缺省值，没有条文也没有本单位规定；不计入超期在办",
    ),
    "expired_default": ("超时限（默认期限）", "同超时限，但期限只是本程序的缺省值；不计入超时限"),
    "duties_late": (
        "职责迟办",
        "期内做了而做得晚的各项职责（迟了多少见该件），计入当时该做的部门和人；职责由条文或本单位定",
    ),
    "duties_late_default": ("职责迟办（默认）", "同职责迟办，但职责只是本程序的缺省值；不计入职责迟办"),
    "changed": (
        "判定有变",
        "期满或办结以后，期内经批准的更正改变了判定，或重办的判定与前一次不同的各项时限（前后判定见该件）",
    ),
    "recounted": (
        "日历改在后",
        "期内公布的日历会改变、但期满或办结在先因而判定不变的各项时限（两种判定见该件）",
    ),
    "repeated": ("重复反映", "期内受理的件中，同一服务对象（姓名、电话相同）先前的一件已经办结的"),
    "joined": ("并案", "期内并入另一件的件数；并在一起的，超期、按时在同一部门和人名下只计一次，取其重"),
    "long_paused": ("久停", "期末暂停超过 ledger.yaml 里 long_pause 个工作日的件数"),
    "responded": ("响应率", "期内受理件中，期末前已有回应（反馈、告知、预约或办结）的"),
    "at_once": ("当场办结率", "期内办结件中，受理当天由首问责任人办结的"),
    "on_time": ("按时办结率", "期内办结件和期末超期在办件中，按期办结的；期限由条文、事项、本单位或承诺定"),
    "on_time_default": ("按时办结率（默认期限）", "同按时办结率，但期限只是本程序的缺省值；不计入按时办结率"),
    "median_hours": ("用时中位数", "自受理（重办自重办）至办结的工作小时，扣除暂停"),
    "p90_hours": ("用时P90", "九成办结件不超过的工作小时（按名次取，不插值）"),
    "extended": ("延期率", "期内办结件和期末在办件中，有有效延期的"),
    "redone": ("重办率", "期内办结或重办的件中，期内重办的"),
    "accepted": (
        "及时签收率",
        "期内转办、已答复或已过签收时限的，在时限内签收或退回的，计入接收方；时限由条文或本单位定",
    ),
    "accepted_default": (
        "及时签收率（默认期限）",
        "同及时签收率，但时限只是本程序的缺省值；不计入及时签收率",
    ),
    "returned": ("退回率", "期内转办中被退回的次数，计入转出方"),
    "handoffs": ("平均交接次数", "期内办结件和期末在办件，自受理起转办的次数，计入首问方"),
    "passed_on": ("多次交接率", "期内办结件和期末在办件中，转办两次以上的，计入首问方"),
    "told_once": ("一次性告知率", "期内发出一次性告知的件中，到期末只告知过一次的"),
    "second_notices": ("二次告知", "期内发出的、不是第一次的一次性告知"),
    "called_back": ("回访率", "期内办结或回访的件中，期内回访的，计入办结人"),
    "resolved": ("解决率", "期内回访、答了是否解决的件中，认为已解决的（以最后一次为准）"),
    "satisfied": ("满意率", "期内评价的件中，不是最低两档的（以最后一次为准）"),
    "untold": ("未告知结果", "期内办结、没有告知结果也没有写明未告知原因的件数"),
    "reported": ("否定报备率", "期内不予办理的结果中，报备事项齐全的"),
    "unreported": ("未报备", "期内不予办理而报备事项不全的结果"),
    "unfiled": ("处理未归档", "期末已决定、应归入个人档案而尚未归档的问责案件"),
    "undone": ("后续过期未做", "期末问责决定要求的整改、报告、解除或申诉的答复，过了期限还没有做的项数"),
}
HOURS = ("median_hours", "p90_hours")
SETS = (
    ("办理", ("received", "closed", "open", "overdue", "expired", "on_time", "at_once", "duties_late")),
    ("默认期限", ("overdue_default", "expired_default", "on_time_default", "accepted_default", "duties_late_default")),
    ("时效", ("responded", "median_hours", "p90_hours", "extended", "redone", "changed", "recounted", "long_paused")),
    ("交接和告知", ("accepted", "returned", "handoffs", "passed_on", "joined", "told_once", "second_notices")),
    ("结果和评价", ("called_back", "resolved", "satisfied", "untold", "repeated", "reported", "unreported", "unfiled", "undone")),
)  # fmt: skip
MAIN = (
    "received", "closed", "overdue", "expired", "on_time", "on_time_default", "accepted", "returned", "satisfied",
)  # fmt: skip
# A group by whose limit it is has only what rests on a limit; the default stands under its plain name.
LIMITED = ("overdue", "expired", "duties_late", "on_time", "accepted")
NAMES = {
    "total": "总计",
    "ledger": "单位",
    "department": "部门",
    "category": "类别",
    "channel": "渠道",
    "source": "期限由谁定",
    "staff": "人员",
}
PERIODS = ("current", "previous", "year_earlier")
PERIOD_NAMES = dict(zip(PERIODS, ("本期", "上期", "去年同期"), strict=True))
BY_EYE = ("table", "plain", "markdown")
BAR = 24  # columns of the longest bar
LEAST_BAR = 6  # columns below which a bar says nothing


class Member(Struct):
    """One row of a group: whose figures, in the three periods."""

    group: str
    ledger: str
    key: str
    name: str
    figures: dict[str, Figures]


class Report(Struct):
    """Everything that the bulletin says, before it takes a format."""

    office: str
    now: datetime
    bulletins: dict[str, Bulletin]
    members: list[Member]
    blocks: list[tuple[str, list[str]]]
    footers: list[str]

    @property
    def title(self) -> str:
        """The heading."""
        return f"{self.office}首问负责制通报（{self.bulletins['current'].period}）"

    @property
    def compared(self) -> str:
        """Which periods stand beside which, and from when they are looked at."""
        period, end = self.bulletins["current"].period, self.bulletins["current"].period.end(self.now)
        over = "" if end < self.now else "，本期未满"
        beside = "，".join(f"{PERIOD_NAMES[p]} {self.bulletins[p].period}" for p in PERIODS[1:])
        return f"{period.first} 至 {period.last}，截至 {minute(end)}{over}；{beside}，各以期末为准"

    def of(self, group: str) -> list[Member]:
        """Return the members of a group, those that took in or closed most first."""
        found = [m for m in self.members if m.group == group]
        return sorted(found, key=lambda m: (-weight(m), m.ledger, m.name, m.key))


def weight(member: Member) -> int:
    """Return how much a member had to do with in the period: by this rows are ordered."""
    counts = member.figures["current"].counts
    return counts["received"] + counts["closed"] + counts["open"]


def sets_of(group: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the figures that a group may have, in sets under their titles."""
    return (("", LIMITED),) if group == "source" else SETS


def main_of(group: str) -> tuple[str, ...]:
    """Return the figures of a group that are told where there is little room."""
    return LIMITED if group == "source" else MAIN


def shown_rate(rate: Rate, mean: bool = False) -> str:
    """Write a rate as 50.0% 6/12, a mean as 1.25 5/4; without anything to count a dash and 0/0."""
    value = "—" if rate.value is None else f"{rate.value:.2f}" if mean else f"{rate.value:.1%}"
    return f"{value} {rate.n}/{rate.of}"


def shown(figures: Figures, name: str) -> str:
    """Return any figure as a cell."""
    if name in COUNTS:
        return str(figures.counts[name])
    if name in HOURS:
        hours = getattr(figures, name)
        return "—" if hours is None else f"{hours:.1f}"
    return shown_rate(figures.rates[name], name in MEANS)


def unit(name: str) -> str:
    """Return the title with its unit, where that is no percentage."""
    return TITLES[name][0] + ("（小时）" if name in HOURS else "")


def _heading(text: str, format: str) -> str:
    return f"## {text}\n\n" if format == "markdown" else f"【{text}】\n"


def _table(rows: list[dict[str, Any]], columns: Columns, format: str, most: int) -> str:
    if format == "table":
        return table_or_items(rows, columns, most) + "\n"
    return table(rows, columns, format) + "\n"


def overall(report: Report) -> list[dict[str, Any]]:
    """Return every figure of the whole, a row each, the three periods beside each other."""
    total = report.of("total")[0]
    return [
        {"name": unit(name), **{p: shown(total.figures[p], name) for p in PERIODS}}
        for _, names in SETS
        for name in names
    ]


def happened(figures: Figures) -> bool:
    """Return whether anything was counted at all."""
    return any(figures.counts.values()) or any(r.of for r in figures.rates.values())


def group_rows(members: list[Member], names: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return a row for each member and period in which anything was counted."""
    rows = []
    for member in members:
        for which in PERIODS:
            if which == "current" or happened(member.figures[which]):
                cells = {n: shown(member.figures[which], n) for n in names}
                rows.append({"name": member.name, "period": PERIOD_NAMES[which], **cells})
    return rows


def bars(values: list[tuple[str, float, str]], most: float = 0, columns: int = 0) -> str:
    """Draw bars of characters: label, what it says, and as many blocks as its share of ``most``.

    On a screen of so many ``columns`` the bars are shorter, and none where there is no room for them.
    """
    most = most or max((value for _, value, _ in values), default=0)
    if not values or not most:
        return ""
    labels = max(width(safe(label)) for label, *_ in values)
    texts = max(width(safe(text)) for *_, text in values)
    longest = min(BAR, columns - labels - texts - 6) if columns else BAR
    if longest < LEAST_BAR:
        longest = 0
    lines = []
    for label, value, text in values:
        length = value / most * longest
        bar = "█" * int(length) + ("▌" if length % 1 >= 0.5 else "")
        lines.append(f"  {padded(safe(label), labels)}  {padded(safe(text), texts, 'right')}  {bar}".rstrip())
    return "\n".join(lines) + "\n"


def charts(report: Report, groups: tuple[str, ...]) -> list[tuple[str, list[tuple[str, float, str]], float]]:
    """Return the bars of each group for the period: title, (label, value, text), what a full bar is."""
    found: list[tuple[str, list[tuple[str, float, str]], float]] = []
    for group in groups:
        members = [m for m in report.of(group) if happened(m.figures["current"])]
        counts: list[tuple[str, float, str]] = [
            (m.name, n, f"{n}") for m in members if (n := m.figures["current"].counts["received"])
        ]
        found.append((f"受理（件，按{NAMES[group]}）", counts, 0))
        if group in ("department", "ledger", "source"):
            rates = [(m.name, m.figures["current"].rates["on_time"]) for m in members]
            shares = [(name, r.value or 0, shown_rate(r)) for name, r in rates if r.of]
            found.append((f"按时办结率（按{NAMES[group]}）", shares, 1))
    return [chart for chart in found if chart[1]]


def report_text(report: Report, by: str, format: str, most: int = 0) -> str:
    """Return the bulletin as ``table``, ``plain`` or ``markdown``; ``by`` one group, with all its figures.

    ``most`` is how many columns a screen has: what is wider stands item by item; 0 for any width.
    """

    def said(text: str) -> str:
        return literal(safe(text)) if format == "markdown" else safe(text)

    parts = [f"# {said(report.title)}\n\n" if format == "markdown" else f"{said(report.title)}\n"]
    parts.append(f"{said(report.compared)}\n\n")
    columns = [("name", "指标"), *PERIOD_NAMES.items()]
    parts += [_heading("总体情况", format), _table(overall(report), columns, format, most)]
    groups = chosen(report, by)
    drawn = charts(report, tuple(g for g in groups if g != "staff"))
    for title, values, full in drawn:
        block = bars(values, full, most)
        parts += [_heading(title, format), f"```\n{block}```\n\n" if format == "markdown" else block + "\n"]
    for group in groups:
        members = report.of(group)
        for title, names in sets_of(group) if by else (("", main_of(group)),):
            rows = group_rows(members, names)
            heading = f"按{NAMES[group]}" + (f"：{title}" if title else "")
            head = [("name", NAMES[group]), ("period", "期"), *((n, unit(n)) for n in names)]
            if rows:
                parts += [_heading(heading, format), _table(rows, head, format, most)]
    for block_head, lines in report.blocks:
        item = "- " if format == "markdown" else "  "
        parts.append(said(block_head) + "\n" + "".join(f"{item}{said(line)}\n" for line in lines) + "\n")
    if not by:
        parts.append("各组的其余指标：--by 部门等，或 --format html、csv、json。\n")
    parts.append("口径：\n" if format != "markdown" else "## 口径\n\n")
    mark = "- " if format == "markdown" else "  "
    parts += [f"{mark}{unit(name)}：{TITLES[name][1]}\n" for _, names in SETS for name in names]
    parts += [f"\n{said(line)}\n" for line in report.footers]
    return "".join(parts)


def chosen(report: Report, by: str) -> tuple[str, ...]:
    """Return the groups to show: the one asked for, else all; the ledgers first where there are several."""
    several = len(report.of("ledger")) > 1
    return (by,) if by else (("ledger",) if several else ()) + GROUPS
