"""``bulletin`` on the command line: periods, forms, several ledgers, what cannot be read."""

import csv
import io
import json
import os
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest

from shouwen.core.statistics.figures import COUNTS, GROUPS, RATES
from shouwen.render.bulletin.text import NAMES, SETS, TITLES, sets_of, unit
from tests.support.places import ROOT

GOLDEN = Path(__file__).parent / "bulletin"
EXAMPLE = ROOT / "ledger-example"
REWRITE = "SHOUWEN_GOLDEN" in os.environ
OCTOBER = ("bulletin", "--month", "2026-10")


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """A copy of the example outside git: its footer names no commit."""
    return Path(shutil.copytree(EXAMPLE, tmp_path / "ledger-example"))


@pytest.mark.parametrize(
    ("name", "words"),
    [("table.txt", ()), ("markdown.md", ("-f", "markdown")), ("plain.txt", ("-f", "plain", "--by", "channel")),
     ("department.txt", ("--by", "department")), ("staff.csv", ("-f", "csv", "--by", "staff"))],
)  # fmt: skip
def test_example(run, example: Path, name: str, words: tuple[str, ...]) -> None:
    """What an office reads of October, to the last blank.

    After a change that is meant: SHOUWEN_GOLDEN=1 rewrites tests/commands/oversight/bulletin, then read the diff.
    """
    found = run("-L", example, *OCTOBER, *words)
    kept = GOLDEN / name
    if REWRITE:
        kept.write_bytes(found.out.encode())
    assert found.out.encode() == kept.read_bytes()
    assert found.err == ""


def test_without_a_period_last_month(run) -> None:
    """On the first of the month the office asks for the month that is over, with no option at all."""
    assert run("-L", EXAMPLE, "bulletin").out == run("-L", EXAMPLE, *OCTOBER).out
    whole = ("bulletin", "--from", "2026-10-01", "--to", "2026-10-31")
    assert run("-L", EXAMPLE, *whole).out == run("-L", EXAMPLE, *OCTOBER).out
    assert "本期未满" in run("-L", EXAMPLE, "bulletin", "--year", "2026").out
    assert "2026-11-02 至 2026-11-23" in run("-L", EXAMPLE, "bulletin", "--from", "11-02").out


@pytest.mark.parametrize(
    ("words", "said"),
    [(("--month", "2026-13"), "--month“2026-13”看不懂；写成 2026-10"), (("--month", "2026-12"), "2026年12月 还没有开始"),
     (("--to", "2026-10-31"), "--to 要与 --from 同写"), (("--year", "2026", "--month", "2026-10"), "只写一种"),
     (("--from", "2026-10-31", "--to", "2026-10-01"), "--from 2026-10-31 晚于 --to 2026-10-01"),
     (("--by", "people"), "没有分组“people”")],
)  # fmt: skip
def test_periods_that_are_none(run, words: tuple[str, ...], said: str) -> None:
    """A period that cannot be is refused with the way to write it, never reported as empty."""
    assert said in run("-L", EXAMPLE, "bulletin", *words, code=2).err


def test_json_has_every_group_in_three_periods(run) -> None:
    """Scripts get all figures of all groups; what the table shows is the same."""
    value = json.loads(run("-L", EXAMPLE, *OCTOBER, "--format", "json").out)
    assert value["schema"] == "shouwen.bulletin/1"
    assert {p: (v["from"], v["until"]) for p, v in value["periods"].items()} == {
        "current": ("2026-10-01", "2026-10-31"), "previous": ("2026-09-01", "2026-09-30"),
        "year_earlier": ("2025-10-01", "2025-10-31"),
    }  # fmt: skip
    assert {item["group"] for item in value["items"]} == {"total", *GROUPS}
    total = value["items"][0]
    assert set(total["current"]) == {*COUNTS, "median_hours", "p90_hours", "rates"}
    assert set(total["current"]["rates"]) == set(RATES)
    assert [total[p]["rates"]["on_time"] for p in value["periods"]] == [
        {"n": 2, "of": 2, "value": 1.0}, {"n": 0, "of": 1, "value": 0.0}, {"n": 1, "of": 1, "value": 1.0},
    ]  # fmt: skip
    assert [total[p]["rates"]["on_time_default"] for p in value["periods"]] == [
        {"n": 1, "of": 1, "value": 1.0}, {"n": 1, "of": 1, "value": 1.0}, {"n": 0, "of": 0, "value": None},
    ]  # fmt: skip
    sources = {i["key"]: i["current"]["rates"]["on_time"] for i in value["items"] if i["group"] == "source"}
    assert {key: (each["n"], each["of"]) for key, each in sources.items()} == {"事项": (2, 2), "默认": (1, 1)}
    assert total["current"]["rates"]["told_once"] == {"n": 0, "of": 0, "value": None}
    for group in ("category", "channel"):
        assert sum(i["current"]["received"] for i in value["items"] if i["group"] == group) == 3
    lines = run("-L", EXAMPLE, *OCTOBER, "--format", "jsonl").out.splitlines()
    assert [json.loads(line) for line in lines] == value["items"]


def test_csv_shows_both_counts_of_every_rate(run) -> None:
    """A spreadsheet can add rates up again only from what they rest on."""
    rows = list(csv.DictReader(io.StringIO(run("-L", EXAMPLE, *OCTOBER, "-f", "csv").out)))
    rates = {unit(name) for name in RATES}
    assert {bool(row["分母"]) for row in rows if row["指标"] in rates} == {True}
    assert {row["分母"] for row in rows if row["指标"] not in rates} == {""}
    row = next(r for r in rows if (r["期"], r["分组"], r["指标"]) == ("上期", "总计", "按时办结率"))
    assert (row["分子"], row["分母"], row["值"]) == ("0", "1", "0.0")


