"""Habits that keep the code small and its tests honest."""

import ast
from pathlib import Path

import pytest

from tests.support.documents import table
from tests.support.idle import idle
from tests.support.places import ROOT

CODE = sorted((ROOT / "shouwen").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
LONGEST, USUAL = 400, 250


def named(path: Path) -> str:
    """The path from the root of the project, as a test's name."""
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", CODE + TESTS, ids=named)
def test_no_file_is_too_long(path):
    """A file that nobody reads in one go does too much."""
    assert path.read_text("utf-8").count("\n") <= LONGEST


def test_a_long_file_is_known_for_one():
    """Each of more than 250 lines stands in architecture.md with what holds it together, at the latest when it has 350."""
    text = (ROOT / "shouwen" / "docs" / "architecture.md").read_text("utf-8")
    listed = [row[0].strip("`") for row in table(text, "long files")]
    known = {p.relative_to(ROOT / "shouwen").as_posix(): p.read_text("utf-8").count("\n") for p in CODE}
    assert listed == sorted(listed) and set(listed) <= set(known)
    assert [name for name, lines in known.items() if lines > USUAL + 100 and name not in listed] == []


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


def test_a_class_has_a_name_of_its_own():
    """One word, one meaning: nobody has to look twice which of two is meant."""
    names = [
        node.name
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ClassDef)
    ]
    assert [name for name in sorted(set(names)) if names.count(name) > 1 and not name.startswith("_")] == []


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
    """Each test asserts, expects an error, or calls a function of the tests that asserts for it."""
    assert idle(path) == []


IDLE = """
import pytest
from tests.support.records import at
from tests.support.repository import git

def shown(value):
    print(value)

def checked(value):
    assert value

def checked_below(value):
    checked(value)

def test_prints(run):
    print(run("list").out)

def test_prints_by_a_function(run):
    shown(at("23 09:15"))

def test_sets_up(inquiry):
    inquiry()

def test_says_true():
    assert True

def test_asserts(run):
    assert run("list").out

def test_asserts_below(run):
    checked_below(run("list").out)

def test_expects_an_error():
    with pytest.raises(ValueError):
        int("x")

def test_fails_by_an_imported_function(repo):
    git(repo, "status")

def test_asserts_in_what_it_never_calls(run):
    def checks():
        assert run("list").out
    print(run("list").out)

def checked_by_nobody(value):
    def inner():
        assert value
    print(value)

def test_calls_what_never_asserts():
    checked_by_nobody(1)

def test_asserts_in_what_it_gives_away(run):
    def seen(value):
        assert value
    run("list", then=seen)
"""


def test_a_test_that_only_prints_is_caught(tmp_path):
    """Any call at all was taken for an assertion, so that a test could print and pass for ever."""
    path = tmp_path / "test_idle.py"
    path.write_text(IDLE, "utf-8")
    assert [found.partition(": ")[2] for found in idle(path)] == [
        "test_prints", "test_prints_by_a_function", "test_sets_up", "test_says_true",
        "test_asserts_in_what_it_never_calls", "test_calls_what_never_asserts",
    ]  # fmt: skip
