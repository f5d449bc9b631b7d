"""To whom a complaint is handed: never to the department complained of, unless the regulation orders just that."""

import pytest

RULE = "overrides: {duties: {to_complained: {article: 本校规定, level: 提示, category: [投诉, 咨询]}}}\n"


@pytest.fixture
def ordered(ledger):
    """The office's regulation orders it."""
    path = ledger / "ledger.yaml"
    path.write_text(path.read_text("utf-8") + RULE, "utf-8")


def complaint(sw, category="投诉", about="lijie", *more):
    """A complaint about somebody."""
    words = ("--channel", "来电", "--category", category, "--subject", "办事拖拉", "--scope", "其他部门",
             "--name", "张某", "--phone", "13812341234", "--about", about)  # fmt: skip
    return sw("wangfang", "intake", *words, *more, now="2026-11-23T09:15").id


def passed(sw, name, to, code=0):
    """Handed over in writing."""
    words = ("--to", to, "--mode", "书面转交", "--reason", "请核实")
    return sw("wangfang", "handoff", name, *words, now="2026-11-23T09:20", code=code)


def test_it_is_refused_where_nothing_orders_it(sw):
    """The rule of the letters and visits regulation, with its article, as the base has it."""
    assert "不得把投诉、举报转给被反映的人或其所在部门" in passed(sw, complaint(sw), "规划科", code=3).err


def test_where_it_is_ordered_it_is_done(sw, ordered):
    """Handed over nothing is found; not handed over, the article of the office is."""
    done, left = complaint(sw), complaint(sw)
    passed(sw, done, "规划科")
    found = {
        name: sw("heping", "show", name, "--format", "json", now="2026-11-25T09:00").out
        for name in (done, left)
    }
    assert "转被投诉部门" not in found[done]
    assert "投诉没有转给被投诉的部门（规划科）" in found[left]


def test_never_to_the_person_nor_to_a_department_of_theirs(sw, ordered):
    """Whoever is complained of does not get it, nor does a department that this person leads."""
    assert "被反映的人" in passed(sw, complaint(sw), "规划科/lijie", code=3).err
    assert "不得把投诉、举报转给" in passed(sw, complaint(sw, "投诉", "sunmei"), "规划科", code=3).err


def test_never_a_report_though_a_regulation_keeps_other_things_apart(sw, ledger):
    """A 举报 is kept apart whatever the list of ``protected`` names, also where the duty names it."""
    path = ledger / "ledger.yaml"
    rule = RULE.replace("[投诉, 咨询]", "[举报]").replace(
        "{duties", "{protected: {article: 本校规定, values: [求助]}, duties"
    )
    path.write_text(path.read_text("utf-8") + rule, "utf-8")
    assert "不得把投诉、举报转给" in passed(sw, complaint(sw, "举报"), "规划科", code=3).err


@pytest.mark.parametrize("words", [("举报", "lijie"), ("投诉", "lijie", "--confidential")])
def test_never_what_is_kept_apart(sw, ordered, words):
    """Who reported a wrong, or asked to be kept secret, is not shown to that department whatever is ordered."""
    assert "不得把投诉、举报转给" in passed(sw, complaint(sw, *words), "规划科", code=3).err
