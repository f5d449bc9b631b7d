"""Names that a sentence itself calls somebody's, found and masked.

Who somebody is shows in the words around a name: the part he plays (代理人李某), whose he is (母亲李某), that he
presents himself (我是李某) or comes for another (代李某来问), what he is called by (李某女士). These words are the
tables below. What only begins as a name does (申请人许可证, 家长周末) is no name, nor is a unit (联系人：办公室).
"""

import re

_COMPOUND = (
    "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯|轩辕|宇文|长孙|端木|南宫|独孤|申屠|太史|闻人|万俟|赫连|"
    "澹台|公冶|宗政|濮阳|淳于|单于|仲孙|钟离|鲜于|闾丘|亓官|司寇|百里|呼延|东郭|南门|西门|拓跋|完颜|纳兰|爱新|"
    "公羊|公西|太叔|子车|颛孙|巫马|漆雕|乐正|壤驷|夹谷|谷梁|段干|左丘|梁丘|第五|哥舒|叶赫|那拉"
)
_SURNAME = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧肖蔡潘田董袁余叶蒋杜苏魏程吕丁沈姚卢姜崔"
    "钟谭陆汪范廖石韦贾夏付傅邹熊白孟秦邱侯江尹薛闫阎段雷龙黎史陶贺毛郝顾龚邵覃武钱戴严莫孔赖洪丛曲于柯焦祝温庄柴"
    "翟柳骆尚牛樊聂颜俞葛阮倪施梅包舒殷蓝童辛苗凌冉娄邢齐乔祁米毕喻纪季霍岳卞巩苟鞠艾詹蒙隋初姬耿屈滕涂桑佟佘习鄢尤"
    "裴丘柏辜麦甄褚靳臧仇栾戚翁瞿郎鲍迟闵穆岑窦阚缪檀鄞邬茅芮虞嵇糜方金任万康易常文左甘申路敖晁戈桂吉兰蔺鹿栗卫闻"
    "宣游郁宗管卜盖逄仝昝冼寇谷湛简关杭冀雍宫邸封"
)
_LETTER = r"\u3007\u3400-\u9fff\U00020000-\U0003ffff"  # also of the rare names
_LATIN = r"[A-Z][A-Za-z\u00c0-\u024f\u0300-\u036f\u1e00-\u1eff'’\-]+"
_OTHER = r"\u0370-\u07ff\u0900-\u0fff\u1800-\u18af\u3040-\u30ff\uac00-\ud7af"  # Greek to Tibetan, Mongolian, kana, Hangul
_NO_NAME = r"(?i:tel|phone|mobile|e-?mail|mail|wechat|qq|id|vip|app|wx|vx|fax|no|http|www)(?![a-zA-Z])"

