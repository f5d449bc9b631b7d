"""Where a record lies: under its own name, in no linked folder, and still there after it was written."""

import pytest

from shouwen.core.errors import BadData, Conflict
from shouwen.store.placing import own, place, still_there
from shouwen.store.record import decode, encode
from tests.support.records import inquiry

PATH = "inquiries/2026/11/20261123-K7Q4QX.yaml"


def test_a_record_under_its_own_name():
    """Under another it is somebody's copy, and two would answer to one id."""
    record = decode(type(inquiry()), encode(inquiry()), PATH)
    assert own(record) is record is own(record, PATH)
    for path, right, what in (
        (PATH.replace("K7Q4QX", "AAAAAA"), "", "文件名是 20261123-AAAAAA，里面的 id 是 20261123-K7Q4QX"),
        (PATH, PATH.replace("/11/", "/10/"), "不在按受理日期分的目录里"),
    ):
        with pytest.raises(BadData, match=what):
            own(decode(type(inquiry()), encode(inquiry()), path), right)


@pytest.mark.parametrize("link", ["inquiries", "inquiries/2026", "inquiries/2026/11"])
def test_no_folder_on_the_way_is_a_link(tmp_path, link):
    """It would lead who knows where; nothing is written through it."""
    there = tmp_path / "elsewhere"
    there.mkdir()
    (tmp_path / link).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / link).symlink_to(there)
    with pytest.raises(BadData, match="符号链接"):
        place(str(tmp_path), PATH)
    assert place(str(tmp_path / "other"), PATH) == str(tmp_path / "other" / PATH)


@pytest.mark.parametrize(
    ("after", "kept"), [(b"abc", True), (b"abcd", True), (b"ab", False), (b"xbc", False), (None, False)]
)
def test_what_was_written_is_still_there(tmp_path, after, kept):
    """Grown by the next act it is; cut, replaced or gone it is not, and whoever acted is told at once."""
    file = tmp_path / "x.yaml"
    if after is not None:
        file.write_bytes(after)
    if kept:
        assert still_there(str(file), "x.yaml", b"abc") is None
    else:
        with pytest.raises(Conflict, match="没有保住"):
            still_there(str(file), "x.yaml", b"abc")
