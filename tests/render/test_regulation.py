"""``policy show``: whatever a regulation sets, the reader of the text finds."""

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from shouwen.core.duties import DUTIES
from shouwen.core.regulation.citation import cite
from shouwen.core.regulation.schema import Policy
from shouwen.render.regulation import article_data, article_text, regulation_text
from shouwen.store.settings import load_policy, policy_ids
from shouwen.store.yaml_keys import words_at
from tests.support.places import TESTS

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


BEYOND = TESTS / "systems" / "beyond"


def everything() -> Iterator[tuple[str, Policy]]:
    """The built-in regulations and those that use the rest of the vocabulary."""
    yield from ((name, load_policy(name)) for name in policy_ids())
    for path in sorted((BEYOND / "policies").iterdir()):
        yield path.stem, load_policy(path.stem, str(BEYOND))


def as_plain(value: Any) -> Any:
    """Plain data, as JSON has it."""
    return msgspec.json.decode(msgspec.json.encode(value))


def leaves(value: Any, where: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Everything in plain data that is set, with its place."""
    each = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, under in each:
        yield from leaves(under, (*where, key))
    if value and not isinstance(value, dict | list):
        yield where, value


def shape(where: tuple[Any, ...]) -> tuple[Any, ...]:
    """A place without its numbers and names: what holds for one rule of a kind holds for all."""
    return tuple(
        "#" if isinstance(step, int) else step.partition("/")[0] if step.isascii() or n < 2 else "*"
        for n, step in enumerate(where)
    )


def without_effect(policy: dict[str, Any], where: tuple[Any, ...]) -> bool:
    """Whether a key says nothing where it stands: what is counted with no ladder, a grace of no days, the base."""
    rule = policy
    for step in where[:-1]:
        rule = rule[step]
    last = where[-1]
    return (
        where == ("extends",)
        or last == "window"
        and where[0] == "violations"
        and not rule["ladder"]
        or last == "grace_from"
        and not rule["grace"]
        or last == "cite"
        and not any(article[0] in "一二三四五六七八九十(0123456789" for article in rule["articles"])
    )


def another(value: Any, where: tuple[Any, ...]) -> Any:
    """Something else that may stand in a place."""
    if words := [word for word in words_at(Policy, where) if word != value]:
        return words[0]
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value / 2 if where[-1] == "ratio" else value + 37
    return "2031-01-01" if where[0] == "in_force" else f"{value}甲乙"


def replaced(value: Any, where: tuple[Any, ...], new: Any) -> Any:
    """Plain data with something else in one place."""
    if not where:
        return new
    step, *rest = where
    each = value.items() if isinstance(value, dict) else enumerate(value)
    changed = {key: replaced(under, tuple(rest), new) if key == step else under for key, under in each}
    return changed if isinstance(value, dict) else list(changed.values())


def test_whatever_is_changed_shows() -> None:
    """Of every kind of rule every key: with something else in its place the text reads otherwise."""
    seen: set[tuple[Any, ...]] = set()
    silent = []
    for name, policy in everything():
        shown = regulation_text(policy)
        plain = as_plain(policy)
        for where, value in leaves(plain):
            if shape(where) in seen or without_effect(plain, where):
                continue
            seen.add(shape(where))
            other = msgspec.convert(replaced(plain, where, another(value, where)), Policy, strict=False)
            if regulation_text(other) == shown:
                silent.append((name, *where))
    assert silent == []
    assert len(seen) > 300


def test_an_article_shows_all_its_rules() -> None:
    """What ``--article`` prints has every line that the whole regulation has of this article, and JSON the rule."""
    for name, policy in everything():
        whole = regulation_text(policy).split("\n\n谁负责\n")[1].splitlines()
        for article in policy.articles:
            own = [line for line in whole if line.startswith(f"  {cite(policy, article)} ")]
            assert set(own) <= set(article_text(policy, article).splitlines()), (name, article)
            data = as_plain(article_data(policy, article))
            for where, value in leaves(as_plain(policy)):
                if where[-1] == "article" and value == article:
                    assert article in [v for w, v in leaves(data) if w[-1] == "article"][1:], (name, where)
                    assert names(data, where), (name, where)


def names(data: dict[str, Any], where: tuple[Any, ...]) -> bool:
    """Whether the article's data have something under the key in which a rule stands."""
    return bool(data.get(where[0]) or data["settings"].get(where[0]))


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
