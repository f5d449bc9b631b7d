"""The layers hold: imports go one way, and what touches the world stays in its layer."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from shouwen import cli
from tests.support.places import ROOT as PROJECT

ROOT = PROJECT / "shouwen"
MODULES = sorted(ROOT.rglob("*.py"))
# cli → commands → {terminal, services} → {store, render} → core; __main__ starts cli after later.
MAY = {
    "core": {"core"},
    "render": {"core", "render"},
    "store": {"core", "store"},
    "services": {"core", "store", "render", "services"},
    "terminal": {"core", "store", "render", "terminal"},
    "commands": {"core", "store", "render", "services", "terminal"},  # and no other command
    "cli": {"core", "store", "render", "terminal", "commands"},
    "__main__": {"cli", "later"},
    "later": set(),
    "__init__": set(),
}
HOMES = {
    "tabulate": {"render/table.py"},
    "ruamel": {"store"},
    "chinese_calendar": {"store/settings.py"},
    "filelock": {"store/atomic_files.py"},
    "openpyxl": {"store/spreadsheet.py"},
    "subprocess": {"store", "terminal/pager.py"},
    "typer": {"cli.py", "terminal", "commands"},
}


def layer(path: Path) -> str:
    """core, render, store, …, or the name of a module at the top."""
    place = path.relative_to(ROOT).parts
    return place[0] if len(place) > 1 else path.stem


def tree(path: Path) -> ast.Module:
    """The module as Python reads it."""
    return ast.parse(path.read_text("utf-8"))


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """(full name, line) of everything imported anywhere in a module."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_imports_go_one_way(path):
    """Each layer knows those below it; a package puts its own parts together; store and render are apart."""
    wrong = []
    own = f"shouwen.{'.'.join(path.parent.relative_to(ROOT).parts)}."
    for name, line in imports(path):
        parts = name.split(".")
        if path.name == "__init__.py" and name.startswith(own):
            continue
        if parts[0] == "shouwen" and len(parts) > 1 and parts[1] not in MAY[layer(path)] | {"__version__"}:
            wrong.append(f"{line}: {name}")
    assert wrong == []


@pytest.mark.parametrize("package", HOMES)
def test_libraries_stay_where_they_belong(package):
    """Only render/table.py makes tables, only store knows YAML, git and locks, only commands know typer."""
    users = {
        p.relative_to(ROOT).as_posix()
        for p in MODULES
        for name, _ in imports(p)
        if name.split(".")[0] == package
    }
    assert users, f"nobody imports {package}"
    assert {u for u in users if u not in HOMES[package] and u.split("/")[0] not in HOMES[package]} == set()


def calls(path: Path) -> Iterator[tuple[str, int]]:
    """(dotted name, line) of every call in a module."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node.lineno


def outside(names: set[str], *homes: str) -> list[str]:
    """Where one of these is called outside its home."""
    return [
        f"{path.relative_to(ROOT)}:{line}: {name}"
        for path in MODULES
        if layer(path) not in homes
        for name, line in calls(path)
        if name in names
    ]


def test_only_the_store_opens_files():
    """One place reads and writes, so one place is safe."""
    names = {"open", "os.open", "io.open", "os.replace", "os.rename", "os.unlink", "os.remove", "os.mkdir", "os.makedirs",
             "os.link", "os.write", "Path", "shutil.copy", "shutil.move", "shutil.rmtree"}  # fmt: skip
    found = outside(names, "store")
    # The end of the program turns stdout away from a pipe that is gone.
    assert [f for f in found if not f.startswith("cli.py")] == []


def test_nobody_prints_past_the_terminal():
    """Words go out through the terminal layer (and cli's error boundary): never by print; input edits a line at a prompt."""
    assert {place.split(":")[0] for place in outside({"print", "input"})} == {"terminal/prompt.py"}
    assert outside({"print"}) == []
    writes = {"sys.stdout.write", "sys.stderr.write", "typer.echo", "typer.secho"}
    assert outside(writes, "cli", "terminal") == []


def test_only_the_ledger_knows_the_present():
    """Now is asked once, in the ledger's zone; the core is told what time it is."""
    names = {
        "datetime.now",
        "datetime.today",
        "date.today",
        "datetime.utcnow",
        "time.time",
        "datetime.datetime.now",
    }
    assert [f.split(":")[0] for f in outside(names)] == ["store/ledger.py"]


def test_the_core_is_pure():
    """The core imports nothing that reaches the outside."""
    banned = {
        "os",
        "sys",
        "io",
        "pathlib",
        "subprocess",
        "socket",
        "tempfile",
        "shutil",
        "random",
        "time",
        "logging",
    }
    found = {
        f"{path.name}: {name}"
        for path in MODULES
        if layer(path) == "core"
        for name, _ in imports(path)
        if name.split(".")[0] in banned
    }
    assert found == set()


ROOMS = sorted({p.relative_to(ROOT / "core").parts[0] for p in (ROOT / "core").glob("*/*.py")})


def rooms_known(room: str) -> set[str]:
    """The other rooms of the core that a room's modules import."""
    found = set()
    for path in (ROOT / "core" / room).rglob("*.py"):
        for name, _ in imports(path):
            parts = name.split(".")
            if parts[:2] == ["shouwen", "core"] and len(parts) > 2 and parts[2] in ROOMS:
                found.add(parts[2])
    return found - {room}


def test_the_rooms_of_the_core_have_no_circle():
    """inquiry, regulation and office know no judgement; what judges knows them."""
    left = {room: rooms_known(room) for room in ROOMS}
    while ready := [room for room, known in left.items() if not known & set(left)]:
        for room in ready:
            del left[room]
    assert left == {}


def test_a_command_stands_in_the_folder_of_its_panel():
    """The help page and the folders tell the same story, and a folder holds commands only."""
    for panel, room in cli.ROOMS.items():
        named = {cli._MODULES.get(name, name) for name, _, where in cli.COMMANDS if where == panel}
        there = {p.stem for p in (ROOT / "commands" / room).glob("*") if not p.stem.startswith("__")}
        assert there - named == set(BARE & there), room
        assert named <= there


# Today's page has no name: it is what ``shouwen`` alone shows.
BARE = {"today"}
