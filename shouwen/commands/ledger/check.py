"""check: everything wrong with the ledger, in one run, without changing anything."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Annotated

import typer
from msgspec import Struct, field

from shouwen.core.accountability.lifecycle import replay_case
from shouwen.core.accountability.proposals import case_findings
from shouwen.core.errors import BadData, NotFound, Problem, Usage
from shouwen.core.inquiry.lifecycle import State, replay
from shouwen.core.integrity.checks import EXPLANATIONS, check_case, check_inquiry
from shouwen.core.integrity.roster import check_office
from shouwen.core.vocabulary import nearest
from shouwen.render.table import json_text
from shouwen.store import private_parts
from shouwen.store.git import git
from shouwen.store.record import Record
from shouwen.terminal.context import Context
from shouwen.terminal.options import format_option
from shouwen.terminal.reading import sound, unreadable_data

INQUIRIES, CASES = ("inquiries", "archive"), "sanctions"


class Looked(Struct):
    """What a look at some of the records gave: problems, ids and paths, what was kept of them."""

    problems: list[Problem] = field(default_factory=list)
    places: list[tuple[str, str]] = field(default_factory=list)
    kept: dict = field(default_factory=dict)


Visit = Callable[[Record, State, dict], None]


def problems_of(
    context: Context, layout_too: bool = True, visit: Visit | None = None
) -> tuple[list[Problem], int, list[dict]]:
    """All problems of the ledger, sorted by place, and how many records were looked at.

    ``visit`` is shown every inquiry that reads well with what it replays to, so that nobody
    need read the ledger a second time. What it keeps in the mapping it is given comes last, in
    one or more parts.
    """
    ledger, now = context.ledger, context.now
    found: list[Problem] = list(check_office(ledger.office))
    found += _calendar(context)
    found += _policies(context)
    parts = ledger.parts(lambda records: _inquiries(context, records, now, layout_too, visit), *INQUIRIES)
    cases = Looked()
    states = [
        (record, replay_case(record.content))
        for record, _ in _regulated(context, ledger.records(CASES), layout_too, cases)
    ]
    seen: set[str] = set()
    for part in (*parts, cases):
        found += part.problems
        for name, path in part.places:
            if name in seen:
                found.append(Problem(path, 1, "id-matches-path", f"编号 {name} 另有一份", "留一份"))
            seen.add(name)
    found += _cases(context, states, seen)
    found += _private(context, seen)
    return sorted(set(found)), sum(len(p.places) for p in (*parts, cases)), [p.kept for p in parts]


def _regulated(context: Context, records: Iterator, layout_too: bool, looked: Looked) -> Iterator:
    """(record, its regulation) of all that read well; what is wrong with the others is added."""
    for record in sound(records, looked.problems):
        content = record.content
        looked.places.append((content.id, record.path))
        if layout_too and not (record.canonical and _in_order(record)):
            text = "手工改过，不是一行一事的形式"
            looked.problems.append(Problem(record.path, 1, "canonical", text, "运行 shouwen fmt"))
        try:
            policy = context.ledger.policy(content.policy)
        except (NotFound, BadData) as error:
            line = record.line("policy")
            looked.problems.append(Problem(record.path, line, "known-policy", str(error)))
            continue
        yield record, policy


def _inquiries(
    context: Context, records: Iterator, now: datetime, layout_too: bool, visit: Visit | None
) -> Looked:
    looked, office = Looked(), context.ledger.office
    for record, policy in _regulated(context, records, layout_too, looked):
        content = record.content
        state = replay(content)
        if visit:
            visit(record, state, looked.kept)
        if record.path.startswith("archive/") and not state.closed:
            text = "归档了却没有办结，夜间报告读不到"
            hint = f"用 shouwen note {content.id} 记一笔，就移回 inquiries"
            looked.problems.append(Problem(record.path, 1, "archived-open", text, hint))
        for name, event, text, hint in check_inquiry(state, content, policy, office, now):
            looked.problems.append(Problem(record.path, record.line(event), name, text, hint))
    return looked


def _in_order(record: Record) -> bool:
    """Whether the header's keys stand in their usual order."""
    head = record.raw.partition(b"\nevents:")[0].decode("utf-8", "replace")
    keys = [line.partition(":")[0] for line in head.split("\n") if line[:1] != "#"]
    usual = [key for key in record.content.__struct_encode_fields__ if key in keys]
    return keys == usual


def _cases(context: Context, states: list, seen: set[str]) -> Iterator[Problem]:
    ledger = context.ledger
    by_policy: dict[str, list] = {}
    for record, state in states:
        by_policy.setdefault(state.case.policy, []).append((record, state))
    for name, pairs in by_policy.items():
        policy = ledger.policy(name)
        for record, state in pairs:
            for check, event, text, hint in check_case(state, ledger.office, policy, context.now, seen):
                yield Problem(record.path, record.line(event), check, text, hint)
        results = case_findings(policy, [s for _, s in pairs], ledger.zone)
        for record, state in pairs:
            for finding in results[state.case.id]:
                if finding.name != "争议" and finding.refuse or finding.name == "一事两罚":
                    line = record.line(finding.event)
                    yield Problem(record.path, line, "decision", f"{finding.name}：{finding.text}")


def _policies(context: Context) -> Iterator[Problem]:
    for name in context.ledger.config.policies():
        try:
            context.ledger.policy(name)
        except NotFound as error:
            yield Problem("ledger.yaml", 0, "known-policy", str(error))


