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
_BLANK = "冒号后面加一个空格，如 name: 张三"
_INDENT = "缩进只用半角空格"
# A sign that begins a value (or ends it, for a bracket), and how it is called and mended.
_AT_VALUE = {
    **dict.fromkeys("“”„", ("全角引号", _QUOTE)), **dict.fromkeys("‘’", ("全角引号", _QUOTE)),
    **dict.fromkeys("＂＇", ("全角引号", _QUOTE)), **dict.fromkeys("【】〔〕［］｛｝", ("全角括号", _BRACKET)),
    "－": ("全角减号", "改成半角减号加一个空格（- ）"), "＃": ("全角井号", "改成半角 #"),
}  # fmt: skip
_KEY = r"[^\s:：,，{}\[\]\"'#]{1,40}"
_WIDE_DIGIT = re.compile("[０-９]")
_QUOTED = re.compile(r'"(?:[^"\\\n]|\\.)*"')


def odd_sign(text: str, line: int = 0) -> Sign | None:
    """Return the sign that most likely spoilt a text: on the line of the fault, else the nearest above, else any."""
    lines = text.split("\n")
    order = [*range(min(line, len(lines)), 0, -1), *range(line + 1, len(lines) + 1)]
    for number in order:
        if found := on_line(lines[number - 1], number):
            return found
    for number, row in enumerate(lines[:line], 1):
        if row.replace('\\"', "").count('"') % 2 and row.lstrip()[:1] != "#":
            return Sign(number, row.rindex('"') + 1, "的引号没有配对", "补上另一个引号")
    return None


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
    if found := re.match(rf"\s*(?:- )?{_KEY}(：)", bare):
        yield found.start(1), "是全角冒号 ：", _COLON
    elif found := re.match(r"\s*(?:- )?([A-Za-z_一-鿿]\w*)(:)(?=[^\s/:\d])", bare):
        yield found.start(2), "的冒号后面缺一个空格", _BLANK
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

    The keys that there are stay in the hint.
    """
    lines = text.split("\n")
    line = lines[problem.line - 1] if 0 < problem.line <= len(lines) else ""
    sign = on_line(line, problem.line) or wide_digit(line, problem.line, problem.text)
    if not sign:
        return problem
    keys = f"；{problem.hint}" if "键" in problem.hint else ""
    return replace(problem, text=f"{problem.text}（{sign}）", hint=f"{sign.hint}{keys}")


def quoted_wide(text: str) -> Iterator[Sign]:
    """Yield values that full-width quotes enclose: they read well, and the quotes become part of the name."""
    for number, line in enumerate(text.split("\n"), 1):
        bare = line if line.lstrip()[:1] != "#" else ""
        for found in re.finditer(r"(?:: +|- |[\[{,] *)([“‘＂])[^“”‘’＂\n]*[”’＂]\s*(?=[,}\]]|$|\s#)", bare):
            yield Sign(number, found.start(1) + 1, f"是全角引号 {found[1]} ，会成为内容的一部分", _QUOTE)
