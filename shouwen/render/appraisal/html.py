"""The year's appraisal as an HTML page or as markdown: the office's table, a sheet for everybody.

Printed, each sheet begins a page of its own, to be signed and put into the file.
"""

import re

from shouwen.core.accountability.appraisal import EXCELLENT
from shouwen.render.appraisal.sheets import OVERVIEW, SIGNERS, AppraisalSheet, Folder, GroundReached
from shouwen.render.html import esc, webpage
from shouwen.render.table import cell, table
from shouwen.render.values import literal, safe

DATE = "　　　年　　月　　日"
_STYLE = """\
.sheet { margin-top: 3rem; padding-top: 1.5rem; border-top: 3px double var(--line); }
.about { display: grid; grid-template-columns: repeat(auto-fit, minmax(8rem, 1fr)); gap: .3rem 1rem; margin: .6rem 0; padding: .5rem .8rem; background: var(--band); border-radius: .4rem; }
.about div { min-width: 0; } .about dt { color: var(--soft); font-size: .8rem; } .about dd { margin: 0; font-weight: 600; }
.case { margin: .6rem 0; padding: .4rem .8rem; border: 1px solid var(--line); break-inside: avoid; } .case div { display: grid; grid-template-columns: 5em 1fr; } .case dt { color: var(--soft); } .case dd { margin: 0; overflow-wrap: anywhere; }
.verdict { font-size: 1.15rem; font-weight: 700; } .limited { color: var(--bad); }
.ground { margin: .6rem 0; padding-left: .8rem; border-left: 3px solid var(--accent); break-inside: avoid; } .ground p { margin: 0; }
.ground td { font-size: .85rem; padding: .15rem .5rem .15rem 0; border: 0; } .ground td:last-child { color: var(--soft); }
.decide td:last-child, .decide th { width: 50%; font-weight: 400; } .decide td, .decide th { height: 2.6em; vertical-align: middle; }
.signs { display: grid; grid-template-columns: repeat(3, 1fr); border: 1px solid var(--ink); margin-top: 1.2rem; break-inside: avoid; }
.signs div { min-height: 8.5rem; padding: .5rem .7rem; display: flex; flex-direction: column; justify-content: space-between; border-left: 1px solid var(--ink); }
.signs div:first-child { border-left: 0; } .signs p { margin: 0; } .signs p + p { line-height: 2.1; }
.signs i { display: inline-block; width: 6em; border-bottom: 1px solid var(--ink); }
.id { white-space: nowrap; }
.notes { font-size: .8rem; color: var(--soft); }
.overview { font-size: .9rem; } .overview tbody th { min-width: 3.4em; } .overview td:nth-child(2) { min-width: 5.4em; } .overview td:nth-child(6) { min-width: 4em; }
.about div:nth-child(7) { grid-column: span 3; }
@media (max-width: 46rem) { .about div:nth-child(7) { grid-column: auto; } .signs { grid-template-columns: 1fr; } .signs div { border-left: 0; border-top: 1px solid var(--ink); } .signs div:first-child { border-top: 0; }
  .ground tr { display: block; margin: .3rem 0; } .ground td { display: inline; } .ground table { display: block; } }
@media print { .sheet { break-before: page; margin: 0; padding: 0; border: 0; } .overview { font-size: 7.5pt; } .overview th, .overview td { padding: 1mm .6mm; }
  .case { margin: .8mm 0; padding: .6mm 1.5mm; font-size: 6.5pt; line-height: 1.25; } .case div, .case dt, .case dd { display: inline; } .case dt::after { content: "："; } .case dd::after { content: "　"; }
  .about { grid-template-columns: repeat(5, 1fr); gap: .5mm 3mm; margin: 1.2mm 0; padding: 1mm 2mm; } .about dt { font-size: 7pt; } .about dd { font-size: 7.5pt; font-weight: 400; } .ground { margin: 1mm 0; } .sheet h2 { margin: 2mm 0 1mm; } .decide td, .decide th { height: 1.7em; font-size: 8pt; } .signs { margin-top: 1mm; } .signs div { min-height: 21mm; padding: 1mm 2mm; } .ground td { font-size: 7pt; } .verdict { font-size: 10pt; margin: 1mm 0; } h2 { margin-top: 2mm; } h3 { margin: 1.2mm 0 .4mm; font-size: 8.5pt; } ul { margin: 0; } li { font-size: 7pt; line-height: 1.3; } h1 { font-size: 13pt; margin: 0; } }
"""


def _overview(folder: Folder) -> list[str]:
    heads = "".join(f'<th scope="col">{title}</th>' for _, title in OVERVIEW)
    parts = [f"<h1>{esc(folder.title)}</h1>", f'<p class="soft">{esc(folder.basis)}</p>']
    parts.append(f'<table class="wide overview"><thead><tr>{heads}</tr></thead><tbody>')
    for row in folder.rows:
        cells = "".join(
            f'<td data-title="{title}"><div>{esc(cell(row[key])) or "—"}</div></td>'
            for key, title in OVERVIEW[1:]
        )
        parts.append(f'<tr><th scope="row">{esc(row["name"])}</th>{cells}</tr>')
    parts.append("</tbody></table>")
    for head, lines in _beside(folder):
        parts += [f"<h3>{head}</h3>", "<ul>", *(f"<li>{esc(line)}</li>" for line in lines), "</ul>"]
    return parts


