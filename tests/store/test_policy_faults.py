"""Everything outside the vocabulary is told in one round, and what stands beside it is still checked."""

from pathlib import Path

import pytest

from shouwen.core.errors import BadData
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
        "policies/benju.yaml:6: 第 16 列是不认识的键“workday”：相近的键：workdays、days",
        "policies/benju.yaml:6: “limits.办结.1.workdays”应是整数，不是文字：写成半角数字，如 3",
        "policies/benju.yaml:7: “警告”不在可用的词里：可用：拒绝、提示",
        "policies/benju.yaml:8: “一年”不在可用的词里：可用：always、calendar-month、calendar-quarter、"
        "calendar-half、calendar-year、rolling-12-months",
        "policies/benju.yaml:8: 缺少“text”：补上这一项",
        "policies/benju.yaml:9: 第 1 列是不认识的键“articels”：相近的键：articles、authorities、duties",
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


def test_without_a_base_all_that_is_missing_is_one_fault(tmp_path: Path) -> None:
    """A regulation that extends nothing, or misspells the key, is told so, and read upon the base."""
    (tmp_path / "policies").mkdir()
    text = HEAD.replace("extends: base\n", "") + "duties: {tracking: {article: 一, level: 警告}}\n"
    (tmp_path / "policies" / "benju.yaml").write_text(text, "utf-8")
    assert told(str(tmp_path)) == [
        "policies/benju.yaml:1: 没有写 extends，文件没有规定的就没有底本可补：写一行 extends: base",
        "policies/benju.yaml:5: “警告”不在可用的词里：可用：拒绝、提示",
    ]
    (tmp_path / "policies" / "benju.yaml").write_text(HEAD.replace("extends:", "extend:"), "utf-8")
    assert told(str(tmp_path)) == [
        "policies/benju.yaml:1: 没有写 extends，文件没有规定的就没有底本可补：写一行 extends: base",
        "policies/benju.yaml:3: 第 1 列是不认识的键“extend”：相近的键：extends、extension",
    ]


@pytest.mark.parametrize(
    ("text", "mend"),
    [("limits: 三天\n", "写成键值对，如 {键: 值}"), ("modes: {article: 一, values: 引领}\n", "写成清单，如 [甲, 乙]"), ("yellow: 三\n", "写成半角数字，如 3"),
     ("document: [一]\n", "写成文字；数字、日期加引号"), ("document:\n", "写上内容，或删去这一行"), ("yellow: 10000\n", "改成合乎实际的数"),
     ("protected: {article: 一, values: [举报], about: 是}\n", "写 true 或 false"), ("excellent_cap: {article: 一, ratio: 两成}\n", "写成半角数字，如 0.5")],
)  # fmt: skip
def test_a_value_of_another_kind_says_how_to_write_it(written, text: str, mend: str) -> None:
    """Whatever kind is wanted, the line says how it is written."""
    assert [line.rpartition("：")[2] for line in told(written(text))] == [mend]


def test_what_is_extended_must_be_there(written) -> None:
    """A misspelt base is named on its line, with those that there are."""
    root = Path(written(""))
    file = root / "policies" / "benju.yaml"
    file.write_text(HEAD.replace("extends: base", "extends: bse"), "utf-8")
    with pytest.raises(BadData) as error:
        survey_policy("benju", str(root))
    (problem,) = error.value.problems
    assert (problem.line, problem.text) == (3, "extends 的制度“bse”没有")
    assert problem.hint.startswith("通常写 base；可用：base、benju、bumen")
