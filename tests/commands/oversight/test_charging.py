"""Charging: any article of a regulation, its elements, who is charged, who may judge, never worse on appeal."""

import pytest

from shouwen.core.accountability.charge import elements, violations_of
from shouwen.store.settings import load_policy, policy_ids
from tests.support.records import CASE

AT = {"now": "2026-11-23T10:00"}
DAY = ("--summary", "某事", "--occurred", "2026-11-20")


@pytest.fixture
def sw(ledger, run):
    """Run a command in the ledger as 何平; gives the result."""
    return lambda *args, who="heping", **more: run("-L", ledger, "--as", who, *args, **more)


def under(ledger, policy: str) -> None:
    """Put the ledger under another regulation."""
    settings = ledger / "ledger.yaml"
    settings.write_text(settings.read_text("utf-8").replace("policy: bumen", f"policy: {policy}"), "utf-8")


@pytest.mark.parametrize("policy", policy_ids())
def test_every_article_can_be_charged(ledger, sw, policy):
    """Whatever policy show prints, a breach of it can be reported, verified and decided; check finds nothing.

    A measure is proposed only where the regulation itself has one.
    """
    under(ledger, policy)
    rules = load_policy(policy)
    for n, article in enumerate(rules.articles):
        report = ("--article", article, "--summary", f"第{n}件", "--occurred", "2026-11-20")
        case = sw("sanction", "report", "--staff", "wangfang", *report).id
        named = violations_of(rules, article)
        needs = [x for name in named for e in elements(rules.violations[name]) for x in ("--needs", e)]
        tiers = [("--tier", tier) for name in named for tier in list(rules.violations[name].tiers)[:1]]
        sw("sanction", "verify", case, "--finding", "查实", *needs, *(tiers[0] if tiers else ()))
        shown = sw("sanction", "show", case).out
        laid_down = [rules.violations[name] for name in named]
        free = not named or any(
            not (v.measures or v.one_of or v.ladder or v.tiers or v.also) for v in laid_down
        )
        assert ("文件未定措施" in shown) == free, shown
        bodies = [x for rule in rules.authorities for x in rule.names] or ["办公会"]
        chosen = () if not named else ("--reason", "经研究")
        sw("sanction", "decide", case, "--measure", "批评教育", "--authority", bodies[0], *chosen)
    assert sw("check", code=None).out == ""


def test_an_article_is_named_as_it_is_quoted(ledger, sw):
    """七, 第七条, 7: the same article; one that is not there is refused with those there are."""
    for said in ("七", "第七条", "7"):
        shown = sw("sanction", "report", "--staff", "wangfang", "--article", said, *DAY).err
        assert "第七条 一推了之" in shown
    assert (
        "没有条款“十九”"
        in sw("sanction", "report", "--staff", "wangfang", "--article", "十九", *DAY, code=4).err
    )


def test_an_article_without_a_measure_leaves_it_to_the_authority(sw):
    """Art. 2 names none: nothing is proposed, the authority states it, and the sheet says so."""
    case = sw("sanction", "report", "--staff", "wangfang", "--article", "二", *DAY).id
    shown = sw("sanction", "show", case, "--format", "json").out
    assert '"unregulated": true' in shown and '"measures": []' in shown
    sw("sanction", "verify", case, "--finding", "查实")
    refused = sw("sanction", "decide", case, "--authority", "局务会", code=2).err
    assert "写明措施（--measure）；第二条：文件未定措施" in refused
    sw("sanction", "decide", case, "--authority", "局务会", "--measure", "批评教育")


def test_the_broken_article_and_the_one_that_sanctions(sw):
    """A breach of Art. 3 sanctioned under Art. 4: both stand in the case, the ladder counts the violation."""
    case = sw("sanction", "report", "--staff", "wangfang", "--article", "三", "--violation", "推诿", *DAY).id
    assert "第三条 推诿（依第四条处理）" in sw("sanction", "show", case).out
    sw("sanction", "verify", case, "--finding", "查实")
    sw("sanction", "decide", case, "--authority", "局务会")
    second = sw("sanction", "report", *CASE[2:], **AT).err
    assert "第2次" in second


