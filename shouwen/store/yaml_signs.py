"""What people type where YAML wants a half-width sign: full-width signs, tabs, a colon without a blank.

Only a file that cannot be read is looked at: in a text each of these signs is as good as any other.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from msgspec.structs import replace

from shouwen.core.errors import Problem


@dataclass(frozen=True)
class Sign:
    """A sign that stands where it cannot, with its place (from 1) and how to mend it."""

    line: int
    column: int
    text: str
    hint: str

    def __str__(self) -> str:
        return f"第 {self.column} 列{self.text}"


_COLON = "改成半角冒号加一个空格，如 name: 张三"
_COMMA = "改成半角逗号加一个空格"
_QUOTE = "去掉，或改成半角引号"
_BRACKET = "改成半角的 [ ] 或 { }"
TOO_MUCH = "去掉"  # the mend of a sign behind a value
_BLANK = "冒号后面加一个空格，如 name: 张三"
_INDENT = "缩进只用半角空格"
# A sign that begins a value (or ends it, for a bracket), and how it is called and mended.
_AT_VALUE = {
    **dict.fromkeys("“”„", ("全角引号", _QUOTE)), **dict.fromkeys("‘’", ("全角引号", _QUOTE)),
    **dict.fromkeys("＂＇", ("全角引号", _QUOTE)), **dict.fromkeys("【】〔〕［］｛｝", ("全角括号", _BRACKET)),
    "－": ("全角减号", "改成半角减号加一个空格（- ）"), "＃": ("全角井号", "改成半角 #"),
}  # fmt: skip
_KEY = r"[^\s:：,，{}\[\]\"'#]{1,40}"
_OF_TEXTS = (_QUOTE, _BRACKET, _COMMA)  # signs that may stand in a text
_WIDE_DIGIT = re.compile("[０-９]")
_QUOTED = re.compile(r'"(?:[^"\\\n]|\\.)*"')


def odd_sign(text: str, line: int = 0) -> Sign | None:
    """Return the sign that most likely spoilt a text: on the line of the fault, else the nearest above, else any.

    On another line than that of the fault a sign within a value is a text's own; what is left are signs that
    no line may have.
    """
    lines = text.split("\n")
    line = min(line, len(lines))
    own = on_line(lines[line - 1], line) if line else None
    if own and own.hint not in _OF_TEXTS:
        return own
    if opened := _unpaired(lines[:line]):
        return opened
    inside = _block_texts(lines)
    if own:  # a key without its colon is noticed on the line that follows
        before = on_line(lines[line - 2], line - 1) if line > 1 and line - 1 not in inside else None
        return before if before and before.hint not in _OF_TEXTS else own
    for number in (*range(line - 1, 0, -1), *range(line + 1, len(lines) + 1)):
        found = on_line(lines[number - 1], number)
        if (
            found
            and number not in inside
            and (found.hint not in _OF_TEXTS or number < line and _opens(lines[number - 1]))
        ):
            return found
    return None


def _opens(row: str) -> bool:
    """Return whether a line opens a bracket that it does not close: what spoils it is noticed further down."""
    bare = _QUOTED.sub("", row)
    return sum(bare.count(sign) for sign in "[{") != sum(bare.count(sign) for sign in "]}")


def _unpaired(lines: list[str]) -> Sign | None:
    """Return the quote that was opened and never closed, if one was; a text of several lines has both."""
    odd = [
        n for n, row in enumerate(lines) if row.replace('\\"', "").count('"') % 2 and row.lstrip()[:1] != "#"
    ]
    if len(odd) % 2 == 0:
        return None
    return Sign(odd[-1] + 1, lines[odd[-1]].rindex('"') + 1, "的引号没有配对", "补上另一个引号")


def _block_texts(lines: list[str]) -> set[int]:
    """Return the numbers of the lines that are text under a | or >: whatever stands there is as it should be."""
    found, depth = set(), -1
    for number, row in enumerate(lines, 1):
        indent = len(row) - len(row.lstrip())
        if depth >= 0 and (indent > depth or not row.strip()):
            found.add(number)
        else:
            depth = indent if re.search(r"[:-] +[|>][-+0-9]*\s*(#.*)?$", row) else -1
    return found


def on_line(line: str, number: int) -> Sign | None:
    """Return the first sign of a line that cannot stand where it does; quoted texts are passed over."""
    if line.lstrip().startswith("#"):
        return None
    bare = _QUOTED.sub(lambda found: '"' + "x" * (len(found[0]) - 2) + '"', line)
    bare = re.sub(r"(?<=\s)#.*", "", bare)
    found = sorted(_signs(bare), key=lambda sign: sign[0])
    return Sign(number, found[0][0] + 1, *found[0][1:]) if found else None


def _signs(bare: str) -> Iterator[tuple[int, str, str]]:
    """Yield (column from 0, what stands there, how to mend it)."""
    indent = bare[: len(bare) - len(bare.lstrip())]
    for n, sign in enumerate(indent):
        if sign != " ":
            yield n, "缩进用了制表符" if sign == "\t" else "缩进用了全角空格", _INDENT
            break
    if found := re.match(rf"\s*(?:- )?{_KEY}:(\t)|\s*-(\t)", bare):
        yield found.start(found.lastindex or 0), "是制表符", "改成一个半角空格"
    if found := re.search(r"[\"}\]]\s*([，；。、])\s*$|: +\d+([，；。、])\s*$", bare):
        sign = found[found.lastindex or 0]
        yield found.start(found.lastindex or 0), f"多了 {sign}", TOO_MUCH
    if found := re.match(rf"\s*(?:- )?{_KEY}(：)", bare):
        yield found.start(1), "是全角冒号 ：", _COLON
    elif found := re.match(
        r"\s*(?:- )?([A-Za-z_一-鿿]\w*)(:)(?=[^\s/:\d])|\s*([A-Za-z_一-鿿]+)(:)(?=\d+\s*$)", bare
    ):
        yield found.start(found.lastindex or 0), "的冒号后面缺一个空格", _BLANK
    for found in re.finditer(r"(?:^\s*|: *|- |[\[{,，：] *)([“”„‘’＂＇【〔［｛－＃])", bare):
        name, hint = _AT_VALUE[found[1]]
        yield found.start(1), f"是{name} {found[1]} ".rstrip(), hint
    if opened := re.search(r"[\[{【｛［]", bare):
        rest = bare[opened.end() :]
        for found in re.finditer(rf"(?:^|[,，{{\[]) *{_KEY}(：)", rest):
            yield opened.end() + found.start(1), "是全角冒号 ：", _COLON
        for found in re.finditer(r"，", rest):
            yield opened.end() + found.start(), "是全角逗号 ，", _COMMA
        for found in re.finditer(r"(?:^|[,{\[]) *[A-Za-z_一-鿿]\w*(:)(?=[^\s/,}\]\d])", rest):
            yield opened.end() + found.start(1), "的冒号后面缺一个空格", _BLANK


def wide_digit(line: str, number: int, said: str) -> Sign | None:
    """Return the first full-width digit in the value that a problem's text names, in “…”, where it wants a number."""
    name, quote, rest = said.partition("“")[2].partition("”")
    if not quote or not rest.startswith(("应是整数", "应是数", "应是 0 到", "不是合法的时间")):
        return None
    start = max(0, line.find(name.rpartition(".")[2]))
    found = _WIDE_DIGIT.search(line, start) or _WIDE_DIGIT.search(line)
    return Sign(number, found.start() + 1, f"是全角数字 {found[0]}", "改成半角数字") if found else None


