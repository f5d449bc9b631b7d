"""The scripts by which a shell asks this program what a TAB may complete, and nothing more.

One protocol for all shells: the script hands over the line up to the cursor in
``_SHOUWEN_LINE`` (and in ``_SHOUWEN_WORD`` the word that the shell will replace);
``terminal/tab.py`` answers ``value TAB explanation``, a line each, or ends with 3 where a path
is wanted.
"""

_BASH = """\
# shouwen 的 bash 补全；由 shouwen completion bash 生成
_shouwen_completion() {
    local IFS=$'\\n' line answer code
    COMPREPLY=()
    answer=$(_SHOUWEN_COMPLETE=complete_bash _SHOUWEN_LINE="${COMP_LINE:0:COMP_POINT}" \\
        _SHOUWEN_WORD="${COMP_WORDS[COMP_CWORD]}" "$1" 2>/dev/null)
    code=$?
    [ $code -eq 3 ] && { compopt -o default 2>/dev/null; return 0; }
    while IFS= read -r line; do
        [ -n "$line" ] && COMPREPLY+=("${line%%$'\\t'*}")
    done <<< "$answer"
    # 编号的后几位对应几件：列出来，已写的几位留着（空的一项使 bash 找不到共同的开头）
    [[ $code -eq 4 && ${#COMPREPLY[@]} -gt 1 ]] && COMPREPLY+=(' ')
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
    local answer line code
    local -a pairs kind unfiltered
    answer="$(_SHOUWEN_COMPLETE=complete_zsh _SHOUWEN_LINE="${(j: :)words[1,CURRENT]}" \\
        _SHOUWEN_WORD="${words[CURRENT]}" "${words[1]}" 2>/dev/null)"
    code=$?
    (( code == 3 )) && { _files; return }
    for line in "${(@f)answer}"; do
        [[ -n $line ]] && pairs+=("${${line%%$'\\t'*}//:/\\\\:}${${(M)line%$'\\t'*}/$'\\t'/:}")
    done
    [[ $pairs[1] == -* ]] && kind=(-O)
    (( $#pairs )) || return 1
    if (( code == 4 )); then
        # 编号的后几位、人的姓名：不是开头，所以不由 zsh 筛；几件的只列出来，已写的几位留着
        (( $#pairs > 1 )) && compstate[insert]='' compstate[list]='list force'
        unfiltered=(-U)
    fi
    _describe $kind -V '' pairs $unfiltered
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
