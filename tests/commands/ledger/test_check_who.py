"""check --who: each act against the commit that brought it in, and its SSH signature where commits are signed."""

import os
import subprocess
from pathlib import Path

import pytest


@pytest.fixture
def sw(ledger, run):
    """The command line on a ledger under git, as somebody."""
    git(ledger, "init", "-q", "-b", "main")
    staff = ledger / "staff.yaml"
    text = staff.read_text("utf-8").replace("name: 赵军,", "name: 赵军, email: zhaojun@example.org,")
    staff.write_text(text.replace("name: 李洁,", "name: 李洁, email: lijie@example.org,"), "utf-8")
    git(ledger, "add", "-A")
    git(ledger, "-c", "user.name=建", "-c", "user.email=x@example.org", "commit", "-qm", "建账")
    return lambda who, *args, **more: run("-L", ledger, *(["--as", who] if who else []), *args, **more)


def git(root: Path, *words: str) -> None:
    """git, whose own settings of this machine do not matter."""
    env = os.environ | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    subprocess.run(["git", "-C", root, *words], check=True, env=env, capture_output=True)


def committed(ledger: Path, who: str, *more: str, committer: str = "") -> None:
    """Everything committed by somebody."""
    git(ledger, "add", "-A")
    both = committer or who
    git(ledger, "-c", f"user.name={both}", "-c", f"user.email={both}@example.org", *more[:-1 if more else 0],
        "commit", "-qm", "x", "--author", f"{who} <{who}@example.org>", *more[-1:])  # fmt: skip


@pytest.fixture
def intake(sw):
    """An inquiry taken in by 王芳; its id."""
    return lambda who="wangfang": sw(who, "intake", "--channel", "来电", "--category", "咨询", "--subject", "立项", "--scope",
                                     "本部门", "--name", "张某", "--phone", "0631-5550123").id  # fmt: skip


def found(sw) -> list[str]:
    """What check --who finds."""
    return [line for line in sw("", "check", "--who", code=None).out.splitlines() if "[who]" in line]


def test_each_under_her_own_name(sw, ledger, intake):
    """Nothing is found while everybody commits what she did, nor before anything is committed."""
    name = intake()
    assert found(sw) == []
    committed(ledger, "wangfang")
    sw("zhaojun", "note", name, "--text", "x")
    committed(ledger, "zhaojun")
    assert found(sw) == []


def test_under_another_name(sw, ledger, intake):
    """An act in somebody else's name is found at its line, with the commit and whose it is; so is an intake."""
    name = intake()
    committed(ledger, "lijie")
    sw("zhaojun", "note", name, "--text", "x")
    committed(ledger, "wangfang")
    intake_, note = found(sw)
    assert "受理记的是王芳（wangfang），提交的作者是 lijie <lijie@example.org>" in intake_
    assert "记事记的是赵军（zhaojun），提交的作者是 wangfang" in note and f"{name}.yaml:" in note
    assert sw("", "check", "--who", code=1).code == 1 and sw("", "check").code == 0


def test_committed_by_a_stranger(sw, ledger, intake):
    """The author may be written as one likes: who committed must be known too."""
    intake()
    committed(ledger, "wangfang", committer="niemand")
    (one,) = found(sw)
    assert "提交人 niemand <niemand@example.org> 不在名册" in one


def test_a_counter_where_several_sign_in(sw, ledger, intake):
    """Named in ledger.yaml with those who stand there; not for those who do not."""
    settings = ledger / "ledger.yaml"
    settings.write_text(
        settings.read_text("utf-8")
        + "\ngit:\n  counters:\n    - {email: chuangkou@example.org, staff: [wangfang, zhaojun]}\n",
        "utf-8",
    )
    name = intake()
    committed(ledger, "chuangkou")
    sw("zhaojun", "note", name, "--text", "x")
    sw("lijie", "note", name, "--text", "y")
    committed(ledger, "chuangkou")
    (one,) = found(sw)
    assert "记的是李洁（lijie）" in one


def test_the_commit_that_archived_is_not_the_one_that_wrote(sw, ledger, intake):
    """A record moved by somebody else still stands under the name of who wrote its lines."""
    name = intake()
    sw("wangfang", "close", name, "--outcome", "已答复", "--result", "x")
    committed(ledger, "wangfang")
    sw("zhaojun", "archive", "--days", "1", now="2027-06-01T09:00")
    committed(ledger, "zhaojun")
    assert list(ledger.rglob(f"archive/**/{name}.yaml"))
    assert found(sw) == []


@pytest.fixture
def keys(ledger, sw, tmp_path) -> dict[str, str]:
    """SSH keys of two people, made by ssh-keygen; the public ones stand in the roster."""
    made = {}
    staff = ledger / "staff.yaml"
    for who, called in (("wangfang", "王芳"), ("zhaojun", "赵军")):
        path = tmp_path / who
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", who, "-f", path], check=True)
        public = path.with_suffix(".pub").read_text().strip()
        staff.write_text(
            staff.read_text("utf-8").replace(f"name: {called},", f'name: {called}, keys: ["{public}"],'),
            "utf-8",
        )
        made[who] = str(path)
    settings = ledger / "ledger.yaml"
    settings.write_text(settings.read_text("utf-8") + "\ngit: {signed: true}\n", "utf-8")
    return made


