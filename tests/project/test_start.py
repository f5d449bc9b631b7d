"""What the commands that run all day do not import: a start costs little, and stays so."""

import re
import subprocess
import sys

import pytest

from shouwen import cli
from tests.support.places import ROOT

# Each costs a tenth to a whole of a start; each is needed by some other command.
HEAVY = (
    "rich", "ruamel", "tabulate", "wcwidth", "dateutil", "pydantic", "filelock", "json", "csv",
    "email", "importlib.metadata",
)  # fmt: skip
PROBE = """
import io, sys
sys.stdout, real = io.StringIO(), sys.stdout
from shouwen import cli
code = cli.run(sys.argv[1:])
print(code, *sys.modules, file=real)
"""


@pytest.fixture
def modules(ledger):
    """Run a command in a process of its own and give the names of the modules it has loaded."""

    def runner(*args: str) -> set[str]:
        words = [sys.executable, "-c", PROBE, "-L", str(ledger), "--as", "wangfang", *args]
        done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=True)
        code, *names = done.stdout.split()
        assert code == "0", done.stderr
        return set(names)

    return runner


def test_the_commands_of_the_day_import_nothing_heavy(modules, inquiry, sw):
    """A library that a hot command does not need must not creep back into its start."""
    name = inquiry()
    sw("wangfang", "handoff", name, "--to", "规划科/lijie", "--mode", "电话联系", "--reason", "属规划科职责")
    intake = ("intake", "--channel", "来电", "--category", "咨询", "--subject", "施工许可证",
              "--name", "张某", "--phone", "13812341234")  # fmt: skip
    hot = {
        "--version": ("--version",),
        "show": ("show", name),
        "show json": ("show", name, "--format", "json"),
        "list": ("list",),
        "list jsonl": ("list", "--format", "jsonl"),
        "overdue": ("overdue",),
        "overdue jsonl": ("overdue", "--format", "jsonl"),
        "route": ("route", "施工许可证"),
        "intake": intake,
        "note": ("note", name, "--text", "已去电"),
        "accept": ("--as", "lijie", "accept", name),
    }
    found = {command: sorted(modules(*args) & set(HEAVY)) for command, args in hot.items()}
    assert found == {key: [] for key in hot}


def test_what_typer_brings_and_nobody_uses_waits():
    """A module put off is not run by any start, and is itself as soon as it is looked at."""
    probe = (
        "import sys, shouwen.__main__ as main, shouwen.later as later\n"
        "waiting = [n for n in later.SELDOM if type(sys.modules[n]) is later._Later]\n"
        "import textwrap, subprocess, signal, bz2, linecache\n"
        "print(len(waiting) == len(later.SELDOM), textwrap.dedent(' a'), subprocess.PIPE, signal.SIGINT.name,\n"
        "      bz2.decompress(bz2.compress(b'a')), type(textwrap).__name__)\n"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.stderr) == ("True a -1 SIGINT b'a' module\n", "")


def test_what_msgspec_takes_is_lent_without_the_module():
    """Names lent by ``typing`` are what msgspec would have taken; any other name is the module's own."""
    probe = (
        "import sys, typing, shouwen.__main__ as main, shouwen.later as later, msgspec\n"
        "waits = type(sys.modules['typing_extensions']) is later._Later\n"
        "import typing_extensions as own\n"
        "print(waits, own.Required is typing.Required, own.deprecated.__module__, type(own).__name__)\n"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, timeout=60)
    assert (done.stdout.split()[0::3], done.stderr) == (["True", "module"], "")


def test_the_calendar_is_loaded_only_to_count(modules):
    """A command that counts no working day does not read the holidays of twenty years."""
    assert "chinese_calendar" not in modules("route", "施工许可证")
    assert "chinese_calendar" in modules("calendar", "show")


def test_the_probe_sees_what_a_command_imports(modules, inquiry):
    """Were the probe blind, the tests above could not fail."""
    inquiry()
    assert {"tabulate", "wcwidth"} <= modules("list", "--format", "markdown")
    assert "csv" in modules("list", "--format", "csv")


def _asks(folder: str, name: str, seen: set[str]) -> bool:
    """Whether a module of commands or services, or one of services that it names, asks for a memo."""
    place = ROOT / "shouwen" / folder
    files = [place / f"{name}.py"] if (place / f"{name}.py").exists() else sorted((place / name).glob("*.py"))
    text = "".join(file.read_text("utf-8") for file in files)
    assert text
    called = set(re.findall(r"from shouwen\.services\.(\w+) import", text)) - seen
    return "desk.memo(" in text or any(_asks("services", one, seen | called) for one in called)


def test_who_uses_the_memo_is_named():
    """A command that asks for what earlier runs noted stands in the table, and no other: it would pay for nothing."""
    asking = {
        name for name, _, panel in cli.COMMANDS
        if _asks(f"commands/{cli.ROOMS[panel]}", cli._MODULES.get(name, name), set())
    }  # fmt: skip
    assert _asks("commands/lookup", "today", set())
    assert asking >= cli.REMEMBERING - {None}
    # These use parts of such services that ask for none.
    assert asking - cli.REMEMBERING == {"search", "handoff"}
