"""Single files: what a write leaves as it was."""

import os
import stat
from pathlib import Path
from threading import Timer

import pytest

from shouwen.core.errors import BadData, Conflict
from shouwen.store.atomic_files import LARGEST, LOCK, Unlocked, lock, move, read, replace


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o664, 0o660])
@pytest.mark.parametrize("umask", [0o022, 0o077])
def test_a_file_keeps_its_mode(tmp_path: Path, mode: int, umask: int) -> None:
    """A record of a shared folder stays the group's, one that is its owner's alone stays so."""
    path = tmp_path / "x.yaml"
    path.write_bytes(b"a")
    path.chmod(mode)
    before = os.umask(umask)
    try:
        with lock(str(tmp_path)):
            replace(str(path), b"a", b"ab", "x.yaml")
    finally:
        os.umask(before)
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"ab", mode)


def test_the_largest_file_is_read_and_no_larger_one(tmp_path: Path) -> None:
    """What is read is in memory: a record that is none must not fill it."""
    path = tmp_path / "x.yaml"
    path.write_bytes(b"a" * LARGEST)
    assert read(str(path), "x.yaml") == b"a" * LARGEST
    path.write_bytes(b"a" * (LARGEST + 1))
    with pytest.raises(BadData, match="超过 1 MB"):
        read(str(path), "x.yaml")


def test_a_file_is_not_moved_over_another(tmp_path: Path) -> None:
    """Both stay as they are."""
    for name in ("a", "b"):
        (tmp_path / name).write_text(name, "utf-8")
    with pytest.raises(Conflict, match="已有同名文件"):
        move(str(tmp_path / "a"), str(tmp_path / "b"), "b")
    assert [(tmp_path / name).read_text("utf-8") for name in ("a", "b")] == ["a", "b"]
    move(str(tmp_path / "a"), str(tmp_path / "c" / "d"), "c/d")
    assert (tmp_path / "c" / "d").read_text("utf-8") == "a" and not (tmp_path / "a").exists()


def test_a_lock_is_waited_for_and_given_back(tmp_path: Path) -> None:
    """Held by another for a moment it is had all the same; held on, the wait ends; given back, it is free and taken anew."""
    fcntl = pytest.importorskip("fcntl")
    other = os.open(tmp_path / LOCK, os.O_RDWR | os.O_CREAT, 0o600)

    def free() -> bool:
        try:
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        fcntl.flock(other, fcntl.LOCK_UN)
        return True

    fcntl.flock(other, fcntl.LOCK_EX)
    with pytest.raises(Unlocked, match="正在写"), lock(str(tmp_path), patience=0):
        pass
    release = Timer(0.2, fcntl.flock, (other, fcntl.LOCK_UN))
    release.start()
    with lock(str(tmp_path), patience=30):
        assert not free()
        with lock(str(tmp_path)):  # what is done under it may take it for itself
            assert not free()
        assert not free()
    assert free()
    with lock(str(tmp_path)):
        assert not free()
    os.close(other)
