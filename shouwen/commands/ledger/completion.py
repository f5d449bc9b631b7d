"""completion: TAB in bash, zsh, fish and PowerShell; the scripts, and the answer to a TAB.

One protocol for all shells: the script hands over the line up to the cursor in
``_SHOUWEN_LINE`` (and in ``_SHOUWEN_WORD`` the word that the shell will replace); the program
answers ``value TAB explanation``, a line each, or ends with 3 where a path is wanted. Nothing
is ever said on a fault: a completer must not speak into somebody's prompt.
"""

import os
import re
import sys
from typing import Annotated

import typer

from shouwen.core.vocabulary import choose
from shouwen.terminal import completers
from shouwen.terminal.context import Context

ASKED = "_SHOUWEN_COMPLETE"
PATH_WANTED = 3

_BASH = """\
# shouwen 的 bash 补全；由 shouwen completion bash 生成
_shouwen_completion() {
    local IFS=$'\\n' line answer
    COMPREPLY=()
    answer=$(_SHOUWEN_COMPLETE=complete_bash _SHOUWEN_LINE="${COMP_LINE:0:COMP_POINT}" \\
        _SHOUWEN_WORD="${COMP_WORDS[COMP_CWORD]}" "$1" 2>/dev/null)
    [ $? -eq 3 ] && { compopt -o default 2>/dev/null; return 0; }
    while IFS= read -r line; do
        [ -n "$line" ] && COMPREPLY+=("${line%%$'\\t'*}")
    done <<< "$answer"
    [[ ${#COMPREPLY[@]} -eq 1 && $COMPREPLY == */ ]] && compopt -o nospace 2>/dev/null
    return 0
}
complete -o nosort -F _shouwen_completion shouwen 2>/dev/null ||
    complete -F _shouwen_completion shouwen
"""

_ZSH = """\
#compdef shouwen
# shouwen 的 zsh 补全；由 shouwen completion zsh 生成
_shouwen() {
    local answer line
    local -a pairs kind
    answer="$(_SHOUWEN_COMPLETE=complete_zsh _SHOUWEN_LINE="${(j: :)words[1,CURRENT]}" \\
        _SHOUWEN_WORD="${words[CURRENT]}" "${words[1]}" 2>/dev/null)"
    (( $? == 3 )) && { _files; return }
    for line in "${(@f)answer}"; do
        [[ -n $line ]] && pairs+=("${${line%%$'\\t'*}//:/\\\\:}${${(M)line%$'\\t'*}/$'\\t'/:}")
    done
    [[ $pairs[1] == -* ]] && kind=(-O)
    (( $#pairs )) && _describe $kind -V '' pairs
}
# 由 compinit 自动载入时，这个文件就是函数本身，第一次按 TAB 就要补全；用 source 载入时只登记。
if [[ $funcstack[1] == _shouwen ]]; then
    _shouwen "$@"
else
    compdef _shouwen shouwen
fi
"""

_FISH = """\
# shouwen 的 fish 补全；由 shouwen completion fish 生成
function __shouwen_completion
    set -l line (commandline -cp | string collect)
    set -l word (commandline -ct | string collect)
    env _SHOUWEN_COMPLETE=complete_fish _SHOUWEN_LINE="$line" _SHOUWEN_WORD="$word" shouwen 2>/dev/null
    test $status -eq 3; and __fish_complete_path "$word"
end
complete --command shouwen --no-files --keep-order --arguments "(__shouwen_completion)"
"""

# The Tab key stays as the user has bound it; the variables are put back.
_POWERSHELL = """\
# shouwen 的 PowerShell 补全；由 shouwen completion powershell 生成
Register-ArgumentCompleter -Native -CommandName shouwen -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $line = $commandAst.Extent.Text
    $length = $cursorPosition - $commandAst.Extent.StartOffset
    if ($length -gt $line.Length) { $line += ' ' } else { $line = $line.Substring(0, $length) }
    $encoding = [Console]::OutputEncoding
    try {
        [Console]::OutputEncoding = [System.Text.Encoding]::UTF8
        $Env:PYTHONUTF8 = '1'
        $Env:_SHOUWEN_COMPLETE = 'complete_powershell'
        $Env:_SHOUWEN_LINE = $line
        $Env:_SHOUWEN_WORD = $wordToComplete
        shouwen 2>$null | ForEach-Object {
            $value, $help = $_ -split "`t", 2
            if (-not $help) { $help = $value }
            [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $help)
        }
    } finally {
        [Console]::OutputEncoding = $encoding
        Remove-Item Env:_SHOUWEN_COMPLETE, Env:_SHOUWEN_LINE, Env:_SHOUWEN_WORD, Env:PYTHONUTF8
    }
}
"""

