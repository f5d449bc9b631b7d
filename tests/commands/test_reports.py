"""show, list, overdue, check, fmt and the rest that reads: what cannot be read, and what must not be obeyed."""

import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shouwen.core.inquiry.events import Progress
from shouwen.core.inquiry.header import Inquirer, Inquiry
from shouwen.render.table import FORMATS

LATE = "2026-12-20T09:00"
# What a terminal obeys: control characters, bidi overrides, line separators.
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


@pytest.fixture
def broken(ledger, inquiry) -> tuple[str, str]:
    """A good record and, between good ones, a file that cannot be read: (good id, bad path)."""
    good, bad = inquiry(), inquiry()
    (path,) = ledger.glob(f"inquiries/*/*/{bad}.yaml")
    path.write_text("id: [\n", "utf-8")
    return good, str(path.relative_to(ledger))


@pytest.mark.parametrize("command", ["list", "overdue"])
@pytest.mark.parametrize("form", FORMATS)
def test_one_unreadable_file_among_good_ones(command, form, broken, sw):
    """Exit code 5; the file is named with its line; the good record is reported all the same."""
    good, bad = broken
    shown = sw("lijie", command, "--format", form, code=5, now=LATE)
    assert good in shown.out
    assert bad in shown.out + shown.err
    if form == "json":
        assert [x["path"] for x in json.loads(shown.out)["unreadable"]] == [bad]
    if form in ("csv", "tsv", "jsonl"):
        assert bad not in shown.out


def test_check_and_fmt_see_it_too(broken, sw):
    """check lists the file as a finding (1), fmt leaves it and ends with 5."""
    _, bad = broken
    assert f"{bad}:" in sw("lijie", "check", code=1).out
    assert f"{bad}:" in sw("lijie", "fmt", "--check", code=5).err


def test_empty_lists(sw, ledger):
    """Nothing there is no error: said on stderr in the forms read by eye, an empty list for scripts."""
    empty = sw("lijie", "list")
    assert (empty.out, empty.err) == ("", "没有符合条件的记录\n")
    assert json.loads(sw("lijie", "list", "-f", "json").out)["items"] == []
    assert sw("lijie", "overdue").out == "截至 2026-11-23 09:15：超期 0 件 0 项\n"
    assert sw("lijie", "overdue", "--quiet-if-empty").out == ""
    assert sw("lijie", "overdue", "--exit-code").code == 0


def test_overdue_exit_code(sw, inquiry):
    """--exit-code gives 1 when something is overdue; without it the report itself is a success."""
    inquiry()
    told = sw("lijie", "overdue", "--exit-code", code=1, now=LATE)
    silent = sw("lijie", "overdue", code=0, now=LATE)
    assert (told.code, silent.code) == (1, 0) and told.out == silent.out != ""


@pytest.mark.parametrize(
    "words, code, said",
    [
        (("list", "--department", "审批"), 4, "没有部门“审批”；相近的有：审批科"),
        (("list", "--staff", "李节"), 4, "人员表里没有“李节”；相近的有：lijie（李洁）"),
        (("list", "--status", "x"), 2, "没有状态“x”；可用：在办、待签收、中止、办结、open、all"),
        (("list", "--columns", "id,x"), 2, "没有列“x”；可用：id、"),
        (("list", "--sort", "x"), 2, "没有列“x”；可用：id、"),
        (("list", "--from", "x"), 2, "--from “x”看不懂；写成 2026-11-23"),
        (("list", "--reveal"), 2, "--reveal 只用于终端，不能写进文件或管道"),
        (("overdue", "--by", "x"), 2, "没有分组“x”；可用：department、holder、ledger"),
        (("overdue", "--as-of", "x"), 2, "--as-of “x”看不懂；"),
        (("route", "结婚"), 4, "分工表（matters.yaml）里没有“结婚”；"),
        (("policy", "show", "bume"), 4, "没有制度“bume”；可用：bumen"),
        (("policy", "show", "bumen", "--article", "99"), 4, "没有条款“99”；有：一、"),
        (("calendar", "add", "2026-02-30", "3"), 2, "日期“2026-02-30”没有这一天；写成 2026-11-23"),
        (("calendar", "import", "nowhere.json"), 4, "nowhere.json: 没有这个文件"),
        (("calendar", "show", "1"), 2, "没有 1 年"),
        (("check", "--explain", "x"), 2, "没有检查“x”；"),
        (("evaluate", "2027"), 2, "2027 年还没有开始"),
        (("evaluate", "2026", "--staff", "shixi"), 2, "陈实不在 2026 年的考核范围"),
        (("sanction", "report"), 2, "写明 --staff（人员）或 --department（部门）"),
        (("sanction", "report", "--staff", "wangfang"), 2, "缺少 --occurred（哪一天发生的）"),
        (("sanction", "report", "--staff", "wangfang", "--occurred", "2026-11-20"), 2, "缺少 --article（违反哪一条）；可用：一、二、三、四、五、六、七、八、九、十"),
        (("sanction", "report", "--staff", "wangfang", "--article", "九十", "--occurred", "2026-11-20"), 4, "没有条款“九十”；有：一、二、三、四、五、六、七、八、九、十"),
        (("sanction", "report", "--staff", "wangfang", "--article", "4", "--occurred", "明天"), 2, "--occurred “明天”"),
        (("sanction", "show", "S20261123-AAAAAA"), 4, "没有编号为 S20261123-AAAAAA 的记录"),
        (("sanction", "list", "--staff", "王方"), 4, "人员表里没有“王方”；相近的有：wangfang（王芳）"),
    ],
)  # fmt: skip
def test_bad_input(words, code, said, sw):
    """Readers refuse what they do not know, with what there is, and print no data."""
    refused = sw("lijie", *words, code=code)
    assert refused.out == ""
    assert refused.err.startswith(f"shouwen: {said}")


