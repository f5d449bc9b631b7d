"""Habits that keep the code small and its tests honest."""

import ast
from pathlib import Path

import pytest

from tests.support.places import ROOT

CODE = sorted((ROOT / "shouwen").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
LONGEST = 400


def named(path: Path) -> str:
    """The path from the root of the project, as a test's name."""
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", CODE + TESTS, ids=named)
def test_no_file_is_too_long(path):
    """A file that nobody reads in one go does too much."""
    assert path.read_text("utf-8").count("\n") <= LONGEST


def test_no_drawer_for_everything():
    """A module is named after what it holds."""
    drawers = {"utils", "util", "helpers", "helper", "common", "misc", "tools"}
    assert [named(p) for p in CODE if p.stem in drawers or p.parent.name in drawers] == []


def undocumented(path: Path, private: bool = False) -> list[str]:
    """Classes and functions at the top of a module, and methods, without a docstring."""
    module = ast.parse(path.read_text("utf-8"))
    found = [] if ast.get_docstring(module) else ["the module"]
    scopes = [module, *(n for n in module.body if isinstance(n, ast.ClassDef))]
    for scope in scopes:
        for node in scope.body:
            if not isinstance(node, ast.FunctionDef | ast.ClassDef) or ast.get_docstring(node):
                continue
            if not node.name.startswith("_") or private:
                found.append(f"{node.lineno}: {node.name}")
    return found


@pytest.mark.parametrize("path", CODE, ids=named)
def test_what_is_public_says_what_it_means(path):
    """Every module, public class and function has a docstring; methods that typer calls are documented there."""
    typers = {"cli.py", "help_pages.py"}
    found = [f for f in undocumented(path) if path.name not in typers or "the module" in f]
    assert found == []


@pytest.mark.parametrize("path", TESTS, ids=named)
def test_every_test_says_why_it_exists(path):
    """A test whose purpose nobody knows cannot be judged when it fails."""
    module = ast.parse(path.read_text("utf-8"))
    assert ast.get_docstring(module)
    tests = [n for n in ast.walk(module) if isinstance(n, ast.FunctionDef) and n.name.startswith("test_")]
    assert [f"{n.lineno}: {n.name}" for n in tests if not ast.get_docstring(n)] == []


@pytest.mark.parametrize("path", TESTS, ids=named)
def test_every_test_can_fail(path):
    """Each test asserts, expects an error, or calls something that asserts for it."""
    module = ast.parse(path.read_text("utf-8"))
    idle = []
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            inner = list(ast.walk(node))
            checks = any(isinstance(n, ast.Assert | ast.Raise) for n in inner)
            called = any(isinstance(n, ast.Call) for n in inner)
            if not (checks or called):
                idle.append(f"{node.lineno}: {node.name}")
    assert idle == []
