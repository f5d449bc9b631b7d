"""The year's appraisal on paper: what stands on each person's sheet, before it takes a form.

A sheet says what was counted and where it stands in the ledger, what follows under which
article, and what the appraising authority has to decide. It leaves every decision open: boxes
to tick, lines to sign and date.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from msgspec import Struct

from shouwen.core.accountability.appeals import how_to_appeal
from shouwen.core.accountability.appraisal import EXCELLENT, Appraisal, Places, Review, window_notes
from shouwen.core.accountability.charge import charge_text, charged, confirmed
from shouwen.core.accountability.consequences import DepartmentYear, consequence, verdict
from shouwen.core.accountability.lifecycle import CaseState
from shouwen.core.accountability.service_record import DEFAULT_TOO, Service, satisfied
from shouwen.core.accountability.thresholds import follows
from shouwen.core.dates import minute
from shouwen.core.deadlines.working_days import Calendar
from shouwen.core.office.roster import Office
from shouwen.core.regulation.citation import cite, filing_cited
from shouwen.core.regulation.schema import Policy
from shouwen.render.appraisal.text import (
    appraisal_row,
    behind,
    case_lines,
    counts_text,
    left_open,
    left_out,
    places_text,
    reached_text,
    review_lines,
    ruled_text,
)

BOX = "□"
SERVICE = (
    ("first_asked", "首问"), ("handled", "办结"), ("on_time", "按时办结"),
    ("overdue_held", "持有时超期"), ("on_time_default", "按时办结（默认期限）"),
    ("overdue_held_default", "持有时超期（默认期限）"), ("returned", "转出被退回"),
)  # fmt: skip
SIGNERS = ("被考核人意见", "部门负责人意见", "考核机关意见（盖章）")
# The office's table: everybody in a row, what limits them first.
OVERVIEW = (
    ("name", "姓名"), ("department", "部门"), ("counts", "本年度措施"), ("excellent", "可否评优秀"),
    ("award", "可否评先"), ("grade", "应定等次"), ("actions", "其他后果"), ("provisional", "暂定"),
    ("first_asked", "首问"), ("handled", "办结"), ("on_time", "按时"), ("overdue_held", "超期"),
    ("on_time_default", "按时（默认期限）"), ("overdue_held_default", "超期（默认期限）"),
    ("returned", "被退回"), ("ratings", "评价"),
)  # fmt: skip


class GroundReached(Struct, frozen=True):
    """A threshold reached: article, what was counted, what follows, and the cases as rows."""

    article: str
    counted: str
    effect: str
    evidence: tuple[tuple[str, str, str, str], ...]


class AppraisalSheet(Struct, frozen=True, kw_only=True):
    """One person's sheet."""

    name: str
    about: tuple[tuple[str, str], ...]
    measures: str
    cases: tuple[tuple[tuple[str, str], ...], ...]
    grounds: tuple[GroundReached, ...]
    verdict: str
    service: tuple[tuple[str, str], ...]
    decide: tuple[tuple[str, str], ...]


class Folder(Struct, frozen=True, kw_only=True):
    """One ledger's appraisal for a year: the office's table, then a sheet for everybody."""

    office: str
    year: int
    basis: str
    rows: tuple[dict[str, Any], ...]
    places: tuple[str, ...]
    review: tuple[str, ...]
    notes: tuple[str, ...]
    problems: tuple[str, ...]
    sheets: tuple[AppraisalSheet, ...]
    departments: tuple[str, ...] = ()
    undefined: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The heading of the office's table."""
        return f"{self.office} {self.year} 年度考核依据"


def _place(records: dict[str, Any], state: CaseState) -> str:
    record = records[state.case.id]
    return f"{record.path}:{record.line(state.ruling.id)}"


def _grounds(a: Appraisal, policy: Policy, records: dict[str, Any]) -> tuple[GroundReached, ...]:
    grounds = []
    for r in a.reached:
        effect = follows(r.threshold, a.grade)
        evidence = tuple(
            (s.case.id, f"{s.decided_at:%Y-%m-%d}", charge_text(policy, s),
             _place(records, s))
            for s in r.cases
        )  # fmt: skip
        grounds.append(GroundReached(cite(policy, r.threshold.article), r.text, effect, evidence))
    return tuple(grounds)


def _grades(a: Appraisal, policy: Policy) -> str:
    """Return the grades of the person's scale to tick, with those that the thresholds close."""
    scale = policy.scales.get(a.person.scale)
    if not scale:
        return f"{BOX}＿＿＿＿＿＿"
    parts = []
    for grade in scale.grades:
        closed = a.grade and grade != a.grade or grade == EXCELLENT and not a.excellent_allowed
        parts.append(f"{grade}（受限）" if closed else f"{BOX}{grade}")
    return "　".join(parts)


def _decide(a: Appraisal, policy: Policy, review: list[Review]) -> tuple[tuple[str, str], ...]:
    """Return what only the authority can decide, each with the answers it may tick."""
    either = f"{BOX}同意　{BOX}不同意，理由："
    found = [("年度等次", _grades(a, policy))]
    found += [(f"应定为{a.grade}", either)] if a.grade else []
    found += [(action, f"{BOX}已决定　{BOX}另行决定：") for action in a.actions]
    found += [] if a.award_allowed else [("不得评先", either)]
    found += [(f"案件 {case}", f"{BOX}已结论，本表重新出具　{BOX}暂不评定") for case in a.provisional]
    found += [(f"{case} 尚未归档（{filing_cited(policy)}）", f"{BOX}已归入个人档案，日期：")
              for case in a.unfiled]  # fmt: skip
    found += [(f"{case} {text}", f"{BOX}已做到，日期：") for case, text in a.undone]
    found += [(f"领导责任：{r.state.case.id} {charged(r.state) or cite(policy, r.state.case.article)}", f"{BOX}不追究　{BOX}追究：")
              for r in review if r.leader == a.id]  # fmt: skip
    return tuple(found)


