"""The documents as the tests read them: their pages, the tables and examples in them."""

import re

from tests.support.places import ROOT

PACKAGE = ROOT / "shouwen"
DOCS = PACKAGE / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
FORMAT = (DOCS / "ledger-format.md").read_text("utf-8")
POLICY = (DOCS / "policy-format.md").read_text("utf-8")
ERRORS = (DOCS / "errors.md").read_text("utf-8")
IMPORT = (DOCS / "import.md").read_text("utf-8")
JSON = (DOCS / "json.md").read_text("utf-8")


def tables(text: str, mark: str) -> dict[str, list[list[str]]]:
    """name → rows (cells without the header) of the table under each ``<!-- MARK: name -->``."""
    found = {}
    for name, below in re.findall(rf"<!-- {mark}: ?(.*?) -->\n\n?((?:\|.*\n)*)", text):
        found[name] = [
            [c.strip() for c in re.split(r"(?<!\\)\|", line)[1:-1]] for line in below.split("\n")[2:] if line
        ]
    return found


def table(text: str, mark: str) -> list[list[str]]:
    """The rows of the one table under ``<!-- MARK -->``."""
    return tables(text.replace(f"<!-- {mark} -->", f"<!-- {mark}: x -->"), mark)["x"]


def first(rows: list[list[str]]) -> list[str]:
    """What stands in backquotes in the first cells."""
    return [row[0].strip("`") for row in rows]


def block(text: str, mark: str) -> str:
    """The fenced text under ``<!-- example: MARK -->``."""
    return re.search(rf"<!-- example: {mark} -->\n\n```\w*\n(.*?)```", text, re.S)[1]
