"""A lake: facts of many offices as Parquet in Hive partitions, beside them what each office has put there.

``DIR/TABLE/office=…/year=…/month=…/part-DIGEST.parquet``, and ``DIR/_lake/OFFICE.json`` that names
every file of an office with its length and digest. A file is whole before it has its name, and it
counts once the office names it: what is read is always one export, whole. pyarrow is imported here only.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib import import_module
from typing import Any
from urllib.parse import quote

import msgspec
from msgspec import Struct

from shouwen.core.errors import BadData, Conflict, Problem, Usage
from shouwen.core.transfer.facts import FLAG, MOMENT, REAL, TABLES, VERSION, WHOLE
from shouwen.store import atomic_files
from shouwen.store.directories import make_directory, sync_directory
from shouwen.store.memo_files import hasher
from shouwen.store.refusals import failed

BOOKS = "_lake"  # Hive and Spark pass over what begins so
_MOST = 8 << 20  # bytes of rows that wait in memory
_GROUP = 10_000  # rows of a row group
_LARGEST = 1 << 30
_ODD = "\"#%'*/:=?\\{}[]^\x7f" + "".join(map(chr, range(32)))


Place = tuple[str, int, int]  # table, year, month


class Partition(Struct, frozen=True):
    """One file: which table, year and month (0: the whole year) it holds, its length and digest."""

    table: str
    year: int
    month: int
    rows: int
    bytes: int
    digest: str

    def path(self, office: str) -> str:
        """Return where it lies, from the lake's root."""
        return f"{self.table}/office={safe_name(office)}/year={self.year}/month={self.month}/part-{self.digest}.parquet"


class Book(Struct):
    """What an office has put into the lake, and as of when.

    ``people``: staff id → the name that reports show; ``sections``: every name that one has or had → its key.
    """

    schema: str
    office: str
    ledger: str
    as_of: datetime
    zone: str
    revision: str | None = None
    records: int = 0
    people: dict[str, str] = {}
    sections: dict[str, str] = {}
    unreadable: list[dict[str, Any]] = []
    follow_ups: list[tuple[str, str]] = []
    parts: list[Partition] = []


def safe_name(office: str) -> str:
    """Return the office's name as part of a path, as Hive writes it."""
    return "".join(quote(char, safe="") if char in _ODD else char for char in office)


def book_path(office: str) -> str:
    """Return where the book of an office lies, from the lake's root."""
    return f"{BOOKS}/{safe_name(office)}.json"


def _arrow() -> Any:
    # Arrow's own pools keep what was freed: an export of 100,000 records then takes a fifth more memory.
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    try:
        import_module("pyarrow.parquet")
        return import_module("pyarrow")
    except ImportError:
        raise Usage("parquet 要先装：pip install 'shouwen[lake]'") from None


def _schema(table: str) -> Any:
    pa = _arrow()
    kinds = {MOMENT: pa.timestamp("us", "UTC"), WHOLE: pa.int64(), REAL: pa.float64(), FLAG: pa.bool_()}
    fields = [pa.field(name, kinds.get(kind, pa.string())) for name, kind in TABLES[table].items()]
    return pa.schema(fields, metadata={"shouwen.lake": str(VERSION), "shouwen.table": table})


