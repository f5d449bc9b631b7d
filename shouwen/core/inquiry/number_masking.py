"""Numbers that tell who somebody is, found in a sentence however they are written, and masked.

``KINDS`` is the table of what is looked for. A number may be written in figures of any script or in
Chinese, with blanks, dashes, dots, invisible characters or nothing between, with a country's code
before it and letters touching it on either side. What is plainly a day, an amount or the number of a
record stays.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache
from typing import NamedTuple

_CHINESE = {char: str(n) for n, chars in enumerate(
    ("〇零○洞", "一幺壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒拐", "八捌", "九玖勾")) for char in chars}  # fmt: skip
_SPOKEN = "".join(_CHINESE)
# What may stand between two figures of one number, in the plain form of a text (see look_alike).
_BETWEEN = r" \u200b._/()'~\-"
_GAP = f"[{_BETWEEN}]{{0,5}}"
# Compiled when first looked for: few texts have a figure at all, and every list is masked.
_RUN = rf"\+?[0-9](?:[{_BETWEEN},]{{0,5}}[0-9])*(?:{_GAP}[Xx](?![0-9A-Za-z]))?"
_GROUP = re.compile(r"[0-9]+|[Xx]")
_DAY = r"(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(\d{4}|\d{6})?"
_CALLED = r"(电话|座机|固话|手机|号码|致电|拨打|回电|来电|联系|打|[Tt][Ee][Ll]|[Pp]hone)[^\d\n]{0,4}(?:\d{7,8}\D{1,3}){0,3}$"
_AMOUNT = r"[ \u200b]*(元|万|亿|吨|块|平|㎡|份|人次|公里|％|%)"
# Words right before a number that say it is money, and what must then stand behind it; 13800138000元旦 is a mobile.
_MONEY = (
    r"(金额|总额|余额|差额|限额|数额|款项?|价款?|费用?|资金|资产|资本|投资|预算|造价|产值|收入|支出|补偿|补贴|贷款|欠款|存款"
    r"|合计|共计|总计|累计|共|达)[ \u200b]*(人民币|约|为|是|达|计|[:(=])?[ \u200b]*$"
)
_UNIT = r"[ \u200b]*(元(?![旦宵月])|万元|亿元|美元|港元|欧元|日元|圆整|块钱)"
_SIGN = r"[¥￥$€£][ \u200b]*$"
_PROVINCE = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_PLATE = (
    rf"(?:WJ{_GAP}[{_PROVINCE}]|[{_PROVINCE}]{_GAP}[A-Za-z]|民航{_GAP}[A-Za-z]){_GAP}"
    rf"(?=[A-Za-z{_BETWEEN}]{{0,20}}\d)[A-Za-z0-9](?:{_GAP}[A-Za-z0-9]){{3,4}}{_GAP}"
    r"(?:[A-Za-z0-9挂学警港澳领试超]|应急)(?![0-9A-Za-z])"
    # of the forces (军A·12345; since 2013 VA·12345, with its dot, for GB 12345 is a standard), of embassies (使·014578)
    rf"|[军空海北沈兰济南广成]{_GAP}[A-Za-z]{_GAP}\d(?:{_GAP}\d){{4}}(?!\d)"
    r"|(?<![0-9A-Za-z])[VKHBSLJNGC][A-Za-z][.]\d{5}(?!\d)"
    rf"|使{_GAP}\d(?:{_GAP}\d){{5}}(?!\d)(?![ \u200b]*(?:元|万|亿|人|次))"
)
# A record's own id, or a case's, is nobody's passport.
_PASSPORT = (
    rf"(?<![0-9A-Za-z])(?:[A-Za-z]{{1,2}}{_GAP}\d(?:{_GAP}\d){{6,9}}|[A-Z]{{3}}\d{{12}}|[A-Z]{{1,2}}\d{{6}}\([0-9A]\))"
    r"(?![0-9A-Za-z]|-[0-9A-Z]{6})"
)
_SOME = r"[\d\u2070-\u2089\u2460-\u249b\u24ea-\u24ff\u2776-\u2793\u3021-\u3029]"
_ANY = re.compile(rf"{_SOME}|[{_SPOKEN}]{{3}}")
# In Chinese no blank parts a number from the word after it (一直): the first eleven are one.
_SPELT = (
    rf"((?<![{_SPOKEN}])[一幺壹]{_GAP}[{_SPOKEN}]{_GAP}[{_SPOKEN}])"
    rf"(?:{_GAP}[{_SPOKEN}]){{4}}{_GAP}([{_SPOKEN}](?:{_GAP}[{_SPOKEN}]){{3}})"
)
# Letters that a hurried hand, or somebody who does not want to be found, writes for figures.
_ALIKE = r"(?<![0-9A-Za-z])(?=[0-9]{0,10}[OoIl])[1Il][3-9](?=[OoIl]*[0-9])[0-9OoIl]{9}(?![0-9A-Za-z])"
_STANDARD = r"[A-Za-z]{1,2} ?\d{3,6}(\.\d+)?-(19|20)\d\d"  # GB/T 12345-2006
Span = tuple[int, int, str]  # from, to, what stands there instead


class FigureRow(NamedTuple):
    """A row of groups of figures that may be one number."""

    digits: str
    sizes: list[int]  # of its groups
    before: str  # the text in front of it
    after: str  # the text behind it
    commas: bool  # whether a comma parts any two of its groups
    known: Collection[str]  # phones of the people of the record

    @property
    def one(self) -> bool:
        """Nothing stands between its figures."""
        return len(self.sizes) == 1

    @property
    def spaced(self) -> bool:
        """Each figure stands alone."""
        return max(self.sizes) == 1


Ends = tuple[int, int]  # how many figures at the front and at the end may be seen


def _mobile(row: FigureRow) -> Ends | None:
    """Match eleven figures, with the country's code or a nought before them or not."""
    found = re.fullmatch(r"((?:(?:00)?86)?0?)1[3-9]\d{9}", row.digits)
    if (
        not found
        or (row.one and not found[1] and _money(row))
        or (row.commas and not row.spaced and row.sizes[-2:] not in ([4, 4], [3, 8]))
    ):
        return None
    return len(found[1]) + 3, 4


