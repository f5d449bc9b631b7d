"""Reading what people write in YAML: strictly, with lines, and fast where it is plain.

``load`` first tries a reader of the plain subset that the starter files are written in (block
mappings and lists, one-line flow values, comments). Whatever it does not know for certain it
leaves to ruamel.yaml, which also supplies the place of every error; a test holds the two equal.
The reason is start-up: ruamel.yaml costs more than the whole rest of a command.

Scalars are typed here, once for both readers: true, false, null, plain integers and decimals;
anything else is text. So 0631 stays 0631 and 2026-11-23 stays as written.
"""

import re
from typing import Any

from msgspec import DecodeError, json

from shouwen.core.errors import BadData, Problem

LARGEST = 1 << 20
LARGEST_ODD = 1 << 18  # of what only ruamel.yaml reads, at about a fifth of a megabyte in a second
DEEPEST = 16
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}


def scalar(text: str) -> Any:
    """Return the value of a plain scalar: a word of YAML 1.2's core, a simple number, or the text."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] in "-0123456789" and _NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text) if len(text) < 19 else text
    return text


class NotPlain(Exception):
    """The text is outside the plain subset: not wrong, only not for this reader."""


_WORD = r"""[^\s\[\]{},:"'#&*!|>%@`?\-][^\[\]{},:"'#]*"""
_KEY = rf'"[^"\\]+"|{_WORD}'
_LINE = re.compile(rf"( *)((?:- )*)(?:({_KEY}):(?= |$))? *(.*)")
_PAIRS = re.compile(rf'{{((?:{_WORD}: (?:{_WORD}|"[^"\\,:]*")(?:, |(?=}})))+)}}\s*')
_FLOW = rf'\s*(?:("(?:[^"\\\x00-\x1f]++|\\.)*+")|([\[\]{{}},]|:(?= ))|({_WORD}))'
# Days of a calendar, one a line: read in one go, as there may be tens of thousands.
_DAYS = re.compile(r"(?m)^( *)- [0-9]{4}-[0-9]{2}-[0-9]{2}\n(?:\1- [0-9]{4}-[0-9]{2}-[0-9]{2}\n)+")
_PLAIN_WORD = 3  # the group of a plain word
# Blanks and control characters that YAML and Python take differently.
_ODD = re.compile(r"[^\S \n]|[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
_PLAIN = re.compile(r"""[^\s\[\]{},:"'#&*!|>%@`?\-](?:[^:#\n]|:(?! |$)|(?<! )#)*""")


def _flow(text: str) -> Any:
    """Return a one-line flow value, through JSON: plain words get their quotes."""
    if simple := _PAIRS.fullmatch(text):
        return _pairs(simple[1])
    if "\\" in text:  # YAML and JSON escape differently
        raise NotPlain
    out, at = [], 0
    for token in re.finditer(_FLOW, text):
        if token.start() != at:
            break
        at = token.end()
        word = token[token.lastindex or 0]
        if token.lastindex == _PLAIN_WORD:
            word = word.strip()
            value = word if text.startswith(": ", at) else scalar(word)
            # A plain word holds no quote and no backslash; any control character fails below.
            word = f'"{word}"' if isinstance(value, str) else json.encode(value).decode()
        out.append(word)
    if text[at:].strip() and not re.match(r"\s+#", text[at:]):
        raise NotPlain
    try:
        value = json.decode("".join(out))
    except (DecodeError, RecursionError):
        raise NotPlain from None
    if _keys(value) != out.count(":"):  # JSON takes the last of two equal keys
        raise NotPlain
    return value


def _pairs(text: str) -> dict[str, Any]:
    """Return the pairs of a mapping of words and quoted texts without comma or colon: nearly every one."""
    pairs = [pair.partition(": ") for pair in text.split(", ")]
    found = {
        key.strip(): value[1:-1] if value[0] == '"' else scalar(value.strip()) for key, _, value in pairs
    }
    if len(found) < len(pairs):
        raise NotPlain
    return found


def _keys(value: Any, level: int = 0) -> int:
    """Return how many keys a flow value has at all depths."""
    if level > DEEPEST // 2:
        raise NotPlain
    if isinstance(value, dict):
        return len(value) + sum(_keys(v, level + 1) for v in value.values())
    return sum(_keys(v, level + 1) for v in value) if isinstance(value, list) else 0


def _value(text: str) -> Any:
    if text[0] in '[{"':
        return _flow(text)
    plain = _PLAIN.match(text)
    if not plain or text[plain.end() :].strip() and not re.match(r"\s+#", text[plain.end() :]):
        raise NotPlain
    return scalar(plain.group().strip())


class _Plain:
    """The plain subset, line by line."""

    def __init__(self, text: str):
        self.lines: list[tuple[int, str | None, str | None, str | list[str]]] = []
        at = 0
        for days in _DAYS.finditer(text):
            self._take(text[at : days.start()])
            at, depth = days.end(), len(days[1])
            self.lines.append((depth, "-", None, [line[depth + 2 :] for line in days[0].splitlines()]))
        self._take(text[at:])
        self.at = 0

    def _take(self, text: str) -> None:
        for line in text.split("\n"):
            bare = line.strip()
            if not bare or bare[0] == "#":
                continue
            if bare in ("---", "...") or bare.startswith("%"):
                raise NotPlain
            parts = _LINE.fullmatch(line)
            assert parts  # any line fits
            spaces, dashes, key, rest = parts.groups()
            if len(dashes) > 2:
                raise NotPlain
            if rest.startswith("#"):
                rest = ""
            depth = len(spaces)
            if dashes:
                self.lines.append((depth, "-", None, "" if key else rest))
                depth += 2
                if not key:
                    continue
            elif not key:
                raise NotPlain
            self.lines.append((depth, None, key[1:-1] if key[0] == '"' else key.strip(), rest))

    def block(self, depth: int, level: int = 0) -> Any:
        """Return the mapping or list whose lines stand at ``depth``.

        Raises:
            NotPlain: it is nested deeper than this reader goes.
        """
        if level > DEEPEST // 2:
            raise NotPlain
        is_list = self.lines[self.at][1] is not None
        found: Any = [] if is_list else {}
        while self.at < len(self.lines):
            here, dash, key, rest = self.lines[self.at]
            if here < depth or here == depth and not is_list and dash:
                break
            if here > depth or (dash is not None) != is_list or key in found and not is_list:
                raise NotPlain
            self.at += 1
            if isinstance(rest, list):
                found += rest
                continue
            value = _value(rest) if rest else self._below(depth, is_list, level)
            if is_list:
                found.append(value)
            else:
                found[key] = value
        return found

    def _below(self, depth: int, is_list: bool, level: int) -> Any:
        if self.at < len(self.lines):
            here, dash, *_ = self.lines[self.at]
            if here > depth or here == depth and dash and not is_list:
                return self.block(here, level + 1)
        return None


def plain(text: str) -> Any:
    """Return the value of a text in the plain subset; NotPlain if it is anything else.

    Raises:
        NotPlain: the text has something that this quick reader leaves to ruamel.yaml.
    """
    if _ODD.search(text):
        raise NotPlain
    reader = _Plain(text)
    if not reader.lines:
        raise NotPlain
    if reader.lines[0][0] != 0:
        raise NotPlain
    value = reader.block(0)
    if reader.at != len(reader.lines):
        raise NotPlain
    return value


Lines = dict[tuple[Any, ...], int]


def _fault(path: str, line: int, text: str, hint: str = "") -> BadData:
    return BadData([Problem(path, line, "parseable", text, hint)])


# Written by the tool, a line a fact: in these a mend is not tried out, there may be thousands.
_WRITTEN = ("inquiries/", "archive/", "sanctions/", "private/")


def misread(path: str, text: str, line: int, what: str) -> BadData:
    """Return what to raise for a text that is no YAML: the sign that spoilt it with its place, else ``what``.

    Without ``what`` it is YAML, but no mapping.
    """
    from shouwen.store.yaml_signs import odd_sign

    if what and not path.startswith(_WRITTEN):
        from shouwen.store.yaml_repair import slip

        sign = slip(text, line)
        if not sign:
            return _fault(
                path, line, f"不是合法的 YAML（{what}）", "看这一行和上一行的缩进、冒号、引号和括号"
            )
    else:
        sign = odd_sign(text, line)
    if sign:
        return _fault(path, sign.line, f"不是合法的 YAML（{sign}）", sign.hint)
    if not what:
        return _fault(path, line, "应是“键: 值”的清单", "检查冒号是否为半角并后跟空格")
    return _fault(path, line, f"不是合法的 YAML（{what}）")


def compose(text: str, path: str) -> tuple[Any, Lines]:  # noqa: C901 - each thing that a file may not hold
    """Return the value through ruamel.yaml, and the line of every key and item (from 1).

    Refuses what a record or setting never needs: anchors, aliases, tags, duplicate keys, deep
    nesting. BadData names the line.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError
    from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode
    from ruamel.yaml.reader import ReaderError
    from ruamel.yaml.tokens import AliasToken, AnchorToken, TagToken

    if len(text) > LARGEST_ODD:
        hint = "一条记录不会这么大；设置文件请改成起始文件那样的写法"
        raise _fault(path, 0, f"不是整齐的写法，又超过 {LARGEST_ODD >> 10} KB", hint)
    lines: Lines = {(): 1}
    reader = YAML(typ="safe", pure=True)
    reader.max_depth = DEEPEST

    def walk(node: Any, where: tuple[Any, ...]) -> Any:
        if isinstance(node, ScalarNode):
            return _whole(node, path) if node.style else scalar(node.value)
        if isinstance(node, SequenceNode):
            found_list = []
            for n, item in enumerate(node.value):
                lines[(*where, n)] = item.start_mark.line + 1
                found_list.append(walk(item, (*where, n)))
            return found_list
        found: dict[str, Any] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, ScalarNode):
                raise _fault(path, line, "键必须是一个词")
            name = _whole(key, path)
            if name in found:
                raise _fault(path, line, f"键“{name}”重复", "删去其中一个")
            lines[(*where, name)] = line
            found[name] = None
            found[name] = walk(value, (*where, name))
        return found

    try:
        depth = 0
        for token in YAML(typ="safe", pure=True).scan(text):
            name = type(token).__name__
            depth += name.endswith("StartToken") and name[:2] in ("Bl", "Fl")
            depth -= name.endswith("EndToken") and name[:2] in ("Bl", "Fl")
            if depth > DEEPEST:  # at once: what it costs to scan grows with the square of the depth
                raise _fault(path, token.start_mark.line + 1, "不是合法的 YAML（嵌套太深）")
            if isinstance(token, AliasToken | AnchorToken | TagToken):
                line = token.start_mark.line + 1
                raise _fault(path, line, "不许使用锚点、别名或标签（&、*、!）", "给文字加上引号")
        node = reader.compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if "end of stream" in (error.problem or "") and error.context_mark:
            mark = error.context_mark  # where the quote was opened, not where the file ends
        line = mark.line + 1 if mark else 0
        raise misread(path, text, line, _chinese(error.problem or "")) from None
    except ReaderError as error:
        line = text[: error.position].count("\n") + 1
        raise _fault(path, line, "含有控制字符", "删去看不见的字符") from None
    except (YAMLError, RecursionError, ValueError) as error:
        raise _fault(path, 0, "不是合法的 YAML", _chinese(str(error).split("\n")[0])) from None
    if node is None:
        raise _fault(path, 1, "文件是空的", "从备份或 git 取回")
    if not isinstance(node, MappingNode):
        raise misread(path, text, 1, "")
    return walk(node, ()), lines


def _whole(node: Any, path: str) -> str:
    """Return a scalar's text; the halves of a character that JSON spells as two escapes are put together."""
    try:
        text = str(node.value)
        text.encode()
        return text
    except UnicodeEncodeError:
        pass
    try:
        return text.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        text = "转义写的只是半个字符（\\ud800 一类）"
        raise _fault(path, node.start_mark.line + 1, text, "写成字符本身") from None


_PROBLEMS = (
    ("could not find expected ':'", "缺少冒号，或上一行写错"),
    ("mapping values are not allowed", "多了一个冒号，给文字加上引号"),
    ("found character '\\t'", "缩进用了制表符，请用空格"),
    ("found unexpected end of stream", "引号或括号没有配对"),
    ("expected <block end>", "缩进不齐，或引号、括号没有配对"),
    ("did not find expected", "缩进或标点不对"),
    ("special characters are not allowed", "含有控制字符"),
    ("unacceptable character", "含有控制字符"),
    ("found unknown escape", "引号里的反斜杠不对"),
    ("cannot start any token", "以特殊符号开头，给文字加上引号"),
    ("depth", "嵌套太深"),
    ("expected ',' or", "括号没有配对"),
    ("single document", "一个文件只能有一份内容，不能有 ---"),
)


def _chinese(problem: str) -> str:
    return next((zh for en, zh in _PROBLEMS if en in problem), "格式不对")


def text_of(raw: bytes, path: str) -> str:
    """Return the bytes as text: UTF-8 (a BOM is allowed), line ends made one; BadData otherwise."""
    if len(raw) > LARGEST:
        raise _fault(path, 0, f"文件超过 {LARGEST >> 20} MB", "这不像一条记录，请移走")
    try:
        text = raw.removeprefix(b"\xef\xbb\xbf").decode()
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise _fault(path, line, "不是 UTF-8 文字", "用编辑器另存为 UTF-8") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def load(raw: bytes, path: str) -> Any:
    """Return the value of a file that people write; BadData with the line where it cannot be read."""
    text = text_of(raw, path)
    try:
        return plain(text)
    except NotPlain:
        return compose(text, path)[0]
