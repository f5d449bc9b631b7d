"""中国电信: a department as first-asked, designation, the superior body, call-backs, the bulletin."""

import pytest

DAY = "2026-11-23T"
CLOSE = ("--outcome", "已答复", "--result", "已答复")


@pytest.fixture
def o(system):
    """The company."""
    return system("dianxin")


def test_a_department_can_be_first_asked(o):
    """Art. 一1: department or person, whichever received first."""
    name = o.intake("huawu", DAY + "09:15", channel="来电", unit="热线中心", scope="其他部门").id
    told = o.show(name, DAY + "09:16")
    assert ("first_responder" in told, told["department"], told["holder"]) == (False, "热线中心", "")
    assert told["recorded_by"] == "huawu"
    assert "首问责任人：热线中心\n" in o("huawu", DAY + "09:17", "show", name).out
    o("huawu", DAY + "09:20", "handoff", name, "--to", "计费部/jifei", "--mode", "电话联系")
    late = o.json("huawu", "2026-11-25T09:00", "overdue")["items"]
    assert [(i["clock"], i["first_responder"], i["department"]) for i in late] == [("签收", "", "热线中心")]
    person = o.intake("huawu", DAY + "09:30", channel="来电").id
    assert o.show(person, DAY + "09:31")["first_responder"] == "huawu"


def test_elsewhere_it_is_a_person(system):
    """Art. 一1 is this company's: where the regulation asks for a person, a department is refused."""
    court = system("fayuan")
    asked = court.intake("liuan", DAY + "09:15", code=3, unit="立案庭", category="起诉", detail="请求立案")
    assert "首问责任人是个人，不能是部门" in asked.err


def test_four_kinds(o):
    """Art. 一5: four kinds; what it does not name is taken all the same, and nobody sent away for it."""
    for category in ("咨询", "查询", "投诉", "业务", "举报"):
        assert (
            o.show(o.intake("yingye", DAY + "09:15", category=category).id, DAY + "09:16")["category"]
            == category
        )
    assert "类别没有“闲聊”；可用：" in o.intake("yingye", DAY + "09:17", code=2, category="闲聊").err


def test_explained_and_brought_there(o):
    """Art. 二2: not at once: the reason is told; in the hall brought there, on the phone called at once."""
    own = o.intake("yingye", DAY + "09:15").id
    assert o.found(own, "2026-11-24T09:00") == {("二2", "说明并请示")}
    o("yingye", "2026-11-24T09:05", "progress", own, "--text", "系统升级，明日答复，请谅解")
    assert o.found(own, "2026-11-24T09:06") == set()
    told = ("--to", "计费部", "--mode", "告知联系方式", "--contact", "季飞,0531-5550104")
    hall = o.intake("yingye", DAY + "09:20", scope="其他部门").id
    o("yingye", DAY + "09:25", "handoff", hall, *told)
    assert o.found(hall, DAY + "09:26") == {("二2", "引领")}
    phone = o.intake("huawu", DAY + "09:30", scope="其他部门", channel="来电").id
    o("huawu", DAY + "09:35", "handoff", phone, *told)
    assert o.found(phone, DAY + "09:36") == {("二2", "联系经办")}
    called = o.intake("huawu", DAY + "09:40", scope="其他部门", channel="来电").id
    o("huawu", DAY + "09:45", "handoff", called, "--to", "计费部", "--mode", "电话联系")
    assert o.found(called, DAY + "09:46") == set()


def test_a_leader_designates_and_nobody_returns_it(o):
    """Art. 二3: nobody's plain duty: the leader names the department, which may not send it back."""
    name = o.intake("yingye", DAY + "09:15", scope="不明确", urgency="复杂", category="投诉").id
    o("yingye", DAY + "10:00", "progress", name, "--text", "需内部协调")
    assert o.found(name, "2026-11-24T09:00") == {("二3", "指定承办")}
    o("yingye", "2026-11-24T09:05", "escalate", name, "--to", "zongjing", "--text", "分工不明确，请协调")
    o("zongjing", "2026-11-24T09:30", "instruct", name, "--text", "由计费部处理", "--designate", "计费部")
    assert o.found(name, "2026-11-24T09:31") == set()
    back = o("jifei", "2026-11-24T10:00", "return", name, "--reason", "不是计费问题", code=3)
    assert "由领导指定承办，不得退回" in back.err
    o("jifei", "2026-11-24T10:05", "accept", name)
    assert o.show(name, "2026-11-24T10:06")["holder"] == "jifei"


