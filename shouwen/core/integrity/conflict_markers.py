"""Conflict markers in a record, left by a merge without ``merge=union``: keep both sides.

Every line of either side is a fact; only the markers, and the common ancestor that some
settings show between them, go. Pure text in, text out.
"""

import re

_MARK = r"(<{7}|\|{7}|={7}|>{7})(?: |\r?$)"


def conflicted(text: str) -> int:
    """The line of the first conflict marker at the start of a line; 0 if there is none."""
    return next((n for n, line in enumerate(text.split("\n"), 1) if re.match(_MARK, line)), 0)


def healed(text: str) -> str:
    """The text with both sides of every conflict among the events.

    ValueError where the markers do not pair, and for a conflict in the header: of two values
    of one key somebody has to choose.
    """
    if (first := conflicted(text)) <= text.partition("\nevents:")[0].count("\n") + 1:
        raise ValueError(f"第{first}行起的冲突在登记部分，要人来定：留下一边，去掉标记")
    out: list[str] = []
    side = ""
    ours: list[str] = []
    for n, line in enumerate(text.split("\n"), 1):
        mark = re.match(_MARK, line)
        kind = mark[1][0] if mark else ""
        if kind == "<" and not side:
            side, ours = "ours", []
        elif kind == "|" and side == "ours":
            side = "base"
        elif kind == "=" and side in ("ours", "base"):
            side = "theirs"
        elif kind == ">" and side == "theirs":
            side = ""
        elif kind:
            raise ValueError(f"第{n}行的冲突标记不成对")
        elif side == "base":
            continue
        elif side == "theirs" and line in ours:
            continue  # both sides had it
        else:
            out.append(line)
            if side == "ours":
                ours.append(line)
    if side:
        raise ValueError("冲突标记没有结束")
    return "\n".join(out)
