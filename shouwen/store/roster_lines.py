"""Where in staff.yaml, matters.yaml and ledger.yaml a finding about the roster stands."""

import os
import re
from collections.abc import Iterable, Iterator

from msgspec import structs

from shouwen.core.errors import BadData, Problem
from shouwen.store import atomic_files, yaml
from shouwen.store.yaml_signs import quoted_wide, run_together

FILES = ("staff.yaml", "matters.yaml", "ledger.yaml")


def placed(problems: Iterable[Problem], root: str) -> list[Problem]:
    """Return the problems with the line of the entry that each begins with and the value that it quotes."""
    texts: dict[str, str] = {}
    found = []
    for problem in problems:
        if not problem.line and problem.path in FILES:
            text = texts.setdefault(problem.path, _text(root, problem.path))
            problem = structs.replace(problem, line=_line(text, problem))
        found.append(problem)
    return found


def wide_quotes(root: str) -> Iterator[Problem]:
    """Yield full-width quotes, blanks and commas, which have become part of a name, a phone or a word."""
    for path in FILES:
        text = _text(root, path)
        for sign in (*quoted_wide(text), *run_together(text)):
            yield Problem(path, sign.line, "roster", str(sign), sign.hint)


def _text(root: str, path: str) -> str:
    try:
        return yaml.text_of(atomic_files.read(os.path.join(root, path), path), path)
    except (OSError, BadData):
        return ""


def _line(text: str, problem: Problem) -> int:
    """Return the line of the first value quoted within the entry named first, else the entry's, else 0."""
    try:
        lines = yaml.compose(text, problem.path)[1] if text else {}
    except BadData:
        return 0
    subject = re.match(r"事项“(.+?)”|(\S+?)(?: |的|有|，|“|$)", problem.text)
    name = (subject[1] or subject[2]) if subject else ""
    entries = sorted((line, where) for where, line in lines.items() if where and where[-1] == name)
    rows = text.split("\n")
    start, end, entry = 1, len(rows), 0
    if entries:
        entry, where = entries[0]
        start = entry
        later = [line for other, line in lines.items() if line > entry and other[: len(where)] != where]
        end = min(later, default=end + 1) - 1
    for value in re.findall(r"“([^”]+)”|(\d{4}-\d\d-\d\d)", problem.text):
        said = value[0] or value[1]
        if said == name:
            continue
        for number in range(start, end + 1):
            if _stands_in(said, rows[number - 1].partition(" #")[0]):
                return number
    return entry


def _stands_in(word: str, row: str) -> bool:
    """Return whether a row has the word, not as a part of a longer one."""
    at = row.find(word)
    while at >= 0:
        around = row[max(at - 1, 0) : at] + row[at + len(word) : at + len(word) + 1]
        if not any(c.isalnum() or c in "-_" for c in around):
            return True
        at = row.find(word, at + 1)
    return False
