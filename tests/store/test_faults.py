"""Every call to the system fails once, and from then on: old or new, a message, and life goes on.

The Nth call that a command makes to the operating system is made to fail, for every N until the
command gets through undisturbed. Afterwards the ledger holds the old or the new state, nothing
said to be saved is missing, and the same command works.
"""

import errno
import os
import re
import shutil
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.records import CASE

CALLS = ("open", "write", "fsync", "link", "replace", "mkdir", "stat", "read", "fchmod", "scandir", "close")
INTAKE = ("intake", "--channel", "来电", "--category", "咨询", "--subject", "第二件", "--scope", "其他部门")


class Fault:
    """Fails the ``nth`` call below ``root`` (or every one from it on); counts the calls."""

    def __init__(self, root: Path, nth: int, number: int, forever: bool):
        self.root, self.nth, self.number, self.forever = str(root), nth, number, forever
        self.count, self.handles, self.fired = 0, set(), False

    def wrap(self, name: str):
        """The system call, failing when its turn comes."""
        real = getattr(os, name)

        def call(*args, **more):
            ours = any(str(a).startswith((self.root, "/proc/self/fd")) or a in self.handles
                       for a in args[:2] if isinstance(a, str | os.PathLike | int))  # fmt: skip
            if ours and name != "close":
                self.count += 1
                if self.count == self.nth or self.forever and self.count > self.nth:
                    self.fired = True
                    raise OSError(self.number, "injected", args[0] if isinstance(args[0], str) else None)
            result = real(*args, **more)
            if ours and name == "open":
                self.handles.add(result)
            if ours and name == "close":
                self.handles.discard(args[0])
            return result

        return call


def state(root: Path) -> dict[str, str]:
    """The records of a ledger with their ids blanked, by place; hidden files do not count."""
    found = {}
    for path in sorted(root.rglob("*")):
        if path.is_file() and not path.name.startswith(".") and ".git" not in path.parts:
            text = re.sub(r'\d{8}-[0-9A-Z]{6}|"id": "\w{4}"', "ID", path.read_text("utf-8"))
            place = re.sub(r"\d{8}-\w{6}", "ID", path.relative_to(root).as_posix())
            found.setdefault(place, []).append(text)
    return {place: sorted(texts) for place, texts in found.items()}


@pytest.fixture
def stories(ledger, sw, inquiry, tmp_path):
    """(command line, the ledger before it) for each command that writes."""
    name = inquiry()
    sw("wangfang", "handoff", name, "--to", "规划科", "--mode", "电话联系", "--reason", "属规划科")
    case = sw("zhaojun", *CASE).id
    sw("zhaojun", "sanction", "verify", case, "--finding", "查实")
    record = next((ledger / "inquiries").rglob("*.yaml"))
    by_hand = tmp_path / "by-hand"
    shutil.copytree(ledger, by_hand)
    copy = by_hand / record.relative_to(ledger)
    copy.write_text(copy.read_text("utf-8").replace('channel: "来电"', "channel: 来电 # 手写"), "utf-8")
    return {
        "intake": (ledger, ("--as", "wangfang", *INTAKE)),
        "accept": (ledger, ("--as", "lijie", "accept", name)),
        "note": (ledger, ("--as", "wangfang", "note", name, "--text", "备注")),
        "close": (ledger, ("--as", "wangfang", "close", name, "--outcome", "已答复", "--result", "已告知")),
        "report": (ledger, ("--as", "zhaojun", *CASE)),
        "decide": (ledger, ("--as", "zhaojun", "sanction", "decide", case, "--authority", "局党组")),
        "fmt": (by_hand, ("fmt",)),
        "init": (None, ()),
    }


