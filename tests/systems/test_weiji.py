"""卫生和计划生育局: public commitments, written notices, complaints to discipline inspection."""

import pytest

DAY, NEXT = "2026-11-23T", "2026-11-24T"


@pytest.fixture
def o(system):
    """The bureau."""
    return system("weiji")


def test_limits_are_the_published_ones(o):
    """Item 三(四): the limit of a matter is the one committed to in public, shown by ``route``."""
    shown = o.json("yiban", DAY + "09:00", "route", "执业")["items"][0]
    assert (shown["limit"], shown["procedure"]) == ("20个工作日", "受理、审查、现场审核、发证")
    name = o.intake("yiban", DAY + "09:15", category="业务", matter="医疗机构执业登记").id
    clock = next(c for c in o.show(name, DAY + "09:16")["clocks"] if c["name"] == "办结")
    assert (clock["limit"], clock["article"], clock["due"][:10]) == ("20个工作日", "事项规定", "2026-12-21")


def test_the_notice_is_in_writing(o):
    """Item 三(五): procedure and papers, at once and in writing."""
    told = ("--material", "设置批准书", "--procedure", "受理、审查、发证")
    name = o.intake("yiban", DAY + "09:15", category="业务").id
    o("yiban", DAY + "09:20", "notify", name, *told)
    found = o.show(name, DAY + "09:21")["findings"]
    assert [(f["article"], f["text"]) for f in found] == [("承诺三(五)", "一次性告知缺少书面")]
    written = o.intake("yiban", DAY + "09:30", category="业务").id
    o("yiban", DAY + "09:35", "notify", written, *told, "--written")
    assert o.found(written, DAY + "09:36") == set()


def test_complaints_go_to_discipline_inspection(o):
    """Item 四: a breach of the commitments may be complained of to 纪检监察室; no other way is forbidden."""
    words = {"channel": "来电", "category": "违诺投诉", "subject": "超期未发证", "scope": "其他部门"}
    name = o.intake("yiban", DAY + "09:15", **words).id
    o("yiban", DAY + "09:20", "handoff", name, "--to", "办公室/bangong", "--mode", "书面转交")
    assert o.found(name, DAY + "09:21") == set()
    item = o.json("yiban", DAY + "09:22", "route", "--category", "违诺投诉")["items"][0]
    assert (item["department"], item["article"]) == ("纪检监察室", "承诺四")
    right = o.intake("yiban", DAY + "09:30", **words).id
    o("yiban", DAY + "09:35", "handoff", right, "--to", "纪检监察室/jijian", "--mode", "书面转交")
    assert o.found(right, DAY + "09:36") == set()
    o.edit("ledger.yaml", 'supervision_phone: ""', 'supervision_phone: "0375-5550199"')
    assert "0375-5550199" in o("yiban", DAY + "09:40", "form", "回执单", right).out


def test_handed_to_the_person_in_charge(o):
    """Item 三(三): outside one's own work it is handed to a person, not to a door."""
    name = o.intake("jisheng", DAY + "09:15", scope="其他部门").id
    o("jisheng", DAY + "09:20", "handoff", name, "--to", "医政科", "--mode", "引领")
    assert o.found(name, DAY + "09:21") == {("承诺三(三)", "交接到人")}
    o("yizheng", DAY + "09:30", "accept", name)
    assert o.found(name, DAY + "09:31") == set()
