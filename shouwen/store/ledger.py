"""A ledger directory: its settings read once, its records found, read, created, appended to."""

import os
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from shouwen.core.accountability.case import Case
from shouwen.core.deadlines.working_days import Calendar
from shouwen.core.errors import BadData, Changed, Conflict, NotFound, Problem, Usage
from shouwen.core.inquiry.confidential import event_parted, joined, parted, secret
from shouwen.core.inquiry.events import Event
from shouwen.core.inquiry.header import Inquiry
from shouwen.core.matter import Matter
from shouwen.core.office.roster import Config, Office
from shouwen.core.regulation.schema import Policy
from shouwen.core.rulebook import Rules
from shouwen.store import atomic_files, private_parts, replaced, scan
from shouwen.store.ids import ARCHIVE, LIVE, SANCTIONS, find_record, pattern, random_letters
from shouwen.store.parallel import halves
from shouwen.store.placing import own, place, still_there
from shouwen.store.record import Record, appended, decode, encode, kind_of
from shouwen.store.roster_file import Roster
from shouwen.store.settings import converted, load_calendar, load_policy
from shouwen.store.tally import Tally

if TYPE_CHECKING:  # most commands have no memo, and each import is a start's
    from shouwen.store.memo import Memo, Noted, Recalled

CONFIG = "ledger.yaml"
FORMAT = 1  # of ledgers that this program understands
R = TypeVar("R")


