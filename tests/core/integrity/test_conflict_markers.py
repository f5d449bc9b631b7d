"""Both sides of a conflict among the events stand; what only people can settle is said."""

import pytest

from shouwen.core.integrity.conflict_markers import conflicted, healed

HEAD = 'id: "x"\nevents:\n'
OURS, BASE, END = "<<<<<<< HEAD\n", "||||||| 1234567\n", ">>>>>>> other\n"


@pytest.mark.parametrize(
    "text, line",
    [
        ("", 0), (HEAD + "- a\n", 0), (HEAD + OURS, 3), (OURS, 1), (HEAD + "- a\n=======\n", 4), (HEAD + END, 3),
        (HEAD + BASE, 3), (HEAD + "=======", 3), (HEAD + "=======\r\n", 3),
        (HEAD + "- <<<<<<< HEAD\n", 0), (HEAD + "<<<<<< HEAD\n", 0), (HEAD + "<<<<<<<<\n", 0),
        (HEAD + "========\n", 0), (HEAD + "<<<<<<<HEAD\n", 0),
    ],
)  # fmt: skip
def test_where_a_conflict_begins(text, line):
    """Seven signs at the start of a line, then a blank or the line's end."""
    assert conflicted(text) == line


@pytest.mark.parametrize(
    "events, kept",
    [
        (OURS + "- a\n=======\n- b\n" + END, "- a\n- b\n"),
        (OURS + "- a\n" + BASE + "- old\n=======\n- b\n" + END, "- a\n- b\n"),
        (OURS + "- a\n- c\n=======\n- c\n- b\n" + END, "- a\n- c\n- b\n"),  # both had c
        (OURS + "=======\n- b\n" + END, "- b\n"),
        (OURS + "- a\n=======\n" + END + "- z\n", "- a\n- z\n"),
        (OURS + "- a\n=======\n- b\n" + END + "- z\n" + OURS + "- c\n=======\n- a\n" + END, "- a\n- b\n- z\n- c\n- a\n"),
    ],
)  # fmt: skip
def test_both_sides_stand(events, kept):
    """Only the markers and the common ancestor go; what both had stands once."""
    assert healed(HEAD + "- first\n" + events) == HEAD + "- first\n" + kept


@pytest.mark.parametrize(
    "text, why",
    [
        ('id: "x"\n' + OURS + 'a: "1"\n=======\na: "2"\n' + END + "events:\n",
         "第2行起的冲突在登记部分，要人来定：留下一边，去掉标记"),
        ('id: "x"\nsubject: "y"\n' + OURS + 'a: "1"\n=======\na: "2"\n' + END + "events:\n",
         "第3行起的冲突在登记部分，要人来定：留下一边，去掉标记"),
        (OURS + HEAD, "第1行起的冲突在登记部分，要人来定：留下一边，去掉标记"),
        ('id: "x"\n' + OURS + "events:\n", "第2行起的冲突在登记部分，要人来定：留下一边，去掉标记"),
        (HEAD + OURS + "- a\n" + OURS, "第5行的冲突标记不成对"),
        (HEAD + OURS + "- a\n" + END, "第5行的冲突标记不成对"),
        (HEAD + "=======\n", "第3行的冲突标记不成对"),
        (HEAD + END, "第3行的冲突标记不成对"),
        (HEAD + BASE, "第3行的冲突标记不成对"),
        (HEAD + OURS + "=======\n=======\n" + END, "第5行的冲突标记不成对"),
        (HEAD + OURS + "=======\n" + BASE + END, "第5行的冲突标记不成对"),
        (HEAD + OURS + BASE + BASE + "=======\n" + END, "第5行的冲突标记不成对"),
        (HEAD + OURS + "- a\n", "冲突标记没有结束"),
        (HEAD + OURS + "- a\n=======\n- b\n", "冲突标记没有结束"),
    ],
)  # fmt: skip
def test_what_people_must_settle(text, why):
    """A conflict in the header, and markers that do not pair, with their line."""
    with pytest.raises(ValueError) as told:
        healed(text)
    assert str(told.value) == why


def test_the_first_line_of_the_events_may_conflict():
    """The line after ``events:`` is no header any more."""
    assert healed(HEAD + OURS + "- a\n=======\n- b\n" + END) == HEAD + "- a\n- b\n"
