"""``evaluate --as-of``: the appraisal as it would have been made on an earlier day."""

import json

from tests.support.records import CASE


def appraisal(sw, as_of: str) -> dict:
    """王芳's appraisal of 2026 as of a day, asked for after all of it."""
    words = ("evaluate", "2026", "--staff", "wangfang", "--format", "json")
    (item,) = json.loads(
        sw("heping", *words, *(("--as-of", as_of) if as_of else ()), now="2026-12-20T09:00").out
    )["staff"]
    return item


def test_what_came_later_is_left_out(sw, inquiry) -> None:
    """A case reported, a decision made and an inquiry taken in after that day count only from then on."""
    inquiry(scope="本人")
    name = sw("heping", *CASE, now="2026-11-25T09:00").id
    sw("heping", "sanction", "verify", name, "--finding", "查实", now="2026-11-26T09:00")
    decide = (
        "sanction",
        "decide",
        name,
        "--measure",
        "效能告诫",
        "--authority",
        "团党委",
        "--reason",
        "情节较重",
    )
    sw("heping", *decide, now="2026-12-02T09:00")
    sw("wangfang", "intake", "--channel", "来电", "--category", "咨询", "--scope", "本人", "--subject", "问材料",
       "--name", "李某", "--phone", "13900001111", now="2026-12-03T09:00")  # fmt: skip
    before, between, after = (appraisal(sw, day) for day in ("2026-11-24", "2026-11-27", ""))
    assert [bool(each["provisional"]) for each in (before, between, after)] == [False, True, False]
    assert [each["counts"] for each in (before, between, after)] == [{}, {}, {"效能告诫": 1}]
    assert [each["statistics"]["first_asked"] for each in (before, between, after)] == [1, 1, 2]
