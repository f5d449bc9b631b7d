"""The year's appraisal under each regulation: whoever has a decided case, in every format, and what the text leaves open."""

import pytest

from shouwen.core.accountability.charge import elements
from shouwen.store.settings import load_policy, policy_ids
from tests.systems.test_common import MONDAY, two_people

EACH = ("text", "table", "plain", "markdown", "html", "csv", "tsv", "json", "jsonl")


def decided(o, by: str, policy, name: str, *whom: str) -> str:
    """A case under a violation, examined with all its elements and decided with what the document names."""
    rule = policy.violations[name]
    day = f"2026-11-{list(policy.violations).index(name) + 9:02}"  # no two are about one act
    case = o(by, MONDAY + "09:10", "sanction", "report", *whom, "--article", rule.article, "--violation", name,
             "--summary", "试一件", "--occurred", day).id  # fmt: skip
    found = [word for need in elements(rule) for word in ("--needs", need)]
    tier = ["--tier", next(iter(rule.tiers))] if rule.tiers else []
    o(by, MONDAY + "09:20", "sanction", "verify", case, "--finding", "查实", *found, *tier)
    first = rule.ladder[0] if rule.ladder else rule
    given = [*first.measures, *first.one_of[:1], *rule.also] if first.one_of else []
    given = given if rule.named or rule.unit else ["批评教育"]
    if "--department" in whom and rule.unit:
        given = [*rule.unit.measures, *rule.unit.one_of[:1]]
    words = [word for measure in given for word in ("--measure", measure)]
    until = ["--complete-by", "2026-12-01"] if policy.remedies else []
    authority = policy.authorities[0].names[0] if policy.authorities else "局党组"
    o(by, MONDAY + "09:30", "sanction", "decide", case, *words, *until, "--authority", authority)
    return case


@pytest.mark.parametrize("name", policy_ids())
def test_whoever_has_a_case_stands_in_every_format(system, name):
    """A person and a department, for every violation, by case id; what the regulation says of it and what it leaves open."""
    o, policy = system(name), load_policy(name)
    by, other, place = two_people(o)
    own = {v: decided(o, by, policy, v, "--staff", other) for v in policy.violations}
    unit = {v: decided(o, by, policy, v, "--department", place) for v in policy.violations}
    for format in EACH:
        shown = o(by, MONDAY + "16:00", "evaluate", "2026", "--format", format).out
        assert [case for case in (*own.values(), *unit.values()) if case not in shown] == [], format
        assert place in shown and other in shown
        if format in ("text", "markdown", "html", "json"):
            assert [
                k for k, text in policy.undefined.items() if k not in shown or text[:8] not in shown
            ] == []
    data = o.json(by, MONDAY + "16:00", "evaluate", "2026")
    person = next(p for p in data["staff"] if p["id"] == other)
    department = next(d for d in data["departments"] if d["department"] == place)
    assert {c["sanction"] for c in person["cases"]} == set(own.values())
    assert {c["sanction"] for c in department["cases"]} == set(unit.values())
    counted = {m for t in policy.thresholds for m in (t.measure, *t.measures)}
    for case in person["cases"]:
        assert (case["consequence"] == "条文没有规定后果") == (not counted & set(case["measures"])), case
    assert data["undefined"] == policy.undefined


@pytest.mark.parametrize(
    ("name", "violation", "post"), [("xiangzhen", "严重不负责任", "分管领导"), ("renshi", "压误", "负责人")]
)
def test_a_leader_whom_the_roster_does_not_name_is_asked_for(system, name, violation, post):
    """追究主管领导, 领导者: where nobody is entered, the post stands there and is not passed over."""
    o, policy = system(name), load_policy(name)
    by, other, place = two_people(o)
    case = decided(o, by, policy, violation, "--staff", other)
    settings = o.root / "ledger.yaml"
    text = settings.read_text("utf-8").splitlines()
    settings.write_text(
        "\n".join("leaders: {}" if line.startswith("leaders:") else line for line in text) + "\n", "utf-8"
    )
    staff = o.root / "staff.yaml"
    whole = staff.read_text("utf-8").splitlines()
    head = next(n for n, line in enumerate(whole) if line.startswith(f"  {place}:"))
    whole[head] = f"  {place}: {{}}"
    staff.write_text("\n".join(whole) + "\n", "utf-8")
    shown = o(by, MONDAY + "16:00", "evaluate", "2026").out
    assert f"{post}（名册没有写是谁）：{case} {violation}" in shown
    review = o.json(by, MONDAY + "16:00", "evaluate", "2026")["review"]
    assert review == [{"leader": "", "post": post, "sanction": case}]


def test_the_next_one_up_where_the_leader_did_it(system):
    """人事局 失职追究 names no post: of a section's leader it is the leader in charge who is looked at."""
    o, policy = system("renshi"), load_policy("renshi")
    case = decided(o, "yuanban", policy, "漏办", "--staff", "xinhua")
    review = o.json("yuanban", MONDAY + "16:00", "evaluate", "2026")["review"]
    assert [(r["post"], r["sanction"]) for r in review] == [("负责人", case)]
    assert review[0]["leader"] not in ("", "xinhua")
