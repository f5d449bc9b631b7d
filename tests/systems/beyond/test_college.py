"""A college's regulation: the department's own measure, the liable leader, terms and sums on an appeal, ranks."""

import pytest

DAY = "2026-11-02"
BOTH = ("--needs", "查明属实", "--needs", "造成影响")


@pytest.fixture
def college(office):
    """An office under the college's regulation; xiaoli leads nobody, kezhang leads her section."""
    return office("xueyuan")


def grave(o, *tier: str) -> str:
    """A case against a person and her section, found true, of a degree if one is given."""
    return o.case(DAY, "四", *BOTH, *tier, more=("--department", "一科"))


def test_degrees_are_listed_until_one_is_found(college):
    """Nobody is told that the document has no measure where it has one for each degree."""
    case = grave(college)
    shown = college("sanction", "show", case, now="2026-11-02T10:30").out
    assert "较轻：谈话提醒；严重：通报批评 + 可并处 扣发绩效；特别严重：告诫" in shown
    assert "文件未定措施" not in shown
    refused = college.decide(case, DAY, "--authority", "院党委", "--measure", "通报批评", code=3).err
    assert "情节轻重（较轻、严重、特别严重）" in refused


def test_the_section_gets_its_own_measure(college):
    """What the regulation has for the section is decided with the person's, counted for it, and no other."""
    case = grave(college, "--tier", "严重")
    wrong = ("--authority", "院党委", "--unit-measure", "扣科室奖金")
    assert "对部门规定：责令整改" in college.decide(case, DAY, *wrong, code=3).err
    college.decide(case, DAY, "--authority", "院党委")
    found = college.year()
    assert (found["xiaoli"]["counts"], found["一科"]["counts"]) == ({"通报批评": 1}, {"责令整改": 1})
    assert found["一科"]["cases"][0]["consequence"] == "第七条部门责令整改满2次，未满"
    assert "责令整改" not in found["xiaoli"]["cases"][0]["consequence"]


def test_a_section_alone_gets_what_the_regulation_has_for_it(college):
    """Charged without a person: no degree is asked for, the measure is the section's."""
    report = ("--department", "一科", "--article", "四", "--summary", "无人接待", "--occurred", DAY)
    case = college("sanction", "report", *report, now="2026-11-02T09:00").id
    college("sanction", "verify", case, "--finding", "查实", *BOTH, now="2026-11-02T10:00")
    college.decide(case, DAY, "--authority", "院办")
    assert college.year()["一科"]["counts"] == {"责令整改": 1}


def test_the_leader_has_a_case_of_his_own(college):
    """His measure follows from the other's case; it is no occasion of his, costs no points of the violation, is no departure."""
    case = grave(college, "--tier", "严重")
    college.decide(case, DAY, "--authority", "院党委")
    assert college.year()["review"] == [{"leader": "kezhang", "post": "负责人", "sanction": case}]
    again = ("sanction", "report", "--joint", case)
    assert "不另写" in college(*again, "--staff", "kezhang", now="2026-11-03T09:00", code=2).err
    his = college(*again, now="2026-11-03T09:00").id
    college("sanction", "verify", his, "--finding", "查实", now="2026-11-03T10:00")
    college.decide(his, "2026-11-03", "--authority", "院办")
    found = college.year()
    assert found["kezhang"]["counts"] == {"书面检讨": 1}
    assert found["kezhang"]["findings"] == []  # half of three points
    assert found["review"] == []
    assert college("check", now="2026-12-30T09:00").out == ""


def test_a_violation_without_a_liable_leader(college):
    """Where the regulation makes no leader liable, none can be charged with somebody else's act."""
    case = college.case(DAY, "五")
    refused = college("sanction", "report", "--joint", case, now="2026-11-03T09:00", code=3).err
    assert "没有规定拖延由领导同责" in refused


