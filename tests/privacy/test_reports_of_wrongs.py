"""举报 and confidential inquiries: what they say is on this machine alone, and can be purged."""

import os
import re
import stat
import subprocess
from pathlib import Path

import pytest

from shouwen.render.forms.text import FORMATS as SHEETS
from shouwen.render.table import FORMATS
from shouwen.store import private_parts

CANARY = "金丝雀"
LATE = "2026-12-20T09:00"
WORDS = {
    "--subject": f"{CANARY}事由", "--detail": f"{CANARY}详情", "--name": f"{CANARY}某", "--phone": "13955550199",
    "--organisation": f"{CANARY}公司", "--channel": "来电", "--scope": "本人",
}  # fmt: skip


@pytest.fixture
def wrong(ledger, sw):
    """``wrong(*options)``: take in a 举报 that says the canary everywhere; its id."""

    def taken(*more: str, category: str = "举报") -> str:
        words = [w for pair in WORDS.items() for w in pair]
        return sw("heping", "intake", "--category", category, *words, *more).id

    return taken


@pytest.fixture
def kept(wrong, ledger) -> tuple[str, str]:
    """A 举报 and a confidential consultation, in a ledger under git."""
    return wrong("--about", "lijie"), wrong("--confidential", category="咨询")


MANY = (
    [("list", "--status", "all", "--archive", "-f", f) for f in FORMATS]
    + [
        ("list", "-0"),
        ("search", CANARY),
        ("search", "13955550199"),
        ("search", "保密件"),
        ("list", "--sort", "subject"),
    ]
    + [("overdue", "-f", f) for f in FORMATS]
    + [("overdue", "-f", "eml", "--to", "a@example.org"), ("overdue", "--by", "holder"), ()]
    + [("form", name, "--from", "2026-11-01", "-f", f) for name in ("台账", "汇总表") for f in SHEETS]
    + [("evaluate", "2026", "-f", f) for f in (*FORMATS, "text")]
    + [("check",), ("check", "--format", "json"), ("fmt", "--check"), ("route",), ("sanction", "list")]
    + [("accept", "K"), ("show", CANARY), ("purge", "--days", "1", "--dry-run"), ("archive", "--dry-run")]
)


@pytest.mark.parametrize("words", MANY, ids=lambda words: " ".join(words) or "alone")
def test_no_list_says_it(words, kept, sw):
    """Whoever lists, searches, mails or errs sees that there is something, not what."""
    done = sw("heping", *words, code=None, now=LATE)
    assert done.code != 70
    shown = done.out + done.err
    if "eml" in words:
        import email
        from email import policy

        mail = email.message_from_string(done.out, policy=policy.default)
        shown += "".join(p.get_content() for p in mail.iter_parts()) + str(mail["Subject"])
        assert "涉密件（举报等）超期" in shown
    if CANARY in words:
        shown = shown.replace(f"“{CANARY}”", "")  # what was typed is repeated
    assert CANARY not in shown
    assert "13955550199" not in shown.replace("“13955550199”", "")
    if words[:1] not in ((), ("check",), ("purge",), ("archive",), ("accept",)):
        assert not any(name in shown for name in kept)


def test_the_shared_file_does_not_say_it(kept, ledger: Path):
    """The record that git carries has no word of it; private/ has, for its owner alone, and git ignores it."""
    apart = ledger / "private"
    assert sorted(p.stem for p in apart.iterdir()) == sorted(kept)
    assert stat.S_IMODE(apart.stat().st_mode) == 0o700
    for path in ledger.rglob("*"):
        if path.is_file() and apart not in path.parents:
            assert CANARY.encode() not in path.read_bytes()
            assert b"13955550199" not in path.read_bytes()
    for path in apart.iterdir():
        assert CANARY in path.read_text("utf-8")
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "/private/" in (ledger / ".gitignore").read_text("utf-8").split()


def test_git_never_has_it(kept, ledger: Path, sw, monkeypatch):
    """Set up, committed by sync, cloned: neither a file nor a subject of the history says it."""
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "何平")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "heping@example.org")
    sw("heping", "git", "setup")
    subprocess.run(["git", "-C", ledger, "add", "-A"], check=True)
    subprocess.run(["git", "-C", ledger, "commit", "-qm", "设置"], check=True)
    sw("heping", "note", kept[0], "--text", "已转纪检")
    sw("heping", "sync", code=None)
    log = subprocess.check_output(["git", "-C", ledger, "log", "--all", "-p"], text=True)
    assert kept[0] in log and "已转纪检" not in log and '"do": "记事"' in log
    assert CANARY not in log and "13955550199" not in log
    assert subprocess.check_output(["git", "-C", ledger, "ls-files", "private"], text=True) == ""


def test_completion_does_not_say_it(kept, ledger, run, monkeypatch):
    """TAB offers the id with its day, nothing of what was said."""
    monkeypatch.setenv("_SHOUWEN_COMPLETE", "complete_fish")
    monkeypatch.setenv("_SHOUWEN_LINE", f"shouwen -L {ledger} show 2026")
    offered = run().out
    assert kept[0] in offered and CANARY not in offered


