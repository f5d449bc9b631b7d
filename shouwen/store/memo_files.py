"""The files of the memo: a folder of the user's own, outside every ledger, and a key that nobody else has.

What lies there is sealed: unreadable without the key, and believed only if it bears the mark that the
key alone can make. Whatever is wrong with a file, a folder or the disk, there is no memo, and nothing
is said: a memo saves time and nothing else.
"""

import os
import stat
from contextlib import suppress

try:  # the bare modules: hashlib would load OpenSSL, which costs a start more than the memo's own work
    from _blake2 import blake2b
    from _sha3 import shake_256
except ImportError:
    from hashlib import blake2b, shake_256

hasher = blake2b  # keyed or not; of any length up to 64 bytes
KEY = "key"
SUFFIX = ".memo"
_KEY_LENGTH = 32
_NONCE, _MARK = 16, 32  # bytes in front of what is sealed
LARGEST = 64 << 20  # bytes that a memo may have
MOST = 48  # memos that a user keeps; the oldest go first
_READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)


def keyed(key: bytes, *parts: bytes, length: int = 32) -> bytes:
    """Return a hash of the parts that only who has the key can make; where one part ends is hashed too."""
    made = hasher(key=key, digest_size=length)
    for part in parts:
        made.update(len(part).to_bytes(8, "big"))
        made.update(part)
    return made.digest()


def place() -> str:
    """Return the folder of this user's memos, whether or not it is there; '' where there can be none."""
    if not hasattr(os, "geteuid"):
        return ""
    home = os.environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(home):  # as the XDG specification has it
        home = os.path.join(os.path.expanduser("~"), ".cache")
    return os.path.join(home, "shouwen") if os.path.isabs(home) else ""


def _own(info: os.stat_result) -> bool:
    """Return whether something is this user's, and nobody else may so much as look at it."""
    return info.st_uid == os.geteuid() and not info.st_mode & 0o077


def _read(path: str) -> bytes | None:
    """Return the bytes of a file of the user's own; None for anything else."""
    try:
        handle = os.open(path, _READ)
    except OSError:
        return None
    try:
        info = os.fstat(handle)
        if not stat.S_ISREG(info.st_mode) or not _own(info) or info.st_size > LARGEST:
            return None
        with open(handle, "rb", closefd=False) as file:
            return file.read(LARGEST + 1)
    except OSError:
        return None
    finally:
        os.close(handle)


def _write(path: str, data: bytes) -> bool:
    """Put a file in the place of another in one step, for the user alone; whether it was done."""
    beside = f"{path}.{os.getpid()}-{os.urandom(4).hex()}.new"
    try:
        handle = os.open(beside, _NEW, 0o600)
        try:
            with open(handle, "wb", closefd=False) as file:
                file.write(data)
        finally:
            os.close(handle)
        os.replace(beside, path)
    except OSError:
        with suppress(OSError):
            os.unlink(beside)
        return False
    return True


class Shelf:
    """This user's memos: the folder, and the key that seals what lies in it."""

    def __init__(self, folder: str, key: bytes):
        self.folder, self.key = folder, key

    def path(self, *what: bytes) -> str:
        """Return where a memo lies: its name says nothing of what it is about."""
        return os.path.join(self.folder, keyed(self.key, b"name", *what, length=12).hex() + SUFFIX)

    def load(self, path: str, about: bytes) -> bytes:
        """Return what was kept in a memo, if this user's program kept it about just this; else b""."""
        data = _read(path) or b""
        nonce, mark, sealed = data[:_NONCE], data[_NONCE : _NONCE + _MARK], data[_NONCE + _MARK :]
        if len(mark) < _MARK or mark != keyed(
            self.key, b"mark", path.encode("utf-8", "surrogateescape"), about, nonce, sealed
        ):
            return b""
        return self._crossed(nonce, sealed)

    def store(self, path: str, about: bytes, content: bytes) -> None:
        """Keep a memo, if the disk lets us; of two writers at once the last one's stays, whole."""
        nonce = os.urandom(_NONCE)
        sealed = self._crossed(nonce, content)
        if len(sealed) < LARGEST and _write(
            path,
            nonce
            + keyed(self.key, b"mark", path.encode("utf-8", "surrogateescape"), about, nonce, sealed)
            + sealed,
        ):
            self._sweep()

    def _crossed(self, nonce: bytes, text: bytes) -> bytes:
        """Return the text made unreadable, or readable again: crossed with a stream that the key alone gives."""
        stream = shake_256(keyed(self.key, b"seal", nonce)).digest(len(text))
        mixed = int.from_bytes(text, "little") ^ int.from_bytes(stream, "little")
        return mixed.to_bytes(len(text), "little")

    def _sweep(self) -> None:
        """Take away the oldest beyond so many, and what killed writers left."""
        found = []
        with suppress(OSError), os.scandir(self.folder) as entries:
            for entry in entries:
                if entry.name != KEY:
                    found.append((entry.stat(follow_symlinks=False).st_mtime, entry.path))
        for _, path in sorted(found)[:-MOST]:
            with suppress(OSError):
                os.unlink(path)


def shelf(root: str) -> Shelf | None:
    """Return this user's memos, made where there were none; None if there can be none that are his alone.

    Never below ``root``, a ledger: who may write there could have it believe what he likes.
    """
    folder = place()
    if not folder:
        return None
    real, of_ledger = os.path.realpath(folder), os.path.realpath(root)
    if os.path.commonpath((real, of_ledger)) == of_ledger:
        return None
    try:
        with suppress(FileExistsError):
            os.makedirs(os.path.dirname(folder), 0o700, exist_ok=True)
            os.mkdir(folder, 0o700)
        info = os.lstat(folder)
    except OSError:
        return None
    if not stat.S_ISDIR(info.st_mode) or not _own(info):
        return None
    path = os.path.join(folder, KEY)
    key = _read(path) or b""
    if len(key) != _KEY_LENGTH:
        key = os.urandom(_KEY_LENGTH)
        if not _write(path, key):
            return None
    return Shelf(folder, key)


def forget(root: str) -> None:
    """Take away every memo of this user: those of one ledger are not told from the others."""
    if found := shelf(root):
        with suppress(OSError):
            for name in os.listdir(found.folder):
                with suppress(OSError):
                    os.unlink(os.path.join(found.folder, name))
