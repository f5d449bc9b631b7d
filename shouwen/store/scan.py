"""Finding records by file name, and passing over those that are plainly settled.

``settled`` says yes only to an inquiry whose acts follow one another in time, lawfully, to a
single 办结; every other is replayed. A test holds it to this: whatever replay calls open, or
finds a dispute in, is never passed over.
"""

import os
import re
from collections.abc import Iterator
from functools import lru_cache
from operator import attrgetter

from shouwen.core.errors import Problem
from shouwen.core.inquiry.events import (
    Accept,
    Appoint,
    Callback,
    Close,
    Escalate,
    GiveBack,
    Handoff,
    Instruct,
    Issue,
    Note,
    Notify,
    Objection,
    Progress,
    Receive,
    Resume,
    Return,
    Supervise,
    Supplement,
    Suspend,
    Urge,
)
from shouwen.core.inquiry.header import Inquiry
from shouwen.store.refusals import reason

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford base32: no I, L, O, U
INQUIRY_ID = re.compile(r"(\d{4})(\d\d)(\d\d)-[0-9A-HJKMNP-TV-Z]{6}")
CASE_ID = re.compile(r"S(\d{4})(\d\d)(\d\d)-[0-9A-HJKMNP-TV-Z]{6}")

_OF_DESKTOPS = frozenset({"desktop.ini", "thumbs.db"})  # what a file manager leaves, as .DS_Store

_STAY = frozenset(
    {Progress, Note, Urge, Supervise, Escalate, Instruct, Appoint, Issue, Receive, GiveBack, Objection}
)
_AFTER = frozenset({Callback, Note, Progress, Issue, GiveBack})
# What leaves the phase 在办, and the acts that alone bring back to it.
_AWAITS: dict[type, tuple[type, ...]] = {
    Handoff: (Accept, Return), Notify: (Supplement,), Suspend: (Resume,),
}  # fmt: skip


@lru_cache(maxsize=10_000)  # a few hundred sequences make up a whole ledger
def _lawful(acts: tuple[type, ...]) -> bool:
    """Return whether the acts lead, one lawful step after another, to a single 办结 and what may follow it.

    A walk and no regular expression: one look at each act, however many there are.
    """
    awaited: tuple[type, ...] = ()
    for place, act in enumerate(acts):
        if act in _STAY:
            continue
        if awaited:
            if act not in awaited:
                return False
            awaited = ()
        elif act is Close:
            return _AFTER.issuperset(acts[place + 1 :])
        elif not (awaited := _AWAITS.get(act, ())):
            return False
    return False


def settled(inquiry: Inquiry, called_back: bool = False) -> bool:
    """Return whether an inquiry is certainly closed and undisputed; False means: replay it.

    With ``called_back`` only one that has its 回访 too.
    """
    events, last = inquiry.events, inquiry.received
    acts = tuple(map(type, events))
    if not _lawful(acts) or called_back and Callback not in acts:
        return False
    if len({event.id for event in events}) < len(events):
        return False
    for event in events:
        if event.at < last or event.at == last and event is not events[0]:
            return False
        last = event.at
        # One named by a leader may not return the matter; one of several may stay with it.
        if type(event) is Handoff and (event.mode == "指定" or event.joint):
            return False
        if type(event) is Instruct and event.designate:
            return False
    return True


def _entries(path: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(path) as found:
            return sorted(found, key=attrgetter("name"))
    except FileNotFoundError:
        return []


def linked(root: str, path: str) -> str:
    """Return the first folder on the way to a path that is a symbolic link; '' if none is."""
    parts = path.split("/")[:-1] if path.endswith(".yaml") else path.split("/")
    for n in range(1, len(parts) + 1):
        here = "/".join(parts[:n])
        if os.path.islink(os.path.join(root, here)):
            return here
    return ""


def is_link(path: str) -> Problem:
    """Return what is said of a link in a record's or a folder's place."""
    return _stray(path, "readable", "是符号链接，不读取", "请移走")


def walk(root: str, folder: str, pattern: re.Pattern[str]) -> Iterator[tuple[str, Problem | None]]:
    """Yield (path from the root, problem) of everything below a folder, by name.

    The problem is set for what is not a record: a link, a stray file, a cloud copy. Hidden
    files (leftovers of a killed write) are no records and no problem.
    """
    if link := linked(root, folder):
        yield link, is_link(link)
        return
    stack = [folder]
    while stack:
        here = stack.pop()
        below: list[str] = []
        try:
            entries = _entries(os.path.join(root, here))
        except OSError as error:
            yield here, Problem(here, 0, "readable", f"目录读不出：{reason(error)}")
            continue
        for entry in entries:
            name = entry.name
            path = f"{here}/{name}"
            record = name[-5:] == ".yaml" and pattern.fullmatch(name, 0, len(name) - 5)
            if record and entry.is_file(follow_symlinks=False):
                yield path, None
            elif name[0] == "." or name.lower() in _OF_DESKTOPS:
                continue
            elif entry.is_symlink():
                yield path, is_link(path)
            elif entry.is_dir():
                if name[-5:] == ".yaml":
                    yield path, _stray(path, "readable", "是目录，不是记录", "请移走")
                below.append(path)
            elif not record:
                hint = "网盘的冲突副本或误放的文件，核对后移走"
                yield path, _stray(path, "file-name", "不是记录的文件名", hint)
            else:
                yield path, _stray(path, "readable", "不是普通文件，不读取", "请移走")
        stack += reversed(below)


def _stray(path: str, check: str, text: str, hint: str) -> Problem:
    # A name need not be UTF-8; what is shown must be.
    shown = path.encode("utf-8", "backslashreplace").decode()
    return Problem(shown, 0, check, text, hint)
