"""门诊首问负责制: whoever a patient asks in the hospital, trainees and porters included."""

import pytest

DAY, NEXT = "2026-11-23T", "2026-11-24T"
WAY = {"category": "科室位置", "subject": "B超室在哪", "scope": "其他部门"}


@pytest.fixture
def o(system):
    """The outpatient department."""
    return system("menzhen")


def test_trainees_and_porters_are_first_asked_and_not_appraised(o):
    """Arts. 1–3: anybody asked is first-asked; trainees and porters do not stand in the appraisal."""
    for who in ("shixi", "wuye"):
        name = o.intake(who, DAY + "09:15", **WAY).id
        assert o.show(name, DAY + "09:16")["first_responder"] == who
    appraised = {s["id"] for s in o.json("menban", DAY + "10:00", "evaluate", 2026)["staff"]}
    assert "zixun" in appraised and not appraised & {"shixi", "wuye"}
    assert o("menban", DAY + "10:01", "evaluate", 2026, "--staff", "wuye", code=2).err
    for channel in ("来访", "来电"):
        o.intake("zixun", DAY + "09:30", channel=channel)
    assert o.intake("zixun", DAY + "09:30", channel="网上").code == 0


def test_own_matter_is_answered_at_once(o):
    """Art. 6: one's own duty is answered the same day; a first answer that is not shows as overdue."""
    name = o.intake("zixun", DAY + "09:15", scope="本人").id
    clocks = {c["name"]: c for c in o.show(name, DAY + "09:16")["clocks"]}
    assert (clocks["首次回应"]["article"], clocks["首次回应"]["due"][:10]) == ("默认", "2026-11-23")
    late = o.json("menban", NEXT + "09:00", "overdue")["items"]
    assert ("首次回应", "默认") in {(i["clock"], i["article"]) for i in late}


def test_the_department_asks_its_leader(o):
    """Art. 6: what the person asked cannot answer for the department is put to its leader."""
    name = o.intake("zixun", DAY + "09:15", scope="本部门").id
    assert o.found(name, NEXT + "09:00") == {("6", "说明并请示")}
    o("zixun", NEXT + "09:05", "escalate", name, "--text", "加号怎样办")
    told = o.show(name, NEXT + "09:06")
    assert (told["findings"], told["events"][-1]["to"]) == ([], "daoyi")


def test_guided_until_somebody_receives(o):
    """Art. 6: guiding is enough, sending away is not; and it is not over until somebody has received."""
    name = o.intake("shixi", DAY + "09:15", **WAY).id
    o("shixi", DAY + "09:16", "handoff", name, "--to", "分诊台", "--mode", "指引")
    told = o.show(name, DAY + "16:00")
    assert (told["phase"], told["holder"], told["findings"]) == ("待签收", "shixi", [])
    late = o.json("menban", "2026-11-25T09:00", "overdue")["items"]
    waiting = [i for i in late if i["id"] == name and i["clock"] == "签收"]
    assert [(i["holder"], i["first_responder"]) for i in waiting] == [("shixi", "shixi")]
    o("fenzhen", "2026-11-25T09:05", "accept", name)
    assert o.show(name, "2026-11-25T09:06")["holder"] == "fenzhen"
    sent = o.intake("shixi", DAY + "09:30", **WAY).id
    o("shixi", DAY + "09:31", "handoff", sent, "--to", "收费处", "--mode", "告知联系方式")
    assert ("6", "引领") in o.found(sent, DAY + "09:32")


def test_a_letter_has_its_first_reception_time(o):
    """Art. 6: a letter without the time of first reception is not taken; the limit counts from it."""
    refused = o.intake("menban", DAY + "10:00", code=2, channel="来信", category="投诉")
    assert "--received（首次接待的时间（第6条））" in refused.err
    name = o.intake("menban", DAY + "10:00", channel="来信", category="投诉", scope="本部门",
                    received="2026-11-20 16:00").id  # fmt: skip
    told = o.show(name, DAY + "10:01")
    assert (told["received"], told["due"]) == ("2026-11-20T16:00:00+08:00", "2026-11-24T17:30:00+08:00")
    late = o.json("menban", "2026-11-25T09:00", "overdue")["items"]
    assert {"首次回应", "办结"} <= {i["clock"] for i in late if i["id"] == name}


def test_forbidden_words(o):
    """Art. 4: 不知道 and its like in a recorded reply are found, and may be reported."""
    name = o.intake("zixun", DAY + "09:15").id
    o("zixun", DAY + "09:16", "progress", name, "--text", "不知道，你问别人")
    assert o.found(name, DAY + "09:17") == {("4", "禁用语")}
