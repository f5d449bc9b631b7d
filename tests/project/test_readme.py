"""What the READMEs tell people to type works, and gives the output they show."""

import re
import shutil
from pathlib import Path

import pytest

from shouwen import __version__
from shouwen.cli import COMMANDS
from tests.support.transcripts import READMES, ROOT, TYPED, blocks, masked, play, shown, steps

NAMES = [str(p.relative_to(ROOT)) for p in READMES]
# These two need the network; .ci/run runs the second as it stands.
SET_UP = (
    "python3 -m venv .venv && .venv/bin/pip install -q -e . && .venv/bin/shouwen -L ledger-example overdue",
    "python3 -m venv .venv && .venv/bin/pip install -q -e '.[test]' && .venv/bin/pytest -q",
)


@pytest.mark.slow
@pytest.mark.parametrize("path", [*READMES[::2], *TYPED], ids=lambda p: str(p.relative_to(ROOT)))
def test_every_command_gives_the_output_shown(path: Path):
    """A reader who types along sees just this; `python -m tests.generators.example` brings it up to date."""
    for program in ("bash", "git"):
        if not shutil.which(program):
            pytest.skip(f"没有安装 {program}")
    found = steps(path.read_text("utf-8"))
    results = play([s.command for s in found])
    assert len(results) == len(found)
    for step, (code, output) in zip(found, results, strict=True):
        place = f"{path.name}:{step.first}: {step.command}"
        real, told = (place, code, masked(shown(output))), (place, 0, masked(shown(step.shown)))
        assert real == told, "python -m tests.generators.example 把页中的输出换成现在的"


@pytest.mark.parametrize("path", READMES[:2], ids=NAMES[:2])
def test_the_two_set_up_commands_stand_alone(path: Path):
    """Copied from the page as they are, the one starts the program and the other tests it."""
    alone = [lines for _, lines in blocks(path.read_text("utf-8"), "sh")]
    assert [[command] for command in SET_UP] == alone


def test_the_set_up_for_tests_is_what_is_run():
    """The command that the page gives for testing is the one that is really exercised."""
    assert SET_UP[1] in (ROOT / ".ci" / "run").read_text("utf-8")


def test_both_languages_show_the_same():
    """The English page leaves out no command and no output; so what holds for one holds for both."""
    chinese, english = (
        [(s.command, masked(s.shown)) for s in steps(p.read_text("utf-8"))] for p in READMES[:2]
    )
    assert chinese == english


@pytest.mark.parametrize("path", [*READMES, *TYPED], ids=lambda p: str(p.relative_to(ROOT)))
def test_every_block_is_run_or_is_a_set_up(path: Path):
    """No command hides in a block that nobody tries."""
    text = path.read_text("utf-8")
    kinds = {line[3:].strip() for line in text.splitlines() if line.startswith("```")} - {""}
    assert kinds <= {"console", "sh"} | ({"crontab", "ini"} if path in TYPED else set())


@pytest.mark.parametrize("path", READMES[:2], ids=NAMES[:2])
def test_the_page_is_read_in_one_go(path: Path):
    """What it is, a day, a night, the year; everything else stands in docs/, which has an index."""
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= 212
    assert text.count("\n## ") == 8 and "(shouwen/docs/README.md)" in text.rpartition("\n## ")[2]


def test_what_cron_starts_was_tried():
    """The nightly line names the script that the page makes and runs."""
    text = TYPED[0].read_text("utf-8")
    ((_, lines),) = blocks(text, "crontab")
    script = Path(lines[-1].split()[-1]).name
    assert [s for s in steps(text) if s.command.endswith(f" sh {script}")]


def test_as_many_regulations_as_told(run):
    """The page speaks of eighteen."""
    assert len(run("policy", "list", "--format", "jsonl").out.splitlines()) == 18


def test_exit_codes_are_all_told():
    """Scripts rely on the exit codes; the table has every one that the program can give."""
    text = TYPED[1].read_text("utf-8")
    codes = re.findall(r"(?m)^\| (\d+) \|", text)
    assert codes == ["0", "1", "2", "3", "4", "5", "6", "70", "130", "141"]


def test_changelog_names_the_version():
    """Whoever has this version finds what is in it."""
    assert f"## [{__version__}]" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_versions_are_dated_newest_first():
    """Whoever reads what changed knows since when; only what is to come may be without a day."""
    headings = re.findall(r"(?m)^## (.*)$", (ROOT / "CHANGELOG.md").read_text("utf-8"))
    assert headings[0] == "[未发布]"
    dated = [re.fullmatch(r"\[(\d+\.\d+\.\d+)\] - (\d{4}-\d\d-\d\d)", heading) for heading in headings[1:]]
    assert all(dated), headings
    order = [(match[2], [int(part) for part in match[1].split(".")]) for match in dated]
    assert order == sorted(order, reverse=True) and len({match[1] for match in dated}) == len(dated)


def test_a_version_has_each_heading_once():
    """What was added stands in one place, however many hands wrote it."""
    for version in (ROOT / "CHANGELOG.md").read_text("utf-8").split("\n## [")[1:]:
        headings = re.findall(r"(?m)^### (.*)$", version)
        assert len(headings) == len(set(headings)) and set(headings) <= {
            "新增",
            "改变",
            "修正",
            "移除",
            "安全",
        }


@pytest.mark.parametrize("path", READMES, ids=NAMES)
def test_commands_named_exist(path: Path):
    """A command that was renamed does not live on in the text."""
    named = set(re.findall(r"`shouwen ([a-z]+)", path.read_text("utf-8")))
    assert named <= {name for name, *_ in COMMANDS}
