"""What people write, read into the model: settings, regulations, calendar years."""

import os
from datetime import date, datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

import msgspec
from msgspec import ValidationError

from shouwen.core.deadlines.opening_hours import SATURDAY, Hours
from shouwen.core.deadlines.working_days import Calendar, Notice
from shouwen.core.errors import BadData, NotFound, Problem
from shouwen.core.fact import Fact, required
from shouwen.core.office.roster import Config, Season
from shouwen.core.regulation.schema import CLOCKS, Policy, laid_upon
from shouwen.store import atomic_files, replaced, yaml
from shouwen.store.pinpoint import pinpoint
from shouwen.store.record import explain

LEDGER = "ledger.yaml"
OWN = "policies"  # where a ledger keeps its own regulations
Layer = tuple[str, bytes, dict[str, Any]]  # shown path, bytes, values
BASE = "base"  # what the regulations share; none itself
BUILT_IN = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "policies")


def find_root(start: str) -> str:
    """Find the ledger at or above a directory.

    Raises:
        NotFound: there is none.
    """
    here = os.path.abspath(start)
    while True:
        if os.path.lexists(os.path.join(here, LEDGER)):
            return here
        above = os.path.dirname(here)
        if above == here:
            raise NotFound(
                f"{os.path.abspath(start)}: 这里和上级目录都没有台账（{LEDGER}）；"
                "用 -L 指定台账目录，或用 shouwen init 新建"
            )
        here = above


class CalendarYear(Fact, kw_only=True):
    """``calendar/2027.yaml``: days off and make-up workdays; ``complete`` once published.

    Without ``since`` it was always known; with it, it changes nothing that ran out before.
    """

    year: int
    since: str = ""
    complete: bool = False
    source: str = ""
    off: dict[date, str] | tuple[date, ...] = ()
    work: dict[date, str] | tuple[date, ...] = ()


def converted(raw: bytes, path: str, kind: Any, value: Any = None) -> Any:
    """Convert the bytes of a settings file to ``kind``.

    Raises:
        BadData: it is not; the path and line.
    """
    if value is None:
        value = yaml.load(raw, path)
    try:
        return msgspec.convert(value, kind, strict=False)
    except ValidationError as error:
        from shouwen.store.yaml_signs import with_sign

        text = yaml.text_of(raw, path)
        _, lines = yaml.compose(text, path)
        raise BadData(
            [with_sign(explain(pinpoint(error, value, kind), kind, (), lines, path), text)]
        ) from None


def load_calendar(root: str, config: Config, zone: ZoneInfo) -> Calendar:
    """Load the calendar: chinesecalendar's published years, then ``calendar/*.yaml`` over them.

    Raises:
        BadData: a file of the calendar or the opening hours cannot be read as such.
    """
    from chinese_calendar.constants import holidays, workdays

    off, work = set(holidays), set(workdays)
    covered = {day.year for day in off}
    notices = []
    for path, year in calendar_files(root):
        if year.since:
            notices.append(Notice(
                _since(root, path, year, zone), frozenset(year.off), frozenset(year.work),
                frozenset({year.year} if year.complete else ()),
            ))  # fmt: skip
            continue
        if year.complete:
            covered.add(year.year)
        off.difference_update(year.work)  # in place: a century of years is as many files
        off.update(year.off)
        work.difference_update(year.off)
        work.update(year.work)
    try:
        hours = _hours(config)
    except ValueError as error:
        raise BadData([Problem(LEDGER, _line_of(root, "hours"), "keys", f"hours：{error}")]) from None
    if not hours.open_weekdays(date(2000, 1, 3)):
        text = "hours：没有一天上班"
        raise BadData([Problem(LEDGER, _line_of(root, "hours"), "keys", text, "写上工作日的时段")])
    return Calendar(off, work, covered, hours, zone, notices)


