"""``policy show``: whatever a regulation sets, the reader of the text finds."""

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from shouwen.core.duties import DUTIES
from shouwen.core.regulation.citation import cite
from shouwen.core.regulation.schema import Policy
from shouwen.render.regulation import regulation_text
from shouwen.store.settings import load_policy, policy_ids

# Codes that the text says in words, and what is no rule of the document.
CODES = {
    "window",
    "effect",
    "order",
    "level",
    "rounding",
    "cite",
    "extends",
    "starter",
    "article",
    "grace_from",
    "concerns",
    "rate",
    "post",
    "review",
    "review_leader",
}


def texts(value: Any) -> Iterator[str]:
    """Every word and sentence that a value holds, however deep; codes left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            if name not in CODES:
                yield from texts(getattr(value, name))
    elif isinstance(value, dict):
        for key, each in value.items():
            kind, _, which = key.partition("/")
            yield which if kind in DUTIES else key
            yield from texts(each)
    elif isinstance(value, tuple | list):
        for each in value:
            yield from texts(each)


@pytest.mark.parametrize("name", policy_ids())
def test_everything_set_is_shown(name: str) -> None:
    """No list, level, exemption, exception, person or open point stands in the data alone."""
    policy: Policy = load_policy(name)
    shown = regulation_text(policy)
    assert [t for t in texts(policy) if t and t not in shown and cite(policy, t) not in shown] == []
    assert f"同时被问：{'职位高的' if policy.first_asked.order[0] == 'rank' else '到岗早的'}" in shown


@pytest.mark.parametrize("name", policy_ids())
def test_the_source_is_what_a_reader_would_call_it(name: str) -> None:
    """A document is named by its title and who issued it, not by where somebody keeps it."""
    document = load_policy(name).document
    assert document.startswith("《") and "种子" not in document and "篇" not in document


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("bumen", ["  第七条 引领：范围 其他部门；渠道 来访；方式 引领、指定；违反则提示，列为线索；按第七条“一推了之”处理",
                   "  第三条 联系经办：范围 其他部门；渠道 来电、来信、网上、短信；方式 引领、电话联系、书面转交、指定；"
                   "违反则提示，列为线索；按第四条“推诿”处理",
                   "  第五条 大会通报批评：公开通报，记下会议和日期",
                   "  第九条 考核等次（公务员）：优秀、称职、基本称职、不称职"]),
        ("jiujiang", ["  第(二)3项 第一责任人：主要领导（按当天的名册）", "文件到哪里为止：第(三)1项“便于服务对象辨明身份、实行监督”处中断；"
                      "限时办结制、责任追究制没有写到", "  默认（文件没有写） 几人同时被问：职位高的，再比到岗早的；都相同的按列名先后"]),
        ("fayuan", ["  第三(二)项 申诉，案件办结后6个月内 → 审判庭", "  默认（文件没有写） 身份和内容另存：举报、反映干警"]),
        ("dianxin", ["  第一1项 整个部门可以作首问责任人", "  第二3项 指定承办：范围 不明确；紧要程度 复杂；违反则提示，列为线索；文件没有写怎样处理",
                     "      文件没有写、照样受理的：求助、建议、举报"]),
    ],
)  # fmt: skip
def test_decisive_lines(name: str, lines: list[str]) -> None:
    """Stated by hand from the documents: who, which degree, what follows under which article."""
    shown = regulation_text(load_policy(name)).splitlines()
    assert [line for line in lines if line not in shown] == []
