# shouwen 的 fish 补全；由 shouwen completion fish 生成
function __shouwen_completion
    set -l line (commandline -cp | string collect)
    set -l word (commandline -ct | string collect)
    env _SHOUWEN_COMPLETE=complete_fish _SHOUWEN_LINE="$line" _SHOUWEN_WORD="$word" shouwen 2>/dev/null
    test $status -eq 3; and __fish_complete_path "$word"
end
complete --command shouwen --no-files --keep-order --arguments "(__shouwen_completion)"
