"""import 导入: an existing 台账 from a spreadsheet becomes records, all of it or nothing."""

from typing import Annotated

import typer

from shouwen.core.errors import BadData, NotFound, Problem, Refused, Usage
from shouwen.core.inquiry.confidential import secret
from shouwen.core.inquiry.header import Inquiry
from shouwen.core.office.powers import who_could
from shouwen.core.office.presence import absent_from_office
from shouwen.core.office.roster import Office
from shouwen.core.transfer.guess import guess
from shouwen.core.transfer.importing import ImportedRow, SheetReading, listed, sample
from shouwen.core.transfer.mapping import Mapping, check_mapping
from shouwen.core.transfer.row_import import Setting
from shouwen.core.transfer.sameness import Known, Stated, repeated, rest
from shouwen.render.mapping import sampled, starter
from shouwen.render.values import safe
from shouwen.services.reading import readable
from shouwen.store.atomic_files import read
from shouwen.store.batch_create import create_all
from shouwen.store.settings import converted
from shouwen.store.spreadsheet import read_grid
from shouwen.terminal.context import Context
from shouwen.terminal.progress import counted

FOUND, REFUSED = 5, 3
_TOLD = 20  # kinds of problems that a proposed mapping leaves, told one by one


def import_(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="文件", help="已有的台账：xlsx 或 csv（编码自动识别）")],
    mapping: Annotated[str, typer.Option(metavar="文件", help="映射：哪一列是什么（yaml）")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只检查，列出全部问题，不写入")] = False,
    others: Annotated[bool, typer.Option("--rest", help="台账里已有的跳过，只导入其余的（上次导入中断了，或表格又添了行）")] = False,
    propose: Annotated[bool, typer.Option("--guess", "--show-columns", help="按表里的列名和内容提出映射，没有把握的标 ？")] = False,
    sheet: Annotated[str, typer.Option(metavar="工作表", help="与 --guess 同用；不写为第一个")] = "",
) -> None:  # fmt: skip
    """导入已有的台账：每行成为一条记录，有办结时间的记办结。

    全部问题按单元格列出；有一处不对就一件也不写，中途写不成就全部撤回。
    台账里已有的（映射的各列都相同）列出并拒绝（退出码 3），--rest 则跳过。

    \b
    例：shouwen import 2025年台账.xlsx --guess > yingshe.yaml
        shouwen import 2025年台账.xlsx --mapping yingshe.yaml --dry-run
        shouwen --as zhangsan import 2025年台账.xlsx --mapping yingshe.yaml
    """
    context: Context = ctx.obj
    if propose:
        if mapping or dry_run:
            raise Usage("--guess 单独使用")
        _propose(context, file, sheet)
        return
    if sheet:
        raise Usage("工作表写在映射的 sheet 里；--sheet 只与 --guess 同用")
    if not mapping:
        raise Usage("缺少 --mapping（映射文件）；先用 --guess 打印一个")
    rule = _mapping(mapping)
    readings = _read(context, file, rule)
    known = Known(rule, _known(context))
    rows: list[ImportedRow] = []
    twice: list[Problem] = []
    had: list[str] = []
    seen: dict[Stated, tuple[str, int]] = {}
    for each in readings:
        new, there = rest(each.rows, known) if others else (each.rows, [])
        twice += repeated(each.grid, rule, new, known, seen)
        had += [f"  {each.grid.place(row.row)} 即 {name}" for row, name in there]
        rows += new
    problems = [problem for each in readings for problem in each.problems]
    if problems or twice:
        _refuse(context, problems, twice)
    if others:
        context.ui.say("\n".join([f"台账里已有 {len(had)} 件，跳过", *had]))
    closed = sum(any(e.__struct_config__.tag == "办结" for e in r.inquiry.events) for r in rows)
    hidden = sum(secret(r.inquiry) for r in rows)
    total = f"{len(rows)} 件（办结 {closed}，未办结 {len(rows) - closed}）"
    if hidden:
        total += f"，其中保密件（举报等）{hidden} 件，内容存在 private/"
    if dry_run:
        context.ui.say(f"可以导入 {total}；没有写入（--dry-run）")
        return
    made = create_all(context.ledger, counted([r.inquiry for r in rows], "已写"))
    context.ui.out("".join(path.rsplit("/", 1)[1][:-5] + "\n" for path in made))
    context.ui.say(f"已导入 {total}")
    if context.ledger.config.git.commit and made:
        from shouwen.store.git import commit

        commit(context.ledger.root, made, f"导入 {len(made)} 件")