# Who stands for the inquirer, or is spoken of by the part played: the name after it is nobody's business.
_PART = (
    "代理人|代办人|委托人|受托人|经办人|联系人|申请人|申报人|举报人|投诉人|反映人|信访人|来访人|来电人|当事人|监护人|被告人|"
    "原告人|报案人|知情人|担保人|受益人|继承人|承租人|出租人|买受人|证人|法定代表人|法人代表|户主|房东|业主|患者|姓名|我叫|名叫|"
    "本人叫|咨询人|来信人|提问人|求助人|询问人|上访人|收件人|寄件人|收货人|取件人|领取人|缴费人|付款人|收款人|签收人|持证人|持卡人|权利人|"
    "被害人|受害人|嫌疑人|被申请人|第三人|介绍人|紧急联系人|驾驶人|驾驶员|车主|死者|伤者|病人|考生|租客|雇主|雇员|署名|落款|签名|"
    "俺叫|咱叫|名字叫|名字是|自称是|自称叫|自称"
)
# What is followed by a name and by nothing else, whatever it begins with: 我叫买买提.
_CALLS = "我叫|名叫|本人叫|俺叫|咱叫|名字叫|名字是|自称叫"
# Whose somebody is, or what he is to others.
_KIN = (
    "租户|家属|妻子|丈夫|父亲|母亲|儿子|女儿|爱人|配偶|群众|村民|居民|老人|学生|家长|爸爸|妈妈|我爸|我妈|老爸|老妈|爷爷|奶奶|"
    "姥姥|姥爷|外公|外婆|祖父|祖母|外祖父|外祖母|哥哥|姐姐|弟弟|妹妹|我哥|我姐|我弟|我妹|兄长|兄弟|姐妹|老公|老婆|老伴|媳妇|儿媳|女婿|"
    "公公|婆婆|岳父|岳母|孙子|孙女|外孙|外孙女|侄子|侄女|外甥|外甥女|叔叔|伯伯|伯父|伯母|婶婶|舅舅|舅妈|姑姑|姑父|姑妈|姨妈|姨父|"
    "表哥|表姐|表弟|表妹|堂哥|堂姐|堂弟|堂妹|嫂子|姐夫|妹夫|继父|继母|养父|养母|未婚夫|未婚妻|男友|女友|前夫|前妻|亲属|亲戚|孩子|小孩|"
    "其父|其母|其妻|其夫|其子|其女|其兄|其弟|其姐|其妹|之父|之母|之妻|之夫|之子|之女|"
    "朋友|同事|邻居|同学|室友|工友|战友|客户|市民|网友|男子|女子|妇女|孕妇|儿童|婴儿|残疾人|低保户|贫困户|五保户|退役军人|民工|职工|员工|"
    "老板|店主|司机|教师|医生|护士|班主任|工人|农民|儿媳妇|投诉对象|反映对象|"
    "原告|被告|上诉人|债务人|债权人|产权人|共有人|抵押人|借款人|贷款人|保险人|投保人|参保人|联络人|经手人|逝者|亡者|已故|军属|烈属|遗属|孤儿|我儿|"
    "消费者|经营者|乘客|旅客|顾客|游客|房客|用户|住户|农户|养殖户|个体户|商户|失主|机主|货主|法人|股东|会计|出纳|保安|保姆|护工|产妇|"
    "退休人员|失业人员|困难人员|离休干部|退休干部|毕业生|新生"
)
_HEAD = "负责人"  # mostly one of the office: 负责人赵某签字 tells of nobody who asked, unless a form says so
# Who presents himself, or names whom he comes for: ordinary words follow as often, so that what follows must go on as after a name.
_SELF = "我是|俺是|咱是|我就是|这里是|这边是|我系|我乃|我，|我,|本人|本人系|鄙人|在下|名为|叫做|叫|签字|即"
_FOR = "代|替|帮|陪|受|为|应|代表|代理|代替|帮助|委托"
_OTHERWISE = {  # the letters before one of these that make another word of it: 时代
    "代": "时现古近年世交后一当朝取换历永万", "替": "代顶接", "受": "接感承享难遭蒙忍经", "为": "认作成因以行称视", "应": "相反响供对",
}  # fmt: skip


def _each(words: str) -> tuple[str, ...]:
    return tuple(words.split())


# What goes on after a name: 我是李某来办证.
_ON = _each(
    "的 因 称 说 问 讲 已 未 没 不 被 等 想 我 是 系 要 代 在 也 就 今 现 由 给 把 本人 来问 来取 来电 来访 来办 来领 来说 来了 来咨 来反 来投 来申 来交 "
    "来找 来看 来查 来信 来报 来到 咨询 反映 投诉 申请 申报 办理 办证 办件 办事 办完 办结 委托 之托 所托 到场 到期 到窗 到访 去世 死亡 病故 电话 手机 联系 身份 "
    "证件 证号 住 名下 女士 先生 小姐 同志 前来 需 须 患 求助 报名 报案 报告 登记 签字 签收 签名 领取 领证 年龄 年满"
)
_FOR_ON = _each(
    "来 问 办 申请 申报 咨询 反映 投诉 委托 之托 所托 之邀 领 取 交 缴 查 报 打听 递 送 签 开具 开证 补 写 要求 请求 授权 代 女士 先生 转达 说明 作证"
)
# What somebody is called by: 李某女士; of 李某的妻子 the name in front is told too.
_TITLE = _each(
    "电话 手机 联系电话 联系方式 身份证 微信 女士 先生 小姐 大爷 大妈 大娘 大伯 大叔 大姐 大哥 阿姨 老人 老太 老汉 同志 师傅 老师 同学 本人 夫妇 夫妻 一家 父母 委托 托我 让我 嘱我 ，男 ，女 ,男 ,女"
)
_OF = _each(
    "家属 妻子 丈夫 父亲 母亲 父母 儿子 女儿 爱人 配偶 家长 爸爸 妈妈 爷爷 奶奶 哥哥 姐姐 弟弟 妹妹 老公 老婆 老伴 代理人"
)
_NOTED = _each(
    "家属 妻子 丈夫 父亲 母亲 儿子 女儿 爱人 配偶 家长 代理人 委托人 申请人 身份证 电话 手机 本人 男 女"
)
_TITLES = (*_TITLE, *_OF, *(f"的{one}" for one in _OF), *(f"之{one}" for one in "子女父母妻夫"),
           *(f"{open_}{how}{one}" for open_ in "（(" for how in ("", "系", "其", "是") for one in _NOTED))  # fmt: skip
