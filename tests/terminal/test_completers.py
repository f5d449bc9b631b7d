"""What TAB offers for each option: what there is in the ledger that day, and never a word of trouble."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from shouwen.terminal import completers
from tests.support.roster import STAFF


@pytest.fixture
def offered(ledger: Path):
    """``offered(completer, begun)``: what is offered in a ledger, as (value, what it is)."""

    def found(completer, begun: str = "", root: object = ledger) -> list:
        words = {"ledger": [str(root)], "acting": ""}
        return completer(SimpleNamespace(find_root=lambda: SimpleNamespace(params=words)), begun)

    return found


def values(pairs: list) -> list[str]:
    """The values alone."""
    return [value for value, _ in pairs]


@pytest.mark.parametrize(("begun", "ids"), [("", 6), ("l", ["lijie"]), ("zh", ["zhaojun"]), ("x", [])])
def test_who_works_here(offered, begun, ids) -> None:
    """By the beginning of the id, with name and department."""
    found = offered(completers.staff, begun)
    assert (len(found) if isinstance(ids, int) else values(found)) == ids
    assert begun != "l" or found == [("lijie", "李洁 规划科")]


def test_to_whom_it_may_be_handed(offered, ledger: Path) -> None:
    """Neither to who has left nor to a department that is no more; by the department, slash, person too."""
    text = STAFF.replace("name: 李洁,", "name: 李洁, until: 2026-11-20,")
    text = text.replace("办公室: {leader: heping,", "办公室: {until: 2026-11-20, into: 审批科,")
    (ledger / "staff.yaml").write_text(text, "utf-8")
    found = values(offered(completers.targets))
    assert {"审批科", "规划科", "审批科/wangfang", "规划科/sunmei"} <= set(found)
    assert not {"办公室", "规划科/lijie"} & set(found)
    assert values(offered(completers.targets, "规划科/")) == ["规划科/sunmei"]


def test_measures_of_every_degree(offered, ledger: Path) -> None:
    """What only the graver case is met with is a measure too; each with the violation."""
    settings = ledger / "ledger.yaml"
    settings.write_text(settings.read_text("utf-8").replace("policy: bumen", "policy: shebao"), "utf-8")
    found = dict(offered(completers.measures))
    assert {"教育", "批评和必要的处理"} <= set(found) and found["教育"] in ("拒绝推诿", "态度粗暴")
    assert values(offered(completers.tiers)) == ["一般", "情节严重"]


def test_a_choice_tells_its_english_word(offered) -> None:
    """Where there is one; of a regulation's own word what it is."""
    found = dict(offered(completers.channels))
    assert found["来电"] == "也可写 phone" and found["发现"]
    assert values(offered(completers.channels, "来")) == ["来访", "来电", "来信"]


@pytest.mark.parametrize("name", ["staff", "targets", "live", "policies", "channels"])
def test_of_a_ledger_that_cannot_be_read_nothing_is_said(offered, ledger: Path, name, capfd) -> None:
    """Into somebody's prompt not a word goes: no list, no trace."""
    (ledger / "staff.yaml").write_text("departments: [", "utf-8")
    (ledger / "ledger.yaml").write_text("name: [", "utf-8")
    found = offered(getattr(completers, name))
    assert isinstance(found, list) and capfd.readouterr() == ("", "")
    assert offered(completers.staff, "", ledger / "nowhere") == []


def test_the_shell_has_not_expanded_the_home(offered, ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """-L ~/x is still ~ while the line is typed."""
    monkeypatch.setenv("HOME", str(ledger.parent))
    assert values(offered(completers.staff, "li", f"~/{ledger.name}")) == ["lijie"]


@pytest.mark.parametrize(
    ("begun", "found"), [("", ["holder", "department"]), ("d", ["department"]), ("x", [])]
)
def test_a_fixed_list(begun, found) -> None:
    """What fits, in its order."""
    assert completers.of("holder", "department")(begun) == found
