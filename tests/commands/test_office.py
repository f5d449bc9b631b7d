"""Posts, renames and leave through the command line: who signs, what is found, who is named."""

import pytest

RENAMED = """\
departments:
  办公室: {}
  审批科: {leader: zhaojun}
  城乡规划科: {leader: sunmei, formerly: [{name: 规划科, until: 2026-11-23}]}
  窗口办: {leader: heping, until: 2026-11-23, into: 审批科}
  信访组: {leader: heping, until: 2026-11-23}
staff:
  wangfang: {name: 王芳, department: 审批科, rank: 2, joined: 2020-07-01}
  zhaojun: {name: 赵军, department: 审批科, rank: 5}
  lijie: {name: 李洁, department: 规划科, rank: 2}
  sunmei: {name: 孙梅, department: 规划科, rank: 5}
  heping: {name: 何平, department: 审批科, rank: 6}
  jieli: {name: 李洁, department: 审批科, rank: 1}
"""


@pytest.fixture
def office(ledger, run):
    """A ledger in which 规划科 becomes 城乡规划科 on 11-24, 窗口办 is merged and 信访组 dissolved."""
    (ledger / "staff.yaml").write_text(RENAMED, "utf-8")

    def sw(*args, **more):
        return run("-L", ledger, *args, **more)

    return sw


def pending(sw, to: str) -> str:
    """An inquiry handed on, on the day before the change."""
    name = sw("--as", "wangfang", "intake", "--channel", "来电", "--category", "咨询", "--subject", "规划",
              "--scope", "其他部门", "--name", "张某", "--phone", "0631-5550123").id  # fmt: skip
    sw("--as", "wangfang", "handoff", name, "--to", to, "--mode", "书面转交", "--reason", "属其职责")
    return name


@pytest.mark.parametrize(
    "to, signer, stranger",
    [("规划科", "lijie", "wangfang"), ("窗口办", "jieli", "lijie"), ("信访组", "heping", "lijie")],
)
def test_what_was_handed_to_a_changed_department_is_signed_for(office, to, signer, stranger):
    """Renamed: by its people; merged: by those it went into; dissolved: by its last leader."""
    name = pending(office, to)
    office("--as", stranger, "accept", name, now="2026-11-24T09:00", code=3)
    office("--as", signer, "accept", name, now="2026-11-24T09:00")
    assert f'"holder": "{signer}"' in office("show", name, "--format", "json").out


def test_a_department_is_found_by_both_names(office):
    """The list of either name has it; what was written then keeps the name of then."""
    name = pending(office, "规划科/lijie")
    office("--as", "lijie", "accept", name)
    for called in ("规划科", "城乡规划科"):
        assert name in office("list", "--department", called, now="2026-11-24T09:00").out
    assert "规划科 李洁（lijie）" in office("show", name, now="2026-11-24T09:00").out
    again = office("--as", "lijie", "intake", "--channel", "来电", "--category", "咨询", "--subject", "又问",
                   "--scope", "本部门", "--name", "张某", "--phone", "0631-5550123", now="2026-11-24T09:00").id  # fmt: skip
    assert "城乡规划科 李洁（lijie）" in office("show", again, now="2026-11-24T09:00").out
    assert office("check", now="2026-11-24T09:00").code == 0


def test_the_only_one_of_a_name_in_a_department(office):
    """规划科/李洁 is enough; the name alone is not, and both ids are told."""
    name = pending(office, "规划科/李洁")
    assert "李洁（lijie）" in office("show", name).out
    told = office("--as", "zhaojun", "handoff", name, "--to", "李洁", "--mode", "电话联系", code=4).err
    assert "jieli、lijie" in told
