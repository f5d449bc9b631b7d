"""check: everything wrong with the ledger, in one run, without changing anything."""

import os
from typing import Annotated

import typer
from msgspec import structs

from shouwen.core.errors import BadData, Problem, Usage
from shouwen.core.integrity.checks import EXPLANATIONS
from shouwen.core.vocabulary import nearest
from shouwen.render.problems import unreadable_data
from shouwen.render.table import json_text
from shouwen.services.check import CASES, INQUIRIES, history_problems, problems_of
from shouwen.services.several import of_each
from shouwen.services.tidying import tidy
from shouwen.store.anchor import ANCHOR, as_copied
from shouwen.store.atomic_files import create
from shouwen.store.exposure import exposed
from shouwen.store.merge_rules import foreign_attributes
from shouwen.store.seal import sealed
from shouwen.terminal.context import Context
from shouwen.terminal.options import format_option


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
            help="连同历史：自这一版本起，每一行是否都还在；可写报告末尾的台账锚或封存文件；auto 为上游分支（没有上游则全部），all 为全部",
        ),
    ] = None,
    seal: Annotated[
        str,
        typer.Option(
            "--seal",
            metavar="文件",
            help="把现在的记录封存成一个文件，放在台账以外；日后用 --since 文件 核对，不用 git",
        ),
    ] = "",
    who: Annotated[
        bool,
        typer.Option(
            "--who", help="连同是谁办的：每一笔的经办人与带它进来的提交的作者、提交人（和签名）对不对得上"
        ),
    ] = False,
    staged: Annotated[bool, typer.Option("--staged", help="只看 git 将要提交的内容（提交前检查用）")] = False,
    fix: Annotated[
        bool, typer.Option("--fix", help="修复能安全修复的：形式和重复的事件；先显示差别，留一份原件")
    ] = False,
    format: Annotated[str, format_option("text", "json")] = "text",
) -> None:
    """检查台账：一次报出全部问题，写明 文件:行:，什么也不改。

    有问题时退出码为 1；没有问题时什么也不输出。写几次 -L 就检查几个台账。

    \b
    例：shouwen check
        shouwen check --since auto
        shouwen check --who
        shouwen check --explain legal-order
        shouwen check --format json
        shouwen -L yiju -L erju check
    """
    context: Context = ctx.obj
    if explain:
        names = list(EXPLANATIONS) if explain == "all" else [explain]
        for name in names:
            if name not in EXPLANATIONS:
                raise Usage(f"没有检查“{name}”；相近的有：{'、'.join(nearest(name, EXPLANATIONS))}")
            context.ui.text(f"{name}：{EXPLANATIONS[name]}\n")
        return None
    if seal:
        return _seal(context, seal)
    if staged:
        return _staged(context)
    looked = _looked(context, since, who, fix)
    found = [problem for _, problems, _ in looked for problem in problems]
    count = sum(n for *_, n in looked)
    if format == "json":
        items = [
            item | ({"ledger": called} if context.several else {})
            for called, problems, _ in looked
            for item in unreadable_data(problems)
        ]
        context.ui.out(json_text({"schema": "shouwen.check/1", "as_of": context.each()[0].now, "records": count,
                               "items": items}))  # fmt: skip
    else:
        _tell(context, found, count)
    raise typer.Exit(1 if found else 0)


def _looked(
    context: Context, since: str | None, who: bool, fix: bool
) -> list[tuple[str, list[Problem], int]]:
    """Return (what it is called, its problems, how many records were read) of every ledger given."""
    if (
        context.several
        and since is not None
        and (ANCHOR.fullmatch(as_copied(since)) or os.path.isfile(since))
    ):
        raise Usage("台账锚和封存文件是一个台账的：核对时 -L 只写一次")
    if fix:
        for one in context.each():
            _fix(one)

    def look(one: Context) -> tuple[str, list[Problem], int]:
        found, count, _ = problems_of(one)
        found += [p for p in foreign_attributes(one.ledger.root) if p not in found]
        if who:
            from shouwen.services.identity import identity_problems

            found += identity_problems(one)
        if since is not None:
            found += history_problems(one.ledger, since)
        if context.several:
            found = [structs.replace(p, path=os.path.join(one.given, p.path)) for p in found]
        return one.called, found, count

    return of_each(context.each(), look, *INQUIRIES)


def _seal(context: Context, path: str) -> None:
    """Write the seal where the keeper wants it, which is not where it could be changed along with the records."""
    root, full = os.path.realpath(context.ledger.root), os.path.realpath(path)
    if os.path.commonpath([root, full]) == root:
        raise Usage("封存文件要放在台账以外，最好在别人保管的地方")
    raw, said = sealed(context.ledger)
    try:
        create(full, raw, path)
    except FileExistsError:
        raise Usage(f"{path}: 已有这个文件，没有覆盖") from None
    context.ui.out(f"{path}\n")
    context.ui.say(f"已封存 {said}；摘要请另记一处，日后用 shouwen check --since {path} 核对")


def _tell(context: Context, found: list[Problem], count: int) -> None:
    for problem in found:
        context.ui.text(f"{problem}  [{problem.check}]\n")
    context.ui.say(f"检查了 {count} 条记录，{f'{len(found)} 个问题' if found else '没有问题'}")


def _fix(context: Context) -> None:
    """Put records into the common layout, each after its difference was shown and a copy kept."""
    ledger = context.ledger
    fixed = 0
    for record in ledger.records(*INQUIRIES, CASES):
        if isinstance(record, list):
            continue
        try:
            fixed += tidy(ledger, record, context.ui.line, keep=True)
        except BadData as error:
            context.ui.say(str(error))
    context.ui.say(f"已修复 {fixed} 条（原件留在同目录，以 . 开头、.bak 结尾）")


def _staged(context: Context) -> None:
    """Check what git is about to commit: the staged records against their last commit, and read.

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
    found += [*exposed(history.root), *foreign_attributes(history.root)]
    _tell(context, sorted(set(found)), count)
    raise typer.Exit(1 if found else 0)
