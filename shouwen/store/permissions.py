"""Who may read and write on a shared disk: what the folder says, never the umask of whoever came first."""

import os
import stat
from contextlib import suppress


def as_folder(made: int | str, directory: str, own: int) -> None:
    """Let those use a new file or folder whom the folder that it lies in lets (core.sharedRepository).

    Of a folder in which everybody may make something (/tmp) nothing is taken. Where the disk knows no
    permissions nothing is done; bits for a group that cannot be given stay away.
    """
    if not hasattr(os, "chown"):  # Windows: the folder's own list says who may
        return
    there, mine = os.stat(directory), os.stat(made)
    if there.st_mode & stat.S_ISVTX and there.st_mode & stat.S_IWOTH:
        return
    bits = there.st_mode & (0o075 if own & stat.S_IXUSR else 0o064)
    if mine.st_gid != there.st_gid:
        try:
            os.chown(made, -1, there.st_gid)
        except OSError:
            bits &= ~stat.S_IRWXG
    mode = own | bits | (there.st_mode & stat.S_ISGID if own & stat.S_IXUSR else 0)
    if stat.S_IMODE(os.stat(made).st_mode) != mode:
        try:
            os.chmod(made, mode)
        except OSError:
            pass


def open_to_group(top: str, rights: int) -> None:
    """Give a tree's group, and others as far as ``rights`` let them read, what its owner may; setgid on its folders.

    What belongs to somebody else stays as it is.
    """
    if not hasattr(os, "chown"):  # Windows: the folder's own list says who may
        return
    for here, _, names in os.walk(top):
        for path in (here, *(os.path.join(here, name) for name in names)):
            there = os.lstat(path)
            if stat.S_ISLNK(there.st_mode):
                continue
            own = there.st_mode & stat.S_IRWXU
            mode = stat.S_IMODE(there.st_mode) | own >> 3
            if rights & stat.S_IROTH:
                mode |= own >> 6 & 0o005
            if stat.S_ISDIR(there.st_mode):
                mode |= stat.S_ISGID
            if mode != stat.S_IMODE(there.st_mode):
                with suppress(OSError):
                    os.chmod(path, mode)


def permit(directory: str, shared: bool, mode: int | None, handle: int) -> None:
    """Give a new file exactly the mode asked for, or the rights of its folder; else it stays as made."""
    if shared:
        as_folder(handle, directory, stat.S_IRUSR | stat.S_IWUSR)
    elif mode is not None and hasattr(os, "fchmod"):
        os.fchmod(handle, mode)


def keep_rights(handle: int, there: os.stat_result) -> None:
    """Give the mode and, as far as we may, the group of the file that is replaced."""
    if not hasattr(os, "chown"):  # Windows: the folder's own list says who may
        return
    if os.fstat(handle).st_gid != there.st_gid:
        with suppress(OSError):
            os.chown(handle, -1, there.st_gid)
    if stat.S_IMODE(os.fstat(handle).st_mode) != stat.S_IMODE(there.st_mode):
        os.chmod(handle, stat.S_IMODE(there.st_mode))


_LIST = "system.posix_acl_access"


def keep_list(handle: int, path: str) -> None:
    """Give the list of users and groups (setfacl) of the file at ``path``, which is replaced, if it has one."""
    if hasattr(os, "getxattr"):
        with suppress(OSError):  # it has none, or the disk knows no lists
            os.setxattr(handle, _LIST, os.getxattr(path, _LIST))


def whose(path: str) -> str:
    """Say to whom the nearest thing that bars the way belongs, and what it lets others do."""
    while path != os.path.dirname(path):
        path = os.path.dirname(path)
        try:
            there = os.stat(path)
        except OSError:
            continue
        if os.access(path, os.W_OK | os.X_OK) and not there.st_mode & stat.S_ISVTX:
            return ""
        sticky = "，带粘滞位，只能动自己建的" if there.st_mode & stat.S_ISVTX else ""
        return f"：目录 {path} 属用户 {_user(there.st_uid)}、组 {_group(there.st_gid)}，权限 {stat.S_IMODE(there.st_mode):o}{sticky}"
    return ""


def _user(number: int) -> str:
    try:
        import pwd

        return pwd.getpwuid(number).pw_name
    except (ImportError, KeyError):
        return str(number)


def _group(number: int) -> str:
    try:
        import grp

        return grp.getgrgid(number).gr_name
    except (ImportError, KeyError):
        return str(number)
