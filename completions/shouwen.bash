# shouwen 的 bash 补全；由 shouwen completion bash 生成
_shouwen_completion() {
    local IFS=$'\n' line answer code
    COMPREPLY=()
    answer=$(_SHOUWEN_COMPLETE=complete_bash _SHOUWEN_LINE="${COMP_LINE:0:COMP_POINT}" \
        _SHOUWEN_WORD="${COMP_WORDS[COMP_CWORD]}" "$1" 2>/dev/null)
    code=$?
    [ $code -eq 3 ] && { compopt -o default 2>/dev/null; return 0; }
    while IFS= read -r line; do
        [ -n "$line" ] && COMPREPLY+=("${line%%$'\t'*}")
    done <<< "$answer"
    # 编号的后几位对应几件：列出来，已写的几位留着（空的一项使 bash 找不到共同的开头）
    [[ $code -eq 4 && ${#COMPREPLY[@]} -gt 1 ]] && COMPREPLY+=(' ')
    [[ ${#COMPREPLY[@]} -eq 1 && $COMPREPLY == */ ]] && compopt -o nospace 2>/dev/null
    return 0
}
complete -o nosort -F _shouwen_completion shouwen 2>/dev/null ||
    complete -F _shouwen_completion shouwen
