"""Numbers that tell who somebody is, found in a sentence however they are written, and masked.

Mobiles, landlines, identity cards, bank cards, passports, number plates: in figures of any script or
in Chinese, with blanks, dashes, dots or nothing between. What is plainly a day, an amount or the
number of a record stays.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator
from functools import lru_cache

_CHINESE = {char: str(n) for n, chars in enumerate(
    ("〇零○", "一幺壹", "二贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")) for char in chars}  # fmt: skip
_GAP = r"[ \t\u00ad\u200b-\u200f\u2060\ufeff._·•/()\-‐‑‒–—―~]{0,3}"
_RUN = re.compile(rf"(?<![0-9A-Za-z])\+?[0-9](?:{_GAP}[0-9])*(?:{_GAP}[Xx](?![0-9A-Za-z]))?")
_GROUP = re.compile(r"[0-9]+[Xx]?|[Xx]")
_DAY = re.compile(r"(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(\d{4}|\d{6})?")
_CALLED = re.compile(r"(电话|座机|固话|手机|号码|致电|拨打|回电|来电|联系|打|[Tt][Ee][Ll]|[Pp]hone)\D{0,4}$")
_PASSPORT = re.compile(r"(?<![0-9A-Za-z])[A-Za-z]{1,2} ?\d{7,10}(?![0-9A-Za-z]|-[0-9A-Z]{6})")
_PLATE = re.compile(
    rf"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]{_GAP}[A-Za-z]{_GAP}"
    rf"(?=[A-Za-z]*\d)[A-Za-z0-9]{{4,5}}[A-Za-z0-9挂学警港澳](?![0-9A-Za-z])"
)
_ANY = re.compile(r"\d|[〇零○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖]{3}")
# In Chinese no blank parts a number from the word after it (一直): the first eleven are one.
_SPELT = re.compile(
    rf"((?<![{''.join(_CHINESE)}])[一幺壹]{_GAP}[{''.join(_CHINESE)}]{_GAP}[{''.join(_CHINESE)}])"
    rf"(?:{_GAP}[{''.join(_CHINESE)}]){{4}}{_GAP}([{''.join(_CHINESE)}](?:{_GAP}[{''.join(_CHINESE)}]){{3}})"
)
Span = tuple[int, int, str]  # from, to, what stands there instead


@lru_cache(maxsize=5000)
def _plain(char: str) -> str:
    """The ASCII look-alike of a character, where that is one character."""
    if (digit := unicodedata.digit(char, None)) is not None:
        return str(digit)
    same = unicodedata.normalize("NFKC", char)
    return same if len(same) == 1 else char


def mask_numbers(text: str, known: Collection[str] = ()) -> str:
    """Return the text with every number masked that tells who somebody is; ``known`` phones as well."""
    if not _ANY.search(text):
        return text
    digits = {d for each in known if len(d := "".join(re.findall("[0-9]", "".join(map(_plain, each))))) > 4}
    text = _replaced(text, "".join(map(_plain, text)), digits)
    if any(char in _CHINESE for char in text):
        text = _SPELT.sub(lambda found: found[1] + "****" + found[2], text)
        text = _replaced(text, "".join(_CHINESE.get(char) or _plain(char) for char in text), digits)
    return text


def _replaced(text: str, plain: str, known: set[str]) -> str:
    spans = sorted([*_letters(text, plain), *_figures(text, plain, known)])
    out, at = [], 0
    for start, end, instead in spans:
        if start >= at:
            out += [text[at:start], instead]
            at = end
    return "".join([*out, text[at:]])


def _letters(text: str, plain: str) -> Iterator[Span]:
    """Number plates and passports."""
    for found in _PLATE.finditer(plain):
        start, end = found.span()
        seen = [c for c in text[start:end] if not re.fullmatch(_GAP, c)]
        yield start, end, "".join(seen[:2]) + "*" * (len(seen) - 3) + seen[-1]
    for found in _PASSPORT.finditer(plain):
        start, end = found.span()
        yield start, end, text[start] + "*" * (end - start - 3) + text[end - 2 : end]


def _figures(text: str, plain: str, known: set[str]) -> Iterator[Span]:
    """Numbers made of figures: the longest row of groups that is one."""
    for run in _RUN.finditer(plain):
        groups = [(run.start() + g.start(), run.start() + g.end()) for g in _GROUP.finditer(run[0])]
        at = 0
        while at < len(groups):
            for end in range(min(len(groups), at + 24), at, -1):
                row = groups[at:end]
                digits = "".join(plain[a:b] for a, b in row)
                if keep := _kept(digits, [b - a for a, b in row], plain[: row[0][0]], known):
                    yield row[0][0], row[-1][1], _starred(text, row, len(digits), *keep)
                    break
            else:
                end = at + 1
            at = end


def _starred(text: str, row: list[tuple[int, int]], count: int, first: int, last: int) -> str:
    """The first and the last figures as they were written, stars for those between."""
    if not first:
        seen, out = 0, []
        figures = {n for a, b in row for n in range(a, b)}
        for n in range(row[0][0], row[-1][1]):
            seen += n in figures
            out.append("*" if n in figures and seen <= count - last else text[n])
        return "".join(out)
    places = [n for a, b in row for n in range(a, b)]
    stars = 13 if last == 3 else count - first - last
    return text[places[0] : places[first - 1] + 1] + "*" * stars + "".join(text[n] for n in places[-last:])


def _kept(digits: str, sizes: list[int], before: str, known: set[str]) -> tuple[int, int] | None:
    """How many figures at the front and at the end may be seen; None for what tells of nobody."""
    n, one = len(digits), len(sizes) == 1
    if mobile := re.fullmatch(r"((?:00)?86)?1[3-9]\d{9}", digits):
        return len(mobile[1] or "") + 3, 4
    if digits in known:
        return 0, 2
    if n in (15, 17, 18) and (one or _card(digits)):
        return 2, 3
    if not digits.isdecimal():
        return None
    if 15 < n < 20 and digits[0] in "34569" and (one or {*sizes[:-1]} == {4} or max(sizes) == 1):
        return 0, 4
    if digits[0] == "0" and digits[1:2] != "0" and 9 < n < 13 and (one or sizes[0] in (3, 4)):
        return 0, 2
    if n in (7, 8) and sizes[-1] > 3 and not _DAY.fullmatch(digits) and _CALLED.search(before[-12:]):
        return 0, 2
    return None


def _card(digits: str) -> bool:
    """Whether a day of birth stands where an identity card has it."""
    born = digits[6:14] if len(digits) > 15 else "19" + digits[6:12]
    return digits[0] in "12345678" and bool(_DAY.fullmatch(born))
