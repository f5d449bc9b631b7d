"""Whoever is named by name alone, in any option of any command: the only one of that name who is there."""

import re
from collections.abc import Iterator

import pytest

from shouwen import cli
from tests.faults.stories import CLOSE, CLOSED, STORIES, Story, build, sw
from tests.support.roster import STAFF

NAMES = dict(re.findall(r"^  (\w+): \{name: (\w+),", STAFF, re.M))
# Somebody of each name who left before anything of these stories happened.
LEFT = "".join(
    f"  {key}2: {{name: {name}, department: 办公室, until: 2025-12-31}}\n" for key, name in NAMES.items()
)

MORE = {
    "intake": Story("wangfang", ("intake", "--channel", "来电", "--category", "咨询", "--subject", "一件", "--scope", "本人",
                                 "--present", "wangfang、zhaojun", "--assigned-by", "heping", "--promised", "2026-11-25 09:00",
                                 "--promise-approved-by", "heping", "--name", "张某", "--agent-staff", "lijie", "--agent-relation", "亲属")),
    "intake about": Story("lijie", ("intake", "--channel", "来电", "--category", "投诉", "--subject", "一件", "--scope", "本人",
                                    "--about", "wangfang", "--about", "zhaojun")),
    "handoff": Story("wangfang", ("handoff", "ID", "--to", "lijie", "--mode", "指定", "--for", "zhaojun")),
    "handoff absent": Story("wangfang", ("handoff", "ID", "--to", "规划科/lijie", "--mode", "引领", "--approved-by", "zhaojun")),
    "progress": Story("wangfang", ("progress", "ID", "--text", "x", "--promise", "2026-11-25 09:00", "--approved-by", "zhaojun")),
    "escalate": Story("wangfang", ("escalate", "ID", "--text", "x", "--to", "heping")),
    "instruct": Story("wangfang", ("instruct", "ID", "--text", "x", "--designate", "规划科/lijie", "--for", "zhaojun")),
    "extend": Story("wangfang", ("extend", "ID", "--by", "1", "--for", "zhaojun", "--reason", "勘验")),
    "extend approved": Story("wangfang", ("extend", "ID", "--by", "1", "--approved-by", "zhaojun", "--reason", "勘验")),
    "staff leave leader": Story("", ("staff", "leave", "zhaojun", "--last-day", "2026-11-30", "--successor", "wangfang")),
    "supervise": Story("wangfang", ("supervise", "ID", "--text", "x", "--for", "heping", "--lead", "zhaojun")),
    "close": Story("wangfang", (*CLOSE[:3], "不予办理", "--result", "x", "--reason", "y", "--basis", "z", "--signed-by", "zhaojun")),
    "correct": Story("wangfang", ("correct", "ID", "--field", "姓名", "--value", "李某", "--reason", "x", "--approved-by", "zhaojun"), CLOSED),
    "withdraw": Story("wangfang", ("withdraw", "ID", "--reason", "x", "--approved-by", "zhaojun"), STORIES["withdraw"].before),
    "staff leave": Story("", ("staff", "leave", "lijie", "--from", "2026-12-01", "--until", "2026-12-04", "--why", "学习",
                              "--deputy", "sunmei")),
    "staff move": Story("", ("staff", "move", "zhaojun", "--to", "规划科", "--from", "2026-12-01", "--successor", "wangfang")),
    "list": Story("", ("list", "--staff", "wangfang")),
    "log": Story("", ("log", "--staff", "wangfang")),
    "stats": Story("", ("stats", "--staff", "wangfang")),
    "overdue": Story("", ("overdue", "--staff", "wangfang")),
    "evaluate": Story("", ("evaluate", "2026", "--staff", "wangfang")),
    "sanction list": Story("", ("sanction", "list", "--staff", "wangfang")),
}  # fmt: skip
NAMED = STORIES | MORE


def _called(word: str) -> str:
    """A word of a command line with every id of the roster in it as a name."""
    return "、".join("/".join(NAMES.get(part, part) for part in one.split("/")) for one in word.split("、"))


TOLD = {name: tuple(map(_called, story.words)) for name, story in NAMED.items() if story.words[0] != "init"}
ONES = sorted(name for name, words in TOLD.items() if words != NAMED[name].words)


@pytest.mark.slow
@pytest.mark.parametrize("name", ONES)
def test_a_name_alone_is_enough(name, tmp_path, run):
    """Somebody of the same name who has left makes nobody ambiguous, for whoever acts and whoever is named."""
    root = tmp_path / "ledger"
    words = build(NAMED[name], root)
    staff = root / "staff.yaml"
    staff.write_text(staff.read_text("utf-8") + LEFT, "utf-8")
    ids = dict(zip(NAMED[name].words, words[-len(NAMED[name].words) :], strict=True))
    who = ("--as", NAMES[NAMED[name].who]) if NAMED[name].who else ()
    run("-L", root, *who, *(_called(ids[w]) for w in NAMED[name].words))


@pytest.mark.parametrize("which", ["to", "approved-by"])
def test_two_who_are_there_are_asked_apart(which, tmp_path):
    """Both at work: refused with both ids, whichever option it is."""
    root = tmp_path / "ledger"
    build(STORIES["handoff"], root)
    staff = root / "staff.yaml"
    staff.write_text(staff.read_text("utf-8") + LEFT.replace(", until: 2025-12-31", ""), "utf-8")
    (path,) = [p for p in root.glob("inquiries/*/*/*.yaml") if "张某" in p.read_text("utf-8")]
    options = {"to": "规划科", "mode": "引领"} | {which: {"to": "李洁", "approved-by": "赵军"}[which]}
    with pytest.raises(AssertionError, match=r"exit 4\n.*请写编号"):
        sw(root, "wangfang", "handoff", path.stem, *(w for k, v in options.items() for w in (f"--{k}", v)))


def _people(command, words: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """(command, option) of all that take a member of staff."""
    for param in command.params:
        if (param.metavar or "").startswith("人员"):
            yield " ".join(words), max(param.opts, key=len)
    for name, sub in getattr(command, "commands", {}).items():
        yield from _people(sub, (*words, name))


def test_no_option_that_names_somebody_is_left_out():
    """A new option that takes a member of staff belongs to the stories above."""
    tried = {
        " ".join(words[: 1 + (words[0] in ("sanction", "staff", "department"))]): set()
        for words in TOLD.values()
    }
    for words in (NAMED[name].words for name in ONES):
        group = words[: 1 + (words[0] in ("sanction", "staff", "department"))]
        tried[" ".join(group)] |= {w for w in words if w.startswith("--")}
    found = [pair for name, *_ in cli.COMMANDS for pair in _people(cli.load(name), (name,))]
    assert len(found) > 20
    aliases = {"--on-behalf-of": "--for"}
    missing = [(c, o) for c, o in found if o.startswith("--") and aliases.get(o, o) not in tried.get(c, ())]
    assert missing == []
