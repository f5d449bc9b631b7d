"""How an article is quoted."""

import pytest
from msgspec import structs

from shouwen.core.regulation.citation import cite
from tests.support.records import BUMEN

CITED = [
    # how the regulation quotes, article, whether it is among its articles, the words
    ("第{}条", "九", True, "第九条"), ("第{}条", "五(一)", True, "第五条(一)"), ("第{}条", "告知一", True, "告知第一条"),
    ("第{}条", "12", True, "第12条"), ("第{}条", "简介", True, "简介"), ("第{}条", "默认", False, "默认"),
    ("第{}项", "三(二)", True, "第三(二)项"), ("第{}项", "(二)", True, "第(二)项"), ("第{}项", "3.1", True, "第3.1项"),
    ("第{}项", "附则一", True, "附则一"), ("第{}项", "本局决定", False, "本局决定"),
    ("第{}项", "0", True, "第0项"), ("第{}项", "9", True, "第9项"), ("第{}项", "十", True, "第十项"), ("第{}项", "（一）", True, "第（一）项"),
    ("{}", "一、1", True, "一、1"), ("规定{}", "总则", True, "规定总则"), ("{}", "九", False, "九"),
]  # fmt: skip


@pytest.mark.parametrize("way, article, known, words", CITED)
def test_how_an_article_is_quoted(way, article, known, words) -> None:
    """第…条 only round a number, as the document itself writes it; what is no article stands as it is."""
    rules = structs.replace(BUMEN, cite=way, articles={article: "…"} if known else {})
    assert cite(rules, article) == words
