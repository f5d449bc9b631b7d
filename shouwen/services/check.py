"""Check a ledger: everything wrong with it, in one run, without changing anything."""

import os
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from msgspec import Struct, field, msgpack

from shouwen.core.accountability.case_findings import APPEAL, ELEMENTS, ONCE, case_findings
from shouwen.core.accountability.lifecycle import CaseState, replay_case
from shouwen.core.deadlines.overdue import FOR_GOOD
from shouwen.core.errors import BadData, NotFound, Problem
from shouwen.core.inquiry.lifecycle import State, replay
from shouwen.core.integrity.checks import check_case, check_inquiry
from shouwen.core.integrity.roster import check_office, seats_left
from shouwen.core.regulation.schema import Policy
from shouwen.services.desk import Desk
from shouwen.services.reading import sound
from shouwen.services.regulations import policy_faults
from shouwen.store import atomic_files, private_parts
from shouwen.store.exposure import committed, exposed
from shouwen.store.git import in_repository, resolve
from shouwen.store.ledger import Ledger
from shouwen.store.lots import lots, worked
from shouwen.store.memo import Memo
from shouwen.store.record import Record
from shouwen.store.roster_lines import placed, wide_quotes
from shouwen.store.seal import broken, is_seal
from shouwen.store.settings import LEDGER, OWN, own_files
from shouwen.store.yaml_signs import quoted_wide

LARGEST_SEAL = 1 << 28
INQUIRIES, CASES = ("inquiries", "archive"), "sanctions"


class LookedAt(Struct):
    """What a look at some of the records gave: problems, ids and paths, what was kept of them."""

    problems: list[Problem] = field(default_factory=list)
    places: list[tuple[str, str]] = field(default_factory=list)
    kept: dict[str, Any] = field(default_factory=dict)
    until: datetime = FOR_GOOD


Visit = Callable[[Record, State, dict[str, Any]], datetime | None]
Read = Iterator[Record | list[Problem]]


class Remembered(Struct):
    """Lots of inquiries known to be sound, and how what a visitor kept of them is read again."""

    memo: Memo
    decoder: msgpack.Decoder[Any]


def problems_of(
    desk: Desk, layout_too: bool = True, visit: Visit | None = None, remembered: Remembered | None = None
) -> tuple[list[Problem], int, list[dict[str, Any]]]:
    """Return all problems of the ledger, sorted by place, and how many records were looked at.

    ``visit`` is shown every inquiry that reads well with what it replays to, so that nobody
    need read the ledger a second time. What it keeps in the mapping it is given comes last, in
    one or more parts; it returns until when it would keep just that, None for always.

    Raises:
        BadData: the zone, the hours or a calendar file cannot be read.
    """
    ledger = desk.ledger
    gone = seats_left(ledger.office, desk.now.date()) if layout_too else ()  # decides no count
    found: list[Problem] = placed([*check_office(ledger.office), *gone], ledger.root)
    found += wide_quotes(ledger.root)
    found += _calendar(desk)
    found += _policies(desk, layout_too)
    parts = list(_lots(desk, layout_too, visit, remembered))
    cases = LookedAt()
    states = [
        (record, replay_case(record.content))
        for record, _ in _regulated(desk, ledger.records(CASES), layout_too, cases)
    ]
    seen: set[str] = set()
    for part in (*parts, cases):
        found += part.problems
        for name, path in part.places:
            if name in seen:
                found.append(Problem(path, 1, "id-matches-path", f"编号 {name} 另有一份", "留一份"))
            seen.add(name)
    found += _cases(desk, states, seen)
    found += _private(desk, seen)
    return sorted(set(found)), sum(len(p.places) for p in (*parts, cases)), [p.kept for p in parts]


