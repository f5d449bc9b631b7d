"""An article as people write it: 九, 第九条, 9; what is none is refused with those there are."""

import pytest

from shouwen.core.errors import NotFound
from shouwen.terminal.context import article_of

SPELT = "一二三四五六七八九"


@pytest.mark.parametrize("n", range(1, 20))
@pytest.mark.parametrize("form", ["{}", "第{}条", " {} "])
def test_a_number_means_the_article_that_is_spelt(n: int, form: str) -> None:
    """1 to 19, as a number or spelt."""
    spelt = ("十" if n >= 10 else "") + (SPELT[(n - 1) % 10] if n % 10 else "")
    known = ["一", "九", "十", "十九", spelt]
    assert article_of(form.format(n), known) == article_of(form.format(spelt), known) == spelt


@pytest.mark.parametrize("text", ["0", "20", "百", "", "第条"])
def test_what_is_no_article_is_refused_with_those_there_are(text: str) -> None:
    """None of them is guessed."""
    with pytest.raises(NotFound, match="一.*九"):
        article_of(text, ["一", "九"])
