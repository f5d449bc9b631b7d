"""Every kind of office can begin at once: its regulation checks, its new ledger is sound and fitting."""

import json

import pytest

from shouwen.store.settings import policy_ids


@pytest.mark.parametrize("name", policy_ids())
def test_a_new_office(run, tmp_path, name):
    """``init`` gives departments, matters and limits of that kind of office, and passes ``check``."""
    assert run("policy", "check", name).out == ""
    root = tmp_path / name
    run("init", root, "--policy", name, "--name", "某单位")
    assert run("-L", root, "check").out == ""
    policy = json.loads(run("policy", "show", name, "--format", "json").out)["policy"]
    matters = json.loads(run("-L", root, "route", "--format", "json").out)["items"]
    staff = (root / "staff.yaml").read_text("utf-8")
    for department in policy["starter"]["departments"]:
        assert f"  {department}: {{leader: " in staff
    assert matters and {m["department"] for m in matters} <= set(policy["starter"]["departments"])
    assert policy["undefined"] and policy["limits"]["办结"]
    shown = run("policy", "show", name).out
    for open_point in policy["undefined"].values():
        assert open_point in shown
