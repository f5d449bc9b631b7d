"""intake and the lookup of what was taken in: every way of getting it wrong, and prompts that are not there."""

import json

import pytest

RIGHT = {"--channel": "来电", "--category": "咨询", "--subject": "问路", "--scope": "本人"}


@pytest.fixture
def intake(sw):
    """``intake(option=value)``: take in a simple inquiry with some options other than usual."""

    def taken(code: int = 0, **changed: str | None):
        words = RIGHT | {f"--{name}": value for name, value in changed.items()}
        pairs = [w for option, value in words.items() if value is not None for w in (option, value)]
        return sw("wangfang", "intake", *pairs, code=code)

    return taken


def test_data_and_talk_apart(intake):
    """The id alone on stdout, for scripts; where it stands and until when on stderr."""
    done = intake()
    assert done.out == f"{done.id}\n"
    assert done.err == "在办，由审批科 王芳负责\n办结期限：2026-11-24 17:30（默认，1个工作日）\n"


def test_english_names_of_choices(sw, intake):
    """phone, consult, self mean 来电, 咨询, 本人; the record has the Chinese words."""
    name = intake(channel="phone", category="CONSULT", scope="self").id
    kept = json.loads(sw("wangfang", "show", name, "--format", "json").out)
    assert (kept["channel"], kept["category"], kept["scope"]) == ("来电", "咨询", "本人")


@pytest.mark.parametrize(
    "changed, code, said",
    [
        ({"channel": "传真"}, 2, "渠道没有“传真”；可用：来访、来电、来信、网上、短信、交办、发现"),
        ({"category": "闲聊"}, 2, "类别没有“闲聊”；可用：咨询、查询、求助、建议、投诉、举报、业务"),
        ({"scope": "别人"}, 2, "范围没有“别人”；可用：本人、"),
        ({"urgency": "特急"}, 2, "紧要程度没有“特急”；可用：一般、紧急、复杂"),
        ({"matter": "施工"}, 2, "事项没有“施工”；可用：施工许可证、项目立项"),
        ({"subject": "  "}, 2, "--subject（事由）不能为空"),
        ({"channel": None}, 2, "缺少 --channel（渠道）；可用：来访、来电、来信、网上、短信、交办、发现"),
        ({"category": None}, 2, "缺少 --category（类别）；可用：咨询、查询、求助、建议、投诉、举报、业务"),
        ({"subject": None}, 2, "缺少 --subject（事由）"),
        ({"received": "11-24 08:00"}, 2, "--received “11-24 08:00”晚于现在（2026-11-23 09:15）"),
        ({"received": "饭后"}, 2, "--received “饭后”看不懂；写成 2026-11-23 09:15、11-23 9:15、09:15 或 昨天 15:00"),
        ({"received": "昨田 15:00"}, 2, "--received “昨田 15:00”看不懂；写成 2026-11-23 09:15、11-23 9:15、09:15 或 昨天 15:00"),
        ({"received": "25:00"}, 2, "--received “25:00”没有这个钟点；写成 2026-11-23 09:15、11-23 9:15、09:15 或 昨天 15:00"),
        ({"received": "2026-11-23"}, 2, "--received “2026-11-23”只有日期，没有钟点；写成 2026-11-23 09:15、11-23 9:15、09:15 或 昨天 15:00"),
        ({"received": "2019-01-01 09:00"}, 3, "王芳（wangfang）2019-01-01不在岗（任职 2020-07-01—）"),
        ({"about": "李节"}, 4, "人员表里没有“李节”；相近的有：lijie（李洁）"),
        ({"present": "wangfang,lijei"}, 4, "人员表里没有“lijei”；相近的有：lijie（李洁）"),
    ],
)  # fmt: skip
def test_bad_input(changed, code, said, intake, ledger):
    """What is wrong and what there is, in a line; nothing is written."""
    if "任职" in said:
        staff = ledger / "staff.yaml"
        staff.write_text(
            staff.read_text("utf-8").replace("name: 王芳,", "name: 王芳, from: 2020-07-01,"), "utf-8"
        )
    refused = intake(code=code, **changed)
    assert refused.out == ""
    assert refused.err.startswith(f"shouwen: {said}")
    assert refused.err.count("\n") == 1
    assert not (ledger / "inquiries").exists()