def signed(ledger: Path, who: str, key: str) -> None:
    """Everything committed and signed."""
    committed(ledger, who, "-c", "gpg.format=ssh", "-c", f"user.signingkey={key}", "-S")


def test_signed_by_who_did_it(sw, ledger, intake, keys):
    """Signed with her key: nothing. Not signed, or with another's, or with one nobody knows: found."""
    intake()
    signed(ledger, "wangfang", keys["wangfang"])
    assert found(sw) == []
    intake()
    committed(ledger, "wangfang")
    assert len(found(sw)) == 1 and "提交没有签名" in found(sw)[0]
    intake()
    signed(ledger, "wangfang", keys["zhaojun"])  # the name is hers, the key is not
    assert sum("签名是赵军的" in line for line in found(sw)) == 1


def test_a_key_that_nobody_has(sw, ledger, intake, keys, tmp_path):
    """A signature by a key that is not in the roster proves nothing, whatever the ledger configures."""
    stranger = tmp_path / "stranger"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", stranger], check=True)
    git(ledger, "config", "gpg.ssh.program", "/bin/true")
    intake()
    signed_env = (
        "-c",
        "gpg.ssh.program=ssh-keygen",
        "-c",
        "gpg.format=ssh",
        "-c",
        f"user.signingkey={stranger}",
        "-S",
    )
    committed(ledger, "wangfang", *signed_env)
    (one,) = found(sw)
    assert "签名核对不上" in one


def test_a_shallow_clone_accuses_nobody(sw, ledger, intake, run, tmp_path):
    """Its oldest commit seems to bring in everything: that it cannot be told is said once; what came later is judged."""
    name = intake()
    committed(ledger, "wangfang")
    sw("zhaojun", "note", name, "--text", "x")
    committed(ledger, "zhaojun")
    sw("zhaojun", "note", name, "--text", "y")
    committed(ledger, "lijie")  # in another's name
    for depth, wrong in ((1, 0), (2, 1), (9, 1)):
        clone = tmp_path / f"depth{depth}"
        git(tmp_path, "clone", "-q", "--depth", str(depth), ledger.as_uri(), str(clone))
        said = [
            line for line in run("-L", clone, "check", "--who", code=1).out.splitlines() if "[who]" in line
        ]
        cut = [line for line in said if "git fetch --unshallow" in line]
        assert len(cut) == (depth < 9) and len(said) - len(cut) == wrong, depth


def test_however_it_came_into_the_history(sw, ledger, intake):
    """Merged by another, rebased by another, archived on the way: each line still is of who committed it first."""
    name = intake()
    committed(ledger, "wangfang")
    git(ledger, "checkout", "-q", "-b", "other")
    sw("zhaojun", "note", name, "--text", "x")
    committed(ledger, "zhaojun")
    git(ledger, "checkout", "-q", "main")
    sw("lijie", "note", name, "--text", "y")
    committed(ledger, "lijie")
    git(
        ledger,
        "-c",
        "user.name=何平",
        "-c",
        "user.email=heping@example.org",
        "merge",
        "-q",
        "other",
        "-m",
        "m",
    )
    assert found(sw) == []
    git(ledger, "checkout", "-q", "-b", "third", "HEAD~1")
    sw("wangfang", "note", name, "--text", "z")
    committed(ledger, "wangfang")
    git(ledger, "-c", "user.name=何平", "-c", "user.email=heping@example.org", "rebase", "-q", "main")
    assert found(sw) == []
    git(
        ledger,
        "-c",
        "user.name=某人",
        "-c",
        "user.email=n@example.org",
        "commit",
        "-q",
        "--amend",
        "--no-edit",
    )
    (one,) = found(sw)
    assert "提交人 某人 <n@example.org> 不在名册" in one


def test_a_key_that_was_given_up(sw, ledger, intake, keys, monkeypatch):
    """Valid until a day: what was signed with it before is proved, what is signed with it afterwards is not."""
    staff = ledger / "staff.yaml"
    public = Path(keys["wangfang"]).with_suffix(".pub").read_text().strip()
    staff.write_text(
        staff.read_text("utf-8").replace(f'["{public}"]', f"['valid-before=\"20261124\" {public}']"), "utf-8"
    )
    for day, count in (("2026-11-23", 0), ("2026-11-25", 1)):
        monkeypatch.setenv("GIT_COMMITTER_DATE", f"{day}T10:00:00+0800")
        intake()
        signed(ledger, "wangfang", keys["wangfang"])
        assert len(found(sw)) == count
    assert "签名核对不上" in found(sw)[0]