def _since(root: str, path: str, year: CalendarYear, zone: ZoneInfo) -> datetime:
    try:
        since = datetime.fromisoformat(year.since)
    except ValueError:
        line = yaml.compose(yaml.text_of(atomic_files.read(os.path.join(root, path), path), path), path)[1]
        text, hint = f"since “{year.since}”不是时间", "写成 2026-08-12 或 2026-08-12T16:00"
        raise BadData([Problem(path, line.get(("since",), 1), "keys", text, hint)]) from None
    return since if since.tzinfo else since.replace(tzinfo=zone)


def _hours(config: Config) -> Hours:
    """Return the opening hours of the settings; ValueError says what they may not be."""

    def of(hours: Any, seasons: tuple[Season, ...]) -> Hours:
        return Hours(hours, [(s.from_, s.until, s.hours) for s in seasons])

    if isinstance(config.hours, dict):
        return of(config.hours, config.seasons)
    if not config.hours or config.hours[0].from_ or not all(use.from_ for use in config.hours[1:]):
        raise ValueError("写成清单时，第一项不写 from，以后各项都写 from")
    first, *rest = config.hours
    later = [(use.from_, of(use.hours, use.seasons or config.seasons)) for use in rest if use.from_]
    usual = [(s.from_, s.until, s.hours) for s in first.seasons or config.seasons]
    if any(not hours.open_weekdays(date(2000, 1, 3)) for _, hours in later):
        raise ValueError("没有一天上班")
    return Hours(first.hours, usual, later)


def calendar_files(root: str) -> list[tuple[str, CalendarYear]]:
    """Return the office's own calendar files with their paths, by name.

    Raises:
        BadData: a file is not a calendar; the path and line.
    """
    folder = os.path.join(root, "calendar")
    found: list[tuple[str, CalendarYear]] = []
    for name in sorted(atomic_files.names(folder, "calendar")):
        if name.endswith(".yaml") and name[0] != ".":
            path = f"calendar/{name}"
            found.append((path, converted(replaced.read(root, path), path, CalendarYear)))
    return found


def overridden(year: CalendarYear) -> list[date]:
    """Return the days on which an undated calendar file departs from an arrangement already published."""
    from chinese_calendar.constants import holidays, workdays

    if year.since or all(day.year != year.year for day in holidays):
        return []

    def works(day: date) -> bool:
        return day in workdays or day.weekday() < SATURDAY and day not in holidays

    return sorted([d for d in year.off if works(d)] + [d for d in year.work if not works(d)])


def policy_ids(root: str = "") -> list[str]:
    """Return ids of the built-in regulations and of those in the ledger's own ``policies/``."""
    own = os.path.join(root, "policies")
    folders = [BUILT_IN, own] if root and os.path.isdir(own) else [BUILT_IN]
    names = {n[:-5] for f in folders for n in atomic_files.names(f, f) if n.endswith(".yaml") and n[0] != "."}
    return sorted(names - {BASE})


def policy_file(path: str) -> tuple[str, str, str]:
    """Return (id, root, folder below it) of a regulation given by its path, wherever it lies.

    Raises:
        NotFound: it is not a file ``编号.yaml``.
    """
    whole = os.path.abspath(path)
    folder, name = os.path.split(whole)
    if not name.endswith(".yaml") or not os.path.isfile(whole):
        raise NotFound(f"“{path}”不是制度文件；写 …/编号.yaml")
    if os.path.basename(folder) == OWN:
        return name[:-5], os.path.dirname(folder), OWN
    return name[:-5], folder, ""


def policy_source(name: str, root: str = "", folder: str = OWN) -> tuple[str, bytes]:
    """Return (shown path, bytes) of a regulation, the ledger's own before the built-in.

    Raises:
        NotFound: no regulation has this id.
    """
    if not name.replace("-", "").replace("_", "").isalnum():
        raise NotFound(f"“{name}”不是制度编号")
    path = f"{OWN}/{name}.yaml"
    if root:
        own = f"{folder}/{name}.yaml" if folder else f"{name}.yaml"
        try:
            return own, replaced.read(root, own)
        except FileNotFoundError:
            pass
    try:
        with open(os.path.join(BUILT_IN, f"{name}.yaml"), "rb") as file:
            return f"shouwen/{path}", file.read()
    except FileNotFoundError:
        from difflib import get_close_matches

        at_hand = policy_ids(root)
        near = get_close_matches(name, at_hand, 3, 0.4) or at_hand
        raise NotFound(f"没有制度“{name}”；可用：{'、'.join(near)}") from None