def test_elements_are_confirmed_or_it_cannot_be_decided(sw):
    """Art. 8 wants 引起争吵: said in passing is not confirmed; confirmed later, it can be decided."""
    case = sw("sanction", "report", "--staff", "wangfang", "--article", "八", *DAY).id
    sw("sanction", "verify", case, "--finding", "查实", "--text", "没有争吵，只是没解释")
    refused = sw("sanction", "decide", case, "--authority", "团党委", code=3).err
    assert "第八条要求“引起争吵”，核实时没有确认" in refused and f"sanction verify {case}" in refused
    wrong = sw("sanction", "verify", case, "--finding", "查实", "--needs", "造成损失", code=3).err
    assert "要查明的是：引起争吵" in wrong
    sw("sanction", "verify", case, "--finding", "不成立", code=3)
    sw("sanction", "verify", case, "--finding", "查实", "--needs", "引起争吵", now="2026-11-23T11:00")
    sw("sanction", "decide", case, "--authority", "团党委", now="2026-11-23T12:00")
    assert "诫勉教育" in sw("sanction", "show", case).out


def test_a_reason_does_not_replace_an_element(sw):
    """--reason is for another measure, not for a fact that nobody found."""
    case = sw("sanction", "report", "--staff", "wangfang", "--article", "五", *DAY).id
    sw("sanction", "verify", case, "--finding", "查实")
    one = ("--measure", "效能告诫", "--measure", "大会通报批评", "--authority", "团党委", "--reason", "从严")
    assert "造成不良影响" in sw("sanction", "decide", case, *one, code=3).err


def test_an_article_with_several_violations(ledger, sw):
    """社保 三 knows two: not named, the measures of either are taken; named at the examination, it is that one."""
    under(ledger, "shebao")
    case = sw("sanction", "report", "--staff", "wangfang", "--article", "三", *DAY).id
    sw("sanction", "verify", case, "--finding", "查实", "--violation", "态度粗暴")
    assert "态度粗暴" in sw("sanction", "show", case).out
    assert "没有" in sw("sanction", "verify", case, "--finding", "查实", "--violation", "旷工", code=2).err


def test_a_person_and_a_department_in_one_case(sw):
    """Both are charged with it: both stand in the list, and it is each one's first occasion."""
    both = ("--staff", "wangfang", "--department", "审批科")
    case = sw("sanction", "report", *both, *CASE[4:]).id
    assert "王芳、审批科" in sw("sanction", "list").out
    assert "王芳（wangfang）、审批科" in sw("sanction", "show", case).out
    sw("sanction", "verify", case, "--finding", "查实")
    sw("sanction", "decide", case, "--authority", "局务会")
    section = sw("sanction", "report", "--department", "审批科", *CASE[4:6], "--summary", "又", "--occurred", "2026-11-21",
                 now="2026-11-24T09:00")  # fmt: skip
    assert "第2次" in section.err
    assert "写明 --staff" in sw("sanction", "report", *CASE[4:], code=2).err


def test_a_measure_is_named_once(sw):
    """One 诫勉教育 said twice is one, never 诫勉教育2次."""
    case = sw("sanction", "report", "--staff", "wangfang", "--article", "七", *DAY).id
    sw("sanction", "verify", case, "--finding", "查实")
    twice = ("--measure", "诫勉教育", "--measure", "诫勉教育", "--authority", "团党委")
    assert "措施“诫勉教育”写了两遍" in sw("sanction", "decide", case, *twice, code=3).err


def test_a_doubled_line_in_a_case_counts_once(ledger, sw):
    """What two clones merged twice is one decision: check says so, the year can still be appraised."""
    case = sw("sanction", "report", "--staff", "wangfang", "--article", "七", *DAY).id
    sw("sanction", "verify", case, "--finding", "查实")
    sw("sanction", "decide", case, "--authority", "团党委")
    path = next(ledger.glob(f"sanctions/*/{case}.yaml"))
    lines = path.read_text("utf-8").rstrip("\n").split("\n")
    path.write_text("\n".join([*lines, lines[-1], ""]), "utf-8")
    assert "[duplicate-events]" in sw("check", code=1).out
    assert "诫勉教育1次" in sw("evaluate", "2026", "--staff", "wangfang", "--format", "csv").out