class Filling:
    """An office's facts on their way into the lake; nothing of it counts until ``commit``.

    Rows wait in a file for each partition, so that memory does not grow with them, and a partition
    whose rows are as they were has the same bytes whatever else there is.
    """

    def __init__(self, root: str, office: str, folder: str):
        """Fill the lake at ``root``; ``folder`` is hidden in it, and swept away whatever happens."""
        self._root, self._office, self._folder = root, office, folder
        self._rows: dict[Place, bytearray] = {}
        self._counts: dict[Place, int] = {}
        self._columns = {table: tuple(columns) for table, columns in TABLES.items()}
        self._waiting = 0

    def add(self, table: str, year: int, month: int, row: dict[str, Any]) -> None:
        """Put a row into a partition; a column that it does not name is empty."""
        place = (table, year, month)
        raw = msgspec.msgpack.encode([row.get(name) for name in self._columns[table]])
        self._rows.setdefault(place, bytearray()).extend(len(raw).to_bytes(4, "little") + raw)
        self._counts[place] = self._counts.get(place, 0) + 1
        self._waiting += len(raw)
        if self._waiting >= _MOST:
            self._lay_down()

    def _lay_down(self) -> None:
        for place, rows in self._rows.items():
            with open(self._there(place, "rows"), "ab") as file:
                file.write(rows)
        self._rows.clear()
        self._waiting = 0

    def _there(self, place: Place, kind: str) -> str:
        return os.path.join(self._folder, f"{'-'.join(map(str, place))}.{kind}")

    def _batches(self, place: Place) -> Iterator[list[list[Any]]]:
        """Yield the rows of a partition again, as many at a time as a row group holds."""
        decode = msgspec.msgpack.Decoder(list[Any]).decode
        with open(self._there(place, "rows"), "rb") as file:
            rows = []
            while head := file.read(4):
                rows.append(decode(file.read(int.from_bytes(head, "little"))))
                if len(rows) == _GROUP:
                    yield rows
                    rows = []
        if rows:
            yield rows

    def _write(self, place: Place) -> str:
        """Write a partition to a file beside the lake; return where."""
        pa, schema, path = _arrow(), _schema(place[0]), self._there(place, "parquet")
        with pa.parquet.ParquetWriter(path, schema, compression="zstd", write_page_checksum=True) as writer:
            for rows in self._batches(place):
                columns = [
                    pa.array(cells, f.type) for cells, f in zip(zip(*rows, strict=True), schema, strict=True)
                ]
                writer.write_table(pa.Table.from_arrays(columns, schema=schema))
        with open(path, "rb") as file:
            os.fsync(file.fileno())
        return path

    def parts(self) -> list[Partition]:
        """Write every partition, give each file the name that its bytes have, and return them."""
        self._lay_down()
        found = []
        for place in sorted(self._counts):
            there = self._write(place)
            digest, length = _digest(there)
            part = Partition(*place, self._counts[place], length, digest)
            path = os.path.join(self._root, part.path(self._office))
            if not os.path.exists(path) or _digest(path) != (digest, length):
                make_directory(os.path.dirname(path))
                os.replace(there, path)
                sync_directory(os.path.dirname(path))
            found.append(part)
        return found


def _digest(path: str) -> tuple[str, int]:
    """Return (digest, length) of a file's bytes."""
    made, length = hasher(digest_size=16), 0
    with open(path, "rb") as file:
        while piece := file.read(1 << 20):
            made.update(piece)
            length += len(piece)
    return made.hexdigest(), length


def _within(root: str, ledger: str) -> bool:
    here, there = os.path.realpath(root), os.path.realpath(ledger)
    return os.path.commonpath([here, there]) == there