def own_files(name: str, root: str, folder: str = OWN) -> dict[str, bytes]:
    """Return the files below ``root`` that make up a regulation: its own and those that it extends.

    Raises:
        BadData: a file cannot be read, or ``extends`` goes round in a circle.
        NotFound: there is no such regulation; those there are.
    """
    layers = _layers(name, root, folder=folder)
    own = [(path, raw) for path, raw, _ in layers if not path.startswith("shouwen/")]
    return {f"{OWN}/{os.path.basename(path)}": raw for path, raw in own}


def _layers(name: str, root: str, seen: tuple[str, ...] = (), folder: str = OWN) -> list[Layer]:
    """Return the regulation's files from the base up, each with its shown path."""
    if name in seen:
        raise BadData([Problem(f"policies/{name}.yaml", 1, "keys", "extends 绕成了圈")])
    path, raw = policy_source(name, root, folder)
    value = yaml.load(raw, path)
    if not isinstance(value, dict):
        raise BadData([Problem(path, 1, "keys", "应是“键: 值”的清单")])
    if not isinstance(value.get("extends", ""), str | None):
        line = yaml.compose(yaml.text_of(raw, path), path)[1][("extends",)]
        raise BadData([Problem(path, line, "keys", "extends 应是一部制度的编号", "如 extends: bumen")])
    below: list[Layer] = []
    if value.get("extends"):
        try:
            below = _layers(value["extends"], root, (*seen, name), folder)
        except NotFound:
            line = yaml.compose(yaml.text_of(raw, path), path)[1][("extends",)]
            text = f"extends 的制度“{value['extends']}”没有"
            raise BadData(
                [
                    Problem(
                        path,
                        line,
                        "keys",
                        text,
                        f"通常写 {BASE}；可用：{'、'.join([BASE, *policy_ids(root)])}",
                    )
                ]
            ) from None
    return [*below, (path, raw, value)]


def load_policy(
    name: str, root: str = "", overrides: dict[str, Any] | None = None, folder: str = OWN
) -> Policy:
    """Load a regulation laid over what it extends, and the office's overrides over both.

    Raises:
        NotFound: no regulation has this id.
        BadData: the file and line of everything that is outside the vocabulary.
    """
    policy, problems, _ = survey_policy(name, root, overrides, folder)
    if problems or not policy:
        raise BadData(problems)
    return policy


def survey_policy(
    name: str, root: str = "", overrides: dict[str, Any] | None = None, folder: str = OWN
) -> tuple[Policy | None, list[Problem], list[tuple[str | int, ...]]]:
    """Return a regulation as far as it can be read, what is outside the vocabulary, and where that was taken out.

    Raises:
        NotFound: no regulation has this id.
        BadData: a file is no regulation at all.
    """
    layers = _layers(name, root, folder=folder)
    path, raw, own = layers[-1]
    problems: list[Problem] = []
    if len(layers) == 1 and not required(Policy) <= own.keys():
        text = "没有写 extends，文件没有规定的就没有底本可补"
        problems.append(Problem(path, 1, "keys", text, f"写一行 extends: {BASE}"))
        layers = [*_layers(BASE, ""), *layers]
    value: dict[str, Any] = {}
    for _, _, layer in layers:
        value = laid_upon(value, layer)
    if own.get("id") != name:  # records bear the id, and must find this file by it
        lines = yaml.compose(yaml.text_of(raw, path), path)[1]
        text = f"id 是“{own.get('id', '')}”，与文件名“{name}”不同"
        problems.append(Problem(path, lines.get(("id",), 1), "keys", text, f"写成 id: {name}"))
        value["id"] = name
    if overrides:
        value = laid_upon(value, overrides)
    try:
        policy: Policy | None = msgspec.convert(value, Policy, strict=False)
        mended: list[tuple[str | int, ...]] = []
    except ValidationError:
        from shouwen.store.policy_faults import readable

        policy, more, mended = readable(value, lambda error: _blame(error, layers, root, overrides))
        problems += more
    for clock in policy.limits if policy else ():
        if clock not in CLOCKS:
            place, line = policy_place(name, root, ("limits", clock), folder, overrides)
            text = f"limits 里不认识的时限“{clock}”"
            problems.append(Problem(place, line, "keys", text, f"可用：{'、'.join(CLOCKS)}"))
    return policy, problems, mended


