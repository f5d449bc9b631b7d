"""The year's appraisal written out: a row, a JSON item, a page of text for the office."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from msgspec import structs, to_builtins

from shouwen.core.accountability.appraisal import EXCELLENT, Appraisal, Places, Review, window_notes
from shouwen.core.accountability.charge import charge_text, charged
from shouwen.core.accountability.consequences import DepartmentYear, consequence, verdict
from shouwen.core.accountability.lifecycle import CaseState
from shouwen.core.accountability.service_record import DEFAULT_TOO, LATE, Service, satisfied
from shouwen.core.accountability.thresholds import Reached, follows, held, title
from shouwen.core.dates import minute
from shouwen.core.deadlines.clock import unjudged_text
from shouwen.core.office.roster import Office
from shouwen.core.regulation.citation import cite, filing_cited
from shouwen.core.regulation.schema import DEFAULT, Policy
from shouwen.render.values import safe

COLUMNS = (
    ("id", "编号"), ("name", "姓名"), ("department", "部门"), ("counts", "本年度措施"),
    ("excellent", "可否评优秀"), ("award", "可否评先"), ("grade", "应定等次"), ("actions", "其他后果"),
    ("provisional", "暂定"), ("first_asked", "首问"), ("handled", "办结"), ("on_time", "按时"),
    ("overdue_held", "超期"), ("on_time_default", "按时（默认期限）"), ("overdue_held_default", "超期（默认期限）"),
    ("duties_late", "迟办"), ("duties_late_default", "迟办（默认）"), ("returned", "被退回"), ("ratings", "评价"),
    ("cases", "案件"), ("consequences", "后果"), ("on_time_inquiries", "按时编号"),
    ("late_inquiries", "未按时编号"), ("overdue_inquiries", "超期编号"), ("duties_late_inquiries", "迟办编号"),
)  # fmt: skip
BEHIND = (
    ("on_time", "按时"), (LATE, "未按时"), ("overdue_held", "持有时超期"), ("on_time_default", "按时（默认期限）"),
    (LATE + DEFAULT_TOO, "未按时（默认期限）"), ("overdue_held_default", "持有时超期（默认期限）"),
    ("duties_late", "职责迟办"), ("duties_late_default", "职责迟办（默认）"),
)  # fmt: skip


def behind(service: Service) -> list[tuple[str, list[str]]]:
    """Return (title, ids of the inquiries) of the figures that may be contested, as far as there are any."""
    return [(title, ids) for figure, title in BEHIND if (ids := service.inquiries.get(figure))]


def left_out(service: Service) -> list[str]:
    """Return the clocks that are in none of the figures, in words; none where there are none."""
    counts = service.not_judged
    return [f"{unjudged_text(counts)}（导入的旧件，原台账没有写明起止）"] if counts else []


def counts_text(counts: dict[str, int]) -> str:
    """Return measures with how often: 诫勉教育2次、通报批评1次."""
    return "、".join(f"{name}{n}次" for name, n in counts.items())


def _by_source(found: dict[str, int]) -> str:
    """Return whose limits they were, told where some are no article's; a default is told by itself."""
    named = {name: n for name, n in found.items() if name != DEFAULT}
    return f"（{'、'.join(f'{name} {n}' for name, n in named.items())}）" if set(named) - {"条文"} else ""


def _by_default(service: Service) -> str:
    """Return what rests on limits that only this program proposes: a number of its own."""
    on_time, late = service.on_time_default, service.late_by_source.get(DEFAULT, 0)
    held, duties = service.overdue_held_default, service.duties_late_default
    return (
        f"；默认期限（没有文件规定）：按时 {on_time}，未按时 {late}，持有时超期 {held}"
        + (f"，职责迟办 {duties}" if duties else "")
        if on_time or late or held or duties
        else ""
    )


