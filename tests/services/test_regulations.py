"""``policy check``: one round tells everything, by id, by path, inside a ledger and outside."""

from pathlib import Path

import pytest

from shouwen.core.errors import NotFound
from shouwen.services.regulations import policy_faults, where_of

TEXT = """\
id: benju
name: 某局
extends: base
cite: "第{}条"
articles: {一: 甲}
duties:
  escort: {article: 九, mode: [引领], modes: [引领], violation: 没有}
limits:
  办结: [{workday: 3, article: 一}]
thresholds:
  - {article: 一, measure: 表扬, at_least: 1, window: 自然年, effect: action}
"""
FOUND = [
    "7: 第 24 列是不认识的键“mode”：相近的键：modes",
    "7: 引用的条款“九”不在 articles 里：补上这一条的转述，或改正条款",
    "7: violation“没有”不在 violations 里：补上或删去",
    "9: 第 9 列是不认识的键“workday”：相近的键：workdays、days",
    "11: “自然年”不在可用的词里：可用：calendar-month、calendar-quarter、calendar-half、calendar-year、rolling-12-months",
    "11: 措施“表扬”没有任何违规行为会给：核对名称",
]


@pytest.mark.parametrize("folder", ["policies", "草稿", "."])
def test_all_in_one_round_wherever_it_lies(tmp_path: Path, folder: str) -> None:
    """A misspelt key hides no wrong reference, and nothing is said twice; any folder will do."""
    place = tmp_path / folder
    place.mkdir(exist_ok=True)
    (place / "benju.yaml").write_text(TEXT, "utf-8")
    problems = policy_faults(*where_of(str(place / "benju.yaml"), ""), {})
    name = "policies/benju.yaml" if folder == "policies" else "benju.yaml"
    assert [str(p) for p in problems] == [f"{name}:{line}" for line in FOUND]


def test_no_such_file(tmp_path: Path) -> None:
    """A path that leads to nothing is said to."""
    with pytest.raises(NotFound, match="不是制度文件"):
        where_of(str(tmp_path / "benju.yaml"), "")


def test_a_new_ledger_from_a_regulation_anywhere(tmp_path: Path, run) -> None:
    """``init --policy PATH`` takes it into the ledger's own policies, from whatever folder; without matters too."""
    text = (
        "id: benju\nname: 某局\nextends: base\narticles: {一: 甲}\nstarter: {departments: {办公室: 综合}}\n"
    )
    (tmp_path / "benju.yaml").write_text(text, "utf-8")
    root = tmp_path / "taizhang"
    run("init", root, "--policy", tmp_path / "benju.yaml", "--name", "某局")
    assert (root / "policies" / "benju.yaml").read_text("utf-8") == text
    assert run("-L", root, "check").out == ""
    assert "其他事项" in run("-L", root, "route").out
