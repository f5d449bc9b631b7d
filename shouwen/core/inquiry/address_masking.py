"""What reaches somebody, or stands in his papers in letters and figures: addresses, accounts, machine-readable lines.

An address of mail is one however its sign and its dots are written (zhang（at）126.com, zhang艾特126点com); an account and a
number of papers are told by the word before them; the lines of a passport by their form.
"""

import re
from functools import partial

from shouwen.core.inquiry.number_masking import look_alike

# What a word before it says to be somebody's own: how many figures such a thing has at least, and how it looks.
_IS = r"(?:号码?|账号|帐号|地址|编号|ID|id)?[\s:：是为(（]{0,3}"
_PAPERS = (
    "护照|通行证|台胞证|回乡证|居留证|居住证|军官证|士兵证|警官证|驾驶证|驾照|社保卡|医保卡|学生证|残疾证|身份证|证件|"
    "残疾人证|老年证|优待证|结婚证|离婚证|出生证|准考证|户口本|学号|学籍号|病历号|住院号|门诊号|档案号|社保号|医保号|户号"
)
_ACCOUNTS = "微信|抖音|微博|支付宝|钉钉|快手|小红书|飞书|陌陌|邮箱|电邮|电子邮件"
_OWNED = (*_PAPERS.split("|"), *_ACCOUNTS.split("|"), "车牌", "车号", "wx", "vx", "wechat", "qq", "telegram")
_OWN = (
    (rf"((?:{_PAPERS}){_IS}(?:[\u4e00-\u9fff]{{1,2}}字第?)?)([A-Za-z0-9Ａ-Ｚａ-ｚ０-９](?:[\s\-－]?[A-Za-z0-9Ａ-Ｚａ-ｚ０-９]){{5,19}})", 5),
    (rf"((?:车牌|车号){_IS})([A-Za-z](?=[A-Za-z]{{0,4}}[0-9])[·\-\s]?[A-Za-z0-9]{{5,6}})", 1),
    (rf"((?:{_ACCOUNTS}|(?<![A-Za-z])[Ww][Xx]|(?<![A-Za-z])[Vv][Xx]|[Ww]e[Cc]hat|[Tt]elegram|QQ|qq){_IS})"
        r"([A-Za-z0-9][A-Za-z0-9_\-]{4,19}(?![A-Za-z0-9_\-]*[@.]))", 0),
)  # compiled when a text first has such a word  # fmt: skip
_DAY = r"(?:19|20)\d\d\D?\d\d\D?\d\d"

_END = "com|cn|net|org|edu|gov|info|cc|me|top|vip|xyz|hk|tw|mo|io"  # of a domain
_HOUSES = "126|163|139|189|188|qq|sina|sohu|gmail|foxmail|hotmail|outlook|yahoo|yeah|aliyun|icloud|21cn"
_SAID = "at|艾特|爱特|圈a|圈A|小老鼠"
_AT = rf" {{0,3}}(?:@|[(\[{{<] {{0,2}}(?:@|a|{_SAID}) {{0,2}}[)\]}}>]|艾特|爱特|圈a|小老鼠|[#☆★◎]|&#64;|%40) {{0,3}}|[ _\-]at[ _\-]"
_DOT = r" {0,2}(?:[.]|点|[(\[{<] {0,2}(?:[.]|点|dot) {0,2}[)\]}>]|(?<= )dot(?= )) {0,2}"
_LABEL = r"(?!www[.])[A-Za-z0-9\-]{1,63}"
_DOMAIN = rf"(?:{_HOUSES}),(?:com|cn|net)|(?:{_LABEL}{_DOT}){{1,4}}(?:{_END})(?![A-Za-z0-9])|(?:{_HOUSES})(?![A-Za-z0-9])"
_LETTER = r"\u3400-\u9fff"
_MAIL = (
    rf"(?i)(?:[A-Za-z0-9][A-Za-z0-9._%+\-]{{0,63}}?|(?<![{_LETTER}])[{_LETTER}]{{2,4}})"
    rf"(?=(?:{_AT})(?:{_DOMAIN})|@{_LABEL}[.][A-Za-z])"
)
_HINTS = ("@", "＠", "﹫", *_END.split("|")[:4], "ｃｏｍ", "ｃｎ", "ｎｅｔ", "ｏｒｇ")

# The two or three lines at the foot of a passport, visa or card, which every reader of papers gives out.
_FILLERS = str.maketrans(dict.fromkeys("‹«＜〈≪❮⟨﹤", "<"))
_LINE = r"(?<![A-Za-z0-9<])[A-Za-z0-9][A-Za-z0-9<]{4,}"
_FORM = (
    r"[PIACV][A-Z<][A-Z<]{3}[A-Z0-9<]*"  # P<CHNZHANG<<SAN
    r"|[A-Za-z]{2,}[A-Za-z0-9<]*<<.*"  # ZHANG<<SAN
    r"|[A-Z0-9<]{9}[0-9<][A-Z<]{3}\d{6}[0-9<][MFX<]\d{6}[0-9<].*"  # E123456785CHN9003072M3001012
    r"|\d{6}[0-9<][MFX<]\d{6}[0-9<][A-Z<]{3}.*"
)


def mask_addresses(text: str) -> str:
    """Return the text with addresses of mail and the machine-readable lines of papers masked."""
    lower = text.lower()
    if any(hint in lower for hint in _HINTS):
        for found in reversed([*re.finditer(_MAIL, "".join(map(look_alike, text)))]):
            text = text[: found.start() + 1] + "***" + text[found.end() :]
    marked = text.translate(_FILLERS)
    if "<" in marked or "CHN" in text:
        for found in reversed(
            [*re.finditer(_LINE, "".join("<" if c == "<" else look_alike(c) for c in marked))]
        ):
            if re.fullmatch(_FORM, found[0]) and ("<" in found[0] or len(found[0]) > 20):
                text = text[: found.start() + 1] + "*" * (len(found[0]) - 1) + text[found.end() :]
    return text


def mask_owned(text: str) -> str:
    """Return the text without what a word before it calls somebody's own; a day and a word without figures stay."""
    lower = text.lower()
    if any(word in lower for word in _OWNED):
        for pattern, least in _OWN:
            text = re.sub(pattern, partial(_shown, least), text)
    return text


def _shown(least: int, found: re.Match[str]) -> str:
    return found[1] + _ends(found[2], least)


def _ends(token: str, least: int) -> str:
    if sum(map(str.isdigit, token)) < least or re.fullmatch(_DAY, token):
        return token
    return token[0] + "*" * (len(token) - 3) + token[-2:]