@pytest.fixture
def appealed(sw):
    """An admonition of 王芳 that she appeals against."""
    case = sw("sanction", "report", "--staff", "wangfang", "--article", "七", *DAY).id
    sw("sanction", "verify", case, "--finding", "查实")
    sw("sanction", "decide", case, "--authority", "团党委")
    sw("sanction", "appeal", case, "--text", "不服", who="wangfang")
    return case


@pytest.mark.parametrize(
    "act",
    [("uphold",), ("modify", "--measure", "批评教育", "--reason", "轻"), ("revoke", "--reason", "不清")],
)
def test_who_decides_also_judges_the_appeal(sw, appealed, act):
    """Upholding, modifying and revoking need the authority that deciding needs (Art. 10)."""
    step, *more = act
    refused = sw("sanction", step, appealed, *more, "--authority", "审批科", code=3).err
    assert "诫勉教育须由团党委" in refused and "不能由“审批科”" in refused
    assert sw("check").out == ""


def test_a_revocation_without_a_body_is_by_who_decided(sw, appealed):
    """Named or not, it is the authority's; check finds nothing."""
    sw("sanction", "revoke", appealed, "--reason", "不清")
    assert sw("check").out == ""


@pytest.mark.parametrize(
    ("measures", "ground", "code"),
    [
        (["撤职"], "", 3),  # the regulation does not have it, no order is known
        (["效能告诫"], "", 3),  # known to be heavier
        (["诫勉教育", "扣发奖金"], "", 3),  # one more
        (["批评教育"], "", 3),  # neither known to be lighter nor dropped
        (["诫勉教育"], "", 0),
        (["效能告诫"], "新的事实", 0),
        (["效能告诫"], "领导要求", 2),
    ],
)
def test_an_appeal_never_makes_it_worse(sw, appealed, measures, ground, code):
    """Heavier, more, or nobody knows: refused, but for the grounds that the law allows."""
    chosen = [word for m in measures for word in ("--measure", m)]
    more = ("--ground", ground) if ground else ()
    got = sw(
        "sanction", "modify", appealed, *chosen, *more, "--authority", "团党委", "--reason", "复核", code=None
    )
    assert got.code in (code, 4 if code == 2 else code), got.err
    assert code != 3 or "申诉后不得加重" in got.err


def test_one_act_is_found_however_it_is_cited(ledger, sw):
    """The same day, the same person, the same inquiry or the same words: judged twice is found."""
    made = sw("intake", "--channel", "来访", "--category", "咨询", "--subject", "立项", "--scope", "其他部门",
              "--name", "张某", "--phone", "0631-5550123", who="wangfang")  # fmt: skip
    for article, inquiry, summary in (
        ("七", made.id, "没有带到"),
        ("四", "", "没有带到。"),
        ("六", made.id, "推诿"),
    ):
        case = sw("sanction", "report", "--staff", "wangfang", "--article", article, "--occurred", "2026-11-20",
                  "--summary", summary, *(("--inquiry", inquiry) if inquiry else ())).id  # fmt: skip
        sw("sanction", "verify", case, "--finding", "查实")
        sw("sanction", "decide", case, "--authority", "团党委")
    assert sw("check", code=1).out.count("一事两罚") == 2


def test_leads_cite_what_was_broken(ledger, sw):
    """A visitor not brought: Art. 7 broken, and what it draws; every lead's command is taken as it stands."""
    sw("intake", "--channel", "来电", "--category", "咨询", "--subject", "规划许可", "--scope", "其他部门",
       "--name", "张某", "--phone", "0631-5550123", who="wangfang")  # fmt: skip
    name = next((ledger / "inquiries").rglob("*.yaml")).stem
    sw("handoff", name, "--to", "规划科", "--mode", "告知联系方式", "--contact", "李洁,0631-5550133", who="wangfang",
       now="2026-11-23T09:20")  # fmt: skip
    leads = sw("sanction", "report", "--from-overdue", now="2026-11-23T09:30").out
    assert "（处理依据第四条）" in leads and "--article '三' --violation '推诿'" in leads
