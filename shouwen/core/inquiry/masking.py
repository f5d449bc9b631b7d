"""Masking of people in what they, and those who wrote for them, have said.

Numbers are found by ``number_masking``; here stand the names, and what a word before it calls somebody's:
a passport, a licence, an address of mail or of a messenger.
"""

import re
from functools import cache, partial

from shouwen.core.inquiry.header import Agent, Inquirer, Inquiry, Person
from shouwen.core.inquiry.number_masking import mask_numbers

_PHONE = r"(?<!\d)(1\d{2})\d{4}(\d{4})(?!\d)"
_COMPOUND = (
    "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯|轩辕|宇文|长孙|端木|南宫|独孤|申屠|太史|闻人|万俟|赫连|"
    "澹台|公冶|宗政|濮阳|淳于|单于|仲孙|钟离|鲜于|闾丘|亓官|司寇|百里|呼延|东郭|南门|西门|拓跋|完颜|纳兰|爱新|"
    "公羊|公西|太叔|子车|颛孙|巫马|漆雕|乐正|壤驷|夹谷|谷梁|段干|左丘|梁丘|第五|哥舒|叶赫|那拉"
)
_SURNAME = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧肖蔡潘田董袁余叶蒋杜苏魏程吕丁沈姚卢姜崔"
    "钟谭陆汪范廖石韦贾夏付傅邹熊白孟秦邱侯江尹薛闫阎段雷龙黎史陶贺毛郝顾龚邵覃武钱戴严莫孔赖洪丛曲于柯焦祝温庄柴"
    "翟柳骆尚牛樊聂颜俞葛阮倪施梅包舒殷蓝童辛苗凌冉娄邢齐乔祁米毕喻纪季霍岳卞巩苟鞠艾詹蒙隋初姬耿屈滕涂桑佟佘习鄢尤"
    "裴丘柏辜麦甄褚靳臧仇栾戚翁瞿郎鲍迟闵穆岑窦阚缪檀鄞邬茅芮虞嵇糜"
)
_LETTER = r"\u3007\u3400-\u9fff\U00020000-\U0003ffff"  # also of the rare names
_LATIN = r"[A-Z][A-Za-z\u00c0-\u024f\u0300-\u036f\u1e00-\u1eff'’\-]+"
_OTHER = r"\u0370-\u07ff\u0900-\u0fff\u1800-\u18af\u3040-\u30ff\uac00-\ud7af"  # Greek to Tibetan, Mongolian, kana, Hangul
_NO_NAME = r"(?i:tel|phone|mobile|e-?mail|mail|wechat|qq|id|vip|app|wx|vx|fax|no|http|www)(?![a-zA-Z])"
# Who stands for the inquirer, or is spoken of by the part played: the name after it is nobody's business.
_PART = (
    "代理人|代办人|委托人|受托人|经办人|联系人|申请人|申报人|举报人|投诉人|反映人|信访人|来访人|来电人|当事人|监护人|被告人|"
    "原告人|报案人|知情人|担保人|受益人|继承人|承租人|出租人|买受人|证人|法定代表人|法人代表|户主|房东|业主|患者|姓名|我叫|名叫|本人叫"
)
_KIN = "负责人|租户|家属|妻子|丈夫|父亲|母亲|儿子|女儿|爱人|配偶|群众|村民|居民|老人|学生"
_FAMILY = rf"(?:{_COMPOUND}|[{_SURNAME}])"
_GIVEN = rf"[{_LETTER}](?:(?![和与及]{_FAMILY}[{_LETTER}])[{_LETTER}])?"
_JOINED = rf"[{_LETTER}]{{1,8}}(?:[·•・‧][{_LETTER}]{{1,8}}){{1,4}}"
_FOREIGN = rf"[{_LETTER}]?[{_OTHER}][{_OTHER}'’\-]+"
_WORD = rf"(?:{_LATIN}|{_FOREIGN})"
_ROLE = rf"({_PART}|{_KIN})((?:姓名)?[\s:：是为系叫(（“\"]*)(?!{_NO_NAME})"
_CALLED = tuple(f"{_PART}|{_KIN}".split("|"))


@cache  # compiling them costs a start as much as reading a ledger's settings, and few texts name anybody so
def _names() -> tuple[re.Pattern[str], ...]:
    roles = re.compile(rf"({_PART})([\s:：是为系叫(（“\"、]*)({_FAMILY})({_GIVEN})")
    # After a colon a name is a name whatever it begins with, and whoever it is: 家属：阿依古丽·吐尔逊.
    named = re.compile(
        rf"({_PART}|{_KIN})((?:姓名)?\s*[:：]\s*)"
        rf"([{_LETTER}]{{1,8}}(?:[·•・‧.][{_LETTER}]{{1,8}}){{1,4}}|[{_LETTER}]{{2,5}}?(?=电话|手机|联系|身份证|住址|地址|[^{_LETTER}]|$))"
    )
    # A name of several parts, or in other letters, needs no colon to be one: 联系人阿依古丽·吐尔逊, 联系人John Smith.
    abroad = re.compile(rf"{_ROLE}({_JOINED}|{_WORD}(?:[ .]{{1,2}}{_WORD}){{1,3}}|{_FOREIGN})")
    single = re.compile(rf"({_PART}|{_KIN})((?:姓名)?\s*[:：]\s*)(?!{_NO_NAME})({_LATIN})")
    # Whoever is named after one of them: 代理人：李某、王某某.
    more = re.compile(rf"(\*)(\s*[、/和与及]\s*)({_FAMILY})({_GIVEN})(?![{_LETTER}])")
    return roles, named, abroad, single, more


