"""What a cell of an office's register says that is not its value: placeholders, spoilt numbers.

Each is told with how to mend it and never taken as a name, a number or a subject. What the mapping
translates (``values``) is taken at its word, so whoever knows what 无 means there can say so.
"""

import re
import unicodedata

from shouwen.core.transfer.mapping import TIMES

DITTO = frozenset({"同上", "同前", "〃", "〃〃", "″", "''", '"', "“", "”", "..", "ditto", "同上。"})
NOTHING = frozenset({
    "无", "没有", "暂无", "不详", "未知", "不明", "未提供", "空", "略", "/", "／", "\\", "-", "--", "---", "—", "——",
    "*", "?", "？", "x", "xx", "xxx", "nan", "none", "null", "nil", "n/a", "na", "#n/a", "undefined", "(空)",
})  # fmt: skip
# Of a result 无 is an answer; of these it is a blank that somebody filled in.
ASKED = frozenset({
    "name", "phone", "organisation", "agent", "agent_phone", "agent_relation", "subject", "first_responder", "handler", "department",
    "handler_department", "signed_by", "matter", "extended_by", "designated_by",
})  # fmt: skip
ANSWERED = ASKED | set(TIMES)
_AGENT = r".{2,4}代[\u4e00-\u9fff]{2,4}|代[理办]人.+|.*委托.+|.*(?:[(（]代.*[)）]|[(（].*代.{0,3}[)）]|代[办理报诉]|代$|由.+代)"
_SEVERAL = r"[\u4e00-\u9fff]{2,4}等(?:\d+|[一二三四五六七八九十百几数余]+)?[人名户位]?"
_SURNAMES = "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|宇文|长孙|司徒|夏侯|闻人|南宫|百里|端木"
_PHONE = r"\+?[\d\s()（）转#*-]{5,}(?:分机\d+)?"

Wrong = tuple[str, str]  # what is the matter, how to mend it


def placeholder(key: str, text: str) -> Wrong | None:
    """Return why a text is no value of its field, for fields that hold people, places, numbers and subjects."""
    word = unicodedata.normalize("NFKC", text).strip().lower()
    if text in DITTO or word in DITTO:
        return f"写的是“{text}”", f"在映射里写 fill_down: [{key}]，照上一行填；第一行就是的，在表里写全"
    if key in ANSWERED and (text in NOTHING or word in NOTHING):
        return f"写的是“{text}”", f'确实没有的，在映射的 values 里写 {key}: {{"{text}": ""}}'
    if re.fullmatch("#+", text):
        return "显示为 ####", "在表格软件里把这一列拉宽，重新另存为 csv"
    if re.fullmatch(r'=".*"', text):
        return f"是公式 {text}", "在表格软件里把这一列设成文本，照原件重填"
    return None


def spoilt_name(text: str) -> Wrong | None:
    """Return why a text is not one person's name."""
    if re.fullmatch(_AGENT, text):
        return f"“{text}”像是代办", "姓名写本人，代办的人另写一列，映射为 agent"
    apart = re.fullmatch(r"([\u4e00-\u9fff]{2,4})\s+[\u4e00-\u9fff]{2,4}", text)
    two = re.search("[、/,，;；]", text) or apart and not re.fullmatch(_SURNAMES, apart[1])
    if two or re.search(r"\d{3}", text) or re.fullmatch(_SEVERAL, text):
        return f"“{text}”不是一个人的姓名", "只写一个人，其余写进详细内容"
    return None


def phone_of(text: str) -> str:
    """Return a telephone number in half-width characters, without the blanks at its ends."""
    return " ".join(unicodedata.normalize("NFKC", text).replace("－", "-").lstrip("'’‘`").split())


def spoilt_phone(text: str) -> Wrong | None:
    """Return why a text (in half-width characters) is not one telephone number."""
    again = "把这一列设成文本，照原件重填"
    if re.fullmatch(r"\d+\.0+", text):
        return f"“{text}”是被表格软件改过的数字", again
    if re.fullmatch(r"\d(\.\d+)?[eE]\+?\d+", text):
        return f"“{text}”是科学计数，末几位已丢失", again
    if re.fullmatch(r"\d{15}|\d{17}[\dXx]", text.replace(" ", "")):
        return f"“{text}”像证件号码，不是电话", "换成电话；证件号码写进详细内容"
    if re.fullmatch(r"\d{16}", text):
        return f"“{text}”超过 15 位，不是电话", "照原件重填；卡号、账号写进详细内容"
    if not re.fullmatch(_PHONE, text):
        if len(re.findall(r"\d[\d-]{6,}", text)) > 1:
            return f"“{text}”有两个号码", "只留一个，另一个写进详细内容"
        return f"“{text}”不像电话号码", "照原件重填；确实没有的，在映射的 values 里对应"
    digits = re.sub(r"\D", "", text)
    if len(re.findall(r"1[3-9]\d{9}", digits)) > 1 or len(digits) > 16 or " " in text and _two(text):
        return f"“{text}”有两个号码", "只留一个，另一个写进详细内容"
    if re.fullmatch(r"1[3-9]\d{8}|1[3-9]\d{10}", digits):
        return f"“{text}”像手机号，可是有 {len(digits)} 位（应为 11 位）", again
    if re.fullmatch(r"[2-9]\d{9}|[3-9]\d{8}", digits) and not re.match("[48]00", digits) and "-" not in text:
        return f"“{text}”少一位，开头的 0 可能已丢失", again
    return None


def _two(text: str) -> bool:
    """Return whether blanks stand between two whole numbers, not within one."""
    parts = [re.sub(r"\D", "", part) for part in text.split()]
    return sum(len(part) >= 7 for part in parts) > 1
