"""Acts on the real program where the office has changed between intake and act: names, leaders, departments."""

import json

import pytest

NEW = "  新规划处: {leader: sunmei, formerly: [{name: 规划科, until: 2026-11-22}]}"


@pytest.fixture
def edit(ledger):
    """Change staff.yaml."""

    def changed(old: str, new: str) -> None:
        path = ledger / "staff.yaml"
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    return changed


def shown(sw, name: str) -> dict:
    """An inquiry as JSON."""
    return json.loads(sw("heping", "show", name, "--format", "json").out)


@pytest.mark.parametrize("how", ["rename", "merge"])
def test_joint_work_stays_with_whoever_holds_it(sw, inquiry, edit, how):
    """The section that has it keeps the lead, by whatever name it is called now."""
    name = inquiry(received="2026-11-20 09:15")
    new = {
        "rename": "  政务科: {leader: zhaojun, formerly: [{name: 审批科, until: 2026-11-22}]}",
        "merge": "  审批科: {leader: zhaojun, until: 2026-11-22, into: 政务科}\n  政务科: {leader: zhaojun}",
    }[how]
    edit('  审批科: {leader: zhaojun, phone: "0631-5550101", place: 一楼3号窗口}', new)
    edit("department: 审批科", "department: 政务科")
    sw(
        "wangfang",
        "handoff",
        name,
        "--to",
        "政务科",
        "--with",
        "规划科",
        "--mode",
        "电话联系",
        "--reason",
        "两科的事",
    )
    told = shown(sw, name)
    assert (told["phase"], told["holder"]) == ("在办", "wangfang")
    sw("wangfang", "progress", name, "--text", "在办")
    assert sw("heping", "check").code == 0


def test_up_the_chain_past_who_is_away(sw, inquiry, edit):
    """A leader on leave is not asked in vain: whoever stands in is; the leader complained of is passed over."""
    edit(
        "title: 科长, rank: 5, joined: 2012-03-01}",
        "title: 科长, rank: 5, joined: 2012-03-01, away: [{from: 2026-11-20, why: 病假, deputy: shixi}]}",
    )
    name = inquiry()
    sw("wangfang", "escalate", name, "--text", "请指示")
    assert shown(sw, name)["events"][-1]["to"] == "shixi"
    sw("wangfang", "escalate", name, "--text", "再请示")
    assert shown(sw, name)["events"][-1]["to"] == "heping"
    about = sw("heping", "intake", "--channel", "来电", "--category", "投诉", "--subject", "态度", "--scope", "其他部门", "--name", "张某",
               "--about", "heping", "--present", "lijie", code=None)  # fmt: skip
    assert about.code == 3 and "应当回避" in about.err


def test_a_body_approves(sw, ledger, inquiry):
    """Approval and signature by a meeting that the regulation names, as the table of powers has it."""
    config = ledger / "ledger.yaml"
    config.write_text(
        config.read_text("utf-8") + "\noverrides:\n  bodies: {article: 默认, values: [局长办公会]}\n", "utf-8"
    )
    name = inquiry()
    sw("wangfang", "extend", name, "--by", "1", "--approved-by", "局长办公会", "--reason", "复杂")
    sw(
        "wangfang",
        "close",
        name,
        "--outcome",
        "不予办理",
        "--result",
        "不符",
        "--reason",
        "不符",
        "--basis",
        "第八条",
        "--signed-by",
        "局长办公会",
    )
    assert shown(sw, name)["events"][-1]["signed_by"] == "局长办公会"
    assert sw("heping", "check").code == 0


NAMESAKE = "  sunmei2: {name: 孙梅, department: 规划科, title: 科长, until: 2026-06-30}\n"


def test_of_one_name_the_one_who_is_there(sw, inquiry, edit):
    """A predecessor of the same name does not stand in the way of naming the one who approves today."""
    edit("  heping: {name", NAMESAKE + "  heping: {name")
    name = inquiry()
    sw("wangfang", "extend", name, "--by", "1", "--approved-by", "孙梅", "--reason", "复杂")
    assert shown(sw, name)["events"][-1]["approved_by"] == "sunmei"
    sw("孙梅", "note", name, "--text", "x")
    assert shown(sw, name)["events"][-1]["by"] == "sunmei"


