"""Forms as printed sheets: one HTML file that needs nothing else, laid out for A4 paper."""

from html import escape
from string import Template

from shouwen.render.forms.catalogue import Form
from shouwen.render.forms.layout import DATE, Box
from shouwen.render.forms.registers import Register
from shouwen.render.values import safe

LINE = 7  # millimetres of room for one written line

_STYLE = """\
@page { size: A4 $turn; margin: $margin; @bottom-center { vertical-align: top; padding-top: 2mm; content: "第 " counter(page) " 页，共 " counter(pages) " 页"; font: 9pt "SimSun", "宋体", "Songti SC", "Noto Serif CJK SC", serif; } }
* { box-sizing: border-box; }
html { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
body { margin: 0; color: #000; background: #fff;
  font: $size/1.5 "FangSong", "仿宋", "仿宋_GB2312", "FangSong_GB2312", "STFangsong", "Noto Serif CJK SC", "SimSun", serif; }
h1, h2 { margin: 0; text-align: center; font-weight: bold; overflow-wrap: anywhere;
  font-family: "SimSun", "宋体", "Songti SC", "STSong", "Noto Serif CJK SC", serif; }
h1 { font-size: 16pt; letter-spacing: .1em; }
h2 { font-size: 22pt; letter-spacing: .2em; margin: 1mm 0 5mm; }
.head { display: flex; justify-content: space-between; gap: 8mm; margin: 0 0 1.5mm; }
.head span { overflow-wrap: anywhere; }
.blank { display: inline-block; min-width: 40mm; border-bottom: .3mm solid #000; }
table { width: calc(100% - .6mm); margin: 0 auto; border-collapse: collapse; table-layout: fixed; border: .5mm solid #000; }
th, td { border: .25mm solid #000; padding: 1.4mm 2mm; vertical-align: middle;
  overflow-wrap: anywhere; word-break: break-word; white-space: pre-wrap; }
th { text-align: center; font-weight: bold; padding: 1.4mm .8mm; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
.box { display: flex; flex-direction: column; justify-content: space-between; }
.foot { text-align: right; white-space: nowrap; }
.note { margin: 2mm 0 0; font-size: .85em; }
.end { margin: 5mm 0 0; break-inside: avoid; }
.stamp { margin-left: auto; width: 80mm; text-align: center; }
.stamp div + div { margin-top: 3mm; }
.signs { display: flex; justify-content: space-between; }
@media screen { html { background: #ddd; } body { margin: 0 auto; padding: $margin; width: $paper; min-height: 100vh; } }
"""

_PAGE = """\
<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>$heading</title>
<style>
$style</style>
</head>
<body>
<h1>$office</h1>
<h2>$title</h2>
$body</body>
</html>
"""


def printed(form: Form | Register) -> str:
    """Return the form as one HTML page: A4 upright for a single form, A4 across for a list."""
    if isinstance(form, Form):
        body, name = _single(form), form.id
        style = {"turn": "portrait", "margin": "16mm 20mm 16mm 24mm", "paper": "210mm", "size": "12pt"}
    else:
        body, name = _list(form), form.period
        style = {"turn": "landscape", "margin": "16mm 14mm", "paper": "297mm", "size": "10.5pt"}
    return Template(_PAGE).substitute(
        heading=_text(f"{form.office} {form.title} {name}"), office=_text(form.office),
        title=_text(form.title), style=Template(_STYLE).substitute(style), body=body,
    )  # fmt: skip


def _text(value: str) -> str:
    """Return any text as HTML text: markup escaped, control and bidi characters made visible."""
    return escape(safe(value, lines=True))


def _cells(box: Box, wide: bool) -> str:
    span = ' colspan="3"' if wide else ""
    foot = f'<div class="foot">{_text(box.foot)}</div>' if box.foot else ""
    room = f' style="min-height: {box.lines * LINE:g}mm"' if box.lines > 1 else ""
    value = f"<div>{_text(box.value)}</div>"
    inner = f'<div class="box"{room}>{value}{foot}</div>' if room or foot else _text(box.value)
    return f'<th scope="row">{_text(box.label)}</th><td{span}>{inner}</td>'


def _single(form: Form) -> str:
    rows = "\n".join(f"<tr>{''.join(_cells(b, len(row) == 1) for b in row)}</tr>" for row in form.rows)
    number = _text(form.number) or '<span class="blank"></span>'
    notes = "".join(f'<p class="note">注：{_text(note)}</p>\n' for note in form.notes)
    return (
        f'<p class="head"><span>编号：{_text(form.id)}</span><span>单号：{number}</span></p>\n'
        '<table>\n<colgroup><col style="width: 17%"><col style="width: 33%">'
        '<col style="width: 17%"><col style="width: 33%"></colgroup>\n'
        f"<tbody>\n{rows}\n</tbody>\n</table>\n{notes}"
        f'<div class="end"><div class="stamp"><div>{_text(form.office)}（盖章）</div>'
        f"<div>{_text(form.dated)}</div></div></div>\n"
    )


def _list(form: Register) -> str:
    columns = "".join(f'<col style="width: {c.share}%">' for c in form.columns)
    head = "".join(f'<th scope="col">{_text(c.title)}</th>' for c in form.columns)
    rows = "\n".join(f"<tr>{''.join(f'<td>{_text(v)}</td>' for v in row)}</tr>" for row in form.rows)
    notes = "".join(f'<p class="note">{_text(note)}</p>\n' for note in form.notes)
    return (
        f'<p class="head"><span>期间：{_text(form.period)}</span></p>\n'
        f"<table>\n<colgroup>{columns}</colgroup>\n<thead><tr>{head}</tr></thead>\n"
        f"<tbody>\n{rows}\n</tbody>\n</table>\n{notes}"
        '<div class="end signs"><span>制表人：<span class="blank"></span></span>'
        '<span>审核人：<span class="blank"></span></span>'
        f"<span>（盖章）　{DATE}</span></div>\n"
    )