# Ordinary words that begin with what is a family name too: the letters that make a word of each.
_WORDS = """
白天色酒领菜日费条纸内血癜粉糖细班跑给等来拿 包括含围装裹办干车容租揽产庇子工 毕业竟生 柏油 曹操 陈述旧列规设年情词 程序度式控
初中步级次始期审一二三四五六七八九十稿试选犯诊 丛书 仇恨 戴着口 丁字 董事 杜绝 段落时路 范围本例畴 付款费出清给讫了完现息
高中校考龄级速度新铁血等层温职薪额三二一危低压烧管价发于出效呼质端位科标技空达风兴血架 葛洲 顾客问虑及全不家 巩固 韩国语
何时种处人以地为必况在不事日去方须尝年等物者来况故谓条项类所名影 贺电信卡 洪水涝灾 胡同乱说闹 黄色金河牌线昏岛石土 霍乱
纪委律检念录实要元年 季度节 江苏西南北东边水河中面 焦急虑点 孔子 赖以账 蓝色牌天图 雷电击雨 黎明族 林业地权场区木草下 凌晨
柳州 龙头岩 陆续地军路上 罗列湖 骆驼 马上路桶达车克来 麦收 毛病发坯巾 梅雨 蒙古受 孟加 米饭面粉 苗木圃族 莫名大非过须 牛奶肉羊
穆斯 齐全备心 钱款物币包财被 乔迁装 秦皇 曲折线 桑拿 尚未有无且可待在需不存能欠书 沈阳 施工行压救肥用加暴教 石油材家化景灰料狮头子
史料书地 舒适服 苏州区 隋朝 孙子女辈媳 唐山朝 陶瓷 田地里间埂径 童年装车 涂改料 汪洋 王国 温度泉暖室州馨饱差热水 武汉术警装力器 习惯题近俗
夏天季令粮 肖像 谢谢绝意 辛苦 徐州 许可多久诺昌愿 严重格禁厉惩肃密查防 颜色 叶片 殷切 尤其为
于是年今昨上下前本近该此其去每当明早晚同次首二一三四五六七八九十月日何某内后 余额款下地年户人 岳父母 张贴挂店家贴 郑重州 钟头点
周一二三四五六日末边期围岁年到转报刊全天知 祝愿贺福 庄稼严 艾滋灸 甄别选 屈服 柴油 邢台 祁连 迟到迟延缓报交 翁婿
曾经任在向于多因为被用到去找提申以按是有就两三几数先给打来与和对从获受要办收到说问 东方红 南门口 西门口 百里路外
方便面向式案法能可才形针位言圆知 金额融钱属银牌色 任何务职意期由命免课教用满选 万一元分般余人件亩户事物难
康复健乐 易于碎燃手地拉 常年见常住务规用驻委识州态 文件书化字本章明凭体旅教具号 左右手侧边 甘肃愿
申请报诉领办购辩明述告 桂林 吉林利祥 兰州 卫生健 闻讯知 宣传布告读 游客玩戏 郁闷 宗教地旨 管理道辖委用控线 盖章房了的戳
谷物 湛江 简单易历介化 关于系注键闭门心掉联停 杭州 宫颈保内 封闭面条锁存控 路上口边过段费径面灯
第五次条项款天日批期位名号组人类章节件年月中小 长孙子女
"""
# What stands there instead of a person: a department, a counter, nobody (联系人：办公室). Of a short word that begins
# with a family name one letter is too little to tell (张文科 is a person, 审批科 is none).
_UNIT = (
    r".*(?:办公室|委员会|服务台|值班室|传达室|收发室|门卫室|中心|窗口|大厅|公司|部门|单位|热线|前台|总机|平台|网站|邮箱|大队|支队|派出所"
    r"|街道|社区|居委|村委|居委会|村委会|物业|学校|医院|银行|集团|工会|机关|党委|党组|纪委|团委)"
    rf"|(?!{_COMPOUND}|[{_SURNAME}]).+[室科处局股站所队部组院厅办]|.{{3,}}[科处局股站所队组厅办]"
    r"|本人|自己|同上|同前|不详|不明|匿名|保密|未知|未留|没有|暂无|待定|待查|见附件|见后|见上|家属|亲属|邻居|朋友|同事|路人|群众|无|.[村屯镇乡]"
)
# One whose own name begins as a person's: 张家村委会, 石家庄人.
_BODY = r"[^在和与同到去从的]{2,5}(?:村委会|居委会|村民委员会|居民委员会|派出所|公司)|[^在和与同到去从的]{2,3}[省市县区镇乡村庄屯][人的籍户居村民来]?.*"
_UNBROKEN = f"[{_LETTER}]*"
_NEXT = "来[问取电访办说了信]|咨询|反映|投诉|申请|办理|委托|本人|女士|先生"
_JOINED = rf"[{_LETTER}]{{1,8}}(?:[·•・‧](?:(?!{_NEXT})[{_LETTER}]){{1,8}}){{1,4}}"
_FOREIGN = rf"[{_LETTER}]?[{_OTHER}][{_OTHER}'’\-]+"
_WORD = rf"(?:{_LATIN}|{_FOREIGN})"
_GAP = r"(?:姓名)?[\s:：是为系叫(（)）“”\"、]*"
# After a colon a name is a name whatever it begins with, and whoever it is: 家属：阿依古丽·吐尔逊.
_WRITTEN = (
    rf"(?:姓名)?\s*[:：]\s*([{_LETTER}]{{1,8}}(?:[·•・‧.][{_LETTER}]{{1,8}}){{1,4}}"
    rf"|[{_LETTER}]{{2,5}}?(?=电话|手机|联系|身份证|住址|地址|[^{_LETTER}]|$)|(?!{_NO_NAME}){_LATIN})"
)
# A name of several parts, or in other letters, needs no colon to be one: 联系人阿依古丽·吐尔逊, 我是John Smith.
_ABROAD = rf"{_GAP}(?!{_NO_NAME})({_JOINED}|{_WORD}(?:[ .]{{1,2}}{_WORD}){{1,3}}|{_FOREIGN})"
_LOOSE = r"[\s:：“\"(（]*"
_SPELT = r"[\s，,、]*(?:名字叫|名叫|单名|名|单字)"  # 姓李名某
_WHOLE = rf"[\s:：是]*((?![了过他她它你您人车救停号价苦不])[{_LETTER}]{{2,4}})(?=[^{_LETTER}]|$)"
_MOBILE = r"1[3-9]\d(?:[ \-]?\d{4}|\*{4})[ \-]?\d{4}(?!\d)"
_AND = r"\s*[、/和与及]\s*"
_PATTERNS = (_GAP, _LOOSE, _WRITTEN, _ABROAD, _SPELT, _WHOLE, _AND)