def appraisal_row(a: Appraisal, service: Service, policy: Policy) -> dict[str, Any]:
    """Return one person as a row of a table."""
    return {
        "id": a.id, "name": a.called, "department": a.department,
        "counts": counts_text(a.counts), "excellent": a.excellent_allowed, "award": a.award_allowed,
        "grade": a.grade or "", "actions": list(a.actions), "provisional": list(a.provisional),
        "first_asked": service.first_asked, "handled": service.handled, "on_time": service.on_time,
        "overdue_held": service.overdue_held, "on_time_default": service.on_time_default,
        "overdue_held_default": service.overdue_held_default, "duties_late": service.duties_late,
        "duties_late_default": service.duties_late_default, "returned": service.returned,
        "ratings": counts_text(dict(sorted(service.ratings.items()))),
        "cases": [s.case.id for s in a.cases],
        "consequences": list(dict.fromkeys(consequence(policy, s, a.reached) for s in a.cases)),
        "on_time_inquiries": _all_of(service, "on_time"),
        "late_inquiries": _all_of(service, LATE),
        "overdue_inquiries": _all_of(service, "overdue_held"),
        "duties_late_inquiries": _all_of(service, "duties_late"),
    }  # fmt: skip


def reached_text(policy: Policy, r: Reached) -> str:
    """Return a threshold that a department reached, with what follows."""
    return f"{cite(policy, r.threshold.article)}：{r.text}→ {follows(r.threshold)}"


def _all_of(service: Service, figure: str) -> list[str]:
    """Return the ids behind a figure, those of default limits too."""
    return sorted(service.inquiries.get(figure, []) + service.inquiries.get(figure + DEFAULT_TOO, []))


def unit_row(unit: DepartmentYear, policy: Policy) -> dict[str, Any]:
    """Return a department as a row of the same table: what was decided against it; no grade, no figures."""
    blank: dict[str, Any] = {key: "" for key, _ in COLUMNS}
    return blank | {
        "name": "（责任部门）", "department": unit.name, "counts": counts_text(unit.counts),
        "provisional": list(unit.provisional), "cases": [s.case.id for s in unit.cases],
        "consequences": [*dict.fromkeys(consequence(policy, s, unit.reached, True) for s in unit.cases),
                         *(reached_text(policy, r) for r in unit.reached)],
    }  # fmt: skip


def ruled_text(state: CaseState, unit: bool = False) -> str:
    """Return what was decided for the person, or the department: 告诫、扣发绩效500元，至2027-02-02."""
    yuan = {a.measure: f"{a.yuan}元" for a in state.sums}
    words = "、".join(f"{x}{yuan.get(x, '')}" for x in held(state, unit))
    return words + (f"，至{state.until}" if state.until and not unit else "")


def case_lines(
    policy: Policy, state: CaseState, records: dict[str, Any], of: Appraisal | DepartmentYear
) -> list[str]:
    """Return a decided case on the page of the office: what was decided, by whom, where, what follows."""
    unit = isinstance(of, DepartmentYear)
    number = f"，{state.ruling.number}" if state.ruling.number else ""
    place = f"{records[state.case.id].path}:{_line(records[state.case.id], state)}"
    return [
        f"{state.case.id}  {state.decided_at:%Y-%m-%d}  {charge_text(policy, state)}：{ruled_text(state, unit)}"
        f"（{state.authority}{number}）  {place}",
        f"  {consequence(policy, state, of.reached, unit)}",
    ]


def case_data_short(
    policy: Policy, state: CaseState, records: dict[str, Any], of: Appraisal | DepartmentYear
) -> dict[str, Any]:
    """Return a decided case as an appraisal in JSON has it."""
    unit = isinstance(of, DepartmentYear)
    return {
        "sanction": state.case.id, "inquiry": state.case.inquiry, "path": records[state.case.id].path,
        "line": _line(records[state.case.id], state), "decided": state.decided_at,
        "article": state.case.article, "violation": charged(state), "measures": held(state, unit),
        "until": state.until, "sums": {a.measure: a.yuan for a in state.sums},
        "authority": state.authority, "number": state.ruling.number,
        "consequence": consequence(policy, state, of.reached, unit),
    }  # fmt: skip


