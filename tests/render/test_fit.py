"""Lists on a screen of any width: nothing wraps, the id stays whole, what is left out is named."""

import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.render.fit import fitted, folded, shortened, too_wide
from shouwen.render.table import cell, table
from shouwen.render.width import width

PROGRAM = Path(sys.executable).parent / "shouwen"
COLUMNS = [("id", "编号"), ("received", "受理时间"), ("subject", "事由"), ("inquirer", "服务对象"),
           ("first_responder", "首问责任人"), ("phase", "状态"), ("holder", "现负责"), ("due", "期限"), ("level", "预警")]  # fmt: skip
TEXT = st.text(st.characters(blacklist_categories=("Cc", "Cs")), max_size=40)
ROW = st.fixed_dictionaries(
    {"id": st.just("20261123-K7Q4QX"), "received": st.just("2026-11-23 09:15"), "subject": TEXT, "inquirer": TEXT,
     "first_responder": st.sampled_from(["王芳", "欧阳修远"]), "phase": st.sampled_from(["在办", "待签收"]),
     "holder": st.sampled_from(["审批科 王芳", "行政审批服务与项目建设管理科 欧阳修远"]), "due": st.just("2026-11-26 17:30"),
     "level": st.sampled_from(["", "红牌"])}
)  # fmt: skip


@given(st.lists(ROW, max_size=5), st.integers(30, 200))
def test_no_line_is_wider_than_the_screen(rows, most):
    """From 30 columns on; ids whole; what is left out and what is shown make up all columns."""
    found, kept, left_out = fitted(rows, COLUMNS, most)
    text = table(found, kept, "table")
    assert all(width(line) <= most for line in text.splitlines())
    assert [row["id"] for row in found] == [row["id"] for row in rows]
    assert sorted([title for _, title in kept] + left_out) == sorted(title for _, title in COLUMNS)
    assert kept[0] == ("id", "编号")


def test_what_a_reader_needs_first_stays_longest():
    """At 80 columns the due time and the holder stand there, at 40 the subject; the time of intake goes first."""
    rows = [{"id": "20261123-K7Q4QX", "received": "2026-11-23 09:15", "subject": "施工许可证办理需要哪些材料，多久能办好",
             "inquirer": "张*", "first_responder": "王芳", "phase": "在办", "holder": "审批科 王芳", "due": "2026-11-26 17:30", "level": "红牌"}]  # fmt: skip
    shown = {most: [key for key, _ in fitted(rows, COLUMNS, most)[1]] for most in (200, 80, 40)}
    assert len(shown[200]) == 9
    assert shown[80] == ["id", "subject", "phase", "holder", "due", "level"]
    assert shown[40] == ["id", "subject", "level"]
    assert fitted(rows, COLUMNS, 40)[0][0]["subject"].endswith("…")


def test_what_fits_is_left_as_it_is():
    """No cut and no note where there is room."""
    rows = [{"id": "1", "subject": "短"}]
    assert fitted(rows, [("id", "编号"), ("subject", "事由")], 80) == (
        rows,
        [("id", "编号"), ("subject", "事由")],
        [],
    )


@given(st.lists(ROW, max_size=5), st.integers(30, 200))
def test_an_item_by_item_list_loses_nothing(rows, most):
    """No line is wider than the screen, and every value stands there, under its title."""
    text = folded(rows, COLUMNS, most)
    assert all(width(line) <= most for line in text.splitlines())
    bare = "".join(text.split())
    for row in rows:
        assert all("".join(cell(value).split()) in bare for value in row.values())
    assert "编号 20261123-K7Q4QX" not in text  # an id needs no title
    assert text.count("\n20261123-K7Q4QX\n") == max(0, len(rows) - 1)


@given(st.lists(ROW, min_size=1, max_size=5), st.integers(30, 200))
def test_a_table_that_fits_is_a_table(rows, most):
    """Whether it fits is what the printed table is measured to be."""
    widest = max(width(line) for line in table(rows, COLUMNS, "table").splitlines())
    assert too_wide(rows, COLUMNS, most) == (widest > most)


@given(TEXT, st.integers(1, 30))
def test_a_cut_text_says_so(text, most):
    """At most so wide; a text that fits is whole, any other ends in …."""
    cut = shortened(text, most)
    assert width(cut) <= most
    assert cut == text if width(text) <= most else cut.endswith("…")


@pytest.mark.parametrize("columns", [40, 80, 132])
def test_on_a_terminal(ledger, inquiry, columns):
    """Real screens: no list wraps, what may not be cut is told item by item; --wide and a pipe have all columns."""
    pexpect = pytest.importorskip("pexpect")
    inquiry(subject="施工许可证办理需要哪些材料，多久能够办好，去哪里交", received="2026-11-09 09:00")
    env = {**os.environ, "TERM": "dumb", "SHOUWEN_AS": "wangfang"}
    env.pop("COLUMNS")

    def seen(*words: str) -> list[str]:
        text = pexpect.run(
            f"{PROGRAM} -L {ledger} --no-pager {' '.join(words)}",
            env=env,
            encoding="utf-8",
            dimensions=(24, columns),
        )
        return [line for line in text.splitlines() if not line.startswith("屏幕窄")]

    for words in (["list"], ["search", "施工"], ["overdue"], ["overdue", "--by", "department"], []):
        lines = seen(*words)
        assert any("20261109-" in line and "施工" in line for line in lines), words
        # the page of today has sentences beside its list
        assert all(
            width(line) <= columns for line in lines if "20261109-" in line or line.startswith("---")
        ), words
    assert max(map(width, seen("list", "--wide"))) > 80
    for words in (["route"], ["route", "施工"], ["policy", "list"], ["calendar", "show", "2026"]):
        lines = seen(*words)
        assert len(lines) > 2 and all(width(line) <= columns for line in lines), words
