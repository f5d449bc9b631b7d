"""Reading and writing single files so that no fault loses or half-writes anything.

Reading never follows a link, never waits on a pipe, never swallows a giant. Writing a new
file: the whole content reaches the disk under no name, then gets its name, which must be free.
Changing one: under the ledger's lock, compared with what was read, written beside it, then
renamed over it. A name counts only once its directory has been synced.
"""

import errno
import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial

from shouwen.core.errors import BadData, Changed, Conflict, Problem
from shouwen.store.directories import make_directory, sync_directory
from shouwen.store.permissions import as_folder, keep_list, keep_rights, permit
from shouwen.store.refusals import failed, reason

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

Content = bytes | Iterable[bytes]  # pieces may be gone through twice
LARGEST = 1 << 20
_PIECE = 1 << 14  # more than nearly every record
_BYTES = getattr(os, "O_BINARY", 0)  # Windows would else make line ends of its own
_READ = os.O_RDONLY | _BYTES | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_WRITE = os.O_WRONLY | os.O_CREAT | _BYTES | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_LOCK = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
LOCK = ".lock"
PATIENCE = 10  # seconds to wait for another process
_looks = iter(range(25))  # at files that are empty; of a run altogether
STALE = 3600  # seconds after which a hidden file of a writer is nobody's


def read(path: str, shown: str, listed: bool = False, largest: int = LARGEST) -> bytes:
    """Read the bytes of a regular file, at most ``largest`` of them.

    ``listed``: its directory has just said that it is a regular file, so a short one is not
    asked again. What was put in its place since is still not followed, waited for or swallowed.

    git makes a file empty before it fills it: an empty one is looked at again, for half a second in a run.

    Raises:
        FileNotFoundError: there is none.
        BadData: it is a link, a pipe, a folder or too large, or the disk cannot read it.
    """
    data = _read(path, shown, listed, largest)
    while not data and next(_looks, None) is not None:
        time.sleep(0.02)
        data = _read(path, shown, listed, largest)
    return data


def _read(path: str, shown: str, listed: bool, largest: int) -> bytes:
    try:
        handle = os.open(path, _READ)
    except FileNotFoundError:
        raise
    except OSError as error:
        why = "是符号链接，不读取" if error.errno == errno.ELOOP else reason(error)
        hint = "请移走，或改好权限"
        raise BadData([Problem(shown, 0, "readable", f"读不出：{why}", hint)]) from None
    try:
        if listed:
            data = os.read(handle, _PIECE)
            if len(data) < _PIECE and not os.read(handle, 1):
                return data
            os.lseek(handle, 0, os.SEEK_SET)
        info = os.fstat(handle)
        if not stat.S_ISREG(info.st_mode):
            raise BadData([Problem(shown, 0, "readable", "不是普通文件，不读取", "请移走")])
        if info.st_size > largest:
            text = f"文件有 {info.st_size >> 20} MB，超过 {largest >> 20} MB"
            hint = "这不像一条记录，请移走" if largest == LARGEST else "拆成几个文件"
            raise BadData([Problem(shown, 0, "readable", text, hint)])
        data = os.read(handle, info.st_size + 1)
        while len(data) < info.st_size and (more := os.read(handle, info.st_size)):
            data += more
        return data
    except OSError as error:
        raise BadData([Problem(shown, 0, "readable", f"读不出：{reason(error)}")]) from None
    finally:
        os.close(handle)


def names(path: str, shown: str) -> list[str]:
    """List what a directory holds, sorted; nothing if there is none.

    Raises:
        BadData: it cannot be listed.
    """
    try:
        return sorted(os.listdir(path))
    except FileNotFoundError:
        return []
    except OSError as error:
        raise BadData([Problem(shown, 0, "readable", f"目录读不出：{reason(error)}")]) from None


def _fill(handle: int, data: Content) -> None:
    for piece in (data,) if isinstance(data, bytes) else data:
        view = memoryview(piece)
        while view:
            view = view[os.write(handle, view) :]
    os.fsync(handle)


def _certain(directory: str, shown: str) -> None:
    try:
        sync_directory(directory)
    except OSError as error:
        raise Conflict(
            f"{shown}: 已写入，但磁盘没有确认（{reason(error)}）；请先用 shouwen check 查看，不要重复登记"
        ) from None


