"""What spoilt a YAML file that people write: the nearest mend with which it reads on, tried and not guessed.

A parser says where it stumbled, which may be lines below the slip; and a full-width comma or
quote is good text nearly everywhere. So each likely mend is made, nearest the stumble first,
and the first after which the file reads past that place names the slip.
"""

import re
from collections.abc import Iterator

from shouwen.store.yaml_signs import TOO_MUCH, Sign, on_line

_NEAR = 12  # lines above the stumble that are looked at for what is no sign
_TRIES = 40  # mends tried for one file: each reads it anew
_PAST = 20  # lines past the stumble that must read
_HALF = str.maketrans("：，“”„‘’＂＇【】〔〕［］｛｝＃", ':,"""\'\'"\'[][][]{}#')
_INSTEAD = {"：": ": ", "，": ", ", "－": "- ", ":": ": ", "\t": " "}
_PAIRS = (("[", "]"), ("{", "}"))
Mend = tuple[str, Sign]  # the line mended, and what was wrong with it


def slip(text: str, line: int) -> Sign | None:
    """Return what keeps a text from reading on at a line, with its own place; None where nothing helps."""
    rows = text.split("\n")
    tries = 0
    for kind, near in ((_signs, line), (_quotes, line), (_brackets, _NEAR), (_colons, _NEAR), (_indents, 2)):
        for number in range(min(line, len(rows)), max(0, line - near - 1), -1):
            for row, sign in kind(rows, number):
                tries += 1
                if tries > _TRIES:
                    return None
                if _reads_on([*rows[: number - 1], row, *rows[number:]], line):
                    return sign
    return None


def _reads_on(rows: list[str], line: int) -> bool:
    """Return whether rows read past a line as YAML."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        for event in YAML(typ="safe", pure=True).parse("\n".join(rows)):
            if event.start_mark.line > line + _PAST:
                return True
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if "end of stream" in (error.problem or "") and error.context_mark:
            mark = error.context_mark
        return bool(mark) and mark.line + 1 > line
    except (YAMLError, RecursionError, ValueError):
        return False
    return True


def _bare(row: str) -> str:
    """Return a row without its comment."""
    return "" if row.lstrip()[:1] == "#" else re.sub(r"\s#.*", "", row)


def _signs(rows: list[str], number: int) -> Iterator[Mend]:
    """Yield the row with its full-width signs, tabs and missing blanks mended."""
    row = rows[number - 1]
    if not (sign := on_line(row, number)):
        return
    start = len(row) - len(row.lstrip())
    places = [start]
    if row[:start].strip(" "):  # a tab, a full-width blank: as the next line, as the last, or one level in
        above, below = (len(x) - len(x.lstrip()) for x in ((["", *rows])[number - 1], ([*rows, ""])[number]))
        places = [below, above, above + 2]
    at = sign.column - 1
    typed = row[at : at + 1]
    one = _INSTEAD.get(typed, typed.translate(_HALF)) if sign.hint != TOO_MUCH else ""
    if at >= start:
        yield row[:at] + one + row[at + 1 :], sign
    for half in (_HALF, _HALF | str.maketrans("【】〔〕［］", "{}{}{}")):
        text = re.sub(r":(?=[^\s/\d,}\]])", ": ", row[start:].translate(half).replace("－", "- ", 1))
        text = re.sub(r",(?=\S)", ", ", text)
        yield from ((" " * place + text, sign) for place in dict.fromkeys(places))


def _quotes(rows: list[str], number: int) -> Iterator[Mend]:
    """Yield the row with a quote that has no partner given one, or taken out."""
    row = rows[number - 1]
    for quote in "\"'":
        if _bare(row).replace("\\" + quote, "").count(quote) % 2:
            at = row.rindex(quote)
            sign = Sign(number, at + 1, "的引号没有配对", "补上另一个引号")
            yield row + quote, sign
            yield row[:at] + row[at + 1 :], sign


def _brackets(rows: list[str], number: int) -> Iterator[Mend]:
    """Yield the row with a bracket closed, opened or taken out."""
    row = _bare(rows[number - 1])
    for opening, closing in _PAIRS:
        more = row.count(opening) - row.count(closing)
        if more == 1:
            sign = Sign(number, row.rindex(opening) + 1, f"的 {opening} 没有配对", f"补上 {closing}")
            ends = [len(row), *(found.start() for found in re.finditer(r"[,}\]]", row))]
            yield from ((row[:end] + closing + row[end:], sign) for end in ends if end > sign.column)
        elif more == -1:
            at = row.rindex(closing)
            sign = Sign(number, at + 1, f"的 {closing} 没有配对", f"补上 {opening}，或去掉")
            yield row[:at] + row[at + 1 :], sign
            starts = [found.end() for found in re.finditer(r": |- |^\s*", row)]
            yield from ((row[:start] + opening + row[start:], sign) for start in starts)


def _colons(rows: list[str], number: int) -> Iterator[Mend]:
    """Yield the row with a colon put in, or a blank after one, or what follows it in quotes."""
    row = rows[number - 1]
    if found := re.match(r"\s*(?:- )?(?:\"[^\"]*\"|'[^']*'|[^\s:\"'#{\[]+)(:)(?=\S)", row):
        at = found.start(1)
        yield (
            row[: at + 1] + " " + row[at + 1 :],
            Sign(number, at + 1, "的冒号后面缺一个空格", "冒号后面加一个空格，如 name: 张三"),
        )
    if found := re.match(r"\s*(?:- )?(?:\"[^\"]*\"|'[^']*'|[^\s:\"'#{\[]+)()(?:\s|$|：)", row):
        at = found.start(1)
        rest = row[at:].lstrip("： ")
        yield f"{row[:at]}: {rest}", Sign(number, at + 1, "缺一个冒号", "键后面写半角冒号加一个空格")
    if found := re.match(r"(\s*(?:- )?[^\s:]+: )([^\"'{\[].*)$", row):
        sign = Sign(number, len(found[1]) + 1, "起的文字里有冒号", "给文字加上引号")
        yield found[1] + '"' + found[2].replace('"', "") + '"', sign


def _indents(rows: list[str], number: int) -> Iterator[Mend]:
    """Yield the row moved to where its neighbours begin, or by a blank or two."""
    row = rows[number - 1]
    start = len(row) - len(row.lstrip())
    beside = [
        x for x in (*rows[max(0, number - 3) : number - 1], *rows[number : number + 1]) if _bare(x).strip()
    ]
    places = [len(x) - len(x.lstrip()) for x in beside[::-1]] + [start - 1, start + 1, start - 2, start + 2]
    sign = Sign(number, start + 1, "起的内容与同一层的没有对齐", f"现在缩进 {start} 格；与同一层的上一行对齐")
    for place in dict.fromkeys(places):
        if place != start and place >= 0 and _bare(row).strip():
            yield " " * place + row.lstrip(), sign
