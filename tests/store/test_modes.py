"""Who may read a new file is said where it is made, not by whatever umask the process has."""

import os
import stat

import pytest

from shouwen.store import atomic_files
from shouwen.store.atomic_files import create


@pytest.fixture(params=[0o000, 0o022, 0o077])
def umask(request):
    """The process's umask for the time of a test."""
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


@pytest.mark.parametrize("nameless", [True, False], ids=["nameless", "beside"])
@pytest.mark.parametrize("mode", [0o600, 0o640])
def test_a_mode_is_kept_whatever_the_umask(tmp_path, umask, mode, nameless, monkeypatch):
    """The file has just the mode asked for, its new folders let in whom it lets read; no umask is set."""
    if not nameless:
        monkeypatch.setattr(atomic_files, "_create_nameless", lambda *_: False)
    monkeypatch.setattr(os, "umask", lambda _: pytest.fail("the process's umask is everybody's"))
    path = tmp_path / "new" / "file"
    create(str(path), b"data", "file", mode=mode)
    monkeypatch.undo()
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"data", mode)
    wanted = {0o600: 0o700, 0o640: 0o750}[mode]
    assert stat.S_IMODE(path.parent.stat().st_mode) == wanted & ~umask


def test_without_one_it_is_as_the_umask_has_it(tmp_path):
    """A record is everybody's whose group may read the ledger."""
    before = os.umask(0o027)
    try:
        create(str(tmp_path / "a" / "b"), b"", "b")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a" / "b").stat().st_mode) == 0o640
