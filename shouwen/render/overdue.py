"""The overdue report in every format that people read, and its items for scripts."""

from collections.abc import Sequence
from datetime import datetime
from html import escape
from typing import Any

from shouwen.core.dates import minute
from shouwen.core.deadlines.clock import SOURCES, unjudged_text
from shouwen.core.errors import Problem
from shouwen.core.inquiry.lifecycle import DECIDES
from shouwen.render.calendar_events import Waiting, limit_line
from shouwen.render.table import Columns, listing
from shouwen.render.values import literal, safe

COLUMNS = (
    ("id", "编号"), ("subject", "事由"), ("inquirer", "服务对象"), ("first_asked", "首问责任人"),
    ("holding", "现负责"), ("clock", "时限"), ("due_text", "到期"), ("overdue_text", "超期"),
    ("held", "到期时负责"), ("cited", "条款"),
)  # fmt: skip
ITEM = (
    "id", "subject", "inquirer", "first_responder", "holder", "department", "due",
    "overdue_workdays", "level", "clock", "article", "source", "path", "line", "provisional", "held_at_due",
)  # fmt: skip
ORDERS = {"department": "department", "holder": "holding", "ledger": "ledger"}
BY_EYE = ("table", "plain", "markdown")
_STYLE = (
    "body{font:15px/1.6 'Noto Sans CJK SC','Microsoft YaHei',sans-serif;margin:1.5em;color:#222;"
    "background:#fff;overflow-wrap:anywhere}h1{font-size:1.5em}h2{font-size:1.15em}"
    "div{overflow-x:auto}table{border-collapse:collapse;margin:.8em 0}"
    "th,td{border:1px solid #999;padding:.25em .6em;text-align:left;vertical-align:top;min-width:4em}"
    "th{background:#eee;white-space:nowrap}td:first-child{white-space:nowrap}"
    "footer{color:#595959;font-size:85%}"
    "@media screen and (prefers-color-scheme:dark)"
    "{body{background:#181818;color:#ddd}th{background:#333}footer{color:#aaa}}"
    "@media print{body{margin:0;font-size:9pt}div{overflow:visible}thead{display:table-header-group}"
    "tr{break-inside:avoid}table{width:100%}th,td{min-width:0}th{white-space:normal}}"
    "@media screen and (max-width:1100px){body{margin:1em}table,tbody,tr,td{display:block}thead{display:none}"
    "tr{border:1px solid #999;margin:0 0 .8em;padding:.3em .6em}td{border:0;padding:0}"
    "td::before{color:#595959}}"
    "@media screen and (max-width:1100px) and (prefers-color-scheme:dark){td::before{color:#aaa}}"
    "@page{size:A4 landscape;margin:12mm}"
)


def total(rows: list[dict[str, Any]], now: datetime) -> str:
    """Return the line of totals."""
    red = [r for r in rows if r["level"] == "红牌"]
    text = f"截至 {minute(now)}：超期 {len({r['id'] for r in red})} 件 {len(red)} 项"
    if counts := by_source(rows):
        text += f"（期限由{'、'.join(f'{source} {n}' for source, n in counts.items())}）"
    return text + (f"，将到期 {len(rows) - len(red)} 项" if len(rows) > len(red) else "")


def by_source(rows: Sequence[dict[str, Any]]) -> dict[str, int]:
    """Return how many limits ran out, by whose limit they are: 条文, 事项, 本单位, 承诺, 默认."""
    red = [r["source"] for r in rows if r["level"] == "红牌"]
    return {source: n for source in SOURCES if (n := red.count(source))}