def create(path: str, data: Content, shown: str, shared: bool = False, mode: int | None = None) -> None:
    """Write a file that must not exist yet.

    ``shared``: for whom the folder is, whoever comes first. With ``mode`` (0o600) just that, and folders
    made for it let in whom it lets read. Else as the umask has it. FileExistsError; Conflict on a fault.

    Raises:
        Conflict: the disk failed; the message says what is certain.
    """
    directory, name = os.path.split(path)
    rights = partial(permit, directory, shared, mode)
    try:
        make_directory(directory, shared, None if mode is None else mode | (mode & 0o444) >> 2)
        if not _create_nameless(directory, path, data, rights):
            _create_beside(directory, name, path, data, rights, mode)
    except FileExistsError:
        raise
    except OSError as error:
        raise failed(error, shown, path) from None
    _certain(directory, shown)


_NO_LINKS = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK, errno.EXDEV)


def _create_nameless(directory: str, path: str, data: Content, rights: Callable[[int], None]) -> bool:
    """Create through a file without a name (Linux), which leaves nothing behind when killed. False if unsupported."""
    if not hasattr(os, "O_TMPFILE"):
        return False
    try:
        handle = os.open(directory, os.O_WRONLY | os.O_TMPFILE, 0o666)
    except OSError as error:
        if error.errno in (errno.EOPNOTSUPP, errno.EISDIR, errno.EINVAL, errno.ENOENT):
            return False
        raise
    try:
        rights(handle)
        _fill(handle, data)
        # src_dir_fd makes Python call linkat, which alone can follow the link in /proc
        os.link(f"/proc/self/fd/{handle}", path, src_dir_fd=handle, follow_symlinks=True)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno in (errno.ENOENT, *_NO_LINKS):  # no /proc, or a disk without links
            return False
        raise
    finally:
        os.close(handle)
    return True


def sweep(directory: str, now: float) -> None:
    """Take away what writers killed in a directory an hour before ``now`` (epoch) left hidden.

    Should such a writer still live (it was only stopped), its rename fails and it says so.
    """
    try:
        names = os.listdir(directory)
    except OSError:
        return
    for name in names:
        if name.startswith(".") and name.endswith(".new"):
            path = os.path.join(directory, name)
            try:
                if os.lstat(path).st_mtime < now - STALE:
                    os.unlink(path)
            except OSError:  # somebody else was quicker, or it may stay
                pass


def _create_beside(
    directory: str, name: str, path: str, data: Content, rights: Callable[[int], None], mode: int | None
) -> None:
    beside = os.path.join(directory, f".{name}.new")
    handle = os.open(beside, _WRITE | os.O_TRUNC, 0o666 if mode is None else mode)
    try:
        try:
            rights(handle)
            _fill(handle, data)
            sweep(directory, os.fstat(handle).st_mtime)  # by the disk's own clock
        finally:
            os.close(handle)
        try:
            os.link(beside, path)
        except FileExistsError:
            raise
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            _rename_unless_there(beside, path, os.path.join(directory, f".{name}.claim.new"))
    finally:
        with suppress(FileNotFoundError):
            os.unlink(beside)


def _rename_unless_there(beside: str, path: str, claim: str) -> None:
    """Do the same on a disk without hard links: whoever makes the claim first may take the name."""
    os.close(os.open(claim, _WRITE | os.O_EXCL, 0o666))
    try:
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), path)
        os.rename(beside, path)
    finally:
        os.unlink(claim)


def replace(path: str, old: bytes, new: bytes, shown: str) -> None:
    """Put ``new`` where ``old`` was read. Call under ``lock``.

    The file keeps its mode and group; a kill at any step leaves old or new.

    Raises:
        Changed: the file is no longer ``old``; it stays as it is.
        Conflict: the disk failed; the message says what is certain.
    """
    directory, name = os.path.split(path)
    beside = os.path.join(directory, f".{name}.new")
    try:
        there = os.stat(path)
        handle = _open_anew(beside, stat.S_IMODE(there.st_mode))
        try:
            try:
                keep_list(handle, path)
                keep_rights(handle, there)
                _fill(handle, new)
            finally:
                os.close(handle)
            if read(path, shown) != old:
                raise Changed(f"{shown}: 刚被别人改过，请再做一次")
            os.replace(beside, path)
        except BaseException:
            try:
                os.unlink(beside)
            except FileNotFoundError:
                pass
            raise
    except OSError as error:
        raise failed(error, shown, path) from None
    _certain(directory, shown)


