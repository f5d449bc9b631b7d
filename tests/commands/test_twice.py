"""What is entered twice: an intake and a report of a case are told of; a change of the roster is not made again."""

import pytest

INTAKE = ("intake", "--channel", "来电", "--category", "咨询", "--subject", "立项", "--scope", "本部门")
REPORT = (
    "sanction",
    "report",
    "--staff",
    "lijie",
    "--article",
    "四",
    "--summary",
    "推说不管",
    "--occurred",
    "2026-11-20",
)


@pytest.fixture
def sw(ledger, run):
    """The command line on the ledger, as 何平 unless somebody else is named."""
    return lambda *args, who="heping", **more: run("-L", ledger, "--as", who, *args, **more)


@pytest.mark.parametrize(
    "more",
    [
        (),
        ("--name", "周某"),
        ("--name", "周某", "--phone", "13812341234"),
        ("--category", "举报", "--about", "lijie", "--name", "周某"),
        ("--name", "周某", "--agent", "周小", "--agent-relation", "子女", "--agent-phone", ""),
    ],
)
def test_the_same_intake_twice(sw, more):
    """Told once with both ids and the way out, whoever asked and however secret; written, for it may be another."""
    first = sw(*INTAKE, *more)
    assert "一字不差" not in first.err
    again = sw(*INTAKE, *more)
    assert again.err.count(first.id) == 2 and f"join {again.id} --into {first.id}" in again.err
    sw("join", again.id, "--into", first.id, "--reason", "重复登记")


@pytest.mark.parametrize(
    "other",
    [
        ("--subject", "立项二"),
        ("--detail", "另一处"),
        ("--phone", "13800000000"),
        ("--channel", "来访"),
        ("--received", "2026-11-23T09:04"),
        ("--received", "2026-11-20T10:00"),
    ],
)
def test_another_intake(sw, other):
    """Something else asked, by somebody else, or more than ten minutes before: nothing is said."""
    sw(*INTAKE, "--name", "周某")
    assert "一字不差" not in sw(*INTAKE, "--name", "周某", *other).err


def test_an_intake_of_another_day_entered_twice(sw):
    """Written down afterwards, with its time: the same time is the same act."""
    words = (*INTAKE, "--name", "周某", "--received", "2026-11-20T10:00")
    first = sw(*words).id
    assert f"--into {first}" in sw(*words).err
    assert "一字不差" not in sw(*words, who="wangfang").err  # another was asked


def test_the_same_report_twice(sw):
    """The same person, article and day: told with what became of the other; not once that was found baseless."""
    first = sw(*REPORT)
    assert "已有" not in first.err
    again = sw(*REPORT, "--source", "投诉")
    assert f"已有 {first.id}（待核实）" in again.err and f"verify {again.id} --finding 不成立" in again.err
    sw("sanction", "verify", again.id, "--finding", "不成立", "--text", f"与{first.id}重复")
    sw("sanction", "verify", first.id, "--finding", "不成立")
    assert "已有" not in sw(*REPORT).err


@pytest.mark.parametrize("other", [("--occurred", "2026-11-19"), ("--article", "五"), ("--department", "规划科"),
                                   ("--staff", "wangfang")])  # fmt: skip
def test_another_report(sw, other):
    """Another day, article or person, or a department with her: nothing is said."""
    sw(*REPORT)
    assert "已有" not in sw(*REPORT, *other).err


@pytest.mark.parametrize(
    "words",
    [
        ("staff", "add", "zhouyi", "--name", "周一", "--department", "规划科"),
        ("staff", "move", "wangfang", "--to", "规划科", "--from", "2026-12-01"),
        ("staff", "leave", "wangfang", "--from", "2026-12-01", "--until", "2026-12-05", "--why", "年假"),
        ("staff", "leave", "wangfang", "--last-day", "2026-12-05"),
        ("department", "add", "信息科", "--leader", "heping"),
        ("department", "rename", "规划科", "城乡规划科", "--from", "2026-12-01"),
        ("department", "merge", "规划科", "--into", "办公室", "--last-day", "2026-12-05"),
    ],
    ids=lambda words: "-".join(w.strip("-") for w in words[:4]),
)
def test_the_roster_changed_twice(sw, ledger, words):
    """The second time nothing is written, and it is said: exit 3."""
    sw(*words)
    before = (ledger / "staff.yaml").read_bytes()
    assert sw(*words, code=3).err
    assert (ledger / "staff.yaml").read_bytes() == before


def test_joined_twice(sw):
    """Nor is an inquiry joined to where it is already, at whatever time."""
    one, two = (sw(*INTAKE, "--name", name).id for name in ("周某", "吴某"))
    sw("join", one, "--into", two)
    for more in ((), ("--reason", "同一件")):
        for now in ("2026-11-23T09:15", "2026-11-23T16:00", "2026-11-25T09:00"):
            assert f"已经并入 {two}" in sw("join", one, "--into", two, *more, code=3, now=now).err
