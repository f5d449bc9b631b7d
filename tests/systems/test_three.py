"""Every duty of every system: kept and silent, broken and found, kept in an unusual lawful way and silent."""

import pytest

from shouwen.core.duties import DUTIES
from shouwen.core.regulation.schema import DEFAULT, duty_kind
from shouwen.render.forms.catalogue import KINDS
from shouwen.store.settings import load_policy, policy_ids
from tests.systems.three import CASES, case_of, found, laid_down, records, texts

MET = ("拒绝", "发现", "推算", "打印", "可问责", "留给人", "不设义务")
DUTY = [(system, name) for system in policy_ids() for name in laid_down(load_policy(system))]


def sentences(system: str) -> list[dict]:
    """The sentences of a system's text."""
    return texts()[system]["sentences"]


def told(system: str, name: str) -> dict:
    """The sentence that lays a duty down."""
    return next(s for s in sentences(system) if s["met"] in ("拒绝", "发现") and name in s["by"])


@pytest.mark.parametrize(("system", "name"), DUTY)
@pytest.mark.parametrize("kind", ["kept", "unusual"])
def test_who_obeys_is_silent(system, name, kind):
    """Neither the plain nor the unusual lawful way of keeping a duty shows anything under it."""
    assert [f.text for f in found(system, name, case_of(system, name, kind))] == []


@pytest.mark.parametrize(("system", "name"), DUTY)
def test_who_breaks_it_is_found(system, name):
    """Under the article that the sentence stands in, at its level, and as a lead unless only to look at."""
    sentence = told(system, name)
    broken = found(system, name, case_of(system, name, "broken"))
    assert broken
    for f in broken:
        assert (f.article, f.refuse) == (sentence["at"], sentence["met"] == "拒绝")
        assert f.lead is not DUTIES[duty_kind(name)].look


@pytest.mark.parametrize("system", policy_ids())
def test_every_article_has_its_sentences(system):
    """No article is passed over, and none cited that the regulation does not have."""
    policy = load_policy(system)
    assert list(dict.fromkeys(s["at"] for s in sentences(system))) == list(policy.articles)
    numbers = {}
    for s in sentences(system):
        numbers.setdefault(s["at"], []).append(s["n"])
    assert {at: list(range(1, len(n) + 1)) for at, n in numbers.items()} == numbers


@pytest.mark.parametrize("system", policy_ids())
def test_every_sentence_says_how_it_is_met(system):
    """By a duty, clock, form or violation that there is, under this article; or why it is left to people."""
    policy = load_policy(system)
    for s in sentences(system):
        assert s["met"] in MET and s["says"], s
        by = s.get("by", [])
        if s["met"] in ("拒绝", "发现"):
            assert by and {policy.duties[d].article for d in by} == {s["at"]}, s
            assert {policy.duties[d].level for d in by} == {"拒绝" if s["met"] == "拒绝" else "提示"}, s
        elif s["met"] == "可问责":
            assert by and {policy.violations[v].article for v in by} <= {s["at"], *s.get("under", ())}, s
        elif s["met"] == "打印":
            assert by and set(by) <= set(KINDS), s
        else:
            assert s.get("how"), s


@pytest.mark.parametrize("system", policy_ids())
def test_every_duty_comes_from_a_sentence(system):
    """A duty that cites an article stands in a sentence of it; so does every violation."""
    policy = load_policy(system)
    duties = {d for s in sentences(system) if s["met"] in ("拒绝", "发现") for d in s["by"]}
    assert duties == {
        n for n, d in policy.duties.items() if d.article != DEFAULT and DUTIES[duty_kind(n)].find
    }
    charged = {v for s in sentences(system) if s["met"] == "可问责" for v in s["by"]}
    assert set(policy.violations) <= charged


def test_every_kind_of_duty_has_its_three():
    """A duty added to the table without three records is found here."""
    assert {n: sorted(r) for n, r in records().items()} == {
        n: sorted(CASES) for n, k in DUTIES.items() if k.find
    }
