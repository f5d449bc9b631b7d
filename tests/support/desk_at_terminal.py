"""A clerk at a real terminal of 80×24: types keys, sees what is shown."""

import io
import os
import re
import sys
from pathlib import Path

import pytest

pexpect = pytest.importorskip("pexpect")
PROGRAM = str(Path(sys.executable).parent / "shouwen")
CONFIRM = "回车写入；输入序号改那一项；n 放弃：$"
PROMPT = r"(?:^|\n)[^\r\n]*：[^\r\n：]*$"  # a line of its own, with what stands there to be changed


def bare(shown: str) -> str:
    """What was shown, without the sequences that move the cursor."""
    return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b[=>]", "", shown)


class Desk:
    """A clerk at the terminal, whose keys are counted; ``seen`` is all that was shown."""

    def __init__(self, ledger: Path, *words: str, who: str = "wangfang", columns: int = 80):
        env = {**os.environ, "TERM": "xterm", "SHOUWEN_NOW": os.environ["SHOUWEN_NOW"]}
        env.pop("COLUMNS", None)
        self.keys = 0
        self.over = pexpect.EOF
        self._shown = io.StringIO()
        acting = ["--as", who] if who else []
        self.child = pexpect.spawn(
            PROGRAM, ["-L", str(ledger), *acting, "--no-pager", *words], encoding="utf-8", timeout=60,
            dimensions=(24, columns), codec_errors="replace", env=env,
        )  # fmt: skip
        self.child.logfile_read = self._shown

    @property
    def seen(self) -> str:
        """All that the program has shown, without what moves the cursor."""
        return bare(self._shown.getvalue())

    def type(self, asked: str, keys: str) -> None:
        """Wait for a prompt, then press keys and Enter."""
        self.child.expect(asked)
        self.keys += len(keys) + 1
        self.child.send(keys + "\r")

    def raw(self, keys: bytes) -> None:
        """Send bytes as they are, reading meanwhile: a terminal takes no more than it is read from."""
        for start in range(0, len(keys), 512):
            try:
                os.write(self.child.child_fd, keys[start : start + 512])
            except OSError:  # it has ended
                return
            if start:
                try:
                    self.child.read_nonblocking(4096, timeout=0)
                except (pexpect.TIMEOUT, pexpect.EOF):
                    pass

    def left(self) -> tuple[int, str]:
        """The exit code and what was shown at the end."""
        self.child.expect(pexpect.EOF)
        self.child.close()
        assert "Traceback" not in self.seen
        return self.child.exitstatus, self.child.before
