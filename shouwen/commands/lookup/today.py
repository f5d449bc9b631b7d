"""``shouwen`` alone: what is mine, what is late, what to do next."""

from shouwen.core.deadlines.clock import RED
from shouwen.core.deadlines.my_tasks import task
from shouwen.core.deadlines.opening_hours import WEEKDAYS
from shouwen.core.deadlines.overdue import long_standing, pressing
from shouwen.core.errors import Problem, Usage
from shouwen.core.inquiry.confidential import secret
from shouwen.core.inquiry.lifecycle import replay
from shouwen.core.inquiry.masking import mask_text
from shouwen.render.problems import unreadable_text
from shouwen.render.table import table
from shouwen.render.values import safe, shown_minute
from shouwen.services.reading import readable
from shouwen.services.recusal import Sight
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
    problems: list[Problem] = []
    rows: list[tuple] = []
    overdue = kept = kept_red = still = 0
    sight = Sight(context)
    for record in readable(context, problems, "inquiries", open_only=True):
        rules, state = ledger.rules(record.content.policy), replay(record.content)
        still += long_standing(rules, state, now) is not None
        overdue += any(c.level == RED for c, _ in pressing(rules, state, now))
        mine = task(rules, state, staff, now) if staff else None
        if mine and (secret(state.inquiry) or sight.blocked(state.inquiry)):
            kept += 1
            kept_red += bool(mine.clock and mine.clock.level == RED)
        elif mine:
            clock, q = mine.clock, state.inquiry
            rows.append((clock.due if clock else now.max.replace(tzinfo=now.tzinfo), q.id, {
                "id": q.id, "subject": mask_text(q.subject, *state.inquirers), "part": mine.part,
                "due": shown_minute(clock and clock.due, ledger.zone) or "暂停中", "level": clock.level if clock else "",
                "step": mine.step,
            }))  # fmt: skip
    kind = "工作日" if ledger.calendar.is_workday(now.date()) else "休息日"
    who = ledger.office.name(staff) if staff else "（没有认出是谁，用 --as 写明）"
    day = f"{now:%Y-%m-%d} {WEEKDAYS[now.weekday()]} {kind}"
    context.ui.out(f"{day}  {safe(ledger.config.name)}  {safe(who)}\n\n")
    if rows:
        ordered = [row for *_, row in sorted(rows, key=lambda r: r[:2])]
        ordered, shown, _ = fit_screen(context.ui, ordered, COLUMNS, "table", False)
        context.ui.show(table(ordered, shown, "table"), by_eye=True)
    elif staff and not kept:
        context.ui.out("手上没有在办的事。\n")
    if kept:
        late_text = f"，其中超期 {kept_red} 件" if kept_red else ""
        context.ui.out(f"另有保密件（举报等）{kept} 件{late_text}，不在这里列出。\n")
    red = sum(row["level"] == RED for *_, row in rows) + kept_red
    long = f"，久停 {still} 件" if still else ""
    mine_text = f"与我有关 {len(rows) + kept} 件，其中超期 {red} 件；" if staff else ""
    context.ui.out(f"\n{mine_text}全单位超期 {overdue} 件{long}。\n")
    context.ui.say("登记新的：shouwen intake    全部命令：shouwen --help")
    if problems:
        context.ui.say(unreadable_text(problems))
    finish(problems)
