"""行政审批服务大厅: 首问 and 首办, transfer with consent, the notice with its five items."""

import pytest

DAY = "2026-11-23T"
NOTICE = ("--material", "申请表", "--procedure", "窗口受理", "--limit", "5个工作日", "--fee", "不收费")


@pytest.fixture
def o(system):
    """The hall."""
    return system("shenpi")


@pytest.fixture
def moved(o):
    """An inquiry of another section that 景班 there has signed for."""
    name = o.intake("jiedai", DAY + "09:15", category="业务", scope="其他部门").id
    o("jiedai", DAY + "09:20", "handoff", name, "--to", "审批一科/jingban", "--mode", "指引")
    o("jingban", DAY + "09:25", "accept", name)
    return name


def test_two_roles(o, moved):
    """Art. 四: who received is 首问; who by the division of work deals with it is 首办."""
    own = o.intake("jiedai", DAY + "10:00", scope="本人").id
    assert o.show(own, DAY + "10:01")["levels"] == {"首办责任人": "jiedai"}
    other = o.intake("jiedai", DAY + "10:05", scope="其他部门").id
    assert o.show(other, DAY + "10:06")["levels"] == {"首办责任人": ""}
    told = o.show(moved, DAY + "10:10")
    assert (told["first_responder"], told["levels"]) == ("jiedai", {"首办责任人": "jingban"})
    page = o("jiedai", DAY + "10:11", "show", moved).out
    assert "首问责任人：受理科 解岱\n首办责任人：景班\n" in page


def test_what_needs_study_gets_another_time(o):
    """Art. 五(一): not answered at once, then told so and another time agreed."""
    name = o.intake("jiedai", DAY + "09:15", category="申诉", scope="本部门").id
    assert o.found(name, "2026-11-24T09:00") == {("五(一)", "另约时间")}
    o("jiedai", "2026-11-24T09:05", "appoint", name, "--when", "2026-11-25 09:30", "--reason", "需统一研究")
    told = o.show(name, "2026-11-24T09:06")
    assert told["findings"] == []
    assert [(c["name"], c["due"][:10]) for c in told["clocks"] if c["name"] == "预约"] == [
        ("预约", "2026-11-25")
    ]
    missed = o.json("jiedai", "2026-11-26T09:00", "overdue")["items"]
    assert "预约" in {i["clock"] for i in missed}


def test_an_objection_is_reported_up(o):
    """Art. 五(一): explained, and still objecting: put to the section's and the bureau's leaders."""
    name = o.intake("jiedai", DAY + "09:15", category="业务", scope="本人").id
    o("jiedai", DAY + "10:00", "close", name, "--outcome", "不予办理", "--result", "已解释", "--reason",
      "不符合条件", "--basis", "行政许可法", "--signed-by", "juling")  # fmt: skip
    o("jiedai", DAY + "10:30", "callback", name, "--rating", "不满意")
    assert o.found(name, DAY + "10:31") == set()  # a bad rating is not yet an objection
    o("jiedai", DAY + "11:00", "object", name, "--text", "仍有异议")
    assert o.found(name, DAY + "11:01") == {("五(一)", "不满意上报")}
    o("jiedai", DAY + "11:05", "escalate", name, "--text", "当事人仍有异议")
    assert o.found(name, DAY + "11:06") == set()
    o("jiedai", DAY + "11:10", "escalate", name, "--text", "科长解释后仍有异议")
    asked = [e["to"] for e in o.show(name, DAY + "11:11")["events"] if e["do"] == "请示"]
    assert asked == ["shouke", "juling"]


def test_window_staff_tell_place_and_phone(o):
    """Art. 五(二): brought or pointed there; who may not leave the window tells place and phone."""
    way = ("--to", "审批一科", "--mode", "告知联系方式")
    name = o.intake("jiedai", DAY + "09:15", scope="其他部门").id
    o("jiedai", DAY + "09:20", "handoff", name, *way, "--contact", "景班,0371-5550122,二楼205")
    assert o.found(name, DAY + "09:21") == {("五(二)", "引领")}
    bound = o.intake("chuangkou", DAY + "09:30", scope="其他部门").id
    o("chuangkou", DAY + "09:35", "handoff", bound, "--to", "审批一科", "--mode", "电话联系")
    assert o.found(bound, DAY + "09:36") == {("五(二)", "引领")}
    told = o.intake("chuangkou", DAY + "09:40", scope="其他部门").id
    o("chuangkou", DAY + "09:45", "handoff", told, *way, "--contact", "景班,0371-5550122,二楼205")
    assert o.found(told, DAY + "09:46") == set()


