"""Directories whose names last: a name counts only once the directory it stands in was synced."""

import errno
import os
import stat

from shouwen.store.permissions import as_folder


def sync_directory(path: str) -> None:
    """Make a new name durable; file systems that cannot sync a directory are let be."""
    if os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(handle)


def make_directory(path: str, shared: bool = False, mode: int | None = None) -> None:
    """Make the directory and those above it, each durable in its parent.

    ``shared``: open to whom the folder that it is made in is open to, whatever the umask.
    """
    missing = []
    while not os.path.isdir(path) and path != os.path.dirname(path):
        missing.append(path)
        path = os.path.dirname(path)
    for each in reversed(missing):
        try:
            os.mkdir(each, 0o777 if mode is None else mode)
        except FileExistsError:
            continue
        above = os.path.dirname(each) or os.curdir
        if shared:
            as_folder(each, above, stat.S_IRWXU)
        sync_directory(above)