def test_nobody_acts(run, ledger):
    """Without --as, environment or git identity the tool asks who it is."""
    refused = run("-L", ledger, "intake", code=2)
    assert refused.err == "shouwen: 不知道是谁在办：用 --as 写人员编号或姓名，或设环境变量 SHOUWEN_AS\n"


@pytest.mark.parametrize(
    "text, kept",
    [
        ("09:10", "2026-11-23T09:10:00+08:00"),
        ("昨天 15:00", "2026-11-22T15:00:00+08:00"),
        ("前天下午3点", "2026-11-21T15:00:00+08:00"),
        ("11-20 9:15", "2026-11-20T09:15:00+08:00"),
        ("2026年11月20日9时15分", "2026-11-20T09:15:00+08:00"),
        ("２０２６－１１－２０　０９：１５", "2026-11-20T09:15:00+08:00"),
        ("2026-11-20T01:15Z", "2026-11-20T09:15:00+08:00"),
        ("2026-11-20T09:15:00+08:00", "2026-11-20T09:15:00+08:00"),
    ],
)
def test_times_as_clerks_type_them(text, kept, sw, intake):
    """Each of the usual ways of writing a time gives the same moment, in the ledger's zone."""
    from datetime import datetime

    name = intake(received=text).id
    got = json.loads(sw("wangfang", "show", name, "--format", "json").out)["received"]
    assert datetime.fromisoformat(got) == datetime.fromisoformat(kept)
    assert name.startswith(kept[:10].replace("-", ""))


def test_lookup_by_letters_heard_on_the_phone(sw, inquiry, ledger):
    """Lower case, and O, I, L for 0, 1, 1, find the record; two of a beginning are both named."""
    first, second = inquiry(), inquiry()
    folder = ledger / "inquiries/2026/11"
    for old, new in ((first, "20261123-K01TQX"), (second, "20261123-K01ZZZ")):
        text = (folder / f"{old}.yaml").read_text("utf-8").replace(old, new)
        (folder / f"{old}.yaml").unlink()
        (folder / f"{new}.yaml").write_text(text, "utf-8")
    for spoken in ("kOIt", "KOLT", "1tqx", "itqx", "20261123-koitqx", " K01TQX "):
        assert sw("lijie", "show", spoken).out.startswith("20261123-K01TQX")
    both = sw("lijie", "show", "K01", code=4)
    assert both.err == "shouwen: “K01”对应 2 条记录：20261123-K01TQX、20261123-K01ZZZ；请多写几位\n"


@pytest.mark.parametrize(
    "name, said",
    [
        ("ZZZZ", "没有编号含“ZZZZ”的记录；用 shouwen list 查看"),
        ("20261123-AAAAAA", "没有编号为 20261123-AAAAAA 的记录"),
        ("x", "“x”不像编号；写全称如 20261123-K7Q4QX，或字母段的一部分如 K7Q4"),
        ("../../etc/passwd", "“../../etc/passwd”不像编号；写全称如 20261123-K7Q4QX，或字母段的一部分如 K7Q4"),
        ("", "“”不像编号；写全称如 20261123-K7Q4QX，或字母段的一部分如 K7Q4"),
    ],
)
def test_no_such_record(name, said, sw, inquiry):
    """What is no id never becomes a path."""
    inquiry()
    for command in ("show", "accept"):
        refused = sw("lijie", command, name, code=4)
        assert (refused.out, refused.err) == ("", f"shouwen: {said}\n")