def test_every_figure_has_its_meaning_and_place() -> None:
    """A figure that no table shows, or whose rule nobody can read, is no figure."""
    shown = [name for _, names in SETS for name in names]
    assert sorted(shown) == sorted(TITLES) == sorted((*COUNTS, *RATES, "median_hours", "p90_hours"))
    assert all(title and meaning for title, meaning in TITLES.values())


def test_what_cannot_be_read_stands_in_a_block(run, example: Path) -> None:
    """A record that cannot be read is missing from the figures: said in the report, and exit 5."""
    broken = next((example / "inquiries" / "2026" / "10").glob("*.yaml"))
    broken.write_bytes(b"\xff\xfe")
    for form in ("table", "markdown", "html"):
        out = run("-L", example, *OCTOBER, "-f", form, code=5).out
        assert "读不出的文件 1 个" in out and broken.name in out
    assert "读不出的文件 1 个" in run("-L", example, *OCTOBER, "-f", "csv", code=5).err
    value = json.loads(run("-L", example, *OCTOBER, "-f", "json", code=5).out)
    assert [p["path"].endswith(broken.name) for p in value["unreadable"]] == [True]
    assert value["items"][0]["current"]["received"] == 2


def test_secret_ones_are_counted_and_not_shown(sw, inquiry) -> None:
    """Of a 举报 the bulletin says that there was one, and in no group where."""
    inquiry(category="举报", channel="来信", subject="举报某人")
    out = sw("wangfang", "bulletin", "--month", "2026-11").out
    assert "涉密件（举报等）期内受理、办结或期末在办：本期 1 件" in out
    assert "来信" not in out and "王芳" not in out and re.search(r"(?m)^受理 +0 ", out)


def test_several_ledgers_are_rolled_up(run, sw, inquiry, ledger: Path, tmp_path: Path) -> None:
    """The district's bulletin: every office's own figures, people of the same id told apart, one sum."""
    inquiry()
    other = tmp_path / "other"
    shutil.copytree(ledger, other)
    (other / "ledger.yaml").write_text(
        (ledger / "ledger.yaml").read_text("utf-8").replace("某局", "另局"), "utf-8"
    )
    third = shutil.copytree(other, tmp_path / "third")  # of the same name
    words = ("-L", ledger, "-L", other, "-L", third, "bulletin", "--month", "2026-11", "-f", "json")
    items = json.loads(run(*words).out)["items"]
    assert items[0]["current"]["received"] == 3
    members = {(i["group"], i["name"]): i["current"]["received"] for i in items}
    for name in ("某局", "另局", "另局（2）"):
        assert (
            members["ledger", name]
            == members["staff", f"{name} 王芳"]
            == members["department", f"{name} 审批科"]
            == 1
        )
    assert members["category", "咨询"] == 3
    assert "受理（件，按单位）" in run(*words[:7], "--month", "2026-11").out


def test_a_file_is_private_and_not_overwritten(run, example: Path, tmp_path: Path) -> None:
    """Figures about people are for their owner, and last month's bulletin stays."""
    path = tmp_path / "october.html"
    run("-L", example, *OCTOBER, "-f", "html", "-o", path)
    assert path.stat().st_mode & 0o777 == 0o600 and path.read_text("utf-8").startswith("<!DOCTYPE html>")
    assert run("-L", example, *OCTOBER, "-f", "html", "-o", path, code=6).out == ""


def test_characters_alone_make_the_bars(run) -> None:
    """In a pipe, a mail or a log the bars are still bars: no colour, no escape."""
    out = run("-L", EXAMPLE, *OCTOBER).out
    assert re.search(r"审批科  2  █{24}\n  办公室  1  █{12}\n", out) and "\x1b" not in out


class Tags(HTMLParser):
    """The names of the tags of a page."""

    def __init__(self):
        super().__init__()
        self.names = set()

    def handle_starttag(self, tag, attributes):
        """Kept by name; attributes that would run or load something are kept too."""
        self.names |= {
            tag,
            *(name for name, _ in attributes if name.startswith("on") or name in ("src", "href")),
        }


def test_the_page_loads_nothing_and_escapes_everything(run, example: Path) -> None:
    """A hostile department name is text on the page; the page needs no network."""
    hostile = '<img src=x onerror="alert(1)">&\u202e'
    for file in example.rglob("*.yaml"):
        text = file.read_text("utf-8")
        file.write_text(text.replace('"审批科"', json.dumps(hostile)), "utf-8")
    staff = example / "staff.yaml"
    staff.write_text(staff.read_text("utf-8").replace("审批科", json.dumps(hostile)), "utf-8")
    page = run("-L", example, *OCTOBER, "--by", "department", "-f", "html").out
    tags = Tags()
    tags.feed(page)
    assert {"svg", "rect", "table"} <= tags.names
    assert not tags.names & {"img", "script", "link", "iframe", "src", "href"} and not any(
        name.startswith("on") for name in tags.names
    )
    assert "&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&amp;\\u202e" in page
    assert "default-src 'none'" in page and "http" not in page.replace("http-equiv", "")


@pytest.mark.parametrize("by", GROUPS)
def test_every_group_can_be_shown_alone(run, by: str) -> None:
    """Each grouping has all its figures in the terminal when asked for alone; else the main ones."""
    every = run("-L", EXAMPLE, *OCTOBER).out
    alone = run("-L", EXAMPLE, *OCTOBER, "--by", by).out
    titles = [NAMES[by] + (f"：{title}" if title else "") for title, _ in sets_of(by)]
    assert re.findall(r"【按(.*?)】", alone)[-len(titles) :] == titles
    assert [n for n in NAMES.values() if f"【按{n}】" in every] == [NAMES[g] for g in GROUPS]
