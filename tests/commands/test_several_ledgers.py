"""``-L`` several times: list, search, check (and the reports) speak of all the ledgers as of each."""

import json
import shutil
from email import message_from_string, policy
from pathlib import Path

import pytest
from icalendar import Calendar

from shouwen.store import parallel

OTHER = "另局"


@pytest.fixture
def two(ledger, inquiry, run, tmp_path) -> tuple[Path, Path, list[str]]:
    """Two offices with an inquiry each, that of the second with another person and subject; ids in order."""
    first = inquiry()
    other = tmp_path / "other"
    run("init", other, "--policy", "bumen", "--name", OTHER)
    text = (ledger / "staff.yaml").read_text("utf-8")
    (other / "staff.yaml").write_text(text.replace("规划科", "园林科"), "utf-8")
    (other / "matters.yaml").write_text("{}\n", "utf-8")
    second = run("-L", other, "--as", "wangfang", "intake", "--channel", "来电", "--category", "咨询", "--subject",
                 "树木修剪", "--name", "赵某", "--phone", "13912341234", "--scope", "其他部门").id  # fmt: skip
    return ledger, other, [first, second]


def both(two, *args):
    """The options that name both ledgers, and the rest."""
    return ("-L", two[0], "-L", two[1], *args)


@pytest.mark.parametrize(
    "command", [("list",), ("search", "139"), ("search", "树木"), ("list", "--status", "all")]
)
def test_rows_of_all_ledgers_say_which(two, run, command):
    """What several ledgers give is what each gives alone, with the office and the path that leads there."""
    alone = []
    for root, name in zip(two[:2], ("某局", OTHER), strict=True):
        found = json.loads(run("-L", root, *command, "--format", "json", "--columns", "id,subject,path").out)
        alone += [i | {"ledger": name, "path": f"{root}/{i['path']}"} for i in found["items"]]
    together = json.loads(run(*both(two), *command, "--format", "json", "--columns", "id,subject,path").out)
    assert sorted(together["items"], key=lambda i: i["id"]) == sorted(alone, key=lambda i: i["id"])
    assert alone and all(Path(i["path"]).is_file() for i in alone)


def test_the_office_stands_first_in_a_table(two, run):
    """A reader sees whose inquiry each is; with one ledger the column is not there."""
    head, _, *rows = run(*both(two), "list", "--wide").out.splitlines()
    assert head.split()[:2] == ["单位", "编号"]
    assert sorted(row.split()[0] for row in rows) == sorted(["某局", OTHER])
    assert run("-L", two[0], "list", "--wide").out.split()[0] == "编号"


def test_sorting_and_null_go_over_all(two, run):
    """One order over all of them; -0 gives every id."""
    out = run(*both(two), "list", "--sort", "-id", "-0").out
    assert out.split("\0")[:-1] == sorted(two[2], reverse=True)


@pytest.mark.parametrize("command", ["list", "overdue"])
def test_a_department_of_one_office(two, run, command):
    """A department or person that one ledger has is enough; one that none has is a mistake, with its neighbours."""
    args = ("--format", "json", *(["--soon", "9"] if command == "overdue" else []))
    found = json.loads(run(*both(two), command, "--department", "园林科", *args).out)
    assert found["items"] == []
    everybody = json.loads(run(*both(two), command, "--staff", "王芳", *args).out)
    assert {i["ledger"] for i in everybody["items"]} == {"某局", OTHER}
    assert "规划科" in run(*both(two), command, "--department", "规化科", *args, code=4).err


def test_check_names_the_ledger(two, run):
    """Every problem with the path that leads to it, those of all ledgers in one run; nothing wrong is exit 0."""
    said = run(*both(two), "check").err
    assert "检查了 2 条记录，没有问题" in said
    path = next((two[1] / "inquiries").rglob("*.yaml"))
    path.write_text(path.read_text("utf-8").replace('"咨询"', '"闲谈"'), "utf-8")
    found = run(*both(two), "check", code=1)
    assert found.out.startswith(f"{path}:") and found.out.count("\n") == 1
    items = json.loads(run(*both(two), "check", "--format", "json", code=1).out)["items"]
    assert [(i["ledger"], i["path"]) for i in items] == [(OTHER, str(path))]


def test_what_belongs_to_one_ledger_is_refused(two, run, tmp_path):
    """A seal and an anchor are of one ledger; so is every act."""
    seal = tmp_path / "seal"
    run("-L", two[0], "check", "--seal", seal)
    for args in (
        ("check", "--seal", tmp_path / "s"),
        ("check", "--since", seal),
        ("note", two[2][0], "--text", "x"),
    ):
        assert "-L 只写一次" in run(*both(two), "--as", "wangfang", *args, code=2).err


def test_what_cannot_be_read_in_one_is_named_and_the_rest_reported(two, run):
    """Exit code 5, the path of the file, and every row of the others."""
    path = next((two[0] / "inquiries").rglob("*.yaml"))
    path.write_bytes(b"\xff")
    for command in (
        ("list",),
        ("search", "树木"),
        ("overdue", "--soon", "9"),
        ("bulletin", "--year", "2026"),
    ):
        found = run(*both(two), *command, "--format", "json", code=5)
        data = json.loads(found.out)
        assert [u["path"] for u in data["unreadable"]] == [str(path)]
        assert data["items"]


