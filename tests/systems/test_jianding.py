"""职业技能鉴定中心: what it deals with, one register for all, the bureau's leader for hard ones."""

import pytest

DAY = "2026-11-23T"


@pytest.fixture
def o(system):
    """The centre."""
    return system("jianding")


@pytest.mark.parametrize("category", ["咨询", "报名", "考试", "查分", "业务", "投诉"])
def test_one_register_for_every_kind(o, category):
    """Arts. 一(三), 二(一): enrolment, exam, score …: each registered with name, phone and matter."""
    bare = o.intake("songyu", DAY + "09:15", category=category, phone="", detail="", subject=category)
    assert o.found(bare.id, DAY + "09:16") == {("二(一)", "登记")}
    name = o.intake("songyu", DAY + "09:16", category=category).id
    told = o.show(name, DAY + "09:17")
    assert (told["category"], told["inquirer"]["phone"], told["findings"]) == (category, "13812341234", [])


def test_whose_duty_it_is_makes_no_difference(o):
    """Art. 二(一): one's own, the section's, the centre's or nobody's: it is written down."""
    for scope in ("本人", "本部门", "其他部门", "单位外"):
        assert o.intake("songyu", DAY + "09:15", scope=scope, phone="", name="").code == 0
        assert o.intake("songyu", DAY + "09:16", scope=scope).code == 0
    form = o("songyu", DAY + "09:18", "form", "受理登记表", o.intake("songyu", DAY + "09:17").id)
    assert "13812341234" in form.out
    nameless = o.intake("songyu", DAY + "09:20", anonymous=True, name="", phone="", channel="来电")
    assert o.found(nameless.id, DAY + "09:21") == set()


def test_what_cannot_be_done_at_once_is_explained(o):
    """Art. 二(二): not at once, then the reason is told."""
    name = o.intake("songyu", DAY + "09:15", category="报名").id
    assert o.found(name, DAY + "17:00") == set()
    assert o.found(name, "2026-11-24T09:00") == {("二(二)", "说明并请示")}
    o("songyu", "2026-11-24T09:05", "progress", name, "--text", "报名系统维护，明日办理")
    assert o.found(name, "2026-11-24T09:06") == set()


def test_hard_complaint_from_above_is_coordinated(o):
    """Arts. 一(三), 二(三): passed down by the superior office, too hard for the section: 分管领导."""
    name = o.intake("dudao", DAY + "09:15", channel="上级转办", category="投诉", urgency="复杂",
                    scope="其他部门", subject="考场纪律投诉").id  # fmt: skip
    o("dudao", DAY + "10:00", "escalate", name, "--to", "zhongli", "--text", "涉及两科")
    assert o.found(name, "2026-11-24T09:00") == {("二(三)", "复杂事项"), ("二(二)", "说明并请示")}
    o("dudao", "2026-11-24T09:05", "escalate", name, "--to", "fenguan", "--text", "请协调")
    o("fenguan", "2026-11-24T10:00", "instruct", name, "--text", "由考务科核查", "--designate", "考务科")
    o("dudao", "2026-11-24T10:00", "progress", name, "--text", "涉及两科，已请领导协调")
    assert o.found(name, "2026-11-24T10:01") == set()
    told = o.show(name, "2026-11-24T10:02")
    assert (told["phase"], told["pending"]["department"], told["due"][:10]) == (
        "待签收",
        "考务科",
        "2026-11-30",
    )


def test_only_what_is_substantiated_counts(o):
    """Art. 三: first taught, then criticised; before it is found true nothing can be decided."""

    def case(day, finding):
        made = o("zhongli", DAY + "09:00", "sanction", "report", "--staff", "songyu", "--violation", "态度粗暴",
                 "--article", "三", "--summary", f"{day}对来人发火", "--occurred", day).id  # fmt: skip
        o(
            "zhongli",
            DAY + "09:01",
            "sanction",
            "decide",
            made,
            "--authority",
            "局",
            "--measure",
            "教育",
            code=3,
        )
        o("zhongli", DAY + "09:02", "sanction", "verify", made, "--finding", finding)
        return made

    first = case("2026-11-02", "查实")
    o("zhongli", DAY + "09:10", "sanction", "decide", first, "--authority", "局", "--measure", "教育")
    untrue = case("2026-11-03", "不成立")
    o(
        "zhongli",
        DAY + "09:20",
        "sanction",
        "decide",
        untrue,
        "--authority",
        "局",
        "--measure",
        "教育",
        code=3,
    )
    second = case("2026-11-04", "查实")
    o("zhongli", DAY + "09:20", "sanction", "verify", second, "--finding", "查实", "--tier", "情节严重")
    o(
        "zhongli",
        DAY + "09:30",
        "sanction",
        "decide",
        second,
        "--authority",
        "局",
        "--measure",
        "批评和必要的处理",
    )
    person = o.json("zhongli", DAY + "10:00", "evaluate", "2026", "--staff", "songyu")["staff"][0]
    assert person["counts"] == {"批评和必要的处理": 1, "教育": 1}


def test_a_section_can_be_the_one_responsible(o):
    """Art. 三: the section as such may be the one held to account."""
    case = o("zhongli", DAY + "09:00", "sanction", "report", "--department", "报名科", "--violation",
             "推诿拒绝", "--article", "三", "--summary", "互相推诿", "--occurred", "2026-11-20").id  # fmt: skip
    shown = o.json("zhongli", DAY + "09:01", "sanction", "show", case)
    assert ("staff" in shown, shown["department"], shown["status"]) == (False, "报名科", "待核实")
