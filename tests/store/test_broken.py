"""The gallery of broken files in tests/broken: each with the message it gets, word for word."""

import shutil

import pytest

from tests.support.places import TESTS

GALLERY = TESTS / "broken"
RECORD = "inquiries/2026/11/20261123-K7Q4QX.yaml"


@pytest.mark.parametrize("name", sorted(p.name for p in GALLERY.iterdir()))
def test_broken_file(name, ledger, sw):
    """check says where, what and how to mend it; nothing else; and changes nothing."""
    for path in (GALLERY / name).rglob("*.yaml"):
        inside = path.relative_to(GALLERY / name).as_posix()
        target = ledger / (RECORD if inside == "record.yaml" else inside)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    before = {p: p.read_bytes() for p in ledger.rglob("*") if p.is_file()}
    result = sw("wangfang", "check", code=None)
    said = result.out + "".join(line for line in result.err.splitlines(True) if "检查了" not in line)
    expected = GALLERY / name / "expected.txt"
    assert said == expected.read_text("utf-8")
    assert result.code in (1, 4, 5)
    assert {p: p.read_bytes() for p in ledger.rglob("*") if p.is_file()} == before
