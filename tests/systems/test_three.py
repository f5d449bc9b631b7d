"""Every sentence that lays a duty down: kept and silent, broken and found, kept in an unusual lawful way and silent."""

import pytest

from shouwen.core.duties import DUTIES
from shouwen.core.regulation.schema import DEFAULT, duty_kind
from shouwen.store.settings import load_policy, policy_ids
from tests.systems.three import CASES, case_of, found, records, texts

JUDGED = ("拒绝", "发现")
LAID_DOWN = [
    pytest.param(system, sentence, name, id=f"{system}-{sentence['at']}-{sentence['n']}-{name}")
    for system in policy_ids()
    for sentence in texts()[system]["sentences"]
    if sentence["met"] in JUDGED
    for name in sentence["by"]
]


@pytest.mark.parametrize(("system", "sentence", "name"), LAID_DOWN)
@pytest.mark.parametrize("kind", ["kept", "unusual"])
def test_who_obeys_is_silent(system, sentence, name, kind):
    """Neither the plain nor the unusual lawful way of keeping a duty shows anything under it."""
    assert [f.text for f in found(system, name, case_of(system, sentence, name, kind))] == []


@pytest.mark.parametrize(("system", "sentence", "name"), LAID_DOWN)
def test_who_breaks_it_is_found(system, sentence, name):
    """Under the article that the sentence stands in, at its level, and as a lead unless only to look at."""
    broken = found(system, name, case_of(system, sentence, name, "broken"))
    assert broken
    for f in broken:
        assert (f.article, f.refuse) == (sentence["at"], sentence["met"] == "拒绝")
        assert f.lead is not DUTIES[duty_kind(name)].look


@pytest.mark.parametrize("system", policy_ids())
def test_each_sentence_has_records_of_its_own(system):
    """Two sentences that one duty meets are not both shown by the same three records."""
    seen = set()
    for sentence in texts()[system]["sentences"]:
        for name in sentence["by"] if sentence["met"] in JUDGED else ():
            assert name not in seen or name in sentence.get("cases", {}) or "on" in sentence, sentence
            seen.add(name)


@pytest.mark.parametrize("system", policy_ids())
def test_every_duty_comes_from_a_sentence(system):
    """A duty that cites an article stands in a sentence of it; so does every violation."""
    policy, sentences = load_policy(system), texts()[system]["sentences"]
    duties = {d for s in sentences if s["met"] in JUDGED for d in s["by"]}
    assert duties == {
        n for n, d in policy.duties.items() if d.article != DEFAULT and DUTIES[duty_kind(n)].find
    }
    assert set(policy.violations) == {v for s in sentences if s["met"] == "可问责" for v in s["by"]}


def test_every_kind_of_duty_has_its_three():
    """A duty added to the table without three records is found here."""
    assert {n: sorted(r) for n, r in records().items()} == {
        n: sorted(CASES) for n, k in DUTIES.items() if k.find
    }
