"""Personal data into a file: readable by its owner alone, never over another file."""

import os
from collections.abc import Iterable

from shouwen.core.errors import Conflict
from shouwen.store.atomic_files import create
from shouwen.terminal.context import Context


def must_be_free(path: str) -> None:
    """Refuse the path if there is something at it (Conflict)."""
    if os.path.lexists(path):
        raise Conflict(f"{path}: 已有这个文件，没有覆盖；换一个文件名")


def write_private(context: Context, path: str, content: str | bytes | Iterable[bytes]) -> None:
    """Write a new file of mode 0600 and say so; Conflict if there is one."""
    data = content.encode() if isinstance(content, str) else content
    try:
        create(os.path.abspath(path), data, path, mode=0o600)
    except FileExistsError:
        raise Conflict(f"{path}: 已有这个文件，没有覆盖；换一个文件名") from None
    context.ui.say(f"已写入 {path}（只本人可读）")