@pytest.mark.parametrize("words", [["list"], ["overdue"], ["intake"], ["check"], ["show", "K7Q4"]])
def test_not_a_ledger(words, run, tmp_path, monkeypatch):
    """A folder that is none, and a place without one above it: both say what to do."""
    monkeypatch.chdir(tmp_path)
    said = run(*words, code=4).err
    assert said.endswith(
        "这里和上级目录都没有台账（ledger.yaml）；用 -L 指定台账目录，或用 shouwen init 新建\n"
    )
    named = run("-L", tmp_path, *words, code=4).err
    assert named == f"shouwen: {tmp_path}: 不是台账目录（没有 ledger.yaml）；新建用 shouwen init\n"


def test_settings_that_are_broken(sw, ledger):
    """A ledger.yaml in mid-edit is named with its line, not skipped."""
    (ledger / "ledger.yaml").write_text("name: [\n", "utf-8")
    refused = sw("lijie", "list", code=5)
    assert refused.out == ""
    assert refused.err.startswith("shouwen: ledger.yaml:")


def test_earlier_inquiry_of_the_same_person(sw, inquiry):
    """The clerk is told of the open one before asking everything again."""
    first = inquiry()
    again = sw("wangfang", "intake", "--channel", "来电", "--category", "咨询", "--subject", "再问", "--scope",
               "本人", "--name", "张某", "--phone", "13812341234")  # fmt: skip
    assert f"注意：同一服务对象还有在办的 {first}（施工许可证办理材料）\n" in again.err


def test_earlier_inquiries_of_this_month_and_the_last(sw, inquiry):
    """An intake reads two months, not the ledger; the overdue report has what is older."""
    older, last, this = (inquiry(received=f"2026-{day} 09:00") for day in ("09-30", "10-01", "11-02"))
    said = sw("wangfang", "intake", "--channel", "来电", "--category", "咨询", "--subject", "再问", "--scope",
              "本人", "--name", "张某", "--phone", "13812341234").err  # fmt: skip
    assert (last in said, this in said, older in said) == (True, True, False)
    january = sw("wangfang", "intake", "--channel", "来电", "--category", "咨询", "--subject", "再问", "--scope",
                 "本人", "--name", "张某", "--phone", "13812341234", now="2027-01-04T09:15").err  # fmt: skip
    assert "在办的" not in january


@pytest.mark.parametrize(
    "times", [[f"{day:02} 09:00" for day in (2, 3, 4, 5, 6)], [f"20 {hour:02}:05" for hour in range(9, 14)]]
)
def test_of_many_earlier_inquiries_the_latest_are_told(sw, inquiry, times):
    """Somebody who asks every day, or all day, does not fill the clerk's screen; ids of one day are in no order."""
    before = [inquiry(received=f"2026-11-{time}") for time in times]
    said = sw("wangfang", "intake", "--channel", "来电", "--category", "咨询", "--subject", "再问", "--scope",
              "本人", "--name", "张某", "--phone", "13812341234").err  # fmt: skip
    told = [line.split()[1].split("（")[0] for line in said.splitlines() if "还有在办的 " in line]
    assert told == before[2:]
    assert "另有更早的 2 件，用 shouwen search 查这个电话\n" in said


@pytest.mark.parametrize(("stated", "kept"), [("一般", True), ("紧急", False), (None, False)])
def test_the_usual_urgency_is_marked_where_it_was_said(intake, ledger, stated, kept):
    """Only then the record tells it from what nobody asked about."""
    name = intake(urgency=stated).id
    (text,) = (p.read_text("utf-8") for p in ledger.rglob(f"{name}.yaml"))
    assert ("urgency_stated: true" in text) is kept


def test_an_agent_comes_for_somebody(intake):
    """Who comes for nobody is refused with the options that say for whom."""
    said = intake(code=2, agent="李某").err
    assert "替谁办" in said and "--name" in said and "--organisation" in said
