"""A page for a browser and for A4 paper: one file that needs nothing else, light and dark."""

from html import escape
from string import Template

from shouwen.render.values import safe

_STYLE = """\
:root { color-scheme: light dark; --paper: #fff; --ink: #1c2024; --soft: #5c656e; --line: #c9ced4;
  --band: #f2f4f6; --accent: #1f5fa8; --second: #8fb3dc; --third: #c3c9cf; --bad: #b3261e; }
@media screen and (prefers-color-scheme: dark) { :root { --paper: #15181b; --ink: #e6e8ea; --soft: #a3abb3;
  --line: #3a4149; --band: #20252a; --accent: #7fb2f0; --second: #46719f; --third: #59616a; --bad: #ff9a90; } }
@media print { :root { color-scheme: light; } }
* { box-sizing: border-box; }
html { background: var(--paper); -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; padding: 1.5rem 1rem 3rem; max-width: 76rem; color: var(--ink); background: var(--paper);
  font: 16px/1.6 "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", "Source Han Sans SC", sans-serif;
  overflow-wrap: anywhere; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
h1 { font-size: 1.6rem; line-height: 1.35; margin: 0 0 .3rem; }
h2 { font-size: 1.2rem; margin: 2rem 0 .6rem; padding-bottom: .25rem; border-bottom: 2px solid var(--accent); }
h3 { font-size: 1rem; margin: 1.2rem 0 .4rem; }
p { margin: .4rem 0; } .soft, footer { color: var(--soft); } small, footer { font-size: .8rem; }
footer { margin-top: 2rem; border-top: 1px solid var(--line); padding-top: .6rem; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .35rem .5rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
thead th { background: var(--band); font-weight: 600; } tbody th { font-weight: 600; }
td small { display: block; color: var(--soft); line-height: 1.35; }
ul { margin: .3rem 0; padding-left: 1.3rem; }
@media (max-width: 46rem) {
  table.wide thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table.wide tr { display: block; margin: 0 0 .8rem; border: 1px solid var(--line); border-radius: .4rem; padding: .3rem .6rem; }
  table.wide tbody th { display: block; border: 0; padding: .2rem 0; font-size: 1.05rem; }
  table.wide td { display: flex; justify-content: space-between; gap: 1rem; padding: .2rem 0; text-align: right; }
  table.wide td:last-child { border: 0; }
  table.wide td::before { content: attr(data-title); color: var(--soft); text-align: left; flex: none; max-width: 45%; }
}
@page { size: A4; margin: 16mm 13mm; @bottom-center { vertical-align: top; padding-top: 2mm; content: "第 " counter(page) " 页，共 " counter(pages) " 页"; font: 9pt "SimSun", "Noto Serif CJK SC", serif; } }
@media print { body { padding: 0; max-width: none; font-size: 9.5pt; } h1 { font-size: 16pt; }
  h2 { font-size: 12pt; break-after: avoid; margin-top: 6mm; } h3 { font-size: 10pt; break-after: avoid; }
  thead { display: table-header-group; } tr { break-inside: avoid; } th, td { padding: 1mm 1.2mm; } small { font-size: 7.5pt; } }
"""
_PAGE = """\
<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>$title</title>
<style>
$style</style>
</head>
<body>
$body
</body>
</html>
"""


def esc(text: str, lines: bool = False) -> str:
    """Return any text as HTML text: markup escaped, control and bidi characters made visible; ``lines`` keeps newlines."""
    return escape(safe(text, lines))


def webpage(title: str, style: str, body: list[str]) -> str:
    """Return the whole page; ``title`` is text, ``style`` and ``body`` are the caller's own CSS and HTML."""
    return Template(_PAGE).substitute(title=esc(title), style=_STYLE + style, body="\n".join(body))
