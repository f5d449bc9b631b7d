"""九江市办公厅: three ways to become responsible; degrees by the chart of the day."""

import pytest

DAY = "2026-11-23T"


@pytest.fixture
def o(system):
    """The general office, whose head changed in April."""
    made = system("jiujiang")
    posts = "[{staff: jiuzhu, until: 2026-03-31}, {staff: xinzhu, from: 2026-04-01}]"
    made.edit("ledger.yaml", "主要领导: xinzhu", f"主要领导: {posts}")
    return made


@pytest.mark.parametrize(
    ("channel", "subject"),
    [("来电", "询问公文进度"), ("来访", "反映情况"), ("发现", "网站链接打不开"), ("交办", "秘书长交办调研")],
)
def test_three_ways_to_become_responsible(o, channel, subject):
    """Art. (二): asked, found a problem, given a task: whoever was first answers directly."""
    name = o.intake("linke", DAY + "09:15", channel=channel, subject=subject, phone="").id
    told = o.show(name, DAY + "09:16")
    assert (told["channel"], told["first_responder"]) == (channel, "linke")
    assert told["levels"]["直接责任人"] == "linke"
    assert o.intake("linke", DAY + "09:17", channel="网上").code == 0
    missing = ("(二)1", "交办领导") in o.found(name, DAY + "09:18")
    assert missing == (channel == "交办")
    task = o.intake("linke", DAY + "09:19", channel="交办", assigned_by="xindu").id
    assert o.found(task, DAY + "09:20") == set()


@pytest.mark.parametrize(
    ("day", "head", "in_charge", "first"),
    [
        ("2026-03-31", "laodu", "fumi", "jiuzhu"),
        ("2026-04-01", "laodu", "fumi", "xinzhu"),
        ("2026-06-30", "laodu", "fumi", "xinzhu"),
        ("2026-07-01", "xindu", "fumi", "xinzhu"),
        ("2026-10-09", "xindu", "fudu", "xinzhu"),
    ],
)
def test_degrees_by_the_chart_of_the_day(o, day, head, in_charge, first):
    """Art. (二): the head of the division, the leader in charge and the first leader *of that day*."""
    name = o.intake("linke", day + "T09:15").id
    assert o.show(name, DAY + "09:16")["levels"] == {
        "直接责任人": "linke", "主要责任人（处室）": head, "主要责任人（分管）": in_charge, "第一责任人": first,
    }  # fmt: skip


def test_the_degrees_are_printed(o):
    """Art. (二): the page names all four; the way up follows the chart as well."""
    name = o.intake("linke", "2026-06-30T09:15").id
    page = o("linke", DAY + "09:16", "show", name).out
    lines = ("直接责任人：林科", "主要责任人（处室）：老督", "主要责任人（分管）：傅秘", "第一责任人：新主")
    assert "\n".join(lines) in page
    for n in range(3):
        o("linke", DAY + f"10:0{n}", "escalate", name, "--text", "请示")
    asked = [e["to"] for e in o.show(name, DAY + "10:05")["events"]]
    assert asked == ["xindu", "fudu", "xinzhu"]
    assert (
        "之上没有可请示的领导" in o("linke", DAY + "10:06", "escalate", name, "--text", "再请示", code=4).err
    )


def test_an_unknown_leader_in_the_list_is_found(o):
    """Art. (二) rests on the chart: a post held by nobody on the roster is an error of the chart."""
    o.edit("ledger.yaml", "staff: jiuzhu", "staff: nobody")
    assert "主要领导“nobody”不在人员表里" in o("linke", DAY + "09:15", "check", code=1).out


def test_name_and_post_are_told(o):
    """Art. (三)1: name and post stand on the receipt; not to say them is a violation."""
    name = o.intake("linke", DAY + "09:15").id
    assert "林科（主任科员）" in o("linke", DAY + "09:16", "form", "回执单", name).out
    case = o("xindu", DAY + "10:00", "sanction", "report", "--staff", "linke", "--violation", "未表明身份",
             "--article", "(三)1", "--summary", "不说姓名", "--occurred", "2026-11-20", "--inquiry", name).id  # fmt: skip
    assert o.json("xindu", DAY + "10:01", "sanction", "show", case)["article"] == "(三)1"
