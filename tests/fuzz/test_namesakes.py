"""Two people of one name, and two departments that bore one name, are told apart in every output of every command."""

import email
import json
import re
from email import policy

import pytest

from .outputs import LISTS, NOW, OUTPUTS, PAPERS
from .places import ROSTER, spoil

NAME = "李伟"
KEYS = tuple(ROSTER["staff"])
TAGGED = re.compile(rf"{NAME}（({'|'.join(KEYS)})）")
# What has no people in it, or is looked at as lines to be typed; a box of text breaks a name where it is full, so of
# forms the page and the markdown are read.
WORDS = [w for w in OUTPUTS if w[:1] not in (("TAB",), ("policy",), ("calendar",), ("fmt",)) and not any("OUT" in one for one in w)
         and not (w[:1] == ("form",) and w[-1] == "text")]  # fmt: skip
MORE = [
    ("log", "-f", "json"), ("log",), ("log", "--staff", "lijie"), ("stats", "--staff", "lijie"), ("stats", "-f", "json"), ("stats",),
    ("list", "--wide"), ("list", "--staff", "lijie", "--wide"), ("overdue", "--staff", "lijie", "--wide"), ("overdue", "--by", "holder", "-f", "json"),
    ("sanction", "list", "--wide"), ("evaluate", "2026", "--staff", "lijie", "-f", "text"), ("evaluate", "2026", "--staff", "wangfang", "-f", "html"),
    ("check",), ("route", "施工许可", "-f", "json"), ("search", "许可", "--wide"),
]  # fmt: skip


@pytest.fixture
def namesakes(tmp_path, run, monkeypatch):
    """``namesakes(words)``: a command on a ledger in which everybody is called 李伟."""
    monkeypatch.setenv("COLUMNS", "4000")
    root = tmp_path / "ledger"
    root.mkdir()
    changes = {("staff.yaml", "staff", key, "name"): NAME for key in KEYS}
    spoil(root, changes, False)
    return lambda words: run("-L", root, "--as", "zhaojun", *words, code=None, now=NOW)


def objects(value):
    """Yield every object of a JSON value."""
    if isinstance(value, dict):
        yield value
        for one in value.values():
            yield from objects(one)
    elif isinstance(value, list):
        for one in value:
            yield from objects(one)


def untold_json(value) -> list:
    """Objects in which a bare name stands, and no id beside it."""
    bad = []
    for one in objects(value):
        texts = [t for v in one.values() for t in (v if isinstance(v, list) else [v]) if isinstance(t, str)]
        if any(NAME in TAGGED.sub("", t) for t in texts) and not any(t in KEYS for t in texts):
            bad.append(one)
    return bad


def untold(words: tuple, out: str) -> list:
    """Lines, rows or objects in which a bare name stands, and no id beside it."""
    if "jsonl" in words:
        return [bad for line in out.splitlines() for bad in untold_json(json.loads(line))]
    if "json" in words:
        return untold_json(json.loads(out))
    if "eml" in words:
        parts = email.message_from_string(out, policy=policy.default).iter_parts()
        out = "\n".join(p.get_content() for p in parts)
    if "html" in words:
        out = re.sub(r"(?s)<style.*?</style>", "", out)
        out = re.sub(r"</(tr|p|li|h\d|div|section)>", "\n", out)
        out = re.sub(r"<(?!br)[^>]*>", " ", out)
    lines = [TAGGED.sub("", line) for line in out.splitlines()]
    return [line for line in lines if NAME in line and not any(key in line for key in KEYS)]


@pytest.mark.parametrize("words", [*WORDS, *MORE], ids=" ".join)
def test_everybody_of_one_name(namesakes, words):
    """Wherever a name stands its id stands beside it: in the cell, the row, the object, the line."""
    done = namesakes(words)
    assert done.code in (0, 1, 3, 5), done.err
    assert untold(words, done.out) == [] and untold((), done.err) == []


def test_the_outputs_are_about_people(namesakes):
    """Otherwise the above would be about nothing."""
    naming = [w for w in WORDS if TAGGED.search(namesakes(w).out)]
    kinds = {w[0] for w in naming if w}
    assert {
        "list",
        "search",
        "overdue",
        "bulletin",
        "evaluate",
        "form",
        "export",
        "show",
        "sanction",
        "route",
    } <= kinds
    assert set(LISTS) | set(PAPERS) >= {w[1] for w in naming if w[:1] == ("form",)} != set()


def test_a_mail_to_each(tmp_path, run, namesakes):
    """Of two of one name each gets a message of his own, in a file of his own."""
    box = tmp_path / "box"
    box.mkdir()
    namesakes(("overdue", "--format", "eml", "--each", "holder", "--outdir", str(box)))
    for path in box.iterdir():
        mail = email.message_from_bytes(path.read_bytes(), policy=policy.default)
        text = "\n".join(p.get_content() for p in mail.iter_parts())
        assert untold(("html",), text) == []
    assert len({p.name for p in box.iterdir()}) == len(list(box.iterdir())) > 0
