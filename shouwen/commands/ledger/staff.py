"""staff 名册：people come, move, are away, leave for good; a whole sheet of them at once."""

from datetime import date
from typing import Annotated

import typer

from shouwen.core.dates import parse_day
from shouwen.core.deadlines.working_days import DAY
from shouwen.core.errors import BadData, Usage
from shouwen.core.office.chart import holder_of
from shouwen.core.office.lookup import find_staff
from shouwen.core.transfer.staff_import import people_of
from shouwen.core.vocabulary import clean
from shouwen.services.check import problems_of
from shouwen.services.roster import add_staff, last_day, leave_staff, move_staff, seats_left
from shouwen.services.seats import STAYS, VACANT, Held, seats_held
from shouwen.store.spreadsheet import read_grid
from shouwen.terminal import completers
from shouwen.terminal.context import Context
from shouwen.terminal.roster_change import ended

app = typer.Typer(help="名册：来人、调动、离岗、调离、整张表导入；改完检查一遍，注释和次序不动。")
Who = Annotated[str, typer.Argument(metavar="人员", help="编号或姓名", autocompletion=completers.staff)]
From = Annotated[str, typer.Option("--from", metavar="日期", help="自哪一天（含）；不写为今天")]

Successor = Annotated[
    str | None,
    typer.Option("--successor", metavar="人员", autocompletion=completers.staff,
                 help=f"本人是部门负责人的：谁接任；或写“{VACANT}”；仍由本人兼的写“{STAYS}”"),
]  # fmt: skip


def _heir(context: Context, given: str | None, staff: str, held: list[Held]) -> str:
    """Return who takes over the leader's seats, asked for where there are some."""
    if not held:
        return given or ""
    seats = "、".join(h.text for h in held)
    label = f"{context.ledger.office.name(staff)}是{seats}，由谁接任（人员；{VACANT}；{STAYS}）"
    return context.ui.ask(given, "--successor", label)


def _day(context: Context, text: str, what: str) -> date | None:
    return parse_day(text, context.now.date(), what) if text else None


@app.command("add", short_help="来人：新的编号")
def add(
    ctx: typer.Context,
    key: Annotated[str, typer.Argument(metavar="编号", help="建议用拼音，一个人一辈子一个")],
    name: Annotated[str | None, typer.Option(metavar="姓名", help="姓名")] = None,
    department: Annotated[str | None, typer.Option(metavar="部门", help="部门", autocompletion=completers.departments)] = None,
    title: Annotated[str, typer.Option(metavar="职务", help="职务")] = "",
    rank: Annotated[int, typer.Option(metavar="职级", min=0, max=9999, help="数字大的高")] = 0,
    joined: Annotated[str, typer.Option(metavar="日期", help="到岗日期")] = "",
    phone: Annotated[str, typer.Option(metavar="电话", help="电话")] = "",
    email: Annotated[str, typer.Option(metavar="邮箱", help="邮箱")] = "",
    scale: Annotated[str, typer.Option(metavar="类别", help="考核等次用哪一套；不写为公务员")] = "",
    since: Annotated[str, typer.Option("--from", metavar="日期", help="自哪一天在岗")] = "",
) -> None:  # fmt: skip
    """来人：登记一个新的编号。

    \b
    例：shouwen staff add chenshi --name 陈实 --department 审批科 --title 科员 --rank 2 --from 2026-11-01
    """
    context: Context = ctx.obj
    if not key.replace("-", "").replace("_", "").isalnum():
        raise Usage(f"编号“{key}”只能用字母、数字、- 和 _")
    called = clean(context.ui.ask(name, "--name", "姓名"))
    section = context.department(department, "--department", "部门", context.now.date())
    values = {
        "name": called, "department": section, "title": clean(title), "rank": rank,
        "joined": _day(context, joined, "--joined "), "phone": clean(phone), "email": clean(email),
        "scale": clean(scale), "from": _day(context, since, "--from "),
    }  # fmt: skip
    namesakes = context.ledger.office.ids_of(called)
    add_staff(context, [(key, {k: v for k, v in values.items() if v not in ("", None, 0)})])
    if namesakes:
        context.ui.say(f"同名的已有 {'、'.join(namesakes)}；说到他们时写编号，各处显示姓名时也带编号")
    ended(context, key, f"名册：{key} 来", problems_of)


