"""heal: records with conflict markers made whole again, every line of both sides kept."""

import difflib
import os
from typing import Annotated

import typer

from shouwen.core.errors import BadData
from shouwen.core.integrity.conflict_markers import conflicted, healed
from shouwen.render.problems import unreadable_text
from shouwen.render.values import safe
from shouwen.services.check import problems_of
from shouwen.services.misplaced import Moved, put_back
from shouwen.store import atomic_files
from shouwen.store.git import inside, stage
from shouwen.store.record import decode, kind_of
from shouwen.store.unmerged import record_name, settle, undecided, unmerged_paths, whole
from shouwen.terminal.context import Context
from shouwen.terminal.ending import finish

FOLDERS = ("inquiries", "archive", "sanctions")


def heal(
    ctx: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看会怎样改，不写")] = False,
) -> None:
    """修复没有合完的记录：两边的事件都保留，看 git 索引里的各方版本，不只看冲突标记。

    一边改名（归档）一边删去、两边都新增、合并规则被改过的，也从各方版本合起来。
    登记部分和设置文件（staff.yaml 等）的冲突要人来定，不自动改，只指出来。

    \b
    例：shouwen heal --dry-run
        shouwen heal
    """
    context: Context = ctx.obj
    ledger = context.ledger
    mended, left = _from_index(context, dry_run)
    paths, problems = ledger.listed(*FOLDERS)
    for path in [*ledger.settings(), *paths]:
        full = os.path.join(ledger.root, path)
        try:
            raw = atomic_files.read(full, path)
            text = raw.decode("utf-8")
        except BadData as error:
            problems += error.problems
            continue
        except (UnicodeDecodeError, FileNotFoundError):
            continue  # check speaks of the one, and the other has just been archived
        if path in mended or not conflicted(text):
            continue
        if "/" not in path:
            left.append(
                f"{path}:{conflicted(text)}: 设置文件的冲突要人来定：留下该留的，去掉标记，再 git add"
            )
            continue
        try:
            new = healed(text).encode()
            decode(kind_of(path), new, path)
        except (ValueError, BadData) as error:
            left.append(f"{path}: 没有修复：{error}")
            continue
        _show(context, path, text, new.decode())
        mended.append(path)
        if not dry_run:
            ledger.keep(path, raw)
            with atomic_files.lock(ledger.root):
                atomic_files.replace(full, raw, new, path)
    moved, undecided_places = _misplaced(context, dry_run)
    left += undecided_places
    count = len(mended) + len(moved)
    mended += [path for places in moved for path in places]
    staged = mended and not dry_run and inside(ledger.root)
    if staged:
        with atomic_files.lock(ledger.root):
            stage(ledger.root, mended)
    context.ui.say(f"{'可修复' if dry_run else '已修复'} {count} 条" + ("，git add 已做" if staged else ""))
    for line in left:
        context.ui.say(line)
    if problems:
        context.ui.say(unreadable_text(problems))
    finish(problems, 1 if left else 0)


def _show(context: Context, path: str, old: str, new: str) -> None:
    """Show the difference that a repair makes."""
    for line in difflib.unified_diff(old.splitlines(), new.splitlines(), path, path, lineterm="", n=0):
        context.ui.out(safe(line) + "\n")


def _from_index(context: Context, dry_run: bool) -> tuple[list[str], list[str]]:
    """Return (records put together from what the index has of each side, what people must decide)."""
    ledger = context.ledger
    mended: list[str] = []
    left: list[str] = []
    if not inside(ledger.root):
        return mended, left
    for record in undecided(ledger.root):
        try:
            with atomic_files.lock(ledger.root):
                path, new = whole(ledger, record)
                _show(context, path, _lying(ledger.root, path), new.decode())
                if not dry_run:
                    settle(ledger, record, path, new)
            mended.append(path)
        except (ValueError, BadData) as error:
            left.append(f"{record.paths[0]}: 没有修复：{error}")
    left += [
        f"{path}: 设置文件的冲突要人来定：留下该留的，再 git add"
        for path in unmerged_paths(ledger.root)
        if not record_name(path) and path not in ledger.settings()
    ]
    return mended, left


def _misplaced(context: Context, dry_run: bool) -> tuple[list[Moved], list[str]]:
    """Return (records brought back to where they belong, what people must decide)."""
    try:
        found = problems_of(context)[0]
    except BadData:  # the settings are themselves in conflict, of which was told
        return [], []
    moved, left = put_back(context, found, not dry_run)
    for path, *before in moved:
        context.ui.out(f"{'、'.join(before)} → {path}\n")
    return moved, left


def _lying(root: str, path: str) -> str:
    try:
        return atomic_files.read(os.path.join(root, path), path).decode("utf-8", "replace")
    except (FileNotFoundError, BadData):
        return ""