def _beside(folder: Folder) -> list[tuple[str, tuple[str, ...]]]:
    """Return what stands under the office's table, as far as there is any."""
    blocks = (
        (f"{EXCELLENT}名额", folder.places),
        ("责任部门", folder.departments),
        ("应查看领导责任", folder.review),
        ("计数口径", folder.notes),
        ("文件没有规定的", folder.undefined),
        ("台账中不影响计数的问题", folder.problems),
    )
    return [(head, lines) for head, lines in blocks if lines]


_ID = r"(S?\d{8}-[0-9A-Z]{6})"


def _whole(text: str) -> str:
    """Return text as HTML in which no line ends within an id."""
    return re.sub(_ID, r'<span class="id">\1</span>', esc(text))


def _pairs(pairs: tuple[tuple[str, str], ...]) -> str:
    return "".join(f"<div><dt>{esc(k)}</dt><dd>{_whole(v)}</dd></div>" for k, v in pairs)


def _ground(ground: GroundReached) -> str:
    rows = "".join(f"<tr>{''.join(f'<td>{esc(v)}</td>' for v in row)}</tr>" for row in ground.evidence)
    return (
        f'<div class="ground"><p><strong>{esc(ground.article)}</strong>：{esc(ground.counted)} → '
        f"{esc(ground.effect)}</p><table><tbody>{rows}</tbody></table></div>"
    )


def _appraisal_sheet(folder: Folder, sheet: AppraisalSheet) -> list[str]:
    limited = " limited" if sheet.grounds else ""
    rows = "".join(f'<tr><th scope="row">{esc(k)}</th><td>{esc(v)}</td></tr>' for k, v in sheet.decide)
    signs = "".join(f"<div><p>{signer}</p><p>签字：<i></i><br>日期：{DATE}</p></div>" for signer in SIGNERS)
    return [
        '<section class="sheet">',
        f"<h1>{folder.year} 年度考核依据表</h1>",
        f'<p class="soft">{esc(folder.office)}；{esc(folder.basis)}</p>',
        f'<dl class="about">{_pairs(sheet.about)}</dl>',
        "<h2>一、问责措施和依据</h2>",
        f"<p>本年度已决定、未撤销：{esc(sheet.measures)}</p>",
        *(f'<dl class="case">{_pairs(case)}</dl>' for case in sheet.cases),
        *map(_ground, sheet.grounds),
        f'<p class="verdict{limited}">结论：{esc(sheet.verdict)}</p>',
        "<h2>二、服务情况</h2>",
        f'<dl class="about">{_pairs(sheet.service)}</dl>',
        "<h2>三、由考核机关决定</h2>",
        f'<table class="decide"><tbody>{rows}</tbody></table>',
        f'<div class="signs">{signs}</div>',
        *(f'<p class="notes">计数口径：{esc(note)}</p>' for note in folder.notes if sheet.grounds),
        "</section>",
    ]


def page(folders: list[Folder]) -> str:
    """Return one page for the screen; on paper the table of each office, then a page for everybody."""
    parts = []
    for n, one in enumerate(folders):
        inner = [
            line
            for part in ([_overview(one)], (_appraisal_sheet(one, s) for s in one.sheets))
            for x in part
            for line in x
        ]
        parts += [f'<div class="{"sheet" if n else "first"}">', *inner, "</div>"]
    return webpage("；".join(f.title for f in folders), _STYLE, parts)


def _md(text: str) -> str:
    """Return text of which markdown, and HTML within it, makes nothing."""
    return literal(safe(text))


def _md_sheet(folder: Folder, sheet: AppraisalSheet) -> list[str]:
    lines = ["---", "", f"## {_md(sheet.name)}：{folder.year} 年度考核依据表", "", _md(folder.basis), ""]
    lines += [f"- {k}：{_md(v)}" for k, v in sheet.about]
    lines += ["", "### 一、问责措施和依据", "", f"本年度已决定、未撤销：{_md(sheet.measures)}", ""]
    for case in sheet.cases:
        lines += [f"- {k}：{_md(v)}" if n == 0 else f"  - {k}：{_md(v)}" for n, (k, v) in enumerate(case)]
    lines += [""] if sheet.cases else []
    for ground in sheet.grounds:
        lines += [f"- **{_md(ground.article)}**：{_md(ground.counted)} → {_md(ground.effect)}"]
        lines += [f"  - {_md('　'.join(row))}" for row in ground.evidence]
    lines += [""] if sheet.grounds else []
    lines += [f"**结论：{_md(sheet.verdict)}**", "", "### 二、服务情况", ""]
    lines += [f"- {k}：{_md(v)}" for k, v in sheet.service]
    lines += ["", "### 三、由考核机关决定", ""]
    lines += [f"- {_md(k)}：{_md(v)}" for k, v in sheet.decide]
    lines += [""] + [f"{signer}：　　　　　签字：　　　　　日期：{DATE}\n" for signer in SIGNERS]
    return lines


def markdown(folders: list[Folder]) -> str:
    """Return the same as markdown, sheets divided by rules."""
    lines = []
    for one in folders:
        rows = [{key: row[key] for key, _ in OVERVIEW} for row in one.rows]
        lines += [f"# {_md(one.title)}", "", _md(one.basis), "", table(rows, OVERVIEW, "markdown")]
        for head, found in _beside(one):
            lines += [f"{head}：", "", *(f"- {_md(line)}" for line in found), ""]
        for sheet in one.sheets:
            lines += _md_sheet(one, sheet)
    return "\n".join(lines).rstrip("\n") + "\n"
