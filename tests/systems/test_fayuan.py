"""人民法院首问负责制: the hub, the routing table with its six months, the visitors' ledger."""

import pytest

DAY = "2026-11-23T"
APPEAL = {"category": "申诉", "scope": "其他部门", "detail": "请求复查判决"}


@pytest.fixture
def o(system):
    """The court."""
    return system("fayuan")


def test_the_hub_registers_and_dispatches(o):
    """Art. 三(一): the reception registers every visitor; what it deals with itself stays there."""
    own = o.intake("liuan", DAY + "09:15", category="起诉", detail="请求立案", scope="本部门")
    assert "按分工转" not in own.err
    told = o.show(own.id, DAY + "09:16")
    assert (told["department"], told["holder"], told["findings"]) == ("立案庭", "liuan", [])
    sent = o.intake("liuan", DAY + "09:20", category="执行", detail="请求执行到位", scope="其他部门")
    assert "按分工转：执行局（第三(四)项）" in sent.err


@pytest.mark.parametrize(
    ("closed", "today", "right", "last"),
    [
        ("2026-05-23", "2026-11-23", "民一庭", "2026-11-23"),
        ("2026-05-22", "2026-11-23", "立案庭", ""),
        ("2026-08-31", "2027-02-28", "民一庭", "2027-02-28"),
        ("2026-08-31", "2027-03-01", "立案庭", ""),
        ("2026-08-28", "2027-02-28", "民一庭", "2027-02-28"),
    ],
)
def test_six_months_after_a_case_closed(o, closed, today, right, last):
    """Art. 三(二): the trial division within six months, its last day included; month ends stay."""
    asked = ("route", "--category", "申诉", "--case-closed", closed)
    items = o.json("liuan", today + "T10:00", *asked)["items"]
    assert items[0]["department"] == right
    if last:
        assert [i["department"] for i in items] == ["民一庭", "刑庭"]
        assert {(i["when"], i["article"]) for i in items} == {(f"结案后6个月内，至{last}", "第三(二)项")}
    else:
        assert [(i["department"], i["when"], i["article"]) for i in items] == [("立案庭", "", "第三(一)项")]


def test_advice_at_intake_follows_the_date(o):
    """Art. 三(二): the clerk is told at once where it goes; without the date, both ways."""
    dated = o.intake("liuan", DAY + "09:15", case_closed="2026-06-01", **APPEAL)
    assert "按分工转：民一庭或刑庭（第三(二)项，结案后6个月内，至2026-12-01）" in dated.err
    undated = o.intake("liuan", DAY + "09:20", **APPEAL)
    assert (
        "没有写案件的办结日期（--case-closed）：结案后6个月内转审判庭（第三(二)项）；其后转立案庭（第三(一)项）"
        in undated.err
    )
    late = o.intake("liuan", DAY + "09:25", case_closed="2026-05-22", **APPEAL)
    assert "按分工转" not in late.err
    ahead = o.intake("liuan", DAY + "09:30", code=2, case_closed="2026-11-24", **APPEAL)
    assert "晚于今天" in ahead.err


def test_a_shared_name_is_no_target(o):
    """Art. 三(二) means *each* division: the common name alone does not say which."""
    name = o.intake("liuan", DAY + "09:15", case_closed="2026-06-01", **APPEAL).id
    way = ("handoff", name, "--mode", "引领", "--to")
    assert "叫“审判庭”的有民一庭、刑庭" in o("liuan", DAY + "09:20", *way, "审判庭", code=4).err
    o("liuan", DAY + "09:21", *way, "民一庭")
    assert o.found(name, DAY + "09:22") == set()


@pytest.mark.parametrize(
    ("category", "right", "article"),
    [
        ("诉讼咨询", "立案庭", "第三(一)项"),
        ("再审案件", "审判监督庭", "第三(三)项"),
        ("执行监督", "执行局", "第三(四)项"),
        ("反映干警", "纪检监察组", "第三(五)项"),
    ],
)
def test_the_table_by_category(o, category, right, article):
    """Arts. 三(三) to (五): each category has its department, with contact, place and phone."""
    item = o.json("liuan", DAY + "09:15", "route", "--category", category)["items"][0]
    assert (item["department"], item["article"]) == (right, article)
    assert item["phone"]
    assert item["place"]


