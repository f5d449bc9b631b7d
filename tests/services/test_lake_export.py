"""A ledger goes into a lake whole or not at all, and again only where something changed."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from shouwen.core.errors import Conflict, Usage
from shouwen.services import lake_export
from shouwen.services.lake_export import Facts, put
from shouwen.store.lake import books
from shouwen.store.ledger import Ledger
from tests.lake.offices import desk, offices
from tests.support.clock import at

NOW = at("2026-11-23 09:15")


def parts(lake: Path) -> dict[str, int]:
    """Every partition → when it was written."""
    return {str(p.relative_to(lake)): p.stat().st_mtime_ns for p in lake.rglob("*.parquet")}


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A ledger of some years."""
    return offices(tmp_path, 1)[0]


def test_every_record_is_counted(office, tmp_path):
    """As many inquiries as there are files; those that are protected only as a number."""
    book, problems = put(desk(office), str(tmp_path / "lake"), NOW, False, "abc")
    files = [p for top in ("inquiries", "archive") for p in (office / top).rglob("*.yaml")]
    assert book.records == len(files) == 25 and problems == []
    open_ones = [
        p
        for p in files
        if '"举报"' not in p.read_text("utf-8") and "confidential: true" not in p.read_text("utf-8")
    ]
    assert sum(p.rows for p in book.parts if p.table == "inquiries") == len(open_ones)
    assert books(str(tmp_path / "lake"))[0] == [book]
    cases = list((office / "sanctions").rglob("*.yaml"))
    assert sum(p.rows for p in book.parts if p.table == "cases") == len(cases) > 0


def test_the_next_night_writes_only_what_changed(office, tmp_path):
    """A month in which nothing happened keeps its files, to the byte and to the minute."""
    lake = tmp_path / "lake"
    put(desk(office), str(lake), NOW, False, None)
    before = parts(lake)
    put(desk(office), str(lake), NOW, False, None)
    assert parts(lake) == before
    (old,) = (
        sorted((office / "archive").rglob("*.yaml"))[:1] or sorted((office / "inquiries").rglob("*.yaml"))[:1]
    )
    old.unlink()
    put(desk(office), str(lake), NOW, False, None)
    after = parts(lake)
    kept = [path for path in after if path in before]
    assert len(kept) > len(before) / 2 and set(after) != set(before)
    assert all(after[path] == before[path] for path in kept)


class Broken(Exception):
    """The power fails."""


@pytest.mark.parametrize("moment", ["cases", "inquiries", "commit"])
def test_an_export_that_is_broken_off_leaves_the_one_before(office, tmp_path, monkeypatch, moment):
    """Whenever it happens: yesterday's facts are all there, and the next export is whole again."""
    lake = tmp_path / "lake"
    first, _ = put(desk(office), str(lake), NOW, False, "first")
    min((office / "inquiries").rglob("*.yaml")).unlink()

    def fail(*_):
        raise Broken

    with monkeypatch.context() as patch:
        patch.setattr(*((lake_export, "commit") if moment == "commit" else (Facts, moment)), fail)
        with pytest.raises(Broken):
            put(desk(office), str(lake), NOW, False, "second")
    found, problems = books(str(lake))
    if moment == "commit":  # new files lie there that nobody names: said, not summed
        assert problems and all("没有登记" in p.text for p in problems) and not found
    else:
        assert (found, problems) == ([first], [])
    second, _ = put(desk(office), str(lake), NOW, False, "third")
    assert books(str(lake)) == ([second], []) and second.records == first.records - 1


def test_two_ledgers_of_one_name(office, tmp_path):
    """The second would take the place of the first: refused, and the first stays."""
    lake, copy = tmp_path / "lake", tmp_path / "copy"
    book, _ = put(desk(office), str(lake), NOW, False, None)
    shutil.copytree(office, copy)
    with pytest.raises(Conflict, match="来自另一个台账"):
        put(desk(copy), str(lake), NOW, False, None)
    assert books(str(lake)) == ([book], [])


@pytest.mark.parametrize("lake", ["shujuhu", "deep/er/shujuhu", "./shujuhu", "here/"])
def test_a_folder_that_is_not_there_yet(office, tmp_path, run, monkeypatch, lake):
    """Named as people name it, from where they stand; the next night writes to the same."""
    monkeypatch.chdir(tmp_path)
    for _ in range(2):
        run("-L", office, "export", "--format", "parquet", lake)
    assert json.loads(run("bulletin", "--lake", lake, "--year", "2026", "--format", "json").out)["items"]


def test_not_within_a_ledger(office):
    """A lake in the ledger would go to git with it, and into the next check."""
    with pytest.raises(Usage, match="数据湖放在台账以外"):
        put(desk(office), str(office / "lake"), NOW, False, None)
    assert not (office / "lake").exists()


def test_what_cannot_be_read_is_named(office, tmp_path):
    """It stands in the office's book, so that each report from the lake names it too."""
    broken = min((office / "inquiries").rglob("*.yaml"))
    broken.write_text("id: [", "utf-8")
    book, problems = put(desk(office), str(tmp_path / "lake"), NOW, False, None)
    assert [p.path for p in problems] == [os.path.relpath(broken, office)]
    assert [entry["path"] for entry in book.unreadable] == [os.path.relpath(broken, office)]
    assert (
        book.records
        == len([p for top in ("inquiries", "archive") for p in (office / top).rglob("*.yaml")]) - 1
    )


def test_as_it_was(office, tmp_path):
    """As of a day in the past: nothing that came later is in it."""
    then = at("2026-10-01 00:00")
    book, _ = put(desk(office), str(tmp_path / "lake"), then, True, None)
    ledger = Ledger(str(office))
    earlier = [r for r in ledger.records("inquiries", "archive") if r.content.received <= then]
    assert book.records == len(earlier) < 25
    assert all((p.year, p.month) <= (2026, 10) for p in book.parts)


def test_what_arrow_has_freed_goes_back():
    """Arrow's own pools keep it, and an export grew by a fifth; who has chosen a pool keeps his choice."""
    probe = "import shouwen.store.lake as lake; print(lake._arrow().default_memory_pool().backend_name)"
    for chosen, pool in (({}, "system"), ({"ARROW_DEFAULT_MEMORY_POOL": "mimalloc"}, "mimalloc")):
        told = {k: v for k, v in os.environ.items() if k != "ARROW_DEFAULT_MEMORY_POOL"} | chosen
        done = subprocess.run(
            [sys.executable, "-c", probe], env=told, capture_output=True, text=True, timeout=60
        )
        assert done.stdout.strip() == pool, done.stderr
