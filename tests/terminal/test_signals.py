"""A signal at any moment: no traceback, nothing half done, the next command works."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

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