def _lots(
    desk: Desk, layout_too: bool, visit: Visit | None, remembered: Remembered | None
) -> Iterator[LookedAt]:
    """Yield what a look at the inquiries gave; of lots that were sound the last time, what is remembered.

    Only that nothing was wrong is ever remembered: whatever is wrong was found just now.
    """
    ledger, now = desk.ledger, desk.now
    memo = remembered.memo if remembered else None

    def look(records: Read) -> LookedAt:
        return _inquiries(desk, records, now, layout_too, visit)

    for lot, found in worked(ledger, look, lots(ledger, INQUIRIES), memo):
        if not isinstance(found, bytes):
            yield from found
            if memo and not any(part.problems for part in found):
                kept = msgpack.encode([part.kept for part in found])
                memo.keep(lot.folder, lot.digest, kept, min(part.until for part in found))
        elif remembered:
            yield LookedAt(places=[(path.rsplit("/", 1)[1][:-5], path) for path, _ in lot.files])
            yield from (LookedAt(kept=kept) for kept in remembered.decoder.decode(found))
    if memo:
        memo.save([memo.noted()])


def _regulated(
    desk: Desk, records: Read, layout_too: bool, looked: LookedAt
) -> Iterator[tuple[Record, Policy]]:
    """Yield (record, its regulation) of all that read well; what is wrong with the others is added."""
    for record in sound(desk, records, looked.problems):
        content = record.content
        looked.places.append((content.id, record.path))
        if layout_too and not (record.canonical and _in_order(record)):
            text = "手工改过，不是一行一事的形式"
            looked.problems.append(Problem(record.path, 1, "canonical", text, "运行 shouwen fmt"))
        if not record.canonical:
            raw = record.raw.decode("utf-8", "replace")
            signs = (Problem(record.path, s.line, "keys", str(s), s.hint) for s in quoted_wide(raw))
            looked.problems += signs
        try:
            policy = desk.ledger.policy(content.policy)
        except (NotFound, BadData) as error:
            line = record.line("policy")
            looked.problems.append(Problem(record.path, line, "known-policy", str(error)))
            continue
        yield record, policy


def _inquiries(desk: Desk, records: Read, now: datetime, layout_too: bool, visit: Visit | None) -> LookedAt:
    looked, office = LookedAt(), desk.ledger.office
    for record, policy in _regulated(desk, records, layout_too, looked):
        content = record.content
        state = replay(content)
        if visit and (until := visit(record, state, looked.kept)):
            looked.until = min(looked.until, until)
        if record.path.startswith("archive/") and not state.closed:
            text = "归档了却没有办结，夜间报告读不到"
            hint = f"用 shouwen note {content.id} 记一笔，就移回 inquiries"
            looked.problems.append(Problem(record.path, 1, "archived-open", text, hint))
        for name, event, text, hint in check_inquiry(state, content, policy, office, now):
            looked.problems.append(Problem(record.path, record.line(event), name, text, hint))
    return looked


def _in_order(record: Record) -> bool:
    """Return whether the header's keys stand in their usual order."""
    head = record.raw.partition(b"\nevents:")[0].decode("utf-8", "replace")
    keys = [line.partition(":")[0] for line in head.split("\n") if line[:1] != "#"]
    usual = [key for key in record.content.__struct_encode_fields__ if key in keys]
    return keys == usual


def _cases(desk: Desk, states: list[tuple[Record, CaseState]], seen: set[str]) -> Iterator[Problem]:
    ledger = desk.ledger
    by_policy: dict[str, list[tuple[Record, CaseState]]] = {}
    for record, state in states:
        by_policy.setdefault(state.case.policy, []).append((record, state))
    for name, pairs in by_policy.items():
        policy = ledger.policy(name)
        for record, state in pairs:
            for check, event, text, hint in check_case(state, ledger.office, policy, desk.now, seen):
                yield Problem(record.path, record.line(event), check, text, hint)
    known = [pair for pairs in by_policy.values() for pair in pairs]
    results = case_findings(ledger.policy, [s for _, s in known], ledger.zone, ledger.office)
    for record, state in known:
        for finding in results[state.case.id]:
            if name := CASE_CHECKS.get(finding.name, "decision" if finding.refuse else ""):
                line = record.line(finding.event)
                yield Problem(record.path, line, name, f"{finding.name}：{finding.text}")


# The findings of a case that are problems of the ledger, where not by their being refused.
CASE_CHECKS = {"争议": "", ONCE: "decision", APPEAL: "appeal", ELEMENTS: "elements"}


