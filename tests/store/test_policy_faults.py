"""Everything outside the vocabulary is told in one round, and what stands beside it is still checked."""

from pathlib import Path

import pytest

from shouwen.store.settings import survey_policy

HEAD = """\
id: benju
name: 某局
extends: base
cite: "第{}条"
articles: {一: 甲, 二: 乙}
"""


@pytest.fixture
def written(tmp_path: Path):
    """``written(text)``: the regulation benju with that after its head, in a folder of its own; its root."""

    def put(text: str) -> str:
        (tmp_path / "policies").mkdir(exist_ok=True)
        (tmp_path / "policies" / "benju.yaml").write_text(HEAD + text, "utf-8")
        return str(tmp_path)

    return put


def told(root: str) -> list[str]:
    """What is outside the vocabulary, a line each."""
    return [str(problem) for problem in survey_policy("benju", root)[1]]


def test_each_fault_has_its_line(written) -> None:
    """An unknown key, a wrong word, a wrong type and what is missing: all at once, each with how to mend it."""
    root = written(
        "limits: {办结: [{workday: 3, article: 一}, {workdays: 三, article: 一}]}\n"
        "duties: {tracking: {article: 一, level: 警告}}\n"
        "violations: {推诿: {article: 一, window: 一年}}\n"
        "articels: {三: 丙}\n"
    )
    assert sorted(told(root)) == sorted([
        "policies/benju.yaml:6: 不认识的键“workday”：相近的键：workdays、days",
        "policies/benju.yaml:6: “limits.办结.1.workdays”应是整数，不是文字",
        "policies/benju.yaml:7: “警告”不在可用的词里：可用：拒绝、提示",
        "policies/benju.yaml:8: “一年”不在可用的词里：可用：always、calendar-month、calendar-quarter、"
        "calendar-half、calendar-year、rolling-12-months",
        "policies/benju.yaml:8: 缺少“text”：补上这一项",
        "policies/benju.yaml:9: 不认识的键“articels”：相近的键：articles、authorities、duties",
    ])  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["limits: 三天\n", "duties: []\n", "thresholds: {}\n", "thresholds: [一, 二]\n", "modes: 引领\n",
     "violations: {推诿: 批评}\n", "yellow: -1\n", "starter: {departments: 一}\n", "scales: {公务员: {grades: 优}}\n"],
)  # fmt: skip
def test_whatever_is_wrong_is_told_and_ends(written, text: str) -> None:
    """A whole value of another kind is told on its line, once, and the reading comes to an end."""
    found = told(written(text))
    assert found
    assert all(line.startswith("policies/benju.yaml:6: ") for line in found)


def test_what_is_right_is_read(written) -> None:
    """The regulation without what was taken out is there to be checked further."""
    policy, problems, mended = survey_policy(
        "benju", written("yelow: 2\nduties: {tracking: {article: 九}}\n")
    )
    assert policy and policy.duties["tracking"].article == "九"
    assert (len(problems), mended) == (1, [("yelow",)])
