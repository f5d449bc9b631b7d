"""A folder that several people share: who can do what is what the folder says, with real users.

The test makes them: a child of this process becomes another user, with groups and a umask of its own,
and runs the command. That takes root; elsewhere it is skipped.
"""

import io
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from shouwen import cli
from tests.support.records import PLAIN

pytestmark = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become other users"
)
ANNE, BERT, CARL, OFFICE = 61001, 61002, 61003, 61100  # two of the office's group, one of no group
UMASKS = [0o002, 0o022, 0o027, 0o077]
TAKEN = (*PLAIN, "--name", "张某", "--phone", "13812341234")
WRONG = (*TAKEN[:3], "--category", "举报", *TAKEN[5:])


def become(user: int, group: int | None, umask: int, *words: str) -> tuple[int, str, str]:
    """Run a command as a user of these groups; (exit code, stdout, stderr)."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        child = os.fork()
        if not child:
            code = 99
            try:
                if user:
                    os.setgroups([group] if group else [])
                    os.setgid(user)
                    os.setuid(user)
                os.umask(umask)
                sys.stdout, sys.stderr, sys.stdin = out, err, io.StringIO()
                code = cli.run(list(words))
            except SystemExit as stop:
                code = int(stop.code or 0)
            finally:
                out.flush()
                err.flush()
                os._exit(code)
        _, status = os.waitpid(child, 0)
        out.seek(0)
        err.seek(0)
        return os.waitstatus_to_exitcode(status), out.read(), err.read()


@pytest.fixture
def shared(ledger: Path, sw) -> Iterator[Path]:
    """A ledger in a folder of the office's group, everything loaded that a child may need."""
    name = sw("heping", *TAKEN).id  # what is imported late must not be looked for under another user
    for words in (("note", name, "--text", "x"), ("close", name, "--outcome", "已答复", "--result", "x"), ("archive", "--days", "0"), ("show", name),
                  ("list",), ("overdue",), ("check",), ("note", name, "--text", "y")):  # fmt: skip
        sw("heping", *words, code=None)
    wrong = sw("heping", *WRONG).id
    sw("heping", "note", wrong, "--text", "x")
    top = Path(tempfile.mkdtemp(prefix="shared-"))
    top.chmod(0o755)
    root = top / "ledger"
    shutil.copytree(ledger, root, ignore=shutil.ignore_patterns("inquiries", "archive", "private", ".lock"))
    yield root
    shutil.rmtree(top)


def give(root: Path, mode: int) -> None:
    """The folder and the settings to the office's group, as the README says."""
    for path in (root, *root.rglob("*")):
        os.chown(path, 0, OFFICE)
        path.chmod(mode if path.is_dir() else 0o664)


def asked(root: Path, user: int, umask: int, *words: str, group: int | None = OFFICE) -> tuple[int, str, str]:
    """A command on the ledger as one of them."""
    return become(user, group, umask, "-L", str(root), "--as", "heping", *words)


@pytest.mark.parametrize("setgid", [True, False], ids=["setgid", "plain"])
@pytest.mark.parametrize("first", [ANNE, 0], ids=["a colleague first", "root's cron first"])
@pytest.mark.parametrize("umask", UMASKS, ids=oct)
def test_whoever_comes_first_locks_nobody_out(umask, first, setgid, shared):
    """Records, months, the lock and the archive: the second user of the group can do all of it."""
    give(shared, 0o2775 if setgid else 0o775)
    code, name, err = asked(shared, first, umask, *TAKEN)
    assert code == 0, err
    name = name.split()[0]
    for words in (
        ("note", name, "--text", "甲"), TAKEN, ("close", name, "--outcome", "已答复", "--result", "好"),
        ("archive", "--days", "0"), ("note", name, "--text", "乙"),
    ):  # fmt: skip
        for user in (BERT, ANNE):
            own = [f"{w}{user}" if w in ("甲", "乙") else w for w in words]
            code, _, err = asked(shared, user, umask, *own)
            if words[0] != "close" or user == BERT:
                assert code == 0, (words, user, err)
    for path in shared.rglob("*"):
        there = path.lstat()
        if path.name != "ledger-example":
            assert there.st_gid == OFFICE and there.st_mode & stat.S_IWGRP, path
    code, out, _ = asked(shared, CARL, umask, "show", name, group=None)
    assert code == 0 and "乙" in out  # the folder lets everybody read


