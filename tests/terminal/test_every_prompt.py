"""Whatever is typed at any prompt of any command: no traceback, nothing written that was not shown."""

import json
import re
from pathlib import Path

import pytest

from shouwen import cli
from tests.faults.stories import STORIES, Story, build
from tests.support.desk_at_terminal import PROMPT, Desk

# Control keys and words of the line editor, 10 kB, emoji, right-to-left marks, halves of characters, a paste.
NASTY: tuple[bytes, ...] = (
    b"\x01\x02\x05\x06\x0b\x0e\x10\x14\x15\x17\x18\x19", "😀👨‍👩‍👧施工".encode(), "\u202eabc\u202c\u200f\u2066x".encode(), b"a" * 10_000,
    b"\xe6\x96", b"\xed\xa0\x80x", b"\x1b[A\x1b[B\x1bOP\x1b[1;5C", b"\t\t", b"'\"\\$(rm -rf /)", b"\x7f" * 30, b"", b" \xe3\x80\x80 ",
    "\x1b[200~第一行\n第二行\n第三行\x1b[201~".encode(), "一\n二".encode(), b"\x16\x1b[31m", b"\x12x", b"<<", b"-1", b"0", b"999999999999",
    "２０００".encode(), b"=1+1", b"../../x", b"null", b"%s%n{0}", "\ufeff\u0000".encode().replace(b"\x00", b"\x16\x00"),
)  # fmt: skip
MARKS = ("施工", "abc", "第一行", "=1+1", "../../x", "%s%n{0}", "(rm -rf")  # of those that may be an answer
EXTRA = {
    "extend": Story("wangfang", ("extend", "ID")),
    "sanction report for nobody": Story("zhaojun", ("sanction", "report")),
    "completion": Story("", ("completion",)),
    "staff move of a leader": Story("", ("staff", "move", "zhaojun", "--to", "规划科", "--from", "2026-12-01")),
}  # fmt: skip
STATED = {
    "--from",
    "--occurred",
    "--last-day",
}  # an option that is never asked for, and that the command needs
ASKS = re.compile(r"\bui\.(?:ask|read)\(|context\.(?:person|department)\(")


def _asking(story: Story) -> tuple[str, ...]:
    """The command line of a story without what can be asked for."""
    words, left = list(story.words), []
    while words:
        word = words.pop(0)
        if word.startswith("--") and word not in STATED:
            if words and not words[0].startswith("--"):
                words.pop(0)
            continue
        left.append(word)
    return tuple(left)


def _modules() -> dict[str, str]:
    """The source of each command's module (of a group's folder: all of it), by the command's name."""
    root = Path(cli.__file__).parent / "commands"
    found = {}
    for name, _, panel in cli.COMMANDS:
        path = root / cli.ROOMS[panel] / cli._MODULES.get(name, name)
        files = sorted(path.glob("*.py")) if path.is_dir() else [path.with_suffix(".py")]
        found[name] = "".join(f.read_text("utf-8") for f in files)
    return found


PLAIN = {k: s for k, s in STORIES.items() if not k.startswith("git ") and k != "note archived"} | EXTRA
PROMPTING = {name for name, source in _modules().items() if ASKS.search(source)}
TRIED = sorted(k for k, s in PLAIN.items() if s.words[0] in PROMPTING)


def _bytes(root: Path) -> dict[str, bytes]:
    return {
        str(p.relative_to(root)): p.read_bytes()
        for p in sorted(root.rglob("*"))
        if p.is_file() and p.name != ".lock"
    }


def _start(name: str, root: Path) -> Desk:
    story = PLAIN[name]
    given = build(story, root)
    ids = dict(zip(story.words, given[-len(story.words) :], strict=True))
    return Desk(root, *(ids[w] for w in _asking(story)), who=story.who)


def test_no_prompting_command_is_left_out():
    """A new command that asks at a terminal needs a story to be asked in."""
    assert {PLAIN[k].words[0] for k in TRIED} == PROMPTING


def _told(shown: str) -> dict[str, str]:
    """What the last summary says will be written, by its label."""
    last = shown.replace("\r", "").rpartition("—— 将要写入")[2]
    return dict(re.findall(r"(?m)^\d+\. ([^：\n]+)：(.*)$", last))


@pytest.mark.slow
@pytest.mark.parametrize("name", TRIED)
def test_nothing_typed_does_harm(name, tmp_path):
    """Many answers that are none at each command's prompts, then Ctrl-C: what was not shown is not written."""
    root = tmp_path / "ledger"
    desk = _start(name, root)
    before = _bytes(root) if root.exists() else {}
    start = TRIED.index(name) * 7
    for n in range(len(NASTY)):
        if desk.child.expect([PROMPT, desk.over]):
            break
        desk.raw(NASTY[(start + n) % len(NASTY)] + b"\r")
    else:
        desk.child.expect(PROMPT)
        desk.raw(b"\x03")
    code, shown = desk.left()
    after = _bytes(root) if root.exists() else {}
    assert code in (0, 2, 3, 4, 130), shown
    said = re.findall(
        r"(?m)^(?:\d+\. |“|--|没有|人员表|shouwen).*", desk.seen
    )  # not the echo of what was typed
    assert not re.search(
        r"[\x00-\x06\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]", "".join(said).replace("\r", "")
    )
    if after == before or "Ctrl-C 放弃" not in desk.seen:  # nothing new, or nothing was asked
        return
    assert "—— 将要写入" in desk.seen
    new = "".join(text.decode().replace(before.get(path, b"").decode(), "") for path, text in after.items())
    for label, value in _told(desk.seen).items():
        if any(mark in value for mark in MARKS):
            assert json.dumps(value, ensure_ascii=False)[1:-1].replace("\\\\u", "\\u") in new, label
