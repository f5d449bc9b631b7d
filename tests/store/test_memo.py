"""The memo changes no output, is believed by nobody else, and holds nobody's identity in readable form."""

import os
from pathlib import Path

import pytest

COMMANDS = (
    ("overdue", "--format", "jsonl"), ("overdue", "--soon", "9", "--format", "json"), ("overdue", "--mine"),
    ("list", "--format", "json"), ("list", "--mine"), (),
)  # fmt: skip


@pytest.fixture
def memos() -> Path:
    """Where this test's memos lie."""
    return Path(os.environ["XDG_CACHE_HOME"]) / "shouwen"


@pytest.fixture
def same(sw, monkeypatch):
    """Every report says the same, word for word, without a memo, with it, and with what that left behind."""

    def asked(now: str, who: str = "wangfang") -> list:
        found = []
        for command in COMMANDS:
            monkeypatch.setenv("SHOUWEN_MEMO", "off")
            without = sw(who, *command, code=None, now=now)
            monkeypatch.delenv("SHOUWEN_MEMO")
            for _ in range(2):
                assert sw(who, *command, code=None, now=now) == without, (command, now)
            found.append(without)
        return found

    return asked


@pytest.fixture
def busy(sw, inquiry, ledger):
    """A ledger with open, settled, secret and broken records; the names of the open ones."""
    names = [inquiry(subject=f"事由{n}", phone=f"1381234{n:04}") for n in range(4)]
    sw(
        "wangfang",
        "handoff",
        names[1],
        "--to",
        "规划科/lijie",
        "--mode",
        "电话联系",
        "--reason",
        "属规划科职责",
    )
    sw(
        "wangfang",
        "close",
        names[3],
        "--outcome",
        "已答复",
        "--result",
        "已告知",
        "--told",
        "2026-11-23T09:15",
    )
    inquiry(category="举报", subject="有人收礼", about="lijie")
    month = ledger / "inquiries/2026/11"
    (month / "20261101-AAAAAA.yaml").write_text("不是记录", "utf-8")
    return names


def test_output_is_the_same(same, busy, sw, ledger):
    """By any clock, by whoever, after acts, a broken record and a change of the settings."""
    for now in (
        "2026-11-23T09:15",
        "2026-11-26T17:30",
        "2026-11-26T17:30:01",
        "2026-12-03T08:00",
        "2026-11-23T09:15",
    ):
        for who in ("wangfang", "lijie"):
            same(now, who)
    sw("wangfang", "note", busy[0], "--text", "已去电", now="2026-11-24T09:00")
    same("2026-12-03T08:00")
    settings = ledger / "staff.yaml"
    settings.write_text(settings.read_text("utf-8").replace("王芳", "王小芳"), "utf-8")
    assert "王小芳" in "".join(r.out for r in same("2026-12-03T08:00"))


@pytest.mark.parametrize("harm", ["torn", "swapped", "other key", "open to all", "a link", "no folder"])
def test_a_harmed_memo_changes_nothing(harm, same, busy, memos, tmp_path):
    """Torn, another's, of another key, readable by others, a link in its place: it is not believed."""
    before = same("2026-12-03T08:00")
    files = sorted(memos.glob("*.memo"))
    assert files
    if harm == "torn":
        for path in files:
            path.write_bytes(path.read_bytes()[:-7])
    elif harm == "swapped":
        bodies = [path.read_bytes() for path in files]
        for path, body in zip(files, bodies[1:] + bodies[:1], strict=True):
            path.write_bytes(body)
    elif harm == "other key":
        (memos / "key").write_bytes(b"x" * 32)
    elif harm == "open to all":
        memos.chmod(0o777)
    elif harm == "a link":
        memos.rename(tmp_path / "elsewhere")
        memos.symlink_to(tmp_path / "elsewhere")
    else:
        memos.parent.chmod(0o500)
        for path in memos.iterdir():
            path.unlink()
    assert same("2026-12-03T08:00") == before
    memos.parent.chmod(0o700)


def test_what_is_kept_is_unreadable_and_the_users_own(same, busy, memos):
    """No name, number or subject stands there in the open, nothing of a secret inquiry at all; 0700 and 0600."""
    same("2026-12-03T08:00")
    assert memos.stat().st_mode & 0o777 == 0o700
    for path in memos.iterdir():
        raw = path.read_bytes()
        assert path.stat().st_mode & 0o777 == 0o600
        assert not [
            w for w in ("事由", "张某", "13812", "有人收礼", "inquiries/", *busy) if w.encode() in raw
        ]


def test_a_memo_saves_the_judging(busy, sw, monkeypatch):
    """Were nothing recalled, all tests above would hold of a memo that is no good."""
    from shouwen.services import lateness

    calls = []
    clocks = lateness.clocks
    monkeypatch.setattr(lateness, "clocks", lambda *args: calls.append(1) or clocks(*args))
    counts = []
    for _ in range(2):
        sw("wangfang", "overdue", code=None, now="2026-12-03T08:00")
        counts.append(len(calls))
        calls.clear()
    assert counts == [4, 1]  # the secret one is judged anew


def test_without_a_memo_nothing_is_written(busy, sw, memos):
    """--no-memo leaves no trace."""
    for path in memos.iterdir() if memos.exists() else ():
        path.unlink()
    sw("wangfang", "--no-memo", "overdue", code=None)
    assert not list(memos.glob("*")) if memos.exists() else True
