"""Due times as an iCalendar object (RFC 5545) that a calendar program subscribes to or opens.

Written out here and read back by the library ``icalendar`` in the tests (docs/decisions/0026).
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import blake2b

from msgspec import Struct

from shouwen.render.values import safe

_MOST = 75  # octets of a line, its end aside
# An object must hold something: without events that is the zone that all its times are in.
_NOTHING = (
    "BEGIN:VTIMEZONE", "TZID:Etc/UTC", "BEGIN:STANDARD", "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0000", "TZOFFSETTO:+0000", "END:STANDARD", "END:VTIMEZONE",
)  # fmt: skip


class Waiting(Struct):
    """An open inquiry for a calendar: masked, with what it waits for.

    ``due`` is when the first of its limits runs out; ``lines`` say each of them and whose it is.
    """

    id: str
    subject: str
    due: datetime
    lines: list[str]
    red: bool = False
    provisional: bool = False
    ledger: str = ""


def calendar_text(title: str, waiting: Iterable[Waiting], now: datetime) -> str:
    """Write one event an inquiry, in the order of its due time; the same inquiry always has the same UID.

    Where ledgers have the same id (one is a copy of the other), the ledger's name is part of the UID of the later ones.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//shouwen//shouwen//ZH", "CALSCALE:GREGORIAN",
             "METHOD:PUBLISH", _text("X-WR-CALNAME", title)]  # fmt: skip
    events = sorted(waiting, key=lambda w: (w.due, w.id, w.ledger))
    seen: set[str] = set()
    for each in events:
        lines += _event(each, f"{each.id}.{_mark(each.ledger)}" if each.id in seen else each.id, now)
        seen.add(each.id)
    lines += [*([] if events else _NOTHING), "END:VCALENDAR"]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def limit_line(clock: str, due: str, standing: str, cited: str) -> str:
    """Return a limit in a line: 办结：至 2026-11-26 17:30，还剩3个工作日（第四条）."""
    return f"{clock}：至 {due}" + (f"，{standing}" if standing else "") + (f"（{cited}）" if cited else "")


def _mark(name: str) -> str:
    return blake2b(name.encode(), digest_size=6).hexdigest()


def _event(one: Waiting, uid: str, now: datetime) -> list[str]:
    mark = "超期：" if one.red else ""
    return [
        "BEGIN:VEVENT",
        f"UID:{uid}@shouwen",
        f"DTSTAMP:{_utc(now)}",
        f"DTSTART:{_utc(one.due)}",
        _text("SUMMARY", f"{mark}{one.subject}" + ("（暂定）" if one.provisional else "")),
        _text("DESCRIPTION", "\n".join([*([one.ledger] if one.ledger else []), one.id, *one.lines])),
        _text("CATEGORIES", "红牌" if one.red else "期限"),
        f"STATUS:{'TENTATIVE' if one.provisional else 'CONFIRMED'}",
        f"PRIORITY:{1 if one.red else 5}",
        "TRANSP:TRANSPARENT",  # a limit keeps nobody busy
        "END:VEVENT",
    ]


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(name: str, value: str) -> str:
    """Return a property of text; what would end it or stand for something else is escaped."""
    shown = "\n".join(safe(line) for line in value.split("\n")).replace("\\", "\\\\")
    return f"{name}:" + shown.replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Return a line of at most 75 octets; a longer one goes on in the next behind a blank, no character cut in two."""
    parts, size = [""], 0
    for char in line:
        width = len(char.encode())
        if size + width > _MOST:
            parts.append("")
            size = 1  # the blank
        parts[-1] += char
        size += width
    return "\r\n ".join(parts)
