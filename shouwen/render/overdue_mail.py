"""The overdue report as a message that is read at eight: counts first, then one item after another.

The HTML carries its looks on every element, because many mail programs drop the style sheet; what
is in the style sheet only makes it darker by night.
"""

from collections.abc import Iterator
from datetime import datetime
from html import escape
from typing import Any

from shouwen.render.overdue import groups, total
from shouwen.render.values import safe
from shouwen.render.width import wrapped

COLUMNS = 78  # of a line of the text part
_INDENT = "  "
_FONT = "font-family:'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif"
# By level: the colour of the bar and of the badge, and that of its words; both stand out by day and by night.
_BADGES = {"红牌": ("#b3261e", "#ffffff"), "黄牌": ("#f2c037", "#1c1c1c"), "": ("#5c656e", "#ffffff")}
_NIGHT = (
    "@media (prefers-color-scheme:dark){.paper{background:#15181b!important;color:#e6e8ea!important}"
    ".card{background:#20252a!important;border-top-color:#3a4149!important;border-right-color:#3a4149!important;"
    "border-bottom-color:#3a4149!important;color:#e6e8ea!important}"
    ".soft{color:#b4bbc2!important}}"
)

Blocks = list[tuple[str, list[str]]]


def _facts(row: dict[str, Any], several: bool) -> list[str]:
    """Return who (and of ``several`` offices which), then when, a line each; what is empty is left out."""
    office = row["ledger"] if several else ""
    who = (
        ("单位", office),
        ("现负责", row["holding"]),
        ("首问", row["first_asked"]),
        ("服务对象", row["inquirer"]),
    )
    when = (("到期", row["due_text"]), ("到期时负责", row["held"]), ("条款", row["cited"]))
    return ["；".join(f"{title} {value}" for title, value in line if value) for line in (who, when)]


def _state(row: dict[str, Any]) -> str:
    """Return what is late and by how much."""
    by = row["overdue_text"]
    return f"{row['clock']}{'超期 ' if row['level'] == '红牌' else ''}{by}" if by else row["clock"]


def text_part(
    title: str, rows: list[dict[str, Any]], blocks: Blocks, by: str, now: datetime, footer: str,
    several: bool = False,
) -> str:  # fmt: skip
    """Return the text part: counts, then the items by group, then what stands beside; no line over 78 columns."""
    lines = [title, total(rows, now), *(head.rstrip("：") for head, _ in blocks)]
    for name, mine in groups(rows, by):
        lines.append("")
        if name:
            lines += [f"【{name}】{len(mine)} 项", ""]
        for row in mine:
            lines.append(f"{row['id']}  {row['level'] or '在办'}  {_state(row)}")
            lines.append(f"{_INDENT}{row['subject']}")
            lines += [_INDENT + line for line in _facts(row, several)]
    for head, found in blocks:
        if found:
            lines += ["", head, *(f"{_INDENT}{line}" for line in found)]
    if footer:
        lines += ["", footer]
    return "".join(f"{piece}\n" for line in lines for piece in _folded(safe(line)))


def _folded(line: str) -> Iterator[str]:
    """Yield a line in pieces of at most 78 columns, the later ones indented as the first."""
    indent = line[: len(line) - len(line.lstrip(" "))]
    for n, piece in enumerate(wrapped(line.lstrip(" "), COLUMNS - len(indent) - 2)):
        yield f"{indent}{'  ' if n else ''}{piece}"


def html_part(
    title: str, rows: list[dict[str, Any]], blocks: Blocks, by: str, now: datetime, footer: str,
    several: bool = False,
) -> str:  # fmt: skip
    """Return the HTML part: a card for each item, whole at any width, with or without a style sheet."""
    parts = [
        f'<h1 style="font-size:20px;line-height:1.4;margin:0 0 4px">{_esc(title)}</h1>',
        f'<p style="font-size:16px;font-weight:bold;margin:0 0 4px">{_esc(total(rows, now))}</p>',
        *(f'<p style="margin:0 0 4px">{_esc(head.rstrip("："))}</p>' for head, _ in blocks),
    ]
    for name, mine in groups(rows, by):
        if name:
            parts.append(f'<h2 style="font-size:17px;margin:20px 0 8px">{_esc(name)}（{len(mine)} 项）</h2>')
        parts += [_card(row, several) for row in mine]
    for head, found in blocks:
        if found:
            items = "".join(f'<li style="margin:0 0 4px">{_esc(line)}</li>' for line in found)
            parts.append(f'<h2 style="font-size:17px;margin:20px 0 8px">{_esc(head)}</h2>')
            parts.append(f'<ul style="margin:0;padding-left:20px">{items}</ul>')
    if footer:
        parts.append(
            f'<p class="soft" style="font-size:13px;color:#595959;margin:20px 0 0">{_esc(footer)}</p>'
        )
    body = "\n".join(parts)
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{_esc(title)}</title>\n<style>{_NIGHT}</style>\n</head>\n"
        '<body class="paper" style="margin:0;padding:0;background:#ffffff;color:#1c2024">\n'
        f'<div class="paper" style="max-width:720px;margin:0 auto;padding:16px;font-size:15px;line-height:1.6;{_FONT};'
        f'background:#ffffff;color:#1c2024;overflow-wrap:anywhere;word-break:break-word">\n{body}\n</div>\n</body>\n</html>\n'
    )


def _card(row: dict[str, Any], several: bool) -> str:
    """Return one item. A table of one cell, because that keeps its bar and its padding in every mail program."""
    bar, ink = _BADGES.get(row["level"], _BADGES[""])
    facts = "<br>".join(map(_esc, _facts(row, several)))
    return (
        f'<table role="presentation" class="card" width="100%" style="width:100%;table-layout:fixed;border-collapse:separate;border-spacing:0;'
        f'margin:0 0 12px;background:#f6f7f8;color:#1c2024;border:1px solid #c9ced4;border-left:6px solid {bar}"><tr>'
        '<td style="padding:8px 12px;text-align:left;vertical-align:top">'
        f'<span style="white-space:nowrap;font-weight:bold">{_esc(row["id"])}</span> '
        f'<span style="white-space:nowrap;background:{bar};color:{ink};padding:1px 8px">{_esc(row["level"] or "在办")}</span> '
        f"<span>{_esc(_state(row))}</span>"
        f'<div style="font-size:16px;font-weight:bold;margin:2px 0">{_esc(row["subject"])}</div>'
        f'<div class="soft" style="color:#4a525a">{facts}</div></td></tr></table>'
    )


def _esc(text: str) -> str:
    """Return any text as HTML text: markup escaped, control and bidi characters made visible."""
    return escape(safe(str(text)))