def _words() -> dict[str, str]:
    """Return the letters that make an ordinary word with what is a family name too."""
    found: dict[str, str] = {}
    for word in _WORDS.split():
        head = 2 if word[:2] in _COMPOUNDS else 1
        found[word[:head]] = found.get(word[:head], "") + word[head:]
    return found


_SURNAMES = frozenset(_SURNAME)
_COMPOUNDS = frozenset(_COMPOUND.split("|"))
_ORDINARY = _words()
_STRONG, _ASKED, _ONESELF, _ANOTHER, _BEHIND, _APART, _MORE, _NUMBER, _NAMED = range(
    9
)  # what a word says of the name beside it
_KINDS = (
    (_STRONG, f"{_PART}|{_KIN}".split("|")), (_ASKED, _HEAD.split("|")), (_ONESELF, _SELF.split("|")),
    (_ANOTHER, _FOR.split("|")), (_BEHIND, _TITLES), (_APART, ["姓"]), (_MORE, ["*"]),
    (_NUMBER, [f"1{n}" for n in "3456789"]), (_NAMED, _CALLS.split("|")),
)  # fmt: skip
_CALLED: dict[str, list[tuple[str, int]]] = {}  # the words that stand beside a name, by their first letters
for _kind, _beside in _KINDS:
    for _one in _beside:
        _CALLED.setdefault(_one[0], []).append((_one, _kind))


def mask_name(name: str) -> str:
    """Mask 张某某 as 张**, 欧阳某某 as 欧***, 张 as *; an empty name stays empty."""
    return "*" if len(name) == 1 else name[:1] + "*" * (len(name) - 1)


def mask_names(text: str) -> str:
    """Return the text with every name masked that a word beside it calls somebody's."""
    spans = []
    for at, char in enumerate(text):
        for word, kind in _CALLED.get(char, ()):
            if text.startswith(word, at) and (found := _beside_of(text, at, word, kind)):
                spans.append(found)
                on = _FOR_ON if kind == _ANOTHER else ()
                while more := _another(text, spans[-1][1], on):
                    spans.append(more)
    out, done = [], 0
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= done and not _spared(text, start, end):
            out += [text[done:start], mask_name(text[start:end])]
            done = end
    return "".join([*out, text[done:]])


