"""Disks that cannot do everything, folders that are links, files that file managers leave."""

import errno
import os
from pathlib import Path

import pytest

from shouwen.store import atomic_files
from shouwen.store.ledger import Ledger

NO_LINKS = [errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK]


@pytest.mark.parametrize("tmpfile", [True, False], ids=["O_TMPFILE", "no O_TMPFILE"])
@pytest.mark.parametrize("why", NO_LINKS, ids=errno.errorcode.get)
def test_without_hard_links_it_works(why, tmpfile, ledger, sw, inquiry, monkeypatch):
    """vfat, SMB: an intake is written whole, its name is not given twice, nothing hidden stays."""

    def refused(*_, **__):
        raise OSError(why, os.strerror(why))

    monkeypatch.setattr(atomic_files.os, "link", refused)
    if not tmpfile:
        monkeypatch.delattr(atomic_files.os, "O_TMPFILE", raising=False)
    name = inquiry()
    sw("wangfang", "note", name, "--text", "记")
    wrong = inquiry(category="举报")
    assert sw("wangfang", "check").out == "" and (ledger / "private" / f"{wrong}.yaml").exists()
    path = next(ledger.rglob(f"{name}.yaml"))
    with pytest.raises(FileExistsError):
        atomic_files.create(str(path), b"x", path.name)
    assert "记" in path.read_text("utf-8")
    assert list(ledger.rglob(".*.new")) == []


@pytest.mark.parametrize("call", ["open", "fsync", "replace", "stat"])
def test_a_share_that_went_away_changes_nothing(call, ledger, sw, inquiry, monkeypatch):
    """ESTALE at any of them: refused in words, the record as it was, the next act works."""
    name = inquiry()
    path = next(ledger.rglob(f"{name}.yaml"))
    before, real = path.read_bytes(), getattr(os, call)

    def stale(target, *args, **more):
        if call == "fsync" or str(target).endswith((f"{name}.yaml", f"{name}.yaml.new")):
            raise OSError(errno.ESTALE, "stale")
        return real(target, *args, **more)

    monkeypatch.setattr(atomic_files.os, call, stale)
    done = sw("wangfang", "note", name, "--text", "记", code=None)
    monkeypatch.undo()
    assert done.code in (5, 6) and "网络磁盘失联" in done.err and path.read_bytes() == before
    monkeypatch.setenv("SHOUWEN_NOW", "2026-11-23T09:30")
    sw("wangfang", "note", name, "--text", "再记")


@pytest.mark.parametrize(
    "folder", ["inquiries", "inquiries/2026", "inquiries/2026/11", "archive", "sanctions", "private"]
)
def test_a_folder_that_is_a_link_is_refused(folder, ledger, sw, inquiry, tmp_path):
    """It leads out of the ledger, past .gitignore: neither read nor written through, and named."""
    name, wrong = inquiry(), inquiry(category="举报")
    elsewhere = tmp_path / "elsewhere"
    there = ledger / folder
    if there.exists():
        there.rename(elsewhere)
    else:
        elsewhere.mkdir()
    there.symlink_to(elsewhere)
    before = sorted((p, p.read_bytes()) for p in elsewhere.rglob("*") if p.is_file())
    assert f"{folder}: 是符号链接" in sw("wangfang", "check", code=1).out
    for words in (("note", name, "--text", "x"), ("note", wrong, "--text", "x"), ("archive", "--days", "0"),
                  ("sanction", "report", "--staff", "wangfang", "--article", "四", "--summary", "推", "--occurred", "2026-11-20")):  # fmt: skip
        sw("heping", *words, code=None)
    assert sorted((p, p.read_bytes()) for p in elsewhere.rglob("*") if p.is_file()) == before


@pytest.mark.parametrize(
    "words", [("change", "2026-12-07", "--off", "--source", "通告"), ("import", "2027.json")]
)
def test_no_year_is_written_through_a_link(words, ledger, sw, tmp_path):
    """A calendar folder that leads out of the ledger: what is made there no clone would get."""
    (tmp_path / "elsewhere").mkdir()
    (ledger / "calendar").symlink_to(tmp_path / "elsewhere")
    sheet = tmp_path / "2027.json"
    sheet.write_text(
        '{"year": 2027, "days": [{"name": "元旦", "date": "2027-01-01", "isOffDay": true}]}', "utf-8"
    )
    done = sw("heping", "calendar", *(str(sheet) if w == "2027.json" else w for w in words), code=5)
    assert "calendar: 是符号链接" in done.err and list((tmp_path / "elsewhere").iterdir()) == []


@pytest.mark.parametrize("name", ["desktop.ini", "Desktop.ini", "Thumbs.db", "thumbs.db", ".DS_Store", "._x"])
def test_what_file_managers_leave_is_no_trouble(name, ledger, sw, inquiry):
    """In any folder of records: every report is as without it."""
    inquiry()
    for folder in ("inquiries", "inquiries/2026/11", "archive", "sanctions"):
        (ledger / folder).mkdir(parents=True, exist_ok=True)
        (ledger / folder / name).write_bytes(b"x")
    for words in (("list",), ("overdue",), ("check",), ("export",), ("evaluate", "2026"), ("archive",)):
        assert sw("heping", *words, code=None).code == 0


def test_an_act_that_was_overwritten_at_once_says_so(ledger, sw, inquiry, monkeypatch):
    """A plain git pull or a cloud client puts its own file there: not acknowledged."""
    name = inquiry()
    real = os.replace

    def overtaken(source, target):
        old = Path(target).read_bytes()
        real(source, target)
        if str(target).endswith(f"{name}.yaml"):
            Path(target).write_bytes(old)

    monkeypatch.setattr(atomic_files.os, "replace", overtaken)
    done = sw("wangfang", "note", name, "--text", "记", code=6)
    assert "被别的程序" in done.err and done.out == ""


def test_every_writer_holds_the_lock(ledger, sw, inquiry, monkeypatch):
    """Whatever is created, replaced, moved or removed in the ledger is so under the lock."""
    from shouwen.store import private_parts

    outside = []
    for call in ("create", "replace", "move", "remove"):
        real = getattr(atomic_files, call)

        def watched(path, *args, real=real, call=call, **more):
            if not atomic_files._held:
                outside.append((call, path))
            return real(path, *args, **more)

        monkeypatch.setattr(atomic_files, call, watched)
    name, wrong = inquiry(scope="本人"), inquiry(category="举报", scope="本人")
    for one in (name, wrong):
        sw("wangfang", "note", one, "--text", "x")
        sw("wangfang", "close", one, "--outcome", "已答复", "--result", "x")
    sw("heping", "purge", wrong)
    sw("heping", "archive", "--days", "0")
    assert private_parts.names(str(ledger)) == [] and outside == []
    assert len(list(Ledger(str(ledger)).ids("inquiries", "archive"))) == 2