# shell → (its script, where the project keeps it)
SCRIPTS = {
    "bash": (_BASH, "shouwen.bash"),
    "zsh": (_ZSH, "_shouwen"),
    "fish": (_FISH, "shouwen.fish"),
    "powershell": (_POWERSHELL, "shouwen.ps1"),
}


def completion(
    ctx: typer.Context,
    shell: Annotated[
        str | None,
        typer.Argument(metavar="外壳", help="、".join(SCRIPTS), autocompletion=completers.of(*SCRIPTS)),
    ] = None,
) -> None:
    """命令补全脚本：按 TAB 补全命令、选项、编号、人员、部门和各种词。

    \b
    例：shouwen completion bash > ~/.local/share/bash-completion/completions/shouwen
        shouwen completion zsh > ~/.zfunc/_shouwen
        shouwen completion fish > ~/.config/fish/completions/shouwen.fish
        shouwen completion powershell >> $PROFILE
    """
    context: Context = ctx.obj
    chosen = choose(context.ui.ask(shell, "外壳", "为哪种命令行外壳", SCRIPTS), SCRIPTS, "外壳")
    context.ui.out(SCRIPTS[chosen][0])


def answer(command, asked: str) -> int:
    """Answer a TAB (``complete_SHELL``) or print a script (``source_SHELL``); the exit code."""
    try:
        what, _, shell = asked.partition("_")
        shell = {"pwsh": "powershell"}.get(shell, shell)
        if what == "source":
            text, code = SCRIPTS[shell][0], 0
        else:
            text, code = _candidates(command, shell)
        sys.stdout.write(text)
        sys.stdout.flush()
        return code
    except Exception:  # noqa: BLE001 - nothing may be said into the user's prompt
        return 1


def _candidates(command, shell: str) -> tuple[str, int]:
    """The lines for the shell, and the exit code."""
    from typer._click.shell_completion import _resolve_context, _resolve_incomplete, split_arg_string

    from shouwen.render.values import safe

    # With one more letter the last word is there, be it empty or inside open quotation marks.
    _, *args, last = split_arg_string(os.environ["_SHOUWEN_LINE"] + "x")
    context = _resolve_context(command, {}, "shouwen", args)
    if isinstance(context.command, typer.core.TyperGroup) and (context._protected_args or context.args):  # noqa: SLF001 - no public way tells it
        return "", 0  # a command that there is not
    wanted, begun = _resolve_incomplete(context, args, last[:-1])
    items = wanted.shell_complete(context, begun)
    if not items and wanted is context.command and not begun:
        items = wanted.shell_complete(context, "-")
    if not items and getattr(wanted, "metavar", None) in ("目录", "文件"):
        return "", PATH_WANTED
    word = os.environ.get("_SHOUWEN_WORD", "")
    joined = re.match(r"--[\w-]+=", word)
    lines = []
    for item in items:
        value = safe((joined.group() if joined and wanted is not context.command else "") + item.value)
        about = " ".join(safe(item.help or "", lines=True).split())
        lines.append(f"{_quoted(value, word, shell)}\t{about}".rstrip("\t") + "\n")
    return "".join(lines), 0


def _quoted(value: str, word: str, shell: str) -> str:
    """The value so that the shell takes it for one word; zsh and fish see to it themselves."""
    if word[:1] in ("'", '"'):
        return value
    if shell == "bash":
        return re.sub(r"([\s\\\"'`$&|;<>()*?\[\]#!{}])", r"\\\1", value)
    if shell == "powershell" and re.search(r"[\s\"'`$&|;<>(){},#]", value):
        return "'" + value.replace("'", "''") + "'"
    return value
