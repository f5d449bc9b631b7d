"""Every command that writes, each with the small ledger it is run on."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from shouwen import cli
from tests.support.clock import NOW
from tests.support.records import CASE, PLAIN
from tests.support.roster import MATTERS, STAFF

OTHER = ("--name", "旁人", "--phone", "13800000000")
HANDOFF = ("handoff", "ID", "--to", "规划科/lijie", "--mode", "电话联系")
CLOSE = ("close", "ID", "--outcome", "已答复", "--result", "已告知", "--told", "now")
REPORT = ("sanction", "report", "--staff", "wangfang", "--article", "五", "--violation", "态度生硬",
          "--summary", "推", "--occurred", "2026-11-20")  # fmt: skip
VERIFY = ("sanction", "verify", "CASE", "--finding", "查实")
DECIDE = ("sanction", "decide", "CASE", "--authority", "局党组")
DECIDED = (("zhaojun", VERIFY), ("zhaojun", DECIDE))
APPEALED = (*DECIDED, ("wangfang", ("sanction", "appeal", "CASE", "--text", "不服")))
ROWS = """日期,姓名,事由,类别,受理人
2026-11-02 09:10,甲某,问材料,咨询,王芳
2026-11-03 10:00,乙某,问期限,咨询,王芳
2026-11-04 11:00,丙某,有人推诿,举报,王芳
"""
MAPPING = """columns: {received: 日期, name: 姓名, subject: 事由, category: 类别, first_responder: 受理人}
defaults: {channel: 来电, scope: 本人}
"""
PEOPLE = """编号,姓名,部门,职务
qianwu,钱五,审批科,科员
shanliu,单六,规划科,科员
heping,何平,办公室,主任
"""
HOLIDAYS = {"year": 2027, "days": [{"name": "元旦", "date": "2027-01-01", "isOffDay": True}]}


@dataclass(frozen=True)
class Story:
    """One command: who gives it, what must have happened before, and by which other means."""

    who: str
    words: tuple[str, ...]
    before: tuple = ()
    prepare: Callable[[Path], None] | None = None
    said: bool = False  # whether stdout is the id of a record that must then be there
    again: tuple[int, ...] = (0, 3)  # exit codes of the same command given once more
    whole: bool = True  # one record changes: all or nothing, not file by file
    taken_back: bool = False  # file by file only when killed: else what was begun is taken back
    ends: bool = True  # the run after it ends where an undisturbed one does: done twice is done once
    proof: Callable[[Path], bool] | None = None  # what else must be so after a run that exits 0
    named: str = ""  # what check may say where it was cut short between two files, until it is run again


def sw(root: Path, who: str, *words: str) -> str:
    """Run a command in this process; its stdout. AssertionError unless it exits 0."""
    out, err = StringIO(), StringIO()
    kept = os.environ.get("SHOUWEN_NOW")
    os.environ["SHOUWEN_NOW"] = kept or NOW
    try:
        with redirect_stdout(out), redirect_stderr(err):
            code = cli.run(["-L", str(root), *(("--as", who) if who else ()), *words])
    finally:
        if kept is None:
            del os.environ["SHOUWEN_NOW"]
    assert code == 0, f"{words}: exit {code}\n{out.getvalue()}{err.getvalue()}"
    return out.getvalue()


def _by_hand(root: Path) -> None:
    for path in sorted(root.glob("inquiries/*/*/*.yaml")):
        path.write_text(path.read_text("utf-8").replace('channel: "来电"', "channel: 来电 # 手写"), "utf-8")


def _conflict(root: Path) -> None:
    path = min(root.glob("inquiries/*/*/*.yaml"))
    event = (
        '- {"id": "%s", "at": "2026-11-23T09:15:00+08:00", "by": "wangfang", "do": "记事", "text": "%s"}\n'
    )
    with path.open("a", encoding="utf-8") as file:
        file.write(
            "<<<<<<< HEAD\n" + event % ("aaa1", "甲") + "=======\n" + event % ("bbb1", "乙") + ">>>>>>> b\n"
        )


def _old(root: Path) -> None:
    """Everything happened a year ago."""
    for path in sorted(root.glob("inquiries/*/*/*.yaml")):
        text = path.read_text("utf-8").replace("2026-11-23T", "2025-11-24T")
        name = path.stem.replace("20261123", "20251124")
        new = root / f"inquiries/2025/11/{name}.yaml"
        new.parent.mkdir(parents=True, exist_ok=True)
        new.write_text(text.replace(path.stem, name), "utf-8")
        path.unlink()
    shutil.rmtree(root / "inquiries/2026")
    for path in root.glob("private/*.yaml"):
        name = path.stem.replace("20261123", "20251124")
        (root / f"private/{name}.yaml").write_text(path.read_text("utf-8").replace(path.stem, name), "utf-8")
        (root / f"private/{name}.yaml").chmod(0o600)
        path.unlink()


def _holidays(root: Path) -> None:
    (root / "2027.json").write_text(json.dumps(HOLIDAYS), "utf-8")


def _rows(root: Path) -> None:
    """A 台账 of three rows, the last confidential, and its mapping."""
    (root / "t.csv").write_text(ROWS, "utf-8")
    (root / "m.yaml").write_text(MAPPING, "utf-8")


def _people(root: Path) -> None:
    """A list of two who are new and one who is known."""
    (root / "p.csv").write_text(PEOPLE, "utf-8")


def git(root: Path, *words: str) -> str:
    """The output of git in a directory."""
    done = subprocess.run(["git", "-C", root, *words], check=True, capture_output=True, text=True)
    return done.stdout.strip()


def _git(root: Path) -> None:
    git(root, "init", "-q", "-b", "main")
    for key, value in (("user.name", "王芳"), ("user.email", "wangfang@example.org"), ("gc.auto", "0")):
        git(root, "config", key, value)
    (root / ".git/info/exclude").write_text("/.upstream\n", "utf-8")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "始")


def _commits(root: Path) -> None:
    settings = root / "ledger.yaml"
    settings.write_text(settings.read_text("utf-8") + "\ngit: {commit: true}\n", "utf-8")
    _git(root)


def _clones(root: Path) -> None:
    """Another clone has pushed a note and an intake; a note and an intake here are not committed."""
    _git(root)
    name = min(root.glob("inquiries/*/*/*.yaml")).stem
    git(root, "clone", "-q", "--bare", ".", ".upstream")
    git(root, "remote", "add", "origin", ".upstream")
    other = root.with_name("other")
    git(root, "clone", "-q", ".upstream", str(other))
    for key, value in (("user.name", "李洁"), ("user.email", "lijie@example.org")):
        git(other, "config", key, value)
    for place, who in ((other, "lijie"), (root, "wangfang")):
        sw(place, who, "note", name, "--text", who)
        sw(place, who, *PLAIN, "--name", who)
    git(other, "add", "-A")
    git(other, "commit", "-q", "-m", "彼")
    git(other, "push", "-q")
    shutil.rmtree(other)
    git(root, "fetch", "-q")
    git(root, "branch", "-q", "-u", "origin/main")


def pushed(root: Path) -> bool:
    """Whether upstream stands where the clone does, and nothing is left to commit."""
    return git(root, "rev-parse", "HEAD") == git(root / ".upstream", "rev-parse", "main") and not git(
        root, "status", "--porcelain", "inquiries"
    )


def _archived(root: Path) -> None:
    _old(root)
    sw(root, "", "archive")


OPEN, PENDING = (), (("wangfang", HANDOFF),)
NOTIFIED = (("wangfang", ("notify", "ID", "--material", "执照")),)
RECEIVED = (("wangfang", ("receive", "ID", "--material", "执照")),)
SUSPENDED = (("wangfang", ("suspend", "ID", "--reason", "特别程序")),)
CLOSED = (("wangfang", CLOSE),)
SECRET = (("wangfang", (*PLAIN, "--confidential", "--name", "李某")),)
INTAKE = (*PLAIN, "--name", "张某", "--phone", "13812341234")

STORIES: dict[str, Story] = {
    "init": Story("", ("init", "DIR", "--policy", "bumen", "--name", "某局"), again=(0, 6), whole=False),
    "intake": Story("wangfang", INTAKE, said=True, ends=False),
    "intake confidential": Story("wangfang", (*INTAKE, "--confidential"), said=True, ends=False),
    "handoff": Story("wangfang", HANDOFF),
    "accept": Story("lijie", ("accept", "ID"), PENDING),
    "return": Story("lijie", ("return", "ID", "--reason", "不属本科"), PENDING),
    "progress": Story("wangfang", ("progress", "ID", "--text", "已说明")),
    "note": Story("wangfang", ("note", "ID", "--text", "备注")),
    "notify": Story("wangfang", ("notify", "ID", "--material", "执照")),
    "supplement": Story("wangfang", ("supplement", "ID"), NOTIFIED),
    "receive": Story("wangfang", ("receive", "ID", "--material", "户口本")),
    "giveback": Story("wangfang", ("giveback", "ID"), RECEIVED),
    "object": Story("wangfang", ("object", "ID", "--text", "不接受")),
    "suspend": Story("wangfang", ("suspend", "ID", "--reason", "特别程序")),
    "resume": Story("wangfang", ("resume", "ID"), SUSPENDED),
    "escalate": Story("wangfang", ("escalate", "ID", "--text", "请指定")),
    "instruct": Story("zhaojun", ("instruct", "ID", "--text", "由规划科办", "--designate", "规划科")),
    "extend": Story("wangfang", ("extend", "ID", "--by", "1", "--approved-by", "zhaojun", "--reason", "勘验")),
    "appoint": Story("wangfang", ("appoint", "ID", "--when", "11-25 09:30")),
    "urge": Story("zhaojun", ("urge", "ID")),
    "supervise": Story("heping", ("supervise", "ID", "--text", "请速办")),
    "close": Story("wangfang", CLOSE),
    "callback": Story("wangfang", ("callback", "ID", "--rating", "满意"), CLOSED),
    "reopen": Story("wangfang", ("reopen", "ID", "--reason", "没解决"), CLOSED),
    "correct": Story("wangfang", ("correct", "ID", "--field", "subject", "--value", "新", "--reason", "听错")),
    "withdraw": Story("wangfang", ("withdraw", "ID", "--reason", "记错了件"), (("wangfang", ("note", "ID", "--text", "错")),)),
    "join": Story("wangfang", ("join", "ID", "--into", "SECOND", "--reason", "同一盏路灯"), (("wangfang", (*PLAIN, "--name", "李某")),)),
    "note archived": Story("wangfang", ("note", "ID", "--text", "备注"), CLOSED, _archived, whole=False),
    "form issue": Story("wangfang", ("form", "回执", "ID", "--issue", "--no", "1号")),
    "sanction report": Story("zhaojun", CASE, said=True, ends=False),
    "sanction verify": Story("zhaojun", VERIFY),
    "sanction decide": Story("zhaojun", DECIDE, DECIDED[:1]),
    "sanction serve": Story("zhaojun", ("sanction", "serve", "CASE"), DECIDED),
    "sanction complete": Story("zhaojun", ("sanction", "complete", "CASE", "--text", "已道歉"), DECIDED),
    "sanction lift": Story("zhaojun", ("sanction", "lift", "CASE", "--authority", "局党组"), DECIDED),
    "sanction publish": Story("zhaojun", ("sanction", "publish", "CASE", "--text", "大会"), DECIDED),
    "sanction file": Story("zhaojun", ("sanction", "file", "CASE"), DECIDED),
    "sanction appeal": Story("wangfang", ("sanction", "appeal", "CASE", "--text", "不服"), DECIDED),
    "sanction uphold": Story("zhaojun", ("sanction", "uphold", "CASE", "--authority", "局党组"), APPEALED),
    "sanction modify": Story("zhaojun", ("sanction", "modify", "CASE", "--measure", "通报批评", "--authority",
                                         "局党组", "--reason", "从轻", "--ground", "新的事实"), APPEALED),
    "sanction revoke": Story("zhaojun", ("sanction", "revoke", "CASE", "--reason", "查无此事"), DECIDED),
    "staff add": Story("", ("staff", "add", "qianwu", "--name", "钱五", "--department", "审批科")),
    "staff move": Story("", ("staff", "move", "lijie", "--to", "审批科", "--from", "2026-12-01")),
    "staff leave": Story("", ("staff", "leave", "wangfang", "--from", "2026-12-01", "--until", "2026-12-04", "--why", "学习")),
    "staff import": Story("", ("staff", "import", "DIR/p.csv"), prepare=_people),
    "department add": Story("", ("department", "add", "信息科", "--leader", "heping")),
    "department rename": Story("", ("department", "rename", "规划科", "规划建设科", "--from", "2026-12-01")),
    "department merge": Story("", ("department", "merge", "规划科", "--into", "审批科", "--last-day", "2026-11-30")),
    "fmt": Story("", ("fmt",), prepare=_by_hand, whole=False),
    "check fix": Story("", ("check", "--fix"), prepare=_by_hand, whole=False),
    "heal": Story("", ("heal",), prepare=_conflict),
    "archive": Story("", ("archive",), CLOSED, _old, whole=False),
    "purge": Story("wangfang", ("purge", "--days", "90"), (*SECRET, ("wangfang", tuple("SECOND" if w == "ID" else w for w in CLOSE))),
                   _old, whole=False, named="清除做到一半"),
    "calendar change": Story("", ("calendar", "change", "2026-12-07", "--off", "--source", "通告"), again=(0, 3)),
    "calendar import": Story("", ("calendar", "import", "DIR/2027.json"), prepare=_holidays, again=(0, 6)),
    "import": Story("wangfang", ("import", "DIR/t.csv", "--mapping", "DIR/m.yaml", "--rest"), prepare=_rows, said=True,
                    whole=False, taken_back=True),
    "sync": Story("", ("sync",), prepare=_clones, whole=False, proof=pushed),
    "git setup": Story("", ("git", "setup"), whole=False, named="不是完整的 git 仓库"),
    "git note": Story("wangfang", ("note", "ID", "--text", "备注"), prepare=_commits),
    "git staff add": Story("", ("staff", "add", "qianwu", "--name", "钱五", "--department", "审批科"), prepare=_commits),
    "git department rename": Story("", ("department", "rename", "规划科", "规划建设科", "--from", "2026-12-01"), prepare=_commits),
    "git intake": Story("wangfang", INTAKE, prepare=_commits, said=True, ends=False),
}  # fmt: skip


def build(story: Story, root: Path) -> tuple[str, ...]:
    """Make the ledger that the story begins with; the command line, its ids filled in."""
    if story.words[0] == "init":
        return tuple(w.replace("DIR", str(root)) for w in story.words)
    sw(root, "", "init", str(root), "--policy", "bumen", "--name", "某局")
    (root / "staff.yaml").write_text(STAFF, "utf-8")
    (root / "matters.yaml").write_text(MATTERS, "utf-8")
    settings = root / "ledger.yaml"
    text = settings.read_text("utf-8").replace("leaders: {}", "leaders: {分管领导: heping}")
    settings.write_text(text, "utf-8")
    sw(root, "wangfang", *PLAIN, *OTHER)  # the bystander: nothing may happen to it
    ids = {"DIR": str(root), "now": NOW.replace("T", " ")}
    ids["ID"] = sw(root, "wangfang", *PLAIN, "--name", "张某").split()[0]
    if "CASE" in story.words:
        ids["CASE"] = sw(root, "zhaojun", *CASE).split()[0]
    for who, words in story.before:
        said = sw(root, who, *(ids.get(w, w) for w in words)).split()[0]
        if words[0] == "intake":
            ids["SECOND"] = said
    if story.prepare:
        story.prepare(root)
    if story.prepare in (_old, _archived):
        ids["ID"] = ids["ID"].replace("20261123", "20251124")
    acting = ("--as", story.who) if story.who else ()
    named = [ids.get(w, w.replace("DIR", str(root))) for w in story.words]
    return ("-L", str(root), *acting, *named)
