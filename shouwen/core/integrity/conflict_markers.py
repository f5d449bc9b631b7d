"""Records that a merge left undecided, with markers or without: keep both sides.

Every line of either side is a fact; only the markers, and the common ancestor that some
settings show between them, go. Pure text in, text out.
"""

import re

_MARK = r"(<{7}|\|{7}|={7}|>{7})(?: |\r?$)"


def conflicted(text: str) -> int:
    """Return the line of the first conflict marker at the start of a line; 0 if there is none."""
    return next((n for n, line in enumerate(text.split("\n"), 1) if re.match(_MARK, line)), 0)


def healed(text: str) -> str:
    """Return the text with both sides of every conflict among the events.

    ValueError where the markers do not pair, and for a conflict in the header: of two values
    of one key somebody has to choose.

    Raises:
        ValueError: the text cannot be put together by itself; why.
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


def united(versions: list[str]) -> str:
    """Return one record of several versions in the common form: every event line of each, once.

    The first version's lines come first, then what the next ones have beside. ValueError where the
    headers say different things: of two values of one key somebody has to choose.

    Raises:
        ValueError: the versions have different headers, which people must decide.
    """
    headers: dict[str, list[str]] = {}
    remarks: list[str] = []
    events: list[str] = []
    for text in versions:
        head, _, tail = (text if text.endswith("\n") else text + "\n").partition("\nevents:\n")
        lines = head.split("\n")
        remarks += [line for line in lines if line.startswith("#") and line not in remarks]
        plain = [line for line in lines if line and not line.startswith("#")]
        headers.setdefault("\n".join(sorted(plain)), plain)
        events += [line for line in tail.split("\n") if line and line not in events]
    if len(headers) != 1:
        first, second, *_ = headers.values()
        odd = next((line for line in first if line not in second), first[-1])
        raise ValueError(f"登记部分两边不同（{odd.partition(':')[0]}），要人来定：留下一边，再 git add")
    (plain,) = headers.values()
    return "\n".join([*remarks, *plain, "events:", *events, ""])
