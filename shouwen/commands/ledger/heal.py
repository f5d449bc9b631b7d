"""heal: records with conflict markers made whole again, every line of both sides kept."""

import difflib
import os
from typing import Annotated

import typer

from shouwen.core.accountability.case import Case
from shouwen.core.errors import BadData
from shouwen.core.inquiry.header import Inquiry
from shouwen.core.integrity.conflict_markers import conflicted, healed
from shouwen.render.problems import unreadable_text
from shouwen.render.values import safe
from shouwen.store import atomic_files
from shouwen.store.git import inside, stage
from shouwen.store.record import decode
from shouwen.terminal.context import Context
from shouwen.terminal.ending import finish

FOLDERS = ("inquiries", "archive", "sanctions")


def heal(
    ctx: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看会怎样改，不写")] = False,
) -> None:
    """修复合并冲突：记录里留有 git 冲突标记的，两边的事件都保留，只去掉标记。

    登记部分和设置文件（staff.yaml 等）的冲突要人来定，不自动改，只指出来。

    \b
    例：shouwen heal --dry-run
        shouwen heal
    """
    context: Context = ctx.obj
    ledger = context.ledger
    mended, left = [], []
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
        if not conflicted(text):
            continue
        if "/" not in path:
            left.append(
                f"{path}:{conflicted(text)}: 设置文件的冲突要人来定：留下该留的，去掉标记，再 git add"
            )
            continue
        try:
            new = healed(text).encode()
            decode(Case if path.startswith("sanctions") else Inquiry, new, path)
        except (ValueError, BadData) as error:
            left.append(f"{path}: 没有修复：{error}")
            continue
        for line in difflib.unified_diff(
            text.splitlines(), new.decode().splitlines(), path, path, lineterm="", n=0
        ):
            context.ui.out(safe(line) + "\n")
        mended.append(path)
        if not dry_run:
            ledger.keep(path, raw)
            with atomic_files.lock(ledger.root):
                atomic_files.replace(full, raw, new, path)
    staged = mended and not dry_run and inside(ledger.root)
    if staged:
        stage(ledger.root, mended)
    context.ui.say(
        f"{'可修复' if dry_run else '已修复'} {len(mended)} 条" + ("，git add 已做" if staged else "")
    )
    for line in left:
        context.ui.say(line)
    if problems:
        context.ui.say(unreadable_text(problems))
    finish(problems, 1 if left else 0)
