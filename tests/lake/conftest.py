"""Twenty ledgers and the lake they were exported to, made once."""

import os

import pytest

from shouwen import cli
from tests.lake.offices import NOW, offices


@pytest.fixture(scope="session")
def twenty(tmp_path_factory):
    """(folders of the ledgers, the lake they were exported to)."""
    root = tmp_path_factory.mktemp("offices")
    made, lake = offices(root, 20), root / "lake"
    many = [word for each in made for word in ("-L", str(each))]
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, "SHOUWEN_NOW", NOW)
        assert cli.run([*many, "export", "--format", "parquet", str(lake)]) == 0
    return made, lake