@contextmanager
def filling(root: str, office: str, ledger: str) -> Iterator[Filling]:
    """Open the lake for one office's export; one writes at a time.

    Raises:
        Conflict: another ledger of the same name has its facts there, or somebody else writes.
        Usage: pyarrow is not installed, or the lake would lie in the ledger.
    """
    _arrow()
    if _within(root, ledger):
        raise Usage(f"{root}: 在台账 {ledger} 里面；数据湖放在台账以外的目录")
    books = os.path.join(root, BOOKS)
    try:
        make_directory(books)
    except OSError as error:
        raise failed(error, root, root) from None
    with atomic_files.lock(books):
        there, _ = _book(root, book_path(office))
        if there and there.ledger != ledger:
            hint = f"两个台账同名的，改 ledger.yaml 的 name；台账搬了地方的，先删 {book_path(office)}"
            raise Conflict(f"{root}: 里面的“{office}”来自另一个台账（{there.ledger}）；{hint}")
        folder = os.path.join(books, ".writing")
        shutil.rmtree(folder, ignore_errors=True)  # of one that was killed
        os.mkdir(folder)
        try:
            yield Filling(root, office, folder)
        except OSError as error:
            raise failed(error, root, root) from None
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def commit(root: str, book: Book) -> None:
    """Let an office's export count, in one step; then take away the files that no longer do."""
    path = os.path.join(root, book_path(book.office))
    raw = msgspec.json.format(msgspec.json.encode(book), indent=1)
    beside = os.path.join(root, BOOKS, ".book.new")
    with open(beside, "wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, path)
    sync_directory(os.path.join(root, BOOKS))
    kept = {part.path(book.office) for part in book.parts}
    for old in [*_files(root, book.office)]:
        if old not in kept:
            os.unlink(os.path.join(root, old))
            folder = os.path.dirname(os.path.join(root, old))
            while not os.listdir(folder) and not os.path.samefile(folder, root):
                os.rmdir(folder)
                folder = os.path.dirname(folder)


def _book(root: str, path: str) -> tuple[Book | None, list[Problem]]:
    full = os.path.join(root, path)
    try:
        raw = atomic_files.read(full, path, largest=_LARGEST)
    except FileNotFoundError:
        return None, []
    except BadData as error:
        return None, error.problems
    try:
        version = msgspec.json.decode(raw, type=dict[str, Any]).get("schema")
        if version != f"shouwen.lake/{VERSION}":
            text = f"格式是 {version}，这个程序只认 shouwen.lake/{VERSION}；这个单位没有计入"
            return None, [Problem(path, 0, "lake", text, "换用新版本的 shouwen，或重新导出这个单位")]
        return msgspec.json.decode(raw, type=Book), []
    except msgspec.MsgspecError:
        return None, [Problem(path, 0, "lake", "读不出；这个单位没有计入", "重新导出这个单位")]


def books(root: str) -> tuple[list[Book], list[Problem]]:
    """Return the offices of a lake, and what is missing, torn or newer there, by its place.

    An office of which anything is amiss is left out whole, and named.

    Raises:
        Usage: it is no lake.
    """
    try:
        names = sorted(os.listdir(os.path.join(root, BOOKS)))
    except OSError:
        raise Usage(
            f"{root}: 不是数据湖（没有 {BOOKS}/）；先用 shouwen export --format parquet 导出"
        ) from None
    found: list[Book] = []
    problems: list[Problem] = []
    told: set[str] = set()
    for name in names:
        if name.endswith(".json") and not name.startswith("."):
            book, amiss = _whole(root, f"{BOOKS}/{name}")
            problems += amiss
            told.add(f"office={name.removesuffix('.json')}")
            if book and not amiss:
                found.append(book)
    for table in TABLES:
        for folder in _inside(root, table):
            if folder not in told:
                text = f"{BOOKS}/{folder.removeprefix('office=')}.json 不在；这个单位没有计入"
                problems.append(Problem(f"{table}/{folder}", 0, "lake", text, "重新导出这个单位"))
                told.add(folder)
    return found, problems


def _whole(root: str, path: str) -> tuple[Book | None, list[Problem]]:
    """Return an office's book, and what is amiss with it or its files; looked at again if it was replaced meanwhile."""
    for _ in range(3):
        book, amiss = _book(root, path)
        if not book:
            break
        amiss = [p for part in book.parts if (p := _amiss(root, book, part))] or _strange(root, book)
        if not amiss or _book(root, path)[0] == book:
            break
    return book, amiss


def _inside(root: str, table: str) -> list[str]:
    there = os.path.join(root, table)
    return sorted(os.listdir(there)) if os.path.isdir(there) else []


def _files(root: str, office: str) -> Iterator[str]:
    """Yield every file that lies where an office's partitions do, from the lake's root."""
    for table in TABLES:
        for here, _, names in os.walk(
            os.path.join(root, table, f"office={safe_name(office)}"), topdown=False
        ):
            for name in names:
                yield os.path.relpath(os.path.join(here, name), root).replace(os.sep, "/")


def _strange(root: str, book: Book) -> list[Problem]:
    """Return the files that the office does not name: newer than its book, or brought in from elsewhere."""
    named = {part.path(book.office) for part in book.parts}
    text = f"{BOOKS}/ 里没有登记（导出中断，或从别处拷来）；{book.office}没有计入"
    return [
        Problem(path, 0, "lake", text, "重新导出这个单位")
        for path in sorted(_files(root, book.office)) if path not in named
    ]  # fmt: skip


def _amiss(root: str, book: Book, part: Partition) -> Problem | None:
    path = part.path(book.office)
    full = os.path.join(root, path)
    hint = "重新导出这个单位"
    if part.table not in TABLES:
        return Problem(
            path, 0, "lake", f"不认识的表 {part.table}；{book.office}没有计入", "换用新版本的 shouwen"
        )
    if not os.path.isfile(full):
        return Problem(path, 0, "lake", f"不在了；{book.office}没有计入", hint)
    if (part.digest, part.bytes) != _digest(full):  # also one that was replaced by a newer one
        return Problem(path, 0, "lake", f"不完整，或被改过；{book.office}没有计入", hint)
    return None
