"""search: a text in any field, over live and archived records."""

from typing import Annotated

import typer

from shouwen.core.errors import Usage
from shouwen.core.inquiry.header import Inquiry
from shouwen.render.inquiries import COLUMNS, USUAL, Rows, askers_apart, chosen_columns
from shouwen.render.table import FORMATS
from shouwen.services.inquiries import EVERYWHERE, LIVE, searched, together
from shouwen.services.several import of_each
from shouwen.terminal import completers
from shouwen.terminal.context import Context
from shouwen.terminal.options import Wide, format_option
from shouwen.terminal.rows import may_reveal, show_rows


def search(
    ctx: typer.Context,
    text: Annotated[str, typer.Argument(metavar="文字", help="要找的文字，一字不差")],
    field: Annotated[str, typer.Option("--in", metavar="项目", help="只在这一项里找，按 TAB 可选", autocompletion=completers.of("subject", "detail", "name", "phone", "organisation", "agent", "result", "reason", "text"))] = "",
    live: Annotated[bool, typer.Option("--live", help="不找归档的")] = False,
    columns: Annotated[str, typer.Option(metavar="列,…", help="、".join(COLUMNS))] = USUAL,
    sort: Annotated[str, typer.Option(metavar="列", help="按哪一列排；前加 - 为倒序", autocompletion=completers.of(*COLUMNS))] = "id",
    reveal: Annotated[bool, typer.Option("--reveal", help="不遮盖姓名（只在终端）")] = False,
    wide: Wide = False,
    null: Annotated[bool, typer.Option("-0", "--null", help="只输出编号，以空字符分开")] = False,
    format: Annotated[str, format_option(*FORMATS)] = "table",
) -> None:  # fmt: skip
    """查找：在办的和归档的记录里哪些写有这段文字。写几次 -L 就在几个台账里找。

    \b
    例：shouwen search 施工许可
        shouwen search 13812341234 --in phone
        shouwen -L yiju -L erju search 路灯
    """
    context: Context = ctx.obj
    chosen = chosen_columns(columns, sort)
    may_reveal(context, reveal)
    if not text.strip():
        raise Usage("要找的文字不能为空")
    if field and field not in (*Inquiry.__struct_fields__, "name", "phone", "organisation", "text",
                               "result", "reason", "comment", "basis"):  # fmt: skip
        raise Usage(f"没有项目“{field}”；如 subject、detail、name、phone、agent、result、reason、text")
    each = context.each()

    def look(one: Context) -> Rows:
        found = searched(one, text, field, live, reveal)
        return found.placed(one.called, one.given) if context.several else found

    found = together(of_each(each, look, *(LIVE if live else EVERYWHERE)))
    found = askers_apart(found) if reveal else found
    show_rows(context, "search", found, chosen, sort, format, each[0].now, null, wide)