def test_one_alone_may_be_shown(kept, sw):
    """Who may read private/ reads it in show."""
    assert f"{CANARY}事由" in sw("heping", "show", kept[0]).out


def test_a_clone_without_it_works(kept, ledger: Path, sw):
    """On a machine without private/ the matter can be followed, not read."""
    for path in (ledger / "private").iterdir():
        path.unlink()
    shown = sw("heping", "show", kept[0]).out
    assert kept[0] in shown and CANARY not in shown
    assert sw("heping", "check", code=None).code in (0, 1)


@pytest.mark.parametrize("to", ["规划科", "规划科/lijie", "规划科/sunmei"])
def test_not_to_whom_it_is_about(to, kept, sw):
    """Neither the person complained of nor that department may be handed the matter."""
    refused = sw("heping", "handoff", kept[0], "--to", to, "--mode", "书面转交", "--reason", "请查", code=3)
    assert kept[0] in refused.err and CANARY not in refused.err
    assert "转办" not in sw("heping", "show", kept[0]).out.split("经过")[-1].split("时限")[0]


def test_nor_signed_for_by_them(kept, sw):
    """Even handed elsewhere, the person complained of cannot sign for it."""
    sw("heping", "handoff", kept[0], "--to", "审批科", "--mode", "书面转交", "--reason", "请查")
    assert sw("lijie", "accept", kept[0], code=3).err


# Purging


@pytest.fixture
def settled(kept, sw) -> str:
    """The 举报 closed on 24 November."""
    sw("heping", "close", kept[0], "--outcome", "已答复", "--result", "已转纪检", now="2026-11-24T10:00")
    return kept[0]


def traces(ledger: Path, name: str) -> int:
    """How many notes of a purge the record has."""
    return (
        next(ledger.rglob(f"inquiries/**/{name}.yaml")).read_text("utf-8").count("已按保存期限清除身份和内容")
    )


def test_purged_and_traced(settled, ledger: Path, sw):
    """What was said is gone, that it was there and who removed it stays; again is no harm."""
    done = sw("heping", "purge", settled, now="2026-12-20T09:00")
    assert "已清除 1 件" in done.err
    assert not (ledger / "private" / f"{settled}.yaml").exists()
    assert traces(ledger, settled) == 1
    shown = sw("heping", "show", settled).out
    assert "已按保存期限清除身份和内容" in shown and CANARY not in shown
    assert sw("heping", "purge", settled, code=3).err.endswith("这台机器上没有它的保密内容\n")
    assert traces(ledger, settled) == 1


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_purge_cut_short_is_done_again(when, settled, ledger: Path, sw, monkeypatch):
    """Killed before the file was deleted, or after: a second run ends with no file and one trace."""
    real = private_parts.erase

    def cut(root: str, name: str) -> bool:
        if when == "after":
            real(root, name)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(private_parts, "erase", cut)
        sw("heping", "purge", settled, code=130)
    sw("heping", "purge", "--days", "1", now="2026-12-20T09:00")
    assert not (ledger / "private" / f"{settled}.yaml").exists()
    assert traces(ledger, settled) == 1


def test_only_what_is_past_its_days(settled, kept, ledger: Path, sw):
    """Closed on the 24th: with 10 days it goes on 4 December, not on the 3rd; what is open never goes."""
    assert "已清除 0 件" in sw("heping", "purge", "--days", "10", now="2026-12-04T09:59").err
    told = sw("heping", "purge", "--days", "10", "--dry-run", now="2026-12-04T10:00")
    assert (told.out, told.err) == (f"{settled}\n", "可清除 1 件\n")
    assert (ledger / "private" / f"{settled}.yaml").exists()
    assert "已清除 1 件" in sw("heping", "purge", "--days", "10", now="2026-12-04T10:00").err
    assert (ledger / "private" / f"{kept[1]}.yaml").exists()
    assert "还没有办结，不能清除" in sw("heping", "purge", kept[1], code=3).err


def test_retention_of_the_ledger(settled, ledger: Path, sw):
    """Without --days the ledger's own retention counts; without either nothing is guessed."""
    assert "写明编号或 --days" in sw("heping", "purge", code=2).err
    settings = ledger / "ledger.yaml"
    text = re.sub("(?m)^#? ?retain_private:.*\n", "", settings.read_text("utf-8"))
    settings.write_text(text + "retain_private: 10\n", "utf-8")
    assert "已清除 0 件" in sw("heping", "purge", now="2026-12-03T10:00").err
    assert "已清除 1 件" in sw("heping", "purge", now="2026-12-05T10:00").err


def test_a_link_in_private_is_not_followed(kept, ledger: Path, sw, tmp_path: Path):
    """A planted symbolic link is named, not read; erasing takes the link, not its goal."""
    goal = tmp_path / "goal.yaml"
    path = ledger / "private" / f"{kept[0]}.yaml"
    os.rename(path, goal)
    path.symlink_to(goal)
    done = sw("heping", "show", kept[0], code=None)
    assert CANARY not in done.out and "符号链接" in done.err
    assert private_parts.erase(str(ledger), kept[0]) and goal.exists()