@pytest.mark.slow
@pytest.mark.parametrize("forever", [False, True], ids=["once", "from-then-on"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EACCES], ids=errno.errorcode.get)
@pytest.mark.parametrize("command", ["intake", "accept", "note", "close", "report", "decide", "fmt", "init"])
def test_the_nth_call_fails(command, number, forever, stories, run, tmp_path, monkeypatch):
    """For every N: old or new, no traceback, what was said is there, and the next run works."""
    base, words = stories[command]
    root = tmp_path / "run"
    words = ("-L", str(root), *words) if base else ("init", str(root), "--policy", "bumen", "--name", "某局")

    def fresh():
        shutil.rmtree(root, ignore_errors=True)
        if base:
            shutil.copytree(base, root)

    fresh()
    before = state(root) if base else {}
    run(*words)
    after = state(root)
    for nth in range(1, 400):
        fresh()
        fault = Fault(root, nth, number, forever)
        with monkeypatch.context() as patch:
            for name in CALLS:
                patch.setattr(os, name, fault.wrap(name))
            result = run(*words, code=None)
        where = f"{command}, call {nth}: exit {result.code}\n{result.out}{result.err}"
        if not fault.fired:
            assert (result.code, state(root)) == (0, after), where
            break
        now = state(root)
        if command == "init" and "ledger.yaml" not in now:
            now = {}  # only ledger.yaml makes it a ledger
        assert now in (before, after), where
        assert "Traceback" not in result.err and result.code != 70, where
        if result.code == 0:
            assert now == after, where
        else:
            assert result.err.startswith(("shouwen: ", "\n读不出")) or "读不出" in result.err, where
        if result.out and command in ("intake", "report"):
            assert list(root.rglob(f"{result.id}.yaml")), where
        if now != after or command in ("intake", "note", "report", "fmt"):
            assert run(*words, code=None).code in (0, 3)  # 3: it says that it is there already
            hidden = [p.name for p in root.rglob(".*.new")]
            assert hidden == [], where
    else:
        pytest.fail("the command never got through")


@pytest.fixture
def uncertain(monkeypatch):
    """Within ``with uncertain(meant):`` the disk does not confirm what ``meant`` says of its /proc entry."""
    if not Path("/proc/self/fd").exists():
        pytest.skip("needs /proc")
    real = os.fsync

    @contextmanager
    def within(meant):
        def unsure(handle):
            if meant(Path(f"/proc/self/fd/{handle}")):
                raise OSError(errno.EIO, "injected")
            real(handle)

        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", unsure)
            yield

    return within


def test_an_uncertain_write_is_not_made_twice(ledger, sw, inquiry, uncertain):
    """The directory cannot be synced after the rename: the event is there, once, and it says so."""
    name = inquiry()
    with uncertain(lambda place: place.is_dir()):
        result = sw("wangfang", "note", name, "--text", "只记一次", code=6)
    assert "已写入，但磁盘没有确认（磁盘读写错误）" in result.err
    assert sw("wangfang", "show", name, "--format", "json").out.count("只记一次") == 1


def test_a_disk_without_locks_says_so(ledger, sw, inquiry, monkeypatch):
    """ENOLCK: the act is refused in words, nothing is written."""
    import fcntl

    name = inquiry()

    def refuse(*_):
        raise OSError(errno.ENOLCK, "injected")

    before = state(ledger)
    monkeypatch.setattr(fcntl, "flock", refuse)
    result = sw("wangfang", "note", name, "--text", "x", code=6)
    assert "磁盘不支持加锁" in result.err and state(ledger) == before


def test_where_no_nameless_file_can_be_made(tmp_path, monkeypatch):
    """A file system without O_TMPFILE: the same promise through a hidden file beside it."""
    from shouwen.store import atomic_files

    monkeypatch.setattr(atomic_files, "_create_nameless", lambda *_: False)
    path = tmp_path / "a/b/x.yaml"
    atomic_files.create(str(path), b"one", "x.yaml")
    with pytest.raises(FileExistsError):
        atomic_files.create(str(path), b"two", "x.yaml")
    assert path.read_bytes() == b"one" and [p.name for p in path.parent.iterdir()] == ["x.yaml"]


def test_a_new_record_never_takes_anothers_place(tmp_path):
    """An id that is taken is refused, whatever lies there."""
    from shouwen.store import atomic_files

    for n, make in enumerate((Path.touch, Path.mkdir, lambda p: p.symlink_to("/etc/passwd"))):
        path = tmp_path / f"x{n}.yaml"
        make(path)
        with pytest.raises(FileExistsError):
            atomic_files.create(str(path), b"two", "x.yaml")


