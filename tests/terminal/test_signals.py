"""A signal at any moment: no traceback, nothing half done, the next command works."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from shouwen import cli
from tests.faults.stories import STORIES, Story, build

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
MOMENTS = [n * 0.02 for n in range(1, 16)]  # seconds after the start: from loading to the last word


def start(ledger: Path, *words: str, **more) -> subprocess.Popen:
    """The program on the ledger, as a process of its own."""
    program = [sys.executable, "-m", "shouwen", "-L", str(ledger), "--as", "wangfang", *words]
    return subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more)


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_no_moment_shows_a_traceback(name, ledger, sw, inquiry):
    """While it loads it just ends; while it works it says so and exits 130; what it said it wrote is there."""
    key = inquiry()
    said = 0
    for moment in MOMENTS:
        run = start(ledger, "note", key, "--text", f"第{moment}笔。")
        time.sleep(moment)
        run.send_signal(getattr(signal, name))
        out, err = run.communicate(timeout=60)
        if "Traceback" in err and "shouwen/" not in err:
            continue  # Python itself was still starting: nothing of ours had run
        assert run.returncode in (0, 130, -getattr(signal, name)), err
        assert "Traceback" not in err and "Exception ignored" not in err
        assert run.returncode != 130 or "已中断" in err or "已取消" in err
        if key in out and run.returncode == 0:
            said += 1
            assert f"第{moment}笔。" in sw("wangfang", "show", key).out
    sw("wangfang", "note", key, "--text", "以后")
    assert list(ledger.rglob(".*.new")) == [] and sw("wangfang", "check").out == ""


# What the commands that write nothing are asked; a new one of the table is missed by the test below.
LOOKING = {
    "show": ("show", "ID"), "list": ("list",), "search": ("search", "事"), "log": ("log",), "stats": ("stats",), "route": ("route",),
    "form": ("form", "台账"), "overdue": ("overdue", "--format", "html"), "sanction list": ("sanction", "list"), "evaluate": ("evaluate", "2026"),
    "bulletin": ("bulletin",), "policy": ("policy", "list"), "calendar": ("calendar", "show"), "check": ("check",), "export": ("export",),
    "completion": ("completion", "bash"),
}  # fmt: skip
MOMENT = {kind: (n * 0.382) % 1 for n, kind in enumerate((*STORIES, *LOOKING))}  # spread over the run
SHARES = int(os.environ.get("SIGNAL_MOMENTS", "1"))  # of each command; 9 is the whole


def ended(words: list[str], number: int = 0, after: float = 0.0) -> tuple[int, str, float]:
    """(exit code, stderr, seconds) of a command line in a process of its own, signalled so long after its first step."""
    read, write = os.pipe()
    begun, begin = os.pipe()
    child = os.fork()
    if not child:
        try:
            for name in ("SIGINT", "SIGTERM", "SIGHUP"):
                signal.signal(getattr(signal, name), signal.default_int_handler)
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            os.dup2(write, 2)
            sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115 - the process's own to its end
            sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - the process's own to its end
            sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - the process's own to its end
            sys.argv = ["shouwen", *words]
            os.write(begin, b"x")
            cli.main()
        except SystemExit as stop:
            sys.stderr.flush()
            os._exit(int(stop.code or 0))
        except KeyboardInterrupt:  # before its first step or after its last
            os._exit(130)
        os._exit(99)
    os.close(write)
    os.read(begun, 1)
    start = time.monotonic()
    if number:
        time.sleep(after)
        os.kill(child, number)
    with open(read, encoding="utf-8", errors="replace") as err:
        said = err.read()
    status = os.waitpid(child, 0)[1]
    seconds = time.monotonic() - start
    os.close(begun)
    os.close(begin)
    return os.waitstatus_to_exitcode(status), said, seconds


@pytest.mark.slow
@pytest.mark.parametrize("kind", [*STORIES, *LOOKING])
def test_no_command_is_caught_with_its_hands_full(kind, tmp_path, monkeypatch, quiet_environment):
    """Every command of the table, signalled at moments spread over its run: no traceback, nothing half, the next one works."""
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".gitconfig").write_text("[user]\n name = w\n email = w@example.org\n", "utf-8")
    root = tmp_path / "ledger"
    story = STORIES.get(kind) or Story("heping", LOOKING[kind])
    words = list(build(story, root))
    base = tmp_path / "base"
    if root.exists():
        shutil.copytree(root, base)
    code, err, seconds = ended(words)
    assert code in (0, 1), err
    for turn in range(SHARES):
        shutil.rmtree(root, ignore_errors=True)
        if base.exists():
            shutil.copytree(base, root)
        name = ("SIGINT", "SIGTERM", "SIGHUP")[(turn + len(kind)) % 3]
        number = getattr(signal, name)
        code, err, _ = ended(words, number, seconds * (turn + MOMENT[kind]) / SHARES)
        assert code in (0, 1, 130, -number), (name, turn, err)
        assert "Traceback" not in err and "Exception ignored" not in err, (name, turn)
        assert code != 130 or "已中断" in err or "已取消" in err or not err, err
        code, err, _ = ended(words)
        assert code in (0, 1, *story.again), (name, turn, err)
        assert not story.ends or list(root.rglob(".*.new")) == [], (name, turn)


@pytest.mark.parametrize(
    "after, code, told", [("run", 0, False), ("run", 3, False), ("heed", 0, False), ("before", 130, True)]
)
def test_a_signal_after_the_last_word_changes_nothing(after, code, told, monkeypatch, capsys):
    """It comes when the act is done and said, and signals are not yet given back: no traceback, no other code."""
    heed, said = cli._heed, []

    def heeding(done=False):
        if done and after in ("run", "heed") and not said:
            said.append(1)
            if after == "heed":
                heed(done)
            raise KeyboardInterrupt
        heed(done)

    def running():
        if after == "before":
            raise KeyboardInterrupt
        return code

    kept = {n: signal.getsignal(n) for n in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    monkeypatch.setattr(cli, "_heed", heeding)
    monkeypatch.setattr(cli, "run", running)
    try:
        assert cli._code() == code
        assert signal.getsignal(signal.SIGTERM) in (signal.SIG_DFL, signal.SIG_IGN)
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)
    assert ("已中断" in capsys.readouterr().err) is told


def test_every_command_of_the_table_is_signalled():
    """A new one joins by its story or by what it is asked."""
    asked = {words.words[0] for words in STORIES.values()} | {words[0] for words in LOOKING.values()}
    assert {name for name, *_ in cli.COMMANDS} - asked == set()


def test_what_is_to_be_ignored_is_ignored(ledger, inquiry):
    """nohup: the terminal goes, the run goes on to its end."""
    key = inquiry()
    run = start(
        ledger, "note", key, "--text", "记", preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN)
    )
    for _ in range(10):
        time.sleep(0.03)
        if run.poll() is None:
            run.send_signal(signal.SIGHUP)
    out, err = run.communicate(timeout=60)
    assert run.returncode == 0 and key in out, err
