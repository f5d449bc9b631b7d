"""A body that the regulation names (a meeting, a superior) approves and signs wherever a leader may."""

import json

import pytest

DAY = "2026-11-23T"
BODY = "局长办公会"


@pytest.fixture
def bureau(tmp_path, run):
    """``bureau(time, words…)``: the command line of 李四, of the personnel bureau whose meeting decides."""
    run("init", tmp_path / "x", "--policy", "renshi", "--name", "某局")
    return lambda now, *words, code=0: run(
        "-L", tmp_path / "x", "--as", "lisi", *words, now=DAY + now, code=code
    )


def taken(bureau, *more: str) -> str:
    """A new inquiry, its id."""
    words = (
        "--channel",
        "来访",
        "--category",
        "审批",
        "--subject",
        "职称评聘",
        "--name",
        "张某",
        "--phone",
        "13812341234",
    )
    return bureau("09:00", "intake", *words, "--scope", "本人", *more).id


ACTS = {
    "close": (
        "--outcome",
        "不予办理",
        "--result",
        "不批",
        "--reason",
        "不符",
        "--basis",
        "规定",
        "--signed-by",
    ),
    "correct": ("--field", "姓名", "--value", "章某", "--reason", "听错", "--approved-by"),
    "progress": ("--text", "周五答复", "--promise", "2026-11-27", "--approved-by"),
    "handoff": ("--to", "工资股", "--mode", "引领", "--reason", "属工资股", "--approved-by"),
    "extend": ("--by", "2", "--reason", "要上会", "--approved-by"),
}


@pytest.mark.parametrize("act", ACTS)
def test_a_body_may_approve(bureau, act: str) -> None:
    """One rule for all acts: the body stands in the record, and check knows it."""
    name = taken(bureau)
    told = bureau("10:00", act, name, *ACTS[act], BODY, code=None)
    if act == "close":  # 否定报备 asks for the leader in charge himself
        assert told.code == 3 and "应由分管领导" in told.err
        return
    assert told.code == 0, told.err
    last = json.loads(bureau("10:01", "show", name, "--format", "json").out)["events"][-1]
    assert last["approved_by"] == BODY
    assert "known-people" not in bureau("10:02", "check", code=None).out


@pytest.mark.parametrize("act", ACTS)
def test_a_body_nobody_named_may_not(bureau, act: str) -> None:
    """What the regulation does not name is a person that nobody knows."""
    name = taken(bureau)
    assert "人员表里没有“党委会”" in bureau("10:00", act, name, *ACTS[act], "党委会", code=4).err


def test_a_body_may_give_the_task_and_allow_the_promise(bureau) -> None:
    """At intake too, and for taking back a slip of an earlier day."""
    name = taken(bureau, "--assigned-by", BODY, "--promised", "2027-01-15", "--promise-approved-by", BODY)
    shown = json.loads(bureau("10:01", "show", name, "--format", "json").out)
    assert (shown["assigned_by"], shown["promise_approved_by"]) == (BODY, BODY)
    bureau("10:02", "urge", name, "--text", "请快办")
    bureau("10:03", "withdraw", name, "--reason", "记错", "--approved-by", BODY)