@pytest.mark.parametrize("umask", UMASKS, ids=oct)
def test_a_reader_reads_and_is_told_why_he_cannot_write(umask, shared):
    """Of another group in a folder that others may read: reports work, an act is refused with whose folder it is."""
    give(shared, 0o2775)
    name = asked(shared, ANNE, umask, *TAKEN)[1].split()[0]
    for words in (("list",), ("show", name), ("overdue",), ("check",)):
        code, _, err = asked(shared, CARL, umask, *words, group=None)
        assert code == 0, (words, err)
    code, _, err = asked(shared, CARL, umask, "note", name, "--text", "丙", group=None)
    assert code == 6 and "没有权限" in err and "磁盘没有确认" not in err
    assert asked(shared, CARL, umask, "intake", *TAKEN[1:], group=None)[0] == 6


@pytest.mark.parametrize("umask", UMASKS, ids=oct)
def test_a_folder_for_the_group_alone_stays_so(umask, shared):
    """2770: nothing that is made in it is for others, even with umask 002."""
    give(shared, 0o2770)
    assert asked(shared, ANNE, umask, *TAKEN)[0] == 0
    made = [*(shared / "inquiries").rglob("*"), shared / "inquiries"]
    assert len(made) == 4 and all(not p.stat().st_mode & 0o007 for p in made)


def listed(root: Path, *who: str) -> bool:
    """Give users by name (setfacl) what the folder's owner may, now and for what will be made; False if the disk cannot."""
    entries = ",".join(f"u:{user}:rwX" for user in who)
    tool = shutil.which("setfacl")
    return bool(tool) and all(
        not subprocess.run([tool, "-R", *more, "-m", entries, root], capture_output=True).returncode
        for more in ((), ("-d",))
    )


@pytest.mark.parametrize("umask", UMASKS, ids=oct)
def test_who_is_on_the_folders_list_is_one_of_those(umask, shared):
    """An ACL names a user of no group: records, months and the archive are his too, whoever made or grew them."""
    give(shared, 0o2770)
    if not listed(shared, str(CARL)):
        pytest.skip("needs setfacl and a disk with lists")
    subprocess.run(["setfacl", "-m", f"u:{CARL}:x", shared.parent], check=True)
    name = asked(shared, ANNE, umask, *TAKEN)[1].split()[0]
    for n, (user, group) in enumerate(
        ((CARL, None), (BERT, OFFICE), (CARL, None), (0, None), (ANNE, OFFICE), (CARL, None))
    ):
        code, _, err = asked(shared, user, umask, "note", name, "--text", f"第{n}笔", group=group)
        assert code == 0, (n, user, err)
    for words in (
        TAKEN,
        ("close", name, "--outcome", "已答复", "--result", "好"),
        ("archive", "--days", "0"),
        ("note", name, "--text", "后记"),
    ):
        code, _, err = asked(shared, CARL, umask, *words, group=None)
        assert code == 0, (words, err)
    code, _, err = asked(shared, BERT, umask, "note", name, "--text", "再记")
    assert code == 0, err
    assert become(61004, None, umask, "-L", str(shared), "list")[0] != 0  # who is on no list