def test_the_superior_answers_and_the_company_tells(o):
    """Art. 二4: cannot be solved here: put to the superior body; its answer is told by the company."""
    given_up = o.intake("yingye", DAY + "09:15").id
    end = ("--outcome", "超出职责", "--result", "本企业无权处理", "--reason", "资费由集团定")
    o("yingye", DAY + "09:20", "close", given_up, *end)
    assert o.found(given_up, DAY + "09:21") == {("二4", "报上级")}
    name = o.intake("yingye", DAY + "09:30", category="投诉").id
    o("yingye", DAY + "09:35", "escalate", name, "--to", "上级主管部门", "--text", "请协调资费争议")
    o("yingye", DAY + "09:36", "progress", name, "--text", "已向上级反映")
    early = o.intake("yingye", DAY + "09:40", category="投诉").id
    o("yingye", DAY + "09:41", "escalate", early, "--to", "上级主管部门", "--text", "请协调")
    o("yingye", DAY + "09:45", "close", early, "--outcome", "已解决", "--result", "已退费")
    assert o.found(early, DAY + "09:46") == {("二4", "报上级")}
    o("zongjing", "2026-11-24T09:30", "instruct", name, "--text", "上级答复：予以退费")
    o(
        "yingye",
        "2026-11-24T10:00",
        "close",
        name,
        "--outcome",
        "已解决",
        "--result",
        "已退费",
        "--not-told",
        "没打通",
    )
    found = o.show(name, "2026-11-24T10:01")["findings"]
    assert [f["text"] for f in found] == ["上级主管部门的处理结果没有由本单位通知服务对象"]
    o("yingye", "2026-11-24T10:05", "reopen", name, "--reason", "补通知")
    o("yingye", "2026-11-24T10:10", "close", name, "--outcome", "已解决", "--result", "已退费")
    assert ("二4", "报上级") not in o.found(name, "2026-11-24T10:11")
    assert o("yingye", "2026-11-24T10:12", "check").out == ""


def test_contacted_again_afterwards(o):
    """Art. 二5: what could not be explained: told so, and contacted again of one's own accord."""
    name = o.intake("yingye", DAY + "09:15", category="查询").id
    o("yingye", DAY + "09:20", "escalate", name, "--to", "上级主管部门", "--text", "请示")
    o("yingye", DAY + "09:21", "instruct", name, "--text", "暂无解释")
    o("yingye", DAY + "09:30", "close", name, "--outcome", "超出职责", "--result", "原因未明，已说明")
    assert o.found(name, DAY + "17:00") == set()
    assert o.found(name, "2026-11-24T09:00") == {("二5", "事后联系")}
    o("yingye", "2026-11-24T09:05", "progress", name, "--text", "厂家已查明原因，向您说明")
    assert o.found(name, "2026-11-24T09:06") == set()


def test_call_backs_are_owed_by_the_quality_department(o):
    """Art. 二6: five working days after the result a call; not for the anonymous and the vexatious."""
    called, owed, nameless, vexed = (
        o.intake("yingye", DAY + f"09:1{n}", anonymous=n == 2, name="" if n == 2 else "张某").id
        for n in range(4)
    )
    for name in (called, owed, nameless, vexed):
        more = ("--not-told", "无理取闹") if name == vexed else ()
        o("yingye", DAY + "10:00", "close", name, *CLOSE, *more)
    o("zhiliang", "2026-11-25T09:00", "callback", called, "--rating", "满意", "--resolved")
    assert o.json("zhiliang", "2026-11-30T17:00", "overdue")["items"] == []
    late = o.json("zhiliang", "2026-12-01T09:00", "overdue")["items"]
    assert [(i["id"], i["clock"], i["article"], i["held_at_due"]) for i in late] == [
        (owed, "回访", "默认", "服务质量部")
    ]


def test_the_periodic_bulletin(o):
    """Art. 二6: the period's list: what came in, how it ended, what the customer said; names masked."""
    before = o.intake("yingye", "2026-10-30T09:15", subject="十月的事").id
    name = o.intake("yingye", DAY + "09:15", category="投诉", subject="话费多扣").id
    o("yingye", DAY + "10:00", "close", name, "--outcome", "已解决", "--result", "已退费")
    o("zhiliang", "2026-11-25T09:00", "callback", name, "--rating", "满意", "--resolved")
    listed = o("zhiliang", "2026-11-30T17:00", "form", "汇总表", "--from", "2026-11-01", "--to", "2026-11-30",
               "--format", "markdown").out  # fmt: skip
    assert "期间：2026年11月1日至2026年11月30日" in listed
    row = next(line for line in listed.splitlines() if line.startswith(f"| {name}"))
    assert row.split(" | ")[1:] == [
        "2026-11-23", "张\\*", "投诉", "话费多扣", "应叶", "已解决：已退费", "2026-11-23 10:00",
        "2026-11-25 已解决", "满意 |",
    ]  # fmt: skip
    assert before not in listed
    assert "张某" not in listed


def test_what_cannot_be_explained_is_said(o):
    """Art. 二5: even what cannot be explained is told to the customer."""
    name = o.intake("yingye", DAY + "09:15").id
    o("yingye", DAY + "10:00", "close", name, "--outcome", "不予办理", "--result", "查不到", "--reason", "超过保存期",
      "--basis", "业务规程", "--signed-by", "zongjing", "--not-told", "没打通")  # fmt: skip
    assert o.found(name, DAY + "10:01") == {("二5", "解释说明")}


def test_service_windows_are_departments(run, tmp_path):
    """Art. 一4: counters, hotlines, card phones, account managers and fitters: a new ledger has them all, and is sound."""
    root = tmp_path / "new"
    run("init", root, "--policy", "dianxin")
    staff = (root / "staff.yaml").read_text("utf-8")
    for window in ("营业厅", "热线中心", "公用电话部", "客户经理部", "装维部"):
        assert f"  {window}: {{leader: " in staff
    assert run("-L", root, "check").out == ""
