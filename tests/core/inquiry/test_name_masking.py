"""Names that a sentence tells are masked, and the ordinary words of an office are not."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.core.inquiry.masking import mask_text
from shouwen.core.inquiry.name_masking import mask_names
from tests.support.places import ROOT

FAMILIES = ["李", "王", "方", "任", "曾", "于", "高", "欧阳", "司徒", "石", "何", "金", "钱", "毕", "许"]
BESIDE = [
    "我是{}", "我是{}，来问", "俺是{}来办证", "本人{}", "本人{}，住某村", "鄙人{}", "家长{}", "学生家长{}来电", "家长（{}）", "我妈{}", "其父{}", "老伴{}去世",
    "代{}来问", "替{}办", "帮{}问一下", "受{}委托", "受{}之托来取", "代母亲{}申请", "为{}申请低保", "应{}要求", "陪{}来", "{}女士来电", "找{}先生", "{}的妻子来问",
    "{}（女儿）来问", "{}本人来取", "自称{}", "自称是{}", "名为{}的男子", "一位叫{}的群众", "署名{}", "收件人：{}", "死者{}", "车主{}", "考生{}未领", "邻居{}反映",
    "同事{}说", "孙女{}", "外孙女{}", "儿媳{}", "当事人{}到场", "申请人{}", "代理人（{}）", "姓名{}", "{}13812345678来电", "{} 138 1234 5678", "{}，13812345678", "（{}）138-1234-5678", "联系{}，13812345678", "{}电话0631-5550123", "我，{}，来问", "这边是{}", "本人系{}", "{}委托本所", "{}，女，1980年生",
    "{}（本人）", "原告{}", "参保人{}", "退休人员{}", "个体户{}", "住户{}", "已故{}", "我儿{}", "法人{}", "{}手机：1381", "咨询人 {}",
]  # fmt: skip
givens = st.text("龘靐齉爩麤灪鱻虪", min_size=1, max_size=2)


@given(family=st.sampled_from(FAMILIES), given=givens, beside=st.sampled_from(BESIDE))
def test_who_presents_himself_or_stands_for_another(family: str, given: str, beside: str) -> None:
    """Whatever the relation and whatever goes on after it: the given name is not seen, the family name is."""
    shown = mask_names(beside.format(family + given))
    assert given not in shown and family[0] in shown
    assert shown == beside.format(family[0] + "*" * (len(family + given) - 1))


@pytest.mark.parametrize("beside", ["我是{}", "家长{}", "代{}来问", "其父{}", "本人{}"])
@pytest.mark.parametrize("name", ["阿依古丽·吐尔逊", "John Smith", "김철수", "Иван Петров"])
def test_names_of_other_tongues(beside: str, name: str) -> None:
    """Of several parts, or in other letters."""
    shown = mask_names(beside.format(name))
    assert shown == beside.format(name[0] + "*" * (len(name) - 1))


@pytest.mark.parametrize("before", ["我叫", "我的名字叫", "他名叫", "本人叫"])
@pytest.mark.parametrize("name", ["买买提", "阿不都拉", "浩特"])
def test_who_says_his_name_has_it_masked_whatever_it_is(before: str, name: str) -> None:
    """No family name need be known; 我叫了车 names nobody."""
    assert mask_names(f"{before}{name}，来问") == f"{before}{name[0]}{'*' * (len(name) - 1)}，来问"
    assert mask_names("我叫了车，我叫他来") == "我叫了车，我叫他来"


@pytest.mark.parametrize(
    "text",
    [
        "审批科13812345678",
        "夏天13812345678",
        "周一13812345678打来",
        "许可电话5550123",
        "高新区电话",
        "金额13812345678元",
    ],
)
def test_what_stands_before_a_number_need_not_be_a_name(text: str) -> None:
    """A department, a day, a matter."""
    assert mask_names(text) == text


def test_family_and_given_name_apart() -> None:
    """我姓李，叫李某 and 姓李名某."""
    assert mask_names("我姓李，叫李龘靐") == "我姓李，叫李**"
    assert mask_names("自称姓李名龘") == "自称姓李名*"
    assert mask_names("受李龘、王靐委托") == "受李*、王*委托"


# What begins as a name does, after each word that a name may follow.
ORDINARY = [
    "于昨日来", "于三日内", "于上午", "何时能领", "何处办", "何人", "曾向窗口咨询", "曾用名", "曾经", "马上到", "许可证",
    "许多", "毕业证", "毕业后", "高中毕业", "高考", "高龄", "高血压", "高新区的", "高校学生", "周末来", "周一到",
    "严重不服", "严格", "陈述", "石油公司", "石家庄人", "施工方", "程序员", "尚未领取", "余款", "温度", "白天", "白内障",
    "江苏人", "黄岛居民", "季度", "钱款", "付费", "初中", "初次", "包装", "戴口罩", "顾虑", "谢谢", "苏州来的", "史料",
    "田地", "林地", "方便", "方可", "任何", "金额", "万一", "常住", "文件", "文化", "申请", "路上", "易碎", "康复", "张贴",
    "周转金", "第五次", "牛奶", "童年", "董事长", "尤其", "庄稼", "纪委", "武汉市民",
]  # fmt: skip
STANDING = [
    "用户",
    "法人",
    "我，",
    "被告",
    "本人", "我是", "家长", "学生", "老人", "居民", "群众", "申请人", "投诉人", "当事人", "业主", "职工", "患者", "代",
    "替", "受", "为", "叫", "即", "车主", "病人",
]  # fmt: skip


@pytest.mark.parametrize("before", STANDING)
def test_ordinary_words_after_it_stay(before: str) -> None:
    """A family name is the beginning of many a word: 申请人许可证, 家长周末来."""
    assert [shown for word in ORDINARY if (shown := mask_text(before + word)) != before + word] == []


def test_the_documents_name_nobody() -> None:
    """Twenty regulations speak of persons on every line: nothing in them is masked."""
    masked = {}
    for path in (ROOT / "tests/systems/text").glob("*.yaml"):
        for line in re.findall(r"says: .*?(?=, met)", path.read_text("utf-8")):
            if (shown := mask_text(line)) != line:
                masked[line] = shown
    assert masked == {}


def test_the_example_office_speaks_unmasked() -> None:
    """What clerks wrote in the example ledger: only the inquirers and their numbers go."""
    said = set()
    for path in (ROOT / "ledger-example").rglob("*.yaml"):
        for text in re.findall(
            r'"(?:reason|text|result|detail|subject)": ("(?:[^"\\]|\\.)*")', path.read_text("utf-8")
        ):
            text = json.loads(text)
            if (shown := mask_names(text)) != text:
                said.add((text, shown))
    assert said == set()
