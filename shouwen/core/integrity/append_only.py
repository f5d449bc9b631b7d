"""Does every line of an earlier version of a record still stand in the later one?

A record only grows at its end. After one commit on another the earlier bytes must begin the
later ones; after a merge every line of each parent must be there, and none that no parent had.
Each breach is (check, line in the later version or 0, what happened).
"""

from collections.abc import Iterator

Breach = tuple[str, int, str]


def _event(line: str) -> str:
    start = '- {"id": "'
    return line[len(start) :].partition('"')[0] if line.startswith(start) else ""


def _lines(raw: bytes) -> list[str]:
    return raw.decode("utf-8", "replace").splitlines()


def _lost(old: list[str], new: list[str]) -> Iterator[Breach]:
    """Yield lines of the old version that the new one does not have."""
    missing = set(old) - set(new)
    by_event = {_event(line): n for n, line in enumerate(new, 1) if _event(line)}
    keys = {line.partition(":")[0]: n for n, line in enumerate(new, 1) if not line.startswith("-")}
    for line in dict.fromkeys(old):
        if line not in missing:
            continue  # an event merged in twice may be tidied to one
        name, key = _event(line), line.partition(":")[0]
        if name:
            if name in by_event:
                yield "history-edited", by_event[name], f"事件 {name} 被改动，原为：{line}"
            else:
                yield "history-deleted", 0, f"事件 {name} 被删去，原为：{line}"
        elif key in keys:
            yield "history-edited", keys[key], f"“{key}”被改动，原为：{line}"
        elif line.strip():
            yield "history-deleted", 0, f"少了一行，原为：{line}"


def kept(olds: list[bytes], new: bytes) -> Iterator[Breach]:
    """Yield lines of earlier versions that a later one lacks, wherever in it they should stand."""
    after = _lines(new)
    for old in olds:
        yield from _lost(_lines(old), after)


def grown(olds: list[bytes], new: bytes) -> Iterator[Breach]:
    """Yield breaches between a version and the next one on top of it."""
    (old,) = olds
    if new.startswith(old) and (not old or old.endswith(b"\n") or new == old):
        return
    lost = list(kept(olds, new))
    yield from lost
    if lost:
        return
    # An event merged in twice may have been tidied to one: each line counts where it first stood.
    # A blank line says nothing: it may go as it may come.
    before, after = list(dict.fromkeys(filter(str.strip, _lines(old)))), _lines(new)
    place = 0
    for line in before:
        try:
            place = after.index(line, place) + 1
        except ValueError:
            yield "history-reordered", after.index(line) + 1, "行的先后被调换"
            return
    known = set(before)
    for n, line in enumerate(after[:place], 1):
        if line not in known and line.strip() and line[0] != "#":
            yield "history-inserted", n, f"在已有的行之间插入：{line}"


def merged(olds: list[bytes], new: bytes) -> Iterator[Breach]:
    """Yield breaches of a merge: lines of a parent lost, or lines that no parent had."""
    yield from kept(olds, new)
    known = {line for old in olds for line in _lines(old)}
    for n, line in enumerate(_lines(new), 1):
        if line not in known and line.strip() and line[0] != "#":
            yield "history-inserted", n, f"合并时加进了各方都没有的一行：{line}"


def mended(breaches: list[tuple[list[bytes], bytes, str]], tip: bytes) -> bool:
    """Return whether the record of today undoes all these breaches, each (versions before, version, check).

    What stood before them is there again, in its order; what they brought in is gone; what was
    honestly added at the end meanwhile has stayed.
    """
    final = _lines(tip)
    there = set(final)
    forged: set[str] = set()
    known: set[str] = set()
    spoilt: set[bytes] = (
        set()
    )  # versions that a breach left, and what grew on them: their order proves nothing
    for olds, now, check in breaches:
        before = [list(dict.fromkeys(filter(str.strip, _lines(old)))) for old in olds]
        sound = {line for lines in before for line in lines} - forged
        known |= sound
        forged |= _brought_in(now, known)
        if not sound <= there:
            return False
        if check == "history-reordered":
            for old, lines in zip(olds, before, strict=True):
                places = [final.index(line) for line in lines if line in sound]
                if not old.startswith(tuple(spoilt)) and places != sorted(places):
                    return False
        spoilt |= {now} - {b""}
    return bool(tip) and not forged & there


def _brought_in(raw: bytes, known: set[str]) -> set[str]:
    """Return lines of a version that are new, less events of their own that were added at the end."""
    after = _lines(raw)
    events = {_event(line) for line in known} - {""}
    last = max((n for n, line in enumerate(after) if line in known), default=-1)
    return {
        line
        for n, line in enumerate(after)
        if line.strip()
        and line not in known
        and not (n > last and _event(line) and _event(line) not in events)
    }