def test_a_new_department_has_a_leader_who_is_there(sw, edit, ledger):
    """Not one who has left; who could is said, and nothing is written."""
    edit("  heping: {name", NAMESAKE + "  heping: {name")
    before = (ledger / "staff.yaml").read_bytes()
    said = sw("heping", "department", "add", "法规科", "--leader", "sunmei2", code=3).err
    assert "2026-06-30" in said and "可由" in said
    assert (ledger / "staff.yaml").read_bytes() == before


def test_where_a_matter_goes_today(sw, ledger, edit):
    """The contact of matters.yaml who has left, and a department renamed since: who and what is there is proposed."""
    edit(
        "title: 科员, rank: 2, joined: 2018-09-01",
        "title: 科员, rank: 2, joined: 2018-09-01, until: 2026-10-31",
    )
    edit('  规划科: {leader: sunmei, phone: "0631-5550102", place: 二楼201}', NEW)
    edit("department: 规划科", "department: 新规划处")
    assert "新规划处" in sw("wangfang", "route", "施工许可").out
    out = sw("wangfang", "route", "施工许可").out
    assert "孙梅" in out and "李洁" not in out


def test_who_has_left_dates_nothing_back(sw, ledger, inquiry, edit):
    """An act of a day on which one was still there, done after one has left, is somebody else's to write down."""
    name, other = inquiry(received="2026-11-16 09:15"), inquiry(received="2026-11-16 09:20")
    case = sw(
        "heping",
        "sanction",
        "report",
        "--staff",
        "lijie",
        "--article",
        "四",
        "--summary",
        "推",
        "--occurred",
        "2026-11-16",
        "--at",
        "2026-11-16 10:00",
    ).id
    edit("rank: 2, joined: 2020-07-01", "rank: 2, joined: 2020-07-01, until: 2026-11-20")
    before = {p: p.read_bytes() for p in ledger.rglob("*.yaml")}
    yesterday = ("--at", "2026-11-18 10:00")
    for words in (("note", name, "--text", "x"), ("close", name, "--outcome", "已答复", "--result", "x"),
                  ("handoff", other, "--to", "规划科", "--mode", "引领", "--reason", "x")):  # fmt: skip
        assert "2026-11-20" in sw("wangfang", *words, *yesterday, code=3).err
    assert "2026-11-20" in sw("wangfang", "intake", "--channel", "来电", "--category", "咨询", "--subject", "x", "--scope", "本人",
                              "--name", "张某", "--received", "2026-11-18 10:00", code=3).err  # fmt: skip
    assert (
        "2026-11-20"
        in sw("wangfang", "sanction", "verify", case, "--finding", "查实", *yesterday, code=3).err
    )
    assert {p: p.read_bytes() for p in ledger.rglob("*.yaml")} == before
    sw("zhaojun", "note", name, "--text", "王芳十八日说的", *yesterday)


def test_who_imports_is_there(sw, ledger, edit, tmp_path):
    """Not one who has left, or is on leave; nothing is written."""
    sheet = tmp_path / "t.csv"
    sheet.write_text(
        "受理时间,事项内容,渠道,业务属性,首问责任人,职责范围\n2026-11-02 09:10,问材料,来电,咨询,赵军,本人\n",
        "utf-8",
    )
    rule = tmp_path / "m.yaml"
    rule.write_text(
        "columns: {received: 受理时间, subject: 事项内容, channel: 渠道, category: 业务属性, first_responder: 首问责任人, scope: 职责范围}\n",
        "utf-8",
    )
    edit("rank: 2, joined: 2020-07-01", "rank: 2, joined: 2020-07-01, away: [{from: 2026-11-20, why: 产假}]")
    assert "产假" in sw("wangfang", "import", sheet, "--mapping", rule, code=3).err
    assert not list(ledger.rglob("inquiries/**/*.yaml"))
    assert sw("heping", "import", sheet, "--mapping", rule).code == 0
    assert sw("heping", "check").code == 0