def _beside_of(text: str, at: int, word: str, kind: int) -> tuple[int, int] | None:
    """Return where the name stands that a word at a place speaks of; None if it speaks of none."""
    after = at + len(word)
    if kind == _BEHIND:
        return _before(text, at, " \t\u3000")
    if kind == _NUMBER:
        alone = re.match(_MOBILE, text[at : at + 20]) and not text[at - 1 : at].isdigit()
        return _before(text, at, " \t\u3000:：,，()（）") if alone else None
    if kind == _NAMED:
        found = _at(_WHOLE, text, after)
        return found.span(1) if found else None
    if kind == _MORE:
        return _another(text, after)
    if kind == _ANOTHER and text[at - 1 : at] in _OTHERWISE.get(word, ()) and at:
        return None
    # 代表Иван is no 表Иван
    abroad = _at(_ABROAD, text, after) if kind != _APART else None
    if abroad and (kind != _ANOTHER or not _letter(abroad[1][0]) or _letter(abroad[1][1])):
        return abroad.span(1)
    if kind == _APART:
        family = _family(text, after)
        said = _at(_SPELT, text, after + family) if family else None
        ends = (end for n in (2, 1) if said and (end := said.end() + n) <= len(text))
        given = next((end for end in ends if said and _goes_on(text, said.end(), end, _ON)), 0)
        return (said.end() - 1, given) if said and given else None
    gap = _at(_GAP if kind == _STRONG else _LOOSE, text, after)
    start = gap.end() if gap else after
    if kind != _ASKED and (end := _end(text, start, {_ONESELF: _ON, _ANOTHER: _FOR_ON}.get(kind))):
        return start, end
    found = _at(_WRITTEN, text, after) if kind in (_STRONG, _ASKED) else None
    return found.span(1) if found else None


def _another(text: str, at: int, on: tuple[str, ...] = ()) -> tuple[int, int] | None:
    """Return where one more name stands after a name: 代理人：李某、王某某."""
    joined = _at(_AND, text, at)
    end = _end(text, joined.end(), on) if joined else 0
    return (joined.end(), end) if joined and end else None


def _at(pattern: str, text: str, at: int) -> re.Match[str] | None:
    """Match at a place; compiled when a text first needs it, few do."""
    made = re.compile(pattern)
    return made.match(text, at)


def _letter(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or char == "〇" or "\U00020000" <= char <= "\U0003ffff"


def _family(text: str, at: int) -> int:
    """Return how long the family name at a place is; 0 where none is, or an ordinary word."""
    family = 2 if text[at : at + 2] in _COMPOUNDS else 1 if text[at : at + 1] in _SURNAMES else 0
    ordinary = _ORDINARY.get(text[at : at + family], "")
    return 0 if (text[at + family : at + family + 1] or ".") in ordinary else family


def _end(text: str, at: int, on: tuple[str, ...] | None) -> int:
    """Return where the name that begins at a place ends, 0 if none does; ``on``: what must go on after it."""
    family = _family(text, at)
    first = at + family
    if not family or first >= len(text) or not _letter(text[first]):
        return 0
    end = first + 1
    longer = end < len(text) and _letter(text[end]) and not _and(text, end)
    if on is None:
        return end + (longer and not text.startswith(_ON, end))
    return next((n for n in (end, end + 1) if (n == end or longer) and _goes_on(text, first, n, on)), 0)


def _goes_on(text: str, first: int, end: int, on: tuple[str, ...]) -> bool:
    """Return whether letters stand from ``first`` to ``end``, and then nothing that could belong to a name."""
    return all(map(_letter, text[first:end])) and (
        end == len(text) or not _letter(text[end]) or text.startswith(on, end) or _and(text, end)
    )


def _and(text: str, at: int) -> bool:
    """Return whether somebody else is named after an "and": 李某和王某."""
    return text[at] in "和与及" and bool(_family(text, at + 1))


def _before(text: str, at: int, apart: str) -> tuple[int, int] | None:
    """Return where the name in front of what somebody is called by stands: 找李某女士."""
    end = len(text[:at].rstrip(apart))
    for start in range(max(0, end - 4), end - 1) if text[:end][-1:] not in ("的", "之", "其") else ():
        begins = (
            start == 0
            or not _letter(text[start - 1])
            or text[start - 1] in "由请找和与及给向对让代替帮为陪受有是系"
        )
        family = begins and _family(text, start)
        if family and start + family < end <= start + family + 2 and all(map(_letter, text[start:end])):
            return start, end
    return None


def _spared(text: str, start: int, end: int) -> bool:
    """Return whether a department, a counter or nobody stands there."""
    rest = end
    while rest < len(text) and _letter(text[rest]):
        rest += 1
    return bool(re.fullmatch(_UNIT, text[start:end]) or re.fullmatch(_BODY, text[start:rest]))