def _undone_data(of: Appraisal | DepartmentYear) -> list[dict[str, str]]:
    return [{"sanction": case, "text": text} for case, text in of.undone]


def unit_data(unit: DepartmentYear, policy: Policy, records: dict[str, Any]) -> dict[str, Any]:
    """Return a department as JSON has it."""
    return {
        "department": unit.name, "counts": unit.counts, "provisional": unit.provisional,
        "undone": _undone_data(unit),
        "cases": [case_data_short(policy, s, records, unit) for s in unit.cases],
        "findings": [
            {"article": r.threshold.article, "measure": title(r.threshold), "amount": r.amount,
             "window": r.window, "effect": r.threshold.effect, "actions": r.threshold.actions,
             "cases": [s.case.id for s in r.cases]}
            for r in unit.reached
        ],
    }  # fmt: skip


def _line(record: Any, state: CaseState) -> int:
    return int(record.line(state.ruling.id))


_INNER = {"matters", "into"}  # of the figures, what only their making needs


def appraisal_data(
    a: Appraisal, service: Service, policy: Policy, records: dict[str, Any], year: int
) -> dict[str, Any]:
    """Return one person as JSON has it."""
    return {
        "id": a.id, "name": a.person.name, "department": a.department, "counts": a.counts,
        "excellent_allowed": a.excellent_allowed, "award_allowed": a.award_allowed,
        "grade": a.grade, "actions": a.actions, "provisional": a.provisional, "unfiled": a.unfiled,
        "undone": _undone_data(a), "findings": [
            {
                "article": r.threshold.article, "measure": title(r.threshold), "count": len(r.cases), "amount": r.amount,
                "at_least": r.threshold.at_least, "window": r.window, "effect": r.threshold.effect,
                "evidence": [
                    {"sanction": s.case.id, "inquiry": s.case.inquiry, "path": records[s.case.id].path,
                     "line": _line(records[s.case.id], s)}
                    for s in r.cases
                ],
            }
            for r in a.reached
        ],
        "evaluated": a.evaluated,
        "cases": [case_data_short(policy, s, records, a) for s in a.cases],
        "statistics": to_builtins({k: v for k, v in structs.asdict(service).items() if k not in _INNER})
        | {"satisfaction": satisfaction(service.ratings, policy)},
    }  # fmt: skip


def satisfaction(ratings: dict[str, int], policy: Policy) -> dict[str, Any]:
    """Return the rate of satisfaction with the counts that it rests on; no rate where nobody was asked."""
    good, rated = satisfied(ratings, policy.ratings.values)
    return {"satisfied": good, "rated": rated, "rate": round(good / rated, 4) if rated else None}


def _satisfaction(all_ratings: list[dict[str, int]], policy: Policy) -> list[str]:
    """Return the line of all ratings together, best first; none where nobody was asked."""
    counted = {word: sum(r.get(word, 0) for r in all_ratings) for word in policy.ratings.values}
    good, rated = satisfied(counted, policy.ratings.values)
    if not rated:
        return []
    words = counts_text({word: n for word, n in counted.items() if n})
    return [f"  评价合计：{words}；满意率 {good / rated:.1%}（{good}/{rated}）"]


def places_text(policy: Policy, places: Places) -> str:
    """Return how many may be 优秀, with the article: of everybody evaluated, whoever is looked at here."""
    return (
        f"{cite(policy, places.article)}：{EXCELLENT}不超过参评人数的{places.ratio * 100:g}%，"
        f"全单位参评{places.evaluated}人，至多{places.at_most}人"
    )


def review_lines(review: list[Review], policy: Policy, office: Office) -> list[str]:
    """Return whose leadership is looked at for which case; a post that nobody is named for stands as it is called."""
    return [
        f"{office.name(r.leader) if r.leader else f'{r.post}（名册没有写是谁）'}："
        f"{r.state.case.id} {charged(r.state) or cite(policy, r.state.case.article)}"
        for r in review
    ]