def test_two_processes_say_the_same(two, run, monkeypatch):
    """Shared by two processes every report has the same bytes as made by one."""
    root = two[1].parent / "third"
    shutil.copytree(two[1], root)
    commands = [("list", "--format", "json"), ("search", "树木", "--format", "json"), ("check", "--format", "json"),
                ("overdue", "--soon", "9", "--format", "json"), ("bulletin", "--year", "2026", "--format", "json")]  # fmt: skip
    many = ("-L", two[0], "-L", two[1], "-L", root)
    one = [run(*many, "--no-memo", *c).out for c in commands]
    monkeypatch.setattr(parallel, "MANY", 2)
    monkeypatch.setattr(parallel, "_processors", lambda: 2)
    halves = []
    divided = parallel.divided
    monkeypatch.setattr(parallel, "divided", lambda *a: halves.append(a[2]) or divided(*a))
    assert [run(*many, "--no-memo", *c).out for c in commands] == one
    assert len(halves) == len(commands)


@pytest.mark.parametrize("again", ["{}", "{}/", "{}/../ledger", "{}/inquiries/..", "link"])
@pytest.mark.parametrize("command", ["list", "overdue", "check", "bulletin", "evaluate"])
def test_a_ledger_named_twice_is_one(two, run, command, again, tmp_path):
    """By whatever path: nothing of it is counted twice, and alone it is a report of one ledger."""
    root = two[0]
    (tmp_path / "link").symlink_to(root)
    twice = tmp_path / "link" if again == "link" else again.format(root)
    args = {"bulletin": ["--year", "2026"], "evaluate": ["2026"], "overdue": ["--soon", "9"]}.get(command, [])
    assert run("-L", root, "-L", twice, command, *args).out == run("-L", root, command, *args).out
    once = run(*both(two, command, *args)).out
    assert run("-L", root, "-L", two[1], "-L", twice, command, *args).out == once


@pytest.mark.parametrize("format", ["table", "plain", "csv", "tsv", "markdown", "html", "json", "eml"])
@pytest.mark.parametrize("both_late", [False, True])
def test_overdue_says_whose_each_is(two, run, format, both_late):
    """Also where one office alone is late: the reader has asked for two."""
    id = two[2][0]
    now = "2026-12-20T09:00"
    if not both_late:
        run("-L", two[1], "--as", "wangfang", "close", two[2][1], "--outcome", "已答复", "--result", "说明",
            "--told", "2026-11-23 09:15")  # fmt: skip
    mail = ["--to", "a@example.org"] if format == "eml" else []
    out = run(*both(two, "overdue", "--format", format, *mail), now=now).out
    if format == "eml":
        parts = [
            p.get_content()
            for p in message_from_string(out, policy=policy.default).walk()
            if not p.is_multipart()
        ]
        assert len(parts) == 2 and all(
            "单位 某局" in part and (f"单位 {OTHER}" in part) == both_late for part in parts
        )
    elif format == "json":
        assert ("某局", id) in {(i["ledger"], i["id"]) for i in json.loads(out)["items"]}
    else:
        assert (format == "plain" or "单位" in out) and any(
            "某局" in line and id in line for line in out.replace("</tr>", "\n").splitlines()
        )
    alone = run("-L", two[0], "overdue", "--format", format, *mail).out
    assert "单位" not in alone and '"ledger"' not in alone


def test_the_same_id_in_two_ledgers_is_two_events(two, run):
    """A copy of a ledger under another name: a calendar keeps both, each under a UID that stays."""
    copy = two[1].parent / "copy"
    shutil.copytree(two[0], copy)
    text = (copy / "ledger.yaml").read_text("utf-8")
    (copy / "ledger.yaml").write_text(text.replace("某局", "抄局"), "utf-8")
    for command in (["overdue", "--soon", "9", "--format", "ics"], ["export", "--format", "ics"]):
        uids = []
        for now in ("2026-11-23T09:15", "2026-11-24T09:15"):
            events = Calendar.from_ical(run("-L", two[0], "-L", copy, *command, now=now).out).events
            uids.append([str(e["UID"]) for e in events])
            assert len(events) == 2 == len(set(uids[-1])) and f"{two[2][0]}@shouwen" in uids[-1]
        assert uids[0] == uids[1]


@pytest.mark.parametrize("file", ["ledger.yaml", "staff.yaml", "matters.yaml"])
@pytest.mark.parametrize(
    "command",
    [("list",), ("search", "树木"), ("overdue",), ("bulletin", "--year", "2026"), ("evaluate", "2026")],
)
@pytest.mark.parametrize("which", [0, 1])
def test_settings_that_cannot_be_read_are_named_with_their_ledger(two, run, command, file, which):
    """All of an office would be missing from the list: it is refused, and said of which."""
    path = two[which] / file
    path.write_text(path.read_text("utf-8") + "policy: [\n", "utf-8")
    refused = run(*both(two), *command, code=5)
    assert str(path) in refused.err and refused.out == ""


@pytest.mark.parametrize("command", [("list",), ("search", "树木")])
def test_ids_alone_say_what_could_not_be_read(two, run, command):
    """-0 gives ids to another program; that one is missing is said to whoever started it."""
    path = next((two[0] / "inquiries").rglob("*.yaml"))
    path.write_bytes(b"\xff")
    found = run(*both(two), *command, "-0", code=5)
    assert found.out == f"{two[2][1]}\0" and str(path) in found.err


def test_data_of_one_ledger_say_of_which_version_and_of_several_which_ledger(two, run):
    """The column of the ledger stands in the data only where there are several."""
    several = json.loads(run(*both(two), "list", "--format", "json").out)
    one = json.loads(run("-L", two[0], "list", "--format", "json").out)
    assert all(row["ledger"] for row in several["items"]) and several["items"]
    assert not any("ledger" in row for row in one["items"]) and one["items"]
    assert "revision" in one and "as_of" in one and one["confidential"] == 0
