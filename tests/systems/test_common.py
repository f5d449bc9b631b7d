"""What all documents say alike, under each of the eighteen: who is first-asked, whom nobody turns away, which limit runs."""

import pytest

from shouwen.store.ledger import Ledger
from shouwen.store.settings import load_policy, policy_ids
from tests.systems.three import texts

MONDAY = "2026-11-23T"


def two_people(o) -> tuple[str, str, str]:
    """Somebody, and somebody else of another department with its name, as the office has them."""
    office = Ledger(str(o.root)).office
    places = {
        key: one.posts[0].department if one.posts else one.department for key, one in office.staff.items()
    }
    first = next(key for key, one in office.staff.items() if one.title not in ("分管领导", "主要领导"))
    other = next(key for key, place in places.items() if place != places[first])
    return first, other, places[other]


@pytest.mark.parametrize("name", policy_ids())
def test_whoever_is_asked_first_stays_it(system, name):
    """The document's first-asked is who took it in, whoever has it later; the holder changes, he does not."""
    o = system(name)
    first, other, place = two_people(o)
    own = o.intake(first, MONDAY + "09:10", scope="其他部门").id
    way = load_policy(name).modes.values[0]
    o(
        first,
        MONDAY + "09:20",
        "handoff",
        own,
        "--to",
        f"{place}/{other}",
        "--mode",
        way,
        "--reason",
        "属那边",
    )
    o(other, MONDAY + "09:30", "accept", own)
    told = o.show(own, MONDAY + "09:31")
    assert (told["first_responder"], told["holder"]) == (first, other)


@pytest.mark.parametrize("name", policy_ids())
def test_every_channel_and_category_is_taken(system, name):
    """Nobody is turned away by a form the text does not have: any way in, any kind, without a name or a number."""
    o, policy = system(name), load_policy(name)
    first = two_people(o)[0]
    letters = {"received": MONDAY + "08:50"}
    for channel in policy.channels.values:
        more = letters if channel == "来信" else {}
        taken = o.intake(first, MONDAY + "09:00", channel=channel, name="", phone="", **more)
        assert o.show(taken.id, MONDAY + "09:01")["channel"] == channel
    for category in policy.categories.values:
        taken = o.intake(first, MONDAY + "09:05", category=category, name="", phone="")
        assert taken.id
    for scope in policy.scopes.values:
        taken = o.intake(first, MONDAY + "09:06", scope=scope, name="", phone="")
        assert o.show(taken.id, MONDAY + "09:07")["scope"] == scope


@pytest.mark.parametrize("name", policy_ids())
def test_a_limit_runs_and_says_whose_it_is(system, name):
    """No document has days: the limit that counts is marked as the tool's own, and one that an office sets as its."""
    o = system(name)
    first = two_people(o)[0]
    own = o.intake(first, MONDAY + "09:10").id
    clock = next(c for c in o.show(own, MONDAY + "09:11")["clocks"] if c["name"] == "办结")
    assert (clock["article"], clock["due"][:16]) == ("默认", "2026-11-24T17:30")
    settings = o.root / "ledger.yaml"
    text = settings.read_text("utf-8") + "overrides: {limits: {办结: [{workdays: 3, article: 本单位规定}]}}\n"
    settings.write_text(text, "utf-8")
    clock = next(c for c in o.show(own, MONDAY + "09:12")["clocks"] if c["name"] == "办结")
    assert (clock["article"], clock["due"][:16]) == ("本单位规定", "2026-11-26T17:30")


@pytest.mark.parametrize(
    "name", [n for n in policy_ids() if any(s["met"] == "打印" for s in texts()[n]["sentences"])]
)
def test_forms_of_the_regulation_print(system, name):
    """Every paper that a sentence names can be printed, with the office's name or what was asked on it."""
    o = system(name)
    first = two_people(o)[0]
    own = o.intake(first, MONDAY + "09:10", subject="查一份旧档案", scope="其他部门").id
    other, place = two_people(o)[1:]
    way = load_policy(name).modes.values[0]
    o(first, MONDAY + "09:12", "notify", own, "--material", "身份证", "--procedure", "窗口", "--limit", "当日",
      "--fee", "无", "--basis", "规定")  # fmt: skip
    o(first, MONDAY + "09:15", "supplement", own)
    o(
        first,
        MONDAY + "09:20",
        "handoff",
        own,
        "--to",
        f"{place}/{other}",
        "--mode",
        way,
        "--reason",
        "属那边",
    )
    o(first, MONDAY + "09:16", "receive", own, "--material", "户口本")
    forms = {f for s in texts()[name]["sentences"] if s["met"] == "打印" for f in s["by"]}
    for form in sorted(forms):
        if form in ("台账", "来访台账", "汇总表", "请示议题"):
            words = (form, "--from", "2026-11-01", "--to", "2026-11-30")
        else:
            words = (form, own)
        printed = o(first, MONDAY + "09:30", "form", *words).out
        assert "某单位" in printed
        assert form == "请示议题" or own in printed
