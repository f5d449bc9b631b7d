"""Whole commands on a record of many acts: the work grows as the acts do, for each kind and every duty."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec import to_builtins

from shouwen.store.record import encode
from shouwen.store.settings import load_policy, policy_ids
from tests.core.deadlines.test_growth import MOST, ROUNDS, calls, record_of
from tests.core.deadlines.test_laws import ACTS, EVERY
from tests.support.clock import at

SIZE = 60
CONDITIONS = {"scope", "category", "channel", "urgency", "level"}


def every_duty() -> dict[str, dict]:
    """Each duty that some built-in regulation lays down, for whatever inquiry, refusing nothing."""
    laid_down = (load_policy(name).duties.items() for name in policy_ids())
    return {
        name: {key: value for key, value in to_builtins(duty).items() if key not in CONDITIONS}
        for duties in laid_down
        for name, duty in duties
    }


@pytest.fixture
def strict(ledger: Path) -> Path:
    """A ledger whose own regulation has every duty there is, and a limit on every clock."""
    limits = EVERY | {"办结": [{"workdays": 3, "article": "默认"}]}
    whole = {"id": "strict", "name": "从严", "extends": "bumen", "duties": every_duty(), "limits": limits}
    (ledger / "policies").mkdir()
    (ledger / "policies" / "strict.yaml").write_text(json.dumps(whole, ensure_ascii=False), "utf-8")
    return ledger


def cost(run, ledger: Path, acts: tuple[str, ...], size: int, *words: str) -> int:
    """The calls of a command on a ledger of one inquiry with so many acts."""
    record = record_of(acts, size, policy="strict")
    path = ledger / "inquiries" / "2026" / "11" / f"{record.id}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(encode(record))
    late = (at("23 09:00") + timedelta(days=400)).strftime("%Y-%m-%dT%H:%M")
    told = [record.id if word == "ID" else word for word in words]
    return calls(lambda: run("-L", ledger, "--as", "wangfang", *told, now=late))


@pytest.mark.parametrize("words", [("show", "ID", "--why-due"), ("overdue",)], ids=lambda words: words[0])
@pytest.mark.parametrize("acts", [*((act,) for act in sorted(ACTS)), *ROUNDS.values()], ids="、".join)
def test_twice_the_acts_cost_a_command_twice_the_calls(run, strict, monkeypatch, acts, words):
    """From n acts to 2n, and from 2n to 4n: the second step costs twice the first (four times if each met each)."""
    monkeypatch.setenv("SHOUWEN_MEMO", "off")
    cost(run, strict, acts, 1, *words)  # what is imported and counted once for all
    whole = -(-SIZE // len(acts)) * len(acts)  # no round is broken off
    small, double, four = (cost(run, strict, acts, n * whole, *words) for n in (1, 2, 4))
    assert four - double <= MOST * max(double - small, whole)  # what is settled is not even looked at
