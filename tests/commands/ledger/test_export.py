"""export: what leaves the ledger is masked, opens in a spreadsheet, and counts the same elsewhere."""

import csv
import io
import json
import os
import shutil
import stat
import subprocess
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from shouwen.core.transfer.record_export import TITLES
from shouwen.render.forms.registers import _LEDGER
from tests.support.places import ROOT

EXAMPLE = ROOT / "ledger-example"


def rows_of(text: str) -> list[dict[str, str]]:
    """CSV text as the rows under its titles."""
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@pytest.fixture
def busy(sw, inquiry) -> dict[str, str]:
    """A closed, a passed on, an anonymous, a hostile and a secret inquiry, by a word for each."""
    done = inquiry(organisation="某公司")
    sw("wangfang", "handoff", done, "--to", "规划科", "--mode", "引领")
    sw("lijie", "accept", done)
    sw("lijie", "close", done, "--outcome", "已答复", "--result", "已告知，回电 13812341234")
    sw("wangfang", "callback", done, "--rating", "满意")
    late = inquiry(received="2026-11-16 09:00", name="李四")
    anonymous = sw("wangfang", "intake", "--channel", "来信", "--category", "建议", "--subject", "修路",
                   "--scope", "其他部门", "--anonymous").id  # fmt: skip
    hostile = inquiry(subject="=1+1", name="@某", detail="第一行\n第二行")
    secret = inquiry(category="举报", subject="收礼", name="告状人")
    return {"done": done, "late": late, "anonymous": anonymous, "hostile": hostile, "secret": secret}


def test_csv(busy, sw) -> None:
    """The columns of the 台账, masked; what is computed beside them; 举报 only counted."""
    shown = sw("wangfang", "export")
    assert shown.out.startswith(
        "\ufeff编号,姓名,单位,联系方式,事项内容,受理时间,办结时间,业务属性,首问责任人,承办人,"
    )
    assert shown.out.count("\r\n") == 5
    rows = {row["编号"]: row for row in rows_of(shown.out)}
    assert set(rows) == set(busy.values()) - {busy["secret"]}
    done, late = rows[busy["done"]], rows[busy["late"]]
    assert done == {
        "编号": busy["done"], "姓名": "张*", "单位": "某公司", "联系方式": "138****1234",
        "事项内容": "施工许可证办理材料", "受理时间": "2026-11-23 09:15", "办结时间": "2026-11-23 09:15",
        "业务属性": "咨询", "首问责任人": "王芳", "承办人": "李洁", "首问部门": "审批科", "承办部门": "规划科",
        "渠道": "来电", "详细内容": "", "职责范围": "其他部门", "事项": "", "紧要程度": "一般", "承诺时间": "",
        "办理结果": "已答复", "答复内容": "已告知，回电 138****1234", "告知时间": "2026-11-23 09:15",
        "未告知原因": "", "评价": "满意", "状态": "办结", "期限": "2026-11-26 17:30", "期限暂定": "否",
        "是否超期": "否", "代理人": "", "代理人电话": "", "代理关系": "",
        "首次回应时间": "2026-11-23 09:15", "转办方式": "引领", "指定的领导": "", "转办时间": "2026-11-23 09:15",
        "签收时间": "2026-11-23 09:15", "暂停时间": "", "恢复时间": "", "暂停原因": "", "延期批准时间": "", "延期至": "",
        "延期工作日": "", "延期批准人": "", "延期理由": "", "首次办结时间": "", "首次办理结果": "", "重办时间": "",
        "回访时间": "2026-11-23 09:15", "不予办理理由": "", "不予办理依据": "", "签字领导": "",
    }  # fmt: skip
    assert (late["状态"], late["期限"], late["是否超期"]) == ("在办", "2026-11-19 17:30", "是")
    assert rows[busy["anonymous"]]["姓名"] == "匿名"
    assert "收礼" not in shown.out and "告状" not in shown.out
    assert shown.err == "共导出 4 件\n另有保密件（举报等）1 件，不导出\n"


def test_a_spreadsheet_runs_nothing(busy, sw) -> None:
    """A cell that would be a formula has an apostrophe before it; a text of two lines stays one cell."""
    row = next(r for r in rows_of(sw("wangfang", "export").out) if r["编号"] == busy["hostile"])
    assert (row["事项内容"], row["姓名"], row["详细内容"]) == ("'=1+1", "'@*", "第一行\n第二行")


def test_the_form_has_the_same_columns_first() -> None:
    """The printed 台账 and the exported one do not drift apart: the form's ten fields come first."""
    assert [c.title for c in _LEDGER] == list(TITLES.values())[:10]


