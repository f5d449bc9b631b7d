"""The main job, end to end, as a clerk does it."""

import json


def test_from_intake_to_close(sw, inquiry):
    """An inquiry goes to another section, is signed for, answered and told; nobody is late."""
    name = inquiry()
    sw("wangfang", "handoff", name, "--to", "规划科/lijie", "--mode", "电话联系", "--reason", "属规划科职责")
    waiting = json.loads(sw("wangfang", "show", name, "--format", "json").out)
    assert (waiting["phase"], waiting["holder"]) == ("待签收", "wangfang")
    sw("lijie", "accept", name)
    sw("lijie", "close", name, "--outcome", "已答复", "--result", "已告知全部材料")
    done = json.loads(sw("lijie", "show", name, "--format", "json").out)
    assert (done["phase"], done["holder"], done["findings"]) == ("办结", "lijie", [])
    assert sw("lijie", "overdue", "--exit-code").code == 0
    assert sw("lijie", "check").out == ""
