"""Which tests of a module assert nothing: found in the syntax tree, through every function they call.

A fixture does not count: that the set-up of a test went well is not what the test is for.
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.support.places import ROOT

Function = ast.FunctionDef | ast.AsyncFunctionDef
# Calls of pytest and unittest.mock that fail a test by themselves.
FAILING = {"raises", "warns", "fail", "deprecated_call"} | {
    "assert_called", "assert_called_once", "assert_called_with", "assert_called_once_with", "assert_not_called",
}  # fmt: skip


@cache
def _module(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@cache
def _functions(path: Path) -> dict[str, ast.AST]:
    """Functions and classes at the top of a module, by name."""
    return {n.name: n for n in _module(path).body if isinstance(n, Function | ast.ClassDef)}


@cache
def _imported(path: Path) -> dict[str, tuple[Path, str]]:
    """Name in this module → (module of the tests, name there), for everything imported from the tests."""
    found = {}
    for node in ast.walk(_module(path)):
        if not isinstance(node, ast.ImportFrom):
            continue
        if node.level:
            base = path.parents[node.level - 1]
            parts = (node.module or "").split(".") if node.module else []
        elif (node.module or "").split(".")[0] == "tests":
            base, parts = ROOT, node.module.split(".")
        else:
            continue
        file = base.joinpath(*parts).with_suffix(".py")
        if file.exists():
            found |= {a.asname or a.name: (file, a.name) for a in node.names}
    return found


def _running(node: ast.AST) -> Iterator[ast.AST]:
    """Every node of a function less the functions within it that nothing in it names: those never run."""
    stack = [node]
    while stack:
        here = stack.pop()
        yield here
        for inner in ast.iter_child_nodes(here):
            if not isinstance(inner, Function) or _named(node, inner):
                stack.append(inner)


def _named(node: ast.AST, inner: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    own = {id(each) for each in ast.walk(inner)}
    names = (n for n in ast.walk(node) if isinstance(n, ast.Name) and id(n) not in own)
    return isinstance(node, ast.ClassDef) or any(n.id == inner.name for n in names)


def _asserts(path: Path, node: ast.AST, seen: frozenset[tuple[Path, str]] = frozenset()) -> bool:
    """Whether the code of ``node`` can fail a test, itself or by a function of the tests that it calls."""
    for inner in _running(node):
        if isinstance(inner, ast.Assert) and not isinstance(inner.test, ast.Constant):
            return True
        if not isinstance(inner, ast.Call):
            continue
        if isinstance(inner.func, ast.Attribute) and inner.func.attr in FAILING:
            return True
        if isinstance(inner.func, ast.Name):
            place = _place(path, inner.func.id)
            if (
                place
                and place not in seen
                and _asserts(place[0], _functions(place[0])[place[1]], seen | {place})
            ):
                return True
    return False


def _place(path: Path, name: str) -> tuple[Path, str] | None:
    """Where a function of the tests is defined: in this module or in one imported; a fixture is none."""
    if name in _functions(path):
        return path, name
    if name in _imported(path):
        file, there = _imported(path)[name]
        return _place(file, there) if there not in _functions(file) else (file, there)
    return None


def idle(path: Path) -> list[str]:
    """``line: name`` of every test of a module that asserts nothing."""
    tests = [n for n in ast.walk(_module(path)) if isinstance(n, Function) and n.name.startswith("test_")]
    return [f"{n.lineno}: {n.name}" for n in tests if not _asserts(path, n)]
