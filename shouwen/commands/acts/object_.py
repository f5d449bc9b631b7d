"""object 异议: the inquirer does not accept what was explained or decided."""

from typing import Annotated

import typer

from shouwen.core.inquiry.events import Objection
from shouwen.core.vocabulary import clean
from shouwen.services.record_act import act
from shouwen.terminal.acknowledgement import acknowledge
from shouwen.terminal.context import Context
from shouwen.terminal.options import ActFormat, At, Id


def object_(
    ctx: typer.Context,
    name: Id,
    text: Annotated[str | None, typer.Option(metavar="文字", help="服务对象怎么说")] = None,
    at: At = "",
    format: ActFormat = None,
) -> None:
    """异议：服务对象对说明解释或处理结果不接受；制度要求的，随后请示领导。

    \b
    例：shouwen object K7Q4 --text 认为材料已经齐全，要求重新审查
    """
    context: Context = ctx.obj
    said = clean(context.ui.ask(text, "--text", "服务对象怎么说"))
    done = act(context, name, context.when(at), lambda key, when, by: Objection(key, when, by, said))
    acknowledge(context, done, format)
