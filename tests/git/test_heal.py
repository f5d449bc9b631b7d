"""heal and check --fix: repairs of form alone, shown, with a copy kept; the rest is said."""

from pathlib import Path

import pytest

from tests.support.repository import clone, commit, git, noted, path_of, taken


@pytest.fixture
def conflicted(repo: Path, tmp_path: Path, request):
    """``conflicted(style, change)``: two clones changed by ``change(root, n)``, merged without the union rule."""

    def made(change, style: str = "merge") -> Path:
        (repo / ".gitattributes").write_text("", "utf-8")
        commit(repo, "无规则")
        other = clone(repo, tmp_path / "other")
        for n, root in enumerate((repo, other)):
            change(root, n)
            commit(root)
        git(repo, "fetch", "-q", str(other), "main")
        git(repo, "-c", f"merge.conflictStyle={style}", "merge", "-q", "FETCH_HEAD", code=1)
        return repo

    return made


@pytest.mark.parametrize("style", ["merge", "diff3", "zdiff3"])
def test_both_sides_events_stand(style: str, repo: Path, conflicted, run) -> None:
    """In several records at once, whatever the style of the markers; a copy is kept; check is content."""
    names = [taken(repo, n) for n in range(3)]
    for name in names:
        noted(repo, name, "base")

    def change(root: Path, n: int) -> None:
        for name in names:
            noted(root, name, f"s{n}aa", 90 + n)
            noted(root, name, f"s{n}bb", 95 + n)

    root = conflicted(change, style)
    assert run("-L", root, "heal", "--dry-run").err.startswith("可修复 3 条")
    assert "<<<<<<<" in path_of(root, names[0]).read_text("utf-8")
    shown = run("-L", root, "heal").out
    assert shown.count("-<<<<<<<") == 3
    for name in names:
        text, path = path_of(root, name).read_text("utf-8"), path_of(root, name)
        assert [text.count(f'"id": "{key}"') for key in ("base", "s0aa", "s0bb", "s1aa", "s1bb")] == [1] * 5
        assert "<<<<<<<" in path.with_name(f".{path.name}.bak").read_text("utf-8")
    git(root, "commit", "-q", "--no-edit")
    assert run("-L", root, "check", "--since", "all").out == ""


def test_a_conflict_in_the_header_is_for_people(repo: Path, conflicted, run) -> None:
    """Of two values of one key somebody has to choose: refused with the line, nothing changed."""
    name = taken(repo)

    def change(root: Path, n: int) -> None:
        path = path_of(root, name)
        path.write_text(path.read_text("utf-8").replace("事由0", f"改{n}"), "utf-8")

    root = conflicted(change)
    before = path_of(root, name).read_bytes()
    said = run("-L", root, "heal", code=1).err
    assert f"{name}.yaml" in said and "第5行起的冲突在登记部分，要人来定" in said
    assert path_of(root, name).read_bytes() == before


def test_settings_are_for_people(repo: Path, conflicted, run) -> None:
    """A conflict in staff.yaml is named with its line and left."""

    def change(root: Path, n: int) -> None:
        path = root / "staff.yaml"
        path.write_text(path.read_text("utf-8").replace("王芳", f"王{n}"), "utf-8")

    root = conflicted(change)
    said = run("-L", root, "heal", code=1).err
    assert "staff.yaml:" in said and "要人来定" in said
    assert "<<<<<<<" in (root / "staff.yaml").read_text("utf-8")


def test_markers_that_do_not_pair_are_left(repo: Path, run) -> None:
    """Half a conflict cannot be told apart: said, not touched."""
    name = taken(repo)
    noted(repo, name, "aaaa")
    path = path_of(repo, name)
    path.write_text(path.read_text("utf-8") + "=======\n", "utf-8")
    before = path.read_bytes()
    assert "不成对" in run("-L", repo, "heal", code=1).err
    assert path.read_bytes() == before


def test_fix_mends_form_and_repeats_alone(repo: Path, run) -> None:
    """Spacing and an event merged in twice go, shown and with a copy kept; facts stay as they are."""
    formed, twice, edited = (taken(repo, n) for n in range(3))
    for name in (formed, twice, edited):
        noted(repo, name, "aaaa")
    path = path_of(repo, formed)
    path.write_text(path.read_text("utf-8").replace('category: "咨询"', "category: 咨询  # 核对"), "utf-8")
    path = path_of(repo, twice)
    path.write_text(path.read_text("utf-8") + path.read_text("utf-8").splitlines(True)[-1], "utf-8")
    path = path_of(repo, edited)
    path.write_text(path.read_text("utf-8").replace("wangfang", "wangfan"), "utf-8")
    before = path.read_bytes()
    commit(repo)
    result = run("-L", repo, "check", "--fix", code=1)
    assert "-category: 咨询  # 核对" in result.out and "已修复 2 条" in result.err
    assert path.read_bytes() == before and "[known-people]" in result.out
    assert "[canonical]" not in result.out and "[duplicate-events]" not in result.out
    for name in (formed, twice):
        assert path_of(repo, name).with_name(f".{name}.yaml.bak").exists()
    assert "# 核对" in path_of(repo, formed).read_text("utf-8")
    commit(repo)
    assert "history-" not in run("-L", repo, "check", "--since", "all", code=1).out


def test_outside_git_nothing_is_said_to_be_added(ledger: Path, run) -> None:
    """A copy sent by mail, with markers in it: mended, and no word of git."""
    path = path_of(ledger, taken(ledger))
    path.write_text(path.read_text("utf-8") + "<<<<<<< a\n=======\n>>>>>>> b\n", "utf-8")
    assert run("-L", ledger, "heal").err == "已修复 1 条\n"
    assert "<<<<<<<" not in path.read_text("utf-8")
