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
