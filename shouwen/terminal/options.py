"""Options that several commands share, each with its help and completion."""

from collections.abc import Callable
from typing import Annotated, Any

import typer

from shouwen.core.errors import Usage
from shouwen.terminal import completers
from shouwen.terminal.short_formats import Formats


def there(what: str, *folders: str) -> Callable[[typer.Context, str], str]:
    """Ask again, at a terminal and before anything else is asked, for an id that no record has."""

    def checked(ctx: typer.Context, value: str) -> str:
        if ctx.resilient_parsing or not ctx.obj or not ctx.obj.ui.interactive:
            return value
        ledger = ctx.obj.ledger
        return str(ctx.obj.ui.ask(value, what, what, check=lambda text: ledger.find(text, *folders) and text))

    return checked


Id = Annotated[
    str,
    typer.Argument(metavar="编号", help="全称，或字母段的一部分（如 K7Q4）", autocompletion=completers.live,
                   callback=there("编号")),
]  # fmt: skip
At = Annotated[str, typer.Option("--at", metavar="时间", help="实际发生的时间；不写为现在")]
AsOf = Annotated[str, typer.Option("--as-of", metavar="时间", help="以这一时刻为准；不写为现在")]
AtRevision = Annotated[str, typer.Option("--at", metavar="版本", help="按 git 的这一版本重现当时的报告")]

Lake = Annotated[
    str,
    typer.Option("--lake", metavar="目录", help="从数据湖（export --format parquet）做，不读台账；要先装 shouwen[lake]"),
]  # fmt: skip


def only(*words: str, what: str = "格式") -> Callable[[typer.Context, str | None], str | None]:
    """Refuse, before anything is done, a word that is none of those the option takes."""

    def checked(ctx: typer.Context, value: str | None) -> str | None:
        if value and value not in words and not ctx.resilient_parsing:
            raise Usage(f"没有{what}“{value}”；可用：{'、'.join(words)}")
        return value

    return checked


Wide = Annotated[bool, typer.Option("--wide", help="在窄屏上也列出所有的列")]
ActFormat = Annotated[
    str | None,
    typer.Option("--format", metavar=Formats("json"), help="json：输出整条记录；不写则只输出编号",
                 autocompletion=completers.of("json"), callback=only("json")),
]  # fmt: skip
Reason = Annotated[str | None, typer.Option("--reason", metavar="理由", help="理由")]
ApprovedBy = Annotated[
    str | None,
    typer.Option("--approved-by", metavar="人员", help="批准的领导", autocompletion=completers.staff),
]

OnBehalfOf = Annotated[
    str,
    typer.Option("--for", "--on-behalf-of", metavar="人员",
                 help="记下的是哪位领导（或制度写明的会议、上级机关）的话；本人就是领导的不写",
                 autocompletion=completers.staff),
]  # fmt: skip


def format_option(*formats: str) -> Any:
    """Return the --format option of a report, for ``Annotated[str, …]``."""
    return typer.Option("--format", "-f", metavar=Formats(*formats), help="、".join(formats),
                        autocompletion=completers.of(*formats), callback=only(*formats))  # fmt: skip
