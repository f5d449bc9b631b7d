"""Regular expressions of the code: none may take more than a few looks at each character."""

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.places import ROOT as PROJECT

parser = importlib.import_module("re._parser")
ROOT = PROJECT / "shouwen"
MODULES = sorted(p for p in ROOT.rglob("*.py") if p.name != "__main__.py")
ENDLESS = 1000  # a repeat of so many or more counts as one without an end
# In these a mark that the inner repeat cannot match ends each round of the outer one, so that there
# is one way to divide a text between them.
DIVIDED = {
    "store/yaml.py": "_PAIRS: a colon and a comma",
    "store/canonical.py": "_BLOCK: a line end",
    "render/mail.py": "_ADDRESS: a dot",
}
# Patterns put together while running: from keys of a record, each with its line end; from a table. None
# comes from a file that people write: the phrases of a regulation are no patterns.
MADE = {
    "store/record.py": {"header"}, "terminal/help_pages.py": {"pattern"},
    "core/transfer/days.py": {"form"}, "store/spreadsheet.py": {"begins", "there"},
    "core/inquiry/masking.py": {"spaced"}, "core/inquiry/address_masking.py": {"pattern"},
    "core/inquiry/name_masking.py": {"pattern"}, "store/yaml_signs.py": {"escaped"},
}  # fmt: skip
# The tables of patterns that such a name runs over.
TABLES = {
    "core/transfer/days.py": ("_FORMS", "_NO_YEAR", "_WRONG"), "store/spreadsheet.py": ("_OTHERS", "_OTHER_PACKED"),
    "core/inquiry/address_masking.py": ("_OWN",), "core/inquiry/name_masking.py": ("_PATTERNS",),
}  # fmt: skip


def named(path: Path) -> str:
    """The path within the package."""
    return path.relative_to(ROOT).as_posix()


def patterns(path: Path) -> Iterator[tuple[int, str | bytes]]:
    """(line, pattern) of every call of ``re`` in a module, its names resolved."""
    module = importlib.import_module(".".join(path.relative_to(ROOT.parent).with_suffix("").parts))
    for table in TABLES.get(named(path), ()):
        yield from ((0, row if isinstance(row, str) else row[0]) for row in getattr(module, table))
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not (isinstance(node, ast.Call) and node.args and ast.unparse(node.func).startswith("re.")):
            continue
        word = ast.unparse(node.args[0])
        if ast.unparse(node.func) == "re.escape" or word in MADE.get(named(path), ()):
            continue
        given = eval(word, dict(vars(module)))
        yield node.lineno, getattr(given, "pattern", given)


def nested(parsed, inside: bool = False) -> bool:
    """Whether a repeat without an end holds another one."""
    for op, value in parsed:
        endless = "REPEAT" in str(op) and "POSSESSIVE" not in str(op) and int(value[1]) >= ENDLESS
        if endless and inside:
            return True
        below = list(value if isinstance(value, tuple | list) else [value])
        for each in below:
            groups = each if isinstance(each, list) else [each]
            if any(isinstance(g, parser.SubPattern) and nested(g, inside or endless) for g in groups):
                return True
    return False


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [("(a+)+b", True), ("(?:a*|b)*", True), (r"(\w+\s?)*$", True), ("a+b+", False), ("(?:ab)*c*", False)],
)
def test_what_counts_as_nested(pattern, expected):
    """A star in a star, however it is written; not one beside another."""
    assert nested(parser.parse(pattern)) is expected


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_no_star_stands_in_a_star(path):
    """Such a pattern may need 2ⁿ looks at a text of n characters, and hang on a lawful record."""
    flagged = [line for line, pattern in patterns(path) if nested(parser.parse(pattern))]
    assert bool(flagged) == (named(path) in DIVIDED), flagged
