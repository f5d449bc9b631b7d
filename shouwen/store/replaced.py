"""Files that a git beside us is just replacing: it takes the old one away before it writes the new one.

``atomic_files.read`` looks again at one that has just become empty; here one that is not there is waited for.
"""

import os
import time

from shouwen.store import atomic_files

PAUSE = 0.02  # seconds
_pauses = iter(range(25))  # of a run altogether: the lock may be one that a killed git left


def settled(root: str) -> None:
    """Return when no git is at work in the ledger, or after a moment: what it has taken away no listing shows.

    At once where it waits for us: git has its hooks run while it holds the index.
    """
    if "GIT_INDEX_FILE" not in os.environ:
        while _at_work(root) and next(_pauses, None) is not None:
            time.sleep(PAUSE)


def there(root: str, path: str) -> bool:
    """Return whether something stands at a path from the ledger's root, now or as soon as git is done."""
    place = os.path.join(root, path)
    while not os.path.lexists(place):
        if not _at_work(root) or next(_pauses, None) is None:
            return os.path.lexists(place)
        time.sleep(PAUSE)
    return True


def read(root: str, path: str, listed: bool = False) -> bytes:
    """Read a file by its path from the ledger's root: ``atomic_files.read``.

    Raises:
        FileNotFoundError: there is none, and no git is at work that could bring it.
        BadData: it is no file to be read.
    """
    place = f"{root}/{path}"
    try:
        return atomic_files.read(place, path, listed)
    except FileNotFoundError:
        if not there(root, path):
            raise
        return atomic_files.read(place, path, listed)


def _at_work(root: str) -> bool:
    """Return whether a git holds the index of the repository in which the ledger lies."""
    here = root
    while not os.path.lexists(os.path.join(here, ".git")):
        if here == (here := os.path.dirname(here)):
            return False
    return os.path.lexists(os.path.join(here, ".git", "index.lock"))
