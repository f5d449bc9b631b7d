"""Reading a file or a folder that is none, or cannot be read: named, never waited for, never skipped."""

import errno
import os

import pytest


@pytest.mark.parametrize(
    "make, why",
    [
        (os.mkfifo, "不是普通文件，不读取"),
        (lambda p: p.mkdir(), "不是普通文件，不读取"),
        (lambda p: p.symlink_to("/etc/passwd"), "是符号链接，不读取"),
        (lambda p: p.symlink_to(p.name), "是符号链接，不读取"),
        (lambda p: p.write_bytes(b"x" * (1 << 20) + b"yy"), "文件有 1 MB，超过 1 MB"),
    ],
    ids=["fifo", "directory", "symlink", "loop", "giant"],
)
def test_what_is_no_plain_file_is_named_not_read(make, why, tmp_path):
    """Never wait on a pipe, follow a link, or swallow a giant."""
    from shouwen.core.errors import BadData
    from shouwen.store import atomic_files

    path = tmp_path / "x.yaml"
    make(path)
    with pytest.raises(BadData, match=why):
        atomic_files.read(str(path), "x.yaml")


def test_a_listed_file_is_read_whole_whatever_became_of_it(tmp_path):
    """Between the listing and the reading a record may grow or give way to something else."""
    from shouwen.core.errors import BadData
    from shouwen.store import atomic_files

    path = tmp_path / "x.yaml"
    for size in (0, 1, (1 << 14) - 1, 1 << 14, (1 << 14) + 1, 1 << 20):
        path.write_bytes(bytes(range(256)) * 5000)
        os.truncate(path, size)
        assert atomic_files.read(str(path), "x.yaml", listed=True) == path.read_bytes()
    os.truncate(path, (1 << 20) + 1)
    with pytest.raises(BadData, match="文件有 1 MB，超过 1 MB"):
        atomic_files.read(str(path), "x.yaml", listed=True)
    path.unlink()
    path.symlink_to("/etc/passwd")
    with pytest.raises(BadData, match="是符号链接，不读取"):
        atomic_files.read(str(path), "x.yaml", listed=True)
    path.unlink()
    os.mkfifo(path)  # empty, at once: no record
    assert atomic_files.read(str(path), "x.yaml", listed=True) == b""


def test_stray_things_among_the_records_are_shown_and_the_rest_reported(ledger, sw, inquiry):
    """A pipe, a link, a directory, a bad name: each a line of its own, and exit 5."""
    name = inquiry()
    month = next((ledger / "inquiries").rglob("*.yaml")).parent
    os.mkfifo(month / "20261123-AAAAAA.yaml")
    (month / "20261123-BBBBBB.yaml").symlink_to("/etc/passwd")
    (month / "20261123-CCCCCC.yaml").mkdir()
    (month / "20261123-DDDDDD.yaml (conflicted copy)").touch()
    with open(os.fsencode(month) + b"/\xff.yaml", "wb"):
        pass
    result = sw("wangfang", "list", "--format", "json", code=5)
    assert name in result.out
    for part in ("AAAAAA", "BBBBBB", "CCCCCC", "DDDDDD", r"\\udcff"):
        assert part in result.out


def test_a_folder_that_cannot_be_listed_is_reported_not_skipped(ledger, sw, inquiry, monkeypatch):
    """One month unreadable: the others are still reported, and the exit code is 5."""
    name = inquiry()
    other = ledger / "inquiries/2026/10"
    other.mkdir()
    real = os.scandir

    def scandir(path):
        if str(path).endswith("/10"):
            raise OSError(errno.EIO, "injected")
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    result = sw("wangfang", "list", code=5)
    assert name in result.out and "inquiries/2026/10: 目录读不出：磁盘读写错误" in result.err
    found = sw("wangfang", "show", "ZZZZ", code=5)
    assert "inquiries/2026/10: 目录读不出" in found.err  # it may be there: never "no such record"


@pytest.mark.parametrize("folder, code", [("calendar", 5), ("private", 1)])
def test_a_folder_of_settings_that_cannot_be_listed_is_said_to_be_that(folder, code, ledger, sw, monkeypatch):
    """A failing look is no failed write; check goes on where it can."""
    real = os.listdir

    def refuse(path):
        if str(path).endswith(folder):
            raise OSError(errno.EIO, "injected", path)
        return real(path)

    (ledger / folder).mkdir(exist_ok=True)
    monkeypatch.setattr(os, "listdir", refuse)
    result = sw("", "check", code=code)
    assert f"{folder}: 目录读不出：磁盘读写错误" in result.out + result.err
    assert "没有写成" not in result.out + result.err


def test_a_file_without_permission_is_named(ledger, sw, inquiry, monkeypatch):
    """Somebody else's umask: the record is named, never taken for absent, the others are shown."""
    name, hidden = inquiry(), inquiry(subject="看不见的")
    real = os.open

    def refuse(path, *more, **named):
        if hidden in str(path):
            raise PermissionError(errno.EACCES, "injected", path)
        return real(path, *more, **named)

    monkeypatch.setattr(os, "open", refuse)
    result = sw("wangfang", "list", code=5)
    assert name in result.out and f"{hidden}.yaml: 读不出：没有权限" in result.err
    assert "没有权限" in sw("wangfang", "show", hidden, code=5).err
