"""Which rows the ledger has already: only what is equal in every mapped column is the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from shouwen.core.errors import Problem
from shouwen.core.inquiry.confidential import HIDDEN
from shouwen.core.inquiry.events import Note
from shouwen.core.transfer.mapping import FIELDS
from shouwen.core.transfer.sameness import Known, repeated, rest, stated
from tests.core.transfer.test_row_import import ROW, reading
from tests.support.clock import at
from tests.support.records import close, event, inquiry

OTHERS = {
    "受理时间": "2026-11-02 09:11", "姓名": "李某", "联系方式": "13912341234", "单位": "某某公司", "事项内容": "问路",
    "详细内容": "几号窗口", "渠道": "来访", "业务属性": "投诉", "首问责任人": "赵军", "首问部门": "规划科",
    "承办人": "李洁", "承办部门": "办公室", "职责范围": "本部门", "事项": "许可证延期", "紧要程度": "紧急",
    "承诺时间": "2026-11-30 17:00", "办结时间": "2026-11-04 10:00", "办理结果": "已解决", "答复内容": "另一句",
    "告知时间": "2026-11-05 10:00", "未告知原因": "无法联系", "评价": "满意", "原编号": "18",
    "不予办理理由": "不符", "不予办理依据": "第八条", "签字领导": "赵军", "转办方式": "电话联系",
    "首次回应时间": "2026-11-02 10:00", "代理人": "周某", "代理人电话": "13912345678", "代理关系": "儿子",
    "转办时间": "2026-11-02 09:31", "签收时间": "2026-11-02 09:41", "指定的领导": "赵军",
    "暂停时间": "2026-11-02 11:01", "恢复时间": "2026-11-02 15:01", "暂停原因": "一次性告知",
    "延期批准时间": "2026-11-02 15:31", "延期至": "2026-11-10 17:30", "延期工作日": "5", "延期批准人": "赵军", "延期理由": "会审",
    "首次办结时间": "2026-11-02 16:01", "首次办理结果": "已解决", "重办时间": "2026-11-02 16:31", "回访时间": "2026-11-05 11:01",
}  # fmt: skip
FULL = ROW | {
    "单位": "", "详细内容": "", "首问部门": "", "承办人": "孙梅", "承办部门": "", "事项": "", "紧要程度": "", "承诺时间": "",
    "办结时间": "2026-11-03 10:00", "办理结果": "已答复", "答复内容": "一句", "告知时间": "", "未告知原因": "", "评价": "",
    "原编号": "17", "不予办理理由": "", "不予办理依据": "", "签字领导": "", "转办方式": "引领", "首次回应时间": "", "代理人": "李某", "代理人电话": "",
    "代理关系": "", "转办时间": "2026-11-02 09:30", "签收时间": "2026-11-02 09:40", "指定的领导": "",
    "暂停时间": "2026-11-02 11:00", "恢复时间": "2026-11-02 15:00", "暂停原因": "服务对象要求",
    "延期批准时间": "2026-11-02 15:30", "延期至": "2026-11-09 17:30", "延期工作日": "", "延期批准人": "何平", "延期理由": "",
    "首次办结时间": "2026-11-02 16:00", "首次办理结果": "已答复", "重办时间": "2026-11-02 16:30", "回访时间": "2026-11-05 11:00",
}  # fmt: skip


def known(made, *inquiries) -> Known:
    """What a ledger with these inquiries has, asked by the mapping of a reading."""
    return Known(made.mapping, inquiries)


def test_every_field_is_compared():
    """No field of the mapping is left out of the comparison."""
    assert {titles[0] for titles in FIELDS.values()} == set(OTHERS)
    assert len(stated(inquiry(), FIELDS)) == len(FIELDS)


@pytest.mark.parametrize("title", OTHERS)
def test_what_differs_in_one_column_is_another(title):
    """Same day, same subject, no name: another number, phone or anything else makes another inquiry."""
    made = reading([FULL, FULL | {title: OTHERS[title]}], list(FULL))
    assert made.problems == [] and len(made.rows) == 2
    first, second = made.rows
    there = known(made, first.inquiry)
    assert rest(made.rows, there) == ([second], [(first, first.inquiry.id)])
    assert repeated(made.grid, made.mapping, made.rows, known(made)) == []


def test_what_is_equal_is_named_with_its_id():
    """In the ledger, whatever was recorded on it since; or twice in the sheet."""
    made = reading([ROW, ROW | {"联系方式": "13912341234"}, ROW], list(ROW))
    mine = structs.replace(made.rows[0].inquiry, id="20261102-K7Q4QX")
    grown = structs.replace(mine, events=(*mine.events, event(Note, "23 10:00", text="x"), close("23 11:00")))
    there = ("台账里已有 20261102-K7Q4QX（映射的各列都相同）", "已经导入过；只导入其余的加 --rest")
    for one in (mine, structs.replace(mine, recorded_by="wangfang", policy="gongsi")):
        assert repeated(made.grid, made.mapping, made.rows, known(made, one)) == [
            Problem("t.csv:第2行", 0, "duplicate", *there), Problem("t.csv:第4行", 0, "duplicate", *there)]  # fmt: skip
    assert [r.row for r in rest(made.rows, known(made, grown))[0]] == [2]
    (twice,) = repeated(made.grid, made.mapping, made.rows, known(made))
    assert (twice.path, twice.text) == ("t.csv:第4行", "与第 2 行重复（映射的各列都相同）")
    assert "number" in twice.hint


def test_seconds_that_a_register_does_not_know():
    """What was typed in at a minute is the row of that minute."""
    made = reading([ROW], list(ROW))
    typed = structs.replace(
        made.rows[0].inquiry,
        id="20261102-K7Q4QX",
        received=at("2026-11-02 09:10").replace(second=59, microsecond=7),
    )
    assert rest(made.rows, known(made, typed))[0] == []


def test_a_clone_without_private_drops_nothing():
    """A 举报 of the same minute whose content lies elsewhere: said, never taken for the same."""
    rows = [ROW | {"业务属性": "举报"}, ROW, ROW | {"业务属性": "举报", "受理时间": "2026-11-02 09:11"}]
    made = reading(rows, list(ROW))
    kept = inquiry(
        received=at("2026-11-02 09:10"), subject=HIDDEN, category="举报",
        inquirer=structs.replace(inquiry().inquirer, name="", phone=""),
    )  # fmt: skip
    there = known(made, kept)
    assert rest(made.rows, there) == (made.rows, [])
    (told,) = repeated(made.grid, made.mapping, made.rows, there)
    assert told.path == "t.csv:第2行" and "private/" in told.text
    whole = structs.replace(made.rows[0].inquiry, id=kept.id)
    assert rest(made.rows, known(made, whole))[0] == made.rows[1:]


@given(st.lists(st.sampled_from(["13812341234", "13912341234", ""]), min_size=1, max_size=5))
def test_importing_what_is_left_is_importing_all(phones):
    """A register read in two goes gives what one go gives: nothing twice, nothing dropped."""
    rows = [ROW | {"联系方式": phone, "原编号": str(n)} for n, phone in enumerate(phones)]
    made = reading(rows, [*ROW, "原编号"])
    for cut in range(len(rows) + 1):
        before = [structs.replace(r.inquiry, id=f"20261102-{n:06}") for n, r in enumerate(made.rows[:cut])]
        assert rest(made.rows, known(made, *before))[0] == made.rows[cut:]