def with_sign(problem: Problem, text: str) -> Problem:
    """Return a problem of a value, with the full-width sign on its line where there is one: the usual cause.

    The keys that there are stay in the hint. A key that is not known is named with its column.
    """
    lines = text.split("\n")
    line = lines[problem.line - 1] if 0 < problem.line <= len(lines) else ""
    sign = on_line(line, problem.line) or wide_digit(line, problem.line, problem.text)
    if not sign:
        return _with_column(problem, line)
    keys = f"；{problem.hint}" if "键" in problem.hint else ""
    return replace(problem, text=f"{problem.text}（{sign}）", hint=f"{sign.hint}{keys}")


def _with_column(problem: Problem, line: str) -> Problem:
    """Return the problem of an unknown key with its column; as it is where that key stands twice on its line."""
    key = re.match("不认识的键“(.*)”$", problem.text)
    if not key:
        return problem
    escaped = rf"(?:^|[\s{{,\[])([\"']?{re.escape(key[1])}[\"']?) *:(?=\s|$)"
    places = list(re.finditer(escaped, line))
    if len(places) != 1:
        return problem
    return replace(problem, text=f"第 {places[0].start(1) + 1} 列是{problem.text}")


def quoted_wide(text: str) -> Iterator[Sign]:
    """Yield values that full-width quotes enclose: they read well, and the quotes become part of the name."""
    for number, line in enumerate(text.split("\n"), 1):
        bare = line if line.lstrip()[:1] not in ("#", "") else ""
        for found in re.finditer(r"(?:: +|- |[\[{,] *)([“‘＂])[^“”‘’＂\n]*[”’＂]\s*(?=[,}\]]|$|\s#)", bare):
            yield Sign(number, found.start(1) + 1, f"是全角引号 {found[1]} ，会成为内容的一部分", _QUOTE)


def with_quotes(problem: Problem, text: str) -> Problem:
    """Return a problem of what a value says, with the full-width quotes around it where there are such: the cause."""
    found = next((sign for sign in quoted_wide(text) if sign.line == problem.line), None)
    return (
        replace(problem, text=f"{problem.text}（第 {found.column} 列是全角引号）", hint=found.hint)
        if found
        else problem
    )


def run_together(text: str) -> Iterator[Sign]:
    """Yield what reads well as one name or word and was meant otherwise: items parted by ， or 、, a wide blank before a key."""
    lines = text.split("\n")
    inside = _block_texts(lines)
    for number, line in enumerate(lines, 1):
        if number in inside or line.lstrip()[:1] in ("#", ""):
            continue
        if found := re.match(r" *(\u3000)", line):
            yield Sign(number, found.start(1) + 1, "是全角空格，会成为名称的一部分", _INDENT)
        bare = _QUOTED.sub(lambda found: '"' + "x" * (len(found[0]) - 2) + '"', line)
        for listed in re.finditer(r"(?<=: )\[[^\[\]{}]*\]", bare):
            for sign in re.finditer("[，、；]", listed[0]):
                yield Sign(number, listed.start() + sign.start() + 1,
                           f"是“{sign[0]}”，前后成了一项", "几项之间用半角逗号；本是一项的，给它加上引号")  # fmt: skip