def _open_anew(beside: str, mode: int) -> int:
    """Return a file of our own to write to: what somebody else's killed writer left there is taken away."""
    try:
        return os.open(beside, _WRITE | os.O_EXCL, mode)
    except FileExistsError:
        os.unlink(beside)
        return os.open(beside, _WRITE | os.O_EXCL, mode)


def remove(path: str, shown: str) -> None:
    """Take a file away for good; FileNotFoundError if there is none.

    Raises:
        Conflict: the disk failed; the message says what is certain.
    """
    try:
        os.unlink(path)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise failed(error, shown, path) from None
    _certain(os.path.dirname(path), shown)


def move(path: str, new: str, shown: str) -> None:
    """Give a file another place, at which nothing stands yet. Call under ``lock``.

    Raises:
        Conflict: something stands there, or the disk failed.
    """
    try:
        make_directory(os.path.dirname(new), shared=True)
        if os.path.lexists(new):
            raise Conflict(f"{shown}: 那里已有同名文件，没有移动；用 shouwen check 查看")
        os.rename(path, new)
    except OSError as error:
        raise failed(error, shown, new) from None
    _certain(os.path.dirname(new), shown)
    _certain(os.path.dirname(path), shown)


class Unlocked(Conflict):
    """The lock could not be had, for the reason ``why``; under it nothing was done."""

    def __init__(self, why: str, hint: str):
        super().__init__(f"{why}，{hint}")
        self.why = why


_held: dict[str, int] = {}  # locks of this process: where, and the handle that holds it (-1: none)


def holding() -> tuple[int, ...]:
    """Return the handles by which this process holds ledgers' own locks: who is given one holds the lock as well."""
    return tuple(handle for path, handle in _held.items() if handle >= 0 and os.path.basename(path) == LOCK)


@contextmanager
def lock(root: str, name: str = LOCK, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the ledger's lock; the kernel frees it when its holder dies.

    Whoever holds it may take it again: what is done under it calls what takes it for itself. By
    another name it is another lock, for what takes longer than a writer waits.

    Raises:
        Unlocked: another process held it all the while, or the folder takes no lock.
    """
    path = os.path.join(os.path.realpath(root), name)
    if path in _held:
        yield
        return
    try:
        handle, release = (_flock if fcntl else _filelock)(path, patience)
    except OSError as error:
        raise Unlocked(f"{path}: 没有写成（{reason(error)}）", "原有内容未变；排除后再做一次") from None
    if not release:
        raise Unlocked(f"{path}: 另一个 shouwen 正在写（等了 {patience:g} 秒）", "请稍后再做")
    _held[path] = handle
    try:
        yield
    finally:
        _held.pop(path, None)
        release()


def _flock(path: str, patience: float) -> tuple[int, Callable[[], None] | None]:
    """Return the system's own lock, the one that filelock would take (docs/decisions/0011).

    Its handle and what frees it, or None if somebody else holds it to the end of our patience.
    """
    handle = _open_lock(path)
    end = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return handle, lambda: os.close(handle)
        except (BlockingIOError, PermissionError):
            if time.monotonic() >= end:
                os.close(handle)
                return -1, None
        except OSError:
            os.close(handle)
            raise
        time.sleep(0.02)


def _open_lock(path: str) -> int:
    """Return the lock's file: made for all whom the folder lets write; another's, of older versions, will do as it is."""
    try:
        return os.open(path, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    except FileNotFoundError:
        handle = os.open(path, _LOCK, 0o666)
        try:
            as_folder(handle, os.path.dirname(path), stat.S_IRUSR | stat.S_IWUSR)
        except OSError:  # made by another in the same moment, who will see to it
            pass
        return handle
    except PermissionError:
        return os.open(path, _READ)


def _filelock(path: str, patience: float) -> tuple[int, Callable[[], None] | None]:
    """Return the same where the system has no flock."""
    from filelock import FileLock, Timeout

    lock = FileLock(path, timeout=patience)
    try:
        lock.acquire()
    except Timeout:
        return -1, None
    return -1, lock.release