def test_replace_keeps_the_mode_and_notices_a_change(tmp_path):
    """A confidential record stays 0600; a file that somebody changed is not overwritten."""
    from shouwen.core.errors import Changed
    from shouwen.store import atomic_files

    path = tmp_path / "x.yaml"
    path.write_bytes(b"old")
    path.chmod(0o600)
    atomic_files.replace(str(path), b"old", b"new", "x.yaml")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"new", 0o600)
    with pytest.raises(Changed, match="刚被别人改过"):
        atomic_files.replace(str(path), b"old", b"newer", "x.yaml")
    assert path.read_bytes() == b"new" and [p.name for p in tmp_path.iterdir()] == ["x.yaml"]


def test_a_directory_without_end_does_not_hang(monkeypatch):
    """When even / cannot be looked at, making a directory fails instead of climbing for ever."""
    from shouwen.store.directories import make_directory

    monkeypatch.setattr(os.path, "isdir", lambda _: False)

    def refuse(*_):
        raise OSError(errno.EIO, "injected")

    monkeypatch.setattr(os, "mkdir", refuse)
    with pytest.raises(OSError, match="injected"):
        make_directory("/a/b")


def test_what_a_killed_writer_left_is_swept(tmp_path, monkeypatch):
    """No O_TMPFILE, and a kill: the hidden file stays an hour, then the next new record takes it along."""
    from shouwen.store import atomic_files

    monkeypatch.setattr(atomic_files, "_create_nameless", lambda *_: False)
    old, young = tmp_path / ".20261123-AAAAAA.yaml.new", tmp_path / ".20261123-BBBBBB.yaml.new"
    old.touch()
    young.touch()
    past = time.time() - 3700
    os.utime(old, (past, past))
    atomic_files.create(str(tmp_path / "x.yaml"), b"one", "x.yaml")
    assert sorted(p.name for p in tmp_path.iterdir()) == [young.name, "x.yaml"]


def test_archive_sweeps_too(ledger, sw, inquiry):
    """Folders in which nothing is taken in any more are swept by archive."""
    inquiry()
    left = next((ledger / "inquiries").rglob("*.yaml")).with_name(".20261123-AAAAAA.yaml.new")
    left.touch()
    os.utime(left, (0, 0))
    sw("", "archive", "--dry-run")
    assert left.exists()
    sw("", "archive")
    assert not left.exists()


def test_a_private_part_of_which_the_disk_is_not_certain_is_taken_back(ledger, sw, uncertain):
    """No record follows it, and the message does not say that anything was written."""
    with uncertain(lambda place: place.readlink().name == "private"):
        result = sw("wangfang", *INTAKE, "--confidential", code=6)
    assert "没有写成（磁盘没有确认），没有登记" in result.err
    assert list((ledger / "private").glob("*")) == list((ledger / "inquiries").rglob("*.yaml")) == []
    assert sw("", "check").out == ""


def test_an_interrupted_private_part_is_taken_back(ledger, sw, monkeypatch):
    """Ctrl-C when the private part has just got its name: no record follows it, so it goes."""
    from shouwen.store import atomic_files

    real = atomic_files._certain

    def interrupted(directory, shown):
        real(directory, shown)
        if shown.startswith("private/"):
            raise KeyboardInterrupt

    monkeypatch.setattr(atomic_files, "_certain", interrupted)
    sw("wangfang", *INTAKE, "--confidential", code=130)
    assert list((ledger / "private").glob("*")) == list((ledger / "inquiries").rglob("*.yaml")) == []


def test_heal_says_what_it_could_not_read(ledger, sw, inquiry, monkeypatch):
    """A record that cannot be read may have conflict markers: never "0 mended" and exit 0."""
    name = inquiry()
    real = os.open

    def refuse(path, *more, **named):
        if name in str(path):
            raise OSError(errno.EIO, "injected", path)
        return real(path, *more, **named)

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", refuse)
        assert f"{name}.yaml: 读不出：磁盘读写错误" in sw("", "heal", code=5).err
    sw("", "heal")
