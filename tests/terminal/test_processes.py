"""What only a real process shows: pipes, signals, full disks, terminals, colours."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from tests.support.records import PLAIN

PROGRAM = Path(sys.executable).parent / "shouwen"
UNTOLD = "shouwen: 输出没有写完（磁盘已满）；要登记的也许已经写入，重做以前先查看\n"
NO_TRACE = re.compile('Traceback|File "|Error:|Exception ignored')


@pytest.mark.parametrize("form", ["table", "csv", "jsonl", "json", "html"])
@pytest.mark.parametrize("command", ["overdue", "list"])
def test_the_reader_is_gone(ledger, inquiry, command, form, monkeypatch):
    """``shouwen overdue | head`` that has read enough: nobody is told off, the exit code is 141."""
    inquiry()
    monkeypatch.setenv("SHOUWEN_NOW", "2026-12-20T09:00")
    nobody, pipe = os.pipe()
    os.close(nobody)
    words = ["-L", ledger, command, "-f", form]
    done = subprocess.run([PROGRAM, *words], stdout=pipe, stderr=subprocess.PIPE, timeout=60, check=False)
    os.close(pipe)
    assert done.stderr == b""
    assert done.returncode == 141


def test_head(ledger, inquiry):
    """The real head on a real pipe: its lines, and no word more."""
    inquiry()
    script = f"'{PROGRAM}' -L '{ledger}' list | head -n 1"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.startswith("编号 ")
    assert (done.stdout.count("\n"), done.stderr) == (1, "")


def test_closed_stdout(ledger, process):
    """With stdout closed (``>&-``) there is a message or nothing, never a traceback."""
    done = subprocess.run(["bash", "-c", f"'{PROGRAM}' -L '{ledger}' overdue >&-"], capture_output=True, text=True,
                          timeout=60, check=False)  # fmt: skip
    assert done.stderr == "shouwen: 标准输出已关闭，没有做任何事\n"
    assert done.returncode == 6


@pytest.mark.parametrize(
    "command", [["overdue"], ["list", "--format", "json"], ["--help"], ["policy", "list"]]
)
def test_full_disk_for_the_report(command, ledger):
    """A report that does not fit on the disk: said, exit code 6; half a report is no success."""
    with open("/dev/full", "w") as full:
        done = subprocess.run([PROGRAM, "-L", ledger, *command], stdout=full, stderr=subprocess.PIPE, text=True,
                              timeout=60, check=False)  # fmt: skip
    assert done.stderr == UNTOLD
    assert done.returncode == 6


def test_full_disk_for_the_answer(ledger):
    """The record is written, its id is not: never "nothing changed, do it again"."""
    words = [
        "--as",
        "wangfang",
        *PLAIN,
    ]
    with open("/dev/full", "w") as full:
        done = subprocess.run([PROGRAM, "-L", ledger, *words], stdout=full, stderr=subprocess.PIPE, text=True,
                              timeout=60, check=False)  # fmt: skip
    assert (done.returncode, done.stderr.splitlines()[-1] + "\n") == (6, UNTOLD)
    assert len(list((ledger / "inquiries").rglob("*.yaml"))) == 1


@pytest.mark.parametrize("words, code", [(("note",), 0), (("note", "ZZZZ"), 4), (("nosuch",), 2)])
def test_full_disk_for_the_talk(words, code, ledger, inquiry):
    """Words on stderr that cannot be written change nothing: data and exit code are what they would be."""
    name = inquiry()
    if words[0] == "note":
        words = ("--as", "wangfang", "note", *(words[1:] or (name,)), "--text", "备注")
    with open("/dev/full", "w") as full:
        done = subprocess.run([PROGRAM, "-L", ledger, *words], stdout=subprocess.PIPE, stderr=full, text=True,
                              timeout=60, check=False)  # fmt: skip
    assert (done.returncode, done.stdout) == (code, f"{name}\n" if code == 0 else "")


@pytest.mark.parametrize("size", [0, 100])
def test_full_disk_for_a_record(size, ledger, inquiry):
    """A record that does not fit (as under a quota): said, exit code 6, old content whole, nothing left over."""
    name = inquiry()
    before = {p: p.read_bytes() for p in ledger.rglob("*") if p.is_file() and p.name != ".lock"}
    import resource

    def limited() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    words = ["--as", "wangfang", "note", name, "--text", "很长的备注" * 100]
    done = subprocess.run([PROGRAM, "-L", ledger, *words], capture_output=True, text=True, timeout=60,
                          preexec_fn=limited, check=False)  # fmt: skip
    assert (done.returncode, done.stdout) == (6, "")
    assert "没有写成（文件过大），原有内容未变" in done.stderr
    assert {p: p.read_bytes() for p in ledger.rglob("*") if p.is_file() and p.name != ".lock"} == before


def test_interrupted_at_a_prompt(ledger):
    """Ctrl-C while being asked: one line, exit code 130, nothing written."""
    child = pexpect.spawn(str(PROGRAM), ["-L", str(ledger), "--as", "wangfang", "intake"], encoding="utf-8",
                          timeout=20, dimensions=(24, 200))  # fmt: skip
    child.expect("渠道")
    child.sendintr()
    child.expect(pexpect.EOF)
    child.close()
    assert "已中断，什么也没有写" in child.before
    assert not NO_TRACE.search(child.before)
    assert child.exitstatus == 130
    assert not (ledger / "inquiries").exists()


@pytest.mark.parametrize("answered", range(1, 7))
def test_interrupted_at_each_prompt(ledger, answered):
    """Ctrl-C after any number of answers leaves nothing behind, not even in private/."""
    child = pexpect.spawn(str(PROGRAM), ["-L", str(ledger), "--as", "wangfang", "intake"], encoding="utf-8",
                          timeout=20, dimensions=(24, 200), echo=False)  # fmt: skip
    before = {p for p in ledger.rglob("*") if p.name != ".lock"}
    for asked, answer in [
        ("渠道 .*：$", "2"), ("类别 .*：$", "举报"), ("事由：$", "问施工许可"), ("姓名.*：$", "李某"), ("联系电话.*：$", "12345"), ("代理人.*：$", ""),
        ("事项 .*：$", "都"),
    ][:answered]:  # fmt: skip
        child.expect(asked)
        child.sendline(answer)
    child.expect("：$")
    child.sendintr()
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 130
    assert {p for p in ledger.rglob("*") if p.name != ".lock"} == before


def test_end_of_input_at_a_prompt(ledger):
    """Ctrl-D instead of an answer is a missing option: exit code 2, nothing written."""
    child = pexpect.spawn(str(PROGRAM), ["-L", str(ledger), "--as", "wangfang", "intake"], encoding="utf-8",
                          timeout=20, dimensions=(24, 200))  # fmt: skip
    child.expect("渠道")
    child.sendeof()
    child.expect(pexpect.EOF)
    child.close()
    assert "没有回答 --channel（渠道）；什么也没有写" in child.before
    assert child.exitstatus == 2
    assert not (ledger / "inquiries").exists()


def test_intake_answered_with_numbers(ledger, run):
    """On a terminal what is missing is asked for; numbers, words and beginnings of words do."""
    import json

    child = pexpect.spawn(str(PROGRAM), ["-L", str(ledger), "--as", "wangfang", "intake"], encoding="utf-8",
                          timeout=20, dimensions=(24, 300), echo=False)  # fmt: skip
    for asked, answer in (
        ("渠道 .*：$", "99"), ("请输入序号或其中一项", "2"), ("类别 .*：$", "投"), ("事由：$", ""), ("不能为空", "问施工许可"),
        ("姓名.*：$", "李某"), ("联系电话.*：$", "13812341234"), ("代理人.*：$", ""),
        ("事项  1.施工许可证  2.都不是 .施工许可证.：$", "3"), ("请输入序号或其中一项", ""), ("属谁的职责.*：$", ""),
        ("回车写入.*：$", ""),
    ):  # fmt: skip
        child.expect(asked)
        child.sendline(answer)
    child.expect(r"(\d{8}-[0-9A-Z]{6})\r\n")
    name = child.match[1]
    child.expect(pexpect.EOF)
    child.close()
    assert "建议转：规划科 李洁 二楼201 0631-5550102（施工许可证）" in child.before
    assert child.exitstatus == 0
    kept = json.loads(run("-L", ledger, "show", name, "--format", "json").out)
    assert (kept["channel"], kept["category"], kept["subject"]) == ("来电", "投诉", "问施工许可")
    assert kept["matter"] == "施工许可证"
    assert (kept["inquirer"], kept["scope"]) == ({"name": "李某", "phone": "13812341234"}, "其他部门")


@pytest.mark.parametrize(
    "words", [["overdue"], ["list"], ["--help"], ["sanction"], ["bogus"], ["show", "ZZZZ"]]
)
@pytest.mark.parametrize("settings", [{}, {"NO_COLOR": "1"}, {"TERM": "dumb"}, {"FORCE_COLOR": "1"}])
def test_no_escape_sequences(words, settings, ledger, inquiry):
    """Neither in a pipe nor with NO_COLOR on a terminal is there anything but text."""
    inquiry()
    env = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR")} | settings
    piped = subprocess.run([PROGRAM, "-L", ledger, *words], capture_output=True, text=True, timeout=60, env=env,
                           check=False)  # fmt: skip
    assert "\x1b" not in piped.stdout + piped.stderr
    if "NO_COLOR" in settings:
        child = pexpect.spawn(
            str(PROGRAM), ["-L", str(ledger), *words], encoding="utf-8", timeout=20, env=env
        )
        child.expect(pexpect.EOF)
        assert "\x1b" not in child.before


def test_terminal_that_knows_no_chinese(ledger, inquiry, process):
    """In a terminal of another encoding the characters are escaped, the report is there, no crash."""
    inquiry(subject="许可证😀")
    done = process("-L", ledger, "list", "--format", "plain", env={"PYTHONIOENCODING": "gbk"}, encoding="gbk")
    assert "许可证\\U0001f600" in done.stdout
    assert done.returncode == 0


def test_bug_is_seventy(ledger, monkeypatch):
    """What nobody foresaw is a bug: exit code 70, with the traceback for the maintainer."""
    script = (
        "import sys; from shouwen import cli; from shouwen.terminal.ui import Ui\n"
        "def broken(self, text): raise ZeroDivisionError\n"
        "Ui.out = broken; sys.argv = ['shouwen', '-L', sys.argv[1], 'overdue']; cli.main()"
    )
    done = subprocess.run([sys.executable, "-c", script, ledger], capture_output=True, text=True, timeout=60,
                          check=False)  # fmt: skip
    assert done.returncode == 70
    assert "ZeroDivisionError" in done.stderr
    assert done.stderr.endswith(
        "shouwen: 程序出错（不是您的操作问题），台账未受影响；请把以上内容报给维护者\n"
    )


def test_a_mistyped_time_is_asked_for_again(ledger, inquiry):
    """It ended the command, and with it all that had been typed before; now it is said and asked again."""
    name = inquiry()
    child = pexpect.spawn(str(PROGRAM), ["-L", str(ledger), "--as", "wangfang", "appoint", name],
                          encoding="utf-8", timeout=20, dimensions=(24, 200), echo=False)  # fmt: skip
    child.expect("约定的时间：$")
    child.sendline("饭后")
    child.expect("--when “饭后”看不懂；.*约定的时间：$")
    child.sendline("11-25 09:00")
    child.expect("1. 约定的时间：11-25 09:00.*回车写入.*：$")
    child.sendline("")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    child = pexpect.spawn(str(PROGRAM), ["-L", str(ledger), "--as", "zhaojun", "sanction", "report", "--staff", "wangfang"],
                          encoding="utf-8", timeout=20, dimensions=(24, 200), echo=False)  # fmt: skip
    child.expect("哪一天发生的：$")
    child.sendline("11-30")
    child.expect("--occurred “11-30”晚于今天.*哪一天发生的：$")
    child.sendintr()
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 130


def test_a_mistyped_reception_time_is_asked_for_again(tmp_path, run):
    """The hospital's letters want their first reception time; a typing error keeps channel and category."""
    root = tmp_path / "m"
    run("init", root, "--policy", "menzhen", "--name", "某院")
    staff = (root / "staff.yaml").read_text("utf-8")
    who = re.search(r"(?m)^staff:\n(?:\s*#.*\n)*  (\w+):", staff)[1]
    child = pexpect.spawn(str(PROGRAM), ["-L", str(root), "--as", who, "intake", "--channel", "来信", "--category", "咨询"],
                          encoding="utf-8", timeout=20, dimensions=(24, 200), echo=False)  # fmt: skip
    child.expect("首次接待的时间.*：$")
    child.sendline("25:00")
    child.expect("--received “25:00”没有这个钟点；.*首次接待的时间.*：$")
    child.sendline("09:00")
    asked = child.expect(["事由：$", pexpect.TIMEOUT, pexpect.EOF])
    child.close(force=True)
    assert asked == 0