class Ledger:
    """One ledger. Reading never writes; what cannot be read is reported, never skipped."""

    def __init__(self, root: str, remembers: bool = False):
        """Open the ledger at ``root`` (NotFound without a ledger.yaml); one that ``remembers`` has a memo."""
        self.root = os.path.abspath(root)
        replaced.settled(self.root)
        if not replaced.there(self.root, CONFIG):
            raise NotFound(f"{root}: 不是台账目录（没有 {CONFIG}）；新建用 shouwen init")
        self._policies: dict[str, Policy] = {}
        self._remembers = remembers
        self._settings_before = b""

    def _file(self, name: str) -> bytes:
        return replaced.read(self.root, name)

    @cached_property
    def config(self) -> Config:
        """Read ledger.yaml, once.

        Raises:
            BadData: a value is not what it should be, or the format is a newer one.
        """
        if self._remembers:  # asked before anything is read, so that a change meanwhile shows
            from shouwen.store.memo import settings_version

            self._settings_before = settings_version(self.root)
        raw = self._file(CONFIG)
        found: Config = converted(raw, CONFIG, Config)
        if found.format != FORMAT:
            line = next((n for n, text in enumerate(raw.split(b"\n"), 1) if text.startswith(b"format")), 0)
            text = f"format 是 {found.format}，这个程序只认 {FORMAT}"
            raise BadData([Problem(CONFIG, line, "keys", text, "换用新版本的 shouwen，不要改这个数")])
        return found

    def _listed(self, name: str, kind: Any, default: Any) -> Any:
        try:
            return converted(self._file(name), name, kind)
        except FileNotFoundError:
            return default

    @cached_property
    def office(self) -> Office:
        """Settings, departments, staff and matters."""

        config = self.config
        roster = self._listed("staff.yaml", Roster, Roster())
        matters = self._listed("matters.yaml", dict[str, Matter] | None, {})
        return Office(
            config=config, departments=roster.departments, staff=roster.staff,
            matters=matters or {},
        )  # fmt: skip

    @cached_property
    def zone(self) -> ZoneInfo:
        """The ledger's time zone: what "today" means, wherever the machine stands.

        Raises:
            BadData: no such zone.
        """
        try:
            return ZoneInfo(self.config.timezone)
        except (ZoneInfoNotFoundError, ValueError):
            raise BadData(
                [Problem(CONFIG, 0, "keys", f"不认识的时区“{self.config.timezone}”",
                         "中国写 Asia/Shanghai")]
            ) from None  # fmt: skip

    @cached_property
    def calendar(self) -> Calendar:
        """Working days: the published arrangement, then the ledger's calendar/*.yaml."""
        return load_calendar(self.root, self.config, self.zone)

    def policy(self, name: str) -> Policy:
        """Return a regulation by id, the office's own first; NotFound with the near names."""
        if name not in self._policies:
            self._policies[name] = load_policy(name, self.root, self.config.overrides)
        return self._policies[name]

    def rules(self, policy: str) -> Rules:
        """Return what an inquiry or case under a regulation is judged by."""
        return Rules(self.policy(policy), self.office, self.calendar)

    def now(self) -> datetime:
        """Return the present in the ledger's zone; ``SHOUWEN_NOW`` stands in for rehearsals.

        Raises:
            Usage: ``SHOUWEN_NOW`` is no time.
        """
        rehearsed = os.environ.get("SHOUWEN_NOW")
        if rehearsed:
            try:
                moment = datetime.fromisoformat(rehearsed)
            except ValueError:
                raise Usage(f"SHOUWEN_NOW=“{rehearsed}”不是时间，写成 2026-11-23T09:15") from None
            return moment.replace(tzinfo=moment.tzinfo or self.zone).astimezone(self.zone)
        return datetime.now(self.zone).replace(microsecond=0)

    @staticmethod
    def tally() -> Tally:
        """Return a fresh count for ``records``."""
        return Tally()

    def memo(self, now: datetime, job: str, settled: str = "") -> "Memo | None":
        """Return what is known from earlier runs for a job (its name and options); None if nothing is to be.

        ``settled`` names the rule by which the job passes over records; '' if it passes over none.
        """
        if not self._remembers:
            return None
        self.config  # noqa: B018 - the version of the settings is asked before they are read
        from shouwen.store.memo import opened

        return opened(self.root, self._settings_before, now, job, settled)

    # Records

    def path(self, name: str, folder: str = "") -> str:
        """Return where a record of this id lies (from the root), by its date."""
        if name[:1] == "S":
            return f"{SANCTIONS}/{name[1:5]}/{name}.yaml"
        return f"{folder or LIVE}/{name[:4]}/{name[4:6]}/{name}.yaml"

    def read(self, path: str) -> Record:
        """Read a record by its path from the root.

        Raises:
            NotFound: there is no such file.
            BadData: it is no record; every problem with its line.
        """
        try:
            place(self.root, path)
            record = decode(kind_of(path), replaced.read(self.root, path), path)
        except FileNotFoundError:
            raise NotFound(f"{path}: 没有这条记录") from None
        return own(record)

    def records(
        self, *folders: str, open_only: bool = False, called_back: bool = False,
        wanted: Callable[[bytes], bool] | None = None, tally: Tally | None = None,
    ) -> Iterator[Record | list[Problem]]:  # fmt: skip
        """Yield every record of the folders by name, or the problems of one that cannot be read.

        A folder is one of the three, or a month of it: ``inquiries/2026/11``.
        ``open_only`` passes over what is plainly settled (see ``scan.settled``) once it has been
        read and validated, ``wanted`` over every file whose bytes it does not want; ``tally``
        counts them all.
        """
        yield from self._read(self.files(*folders), open_only, called_back, wanted, tally)

    def parts(
        self, work: "Callable[[Iterator[Record | Recalled | list[Problem]]], R]", *folders: str,
        open_only: bool = False, called_back: bool = False, wanted: Callable[[bytes], bool] | None = None,
        tally: Tally | None = None, memo: "Memo | None" = None,
    ) -> list[R]:  # fmt: skip
        """Return what ``work`` makes of ``records``: of all, or of each half where two processes pay.

        With a ``memo`` what it knows comes in the place of a record, and what is settled is passed
        over by it; what ``work`` keeps in it is there for the next run. A ``tally`` counts the bytes
        in their order, so that one process reads them.
        """
        files = list(self.files(*folders))

        def part(some: Iterable[tuple[str, Problem | None]]) -> "tuple[R, Noted | None]":
            made = work(self._read(some, open_only, called_back, wanted, tally, memo))
            return made, memo.noted() if memo else None

        done = [part(files)] if tally else halves(part, files)
        if memo:
            memo.save(noted for _, noted in done if noted)
        return [made for made, _ in done]

    def files(self, *folders: str) -> Iterator[tuple[str, Problem | None]]:
        """Walk the files of the folders: each path, or what is wrong with it."""
        for folder in folders:
            yield from scan.walk(self.root, folder, pattern(folder))

    def _read(
        self, files: Iterable[tuple[str, Problem | None]], open_only: bool, called_back: bool,
        wanted: Callable[[bytes], bool] | None, tally: Tally | None = None, memo: "Memo | None" = None,
    ) -> Iterator[Any]:  # fmt: skip
        for path, problem in files:
            if problem:
                yield [problem]
                continue
            try:
                raw = replaced.read(self.root, path, listed=True)
                if tally:
                    tally.add(path, raw)
                if wanted and not wanted(raw):
                    continue
                if memo and (known := memo.known(path, raw)) is not None:
                    yield from known
                    continue
                record = self.decoded(path, raw)
                if not (open_only and scan.settled(record.content, called_back)):
                    yield record
                elif memo:
                    memo.settle(path, raw)
            except FileNotFoundError:
                continue  # archived or removed while we looked
            except BadData as error:
                yield error.problems

    def decoded(self, path: str, raw: bytes) -> Record:
        """Return the record that lies at a path.

        Raises:
            BadData: the bytes are none, or it belongs elsewhere.
        """
        record = decode(kind_of(path), raw, path)
        return own(record, self.path(record.content.id, path.partition("/")[0]))

    def ids(self, *folders: str) -> Iterator[tuple[str, str]]:
        """Yield (id, path) of all records from file names alone."""
        for path, problem in self.files(*folders):
            if not problem:
                yield path.rsplit("/", 1)[1][:-5], path

    def listed(self, *folders: str) -> tuple[list[str], list[Problem]]:
        """Return paths of all record files, and what stands in the way of seeing every one, from one look."""
        paths, problems = [], []
        for path, problem in self.files(*folders):
            if not problem:
                paths.append(path)
            elif problem.check == "readable":
                problems.append(problem)
        return paths, problems

    def settings(self) -> list[str]:
        """Return paths of the files that people write, as far as they are there."""
        names = [CONFIG, "staff.yaml", "matters.yaml", ".gitattributes", ".gitignore"]
        return [n for n in names if os.path.lexists(os.path.join(self.root, n))]

    def keep(self, path: str, raw: bytes) -> None:
        """Lay a copy of a record beside it, hidden, before a repair changes it."""
        folder, name = os.path.split(path)
        for n in range(100):
            copy = f"{folder}/.{name}{f'.{n}' if n else ''}.bak"
            try:
                atomic_files.create(os.path.join(self.root, copy), raw, copy, shared=True)
                return
            except FileExistsError:
                continue

    def find(self, text: str, *folders: str) -> str:
        """Find the path of the one record that an id, or a unique part of its letters, means.

        Case does not matter and O, I, L are taken as 0, 1, 1, as heard on the phone.

        Raises:
            NotFound: none, or more than one.
            BadData: a folder that may hold it cannot be listed.
        """
        return find_record(self, text, folders or (LIVE, ARCHIVE))

    def create(self, content: Inquiry | Case) -> Record:
        """Return a new record on disk under its id; FileExistsError if the id is taken (draw another).

        Who asked what of a confidential inquiry goes to ``private/``, before the record is there.
        """
        apart = None
        if isinstance(content, Inquiry) and secret(content):
            content, apart = parted(content, self._duty_words(content.policy))
        path = self.path(content.id)
        record = decode(type(content), encode(content), path)
        with atomic_files.lock(self.root):
            full = place(self.root, path)
            if apart:
                private_parts.begin(self.root, apart)
            try:
                atomic_files.create(full, record.raw, path, shared=True)
            except BaseException as error:
                taken = isinstance(error, FileExistsError)
                if apart and (taken or not os.path.lexists(full)):
                    private_parts.take_back(self.root, content.id)
                raise
        return record

    def add(self, content: Inquiry | Case, moment: datetime, mark: str = "") -> Record:
        """Write a new record under a fresh id of the moment's day.

        Raises:
            Conflict: eight ids in a row were taken, or the disk failed.
        """
        for _ in range(8):
            try:
                return self.create(msgspec.structs.replace(content, id=self.new_id(moment, mark)))
            except FileExistsError:
                continue
        raise Conflict("连续取到已用的编号，请再做一次")

    def whole(self, inquiry: Inquiry) -> Inquiry:
        """Return an inquiry with its private part, as far as this machine has it."""
        apart = private_parts.read(self.root, inquiry.id) if secret(inquiry) else None
        return joined(inquiry, apart) if apart else inquiry

    def _duty_words(self, policy: str) -> list[str]:
        """Return words that the regulation's duties look for in free text; they name nobody."""
        try:
            duties = self.policy(policy).duties.values()
        except (NotFound, BadData):
            return []
        return sorted({w for duty in duties if duty for w in (*duty.exempt, *duty.phrases)} - {"匿名"})

    def append(self, record: Record, *events: Event) -> Record:
        """Write more events at the end of a record, all or none; return the record as it then stands.

        What they say of whom or what in a confidential inquiry goes to ``private/`` first.

        Raises:
            Changed: the file is no longer the record.
            Conflict: the disk failed.
            BadData: the result could not be read back.
        """
        content = record.content
        kept: dict[str, Any] = {}
        if isinstance(content, Inquiry) and secret(
            msgspec.structs.replace(content, events=(*content.events, *events))
        ):
            pairs = [event_parted(event, self._duty_words(content.policy)) for event in events]
            events = tuple(event for event, _ in pairs)
            kept = {event.id: apart for event, apart in pairs if apart}
        with atomic_files.lock(self.root):
            path = place(self.root, record.path)
            try:
                now = atomic_files.read(path, record.path)
            except FileNotFoundError:
                raise Changed(f"{record.path}: 记录刚被移走，请再做一次") from None
            if now != record.raw:
                raise Changed(f"{record.path}: 刚被别人改过，请再做一次")
            new = appended(record, *events)
            known = {e.id for e in content.events}
            with private_parts.beside(self.root, content.id, kept, known, (path, new)):
                atomic_files.replace(path, record.raw, new, record.path)
            still_there(path, record.path, new)
        return decode(type(record.content), new, record.path)

    def move(self, path: str, folder: str) -> str:
        """Move a record between ``inquiries`` and ``archive``; its new path from the root."""
        new = self.path(path.rsplit("/", 1)[1][:-5], folder)
        with atomic_files.lock(self.root):
            atomic_files.move(place(self.root, path), place(self.root, new), new)
        return new

    def sweep(self) -> None:
        """Take away hidden files that killed writers left among the records long ago."""
        for folder in (LIVE, ARCHIVE, SANCTIONS, private_parts.FOLDER):
            for here, _, _ in os.walk(os.path.join(self.root, folder)):
                atomic_files.sweep(here, self.now().timestamp())

    def rewrite(self, record: Record, new: bytes) -> None:
        """Put other bytes in a record's place (fmt, repair); Changed if it is no longer the record."""
        with atomic_files.lock(self.root):
            atomic_files.replace(place(self.root, record.path), record.raw, new, record.path)

    def new_id(self, moment: datetime, mark: str = "") -> str:
        """Return a fresh id: mark, local date, six random letters."""
        return f"{mark}{moment.astimezone(self.zone):%Y%m%d}-{random_letters(6)}"
