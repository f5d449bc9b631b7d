"""Single files: what a write leaves as it was."""

import os
import stat
from pathlib import Path

import pytest

from shouwen.store.atomic_files import lock, replace


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
