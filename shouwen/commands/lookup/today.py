"""``shouwen`` alone: what is mine, what is late, what to do next."""

from shouwen.core.deadlines.clock import RED
from shouwen.core.deadlines.opening_hours import WEEKDAYS
from shouwen.core.errors import Usage
from shouwen.render.problems import unreadable_text
from shouwen.render.table import table
from shouwen.render.values import safe
from shouwen.services.follow_up import missed
from shouwen.services.today import page_of
from shouwen.terminal.context import Context
from shouwen.terminal.ending import finish
from shouwen.terminal.lists import fit_screen

COLUMNS = (
    ("id", "编号"), ("subject", "事由"), ("part", "我的份"), ("due", "最近期限"), ("level", "预警"), ("step", "下一步"),
)  # fmt: skip


def today(context: Context) -> None:
    """Print the actor's tasks, the most pressing first, and how the whole office stands."""
    ledger, now = context.ledger, context.now
    try:
        staff = context.actor
    except Usage:
        staff = ""
    page = page_of(context, staff)
    kind = "工作日" if ledger.calendar.is_workday(now.date()) else "休息日"
    who = ledger.office.name(staff) if staff else "（没有认出是谁，用 --as 写明）"
    day = f"{now:%Y-%m-%d} {WEEKDAYS[now.weekday()]} {kind}"
    context.ui.text(f"{day}  {safe(ledger.config.name)}  {safe(who)}\n\n")
    if page.rows:
        ordered = [row for *_, row in sorted(page.rows, key=lambda r: r[:2])]
        ordered, shown, _ = fit_screen(context.ui, ordered, COLUMNS, "table", False)
        context.ui.show(table(ordered, shown, "table"), by_eye=True)
    elif staff and not page.kept:
        context.ui.text("手上没有在办的事。\n")
    if page.kept:
        red = page.red - sum(row["level"] == RED for *_, row in page.rows)
        late_text = f"，其中超期 {red} 件" if red else ""
        context.ui.text(f"另有保密件（举报等）{page.kept} 件{late_text}，不在这里列出。\n")
    long = f"，久停 {page.still} 件" if page.still else ""
    count = len(page.rows) + page.kept
    mine_text = f"与我有关 {count} 件，其中超期 {page.red} 件；" if staff else ""
    context.ui.text(f"\n{mine_text}全单位超期 {page.overdue} 件{long}。\n")
    if undone := missed(context, now, page.problems):
        context.ui.text(f"问责后续过期未做 {len(undone)} 项：shouwen sanction list --missed\n")
    context.ui.say("登记新的：shouwen intake    全部命令：shouwen --help")
    if page.problems:
        context.ui.say(unreadable_text(page.problems))
    finish(page.problems)
