"""Options that the steps of an accountability case share."""

from typing import Annotated

import typer

from shouwen.terminal import completers
from shouwen.terminal.options import only, there
from shouwen.terminal.short_formats import Formats

CaseId = Annotated[
    str,
    typer.Argument(
        metavar="案号",
        help="如 S20261203-9DTM2A，或字母段的一部分",
        autocompletion=completers.cases,
        callback=there("案号", "sanctions"),
    ),
]
CaseFormat = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar=Formats("json"),
        help="json：输出整个案件",
        autocompletion=completers.of("json"),
        callback=only("json"),
    ),
]
Text = Annotated[str | None, typer.Option("--text", metavar="文字", help="说明")]
Authority = Annotated[
    str | None,
    typer.Option("--authority", metavar="机关", help="决定机关", autocompletion=completers.authorities),
]
