"""Five registers of different offices: what is proposed for each, and one edit of it brings all of it in."""

import csv
import io
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from shouwen.core.inquiry.events import Close, Handoff
from shouwen.store.ledger import Ledger

ROWS = 60


class Sheet(NamedTuple):
    """A register of ROWS rows under a heading, with a last line that is none.

    ``row`` holds {n} (two digits), {day} and {phone}; ``odd`` says what stands elsewhere in a cell (row,
    column); ``told`` are words of the proposal, ``edit`` what its one edit changes, ``kept`` what came in.
    """

    titles: str
    row: str
    odd: dict[tuple[int, int], str]
    last: str
    told: tuple[str, ...]
    edit: dict[str, str]
    kept: dict[str, int]


SCOPE = {'  scope: ""  # ？': "  scope: 其他部门  # "}
SHEETS = {
    "hotline": Sheet(
        "工单编号,来电时间,来电人姓名,来电号码,诉求类型,诉求标题,诉求内容,承办单位,派单时间,办理结果,办结时间,是否办结,满意度,接线员",
        "WO{n},2025/3/{day} 9:05:00,张某,{phone},咨询类,{n}号楼供暖,暖气不热；请处理,规划科,2025/3/{day} 10:00,已说明,2025/3/{day} 16:00,是,满意,王芳",
        {(3, 2): "匿名", (5, 3): "无", (7, 2): "不详", (9, 11): "否", (9, 10): "", (9, 12): "", (11, 12): "未评价",
         (13, 3): "13800000000.0", (15, 4): "表扬类", (17, 7): "规划科室"},
        "合计,,,,,,,60件,,,,,,",
        ('subject: "诉求标题"', 'detail: "诉求内容"', 'outcome: "是否办结"', 'result: "办理结果"', 'handed: "派单时间"', "表扬类 是什么",
         "人员表里没有 规划科室", 'skip: ["合计"]'),
        {'  channel: ""': "  channel: 来电", '"表扬类": ""': '"表扬类": "建议"', '"规划科室": "规划科室"': '"规划科室": "规划科"',
         'phone: {"无": ""}': 'phone: {"无": "", "13800000000.0": "13800000000"}'},
        {"closed": 59, "handed": 60, "来电": 60, "建议": 1, "nameless": 2, "without a phone": 1},
    ),
    "petition": Sheet(
        "序号,登记日期,信访人,联系电话,住址,信访形式,信访事项,接待人,责任单位,办结日期,办理情况,备注",
        "{n},2025年3月{day}日,李某,{phone},某村,来信,反映第{n}块地,王芳,规划科,2025年3月{day}日,已办结,",
        {(3, 2): "同上", (5, 2): "张三、李四等5人", (7, 10): "正在办理", (7, 9): "", (9, 3): "/", (11, 5): "走访", (13, 3): "",
         (15, 10): "停访息诉", (17, 1): "2025.3.20", (17, 9): "2025.3.21"},
        "总计,,,,,,60,,,,,",
        ('channel: "信访形式"', "停访息诉 是什么", "fill_down: [name]", "“张三、李四等5人”不是一个人的姓名"),
        {'  category: ""': "  category: 投诉", '"停访息诉": ""': '"停访息诉": "已解决"', "\ntimes:": '\n  name: {"张三、李四等5人": "张三"}\ntimes:'},
        {"closed": 59, "handed": 60, "来信": 59, "来访": 1, "without a phone": 2},
    ),
    "hospital": Sheet(
        "编号,投诉日期,时间,患者姓名,联系方式,投诉方式,投诉科室,投诉内容,接待人员,处理部门,处理结果,处理日期,患者满意度",
        "T{n},2025-03-{day},9:05,陈某,{phone},电话,内科,候诊{n}时,王芳,规划科,已解释,2025-03-{day},满意",
        {(3, 4): "15000000000 13900000000", (5, 3): "王某代李某", (7, 11): "", (7, 10): "", (7, 12): "", (9, 5): "12345转办", (11, 2): "",
         (13, 12): "—", (15, 3): "〃", (17, 12): "一般"},
        "小计,,,,,,,60,,,,,",
        ('received: ["投诉日期", "时间"]', "12345转办 是什么", '"—": ""', "有两个号码", "像是代办", 'number: "编号"'),
        {'  category: ""': "  category: 投诉", '"12345转办": ""': '"12345转办": "交办"',
         "\ntimes:": '\n  name: {"王某代李某": "李某"}\n  phone: {"15000000000 13900000000": "15000000000"}\ntimes:'},
        {"closed": 59, "handed": 60, "来电": 59, "交办": 1, "at nine": 59},
    ),
    "hall": Sheet(
        "业务流水号,受理时间,窗口,办理事项,申请人,手机号,窗口人员,办件状态,办结时间,评价",
        "YW{n},2025-03-{day} 9:05,综合窗口,营业执照{n},赵某,{phone},王芳,办结,2025-03-{day} 11:00,满意",
        {(3, 5): "0631-5550101", (5, 5): "6315550101", (7, 7): "在办", (7, 8): "", (7, 9): "", (9, 7): "退件", (11, 1): "2025/3/20 9:30",
         (11, 8): "2025/3/20 10:30", (13, 4): "无", (15, 9): "很满意", (17, 5): ""},
        "合计,,,60,,,,,,",
        ('outcome: "办件状态"', 'number: "业务流水号"', "退件 是什么", "人员表里没有 综合窗口", "开头的 0 可能已丢失"),
        {'  channel: ""': "  channel: 来访", '  category: ""': "  category: 业务", '"退件": ""': '"退件": "超出职责"',
         '"综合窗口": "综合窗口"': '"综合窗口": "审批科"', "\ntimes:": '\n  phone: {"6315550101": "0631-5550101"}\ntimes:'},
        {"closed": 59, "handed": 0, "来访": 60, "nameless": 1, "without a phone": 1},
    ),
    "court": Sheet(
        "序号,来访日期,来访人,身份证号,电话,来访事由,案号,接待法官,接访方式,答复意见,答复时间,备注",
        "{n},3月{day}日,周某,（略）,{phone},询问立案{n},（2025）1号,王法官,来访,告知补充材料,3月{day}日,",
        {(3, 1): "同上", (5, 4): "无", (7, 2): "不详", (9, 8): "来电", (11, 10): "", (13, 1): "2025年3月3日", (13, 10): "2025年3月4日",
         (15, 8): "微信", (17, 5): "同上"},
        "合计,,,,,60,,,,,,",
        ('first_responder: "接待法官"', 'channel: "接访方式"', "year: 0  # ？", "fill_down: [received, subject]", "人员表里没有 王法官"),
        {'  category: ""': "  category: 咨询", "year: 0": "year: 2025", '"王法官": "王法官"': '"王法官": "王芳"'},
        {"closed": 59, "handed": 0, "来访": 58, "来电": 1, "网上": 1, "nameless": 1, "without a phone": 1},
    ),
}  # fmt: skip


