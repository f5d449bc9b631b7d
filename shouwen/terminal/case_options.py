"""Options that the steps of an accountability case share."""

import re
from typing import Annotated

import typer

from shouwen.core.accountability.case import Amount
from shouwen.core.errors import Usage
from shouwen.core.vocabulary import clean
from shouwen.render.values import safe
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
Months = Annotated[
    int,
    typer.Option(
        "--months", metavar="月", help="措施有期限的（如告诫期），从决定之日起几个月", min=0, max=120
    ),
]
Sums = Annotated[list[str] | None, typer.Option("--amount", metavar="措施=元", help="措施的金额；可写多次")]
UnitMeasures = Annotated[
    list[str] | None,
    typer.Option(
        "--unit-measure",
        metavar="措施",
        help="对一并立案的部门的措施；可写多次",
        autocompletion=completers.measures,
    ),
]


def amount_of(said: str) -> Amount:
    """Return 扣发奖金=500 as an amount; Usage for anything else."""
    measure, _, yuan = clean(said).partition("=")
    if not re.fullmatch(r"\d{1,9}(\.\d{1,2})?", yuan) or not measure:
        raise Usage(f"--amount “{safe(said)}”写成 措施=元，如 扣发奖金=500")
    return Amount(measure, yuan)