def _read(context: Context, file: str, rule: Mapping) -> list[SheetReading]:
    """Read every sheet that the mapping names; say how each was read."""
    setting = Setting(
        _office(context), context.policy_on, context.now, context.actor, context.ledger.calendar
    )
    readings = []
    for sheet in rule.sheets:
        grid, how = read_grid(file, sheet)
        if len(rule.sheets) > 1:  # the others are no news
            how = "；".join(part for part in how.split("；") if not part.startswith("另有工作表"))
        reading = SheetReading(grid, rule, setting)
        context.ui.say(f"{safe(file)}：{safe(how)}，读到 {reading.read} 件")
        if reading.skipped:
            rows = listed([(n, None) for n in reading.skipped])
            context.ui.say(f"按 skip 略过 {len(reading.skipped)} 行：{rows}")
        readings.append(reading)
    return readings


def _propose(context: Context, file: str, sheet: str) -> None:
    """Print a mapping proposed for the sheet; say how its first rows would be read."""
    grid, how = read_grid(file, sheet)
    hours = context.ledger.calendar.hours.on(context.now.date())
    opens, closes = f"{hours[0][0]:%H:%M}", f"{hours[-1][1]:%H:%M}"
    found = guess(grid, context.policy, context.now, context.ledger.office)
    context.ui.out(starter(found, grid, opens, closes))
    context.ui.say(f"{safe(file)}：{safe(how)}，{len(grid.rows)} 行")
    if found.columns:
        setting = Setting(context.ledger.office, context.policy_on, context.now, "")
        rule = found.mapping(opens, closes, context.now.year, {})
        reading = SheetReading(grid, rule, setting)
        context.ui.say(sampled(sample(reading), grid))
        if odd := [
            p for p in reading.problems if not p.text.startswith("缺少")
        ]:  # what is marked ？ is not told twice
            context.ui.say(f"这样读还有 {len(odd)} 种问题，改表或写进映射：")
            context.ui.say("".join(f"  {safe(str(p))}\n" for p in odd[:_TOLD]).rstrip("\n"))
            if len(odd) > _TOLD:
                context.ui.say(f"  另有 {len(odd) - _TOLD} 种，补好映射用 --dry-run 全部列出")


def _office(context: Context) -> Office:
    """Return the office; Refused where whoever imports is not there today."""
    office, today = context.ledger.office, context.now.date()
    if gone := absent_from_office(office, context.actor, today):
        raise Refused(f"导入的人{gone}{who_could(office, office.leaders(today), today)}")
    return office


def _mapping(path: str) -> Mapping:
    try:
        rule: Mapping = converted(read(path, path), path, Mapping)
    except FileNotFoundError:
        raise NotFound(f"{path}: 没有这个映射文件；用 --guess 打印一个") from None
    if problems := check_mapping(rule, path):
        raise BadData(problems)
    return rule


def _known(context: Context) -> list[Inquiry]:
    """Return every inquiry of the ledger. BadData where it holds what cannot be read."""
    unread: list[Problem] = []
    known = [
        context.ledger.whole(record.content)
        for record in readable(context, unread, "inquiries", "archive", as_written=True)
    ]
    if unread:
        text = "台账里有读不出的记录，无法核对是否重复；先修好再导入"
        raise BadData([*unread, Problem(unread[0].path, 0, "readable", text)])
    return known


def _refuse(context: Context, problems: list[Problem], twice: list[Problem]) -> None:
    """List everything that is wrong, as data, and end the command."""
    context.ui.text("".join(safe(str(p)) + "\n" for p in (*problems, *twice)))
    parts = [f"有 {len(problems)} 处问题" if problems else "", f"有 {len(twice)} 件重复" if twice else ""]
    context.ui.say(f"{'，'.join(filter(None, parts))}；一件也没有导入")
    raise typer.Exit(FOUND if problems else REFUSED)