def written(sheet: Sheet) -> bytes:
    """The register as the office's program writes it."""
    width = sheet.titles.count(",")
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(["某单位2025年台账", *[""] * width])
    table.writerow(sheet.titles.split(","))
    for n in range(ROWS):
        cells = sheet.row.format(n=f"{n:02}", day=n // 3 + 1, phone=f"138{n:08}").split(",")
        for (row, column), text in sheet.odd.items():
            cells[column] = text if row == n else cells[column]
        table.writerow(cells)
    table.writerow(sheet.last.split(","))
    return out.getvalue().encode("gb18030")


def counted(ledger: Path) -> Counter:
    """What the ledger holds, by what a reader would count."""
    found: Counter = Counter()
    for record in Ledger(str(ledger)).records("inquiries"):
        q = record.content
        found[q.channel] += 1
        found[q.category] += 1
        found["closed"] += any(isinstance(e, Close) for e in q.events)
        found["handed"] += any(isinstance(e, Handoff) for e in q.events)
        found["nameless"] += not q.inquirer.name
        found["without a phone"] += not q.inquirer.phone
        found["at nine"] += f"{q.received:%H:%M}" == "09:05"
    return found


@pytest.mark.parametrize("kind", SHEETS)
def test_one_edit_brings_it_in(sw, ledger: Path, tmp_path: Path, kind):
    """The proposal names what is unsure and what is odd by cell; after one edit every row is an inquiry."""
    sheet, path, rule = SHEETS[kind], tmp_path / "t.csv", tmp_path / "m.yaml"
    path.write_bytes(written(sheet))
    proposed = sw("wangfang", "import", path, "--guess")
    assert [word for word in sheet.told if word not in proposed.out + proposed.err] == []
    assert proposed.err.count("读成：") == 3
    text = proposed.out
    for old, new in (SCOPE | sheet.edit).items():
        assert old in text
        text = text.replace(old, new)
    rule.write_text(text, "utf-8")
    assert "可以导入 60 件" in sw("wangfang", "import", path, "--mapping", rule, "--dry-run").err
    sw("wangfang", "import", path, "--mapping", rule)
    found = counted(ledger)
    assert {key: found[key] for key in sheet.kept} == sheet.kept
    again = sw("wangfang", "import", path, "--mapping", rule, code=3)
    assert "有 60 件重复" in again.err


@pytest.mark.parametrize("kind", SHEETS)
def test_the_proposal_as_it_stands_imports_nothing(sw, ledger: Path, tmp_path: Path, kind):
    """Nothing comes in by a guess: what is marked is missing until somebody has filled it in."""
    path, rule = tmp_path / "t.csv", tmp_path / "m.yaml"
    path.write_bytes(written(SHEETS[kind]))
    rule.write_text(sw("wangfang", "import", path, "--guess").out, "utf-8")
    refused = sw("wangfang", "import", path, "--mapping", rule, code=None)
    assert refused.code in (2, 5) and "一件也没有导入" in refused.err
    assert len(refused.out.splitlines()) <= 14  # each kind once, with its cells
    assert not list(ledger.glob("inquiries/*/*/*.yaml"))
