"""A year's arrangement in the form that holiday-cn publishes, as a calendar file."""

import re
from datetime import date, datetime

import msgspec

from shouwen.core.errors import BadData, Problem
from shouwen.core.vocabulary import clean


class _Day(msgspec.Struct):
    name: str
    date: date
    isOffDay: bool  # noqa: N815 - the publisher's key


class _Year(msgspec.Struct):
    year: int
    papers: list[str] = []
    days: list[_Day] = []


def _quoted(text: str) -> str:
    """Return the text as a YAML value on one line, whatever the publisher wrote."""
    return msgspec.json.encode(clean(text)).decode()


# The publisher's page of a notice has its day in its address: …/content/2025-11/04/content_….htm
_ANNOUNCED = re.compile(r"/(20\d\d)-?(\d\d)/(\d\d)/")


def _announced(papers: list[str]) -> str:
    """Return the day on which the first notice was published, as its address says it, or ''."""
    found = _ANNOUNCED.search(papers[0]) if papers else None
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat() if found else ""
    except ValueError:
        return ""


def change_file(days: list[date], off: bool, since: datetime, source: str) -> bytes:
    """Write days of one year that were declared off, or working, after its arrangement: bytes of a calendar file."""
    lines = [
        f"# {since:%Y-%m-%d %H:%M} 公布",
        f"year: {days[0].year}",
        f"since: {_quoted(since.isoformat(timespec='minutes'))}",
    ]
    lines += [f"source: {_quoted(source)}"] if source else []
    lines += ["off:" if off else "work:", *(f"- {day}" for day in days)]
    return ("\n".join(lines) + "\n").encode()


# The festivals that every year's arrangement has (全国年节及纪念日放假办法), and how else they are written.
FESTIVALS = (
    ("元旦", "新年"), ("春节",), ("清明",), ("劳动节", "五一"), ("端午",), ("中秋",), ("国庆", "十一"),
)  # fmt: skip


def _missing(days: list[_Day]) -> list[str]:
    """Return the festivals that no day off is named after: with any, it is not the arrangement of a year."""
    said = "".join(d.name for d in days if d.isOffDay)
    return [names[0] for names in FESTIVALS if not any(name in said for name in names)]


def year_file(raw: bytes, path: str) -> tuple[int, bytes, list[str]]:
    """Convert a published holiday file: (year, bytes of calendar/YEAR.yaml, festivals that it lacks).

    A notice may change days of the December before; those belong to that year's own file. Only what has all
    festivals is the year's whole arrangement: else the year stays provisional.

    Raises:
        BadData: it is no such file, or holds no days.
    """
    try:
        year = msgspec.json.decode(raw, type=_Year)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise BadData(
            [Problem(path, 0, "calendar", "不是 holiday-cn 的 JSON", "下载该年的 年.json")]
        ) from None
    days = [d for d in year.days if d.date.year == year.year]
    if not days:
        raise BadData([Problem(path, 0, "calendar", f"{year.year} 年还没有内容", "等放假通知公布后再录入")])
    missing = _missing(days)
    lines = [f"# {year.year} 年放假安排", f"year: {year.year}", f"complete: {'false' if missing else 'true'}"]
    if year.papers:
        lines.append(f"source: {_quoted(year.papers[0])}")
    if since := _announced(year.papers):
        lines.append(f"since: {since}")
    for key, off in (("off", True), ("work", False)):
        chosen = [d for d in days if d.isOffDay is off]
        lines += [f"{key}:"] if chosen else []
        lines += [f"  {d.date}: {_quoted(d.name)}" for d in chosen]
    return year.year, ("\n".join(lines) + "\n").encode(), missing
