"""How a department is named whose name another one has, or had, too."""

from collections.abc import Container


def apart_as(name: str, key: str) -> str:
    """Return a name that several departments had as that of one of them: 审批科（后为行政审批服务科）."""
    return name if name == key else f"{name}（后为{key}）"


def said_apart(name: str, keys: Container[str]) -> str:
    """Return the key that such a name says; the name itself where it says none."""
    _, mark, key = name.removesuffix("）").rpartition("（后为")
    return key if mark and key in keys else name