def cited(rules: Any) -> set[str]:
    """Return every ``article`` in values as written: where overrides say whose rule they are."""
    if isinstance(rules, list):
        return set().union(*map(cited, rules))
    if not isinstance(rules, dict):
        return set()
    own = {rules["article"]} if isinstance(rules.get("article"), str) else set()
    return own.union(*map(cited, rules.values()))


def _settings(root: str) -> bytes:
    return atomic_files.read(os.path.join(root, LEDGER), LEDGER)


def _line_of(root: str, key: str) -> int:
    """Return the line of a key of ledger.yaml; 0 where it does not stand there."""
    try:
        text = yaml.text_of(_settings(root), LEDGER)
    except FileNotFoundError:
        return 0
    return yaml.compose(text, LEDGER)[1].get((key,), 0)


def _blame(
    error: ValidationError, layers: list[Layer], root: str, overrides: dict[str, Any] | None
) -> Problem:
    """Return the problem in the topmost file that has the key in question."""
    from shouwen.store.yaml_signs import with_sign

    best = None
    if overrides:
        text = yaml.text_of(_settings(root), LEDGER)
        lines = yaml.compose(text, LEDGER)[1]
        best = with_sign(explain(error, Policy, ("overrides",), lines, LEDGER), text)
        if best.line == lines.get(("overrides",), 1):
            best = None  # not from there
    for path, raw, _ in layers[::-1]:
        text = yaml.text_of(raw, path)
        lines = yaml.compose(text, path)[1]
        problem = with_sign(explain(error, Policy, (), lines, path), text)
        if best is None or problem.line > 1 and best.line <= 1:
            best = problem
    return cast(Problem, best)


def _stands_in(value: Any, where: tuple[Any, ...]) -> bool:
    """Return whether values as written have a place: whatever stands there is theirs, not of what is below."""
    for step in where:
        if not (step in value if isinstance(value, dict) else isinstance(step, int) and step < len(value)):
            return False
        value = value[step]
    return bool(where)


def policy_place(
    name: str, root: str, where: tuple[Any, ...], folder: str = OWN, overrides: dict[str, Any] | None = None
) -> tuple[str, int]:
    """Return (path, line) of a key of a regulation, in the topmost of its files that has it.

    The office's ``overrides`` in ledger.yaml lie above them all.

    Raises:
        BadData: a file cannot be read, or ``extends`` goes round in a circle.
        NotFound: there is no such regulation; those there are.
    """
    if _stands_in(overrides or {}, where):
        lines = yaml.compose(yaml.text_of(_settings(root), LEDGER), LEDGER)[1]
        return LEDGER, lines.get(("overrides", *where), 1)
    best = (f"policies/{name}.yaml", 1, 0)
    for path, raw, _ in _layers(name, root, folder=folder)[::-1]:
        lines = yaml.compose(yaml.text_of(raw, path), path)[1]
        depth = next(n for n in range(len(where), -1, -1) if where[:n] in lines)
        if depth > best[2]:
            best = (path, lines[where[:depth]], depth)
    return best[0], best[1]
