"""completion: print the script that lets a shell complete with TAB."""

from typing import Annotated

import typer

from shouwen.core.vocabulary import choose
from shouwen.terminal import completers
from shouwen.terminal.completion_scripts import SCRIPTS
from shouwen.terminal.context import Context


def completion(
    ctx: typer.Context,
    shell: Annotated[
        str | None,
        typer.Argument(metavar="外壳", help="、".join(SCRIPTS), autocompletion=completers.of(*SCRIPTS)),
    ] = None,
) -> None:
    """命令补全脚本：按 TAB 补全命令、选项、编号、人员、部门和各种词。

    编号写任意几位都补成全称，不必从头写起；几件都合的列出来，再写一位。

    \b
    例：shouwen completion bash > ~/.local/share/bash-completion/completions/shouwen
        shouwen completion zsh > ~/.zfunc/_shouwen
        shouwen completion fish > ~/.config/fish/completions/shouwen.fish
        shouwen completion powershell >> $PROFILE
    """
    context: Context = ctx.obj
    chosen = choose(context.ui.ask(shell, "外壳", "为哪种命令行外壳", SCRIPTS), SCRIPTS, "外壳")
    context.ui.out(SCRIPTS[chosen][0])