def test_xlsx(busy, sw, tmp_path: Path) -> None:
    """Dates are dates in the ledger's time, texts are texts, the titles stay in sight, columns fit."""
    path = tmp_path / "t.xlsx"
    sw("wangfang", "export", "--output", path, "--reveal")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    sheet = openpyxl.load_workbook(path)["台账"]
    titles = [c.value for c in sheet[1]]
    assert titles == list(TITLES.values())
    rows = {line[0].value: dict(zip(titles, line, strict=True)) for line in sheet.iter_rows(min_row=2)}
    done, hostile = rows[busy["done"]], rows[busy["hostile"]]
    assert done["受理时间"].value == datetime(2026, 11, 23, 9, 15)
    assert done["受理时间"].number_format == "yyyy-mm-dd hh:mm"
    assert (done["姓名"].value, done["联系方式"].value) == ("张某", "13812341234")
    assert done["联系方式"].data_type == "s"
    assert (hostile["事项内容"].value, hostile["事项内容"].data_type) == ("=1+1", "s")
    assert hostile["事项内容"].quotePrefix
    assert sheet.freeze_panes == "A2"
    assert sheet.column_dimensions["E"].width >= 2 * len("施工许可证办理材料")


def test_long_and_odd_texts_fit_a_cell(ledger: Path, inquiry, sw, tmp_path: Path) -> None:
    """Nothing breaks the workbook; what does not fit a cell is cut, and that is said."""
    name = inquiry(detail="长" * 40_000)
    path = ledger / f"inquiries/2026/11/{name}.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("施工许可证办理材料", "铃\\u0007响\\u202e倒\\ufffe"), "utf-8")
    out = tmp_path / "t.xlsx"
    assert "注意：有 1 格文字超过" in sw("wangfang", "export", "--output", out).err
    row = [c.value for c in openpyxl.load_workbook(out)["台账"][2]]
    assert row[4] == "铃\\x07响\\u202e倒\ufffd"
    detail = row[list(TITLES).index("detail")]
    assert len(detail) == 32767 and detail.endswith("…（过长，余下的见台账）")


def test_jsonl(busy, sw, tmp_path: Path) -> None:
    """A record a line with its clocks and events; who asked is masked in every part of it."""
    lines = [json.loads(line) for line in sw("wangfang", "export", "--format", "jsonl").out.splitlines()]
    found = {one["id"]: one for one in lines}
    assert set(found) == set(busy.values()) - {busy["secret"]}
    assert len({tuple(one) for one in lines}) == 1
    done = found[busy["done"]]
    assert [e["do"] for e in done["events"]] == ["转办", "签收", "办结", "回访"]
    assert done["events"][2]["result"] == "已告知，回电 138****1234"
    assert (done["phase"], done["handoffs"], done["rating"]) == ("办结", 1, "满意")
    assert done["inquirer"]["phone"] == "138****1234"
    assert "13812341234" not in json.dumps(lines, ensure_ascii=False)
    whole = tmp_path / "a.jsonl"
    sw("wangfang", "export", "--output", whole, "--reveal")
    assert whole.read_text("utf-8").count("13812341234") == 4  # three phones and a reply


def test_a_corrected_name_is_masked_too(inquiry, sw) -> None:
    """更正 holds a name in an event of its own: that is masked as the header is."""
    name = inquiry()
    sw("wangfang", "correct", name, "--field", "inquirer.name", "--value", "欧阳某", "--reason", "听错")
    text = sw("wangfang", "export", "--format", "jsonl").out
    assert "欧阳" not in text
    assert json.loads(text)["events"][0]["value"] == "欧**"


def test_a_name_in_free_text_is_masked_too(inquiry, sw) -> None:
    """Who asked is not to be read from the subject, the detail, or what was written of the result."""
    name = inquiry(name="欧阳某", phone="0631-5550123", subject="欧阳某问材料", detail="请回 0631-5550123")
    sw("wangfang", "note", name, "--text", "欧阳某又来过")
    sw("wangfang", "close", name, "--outcome", "已答复", "--result", "已告知欧阳某")
    for form in ("csv", "jsonl"):
        text = sw("wangfang", "export", "--format", form).out
        assert "欧**" in text and "欧阳" not in text and "0631-5550123" not in text


def test_period_and_moment(busy, sw) -> None:
    """--from and --to choose by intake; --as-of shows what was known then."""
    assert [r["编号"] for r in rows_of(sw("wangfang", "export", "--to", "2026-11-16").out)] == [busy["late"]]
    then = rows_of(sw("wangfang", "export", "--as-of", "2026-11-18 10:00").out)
    assert [(r["编号"], r["是否超期"]) for r in then] == [(busy["late"], "否")]
    assert "晚于 --to" in sw("wangfang", "export", "--from", "11-20", "--to", "11-01", code=2).err


