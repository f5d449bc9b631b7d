"""A ledger's records: written where they belong, never over what another wrote, never half."""

import json
from pathlib import Path

import pytest

from shouwen.core.errors import BadData, Changed, NotFound
from shouwen.core.inquiry.events import Note
from shouwen.store import private_parts
from shouwen.store.ledger import Ledger
from shouwen.store.ledger_template import found
from shouwen.store.settings import load_policy
from tests.support.records import event, inquiry


@pytest.fixture
def books(tmp_path: Path) -> Ledger:
    """An empty ledger."""
    found(str(tmp_path / "ledger"), json.dumps("某局", ensure_ascii=False), load_policy("bumen"))
    return Ledger(str(tmp_path / "ledger"))


def test_an_act_is_not_added_to_a_record_that_grew(books: Ledger) -> None:
    """Whoever read it first is told, and what the other wrote stands alone."""
    record = books.create(inquiry())
    grown = books.append(record, event(Note, "23 09:05", text="甲"))
    with pytest.raises(Changed):
        books.append(record, event(Note, "23 09:06", text="乙"))
    assert books.read(record.path).raw == grown.raw


def test_a_record_of_a_taken_id_takes_nothing_from_the_first(books: Ledger) -> None:
    """Neither the record nor what is kept apart of it is replaced; nothing is left of the second."""
    first = books.create(inquiry(category="举报", detail="第一件"))
    kept = private_parts.read(books.root, first.content.id)
    with pytest.raises(FileExistsError):
        books.create(inquiry(category="举报", detail="第二件"))
    assert books.read(first.path).raw == first.raw
    assert private_parts.read(books.root, first.content.id) == kept is not None


def test_an_intake_that_fails_leaves_nothing_apart(books: Ledger, monkeypatch) -> None:
    """Where the record could not be written its private part goes too."""

    def full(*args: object, **values: object) -> None:
        raise OSError(28, "No space left on device")

    real = private_parts.begin

    def begin(root: str, apart: object) -> None:
        real(root, apart)
        monkeypatch.setattr("shouwen.store.ledger.atomic_files.create", full)

    monkeypatch.setattr("shouwen.store.ledger.private_parts.begin", begin)
    with pytest.raises(OSError, match="No space"):
        books.create(inquiry(category="举报"))
    assert private_parts.names(books.root) == []


def test_a_record_in_another_months_folder_is_told(books: Ledger) -> None:
    """It is found by nobody who looks where its day says."""
    record = books.create(inquiry())
    path = Path(books.root, record.path)
    wrong = path.parents[1] / "12" / path.name
    wrong.parent.mkdir()
    path.rename(wrong)
    ((problem,),) = books.records("inquiries")
    assert (problem.check, problem.hint) == ("id-matches-path", f"移到 {record.path}")


def test_only_names_of_records_are_ids(books: Ledger) -> None:
    """A cloud copy beside a record is no second one; by a part of the id the record is found."""
    record = books.create(inquiry())
    path = Path(books.root, record.path)
    path.with_name("20261123-K7Q4QX (1).yaml").write_bytes(record.raw)
    path.with_name("20261123-k7q4qx.yaml").write_bytes(record.raw)
    assert list(books.ids("inquiries")) == [(record.content.id, record.path)]
    assert books.find("K7Q4") == record.path
    with pytest.raises(NotFound):
        books.find("ZZZZ")


def test_what_stands_in_a_record_and_reads_back_as_another_is_not_written(books: Ledger) -> None:
    """A hand-made last line would swallow the act: refused, and the bytes stay."""
    record = books.create(inquiry())
    path = Path(books.root, record.path)
    path.write_text(path.read_text("utf-8").replace("events:\n", "events: [\n]\n"), "utf-8")
    touched = books.read(record.path)
    before = path.read_bytes()
    try:
        after = books.append(touched, event(Note, "23 09:05", text="甲"))
    except BadData:
        assert path.read_bytes() == before
    else:
        assert [e.text for e in after.content.events] == ["甲"]


def test_a_ledger_of_a_later_format_is_refused(books: Ledger) -> None:
    """What this program does not know it must not write into; the line is named."""
    path = Path(books.root, "ledger.yaml")
    text = path.read_text("utf-8")
    path.write_text(f"{text}format: 2\n", "utf-8")
    with pytest.raises(BadData) as told:
        Ledger(books.root).config  # noqa: B018 - read when asked for
    (problem,) = told.value.problems
    assert (problem.path, problem.line) == ("ledger.yaml", text.count("\n") + 1)


@pytest.mark.parametrize(
    ("said", "now"),
    [
        ("2026-11-23T09:15", "2026-11-23T09:15:00+08:00"),
        ("2026-11-23T02:15:00+01:00", "2026-11-23T09:15:00+08:00"),
    ],
)
def test_a_rehearsed_present_is_told_in_the_ledgers_zone(
    books: Ledger, monkeypatch, said: str, now: str
) -> None:
    """With an offset of its own it is that moment; without one it is the office's clock."""
    monkeypatch.setenv("SHOUWEN_NOW", said)
    assert books.now().isoformat() == now


def test_only_what_is_wanted_is_read(books: Ledger) -> None:
    """A search looks at the bytes first: another record may be broken and is passed over unread."""
    wanted = books.create(inquiry())
    other = books.create(inquiry(id="20261123-AAAAAA", subject="别的事"))
    Path(books.root, other.path).write_text("id: [", "utf-8")
    found = list(books.records("inquiries", wanted=lambda raw: b"K7Q4" in raw))
    assert [r.path for r in found] == [wanted.path]