def groups(rows: list[dict[str, Any]], by: str) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return the rows by department, holder or ledger; one group without a name otherwise."""
    key = ORDERS.get(by)
    ordered = sorted(rows, key=lambda r: (r[key] if key else "", r["due"], r["id"], r["clock"]))
    if not key:
        return [("", ordered)]
    names = dict.fromkeys(r[key] for r in ordered)
    return [(name, [r for r in ordered if r[key] == name]) for name in names]


def beside(
    disputes: list[dict[str, Any]],
    hidden: Sequence[Any],
    problems: list[Problem],
    standing: Sequence[dict[str, Any]] = (),
    not_judged: dict[str, int] | None = None,
    done_late: Sequence[dict[str, Any]] = (),
) -> list[tuple[str, list[str]]]:
    """Return what stands beside the list, each with its lines.

    Duties done late, secret ones, long pauses, what is not judged, disputes, unreadable files.
    """
    blocks = []
    if done_late:
        lines = [f"{d['path']}:{d['line']}: {d['text']}" for d in done_late]
        blocks.append((f"上列件中做了而做得晚的职责 {len(done_late)} 项：", lines))
    if standing:
        lines = [f"{d['path']}:{d['line']}: {d['text']}" for d in standing]
        blocks.append((f"久停 {len(standing)} 件（暂停过久，请核实）：", lines))
    if hidden:
        blocks.append((f"涉密件（举报等）超期 {len(hidden)} 项，详情请有权限的人员查看", []))
    if not_judged:
        text = unjudged_text(not_judged)
        blocks.append((f"导入的旧件，原台账没有写明起止而不计的时限：{text}", []))
    if disputes:
        lines = [f"{d['path']}:{d['line']}: {d['text']}  [{d['event']}]" for d in disputes]
        blocks.append((f"争议 {len(disputes)} 项（{DECIDES}）：", lines))
    if problems:
        files = len({p.path for p in problems})
        head = f"读不出的文件 {files} 个（其余已照常报告，修好后请重新运行）："
        blocks.append((head, [str(p) for p in problems]))
    return blocks


def waiting(rows: list[dict[str, Any]], several: bool) -> list[Waiting]:
    """Return the rows for a calendar, one event an inquiry; with ``several`` ledgers each says whose it is."""
    by_inquiry: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in sorted(rows, key=lambda r: (r["due"], r["clock"])):
        by_inquiry.setdefault((row["ledger"], row["id"]), []).append(row)
    found = []
    for (ledger, name), mine in by_inquiry.items():
        first, red = mine[0], any(r["level"] == "红牌" for r in mine)
        lines = [f"现负责：{first['holding']}"]
        for row in mine:
            standing = ("超期" if row["level"] == "红牌" else "") + row["overdue_text"]
            lines.append(limit_line(row["clock"], row["due_text"], standing, row["cited"]))
        provisional = any(r["provisional"] for r in mine)
        found.append(
            Waiting(name, first["subject"], first["due"], lines, red, provisional, ledger if several else "")
        )
    return found


def columns(several: bool) -> tuple[Any, ...]:
    """Return the columns; with ``several`` ledgers looked through, which one each row is of comes first."""
    return (("ledger", "单位"), *COLUMNS) if several else COLUMNS


def _marked(text: str, format: str) -> str:
    """Return a line of its own as markdown shows it literally; as it is in the other forms."""
    return literal(text) if format == "markdown" else text


def report(
    rows: list[dict[str, Any]], blocks: list[tuple[str, list[str]]], format: str, by: str, now: datetime,
    footer: str = "", shown: Columns = (), several: bool = False,
) -> str:  # fmt: skip
    """Return the report in table, plain or markdown; ``shown`` are the columns (all, if none are named).

    With ``several`` ledgers each row says whose it is.
    """
    parts = []
    for name, mine in groups(rows, by):
        if name and mine:
            head = _marked(safe(name), format)
            parts.append(f"## {head}\n\n" if format == "markdown" else f"【{head}】{len(mine)} 项\n")
        parts.append(listing("overdue", mine, shown or columns(several), format))
        if name or format == "markdown" and mine:
            parts.append("\n")
    parts.append(total(rows, now) + "\n")
    for head, lines in blocks:
        parts.append("\n" + head + "\n" + ("\n" if lines and format == "markdown" else ""))
        item = "- " if format == "markdown" else "  "
        parts += [f"{item}{_marked(safe(line), format)}\n" for line in lines]
    if footer:
        parts.append(f"\n{_marked(safe(footer), format)}\n")
    return "".join(parts)


def _text(text: str) -> str:
    """Return any text as HTML text: markup escaped, control and bidi characters made visible."""
    return escape(safe(text))


def page(
    title: str,
    rows: list[dict[str, Any]],
    blocks: list[tuple[str, list[str]]],
    by: str,
    now: datetime,
    footer: str,
    several: bool = False,
) -> str:
    """Return the report as one HTML page that needs nothing else: light and dark, narrow and on paper."""
    parts = [f"<h1>{_text(title)}</h1>", f"<p>{_text(total(rows, now))}</p>"]
    for name, mine in groups(rows, by):
        if name:
            parts.append(f"<h2>{_text(name)}（{len(mine)} 项）</h2>")
        if mine:
            parts.append(f"<div>{listing('overdue', mine, columns(several), 'html')}</div>")
    for head, lines in blocks:
        parts.append(f"<h2>{_text(head)}</h2>" if lines else f"<p>{_text(head)}</p>")
        if lines:
            parts.append("<ul>" + "".join(f"<li>{_text(line)}</li>" for line in lines) + "</ul>")
    if footer:
        parts.append(f"<footer>{_text(footer)}</footer>")
    body = "\n".join(parts)
    # On a narrow screen every row is a block of its own; there each value needs its title.
    titles = "".join(
        f'td:nth-child({n})::before{{content:"{title}：";display:inline}}'
        for n, (_, title) in enumerate(columns(several), 1)
    )
    titles = f"@media screen and (max-width:1100px){{{titles}}}"
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n<meta name="color-scheme" content="light dark">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{_text(title)}</title>\n<style>{_STYLE}{titles}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )
