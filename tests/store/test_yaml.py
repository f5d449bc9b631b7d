"""Our reader of plain YAML never says anything else than ruamel.yaml."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from shouwen.core.errors import BadData
from shouwen.store.settings import BUILT_IN, policy_ids
from shouwen.store.yaml import NotPlain, compose, load, plain, scalar


def agree(text: str) -> bool:
    """Whether ``plain`` takes the text; if it does, ruamel must give the same value."""
    try:
        found = plain(text)
    except NotPlain:
        return False
    try:
        whole = compose(text, "x")[0]
    except BadData as error:
        # compose wants a mapping at the top; a list there is compared below a key.
        assert isinstance(found, list), f"{text!r}: plain gives {found!r}, ruamel refuses: {error}"
        inner = "".join(f"  {line}\n" for line in text.split("\n"))
        whole = compose(f"k:\n{inner}", "x")[0]["k"]
    assert same(found, whole), f"{text!r}: plain gives {found!r}, ruamel {whole!r}"
    return True


def same(one, other) -> bool:
    """Equal in value and type; 1 is not true, and not 1.0."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[k], other[k]) for k in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    return one == other


SIGNS = st.lists(
    st.sampled_from([*"ab: -#\n\"'[]{},|>&*!%@`?~\\\t01.一：\u3000\xa0\x85\u2028\x07\ufeff", "k: ", "\n- ", "\n  ", "{a: b}"]),
    max_size=20,
).map("".join)  # fmt: skip
WORDS = st.sampled_from(
    ["a", "b c", "true", "null", "~", "0631", "1.5", "-3", "1e3", "2026-11-23", "09:15", "张三", '"x: y"', "'q'",
     "[a, b]", "{a: 1}", "{a: [x, 1]}", "[]", "{}", '["08:30-12:00"]', "a#b", "a #b", "- x", "?", "-", "a:b", "",
     "[a, ]", "{a}", "{a:1}", "[a b, c: d]", '"\\n"', "yes", "0x1F", "1_000", ".5", "+1", "<<", "=", "…"]
)  # fmt: skip
LINES = st.lists(
    st.tuples(st.integers(0, 4), st.sampled_from(["", "- "]), st.sampled_from(["", "k: ", "一: ", '"q r": ', "k:"]), WORDS),
    max_size=6,
).map(lambda rows: "\n".join(" " * n + dash + key + word for n, dash, key, word in rows))  # fmt: skip


@settings(max_examples=1500)
@given(SIGNS)
@example("a: b: c")
@example("a:\n- b\n- c\nd: 1")
@example("a: [b, c] # d")
@example("a: [b #c\n]")
@example("? a")
@example("k: {a: 1, a: 2}")
@example("k: " + "[" * 20 + "]" * 20)
@example("k: a\u3000")
@example("k: a\x85b")
@example('"~- ": 1')
def test_whatever_plain_takes_ruamel_reads_the_same(text):
    """Random signs: the fast reader gives way, or agrees."""
    agree(text)


@settings(max_examples=1500)
@given(LINES)
def test_lines_of_settings(text):
    """Lines such as people write into settings, in every mixture."""
    agree(text)


KEYS = st.text(st.characters(whitelist_categories=("L",)), min_size=1, max_size=4)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-9999, 9999), KEYS),
    lambda inner: st.one_of(st.lists(inner, min_size=1, max_size=3), st.dictionaries(KEYS, inner, min_size=1, max_size=3)),
    max_leaves=8,
)  # fmt: skip


def written(value, depth: int = 0) -> str:
    """A value as the starter files write it: block style, plain words."""
    pad = "  " * depth
    if isinstance(value, dict):
        return "".join(f"{pad}{k}:{below(v, depth)}" for k, v in value.items())
    return "".join(f"{pad}-{below(v, depth)}" for v in value)


def below(value, depth: int) -> str:
    """A value after its key: on the line, or on deeper lines."""
    if isinstance(value, dict | list):
        return "\n" + written(value, depth + 1)
    words = {None: "null", True: "true", False: "false"}
    return f" {words[value] if value is None or isinstance(value, bool) else value}\n"


@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=4))
def test_block_style_is_read_back(value):
    """What is written in block style comes back, through either reader."""
    text = written(value)
    assert same(compose(text, "x")[0], load(text.encode(), "x"))


@pytest.mark.parametrize("name", ["base", *policy_ids()])
def test_the_regulations_need_no_slow_reader(name):
    """A built-in regulation lies in the plain subset: a start must not load ruamel.yaml."""
    with open(f"{BUILT_IN}/{name}.yaml", encoding="utf-8") as file:
        assert agree(file.read())


def test_starter_files_need_no_slow_reader(ledger):
    """Nor do the files that init writes."""
    for name in ("ledger.yaml", "staff.yaml", "matters.yaml"):
        assert agree((ledger / name).read_text("utf-8"))


@pytest.mark.parametrize(
    "text, value",
    [("0631", "0631"), ("12:30", "12:30"), ("no", "no"), ("yes", "yes"), ("true", True), ("null", None), ("~", None),
     ("7", 7), ("-7", -7), ("1.5", 1.5), ("1e3", "1e3"), ("1_000", "1_000"), ("0x1F", "0x1F"), ("=", "="),
     ("2026-02-30", "2026-02-30"), ("9" * 5000, "9" * 5000), (".5", ".5"), ("NaN", "NaN")],
)  # fmt: skip
def test_scalars_are_what_they_look_like(text, value):
    """No phone read as a number, no time as minutes, no word as a truth value."""
    assert same(scalar(text), value)
    assert same(compose(f"k: {text}", "x")[0]["k"], value)
    assert same(load(f"k: {text}".encode(), "x")["k"], value)


DAYS = st.lists(
    st.tuples(
        st.sampled_from([0, 0, 0, 2, 3]),
        st.sampled_from(["- 2026-10-01", "- 2026-10-02", "- 2026-13-99", "- 2026-10-1", "- 2026-10-01 # 国庆", "off:", "k: v", "# 注", "", "- x"]),
    ),
    max_size=9,
).map(lambda rows: "a:\n" + "\n".join(" " * n + line for n, line in rows) + "\n")  # fmt: skip


@settings(max_examples=1000)
@given(DAYS)
@example("off:\n- 2026-10-01\n- 2026-10-02\n  - 2026-10-03\n- 2026-10-04\n")
@example("off:\n- 2026-10-01\n- 2026-10-02\nwork:\n  - 2026-10-03\n  - 2026-10-04\n")
@example("a: x\n- 2026-10-01\n- 2026-10-02\n")
@example("a:\n  b: 1\n- 2026-10-01\n- 2026-10-02\n")
@example("- 2026-10-01\n- 2026-10-02")
def test_days_in_a_row_are_read_as_any_list(text):
    """The quick way for tens of thousands of days takes nothing that ruamel reads otherwise."""
    agree(text)


def test_days_in_a_row_are_read():
    """Each day as written, between other items, at any depth, the last line with or without an end."""
    assert plain("off:\n- 2026-10-01\n- 2026-10-02\n- x\n- 2026-10-03") == {
        "off": ["2026-10-01", "2026-10-02", "x", "2026-10-03"]
    }
    assert plain("a:\n  off:\n    - 2026-10-01\n    - 2026-10-02\n  work: []\n") == {
        "a": {"off": ["2026-10-01", "2026-10-02"], "work": []}
    }