def _policies(desk: Desk, rules_too: bool) -> Iterator[Problem]:
    """Yield regulations in use that are not there and, if asked, what is wrong in the office's own words."""
    root, config = desk.ledger.root, desk.ledger.config
    for name in config.policies():
        faults: list[Problem] = []
        try:
            desk.ledger.policy(name)
            if rules_too and (config.overrides or own_files(name, root)):
                faults = policy_faults(name, root, OWN, config.overrides)
        except NotFound as error:
            yield Problem("ledger.yaml", 0, "known-policy", str(error))
        yield from (fault for fault in faults if fault.path == LEDGER or fault.path.startswith(f"{OWN}/"))


def _private(desk: Desk, seen: set[str]) -> Iterator[Problem]:
    """Yield private parts without a record, unreadable, or where git would carry them away."""
    root = desk.ledger.root
    try:
        kept = private_parts.names(root)
    except BadData as error:
        yield from error.problems
        return
    for name in kept:
        path = private_parts.path_of(name)
        if name not in seen:
            yield Problem(path, 0, "private", "没有对应的记录", "受理时中断留下的，核对后移走")
        try:
            private_parts.read(root, name)
        except BadData as error:
            yield from error.problems
    for name in sorted(private_parts.begun(root)):
        text, hint = "清除做到一半，记录里还没有写明", f"再运行一次 shouwen purge {name}"
        yield Problem(private_parts.path_of(name), 0, "private", text, hint)
    yield from exposed(root)


def _calendar(desk: Desk) -> Iterator[Problem]:
    from shouwen.store.settings import calendar_files, overridden

    desk.ledger.calendar  # noqa: B018 - zone, hours and files must be readable at all
    for path, year in calendar_files(desk.ledger.root):
        if days := overridden(year):
            some = "、".join(map(str, days[:3])) + ("等" if len(days) > 3 else "")
            text = f"改了已公布的 {some}，没有写明何时公布，期满的时限会跟着改判"
            yield Problem(
                path, 0, "calendar-since", text, "写上 since: 公布的时间；以后用 shouwen calendar change"
            )
        for day in (*year.off, *year.work):
            if day.year != year.year:
                yield Problem(path, 0, "calendar", f"{day} 不是 {year.year} 年的日子", "放进那一年的文件")
        for day in sorted(set(year.off) & set(year.work)):
            yield Problem(path, 0, "calendar", f"{day} 同时写成放假和上班", "删去一处")


_REVISION = re.compile("[0-9a-f]{7,64}")  # what only the history can have lost; any other word may be a slip


def history_problems(ledger: Ledger, since: str) -> Iterator[Problem]:
    """Yield what is no longer there since a revision, "auto", "all", a report's anchor or a seal, to this day.

    A seal, and the counts of an anchor made outside git, need no repository.

    Raises:
        BadData: the seal itself was changed.
        NotFound: no revision, anchor or seal is called so.
        GitError: git failed; its own words.
        NotStarted: the system could not start git.
    """
    from shouwen.store.anchor import ANCHOR, as_copied, fewer

    root = ledger.root
    if (raw := _seal(since)) is not None:
        yield from broken(ledger, raw, since)
        return
    since = as_copied(since)
    anchor = ANCHOR.fullmatch(since)
    if anchor and anchor[1] == "无" and not in_repository(root):
        yield from fewer(root, since)
        return
    from shouwen.store.history import History, borrowed, default_since

    history = History(root)
    if (
        not anchor
        and since not in ("auto", "all")
        and not _REVISION.fullmatch(since)
        and not resolve(root, since)
    ):
        raise NotFound(
            f"没有叫“{since}”的版本、台账锚或封存文件：台账锚照报告末尾的写全，封存文件写它的路径；auto 为上游分支，all 为全部"
        )
    if anchor:
        yield from history.check_anchor(since)
        since = anchor[1] if anchor[1] != "无" else "all"
    since = default_since(root) if since == "auto" else since
    yield from committed(root, since)
    yield from borrowed(root)
    yield from history.check(since)
    yield from history.check_work_tree()


def _seal(path: str) -> bytes | None:
    """Return the bytes of a seal, if that is what a path leads to; a revision of that name is none."""
    if not os.path.isfile(path):
        return None
    raw = atomic_files.read(path, path, largest=LARGEST_SEAL)
    return raw if is_seal(raw) else None
