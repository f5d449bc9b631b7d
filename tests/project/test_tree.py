"""The tests stand in the tree of the code: who changes a module finds its tests at the module's own path."""

import ast
from pathlib import Path

import pytest

from tests.support.places import ROOT, TESTS

PACKAGE = ROOT / "shouwen"


def decides(path: Path) -> bool:
    """Whether a module has a public function, or a public method: something that can be wrong."""
    body = ast.parse(path.read_text("utf-8")).body
    inner = [n for c in body if isinstance(c, ast.ClassDef) for n in c.body]
    return any(isinstance(n, ast.FunctionDef) and not n.name.startswith("_") for n in (*body, *inner))


def place_of(path: Path) -> Path:
    """Where the tests of a module stand; those of a package beside those of its modules."""
    place = path.relative_to(PACKAGE)
    name = place.parent.name if path.stem == "__init__" else path.stem
    return TESTS / place.parent / f"test_{name.strip('_')}.py"


RULES = [p for layer in ("core", "services") for p in sorted((PACKAGE / layer).rglob("*.py")) if decides(p)]
# A protocol: what it asks for is what every test of a service gives it (tests/support/desk.py).
NOT_TESTED = {"services/desk.py"}
# What only means something with its command around it: tested there.
BY_COMMAND = {
    "core/inquiry/withdrawal.py": "tests/cases/moves.yaml",
    "core/transfer/staff_import.py": "tests/commands/ledger/test_roster_commands.py",
    "services/identity.py": "tests/commands/ledger/test_check_who.py",
    "services/roster.py": "tests/commands/ledger/test_roster_commands.py",
}
# Rooms whose modules are parts of one count: their tests stand in the room's folder, or beside the use case, by what is
# counted (a clock whole, a case from report to appraisal).
TOGETHER = {"core/deadlines", "core/accountability"}


def imports(path: Path) -> set[str]:
    """Every module that a file imports from, by its dotted name."""
    nodes = [
        n for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.ImportFrom) and n.module
    ]
    return {name for n in nodes for name in (n.module, *(f"{n.module}.{a.name}" for a in n.names))}


def reached(room: str) -> set[str]:
    """The modules that the tests of a room, or of the use cases, import, and those that these are made of."""
    tests = [
        *(TESTS / room).glob("test_*.py"),
        *(TESTS / "services").glob("test_*.py"),
        TESTS / "support" / "records.py",
    ]
    folders = (room, "services")
    parts = {
        f"shouwen.{f.replace('/', '.')}.{p.stem}": p for f in folders for p in (PACKAGE / f).glob("*.py")
    }
    found = set().union(*map(imports, tests)) & set(parts)
    while more := set().union(*(imports(parts[name]) for name in found)) & set(parts) - found:
        found |= more
    return found


@pytest.mark.parametrize("path", RULES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_every_module_with_rules_has_its_tests(path: Path) -> None:
    """Rules tested only through something else are missed when that something changes."""
    place = path.relative_to(PACKAGE)
    if place.as_posix() in NOT_TESTED:
        return
    there = place_of(path)
    if place.as_posix() in BY_COMMAND and not there.exists():
        assert (ROOT / BY_COMMAND[place.as_posix()]).exists()
        return
    if place.parent.as_posix() in TOGETHER and not there.exists():
        assert f"shouwen.{'.'.join(place.with_suffix('').parts)}" in reached(place.parent.as_posix())
        return
    assert there.exists(), there.relative_to(ROOT)
    tests = [n for n in ast.walk(ast.parse(there.read_text("utf-8"))) if isinstance(n, ast.FunctionDef)]
    assert any(n.name.startswith("test_") for n in tests)


@pytest.mark.parametrize("layer", ["core", "services", "store", "render", "terminal", "commands"])
def test_every_folder_of_tests_is_one_of_the_code(layer: str) -> None:
    """A room that was renamed takes its tests with it."""
    rooms = {p.parent.relative_to(TESTS) for p in (TESTS / layer).rglob("test_*.py")}
    assert [str(room) for room in sorted(rooms) if not (PACKAGE / room).is_dir()] == []
