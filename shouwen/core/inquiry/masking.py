"""Masking of people, and cleaning of what they type."""

import re

from shouwen.core.inquiry.header import Inquirer
from shouwen.core.inquiry.number_masking import mask_numbers

_PHONE = r"(?<!\d)(1\d{2})\d{4}(\d{4})(?!\d)"
_COMPOUND = frozenset(
    [
        "欧阳",
        "司马",
        "上官",
        "诸葛",
        "东方",
        "皇甫",
        "尉迟",
        "公孙",
        "慕容",
        "令狐",
        "司徒",
        "夏侯",
        "轩辕",
        "宇文",
        "长孙",
        "端木",
        "南宫",
        "独孤",
        "申屠",
        "太史",
        "闻人",
        "万俟",
        "赫连",
        "澹台",
        "公冶",
        "宗政",
        "濮阳",
        "淳于",
        "单于",
        "仲孙",
        "钟离",
        "鲜于",
        "闾丘",
        "亓官",
        "司寇",
        "百里",
        "呼延",
        "东郭",
        "南门",
        "西门",
        "拓跋",
        "完颜",
        "纳兰",
        "爱新",
    ]
)
_SURNAME = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁余叶蒋杜苏魏程吕丁沈姚卢姜崔"
    "钟谭陆汪范廖石韦贾夏付邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵覃武钱戴严莫孔赖洪丛曲于"
)
# Who stands for the inquirer, or is spoken of by the part played: the name after it is nobody's business.
_ROLES = re.compile(
    r"((?:代理|代办|委托|受托|经办|联系|申请|申报|举报|投诉|反映|信访|来访|当事|监护|被告|原告|证)人|"
    r"法定代表人|法人代表|户主|业主|患者|姓名|我叫|名叫)"
    rf"([\s:：是为系叫]*)({'|'.join(sorted(_COMPOUND))}|[{_SURNAME}])([\u4e00-\u9fff]{{1,2}})"
)


def mask_name(name: str) -> str:
    """张某某 → 张**, 欧阳某某 → 欧***, 张 → *; an empty name stays empty."""
    return "*" if len(name) == 1 else name[:1] + "*" * (len(name) - 1)


def mask_phone(phone: str) -> str:
    """13812341234 → 138****1234; other numbers keep their last two digits."""
    if re.fullmatch(_PHONE, phone):
        return re.sub(_PHONE, r"\1****\2", phone)
    digits = sum(c.isdigit() for c in phone)
    seen = 0
    out = []
    for c in phone:
        if c.isdigit():
            seen += 1
            out.append(c if seen > digits - 2 else "*")
        else:
            out.append(c)
    return "".join(out)


def mask_text(text: str, *people: Inquirer) -> str:
    """Free text with the numbers that tell who somebody is masked, and these people's names and phones.

    Of an inquiry whose inquirer was corrected, those written down before too; and of whoever is
    named by the part he plays (代理人李某某).
    """
    for name in sorted(
        {p.name for p in people if len(p.name) > 1}, key=len, reverse=True
    ):  # 张某某 before 张某
        spaced = r"\s*".join(map(re.escape, name))  # 张 某某, as forms have it
        masked = mask_name(name).replace("\\", r"\\")
        text = re.sub(spaced, masked, text)
    phones = {p.phone for p in people if p.phone}
    for phone in sorted(phones, key=len, reverse=True):
        text = text.replace(phone, mask_phone(phone))
    text = _ROLES.sub(lambda found: found[1] + found[2] + mask_name(found[3] + found[4]), text)
    return mask_numbers(text, phones)


def shown_inquirer(person: Inquirer, reveal: bool = False) -> str:
    """Return the inquirer as lists show them: masked unless ``reveal``."""
    if person.anonymous:
        return "匿名"
    name = person.name if reveal else mask_name(person.name)
    return name or person.organisation or "未留名"
