"""Personal data into a file: its owner's alone, and never in the place of another."""

import os
import stat
from pathlib import Path

import pytest

from shouwen.core.errors import Conflict
from shouwen.terminal.output import must_be_free, write_private


class Heard:
    """What is said, kept."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.ui = self

    def say(self, text: str) -> None:
        """Hear it."""
        self.said.append(text)


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
@pytest.mark.parametrize("content", ["甲", "甲".encode(), [b"a", b"b"]])
def test_its_owner_alone_may_read_it(tmp_path: Path, umask: int, content) -> None:
    """Whatever the shell's umask, and however it comes: text, bytes or pieces."""
    path, heard = tmp_path / "台账.csv", Heard()
    before = os.umask(umask)
    try:
        write_private(heard, str(path), content)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_bytes() == (b"ab" if isinstance(content, list) else "甲".encode())
    assert heard.said == [f"已写入 {path}（只本人可读）"]


@pytest.mark.parametrize("there", ["file", "folder", "link", "dangling"])
def test_nothing_is_written_over(tmp_path: Path, there: str) -> None:
    """Asked before a long report is made, and again in the moment of writing: a link that leads nowhere too."""
    path = tmp_path / "台账.csv"
    if there == "file":
        path.write_text("旧", "utf-8")
    elif there == "folder":
        path.mkdir()
    else:
        (tmp_path / "别处").write_text("旧", "utf-8")
        path.symlink_to(tmp_path / ("别处" if there == "link" else "没有"))
    with pytest.raises(Conflict, match="没有覆盖"):
        must_be_free(str(path))
    with pytest.raises(Conflict):
        write_private(Heard(), str(path), "新")
    assert not (tmp_path / "没有").exists()
    must_be_free(str(tmp_path / "另一个"))
