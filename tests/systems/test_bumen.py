"""部门首问负责制度: the section's regulation with its ladder and its thresholds."""

import pytest
from clauses import clause

DAY = "2026-11-23T"


@pytest.fixture
def o(system):
    """The office of the regulation."""
    return system("bumen")


@clause("D1", "一")
def test_first_asked_is_fixed_at_intake(o):
    """Art. 1: whoever was asked first is answerable from intake, and no correction changes that."""
    name = o.intake("wangfang", DAY + "09:15", channel="来电", scope="其他部门").id
    o("wangfang", DAY + "09:20", "handoff", name, "--to", "规划科/lijie", "--mode", "电话联系")
    o("lijie", DAY + "09:30", "accept", name)
    told = o.show(name, DAY + "09:31")
    assert (told["first_responder"], told["holder"]) == ("wangfang", "lijie")
    change = ("correct", name, "--field", "first_responder", "--value", "lijie", "--reason", "试")
    assert "不能更正" in o("wangfang", DAY + "09:40", *change, code=None).err
    assert o.show(name, DAY + "09:41")["first_responder"] == "wangfang"