WORSE = [
    (("告诫", "--months", "6"), "期限原到2027-03-02，不能延到2027-05-02"),
    (("告诫", "--measure", "谈话提醒"), "“谈话提醒”比“告诫、扣发绩效”重，或者轻重没有规定"),
    (("解除聘用",), "“解除聘用”比“告诫、扣发绩效”重"),
    (("告诫", "--unit-measure", "通报批评"), "对部门，“通报批评”比“责令整改”重"),
    (("告诫", "--measure", "扣发绩效", "--amount", "扣发绩效=500.01"), "扣发绩效原为500元，不能加到500.01元"),
    (("诫勉", "--measure", "扣发绩效"), "原计5分，不能加到9分"),
]


@pytest.mark.parametrize(("change", "why"), WORSE, ids=[why[:8] for _, why in WORSE])
def test_an_appeal_makes_nothing_worse(college, change, why):
    """Neither a measure nor the section's, neither longer nor dearer nor more points; with a ground of law, all of it."""
    case = decided(college)
    modify = ("sanction", "modify", case, "--authority", "院党委", "--reason", "复核", "--measure", *change)
    assert why in college(*modify, now="2026-11-05T09:00", code=3).err
    college(*modify, "--ground", "新的事实", now="2026-11-05T09:00")
    assert college("check", now="2026-11-06T09:00").out == ""


@pytest.mark.parametrize(
    ("added", "why"),
    [
        (("--months", "6"), "“通报批评”原来没有期限，不能加上到2027-05-02的期限"),
        (("--amount", "通报批评=0.01"), "“通报批评”原来没有金额，不能加上0.01元"),
    ],
)
def test_an_appeal_adds_neither_term_nor_sum(college, added, why):
    """Where the measure stays and had none, any is more than none; a ground of law allows it, and none is as before."""
    case = grave(college, "--tier", "严重")
    college.decide(case, DAY, "--authority", "院党委")
    college("sanction", "appeal", case, "--text", "不服", who="xiaoli", now="2026-11-04T09:00")
    modify = ("sanction", "modify", case, "--authority", "院党委", "--reason", "复核")
    modify = (*modify, "--measure", "通报批评")
    assert why in college(*modify, *added, now="2026-11-05T09:00", code=3).err
    college(*modify, *added, "--ground", "新的事实", now="2026-11-05T09:00")


def test_what_an_appeal_makes_lighter(college):
    """Shorter, cheaper, without the extra, or nothing at all; what is not said stays as it was decided."""
    case = decided(college)
    modify = ("sanction", "modify", case, "--authority", "院党委", "--reason", "复核", "--measure")
    less = ("告诫", "--months", "3", "--measure", "扣发绩效", "--amount", "扣发绩效=200")
    college(*modify, *less, now="2026-11-05T09:00")
    (ruled,) = college.year()["xiaoli"]["cases"]
    assert (ruled["until"], ruled["sums"]) == ("2027-02-02", {"扣发绩效": "200"})
    college("sanction", "appeal", case, "--text", "仍不服", who="xiaoli", now="2026-11-06T09:00")
    college(*modify, "告诫", now="2026-11-07T09:00")
    (ruled,) = college.year()["xiaoli"]["cases"]
    assert (ruled["measures"], ruled["until"], ruled["sums"]) == (["告诫"], "2027-02-02", {})
    college("sanction", "appeal", case, "--text", "还不服", who="xiaoli", now="2026-11-08T09:00")
    college(*modify, "免予问责", now="2026-11-09T09:00")
    assert college.year()["xiaoli"]["counts"] == {}


COMPLAINED = ("intake", "--channel", "来访", "--scope", "其他部门", "--subject", "态度不好", "--name", "张某",
              "--phone", "0631-5550199")  # fmt: skip


def complain(o, about: str, category: str = "投诉") -> str:
    """A complaint about somebody, taken in at the office on a Monday morning."""
    return o(*COMPLAINED, "--category", category, "--about", about, now="2026-11-02T09:00").id


