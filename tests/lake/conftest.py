"""Twenty ledgers and the lake they were exported to, made once."""

import contextlib
import io
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
    said = io.StringIO()
    with (
        pytest.MonkeyPatch.context() as patch,
        contextlib.redirect_stdout(said),
        contextlib.redirect_stderr(said),
    ):
        for name in [name for name in os.environ if name.startswith(("SHOUWEN_", "GIT_"))]:
            patch.delenv(name)
        # made once for all, before what keeps the machine's memo away from each test
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        patch.setenv("SHOUWEN_NOW", NOW)
        done = cli.run([*many, "export", "--format", "parquet", str(lake)])
    assert done == 0, said.getvalue()
    return made, lake