def test_sent_to_the_wrong_department(o):
    """Art. 三: a handoff against the table is shown; Art. 三(六): what it does not list is free."""
    name = o.intake("liuan", DAY + "09:15", category="反映干警", detail="反映法官", scope="其他部门").id
    o("liuan", DAY + "09:20", "handoff", name, "--to", "执行局", "--mode", "引领")
    assert o.found(name, DAY + "09:21") == {("三", "分流")}
    other = o.intake("liuan", DAY + "09:30", category="其他", detail="查阅档案", scope="其他部门")
    assert "按分工转" not in other.err
    o("liuan", DAY + "09:35", "handoff", other.id, "--to", "执行局", "--mode", "引领")
    assert o.found(other.id, DAY + "09:36") == set()
    assert "没有规定“其他”归谁" in o("liuan", DAY + "09:40", "route", "--category", "其他", code=4).err


def test_the_hub_follows_what_it_sent(o):
    """Art. 四: sent, taken, and then nobody at the hub looked: shown until somebody does."""
    name = o.intake("liuan", DAY + "09:15", category="执行", detail="请求执行到位", scope="其他部门").id
    o("liuan", DAY + "09:20", "handoff", name, "--to", "执行局", "--mode", "引领")
    waiting = o.json("liuan", "2026-11-25T09:00", "overdue")["items"]
    assert [(i["id"], i["clock"], i["holder"]) for i in waiting] == [(name, "签收", "liuan")]
    o("zhixing", "2026-11-25T09:10", "accept", name)
    assert o.found(name, "2026-11-26T09:00") == {("四", "跟踪")}
    o("liuan", "2026-11-26T09:10", "urge", name, "--text", "请告进展")
    assert o.found(name, "2026-11-26T09:11") == set()


def test_the_visitors_ledger(o):
    """Art. 六: who, which kind, what is asked for; what is missing is shown, and nobody turned away for it."""
    bare = o.intake("liuan", DAY + "09:15", category="申诉", detail="", scope="其他部门").id
    assert [f["text"] for f in o.show(bare, DAY + "09:15")["findings"]] == ["登记缺少要求"]
    nobody = o.intake("liuan", DAY + "09:16", name="", **APPEAL).id
    assert [f["text"] for f in o.show(nobody, DAY + "09:16")["findings"]] == ["登记缺少姓名"]
    assert "类别没有“闲聊”" in o.intake("liuan", DAY + "09:17", code=2, category="闲聊").err
    name = o.intake("liuan", DAY + "09:20", case_closed="2026-06-01", **APPEAL).id
    told = o.show(name, DAY + "09:21")
    assert (told["inquirer"]["name"], told["category"], told["detail"]) == ("张某", "申诉", "请求复查判决")
    assert told["case_closed"] == "2026-06-01"
    ledger = o("liuan", DAY + "09:22", "form", "台账", "--format", "markdown").out
    row = next(line for line in ledger.splitlines() if line.startswith(f"| {name}"))
    assert [cell for cell in ("张\\*", "办事程序", "申诉", "刘安") if f" {cell} " not in row] == []


def test_review_needs_the_presiding_judge(o):
    """Art. 六(二)1: the file is opened with the 庭长's approval; the visitor hears whom to ask."""
    name = o.intake("liuan", DAY + "09:15", case_closed="2026-05-22", **APPEAL).id
    way = ("handoff", name, "--to", "审判监督庭/dujian", "--mode", "复查立卷")
    without = o("liuan", DAY + "10:00", *way, code=3)
    assert "第六(二)1项 移交批准：移交没有经负责人同意" in without.err
    wrong = o("liuan", DAY + "10:01", *way, "--approved-by", "dujian", code=3)
    assert "移交由杜鉴同意，应经钱立" in wrong.err
    o("liuan", DAY + "10:05", *way, "--approved-by", "qianli")
    assert o.found(name, DAY + "10:06") == {("六(二)1", "转办说明")}


def test_review_with_approval_and_contact(o):
    """Art. 六(二)1: approved, told to wait and how to reach the judge: nothing is wanting."""
    retrial = APPEAL | {"category": "再审案件"}
    name = o.intake("liuan", DAY + "09:15", **retrial).id
    o("liuan", DAY + "10:05", "handoff", name, "--to", "审判监督庭/dujian", "--mode", "复查立卷",
      "--approved-by", "qianli", "--reason", "已立卷，请等待复查结果", "--contact", "杜鉴,0392-5550144")  # fmt: skip
    o("dujian", DAY + "10:30", "accept", name)
    told = o.show(name, DAY + "10:31")
    assert (told["first_responder"], told["holder"], told["findings"]) == ("liuan", "dujian", [])