def _private(context: Context, seen: set[str]) -> Iterator[Problem]:
    """Private parts without a record, unreadable, or where git would carry them away."""
    root = context.ledger.root
    try:
        kept = private_parts.names(root)
    except BadData as error:
        yield from error.problems
        return
    for name in kept:
        path = private_parts.path_of(name)
        if name not in seen:
            yield Problem(path, 0, "private", "没有对应的记录", "受理时中断留下的，核对后移走")
        try:
            private_parts.read(root, name)
        except BadData as error:
            yield from error.problems
    if kept and git(root, "ls-files", "--", private_parts.FOLDER):
        yield Problem(
            private_parts.FOLDER, 0, "private", "被 git 跟踪", "git rm --cached -r private，并写进 .gitignore"
        )


def _calendar(context: Context) -> Iterator[Problem]:
    from shouwen.store.settings import calendar_years

    context.ledger.calendar  # noqa: B018 - zone, hours and files must be readable at all
    for year in calendar_years(context.ledger.root):
        for day in (*year.off, *year.work):
            if day.year != year.year:
                path = f"calendar/{year.year}.yaml"
                yield Problem(path, 0, "calendar", f"{day} 不是 {year.year} 年的日子", "放进那一年的文件")
        for day in sorted(set(year.off) & set(year.work)):
            yield Problem(
                f"calendar/{year.year}.yaml", 0, "calendar", f"{day} 同时写成放假和上班", "删去一处"
            )


def check(
    ctx: typer.Context,
    explain: Annotated[
        str, typer.Option("--explain", metavar="检查名", help="说明一项检查；写 all 列出全部")
    ] = "",
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="版本",
            help="连同历史：自这一版本起，每一行是否都还在；可写报告末尾的台账锚；auto 为上游分支（没有上游则全部），all 为全部",
        ),
    ] = None,
    staged: Annotated[bool, typer.Option("--staged", help="只看 git 将要提交的内容（提交前检查用）")] = False,
    fix: Annotated[
        bool, typer.Option("--fix", help="修复能安全修复的：形式和重复的事件；先显示差别，留一份原件")
    ] = False,
    format: format_option("text", "json") = "text",
) -> None:
    """检查台账：一次报出全部问题，写明 文件:行:，什么也不改。

    有问题时退出码为 1；没有问题时什么也不输出。

    \b
    例：shouwen check
        shouwen check --since auto
        shouwen check --explain legal-order
        shouwen check --format json
    """
    context: Context = ctx.obj
    if explain:
        names = list(EXPLANATIONS) if explain == "all" else [explain]
        for name in names:
            if name not in EXPLANATIONS:
                raise Usage(f"没有检查“{name}”；相近的有：{'、'.join(nearest(name, EXPLANATIONS))}")
            context.ui.out(f"{name}：{EXPLANATIONS[name]}\n")
        return None
    if staged:
        return _staged(context)
    if fix:
        _fix(context)
    found, count, _ = problems_of(context)
    if since is not None:
        found += _past(context, since)
    if format == "json":
        context.ui.out(json_text({"schema": "shouwen.check/1", "as_of": context.now, "records": count,
                               "items": unreadable_data(found)}))  # fmt: skip
    else:
        _tell(context, found, count)
    raise typer.Exit(1 if found else 0)


def _past(context: Context, since: str) -> Iterator[Problem]:
    """Breaches of the history since a revision, "auto", "all" or a report's anchor, and to this day."""
    from shouwen.store.history import ANCHOR, History, default_since

    root = context.ledger.root
    history = History(root)
    if anchor := ANCHOR.fullmatch(since):
        yield from history.check_anchor(since)
        since = anchor[1] if anchor[1] != "无" else "all"
    yield from history.check(default_since(root) if since == "auto" else since)
    yield from history.check_work_tree()


def _tell(context: Context, found: list[Problem], count: int) -> None:
    for problem in found:
        context.ui.out(f"{problem}  [{problem.check}]\n")
    context.ui.say(f"检查了 {count} 条记录，{f'{len(found)} 个问题' if found else '没有问题'}")


def _fix(context: Context) -> None:
    """Put records into the common layout, each after its difference was shown and a copy kept."""
    from shouwen.commands.ledger.fmt import tidy

    ledger = context.ledger
    fixed = 0
    for record in ledger.records(*INQUIRIES, CASES):
        if isinstance(record, list):
            continue
        try:
            fixed += tidy(context, record, keep=True)
        except BadData as error:
            context.ui.say(str(error))
    context.ui.say(f"已修复 {fixed} 条（原件留在同目录，以 . 开头、.bak 结尾）")


def _staged(context: Context) -> None:
    """What git is about to commit: the staged records against their last commit, and read.

    Only what the commit itself brings stops it, not what was there before.
    """
    from tempfile import TemporaryDirectory

    from shouwen.store.history import History

    history = History(context.ledger.root)
    breaches, paths = history.check_staged()
    with TemporaryDirectory(prefix="shouwen-") as folder:
        history.restore_staged(folder, paths)
        found, count, _ = problems_of(Context((folder,)))
    # only the staged records are there: what others hold cannot be missed
    found = [p for p in found if p.path in paths and p.check != "evidence"] + breaches
    _tell(context, sorted(set(found)), count)
    raise typer.Exit(1 if found else 0)