def _money(row: FigureRow) -> bool:
    """Return whether the words around a number say that it is an amount; in doubt it is not."""
    unit = re.match(_UNIT, row.after)
    return bool(unit and re.search(_MONEY, row.before)) or bool(re.search(_SIGN, row.before))


def _several(row: FigureRow) -> Ends | None:
    """Match mobiles written into one another, or a row of figures too long for anything but an account."""
    return (3, 4) if row.one and len(row.digits) > 19 else None


def _known(row: FigureRow) -> Ends | None:
    return (0, 2) if row.digits in row.known else None


def _card(row: FigureRow) -> Ends | None:
    """Match an identity card, of 18 figures or the old 15; its last figure may have been left out."""
    if len(row.digits) not in (15, 17, 18):
        return None
    born = row.digits[6:14] if len(row.digits) > 15 else "19" + row.digits[6:12]
    likely = row.digits[0] in "1234568" and re.fullmatch(_DAY, born)
    return (2, 3) if row.one or likely else None


def _bank(row: FigureRow) -> Ends | None:
    """Match a bank card, in groups as embossed or as people make them."""
    if not 13 < len(row.digits) < 20 or row.digits[0] not in "34569":
        return None
    grouped = {*row.sizes[:-1]} == {4} or row.spaced or row.digits.startswith("62") or _luhn(row.digits)
    long = len(row.digits) > 15
    return (0, 4) if (long and (row.one or grouped)) or (_luhn(row.digits) and len(row.sizes) < 5) else None


def _luhn(digits: str) -> bool:
    """Return whether the last figure is the check of the others, as on a bank card."""
    doubled = [int(d) * (1 + (n + len(digits)) % 2) for n, d in enumerate(digits, 1)]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def _landline(row: FigureRow) -> Ends | None:
    """Match a landline with its area code."""
    found = re.fullmatch(r"0[1-9]\d{8,10}", row.digits)
    return (0, 2) if found and (row.one or row.spaced or row.sizes[0] in (3, 4)) else None


def _abroad(row: FigureRow) -> Ends | None:
    """Match a number with a country's code: ``+``, ``00``, or 86 in a group of its own."""
    marked = row.before.endswith(("+", "＋")) or row.digits.startswith("00")
    own = row.sizes[0] == 2 and re.fullmatch(r"860?[1-9]\d{8,10}", row.digits)
    if row.digits.startswith("000") or not (marked or own):
        return None
    return (0, 2) if 9 < len(row.digits) < 17 else None


def _local(row: FigureRow) -> Ends | None:
    """Match seven or eight figures that a word before them calls a telephone."""
    if (
        len(row.digits) not in (7, 8)
        or row.sizes[-1] < 4
        and not row.spaced
        or re.fullmatch(_DAY, row.digits)
    ):
        return None
    return (0, 2) if re.search(_CALLED, row.before) and not re.match(_AMOUNT, row.after) else None


# Each kind of number in figures, the most telling first: its name, and what of it may be seen.
KINDS: tuple[tuple[str, Callable[[FigureRow], Ends | None]], ...] = (
    ("手机", _mobile),
    ("记下的电话", _known),
    ("身份证", _card),
    ("银行卡", _bank),
    ("连写的几个号码", _several),
    ("固定电话", _landline),
    ("境外电话", _abroad),
    ("不带区号的电话", _local),
)


