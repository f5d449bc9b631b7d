"""Words people may type for a closed list: the Chinese word, or its English name."""

import re
import unicodedata
from collections.abc import Iterable

from shouwen.core.errors import Usage

ENGLISH = {
    "visit": "来访", "phone": "来电", "letter": "来信", "online": "网上", "sms": "短信",
    "assigned": "交办", "found": "发现",
    "consult": "咨询", "query": "查询", "help": "求助", "suggestion": "建议",
    "complaint": "投诉", "report": "举报", "application": "业务",
    "self": "本人", "own": "本部门", "other": "其他部门", "outside": "单位外",
    "normal": "一般", "urgent": "紧急", "complex": "复杂",
    "escort": "引领", "call": "电话联系", "contact": "告知联系方式", "paper": "书面转交",
    "designate": "指定",
    "solved": "已解决", "answered": "已答复", "refused": "不予办理", "out-of-scope": "超出职责",
    "withdrawn": "已撤回", "unreachable": "无法联系",
    "very-satisfied": "非常满意", "satisfied": "满意", "fair": "基本满意",
    "dissatisfied": "不满意", "very-dissatisfied": "非常不满意",
    "special-procedure": "特别程序", "force-majeure": "不可抗力",
    "inquirer-requested": "服务对象要求",
    "founded": "查实", "unfounded": "不成立",
}  # fmt: skip


def nearest(text: str, values: Iterable[str], most: int = 5) -> list[str]:
    """Return the listed words most like ``text``, or the first ones where nothing is alike."""
    from difflib import get_close_matches

    known = list(values)
    near = [v for v in known if text and (text in v or v in text)]
    near += [v for v in get_close_matches(text, known, most, 0.3) if v not in near]
    return (near or known)[:most]


def choose(text: str, values: Iterable[str], what: str) -> str:
    """Return the listed word that ``text`` means; an English equivalent means its Chinese word.

    Raises:
        Usage: it means none, with the near ones.
    """
    known = list(values)
    word = ENGLISH.get(text.lower(), text)
    if word in known:
        return word
    if len(known) <= 12:
        raise Usage(f"{what}没有“{text}”；可用：{'、'.join(known)}")
    raise Usage(f"{what}没有“{text}”；相近的有：{'、'.join(nearest(text, known))}")


_CONTROL = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]"


def half_width(text: str) -> str:
    """Write full-width digits, letters and signs as half-width ones."""
    return unicodedata.normalize("NFKC", text)


def phone_of(text: str) -> str:
    """Return a telephone number as it is kept, half-width.

    Raises:
        Usage: it is none.
    """
    plain = half_width(text).strip().replace("—", "-").replace("－", "-")
    each = [re.sub(r"\D", "", part) for part in re.split(r"[/,、 转]+", plain)]
    fits = 3 <= len("".join(each)) <= 30 and max(map(len, each)) <= 16  # two typed into one are none
    if not fits or not re.fullmatch(r"\+?[\d\- ()/,、]+(?:转[\d]+)?", plain):
        raise Usage(f"“{text}”不是电话号码；写成 0631-5550123 或 13812345678，没有就回车")
    return plain


def name_of(text: str) -> str:
    """Return what somebody is called, as it was typed.

    Raises:
        Usage: there is no letter in it: the answer to another question.
    """
    if not any(map(str.isalpha, text)):
        raise Usage(f"“{text}”不是姓名；写姓名或称呼，没有就回车")
    return text


def clean(text: str) -> str:
    """Return typed text as it is kept: NFC, plain line ends, no control characters, no outer blanks.

    Of a text in which nothing can be seen, nothing is left.
    """
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept = re.sub(_CONTROL, "", plain).strip()
    return kept if any(map(_seen, kept)) else ""


def _seen(char: str) -> bool:
    """Return whether a character leaves a mark of its own: no blank, format sign, joiner or filler."""
    return unicodedata.category(char) not in _UNSEEN and char not in "\u115f\u1160\u2800\u3164\uffa0"


_UNSEEN = ("Cc", "Cf", "Zs", "Zl", "Zp", "Mn", "Me")


def cleaned(texts: Iterable[str] | None) -> tuple[str, ...]:
    """Return typed texts as they are kept, without those of which nothing is left."""
    return tuple(filter(None, map(clean, texts or ())))
