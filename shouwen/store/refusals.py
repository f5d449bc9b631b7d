"""Why the system refused, in the words of whoever keeps the ledger."""

import errno
import os

from shouwen.core.errors import Conflict
from shouwen.store.permissions import whose

_REASONS = {
    errno.EACCES: "没有权限", errno.EPERM: "没有权限", errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已满", errno.EROFS: "磁盘只读", errno.EIO: "磁盘读写错误",
    errno.EISDIR: "是目录", errno.ENOTDIR: "上级不是目录", errno.EMFILE: "打开的文件太多",
    errno.ENAMETOOLONG: "文件名太长", errno.ESTALE: "网络磁盘失联", errno.EFBIG: "文件过大",
    errno.ENOLCK: "磁盘不支持加锁", errno.EXDEV: "跨磁盘", errno.EEXIST: "已存在",
    errno.ENOENT: "不存在", errno.EINTR: "被中断", errno.ENXIO: "是管道或设备",
    errno.EINVAL: "系统不支持", errno.ENOTEMPTY: "目录不空", errno.EBUSY: "被占用",
    errno.EAGAIN: "系统繁忙", errno.ENOMEM: "内存不足",
}  # fmt: skip


def reason(error: OSError) -> str:
    """Return why the system refused, in the user's words."""
    return _REASONS.get(error.errno or 0, f"系统错误 {errno.errorcode.get(error.errno or 0, '?')}")


def failed(error: OSError, shown: str, path: str = "") -> Conflict:
    """Return a write to ``path`` (as shown) that the system refused, in the user's words; nothing was changed."""
    why = reason(error) + (
        whose(path or os.path.abspath(shown)) if error.errno in (errno.EACCES, errno.EPERM) else ""
    )
    return Conflict(f"{shown}: 没有写成（{why}），原有内容未变；排除后再做一次")
