"""Does every line of an earlier version of a record still stand in the later one?

A record only grows at its end. After one commit on another the earlier bytes must begin the
later ones; after a merge every line of each parent must be there, and none that no parent had.
Each breach is (check, line in the later version or 0, what happened).
"""

from collections import Counter
from collections.abc import Iterator

Breach = tuple[str, int, str]


def _event(line: str) -> str:
    start = '- {"id": "'
    return line[len(start) :].split('"', 1)[0] if line.startswith(start) else ""


def _lines(raw: bytes) -> list[str]:
    return raw.decode("utf-8", "replace").splitlines()


def _lost(old: list[str], new: list[str]) -> Iterator[Breach]:
    """Lines of the old version that the new one does not have."""
    missing = Counter(old) - Counter(new)
    by_event = {_event(line): n for n, line in enumerate(new, 1) if _event(line)}
    keys = {line.split(":", 1)[0]: n for n, line in enumerate(new, 1) if not line.startswith("-")}
    once = set(new)
    for line in dict.fromkeys(old):
        if not missing[line] or line in once and _event(line):
            continue  # an event merged in twice may be tidied to one
        name, key = _event(line), line.split(":", 1)[0]
        if name:
            if name in by_event:
                yield "history-edited", by_event[name], f"事件 {name} 被改动，原为：{line}"
            else:
                yield "history-deleted", 0, f"事件 {name} 被删去，原为：{line}"
        elif key in keys and not line.startswith("-"):
            yield "history-edited", keys[key], f"“{key}”被改动，原为：{line}"
        elif line.strip():
            yield "history-deleted", 0, f"少了一行，原为：{line}"


def grown(old: bytes, new: bytes) -> Iterator[Breach]:
    """Breaches between a version and the next one on top of it."""
    if new.startswith(old) and (not old or old.endswith(b"\n") or new == old):
        return
    before, after = _lines(old), _lines(new)
    lost = list(_lost(before, after))
    yield from lost
    if lost:
        return
    place = 0
    for line in before:
        try:
            place = after.index(line, place) + 1
        except ValueError:
            n = after.index(line) + 1
            yield "history-reordered", n, "行的先后被调换"
            return
    known = Counter(before)
    for n, line in enumerate(after[:place], 1):
        if known[line]:
            known[line] -= 1
        else:
            yield "history-inserted", n, f"在已有的行之间插入：{line}"


def merged(parents: list[bytes], new: bytes) -> Iterator[Breach]:
    """Breaches of a merge: lines of a parent lost, or lines that no parent had."""
    after = _lines(new)
    for old in parents:
        yield from _lost(_lines(old), after)
    known = {line for old in parents for line in _lines(old)}
    for n, line in enumerate(after, 1):
        if line not in known and line.strip():
            yield "history-inserted", n, f"合并时加进了各方都没有的一行：{line}"
