"""Which clause of which document a test shows: the mark, and who carries it."""

import ast
from collections.abc import Callable
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

HERE = Path(__file__).parent


@cache
def documents() -> dict:
    """clauses.yaml: document → system, the documents that repeat it, clause → requirement."""
    return YAML(typ="safe").load(HERE / "clauses.yaml")


def clause(document: str, name: str) -> Callable:
    """Mark a test as showing a clause of a document; a clause nobody listed is an error at once."""
    known = documents().get(document, {}).get("clauses", {})
    assert name in known, f"clauses.yaml has no clause {name} of {document}; it has {', '.join(known)}"
    return lambda test: test


def shown(system: str) -> dict[tuple[str, str], list[str]]:
    """(document, clause) → the tests of a system that carry its mark, read from the source.

    Reading, not importing: the answer is the same whichever tests were collected.
    """
    found: dict[tuple[str, str], list[str]] = {}
    path = HERE / f"test_{system}.py"
    if not path.exists():
        return found
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            for mark in node.decorator_list:
                if isinstance(mark, ast.Call) and getattr(mark.func, "id", "") == "clause":
                    document, name = (a.value for a in mark.args)
                    found.setdefault((document, name), []).append(node.name)
    return found