@app.command("move", short_help="调动、借调、兼职")
def move(
    ctx: typer.Context, who: Who,
    to: Annotated[str | None, typer.Option(metavar="部门", help="到哪个部门", autocompletion=completers.departments)] = None,
    title: Annotated[str, typer.Option(metavar="职务", help="在那里的职务")] = "",
    rank: Annotated[int, typer.Option(metavar="职级", min=0, max=9999, help="在那里的职级")] = 0,
    kind: Annotated[str, typer.Option(metavar="种类", help="借调、兼职、挂职；不写为调动", autocompletion=completers.of("借调", "兼职", "挂职"))] = "",
    since: From = "",
    until: Annotated[str, typer.Option(metavar="日期", help="到哪一天（含）；借调期满回原岗位")] = "",
    successor: Successor = None,
) -> None:  # fmt: skip
    """调动：编号不变，从哪一天起在哪里；以前的事仍归以前的部门和负责人。

    \b
    例：shouwen staff move wangwu --to 农业站 --title 副站长 --from 2026-04-01
        shouwen staff move wangwu --to 农业站 --kind 借调 --from 2026-04-01 --until 2026-12-31
        shouwen staff move lisi --to 办公室 --from 2026-04-01 --successor wangwu
    """
    context: Context = ctx.obj
    first = _day(context, since, "--from ") or context.now.date()
    place = context.department(to, "--to", "到哪个部门", first)
    office = context.ledger.office
    moving, beside = find_staff(office, who, first), clean(kind)
    heir = _heir(context, successor, moving, seats_left(context, moving, place, first, beside))
    key = move_staff(context, moving, place, first, title=clean(title), rank=rank, kind=beside,
                     until=_day(context, until, "--until "), heir=heir)  # fmt: skip
    ended(context, key, f"名册：{key} 调动", problems_of)


@app.command("leave", short_help="离岗几天，或调离")
def leave(
    ctx: typer.Context, who: Who, since: From = "",
    until: Annotated[str, typer.Option(metavar="日期", help="离岗到哪一天（含）")] = "",
    why: Annotated[str, typer.Option(metavar="原因", help="产假、学习、病假等")] = "",
    deputy: Annotated[str, typer.Option(metavar="人员", help="谁代理；不写由部门负责人代", autocompletion=completers.staff)] = "",
    last: Annotated[str, typer.Option("--last-day", metavar="日期", help="调离、退休：最后在岗的一天")] = "",
    successor: Successor = None,
) -> None:  # fmt: skip
    """离岗：几天不在，由谁代理；调离、退休写 --last-day。不要从名册里删人。

    \b
    例：shouwen staff leave wangwu --from 2026-05-04 --until 2026-08-10 --why 产假 --deputy lisi
        shouwen staff leave wangwu --last-day 2026-06-30
    """
    context: Context = ctx.obj
    if last:
        if since or until or why or deputy:
            raise Usage("--last-day（调离）和 --from、--until、--why、--deputy（暂时离岗）不能同时写")
        day = parse_day(last, context.now.date(), "--last-day ")
        office = context.ledger.office
        leaving = find_staff(office, who, day)
        held = seats_held(office, leaving, day + DAY)
        key = last_day(context, leaving, day, _heir(context, successor, leaving, held))
        for post in (p for p, seat in office.config.leaders.items() if holder_of(seat, day + DAY) == key):
            context.ui.say(f"注意：ledger.yaml 的{post}还是{office.name(key)}，请改")
    else:
        if successor:
            raise Usage("暂时离岗由 --deputy 代理；--successor（接任）只用于 --last-day")
        first = _day(context, since, "--from ") or context.now.date()
        key = leave_staff(context, who, first, _day(context, until, "--until "), clean(why), deputy)
    ended(context, key, f"名册：{key} 离岗", problems_of)


@app.command("import", short_help="从表格导入")
def import_(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="文件", help=".xlsx 或 .csv；第一行是列名：编号、姓名、部门、职务、职级 …")],
    sheet: Annotated[str, typer.Option(metavar="工作表", help="哪个工作表；不写为第一个")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只检查，不写")] = False,
) -> None:  # fmt: skip
    """导入一张人员表：全对才写；问题按单元格列出。已在名册里而相同的跳过。

    \b
    例：shouwen staff import 人员.xlsx --dry-run
        shouwen staff import 人员.xlsx
    """
    context: Context = ctx.obj
    grid, _ = read_grid(file, sheet)
    people, same, problems = people_of(grid, context.ledger.office, context.now.date())
    if problems:
        raise BadData(problems)
    if people and not dry_run:
        add_staff(context, people)
    context.ui.say(
        f"{'可导入' if dry_run else '已导入'} {len(people)} 人" + (f"，已在名册的 {same} 人" if same else "")
    )
    if people and not dry_run:
        ended(context, "\n".join(key for key, _ in people), f"名册：导入 {len(people)} 人", problems_of)