@lru_cache(maxsize=5000)
def look_alike(char: str) -> str:
    """Return the ASCII look-alike of a character, where that is one character; blanks and marks of a kind are one."""
    if char in _CHINESE:
        return char
    if (digit := unicodedata.digit(char, None)) is not None:
        return str(digit)
    number = unicodedata.numeric(char, None) if unicodedata.category(char) == "Nl" else None
    if number is not None and number in range(10):
        return str(int(number))  # 〡〢〣
    same = unicodedata.normalize("NFKC", char)
    same = same if len(same) == 1 else char
    return (
        same
        if same.isascii() and same.isprintable()
        else _SIGNS.get(same) or _BY_CATEGORY.get(unicodedata.category(same), same)
    )


_SIGNS = dict.fromkeys("·•‧∙⋅・･。…｡●", ".") | dict.fromkeys("，、；;", ",") | dict.fromkeys("’‘′`", "'") | {"\n": " ", "\r": " ", "\t": " ", "−": "-"}  # fmt: skip
_BY_CATEGORY = {"Zs": " ", "Zl": " ", "Zp": " ", "Pd": "-", "Ps": "(", "Pe": ")", "Cf": "\u200b", "Mn": "\u200b", "Me": "\u200b", "Cc": "\u200b"}  # fmt: skip


def mask_numbers(text: str, known: Collection[str] = ()) -> str:
    """Return the text with every number masked that tells who somebody is; ``known`` phones as well."""
    if not _ANY.search(text):
        return text
    digits = {
        d for each in known if len(d := "".join(re.findall("[0-9]", "".join(map(look_alike, each))))) > 4
    }
    text = _replaced(text, "".join(map(look_alike, text)), digits)
    if any(char in _CHINESE for char in text):
        plain = "".join(map(look_alike, text))
        for found in reversed([*re.finditer(_SPELT, plain)]):
            text = text[: found.end(1)] + "****" + text[found.start(2) :]
        text = _replaced(text, "".join(_CHINESE.get(char) or look_alike(char) for char in text), digits)
    plain = "".join(map(look_alike, text))
    for found in reversed([*re.finditer(_ALIKE, plain)]):
        text = text[: found.start() + 3] + "****" + text[found.end() - 4 :]
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
    """Yield number plates, and passports and passes that begin with letters."""
    for found in re.finditer(_PLATE, plain):
        start, end = found.span()
        seen = [text[n] for n in range(start, end) if not re.fullmatch(f"[{_BETWEEN}]", plain[n])]
        yield start, end, "".join(seen[:2]) + "*" * (len(seen) - 3) + seen[-1]
    for found in re.finditer(_PASSPORT, plain):
        start, end = found.span()
        digits = re.sub(r"\D", "", found[0])
        apart = digits != found[0][-len(digits) :]
        if not (
            apart and (re.fullmatch(_DAY, digits) or re.fullmatch(_STANDARD, found[0]))
        ):  # 方案A 2026-11-23
            yield start, end, text[start] + "*" * (end - start - 3) + text[end - 2 : end]


def _figures(text: str, plain: str, known: set[str]) -> Iterator[Span]:
    """Yield numbers made of figures: the longest row of groups that is one."""
    for run in re.finditer(_RUN, plain):
        groups = [(run.start() + g.start(), run.start() + g.end()) for g in _GROUP.finditer(run[0])]
        at = 0
        while at < len(groups):
            for end in range(min(len(groups), at + 24), at, -1):
                row = groups[at:end]
                first, last = row[0][0], row[-1][1]
                digits = "".join(plain[a:b] for a, b in row)
                looked = FigureRow(
                    digits, [b - a for a, b in row if plain[a] not in "Xx"], plain[max(0, first - 48) : first],
                    plain[last : last + 8],
                    "," in plain[first:last], known,
                )  # fmt: skip
                if looked.sizes and (ends := _seen(looked)):
                    yield first, last, _starred(text, row, len(digits), *ends)
                    break
            else:
                end = at + 1
            at = end


def _seen(row: FigureRow) -> Ends | None:
    """Return how many figures at the front and at the end may be seen; None for what tells of nobody."""
    for _, ends in KINDS:
        if row.commas and ends is not _mobile or row.digits[-1] in "Xx" and ends is not _card:
            continue
        if found := ends(row):
            return found
    return None


def _starred(text: str, row: list[tuple[int, int]], count: int, first: int, last: int) -> str:
    """Return the first and the last figures as they were written, stars for those between."""
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
