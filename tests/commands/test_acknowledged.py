"""Every act says what it was done to: the id first and alone on stdout, where it stands on stderr."""

import json
from pathlib import Path

import pytest

from tests.faults.stories import STORIES, build

OTHERS = {"archive", "fmt", "heal", "purge", "form", "import"}  # print paths, a page, or a list
# What acts on one record: its command line names an inquiry or a case, or makes one.
ACTS = [
    name
    for name, story in STORIES.items()
    if story.words[0] not in OTHERS and (story.said or {"ID", "CASE"} & set(story.words))
]


@pytest.mark.parametrize("name", ACTS)
def test_the_id_comes_first_on_stdout_and_where_it_stands_on_stderr(name: str, tmp_path: Path, run):
    """A script takes the first line; whoever sits there reads the rest."""
    result = run(*build(STORIES[name], tmp_path / "ledger"))
    assert list(tmp_path.rglob(f"{result.id}.yaml")), result.out
    assert result.out.split("\n")[0] == result.id and result.err.strip()


@pytest.mark.parametrize("name", ACTS)
def test_data_instead_of_the_id(name: str, tmp_path: Path, run):
    """With --format json stdout is the record, whole and nothing else."""
    result = run(*build(STORIES[name], tmp_path / "ledger"), "--format", "json")
    assert list(tmp_path.rglob(f"{_id(json.loads(result.out))}.yaml")) and result.err.strip()


def _id(data: dict) -> str:
    """The id in an envelope, or in the one record that it has."""
    return data["id"] if "id" in data else next(v["id"] for v in data.values() if isinstance(v, dict))
