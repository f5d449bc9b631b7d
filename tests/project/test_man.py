"""The manual page: the program's own help, and what man makes of it."""

import re
import shutil
import subprocess

import pytest

from shouwen.cli import COMMANDS
from tests.generators.man import PAGE, page
from tests.support.places import ROOT


def test_the_page_is_the_programs_own():
    """What is installed says what the program can do today; `python -m tests.generators.man` brings it up to date."""
    assert PAGE.read_text("utf-8") == page()


def test_every_command_and_code_stands_in_it():
    """Whoever reads the manual misses no command and no exit code."""
    text = PAGE.read_text("utf-8")
    sections = set(re.findall(r"(?m)^\.SS (\S+)", text))
    assert sections == {name for name, *_ in COMMANDS}
    assert "\\fB130\\fR" in text and "SHOUWEN_LEDGER" in text
    assert "\b" not in text


def test_it_is_installed():
    """The wheel puts it where a Chinese ``man shouwen`` looks."""
    assert '"completions/shouwen.1" = "share/man/zh_CN/man1/shouwen.1"' in (
        ROOT / "pyproject.toml"
    ).read_text("utf-8")


@pytest.mark.skipif(not shutil.which("groff"), reason="没有安装 groff")
def test_groff_finds_nothing_wrong():
    """The formatter has no word to say and shows an example as it is typed."""
    done = subprocess.run(
        ["groff", "-man", "-Tutf8", "-Kutf8", "-ww", PAGE], capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    plain = re.sub("\x1b\\[[0-9;]*m|.\b", "", done.stdout).replace("‐", "-").replace("−", "-")
    assert "shouwen overdue --soon 1 --by department" in plain
