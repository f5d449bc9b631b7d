"""Forms as text for a terminal and as markdown; ``render/forms/html.py`` has them as printed sheets."""

from collections.abc import Sequence

from shouwen.render.fit import folded
from shouwen.render.forms.catalogue import Form
from shouwen.render.forms.html import printed
from shouwen.render.forms.layout import DATE, Box
from shouwen.render.forms.registers import Register
from shouwen.render.values import literal, safe
from shouwen.render.width import padded, width, wrapped

FORMATS = ("text", "markdown", "html")
LABEL, VALUE = 12, 21  # columns of a half row; two of them and their borders make 79
WHOLE = 2 * VALUE + LABEL + 6
STAMP = "（盖章）"
WIDEST = 18  # columns of a list's cell before it goes on in the next line


def shown(form: Form | Register, style: str, most: int = 0) -> str:
    """Return the form as ``text``, ``markdown`` or ``html``; text for a screen of ``most`` columns, 0 for paper."""
    if style == "html":
        return printed(form)
    if style == "markdown":
        return _markdown(form)
    return _text(form, most) if isinstance(form, Form) else _list(form, most)


# Text: every cell is (its lines, its width), every row a list of cells.
Cells = list[tuple[list[str], int]]


def _drawn(rows: Sequence[Cells]) -> str:
    """Draw rows of cells with borders; where the columns of two rows differ, both show in the line."""

    def borders(row: Cells) -> set[int]:
        places, at = {0}, 0
        for _, columns in row:
            at += columns + 3
            places.add(at)
        return places

    def rule(places: set[int]) -> str:
        return "".join("+" if n in places else "-" for n in range(max(places) + 1))

    lines: list[str] = []
    above: set[int] = set()
    for row in rows:
        own = borders(row)
        lines.append(rule(above | own))
        for n in range(max(len(texts) for texts, _ in row)):
            parts = (padded(texts[n] if n < len(texts) else "", columns) for texts, columns in row)
            lines.append("| " + " | ".join(parts) + " |")
        above = own
    lines.append(rule(above))
    return "\n".join(lines)


def _cells(box: Box, columns: int) -> Cells:
    lines = wrapped(safe(box.value, lines=True), columns)
    lines += [""] * (box.lines - len(lines))
    if box.foot:
        if lines[-1]:
            lines.append("")
        lines[-1:] = [padded(line.strip(), columns, "right") for line in wrapped(safe(box.foot), columns)]
    return [(wrapped(safe(box.label, lines=True), LABEL), LABEL), (lines, columns)]


def _text(form: Form, most: int) -> str:
    total = LABEL + WHOLE + 7
    boxes: Sequence[Sequence[Box]] = form.rows
    if most and most < total:  # on a narrow screen no box stands beside another
        total = max(most, 2 * LABEL)
        boxes = [(box,) for row in form.rows for box in row]
    whole = total - LABEL - 7
    rows = [[c for box in row for c in _cells(box, VALUE if len(row) > 1 else whole)] for row in boxes]
    number = f"编号：{form.id}"
    sheet_number = f"单号：{safe(form.number) or '＿' * 8}"
    between = max(2, total - width(number) - width(sheet_number))
    lines = [
        *(padded(line, total, "center").rstrip() for line in wrapped(safe(form.office), total)),
        padded(form.title, total, "center").rstrip(),
        "",
        number + " " * between + sheet_number,
        _drawn(rows),
        *(line for note in form.notes for line in wrapped(f"注：{note}", total)),
        "",
        padded(f"{safe(form.office)}{STAMP}", total, "right"),
        padded(form.dated, total, "right"),
    ]
    return "\n".join(lines) + "\n"


def _list(form: Register, most: int) -> str:
    titles = [column.title for column in form.columns]
    texts = [[safe(value, lines=True) for value in row] for row in form.rows]
    widths = [
        min(WIDEST, max(width(line) for row in (titles, *texts) for line in row[n].split("\n")))
        for n in range(len(titles))
    ]
    rows = [[(wrapped(t, w), w) for t, w in zip(row, widths, strict=True)] for row in (titles, *texts)]
    total = sum(widths) + 3 * len(widths) + 1
    drawn = _drawn(rows)
    if most and most < total:  # one after another, nothing left out
        total = most
        keys = [(str(n), title) for n, title in enumerate(titles)]
        items = [{str(n): value for n, value in enumerate(row)} for row in texts]
        drawn = folded(items, keys, most).removesuffix("\n")
    lines = [
        padded(safe(form.office), total, "center").rstrip(),
        padded(form.title, total, "center").rstrip(),
        f"期间：{form.period}",
        drawn,
        *form.notes,
        "",
        f"制表人：＿＿＿＿＿＿　审核人：＿＿＿＿＿＿　{STAMP}　{DATE}",
    ]
    return "\n".join(lines) + "\n"


def _marked(text: str) -> str:
    """Return text of which markdown, and HTML within it, makes nothing; its lines kept."""
    return literal(safe(text, lines=True)).replace("\n", "<br>")


def _piped(rows: Sequence[Sequence[str]]) -> list[str]:
    head, *body = [f"| {' | '.join(row)} |" for row in rows]
    return [head, "|" + " --- |" * len(rows[0]), *body]


def _markdown(form: Form | Register) -> str:
    lines = [f"# {_marked(form.office)}", "", f"## {form.title}", ""]
    if isinstance(form, Register):
        lines += [f"期间：{form.period}", ""]
        lines += _piped([[c.title for c in form.columns], *([_marked(v) for v in r] for r in form.rows)])
        lines += ["", *form.notes, "", f"制表人：　　　　　审核人：　　　　　{STAMP}　{DATE}"]
        return "\n".join(lines) + "\n"
    lines += [f"编号：{form.id}　单号：{_marked(form.number)}", ""]
    boxes = [box for row in form.rows for box in row]
    values = (" ".join(filter(None, (_marked(b.value), b.foot))) for b in boxes)
    labels = (b.label.replace("\n", "") for b in boxes)
    lines += _piped([("项目", "内容"), *zip(labels, values, strict=True)])
    lines += ["", *(f"注：{note}" for note in form.notes), *([""] if form.notes else [])]
    lines += [f"{_marked(form.office)}{STAMP}　{form.dated}"]
    return "\n".join(lines) + "\n"