def _service(service: Service, policy: Policy) -> tuple[tuple[str, str], ...]:
    good, rated = satisfied(service.ratings, policy.ratings.values)
    told = [(n, title) for n, title in SERVICE if not n.endswith(DEFAULT_TOO) or getattr(service, n)]
    figures = [(title, str(getattr(service, name))) for name, title in told]
    rate = f"{good / rated:.1%} {good}/{rated}" if rated else "— 0/0"
    words = "、".join(f"{w}{n}次" for w in policy.ratings.values if (n := service.ratings.get(w)))
    return (*figures, ("评价满意率", rate), ("评价", words or "无"))


def _case(
    a: Appraisal,
    state: CaseState,
    policy: Policy,
    records: dict[str, Any],
    revoked: Appraisal,
    calendar: Calendar,
) -> tuple[tuple[str, str], ...]:
    """Return a decided case as the person may check and contest it: facts, evidence, decision, what follows."""
    case, decision = state.case, state.ruling
    seen = "；".join(e.text for e in state.verified if e.text)
    needs = "、".join(confirmed(state))
    evidence = [_place(records, state), f"受理记录 {case.inquiry}" if case.inquiry else "", seen,
                f"查明：{needs}" if needs else ""]  # fmt: skip
    number = f"，{decision.number}" if decision.number else "，没有文号"
    after, now = verdict(revoked, EXCELLENT), verdict(a, EXCELLENT)
    return (
        ("案号", case.id),
        ("条款", charge_text(policy, state)),
        ("事实", f"{case.occurred}：{case.summary}"),
        ("证据", "；".join(filter(None, evidence))),
        ("决定", f"{decision.at:%Y-%m-%d} {state.authority}{number}：{ruled_text(state)}"),
        ("后果", consequence(policy, state, a.reached)),
        ("如果撤销", f"由“{now}”变为“{after}”" if after != now else f"结论不变（{now}）"),
        ("申诉", how_to_appeal(policy, state, calendar, a.person.scale)),
    )


def _without_repeats(
    cases: tuple[tuple[tuple[str, str], ...], ...],
) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Return the cases, with how to appeal only at the last where it is the same for all."""
    if len({case[-1] for case in cases}) == 1:
        return (*(case[:-1] for case in cases[:-1]), cases[-1])
    return cases


def _appraisal_sheet(
    a: Appraisal, service: Service, policy: Policy, records: dict[str, Any], review: list[Review],
    revoked: dict[str, Appraisal], calendar: Calendar,
) -> AppraisalSheet:  # fmt: skip
    about = (("姓名", a.called), ("编号", a.id), ("部门", a.department),
             ("职务", a.title or "—"), ("等次类别", a.person.scale))  # fmt: skip
    return AppraisalSheet(
        name=a.called,
        about=about,
        measures="、".join(f"{name}{n}次" for name, n in a.counts.items()) or "无",
        cases=_without_repeats(
            tuple(_case(a, s, policy, records, revoked.get(s.case.id, a), calendar) for s in a.cases)
        ),
        grounds=_grounds(a, policy, records),
        verdict=verdict(a, EXCELLENT),
        service=(
            *_service(service, policy),
            *((f"{t}的编号", "、".join(ids)) for t, ids in behind(service)),
            *(("不计", text) for text in left_out(service)),
        ),
        decide=_decide(a, policy, review),
    )


def folder(
    results: list[Appraisal], figures: dict[str, Service], policy: Policy, office: Office, records: dict[str, Any],
    year: int, now: datetime, review: list[Review], problems: list[str],
    calendar: Calendar, places: Places | None = None, units: Iterable[DepartmentYear] = (),
    revoked: dict[str, dict[str, Appraisal]] = {},  # noqa: B006 - never written to
) -> Folder:  # fmt: skip
    """Return everything that is printed for one ledger; the arguments are those of ``appraisal_text``."""
    return Folder(
        office=office.config.name,
        year=year,
        basis=f"依据《{policy.name}》，截至 {minute(now)}；只列依据，等次由考核机关评定。",
        rows=tuple(appraisal_row(a, figures.get(a.id, Service()), policy) for a in results),
        places=(places_text(policy, places),) if places else (),
        review=tuple(review_lines(review, policy, office)),
        notes=tuple(window_notes(policy)),
        undefined=tuple(left_open(policy)),
        problems=tuple(problems),
        sheets=tuple(
            _appraisal_sheet(
                a, figures.get(a.id, Service()), policy, records, review, revoked.get(a.id, {}), calendar
            )
            for a in results
        ),
        departments=tuple(
            f"{unit.name} {counts_text(unit.counts) or '本年度无措施'}："
            + "；".join(
                [
                    *(
                        " ".join(line.split())
                        for s in unit.cases
                        for line in case_lines(policy, s, records, unit)
                    ),
                    *(reached_text(policy, r) for r in unit.reached),
                    *unit.provisional,
                    *(f"{case} {text}" for case, text in unit.undone),
                ]
            )
            for unit in units
        ),
    )
