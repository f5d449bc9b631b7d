"""The collection's clauses and the tests that show them, held against each other."""

import json

import pytest

from tests.systems.clauses import documents, shown

SYSTEMS = {entry["system"]: document for document, entry in documents().items()}


def test_every_document_has_its_system(run):
    """Twenty documents, eighteen regulations: none forgotten, none built in that nobody asked for."""
    numbers = {d for document, e in documents().items() for d in (document, *e.get("same", ()))}
    assert numbers == {f"D{n}" for n in range(1, 21)}
    listed = json.loads(run("policy", "list", "--format", "json").out)["items"]
    assert {p["id"] for p in listed} == set(SYSTEMS)


@pytest.mark.parametrize("system", sorted(SYSTEMS))
def test_every_clause_is_shown(system):
    """A clause without a test is a promise nobody has checked."""
    document = SYSTEMS[system]
    listed = {(document, name) for name in documents()[document]["clauses"]}
    assert set(shown(system)) == listed
