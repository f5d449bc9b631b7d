"""Readers and commands on hostile files: a small profile; ``python -m tests.fuzz`` is the whole."""

import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shouwen.core.errors import BadData, Problem
from tests.support.places import ROOT

from .cases import COMMANDS, MONSTERS, NASTY, READERS, WRITING, feed, good, spoilt, suffer

FEW = settings(max_examples=60, deadline=None, derandomize=True, database=None,
               suppress_health_check=list(HealthCheck))  # fmt: skip


@pytest.mark.parametrize("name", READERS)
def test_a_good_file_is_read(name: str) -> None:
    """Otherwise everything below would be about files that are refused at once."""
    assert feed(name, good(name)) is not None


@pytest.mark.parametrize("name", READERS)
def test_whatever_stands_there_is_read_or_named(name: str) -> None:
    """Never an exception of Python or of a library: a value, or BadData with its place."""

    @FEW
    @given(raw=spoilt(name))
    def tried(raw: bytes) -> None:
        feed(name, raw)

    tried()


@pytest.mark.parametrize("name", READERS)
def test_every_nasty_piece_alone_and_at_the_end(name: str) -> None:
    """The known bad pieces are met whatever the random choice: alone, appended, as the first value."""
    for piece in NASTY:
        for raw in (piece, good(name) + piece, good(name).replace(b": ", b": " + piece, 1)):
            feed(name, raw)


@pytest.mark.slow
def test_every_command_ends_as_documented() -> None:
    """Whatever stands in one file: an exit code of errors.md, no traceback, no raw control character."""

    @settings(FEW, max_examples=250)
    @given(st.data())
    def tried(data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(list(READERS)))
        suffer(name, data.draw(spoilt(name)), data.draw(st.sampled_from(COMMANDS + WRITING)))

    tried()


PROGRAM = """
import resource, sys
sys.path[:0] = [{tests!r}]
from tests.fuzz.cases import MONSTERS, READERS, feed, good
for each in READERS:
    feed(each, good(each)), feed(each, b"a: [")  # everything imported
raw = MONSTERS[sys.argv[1]]
pages = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
_, most = resource.getrlimit(resource.RLIMIT_AS)
resource.setrlimit(resource.RLIMIT_AS, (pages + 100_000_000, most))
_, most = resource.getrlimit(resource.RLIMIT_CPU)
for each in READERS:
    spent = resource.getrusage(resource.RUSAGE_SELF)
    resource.setrlimit(resource.RLIMIT_CPU, (int(spent.ru_utime + spent.ru_stime) + 2, most))
    feed(each, raw)
print("read")
"""


@pytest.mark.slow
@pytest.mark.parametrize("monster", MONSTERS)
def test_monsters_cost_neither_memory_nor_time(monster: str) -> None:
    """The kernel's own limits: 100 MB more than before, and seconds of the processor, for each reader."""
    if not sys.platform.startswith("linux"):
        pytest.skip("limits of memory need Linux")
    program = PROGRAM.format(tests=str(ROOT))
    done = subprocess.run([sys.executable, "-c", program, monster], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "read\n"), f"{done.returncode}\n{done.stderr[-2000:]}"


def test_a_problem_is_one_line_that_no_terminal_obeys() -> None:
    """It quotes what stands in the file: check printed the override of an unknown key, and its line end."""
    problem = Problem("a\x1b.yaml", 1, "keys", "不认识的键“\u202e\n”", "\x9b")
    assert str(problem) == "a\\x1b.yaml:1: 不认识的键“\\u202e\\x0a”：\\x9b"
    assert str(BadData([problem])) == str(problem)
