"""``evaluate`` as sheets to sign: what stands on them, what they leave to the authority."""

import json
import os
import re
import shutil
from pathlib import Path

import pytest

from shouwen.render.appraisal.sheets import SIGNERS
from tests.support.places import ROOT

GOLDEN = Path(__file__).parent / "appraisal"
EXAMPLE = ROOT / "ledger-example"
REWRITE = "SHOUWEN_GOLDEN" in os.environ


def sheets(run, *words: str, root: Path = EXAMPLE) -> dict[str, str]:
    """Name → sheet, of the markdown."""
    out = run("-L", root, "evaluate", "2026", "-f", "markdown", *words).out
    return {part.partition("：")[0].removeprefix("## "): part for part in out.split("\n---\n\n")[1:]}


@pytest.mark.parametrize("staff", ["wangfang", "zhouwei"])
def test_sheet(run, staff: str) -> None:
    """One whose grade is forced, and one with a case still open, to the last character.

    After a change that is meant: SHOUWEN_GOLDEN=1 rewrites tests/commands/oversight/appraisal, then read the diff.
    """
    out = run("-L", EXAMPLE, "evaluate", "2026", "--staff", staff, "-f", "markdown").out
    kept = GOLDEN / f"{staff}.md"
    if REWRITE:
        kept.write_text(out, "utf-8")
    assert out == kept.read_text("utf-8")


def test_everybody_has_a_sheet(run) -> None:
    """Whoever is not limited signs too: nothing found is a result."""
    found = sheets(run)
    staff = json.loads(run("-L", EXAMPLE, "evaluate", "2026", "-f", "json").out)["staff"]
    assert list(found) == [person["name"] for person in staff]
    for sheet in found.values():
        assert [signer for signer in SIGNERS if signer not in sheet] == []
    assert "**结论：不受限制**" in found["李洁"] and "本年度已决定、未撤销：无" in found["李洁"]


def test_the_grade_is_left_open(run) -> None:
    """Boxes stand before every grade still open; none is ticked by the program."""
    found = sheets(run)
    line = {name: re.search(r"- 年度等次：(.*)", sheet)[1].split("　") for name, sheet in found.items()}
    assert line["孟洁"] == ["□优秀", "□称职", "□基本称职", "□不称职"]
    assert line["林娜"][0] == "优秀（受限）" and all(word[0] == "□" for word in line["林娜"][1:])
    assert line["王芳"] == ["优秀（受限）", "称职（受限）", "基本称职（受限）", "□不称职"]
    assert line["韩冰"][-1] == "□不合格"
    assert not set("☑√■✓") & set("".join(found.values()))


def test_what_is_open_is_put_to_the_authority(run) -> None:
    """Open cases, awards barred, decisions not filed, consequences: each with its own answers."""
    found = sheets(run)
    assert "- 不得评先：□同意　□不同意" in found["郭涛"]
    assert "- 调整工作岗位：□已决定" in found["韩冰"]
    assert re.search(r"- S20261013-M6MWH0 尚未归档（第十条）：□已归入个人档案", found["王芳"])
    assert re.search(r"- 案件 S20261119-\w{6}（待核实）尚未结论：□已结论", found["周伟"])


def test_the_page_holds_the_same(run) -> None:
    """HTML and markdown differ in nothing but their marks."""
    page = run("-L", EXAMPLE, "evaluate", "2026", "-f", "html").out
    assert page.count('<section class="sheet">') == len(sheets(run)) == 14
    for text in ("截至2026-11-05的12个月诫勉教育3次（满3次）", "sanctions/2026/S20261013-M6MWH0.yaml:14",
                 "□已归入个人档案，日期：", "20261119-YHX3MQ.yaml:14"):  # fmt: skip
        assert text in page


