"""What must be said cannot be said with nothing: an empty text is no text, in every act that asks for one."""

import re

import pytest

from tests.faults.stories import STORIES, build

# (story, option) of every text that an act needs and a story states.
TEXTS = [
    (name, word)
    for name, story in STORIES.items()
    for word in story.words
    if word
    in ("--text", "--reason", "--result", "--material", "--summary", "--authority", "--value", "--subject")
    and not name.startswith(("git ", "note archived"))
]
# May be left out, so an empty one is as good as none.
OPTIONAL = {("handoff", "--reason"), ("join", "--reason"), ("supplement", "--text"), ("urge", "--text")}


@pytest.mark.parametrize(("name", "option"), [t for t in TEXTS if t not in OPTIONAL])
@pytest.mark.parametrize("nothing", ["", " ", "\u3000\t", "\x07", "\u200b", "\u3164\ufe0f\u2060"])
def test_an_empty_text_is_refused(name, option, nothing, tmp_path, run):
    """Exit code 2, the option named, every byte as it was."""
    root = tmp_path / "ledger"
    words = list(build(STORIES[name], root))
    before = {p: p.read_bytes() for p in root.rglob("*.yaml")}
    words[words.index(option) + 1] = nothing
    said = run(*words, code=2)
    assert re.search(rf"{option}.*不能为空|不能为空", said.err)
    assert {p: p.read_bytes() for p in root.rglob("*.yaml")} == before


def test_a_rehearsed_time_that_is_none(sw):
    """A slip in the environment is one of the command line: exit code 2, with how it is written."""
    assert "写成 2026-11-23T09:15" in sw("wangfang", "list", code=2, now="abc").err