def test_init_refuses_what_is_there(run, ledger, tmp_path):
    """A second init changes nothing; an unknown regulation is named with those there are."""
    before = (ledger / "ledger.yaml").read_bytes()
    assert run("init", ledger, "--policy", "bumen", code=6).err.endswith("已经是台账，没有改动\n")
    assert (ledger / "ledger.yaml").read_bytes() == before
    assert "没有制度“bume”；可用：bumen" in run("init", tmp_path / "x", "--policy", "bume", code=4).err
    assert "缺少 --policy（执行的制度）；可用：" in run("init", tmp_path / "x", code=2).err
    assert not (tmp_path / "x").exists()


def test_a_case_step_by_step(sw):
    """Each step in its turn; a step out of turn, a wrong authority, an unproven case are refused (3)."""
    case = sw("zhaojun", "sanction", "report", "--staff", "wangfang", "--article", "7", "--occurred", "昨天",
              "--summary", "没有带到").id  # fmt: skip
    assert (
        "案件现为“待核实”，不能决定"
        in sw("zhaojun", "sanction", "decide", case, "--authority", "团党委", code=3).err
    )
    assert (
        "结论没有“对”；可用：查实、不成立"
        in sw("zhaojun", "sanction", "verify", case, "--finding", "对", code=2).err
    )
    assert sw("zhaojun", "sanction", "verify", case, "--finding", "查实").out == f"{case}\n"
    assert (
        "缺少 --authority（决定机关）；可用：团党委" in sw("zhaojun", "sanction", "decide", case, code=2).err
    )
    sw("zhaojun", "sanction", "decide", case, "--authority", "办公室", code=3)
    odd = sw("zhaojun", "sanction", "decide", case, "--measure", "打板子", "--authority", "团党委", code=3)
    assert "没有措施“打板子”" in odd.err
    decided = sw("zhaojun", "sanction", "decide", case, "--authority", "团党委")
    assert f"尚未存入人事档案（第十条）：shouwen sanction file {case}" in decided.err
    for step in ("serve", "file"):
        assert sw("zhaojun", "sanction", step, case).out == f"{case}\n"
    sw("zhaojun", "sanction", "revoke", case, code=2)
    sw("zhaojun", "sanction", "revoke", case, "--reason", "事实不清", "--authority", "团党委")


@given(subject=st.text(st.sampled_from("张许可证\x1b\x07\x00\u202e\u2066\u200f\u2028\u0085\x9b|<&=\"'\\\n\t "), min_size=1, max_size=12),
       name=st.text(st.sampled_from("李\x1b[31m\u202e\u2067"), max_size=6))  # fmt: skip
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_record_drives_the_terminal(subject, name, sw, ledger):
    """A record written by whatever hand: its control and bidi characters come out as text, in every form."""
    from datetime import datetime

    from shouwen.store.ledger import Ledger

    for old in ledger.glob("inquiries/*/*/*.yaml"):
        old.unlink()
    key = "20261102-K7Q4QX"
    Ledger(str(ledger)).create(Inquiry(
        id=key, received=datetime.fromisoformat("2026-11-02T09:00:00+08:00"), channel="来电", category="咨询",
        subject=subject, inquirer=Inquirer(name, organisation=name), detail=subject, first_responder="wangfang",
        department="审批科", scope="本人", policy="bumen", events=(
            Progress("a001", datetime.fromisoformat("2026-11-02T09:10:00+08:00"), "wangfang", subject),),
    ))  # fmt: skip
    runs = [("show", "K7Q4"), ("show", "K7Q4", "--format", "json"), ("check",)]
    runs += [(command, "--format", form) for command in ("list", "overdue") for form in FORMATS]
    for words in runs:
        shown = sw("lijie", *words, code=None)
        assert not OBEYED.search((shown.out + shown.err).replace("\r\n", "\n")), words