# What stands there instead of a person: a department, a counter, nobody (联系人：办公室). Of a short word that begins
# with a family name one letter is too little to tell (张文科 is a person, 审批科 is none).
_UNIT = (
    r".*(?:办公室|委员会|服务台|值班室|传达室|收发室|门卫室|中心|窗口|大厅|公司|部门|单位|热线|前台|总机|平台|网站|邮箱|大队|支队|派出所"
    r"|街道|社区|居委|村委|居委会|村委会|物业|学校|医院|银行|集团|工会|机关|党委|党组|纪委|团委)"
    rf"|(?!{_COMPOUND}|[{_SURNAME}]).+[室科处局股站所队部组院厅办]|.{{3,}}[科处局股站所队组厅办]"
    r"|本人|自己|同上|同前|不详|不明|匿名|保密|未知|未留|没有|暂无|待定|待查|见附件|见后|见上|家属|亲属|邻居|朋友|同事|路人|群众|无"
)
# One whose own name begins as a person's: 张家村委会.
_BODY = r"[^在和与同到去从的]{2,5}(?:村委会|居委会|村民委员会|居民委员会|派出所|公司)"
_UNBROKEN = f"[{_LETTER}]*"
# What a word before it says to be somebody's own: how many figures such a thing has at least, and how it looks.
_IS = r"(?:号码?|编号|ID|id)?[\s:：是为(（]{0,3}"
_PAPERS = "护照|通行证|台胞证|回乡证|居留证|居住证|军官证|士兵证|警官证|驾驶证|驾照|社保卡|医保卡|学生证|残疾证|身份证|证件"
_OWNED = (*_PAPERS.split("|"), "车牌", "车号", "微信", "wx", "vx", "wechat", "qq", "抖音", "微博")
_OWN = (
    (rf"((?:{_PAPERS}){_IS})([A-Za-z0-9Ａ-Ｚａ-ｚ０-９](?:[\s\-－]?[A-Za-z0-9Ａ-Ｚａ-ｚ０-９]){{5,19}})", 5),
    (rf"((?:车牌|车号){_IS})([A-Za-z](?=[A-Za-z]{{0,4}}[0-9])[·\-\s]?[A-Za-z0-9]{{5,6}})", 1),
    (rf"((?:微信|(?<![A-Za-z])[Ww][Xx]|(?<![A-Za-z])[Vv][Xx]|[Ww]e[Cc]hat|QQ|qq|抖音|微博){_IS})"
        r"([A-Za-z0-9][A-Za-z0-9_\-]{4,19}(?![A-Za-z0-9_\-]*@))", 0),
)  # compiled when a text first has such a word  # fmt: skip
_DAY = r"(?:19|20)\d\d\D?\d\d\D?\d\d"
_MAIL = r"([A-Za-z0-9])[A-Za-z0-9._%+\-]{0,63}(?=[@＠][A-Za-z0-9\-]{1,63}\.[A-Za-z])"


def mask_name(name: str) -> str:
    """Mask 张某某 as 张**, 欧阳某某 as 欧***, 张 as *; an empty name stays empty."""
    return "*" if len(name) == 1 else name[:1] + "*" * (len(name) - 1)


def mask_phone(phone: str) -> str:
    """Mask 13812341234 as 138****1234; other numbers keep their last two digits."""
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


def mask_text(text: str, *people: Person) -> str:
    """Mask in free text the numbers that tell who somebody is, and these people's names and phones.

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
    if any(word in text for word in _CALLED):
        *first, more = _names()
        for pattern in first:
            text = pattern.sub(_named, text)
        while (after := more.sub(_named, text)) != text:
            text = after
    text = mask_numbers(text, phones)
    text = _own(text)
    return re.sub(_MAIL, r"\1***", text) if "@" in text or "＠" in text else text


def _named(found: re.Match[str]) -> str:
    name = "".join(found.groups()[2:])
    whole = name + "".join(re.findall(_UNBROKEN, found.string[found.end() :])[:1])
    spared = re.fullmatch(_UNIT, name) or re.fullmatch(_BODY, whole)
    return found[0] if spared else found[1] + found[2] + mask_name(name)


def _own(text: str) -> str:
    """Return what a word before it calls somebody's own; a day and a word without figures stay."""
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


NAMELESS = ("匿名", "未留名")  # in the place of a name that was not left


def shown_inquirer(person: Inquirer, reveal: bool = False) -> str:
    """Return the inquirer as lists show them: masked unless ``reveal``."""
    if person.anonymous:
        return "匿名"
    name = person.name if reveal else mask_name(person.name)
    return name or person.organisation or "未留名"


def shown_agent(agent: Agent | None, reveal: bool = False) -> str:
    """Return who came for the inquirer, with the relation: 李*（女儿）; '' for nobody. Masked unless ``reveal``."""
    if not agent:
        return ""
    name = (agent.name if reveal else mask_name(agent.name)) or "未留名"
    return f"{name}（{agent.relation}）" if agent.relation else name


def shown_asker(inquiry: Inquiry, reveal: bool = False) -> str:
    """Return the inquirer with whoever came for him, as registers have it in one cell."""
    came = shown_agent(inquiry.agent, reveal)
    who = shown_inquirer(inquiry.inquirer, reveal)
    return f"{who}，代理人{came}" if came else who
