"""The night's work of the README: the crontab line, the systemd files, the scripts, as they stand there."""

import configparser
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.transcripts import TYPED, blocks, steps

PAGE = TYPED[0].read_text("utf-8")
UNITS = {lines[0].rpartition("/")[2]: "\n".join(lines) + "\n" for _, lines in blocks(PAGE, "ini")}
SCRIPTS = {
    found[1]: found[2]
    for step in steps(PAGE)
    if (found := re.fullmatch(r"cat > (\w+\.sh) <<'EOF'\n(.*\n)EOF", step.command, re.S))
}


def test_the_crontab_line():
    """Five fields within their bounds, then a command that runs a script of the page."""
    ((_, lines),) = blocks(PAGE, "crontab")
    assert re.fullmatch(r"MAILTO=\S+@example\.org", lines[0])
    *fields, command = lines[1].split(None, 5)
    bounds = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
    for field, (low, high) in zip(fields, bounds, strict=True):
        assert field == "*" or all(low <= int(n) <= high for n in field.split("-"))
    assert Path(command.split()[-1]).name in SCRIPTS
    assert "%" not in command  # cron makes line ends of them


def test_the_units_are_what_systemd_reads(tmp_path: Path):
    """Both files parse, the timer starts the service of its name, the service a script of the page."""
    assert sorted(UNITS) == ["shouwen.service", "shouwen.timer"]
    read = {}
    for name, text in UNITS.items():
        read[name] = configparser.ConfigParser(interpolation=None)
        read[name].optionxform = str
        read[name].read_string(text)
    service, timer = read["shouwen.service"], read["shouwen.timer"]
    assert service["Service"]["Type"] == "oneshot"
    assert Path(service["Service"]["ExecStart"].split()[-1]).name in SCRIPTS
    assert timer["Install"]["WantedBy"] == "timers.target"
    assert "OnCalendar" in timer["Timer"]


def test_systemd_finds_nothing_wrong(tmp_path: Path):
    """``systemd-analyze verify`` has no word to say, and the calendar expression means a time."""
    if not shutil.which("systemd-analyze"):
        pytest.skip("没有安装 systemd-analyze")
    for name, text in UNITS.items():
        (tmp_path / name).write_text(text, "utf-8")
    when = re.search("(?m)^OnCalendar=(.*)$", UNITS["shouwen.timer"])[1]
    told = subprocess.run(["systemd-analyze", "calendar", when], capture_output=True, text=True, check=True)
    assert "Normalized form: Mon..Fri *-*-* 17:40:00" in told.stdout
    done = subprocess.run(["systemd-analyze", "verify", *(tmp_path / n for n in UNITS)],
                          capture_output=True, text=True, check=False)  # fmt: skip
    assert [line for line in done.stderr.splitlines() if "shouwen" in line] == []


@pytest.fixture
def night(ledger: Path, inquiry, monkeypatch, tmp_path: Path):
    """``night(script)``: run a script of the page in a folder with a sendmail that keeps its mail."""
    inquiry()
    monkeypatch.setenv("SHOUWEN_NOW", "2026-12-20T17:40")
    monkeypatch.setenv("SHOUWEN_LEDGER", str(ledger))
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "sendmail").write_text(
        f'#!/bin/sh\n[ -e {tmp_path}/down ] && exit 75\n[ "$*" = "-t -i" ] && cat >> {tmp_path}/mails\n',
        "utf-8",
    )
    (programs / "sendmail").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:{Path(sys.executable).parent}:/usr/bin:/bin")

    def ran(script: str) -> subprocess.CompletedProcess:
        (tmp_path / script).write_text(SCRIPTS[script], "utf-8")
        return subprocess.run(
            ["sh", script], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
        )

    return ran


def test_each_gets_his_mail_once(night, tmp_path: Path):
    """What sendmail took is moved away; what it did not take waits for the next run."""
    (tmp_path / "down").touch()
    night("mail.sh")
    (waiting,) = (tmp_path / "outbox").iterdir()
    assert not (tmp_path / "mails").exists()
    (tmp_path / "down").unlink()
    assert night("mail.sh").returncode == 0
    assert (tmp_path / "mails").read_text("ascii").count("\nTo: wangfang@example.org\n") == 1
    assert [p.name for p in (tmp_path / "sent").iterdir()] == [waiting.name] == ["20261220-wangfang.eml"]


def test_the_report_for_cron(night, ledger: Path):
    """Something late: a report to mail and exit 0; an unreadable record is told; nothing late: no word."""
    assert "超期 1 件" in night("nightly.sh").stdout
    (record,) = ledger.rglob("inquiries/**/*.yaml")
    text = record.read_text("utf-8")
    record.write_text("id: [\n", "utf-8")
    assert night("nightly.sh").stdout.endswith("有的记录读不出，见上；其余已照常报告\n")
    record.write_text(text, "utf-8")
    quiet = ledger / "inquiries"
    shutil.rmtree(quiet)
    done = night("nightly.sh")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