def test_a_complaint_goes_to_the_section_complained_of_first(college):
    """The college orders what is refused elsewhere: the section answers, not the person; who keeps it is told."""
    name = complain(college, "xiaoli")
    assert "投诉没有转给被投诉的部门（一科）" in college("show", name, now="2026-11-04T18:00").out
    handoff = ("handoff", name, "--mode", "书面转交", "--reason", "先行答复", "--to")
    assert "回避" not in college(*handoff, "一科/kezhang", now="2026-11-02T09:10").err
    college("accept", name, who="kezhang", now="2026-11-02T09:20")
    assert "投诉没有转给" not in college("show", name, now="2026-11-04T18:00").out


@pytest.mark.parametrize(
    ("about", "category", "to"),
    [
        ("xiaoli", "投诉", "一科/xiaoli"),
        ("kezhang", "投诉", "一科"),
        ("xiaoli", "举报", "一科"),
        ("xiaoli", "师德投诉", "一科"),
    ],
)
def test_who_does_not_answer_for_himself(college, about, category, to):
    """Not the person, not the section that he leads, and nothing but what the article speaks of."""
    name = complain(college, about, category)
    refused = college(
        "handoff",
        name,
        "--mode",
        "书面转交",
        "--reason",
        "先行答复",
        "--to",
        to,
        now="2026-11-02T09:10",
        code=3,
    )
    assert "被反映的人" in refused.err
    assert "投诉没有转给" not in college("show", name, now="2026-11-04T18:00").out or category == "投诉"


def test_follow_ups_are_those_of_who_is_asked_for(college):
    """What the section has left undone is shown for it and its head, and for nobody else."""
    college.decide(grave(college, "--tier", "严重"), DAY, "--authority", "院党委")
    late = "2026-11-24T09:00"
    for words, seen in (((), True), (("--department", "一科"), True), (("--staff", "kezhang"), True),
                        (("--staff", "xiaoli"), True), (("--department", "二科"), False), (("--staff", "erke"), False)):  # fmt: skip
        assert ("责令整改限2026-11-23" in college("overdue", *words, now=late).out) is seen


def test_a_rate_is_of_people_from_a_rank_upwards(college):
    """One of two on time is below 92 %: it bars the head of rank 8 and not the clerk."""
    roster = college.root / "staff.yaml"
    roster.write_text(
        roster.read_text("utf-8").replace(
            "柯章, department: 一科, rank: 5", "柯章, department: 一科, rank: 8"
        ),
        "utf-8",
    )
    for who in ("xiaoli", "kezhang"):
        for subject, day in (("成绩", "02"), ("学籍", "16")):
            asked = (
                *COMPLAINED[:3],
                "--category",
                "业务",
                "--scope",
                "本人",
                "--subject",
                subject,
                "--name",
                "张某",
                "--phone",
                "0631-5550199",
            )
            name = college(*asked, who=who, now="2026-11-02T09:00").id
            college(
                "close", name, "--outcome", "已解决", "--result", "已办", who=who, now=f"2026-11-{day}T10:00"
            )
    found = college.year()
    assert [f["measure"] for f in found["kezhang"]["findings"]] == ["按时办结率"]
    assert (found["kezhang"]["excellent_allowed"], found["xiaoli"]["excellent_allowed"]) == (False, True)


def decided(o) -> str:
    """A case of the gravest degree: 告诫 for four months and 500 yuan, the section to mend; appealed."""
    case = grave(o, "--tier", "特别严重")
    terms = ("--months", "4", "--amount", "扣发绩效=500", "--reason", "情节特别严重，并处")
    o.decide(case, DAY, "--authority", "院党委", "--measure", "告诫", "--measure", "扣发绩效", *terms)
    o("sanction", "appeal", case, "--text", "不服", who="xiaoli", now="2026-11-04T09:00")
    return case
