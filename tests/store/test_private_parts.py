"""What is kept apart: its owner's alone, as long as there is a record for it, and never half."""

import os
import stat
from pathlib import Path

import pytest

from shouwen.core.errors import BadData
from shouwen.core.inquiry.confidential import Private
from shouwen.store import private_parts as parts

NAME = "20261123-K7Q4QX"


@pytest.mark.parametrize("umask", [0o000, 0o022])
def test_the_folder_is_its_owners(tmp_path: Path, umask: int) -> None:
    """Whatever the shell's umask, nobody else lists or reads it."""
    before = os.umask(umask)
    try:
        parts.write(str(tmp_path), Private(id=NAME))
    finally:
        os.umask(before)
    folder = tmp_path / "private"
    assert stat.S_IMODE(folder.stat().st_mode) & 0o077 == 0
    assert stat.S_IMODE((folder / f"{NAME}.yaml").stat().st_mode) & 0o077 == 0
    assert parts.read(str(tmp_path), NAME) == Private(id=NAME)


def test_a_folder_that_is_a_link_is_refused(tmp_path: Path) -> None:
    """git does not ignore it: neither read nor written, listed nor erased."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "private").symlink_to(tmp_path / "elsewhere")
    root = str(tmp_path)
    for call in (
        lambda: parts.write(root, Private(id=NAME)),
        lambda: parts.read(root, NAME),
        lambda: parts.names(root),
        lambda: parts.erase(root, NAME),
    ):
        with pytest.raises(BadData, match="符号链接"):
            call()
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_hidden_file_is_no_inquirys(tmp_path: Path) -> None:
    """A mark of a purge, what a killed writer left: neither has a record."""
    parts.write(str(tmp_path), Private(id=NAME))
    for name in (f".{NAME}.purging.yaml", ".x.yaml.new", "notes.txt"):
        (tmp_path / "private" / name).write_bytes(b"")
    assert parts.names(str(tmp_path)) == [NAME]
    assert parts.begun(str(tmp_path)) == {NAME}


@pytest.mark.parametrize("known", [set(), {"aaaa"}])
def test_what_an_act_says_apart_is_kept_with_its_record(tmp_path: Path, known: set[str]) -> None:
    """What was kept for an act that was never recorded goes; what was kept for one that was stays."""
    root, record = str(tmp_path), tmp_path / "x.yaml"
    record.write_bytes(b"old")
    parts.write(root, Private(id=NAME, events={"aaaa": {"text": "一"}}))
    with parts.beside(root, NAME, {"bbbb": {"text": "二"}}, known, (str(record), b"new")):
        record.write_bytes(b"new")
    kept = parts.read(root, NAME)
    assert kept is not None
    assert kept.events == {key: {"text": "一"} for key in known} | {"bbbb": {"text": "二"}}


@pytest.mark.parametrize("before", [None, {"aaaa": {"text": "一"}}])
@pytest.mark.parametrize("written", [True, False])
def test_a_failure_puts_back_what_was_kept_unless_the_record_was_written(
    tmp_path: Path, before, written: bool
) -> None:
    """Interrupted before it, nothing of the act is left; after it, what the act said must not be lost."""
    root, record = str(tmp_path), tmp_path / "x.yaml"
    record.write_bytes(b"old")
    if before:
        parts.write(root, Private(id=NAME, events=before))

    def interrupted() -> None:
        with parts.beside(root, NAME, {"bbbb": {"text": "二"}}, set(before or ()), (str(record), b"new")):
            if written:
                record.write_bytes(b"new")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    kept = parts.read(root, NAME)
    events = (before or {}) | ({"bbbb": {"text": "二"}} if written else {})
    assert (kept.events if kept else {}) == events


def test_an_interrupted_intake_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C in the moment the part was written: no record follows, so it goes again."""
    real = parts.write

    def write(root: str, private: Private) -> None:
        real(root, private)
        raise KeyboardInterrupt

    monkeypatch.setattr(parts, "write", write)
    with pytest.raises(KeyboardInterrupt):
        parts.begin(str(tmp_path), Private(id=NAME))
    assert parts.names(str(tmp_path)) == []