def test_nobody_there_then_the_phone(o):
    """Art. 五(二): the section is away: its phone is told."""
    name = o.intake("jiedai", DAY + "09:15", scope="其他部门", channel="来电").id
    way = ("handoff", name, "--to", "审批一科", "--mode", "告知联系方式", "--absent", "外出开会")
    o("jiedai", DAY + "09:20", *way)
    assert o.found(name, DAY + "09:21") == {("五(二)", "无人告知")}


def test_the_registration_form(o):
    """Art. 五(三): the form is filled in; nobody is turned away for what it does not have."""
    bare = o.intake("jiedai", DAY + "09:15", name="", detail="", subject="咨询").id
    assert o.found(bare, DAY + "09:15") == {("五(三)", "登记")}
    name = o.intake("jiedai", DAY + "09:16").id
    told = o.show(name, DAY + "09:17")
    assert (told["inquirer"]["name"], told["subject"]) == ("张某", "办事程序")
    form = o("jiedai", DAY + "09:18", "form", "受理登记表", name, "--format", "markdown").out
    assert "| 首问责任人 | 解岱（科员） |" in form
    assert "| 首办责任人 | 解岱（科员） |" in form


def test_transfer_moves_the_first_handler_only(o, moved):
    """Art. 六: with the section leader's consent, to a named person; 首问 stays where it was."""
    way = ("handoff", moved, "--to", "审批一科/daiban", "--mode", "移交", "--reason", "出差")
    assert "第六条 移交批准：移交没有经负责人同意" in o("jingban", DAY + "14:00", *way, code=3).err
    other = o("jingban", DAY + "14:01", *way, "--approved-by", "shouke", code=3)
    assert "移交由寿科同意，应经易科" in other.err
    o("jingban", DAY + "14:02", *way, "--approved-by", "yike")
    assert o.show(moved, DAY + "14:03")["levels"] == {"首办责任人": "jingban"}
    o("daiban", DAY + "14:05", "accept", moved)
    told = o.show(moved, DAY + "14:06")
    assert (told["first_responder"], told["levels"]) == ("jiedai", {"首办责任人": "daiban"})


def test_the_notice_has_five_items(o):
    """告知 Art. 一: papers, procedure, limit, fee and basis, or it is no notice."""
    name = o.intake("jiedai", DAY + "09:15").id
    short = o("jiedai", DAY + "09:20", "notify", name, *NOTICE, code=3)
    assert "告知第一条 一次告知：一次性告知缺少依据" in short.err
    bare = o("jiedai", DAY + "09:21", "notify", name, "--material", "申请表", code=3)
    assert "一次性告知缺少程序、时限、收费、依据" in bare.err
    o("jiedai", DAY + "09:22", "notify", name, *NOTICE, "--basis", "行政许可法")
    assert o.found(name, DAY + "09:23") == {("告知一", "出具一览表")}
    form = o("jiedai", DAY + "09:24", "form", "提供材料一览表", name, "--issue", "--format", "markdown").out
    five = ("1. 申请表", "窗口受理", "5个工作日", "不收费", "行政许可法")
    assert [word for word in five if word not in form] == []
    assert o.found(name, DAY + "09:25") == set()


def test_a_refusal_is_explained(o):
    """Art. 五(一): what does not meet the conditions is explained to the person."""
    name = o.intake("jiedai", DAY + "09:15", category="业务").id
    o("jiedai", DAY + "10:00", "close", name, "--outcome", "不予办理", "--result", "不符合条件", "--reason",
      "不在辖区", "--basis", "行政许可法", "--signed-by", "juling", "--not-told", "已离开")  # fmt: skip
    assert o.found(name, DAY + "10:01") == {("五(一)", "解释说明")}