def test_the_papers_of_a_review(o):
    """Art. 六 and 六(二)1: the sheet for the judge before and after he approved; the request, and where it went."""
    name = o.intake("liuan", DAY + "09:15", case_closed="2026-05-22", **APPEAL).id
    register = ("form", "来访台账", "--from", "2026-11-01", "--to", "2026-11-30", "-f", "markdown")

    def visitor(now: str) -> list[str]:
        lines = o("liuan", DAY + now, *register).out.splitlines()
        return next([cell.strip() for cell in line.split("|")] for line in lines if name in line)

    def sheet(now: str) -> str:
        return o("liuan", DAY + now, "form", "立卷审批表", name).out

    assert {"申诉", "请求复查判决", "本部门办理中"} <= set(visitor("09:20"))
    assert "2026-05-22" in sheet("09:21") and "批准人" not in sheet("09:22")
    o("liuan", DAY + "10:05", "handoff", name, "--to", "审判监督庭/dujian", "--mode", "复查立卷",
      "--approved-by", "qianli", "--reason", "符合立卷条件", "--contact", "杜鉴,0392-5550144")  # fmt: skip
    signed = sheet("10:10")
    assert [
        w for w in ("请求复查判决", "符合立卷条件", "审判监督庭", "杜鉴", "批准人：钱立") if w not in signed
    ] == []
    o("dujian", DAY + "10:30", "accept", name)
    assert "请求复查判决" in visitor("10:31") and any("审判监督庭" in cell for cell in visitor("10:32"))


def test_who_only_asks_is_told_and_the_time_goes_on(o):
    """Art. 六(二): a notice to somebody who consults leaves the due moment; one that awaits papers stops it."""
    name = o.intake("liuan", DAY + "09:15", category="诉讼咨询", scope="本部门").id
    due = o.show(name, DAY + "09:16")["due"]
    o("liuan", DAY + "09:20", "notify", name, "--material", "起诉状", "--consultation")
    told = o.show(name, DAY + "09:21")
    assert (told["phase"], told["due"]) == ("在办", due)
    o("liuan", DAY + "09:25", "notify", name, "--material", "身份证明")
    assert o.show(name, DAY + "09:26")["due"] is None


def test_no_refusal_because_it_was_decided(o):
    """Art. 三(七): nobody is turned away because the case was decided or dealt with before."""
    name = o.intake("liuan", DAY + "09:15", case_closed="2026-05-22", **APPEAL).id
    end = ("close", name, "--outcome", "不予办理", "--basis", "民事诉讼法", "--signed-by", "qianli")
    no = o("liuan", DAY + "09:20", *end, "--reason", "本院已作出生效判决", "--result", "请回", code=3)
    assert "第三(七)项 拒绝理由：不得以“已作出生效判决”为由不予办理" in no.err
    o("liuan", DAY + "09:25", "progress", name, "--text", "这事已经处理过，不用再来")
    assert ("三(七)", "禁用语") in o.found(name, DAY + "09:26")
    # A phrase in a reply is looked at by a person, and by itself charges nobody.
    assert o("liuan", DAY + "09:30", "sanction", "report", "--from-overdue").out == ""


@pytest.mark.parametrize("how", ["intake", "correct", "import"])
def test_who_reports_a_judge_is_kept_apart_however_it_came(o, tmp_path, how):
    """Item 三(五): taken in as such, put right to it, or brought in by a sheet: name and matter lie apart."""
    words = ("channel", "来访"), ("category", "反映干警"), ("scope", "其他部门")
    if how == "import":
        sheet, mapping = tmp_path / "来访.csv", tmp_path / "y.yaml"
        sheet.write_text("日期,类别,事由,姓名\n2026-11-20 09:00,反映干警,法官收礼,张金丝雀\n", "utf-8")
        columns = "columns: {received: 日期, category: 类别, subject: 事由, name: 姓名}\n"
        mapping.write_text(
            columns + "defaults: {channel: 来访, scope: 其他部门, first_responder: liuan}\n", "utf-8"
        )
        o("liuan", DAY + "09:00", "import", str(sheet), "--mapping", str(mapping))
    elif how == "correct":
        name = o.intake(
            "liuan", DAY + "09:00", channel="来访", category="其他", subject="反映一事", scope="其他部门"
        ).id
        o(
            "liuan",
            DAY + "09:10",
            "correct",
            name,
            "--field",
            "类别",
            "--value",
            "反映干警",
            "--reason",
            "听完才知道",
        )
        o("liuan", DAY + "09:20", "note", name, "--text", "说的是金丝雀")
    else:
        o.intake("liuan", DAY + "09:00", subject="法官收礼", name="张金丝雀", **dict(words))
    records = [p.read_text("utf-8") for p in (o.root / "inquiries").rglob("*.yaml")]
    assert records and not any("金丝雀" in text for text in records)
    assert "protected" not in o("liuan", DAY + "09:30", "check", code=None).out