def test_several_ledgers(run, tmp_path: Path) -> None:
    """Each office has its own table before its own people."""
    other = shutil.copytree(EXAMPLE, tmp_path / "other")
    page = run("-L", EXAMPLE, "-L", other, "evaluate", "2026", "--staff", "wangfang", "-f", "html").out
    assert (page.count("年度考核依据</h1>"), page.count("年度考核依据表</h1>")) == (2, 2)


def test_names_are_text(run, tmp_path: Path) -> None:
    """A name from the roster is never markup, on the page or in markdown."""
    root = Path(shutil.copytree(EXAMPLE, tmp_path / "hostile"))
    staff = root / "staff.yaml"
    hostile = '"<script>alert(1)</script>|*x*"'
    staff.write_text(staff.read_text("utf-8").replace("name: 王芳", f"name: {hostile}"), "utf-8")
    page = run("-L", root, "evaluate", "2026", "-f", "html").out
    assert "&lt;script&gt;alert(1)&lt;/script&gt;|*x*" in page and "<script" not in page
    text = run("-L", root, "evaluate", "2026", "-f", "markdown").out
    assert "## &lt;script&gt;alert(1)&lt;/script&gt;\\|\\*x\\*：2026" in text and "<script" not in text


def test_how_many_may_be_excellent(run, tmp_path: Path) -> None:
    """A cap is a figure of the whole office beside the results, whomever one looks at."""
    root = Path(shutil.copytree(EXAMPLE, tmp_path / "capped"))
    settings = root / "ledger.yaml"
    own = "\noverrides:\n  excellent_cap: {article: 本局决定, ratio: 0.15, rounding: floor}\n"
    settings.write_text(settings.read_text("utf-8") + own, "utf-8")
    line = "本局决定：优秀不超过参评人数的15%，全单位参评14人，至多2人"
    text = run("-L", root, "evaluate", "2026", "--staff", "wangfang").out
    assert f"优秀名额：\n  {line}\n" in text
    assert (
        f"<h3>优秀名额</h3>\n<ul>\n<li>{line}</li>" in run("-L", root, "evaluate", "2026", "-f", "html").out
    )
    assert f"优秀名额：\n\n- {line}\n" in run("-L", root, "evaluate", "2026", "-f", "markdown").out
    data = json.loads(run("-L", root, "-L", EXAMPLE, "evaluate", "2026", "-f", "json").out)
    cap = {"article": "本局决定", "ratio": 0.15, "evaluated": 14, "at_most": 2}
    assert data["excellent_cap"] == [cap, None]
    assert "名额" not in run("-L", EXAMPLE, "evaluate", "2026").out
    rule = "  本局决定 优秀不超过参评人数的15%，不足一人的舍去\n"
    assert rule in run("-L", root, "policy", "show", "bumen").out


def test_one_person_is_shown_no_other_department(run) -> None:
    """A sheet is handed to whom it is about: a department with a case stands on the office's page and on its own, no other's."""

    def shown(*words: str) -> list[str]:
        out = run("-L", EXAMPLE, "evaluate", "2026", "-f", "json", *words).out
        return [each["department"] for each in json.loads(out)["departments"]]

    assert shown() == shown("--department", "招投标科") == ["招投标科"]
    assert shown("--staff", "linna") == shown("--department", "审批科") == []


@pytest.mark.parametrize("form", ["table", "plain", "csv"])
def test_a_table_tells_beside_it_what_the_document_leaves_open(run, form: str) -> None:
    """A row has no place for it: every point that the JSON carries is said on stderr, none in the data."""
    undefined = json.loads(run("-L", EXAMPLE, "evaluate", "2026", "-f", "json").out)["undefined"]
    shown = run("-L", EXAMPLE, "evaluate", "2026", "-f", form)
    assert undefined
    said = shown.err.replace("\n", "").replace(" ", "")
    for name, text in undefined.items():
        assert f"文件没有规定的：{name}：{text}".replace(" ", "") in said
    assert "文件没有规定的" not in shown.out