def test_a_list_of_one_file_outlives_the_next_act(shared):
    """Somebody is let read one record alone: still after it has grown; private/ lets nobody in by the folder's list."""
    give(shared, 0o2775)
    if not listed(shared, str(CARL)):
        pytest.skip("needs setfacl and a disk with lists")
    name = asked(shared, ANNE, 0o002, *TAKEN)[1].split()[0]
    path = next(shared.rglob(f"{name}.yaml"))
    subprocess.run(["setfacl", "-b", "-m", "u:61004:r", path], check=True)
    assert asked(shared, ANNE, 0o002, "note", name, "--text", "记")[0] == 0
    said = subprocess.run(["getfacl", "-cpn", path], check=True, capture_output=True, text=True).stdout
    assert "user:61004:r--" in said and f"user:{CARL}:" not in said
    assert asked(shared, ANNE, 0o002, *WRONG)[0] == 0
    assert (shared / "private").stat().st_mode & 0o077 == 0  # the group's bits are the list's mask


def test_private_is_the_owners_alone(shared):
    """Made by the program: 0700; a colleague sees the record, not who it was, and is told why."""
    give(shared, 0o2775)
    code, out, err = asked(shared, ANNE, 0o002, *WRONG)
    assert code == 0, err
    name = out.split()[0]
    assert stat.S_IMODE((shared / "private").stat().st_mode) & 0o077 == 0
    assert asked(shared, BERT, 0o002, "list")[0] == 0
    code, _, err = asked(shared, BERT, 0o002, "note", name, "--text", "甲")
    assert code == 6 and "没有权限" in err and "private/" in err and "磁盘没有确认" not in err
    code, _, err = asked(shared, BERT, 0o002, *WRONG)
    assert code == 6 and "没有权限" in err and "磁盘没有确认" not in err


@pytest.mark.parametrize("umask", UMASKS, ids=oct)
def test_private_keeps_the_mode_that_the_office_gave_it(umask, shared):
    """2770 for the group that handles these: both of it can read and go on, others cannot."""
    give(shared, 0o2775)
    (shared / "private").mkdir()
    os.chown(shared / "private", 0, OFFICE)
    (shared / "private").chmod(0o2770)
    name = asked(shared, ANNE, umask, *WRONG)[1].split()[0]
    for user in (BERT, ANNE):
        code, _, err = asked(shared, user, umask, "note", name, "--text", f"记{user}")
        assert code == 0, err
    assert f"记{BERT}" in asked(shared, ANNE, umask, "show", name)[1]
    assert stat.S_IMODE((shared / "private").stat().st_mode) == 0o2770
    assert all(not p.stat().st_mode & 0o007 for p in (shared / "private").iterdir())
    code, _, err = asked(shared, CARL, umask, "show", name, group=None)
    assert code == 5 and "没有权限" in err


def test_a_sticky_folder_says_what_it_is(shared):
    """Only who made a file may change it there: refused before anything is written, with the reason."""
    give(shared, 0o3775)
    name = asked(shared, ANNE, 0o002, *TAKEN)[1].split()[0]
    for path in (shared / "inquiries").rglob("*"):
        if path.is_dir():
            path.chmod(0o3775)
    before = next(shared.rglob(f"{name}.yaml")).read_bytes()
    code, _, err = asked(shared, BERT, 0o002, "note", name, "--text", "甲")
    assert code == 6 and "粘滞位" in err
    assert next(shared.rglob(f"{name}.yaml")).read_bytes() == before
    assert [p.name for p in shared.rglob(".*.new")] == []


def test_a_lock_of_an_older_version_still_locks(shared):
    """0644 of another user: taken for reading, which is enough to lock."""
    give(shared, 0o2775)
    (shared / ".lock").write_bytes(b"")
    (shared / ".lock").chmod(0o644)
    code, _, err = asked(shared, BERT, 0o022, *TAKEN)
    assert code == 0, err


def test_a_ledger_in_tmp_is_not_opened_to_all(shared):
    """Of a folder in which everybody may make something nothing is taken over."""
    root = shared.parent / "new"
    shared.parent.chmod(0o1777)
    assert become(ANNE, None, 0o077, "init", str(root), "--policy", "bumen", "--name", "某局")[0] == 0
    assert stat.S_IMODE(root.stat().st_mode) == 0o700
    assert all(not p.stat().st_mode & 0o077 for p in root.rglob("*"))
