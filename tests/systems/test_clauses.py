"""The documents, sentence by sentence: none passed over, each met in a way that is there to be seen."""

import ast
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from shouwen.core.regulation.accountability import Violation
from shouwen.render.forms.catalogue import KINDS
from shouwen.store.settings import load_policy, policy_ids
from tests.systems.three import documents, texts

HERE = Path(__file__).parent
MET = ("拒绝", "发现", "推算", "打印", "可问责", "留给人", "不设义务")
BEFORE = "前言"  # of a document or a part of it: purposes, no rule


@cache
def named_in(name: str) -> set[str]:
    """The tests of ``tests/systems/test_NAME.py``, without their ``test_``."""
    tree = ast.parse((HERE / f"test_{name}.py").read_text("utf-8"))
    return {n.name.removeprefix("test_") for n in tree.body if isinstance(n, ast.FunctionDef)}


def counted(system: str) -> dict[str, dict[str, int]]:
    """Document → article → sentences, of those documents that are this regulation."""
    return {d: e["counts"] for d, e in documents().items() if e["system"] == system}


def test_every_document_has_its_system(run):
    """Twenty documents, eighteen regulations: none forgotten, none built in that nobody asked for."""
    assert list(documents()) == [f"D{n}" for n in range(1, 21)]
    listed = json.loads(run("policy", "list", "--format", "json").out)["items"]
    assert {p["id"] for p in listed} == {e["system"] for e in documents().values()} == set(texts())


@pytest.mark.parametrize("system", policy_ids())
def test_every_sentence_is_listed(system):
    """As many sentences in every article as were counted in the text, in its order; the copies have no more."""
    whole, *copies = counted(system).values()
    numbers: dict[str, list[int]] = {}
    for sentence in texts()[system]["sentences"]:
        numbers.setdefault(sentence["at"], []).append(sentence["n"])
    assert {at: list(dict.fromkeys(n)) for at, n in numbers.items()} == {
        at: list(range(1, n + 1)) for at, n in whole.items()
    }
    assert all(n == sorted(n) for n in numbers.values())
    for copy in copies:
        assert list(copy) == list(whole)[: len(copy)]
        assert all(n <= whole[at] for at, n in copy.items())


@pytest.mark.parametrize("system", policy_ids())
def test_every_article_is_paraphrased(system):
    """What ``policy show`` prints has all the articles of the document, in its order, and no other."""
    counts = next(iter(counted(system).values()))
    assert [at for at in counts if BEFORE not in at] == list(load_policy(system).articles)


@pytest.mark.parametrize("system", policy_ids())
def test_every_sentence_says_how_it_is_met(system):
    """By a duty at its level, a violation, a form or a rule that a test shows; or why it is left to people."""
    policy = load_policy(system)
    for s in texts()[system]["sentences"]:
        at, by, met = s["at"], s.get("by", []), s["met"]
        assert met in MET and s["says"] and at in {BEFORE, *policy.articles} or BEFORE in at, s
        assert (met == "不设义务") or BEFORE not in at, s
        if met in ("拒绝", "发现"):
            assert by and {(policy.duties[d].article, policy.duties[d].level == "拒绝") for d in by} == {
                (at, met == "拒绝")
            }, s
        elif met == "可问责":
            assert by and {policy.violations[v].article for v in by} == {at}, s
        elif met == "打印":
            assert by and set(by) <= set(KINDS) and s["shown"], s
        elif met == "推算":
            assert s["how"] and s["shown"], s
        else:
            assert s["how"], s
        if met == "留给人":
            assert at in policy.people, s


@pytest.mark.parametrize("system", policy_ids())
def test_what_shows_a_sentence_is_there(system):
    """A test that a sentence names exists, so that none is shown by a test that was renamed away."""
    for s in texts()[system]["sentences"]:
        for name in s.get("shown", ()):
            file, _, test = name.rpartition("::")
            assert test in named_in(file or system), s


@pytest.mark.parametrize("system", policy_ids())
def test_what_follows_is_what_the_text_says(system):
    """Measures, elements and leaders of a violation are the sentence's; where it names none there is none."""
    policy = load_policy(system)
    for s in (s for s in texts()[system]["sentences"] if s["met"] == "可问责"):
        for name in s["by"]:
            violation = policy.violations[name]
            if "rung" in s:
                rung = violation.ladder[s["rung"] - 1]
                given = {"measures": rung.measures, "one_of": rung.one_of, "optional": rung.optional}
            else:
                given = laid_down(violation)
                assert violation.needs == s.get("needs", "") or [*violation.needs] == s.get("needs"), s
            assert {key: listed(value) for key, value in given.items() if value} == s["gives"], s


def listed(value: Any) -> Any:
    """A tuple as the YAML has it."""
    return list(value) if isinstance(value, tuple) else value


def laid_down(violation: Violation) -> dict[str, Any]:
    """All that may follow from a violation, each with its measures."""
    unit, joint = violation.unit, violation.joint
    return {
        "measures": violation.measures, "one_of": violation.one_of, "optional": violation.optional,
        "also": violation.also, "ladder": len(violation.ladder), "special": violation.special,
        "tiers": {name: [*t.measures, *t.one_of, *t.optional] for name, t in violation.tiers.items()},
        "unit": unit and [*unit.measures, *unit.one_of, *unit.optional], "joint": joint and listed(joint.measures),
        "points": violation.points, "review": violation.review_leader,
    }  # fmt: skip