def test_refusals(busy, sw, tmp_path: Path) -> None:
    """Names never go to a pipe; no file is written over; a workbook needs a file."""
    assert sw("wangfang", "export", "--reveal", code=2).out == ""
    assert "xlsx 要写进文件" in sw("wangfang", "export", "--format", "xlsx", code=2).err
    there = tmp_path / "t.csv"
    there.write_text("旧", "utf-8")
    assert sw("wangfang", "export", "--output", there, code=6).err.endswith("没有覆盖；换一个文件名\n")
    assert there.read_text("utf-8") == "旧"


def test_the_unreadable_is_told(busy, ledger: Path, sw) -> None:
    """What cannot be read is named on stderr, the rest is exported, the exit code is 5."""
    (ledger / f"inquiries/2026/11/{busy['late']}.yaml").write_text("id: [\n", "utf-8")
    shown = sw("wangfang", "export", code=5)
    assert len(rows_of(shown.out)) == 3
    assert f"inquiries/2026/11/{busy['late']}.yaml:" in shown.err


def test_two_ledgers_in_one_file(busy, ledger: Path, run) -> None:
    """Rolled up, each row says whose it is."""
    rows = rows_of(run("-L", ledger, "-L", EXAMPLE, "export").out)
    assert {r["台账"] for r in rows} == {"某局", "青禾团项目建设管理局"}
    assert sum(r["台账"] == "某局" for r in rows) == 4


def test_duckdb_counts_as_list_and_overdue_do(busy, ledger: Path, run, tmp_path: Path) -> None:
    """Two ledgers rolled up into jsonl and asked in SQL: the same numbers as the commands give."""
    duckdb = pytest.importorskip("duckdb", reason="没有安装 duckdb")
    both = tmp_path / "both.jsonl"
    run("-L", ledger, "-L", EXAMPLE, "export", "--output", both)

    def ask(query: str) -> list[tuple]:
        return duckdb.sql(query.replace("FILE", f"read_json('{both}')")).fetchall()

    counted = dict(ask("select phase, count(*) from FILE group by phase"))
    listed: dict[str, int] = {}
    for root in (ledger, EXAMPLE):
        shown = run(
            "-L", root, "list", "--status", "all", "--archive", "--columns", "phase", "--format", "jsonl"
        )
        for line in shown.out.splitlines():
            listed[json.loads(line)["phase"]] = listed.get(json.loads(line)["phase"], 0) + 1
    assert counted == listed and len(counted) > 2
    late = ask("select id, c.name from (select id, unnest(clocks) as c from FILE) "
               "where c.level = '红牌' and c.stopped is null order by all")  # fmt: skip
    shown = run("-L", ledger, "-L", EXAMPLE, "overdue", "--format", "jsonl").out.splitlines()
    items = [json.loads(line) for line in shown]
    assert late == sorted((i["id"], i["clock"]) for i in items) and late


@pytest.mark.slow
def test_libreoffice_opens_it(busy, sw, tmp_path: Path) -> None:
    """A real spreadsheet program reads the workbook: the same cells, no formula run, a page to print."""
    if not (office := shutil.which("soffice")):
        pytest.skip("没有安装 soffice")
    sw("wangfang", "export", "--output", tmp_path / "t.xlsx", "--reveal")
    env = {**os.environ, "HOME": str(tmp_path)}

    def convert(kind: str) -> None:
        words = [office, "--headless", "--convert-to", kind, "--outdir", tmp_path, tmp_path / "t.xlsx"]
        subprocess.run(words, env=env, check=True, capture_output=True, timeout=120)

    convert("csv:Text - txt - csv (StarCalc):44,34,76")
    rows = {r["编号"]: r for r in rows_of((tmp_path / "t.csv").read_text("utf-8"))}
    assert rows[busy["hostile"]]["事项内容"] == "=1+1"
    assert rows[busy["done"]]["联系方式"] == "13812341234"
    assert rows[busy["done"]]["受理时间"] == "2026-11-23 09:15"
    convert("pdf")
    assert (tmp_path / "t.pdf").read_bytes().startswith(b"%PDF")


def test_a_file_that_is_there_is_refused_before_anything_is_read(sw, tmp_path, monkeypatch):
    """Nobody waits for a long reading that cannot be kept."""
    from shouwen.commands.ledger import export

    (tmp_path / "x.csv").write_text("", "utf-8")
    monkeypatch.setattr(export, "Spool", None)
    assert "x.csv" in sw("wangfang", "export", "--output", str(tmp_path / "x.csv"), code=6).err
