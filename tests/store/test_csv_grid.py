"""CSV files as the programs of offices write them: every encoding, every dividing sign, every line end."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.core.errors import BadData
from shouwen.store.csv_grid import DIVIDERS, read_csv
from shouwen.store.spreadsheet import read_grid

TITLES = ["受理时间", "姓名", "事项内容", "联系方式"]
ROW = ["2025-01-06 09:00", "张某", "问材料", "13800000001"]
ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]


def written(rows: list[list[str]], divider: str = ",", ends: str = "\r\n", always: bool = False) -> str:
    """The rows as a program writes them, quoted where they must be or everywhere."""
    out = io.StringIO()
    how = csv.QUOTE_ALL if always else csv.QUOTE_MINIMAL
    csv.writer(out, delimiter=divider, lineterminator=ends, quoting=how).writerows(rows)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("divider", DIVIDERS)
@pytest.mark.parametrize("ends", ["\r\n", "\n", "\r"])
def test_whatever_writes_it(encoding, divider, ends):
    """Encoding, dividing sign and line end together; a text may hold any of the signs."""
    rows = [TITLES, [*ROW[:2], "社保;转移,落户|入学\t急，等", ROW[3]], [*ROW[:2], "一，二，三；四", ROW[3]]]
    raw = written(rows, divider, ends).encode(encoding)
    assert read_csv(raw, "t.csv")[0].rows == rows


@given(
    st.lists(
        st.tuples(
            st.text(st.characters(min_codepoint=32, exclude_characters="\ufeff", exclude_categories=["Cs", "Cc"])),
            st.text("张，;|\t,\"\n 甲𠮷㐂", max_size=12),
        ),
        min_size=1, max_size=8,
    ),
    st.sampled_from(ENCODINGS), st.sampled_from(DIVIDERS), st.booleans(),
)  # fmt: skip
def test_no_text_is_lost(cells, encoding, divider, always):
    """Whatever stands in the cells, quoted texts over several lines and rare characters too."""
    rows = [TITLES, *[[ROW[0], f"甲{name}", f"问{what}", ROW[3]] for name, what in cells]]
    raw = written(rows, divider, "\n", always).encode(encoding)
    assert read_csv(raw, "t.csv")[0].rows == rows


@pytest.mark.parametrize("first", ["2025年台账", "市民热线；夜间|值班，表", "登记表,2025;一月"])
@pytest.mark.parametrize("divider", DIVIDERS)
def test_the_titles_say_what_divides_them(first, divider):
    """A line above the titles, rows of unequal length, the same sign once in each text: the titles decide."""
    rows = [[first], TITLES, *[[*ROW[:2], text] for text in ("张;李", "一,二|三", "a\tb，c")], ROW, ["合计"]]
    assert read_csv(written(rows, divider).encode(), "t.csv")[0].rows == rows


@pytest.mark.parametrize("first", ["sep=;", '"sep=;"', "sep=;\t"])
def test_the_sign_that_a_spreadsheet_writes_in_the_first_line(first):
    """``sep=;`` is no row: the spreadsheet does not show it, so the titles are in its row 1."""
    raw = f"{first}\r\n甲;乙,丙\r\n1;2,3\r\n".encode()
    assert read_csv(raw, "t.csv")[0].rows == [["甲", "乙,丙"], ["1", "2,3"]]


def test_files_put_one_after_another():
    """A mark amid the text, before the titles that come again, is nothing."""
    raw = written([TITLES, ROW]).encode("utf-8-sig") * 2
    assert read_csv(raw, "t.csv")[0].rows == [TITLES, ROW] * 2


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_half_a_character_at_the_end(encoding):
    """A file cut off within a character is refused, not read without its end."""
    with pytest.raises(BadData) as refused:
        read_csv(written([TITLES, ROW]).encode(encoding)[:-1], "t.csv")
    assert "不是完好的 UTF-" in str(refused.value.problems[0])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_a_page_in_any_encoding_is_a_page(encoding, tmp_path: Path):
    """A web page under the name of a sheet, in whatever encoding it was saved."""
    path = tmp_path / "t.xls"
    path.write_bytes("<html><table>\r\n<tr><td>受理时间</td></tr></table></html>".encode(encoding))
    with pytest.raises(BadData) as refused:
        read_grid(str(path))
    assert "其实是网页" in str(refused.value.problems[0])


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le"])
def test_a_quote_without_an_end_names_its_row(encoding):
    """The row in which it begins, as a spreadsheet counts it, lines within texts not counted."""
    raw = written([TITLES, [*ROW[:2], "一\n二", ROW[3]]]) + '2025-01-07,"李某,问\r\n'
    with pytest.raises(BadData) as refused:
        read_csv(raw.encode(encoding), "t.csv")
    assert "t.csv:A3" in str(refused.value.problems[0]) and "引号" in str(refused.value.problems[0])
