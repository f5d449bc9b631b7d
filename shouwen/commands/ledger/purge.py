"""purge 清除: identity and content past their retention, leaving a trace that they were."""

from datetime import timedelta
from typing import Annotated

import typer

from shouwen.core.errors import Problem, Refused, Usage
from shouwen.core.inquiry.confidential import PURGED, PURGED_SINCE, secret, withheld
from shouwen.core.inquiry.events import Note
from shouwen.core.inquiry.lifecycle import State, replay
from shouwen.render.problems import unreadable_text
from shouwen.services.reading import readable
from shouwen.services.record_act import act, judge
from shouwen.services.recusal import Sight
from shouwen.store import atomic_files, memo_files, private_parts
from shouwen.store.record import Record
from shouwen.terminal import completers
from shouwen.terminal.acknowledgement import acknowledge
from shouwen.terminal.context import Context
from shouwen.terminal.ending import finish


def purge(
    ctx: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(metavar="[编号]…", help="只清除这些", autocompletion=completers.every)] = None,
    days: Annotated[int | None, typer.Option(metavar="天数", min=1, help="办结满几天的全部清除；不写按 ledger.yaml 的设置")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只列出会清除的，不动")] = False,
) -> None:  # fmt: skip
    """清除：删去保密件过了保存期限的身份和内容，在记录里留下一笔。

    只删 private/ 里的；一旦提交进 git 的文字，历史里始终都在。

    \b
    例：shouwen purge --days 365 --dry-run
        shouwen purge K7Q4
    """
    context: Context = ctx.obj
    ledger = context.ledger
    kept = private_parts.begun(ledger.root).union(private_parts.names(ledger.root))
    after = days or ledger.config.retain_private
    if not names and not after:
        raise Usage("写明编号或 --days（办结满几天），或在 ledger.yaml 写 retain_private")
    problems: list[Problem] = []
    if names:
        records = [ledger.read(ledger.find(name)) for name in names]
    else:
        records = list(readable(context, problems, "inquiries", "archive"))
    before = context.now - timedelta(days=after)
    done, sight = 0, Sight(context)
    for record in records:
        state = replay(record.content)
        if why := _spared(record, state, kept, sight):
            if names:
                sight.demand(record.content, ledger.policy(record.content.policy))
                raise Refused(f"{record.content.id}: {why}")
            continue
        if not names and state.closed and state.closed.at > before:
            continue
        done += 1
        if dry_run:
            context.ui.out(record.content.id + "\n")
            continue
        _purge(context, record)
    context.ui.say(f"{'可清除' if dry_run else '已清除'} {done} 件")
    if problems:
        context.ui.say(unreadable_text(problems))
    finish(problems)


def _purge(context: Context, record: Record) -> None:
    """Delete one private part, then say so in its record: nothing is said that is not done.

    Cut short between the two, the next purge writes what is missing.
    """
    name, ledger = record.content.id, context.ledger
    said = PURGED if withheld(record.content) else PURGED_SINCE
    notes = [e for e in record.content.events if isinstance(e, Note)]
    with atomic_files.lock(ledger.root):
        judge(ledger, record.content, Note("", context.now, context.actor, said), context.now)
        private_parts.purge(ledger.root, name)
        memo_files.forget(ledger.root)
        if not notes or notes[-1].text != said:
            trace = act(context, name, context.now, lambda key, when, by: Note(key, when, by, said))
            acknowledge(context, trace, None)
        private_parts.traced(ledger.root, name)


def _spared(record: Record, state: State, kept: set[str], sight: Sight) -> str:
    """Return why the private part of a record stays, in words; '' if it may go."""
    if record.content.id not in kept or not secret(record.content):
        return "这台机器上没有它的保密内容"
    if not state.closed:
        return "还没有办结，不能清除"
    return "应当回避" if sight.blocked(record.content) else ""
