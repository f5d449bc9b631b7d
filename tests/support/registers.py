"""An office's 台账 as it was before: rows, the mapping that reads them, workbooks and CSV of them."""

import csv
import io
from pathlib import Path

import openpyxl

TITLES = ["日期", "姓名", "电话", "事由", "方式", "受理人", "经办人", "办结日期", "结果"]
GOOD = ["2026-11-02 09:10", "张某", "13812341234", "问材料", "电话", "王芳", "", "2026-11-03 10:00", "已答复"]
OPEN = ["2026-11-20 14:00", "李某", "0631-5550101", "施工许可证", "来访", "wangfang", "李洁", "", ""]
MAPPING = """\
columns:
  received: 日期
  name: 姓名
  phone: 电话
  subject: 事由
  channel: 方式
  first_responder: 受理人
  handler: 经办人
  closed: 办结日期
  outcome: 结果
values:
  channel: {电话: 来电}
defaults:
  category: 咨询
  scope: 其他部门
  mode: 引领
"""


def sheet(path: Path, *rows: list, before: int = 0, merge: str = "", formats: dict | None = None) -> Path:
    """A workbook of these rows under the titles, with ``before`` lines above them."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = "2026"
    for n in range(before):
        page.append([f"某局台账{n}"])
    for row in (TITLES, *rows):
        page.append(row)
    for cell, form in (formats or {}).items():
        page[cell].number_format = form
    if merge:
        page.merge_cells(merge)
    book.save(path)
    return path


def table(rows: list[list], comma: str = ",") -> str:
    """CSV text of these rows under the titles."""
    out = io.StringIO()
    csv.writer(out, delimiter=comma).writerows([TITLES, *rows])
    return out.getvalue()


def found(result) -> list[str]:
    """The problems told, without the file's name."""
    return [line.partition(":")[2] for line in result.out.splitlines()]