def left_open(policy: Policy) -> list[str]:
    """Return what the document leaves open, and what is done instead: whoever appraises decides on it."""
    return [f"{name}：{text}" for name, text in policy.undefined.items()]


def appraisal_text(
    results: list[Appraisal], figures: dict[str, Service], policy: Policy, office: Office,
    records: dict[str, Any], year: int, now: datetime, review: list[Review], places: Places | None = None,
    units: Iterable[DepartmentYear] = (),
) -> str:  # fmt: skip
    """Return the office's page: who is limited and why, then everybody's figures."""
    lines = [
        f"{office.config.name}  {year} 年度考核依据（《{policy.name}》，截至 {minute(now)}）",
        "",
    ]
    limited = [a for a in results if a.reached or a.provisional or a.unfiled or a.undone or a.cases]
    for a in limited:
        apart = "" if a.evaluated else "，不参加考核"
        lines.append(
            f"{a.person.name}（{a.id}，{a.department}{apart}）  {counts_text(a.counts) or '本年度无措施'}"
        )
        lines += [f"  {line}" for s in a.cases for line in case_lines(policy, s, records, a)]
        for r in a.reached:
            lines.append(f"  {cite(policy, r.threshold.article)}：{r.text}→ {follows(r.threshold, a.grade)}")
            for s in r.cases:
                place = f"{records[s.case.id].path}:{_line(records[s.case.id], s)}"
                lines.append(f"    {s.case.id}  {s.decided_at:%Y-%m-%d}  {charge_text(policy, s)}"
                             f"  {place}")  # fmt: skip
        lines.append(f"  结论：{verdict(a, EXCELLENT)}")
        lines += [f"  暂定：{word}" for word in a.provisional]
        lines += [f"  未归档：{case}（{filing_cited(policy)}）" for case in a.unfiled]
        lines += [f"  未做到：{case} {text}" for case, text in a.undone]
        lines.append("")
    if not limited:
        lines += ["没有人受限制。", ""]
    if units:
        lines.append("责任部门")
        for unit in units:
            lines.append(f"  {unit.name}  {counts_text(unit.counts) or '本年度无措施'}")
            lines += [f"    {line}" for s in unit.cases for line in case_lines(policy, s, records, unit)]
            lines += [f"    {reached_text(policy, r)}" for r in unit.reached]
            lines += [f"    暂定：{word}" for word in unit.provisional]
            lines += [f"    未做到：{case} {text}" for case, text in unit.undone]
        lines.append("")
    if places:
        lines += [f"{EXCELLENT}名额：", f"  {places_text(policy, places)}", ""]
    if review:
        lines.append("应查看领导责任：")
        lines += [f"  {line}" for line in review_lines(review, policy, office)]
        lines.append("")
    lines.append("服务情况")
    for a in results:
        own = figures.get(a.id, Service())
        rated = counts_text(dict(sorted(own.ratings.items())))
        lines.append(
            f"  {a.called}（{a.department}）：首问 {own.first_asked}，办结 {own.handled}，"
            f"按时 {own.on_time}{_by_source(own.on_time_by_source)}，"
            f"持有时超期 {own.overdue_held}{_by_source(own.overdue_by_source)}，"
            f"{f'职责迟办 {own.duties_late}，' if own.duties_late else ''}转出被退回 {own.returned}{f'，评价 {rated}' if rated else ''}{_by_default(own)}"
        )
        lines += [f"    {name}：{text}" for name, text in own.changed.items()]
        lines += [f"    {title}：{'、'.join(ids)}" for title, ids in behind(own)]
        lines += [f"    不计：{text}" for text in left_out(own)]
    lines += _satisfaction([figures.get(a.id, Service()).ratings for a in results], policy)
    lines += ["", "说明：以上是上限或应定等次的依据，等次由考核机关评定。"]
    lines += [f"计数口径：{note}" for note in window_notes(policy)]
    lines += (
        ["", "文件没有规定的：", *(f"  {line}" for line in left_open(policy))] if policy.undefined else []
    )
    return "".join(f"{safe(line)}\n" for line in lines)
