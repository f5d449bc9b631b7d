"""What is a breach between two versions of a record, with its line and its words; what is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.core.integrity.append_only import grown, kept, merged

HEAD = 'id: "x"\nsubject: "证"\nevents:\n'
ONE, TWO, THREE = (f'- {{"id": "{n}", "text": "{n}"}}\n' for n in ("e1", "e2", "e3"))
OLD = HEAD + ONE + TWO


def breaches(how, new: str, *olds: str) -> list:
    """What ``how`` finds between texts."""
    return list(how([old.encode() for old in olds or (OLD,)], new.encode()))


@pytest.mark.parametrize(
    "new, found",
    [
        (OLD, []),
        (OLD + THREE, []),
        (HEAD + ONE, [("history-deleted", 0, "事件 e2 被删去，原为：" + TWO.strip())]),
        (OLD.replace('"text": "e1"', '"text": "x"') + THREE,
         [("history-edited", 4, "事件 e1 被改动，原为：" + ONE.strip())]),
        (OLD.replace("证", "照"), [("history-edited", 2, "“subject”被改动，原为：subject: \"证\"")]),
        (OLD.replace('subject: "证"\n', ""), [("history-deleted", 0, "少了一行，原为：subject: \"证\"")]),
        (HEAD + TWO + ONE, [("history-reordered", 4, "行的先后被调换")]),
        (HEAD + ONE + THREE + TWO, [("history-inserted", 5, "在已有的行之间插入：" + THREE.strip())]),
        (HEAD + THREE + ONE + THREE + TWO,
         [("history-inserted", n, "在已有的行之间插入：" + THREE.strip()) for n in (4, 6)]),
        (HEAD + "\n# 说明\n" + ONE + TWO + THREE, []),  # comments and blank lines may stand anywhere
        (HEAD, [("history-deleted", 0, f"事件 {n} 被删去，原为：{line.strip()}") for n, line in (("e1", ONE), ("e2", TWO))]),
    ],
)  # fmt: skip
def test_one_version_on_another(new, found):
    """Appended is lawful; edited, deleted, swapped or put between is found in its line."""
    assert breaches(grown, new) == found


@pytest.mark.parametrize("blank", ["\n", "  \n"])
def test_a_blank_line_less_is_no_loss(blank):
    """Nothing stands in an empty line; the order of the others is still looked at."""
    assert breaches(grown, OLD, HEAD + blank + ONE + TWO) == []
    assert breaches(grown, HEAD + TWO + ONE, HEAD + blank + ONE + TWO) == [
        ("history-reordered", 4, "行的先后被调换")]  # fmt: skip


def test_the_key_of_a_header_line_ends_at_its_first_colon():
    """A time holds colons of its own; it is the line of ``received`` that was edited."""
    before = 'received: "2026-11-23T09:15:00+08:00"\nevents:\n'
    assert [b[:2] for b in breaches(grown, before.replace("09:15", "08:15"), before)] == [
        ("history-edited", 1)
    ]


def test_events_written_by_hand_have_no_key():
    """``- id: a`` is no header line: taken out it is a line less, whatever other event begins alike."""
    before = 'id: "x"\nevents:\n- id: a\n- id: b\n'
    assert breaches(grown, before.replace("- id: a\n", ""), before) == [
        ("history-deleted", 0, "少了一行，原为：- id: a")]  # fmt: skip


def test_a_last_line_without_its_end_must_not_be_lengthened():
    """Bytes that begin alike are not enough: the last line of the earlier version must be whole."""
    cut = HEAD + ONE.rstrip("\n")
    assert breaches(grown, cut, cut) == []
    assert breaches(grown, HEAD + ONE + TWO, cut) == []
    longer = breaches(grown, cut.replace("}", ', "more": 1}') + "\n", cut)
    assert [b[:2] for b in longer] == [("history-edited", 4)]
    tail = breaches(grown, cut + " x\n", cut)
    assert [b[:2] for b in tail] == [("history-edited", 4)]


def test_an_empty_version_may_become_anything():
    """Nothing stood there, so nothing is lost."""
    assert breaches(grown, OLD, "") == []


def test_an_event_merged_in_twice_may_be_tidied_to_one():
    """The second copy may go, wherever it stood; the first keeps its place."""
    assert breaches(grown, HEAD + ONE + TWO, HEAD + ONE + TWO + ONE) == []
    assert breaches(grown, HEAD + TWO + ONE, HEAD + ONE + TWO + ONE) == [
        ("history-reordered", 4, "行的先后被调换")]  # fmt: skip


def test_a_merge_keeps_what_each_side_had():
    """Every line of both parents, and none that neither had."""
    mine, theirs = OLD, HEAD + ONE + THREE
    both = HEAD + ONE + TWO + THREE
    assert breaches(merged, both, mine, theirs) == []
    assert breaches(merged, both + "\n# 合并\n", mine, theirs) == []
    assert breaches(merged, mine, mine, theirs) == [
        ("history-deleted", 0, "事件 e3 被删去，原为：" + THREE.strip())
    ]
    new = '- {"id": "e4"}'
    assert breaches(merged, both + new + "\n", mine, theirs) == [
        ("history-inserted", 7, "合并时加进了各方都没有的一行：" + new)]  # fmt: skip


def test_kept_asks_for_each_earlier_version():
    """What either of two earlier versions had is looked for, wherever it stands now."""
    assert breaches(kept, HEAD + TWO + ONE, HEAD + ONE, HEAD + TWO) == []
    lost = breaches(kept, HEAD, HEAD + ONE, HEAD + TWO)
    assert [text[:6] for _, _, text in lost] == ["事件 e1 ", "事件 e2 "]


def test_bytes_that_are_no_text_are_compared_too():
    """A record that is not UTF-8 is no excuse."""
    assert list(grown([b"\xff\xfe x\n"], b"\xff\xfe x\nmore\n")) == []
    assert [b[0] for b in grown([b"\xff\xfe x\n"], b"more\n")] == ["history-deleted"]


LINES = st.lists(st.sampled_from([ONE, TWO, THREE, "# 说明\n", "\n"]), max_size=5).map("".join)


@given(LINES, LINES)
def test_growth_is_never_a_breach(before, more):
    """Whatever is written behind what stood there."""
    assert breaches(grown, HEAD + before + more, HEAD + before) == []


@given(st.permutations([ONE, TWO, THREE]))
def test_every_other_order_is_found(order):
    """Three events in any order but their own are a breach, and exactly one."""
    found = breaches(grown, HEAD + "".join(order), HEAD + ONE + TWO + THREE)
    assert [b[0] for b in found] == ([] if order == [ONE, TWO, THREE] else ["history-reordered"])
