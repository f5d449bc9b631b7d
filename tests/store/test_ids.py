"""Which record somebody means by a part of its id, as typed or heard on the phone."""

import json
from pathlib import Path

import pytest

from shouwen.core.errors import BadData, NotFound
from shouwen.store.ids import meant
from shouwen.store.ledger import Ledger
from shouwen.store.ledger_template import found
from shouwen.store.settings import load_policy
from tests.support.records import inquiry

NAMES = ("20261123-K7Q4QX", "20261124-M3K7TA", "20261123-AAAQX0", "20251123-QXZZZ1")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("K7Q4QX", [NAMES[0]]),
        ("20261123-K7Q4QX", [NAMES[0]]),
        ("k7q4", [NAMES[0]]),
        ("K7", [NAMES[0]]),  # it begins so; another has it in the middle
        ("3K7", [NAMES[1]]),
        ("QX", [NAMES[0], NAMES[3]]),  # one ends so, one begins so; a third has it in the middle
        ("1123-QX", [NAMES[0], NAMES[3]]),
        ("2026-QX", [NAMES[0]]),
        ("AAAOXO", []),
        ("AAAQXO", [NAMES[2]]),  # O is heard for 0
        ("20261123—K7Q4QX", [NAMES[0]]),  # the long dash of Chinese
        ("20261123_K7Q4QX", [NAMES[0]]),
        ("２０２６１１２３－Ｋ７Ｑ４ＱＸ", [NAMES[0]]),
        ("26-K7", []),
    ],
)
def test_what_a_part_means(text, names):
    """The nearest only: the beginning or the end of the letters before their middle, with a day or without."""
    assert sorted(meant(NAMES, text)) == sorted(names)


@pytest.fixture
def books(tmp_path: Path) -> Ledger:
    """A ledger with one inquiry."""
    found(str(tmp_path / "ledger"), json.dumps("某局", ensure_ascii=False), load_policy("bumen"))
    ledger = Ledger(str(tmp_path / "ledger"))
    ledger.create(inquiry())
    return ledger


@pytest.mark.parametrize("text", ["K", "", "K7U", "张某", "20261123-"])
def test_what_is_no_part_of_an_id(books, text):
    """One letter, or what no id has, means nothing; it is said what an id looks like."""
    with pytest.raises(NotFound, match="不像编号"):
        books.find(text)


def test_a_whole_id_that_is_nowhere(books):
    """Named as it was understood; a part that several have is told with them."""
    with pytest.raises(NotFound, match="没有编号为 20261123-ZZZZZZ 的记录"):
        books.find("20261123-zzzzzz")
    books.create(inquiry(id="20261123-K7Q4QZ"))
    with pytest.raises(NotFound, match="对应 2 条记录：20261123-K7Q4QX、20261123-K7Q4QZ"):
        books.find("K7Q4")


def test_what_is_not_found_may_be_where_nobody_can_look(books):
    """A folder that is a link is not read: then nobody may say that there is no such record."""
    month = Path(books.root, "inquiries/2026/10")
    month.symlink_to(Path(books.root, "inquiries/2026/11"))
    assert books.find("K7Q4").endswith("K7Q4QX.yaml")
    with pytest.raises(BadData, match="符号链接"):
        books.find("ZZZZ")
