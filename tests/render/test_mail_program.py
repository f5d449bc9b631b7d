"""The message of eight o'clock in a terminal mail program, as whoever has no other sees it."""

import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from shouwen.render.width import width
from tests.support.places import ROOT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("mutt"), reason="没有安装 mutt，无法在终端邮件程序里看"),
    pytest.mark.skipif(not shutil.which("tmux"), reason="没有安装 tmux，无法看终端"),
]
SETTINGS = """set folder="{here}" mbox_type=mbox charset="utf-8" send_charset="utf-8" wait_key=no help=no beep=no quit=yes
set pager_index_lines=0 markers=no smart_wrap=yes header_cache="" tmpdir="{here}" sort=mailbox-order pager_stop=yes confirmappend=no
ignore *
unignore from: to: subject: date:
"""

Screen = Callable[..., str]


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    """``screen("Enter", until=…)``: press keys in the terminal that mutt runs in, wait for a text, give what is shown."""
    socket = str(tmp_path / "tmux")
    env = {**os.environ, "LC_ALL": "C.UTF-8", "TERM": "xterm-256color", "HOME": str(tmp_path)}

    def tmux(*words: str) -> str:
        done = subprocess.run(["tmux", "-u", "-S", socket, "-f", "/dev/null", *words], env=env, capture_output=True, text=True, check=True, timeout=60)  # fmt: skip
        return done.stdout

    def shown(*keys: str, until: str = "", columns: int = 0, mailbox: Path | None = None) -> str:
        if mailbox:
            command = f"mutt -n -F {tmp_path}/muttrc -R -f {mailbox}"
            tmux("new-session", "-d", "-x", str(columns), "-y", "50", command)
        for key in keys:
            tmux("send-keys", key)
        for _ in range(300):
            page = tmux("capture-pane", "-p")
            if re.search(until, page):
                return page
            time.sleep(0.1)
        raise AssertionError(f"{until} 没有出现：\n{page}")

    (tmp_path / "muttrc").write_text(SETTINGS.format(here=tmp_path), "utf-8")
    yield shown
    subprocess.run(["tmux", "-S", socket, "kill-server"], env=env, capture_output=True, check=False)


@pytest.mark.parametrize("columns", [80, 60])
def test_read_in_a_terminal(run, screen: Screen, tmp_path: Path, columns: int) -> None:
    """The subject whole, the counts first, every id unbroken at the start of a line, nothing of HTML, no line cut off."""
    raw = run("-L", ROOT / "ledger-example", "overdue", "-f", "eml", "--to", "a@example.org").out
    box = tmp_path / "mbox"
    box.write_text("From shouwen@example.org Mon Nov 23 09:15:00 2026\n" + raw + "\n", "ascii")
    screen(mailbox=box, columns=columns, until=r"1 N .*Nov 23")
    first = screen("Enter", until="截至 2026-11-23")
    lines = [line.rstrip() for line in first.splitlines()]
    head = next(n for n, line in enumerate(lines) if line.startswith("青禾团项目建设管理局超期报告"))
    assert re.search("Subject: .*超期 ?4 ?件", "".join(line.strip() for line in lines[:head]))
    assert lines[head + 1].startswith("截至 2026-11-23 09:15：超期 4 件 7 项")
    assert max(map(width, lines)) <= columns
    pages = first
    for _ in range(10):
        if "台账锚" in pages:
            break
        pages += screen("Space", until=".")
    ids = [line[:15] for line in pages.splitlines() if re.match(r"\d{8}-[0-9A-Z]{6}", line)]
    assert {"20261106-T0J1PC", "20261117-AH2H9Q", "20261116-TD3DGE", "20261118-1J923Q"} <= set(ids)
    assert "<" not in re.sub(r"<[^<>@\s]+@[^<>@\s]+>", "", pages) and "style=" not in pages
