"""街道: points by month, quarter and half, a term without a choice, a place that keeps its own stage; by hand from the text."""

import json

from tests.systems.beyond.office import ASKED


def guilty(o, day: str, tier: str, *words: str, staff: str = "xiaoli") -> str:
    """A case of Art. 四, found true in its degree and decided with these measures."""
    case = o.case(day, "四", "--needs", "查明属实", "--tier", tier, staff=staff)
    o.decide(case, day, *words, "--authority", "街道党工委")
    return case


def test_points_by_month_quarter_and_half(office):
    """October 1+1+(1+2): 5, the worst month, over 3; with November 1+2: 8 in the quarter, in the half under 9, with 1 more 9."""
    o = office("jiedao")
    for day in ("2026-10-12", "2026-10-19"):
        guilty(o, day, "较轻", "--measure", "提醒谈话")
    for day in ("2026-10-26", "2026-11-09"):
        guilty(o, day, "严重", "--measure", "通报批评")
    found = [(f["amount"], f["window"], f["effect"]) for f in o.year()["xiaoli"]["findings"]]
    assert found == [("5分", "2026年10月", "bar-excellent"), ("8分", "2026年第4季度", "bar-award")]
    guilty(o, "2026-12-07", "较轻", "--measure", "提醒谈话")
    person = o.year()["xiaoli"]
    assert (person["grade"], person["award_allowed"], person["excellent_allowed"]) == ("不称职", False, False)


def test_a_term_without_a_choice(office):
    """诫勉 is for six months: neither five nor none; the page says 6个月 and not from six to six."""
    o = office("jiedao")
    case = o.case("2026-11-02", "四", "--needs", "查明属实", "--tier", "特别严重")
    chosen = ("--measure", "诫勉", "--authority", "街道党工委")
    assert "诫勉须写明期限，6个月（第四条）" in o.decide(case, "2026-11-02", *chosen, code=3).err
    assert "诫勉的期限是6个月（第四条）" in o.decide(case, "2026-11-02", *chosen, "--months", "5", code=3).err
    o.decide(case, "2026-11-02", *chosen, "--months", "6")
    assert o.year()["review"] == [{"leader": "fenguan", "post": "分管领导", "sanction": case}]
    shown = o("policy", "show", "jiedao", now="2026-11-03T09:00").out
    assert "第四条 期限（诫勉）：6个月，期满由决定机关解除" in shown


def test_who_is_dealt_with_otherwise(office):
    """Somebody hired through a company is sent back to it, whatever the degree; the sum is within its bounds."""
    o = office("jiedao")
    case = o.case("2026-11-02", "四", "--needs", "查明属实", "--tier", "较轻", staff="linpin")
    assert "退回派遣公司" in o("sanction", "show", case, now="2026-11-02T10:30").out
    o.decide(case, "2026-11-02", "--authority", "街道党工委")
    assert o.year()["linpin"]["counts"] == {"退回派遣公司": 1}
    other = o.case("2026-11-03", "四", "--needs", "查明属实", "--tier", "严重")
    both = ("--measure", "通报批评", "--measure", "扣发绩效", "--authority", "街道党工委")
    assert (
        "300至1000元（第十二条），不是200元"
        in o.decide(other, "2026-11-03", *both, "--amount", "扣发绩效=200", code=3).err
    )
    o.decide(other, "2026-11-03", *both, "--amount", "扣发绩效=1000")
    late = json.loads(o("sanction", "list", "--missed", "-f", "json", now="2026-11-18T09:00").out)["items"]
    assert [i["follow_up"] for i in late] == ["通报批评限2026-11-17，过期未完成"]


def test_a_section_loses_its_award(office):
    """Two of the section in one quarter, and its rating below 80 %: each by its own article."""
    o = office("jiedao")
    for day in ("2026-10-12", "2026-11-02"):
        case = o("sanction", "report", "--department", "一科", "--article", "四", "--summary", f"{day}的事",
                 "--occurred", day, now=f"{day}T09:00").id  # fmt: skip
        o("sanction", "verify", case, "--finding", "查实", "--needs", "查明属实", now=f"{day}T10:00")
        o.decide(case, day, "--measure", "部门通报", "--authority", "街道党工委")
    name = o(*ASKED, "--subject", "低保", who="xiaoli", now="2026-11-03T09:00").id
    o("close", name, "--outcome", "已答复", "--result", "已告知", who="xiaoli", now="2026-11-03T10:00")
    o("callback", name, "--rating", "不满意", now="2026-11-04T10:00")
    found = [(f["article"], f["amount"], f["effect"]) for f in o.year()["一科"]["findings"]]
    assert sorted(found) == [("六", "2次", "bar-collective"), ("十", "0.0%（0/1）", "bar-collective")]
