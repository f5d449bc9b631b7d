"""What is amiss in a lake is named with its place, and no sum leaves an office out without a word."""

import json
from pathlib import Path

import pytest

from shouwen.core.date_range import month, whole_year
from shouwen.core.errors import NotFound, Usage
from shouwen.services.bulletin import empty
from shouwen.services.lake import Lake
from shouwen.services.lake_export import put
from shouwen.services.overdue import Wanted
from tests.lake.offices import desk, offices
from tests.support.clock import at

NOW = at("2026-11-23 09:15")


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    """Three offices, exported one after the other."""
    for n, each in enumerate(offices(tmp_path, 3)):
        put(desk(each), str(tmp_path / "lake"), NOW.replace(hour=9 + n), False, None)
    return tmp_path / "lake"


def _gone(lake: Path) -> str:
    path = min(lake.glob("figures/office=第1局/**/*.parquet"))
    path.unlink()
    return f"{path}: 不在了；第1局没有计入"


def _torn(lake: Path) -> str:
    path = min(lake.glob("running/office=第1局/**/*.parquet"))
    path.write_bytes(path.read_bytes()[:-9])
    return f"{path}: 不完整，或被改过；第1局没有计入"


def _swapped(lake: Path) -> str:
    path, other = sorted(lake.glob("figures/office=第1局/**/*.parquet"))[:2]
    path.write_bytes(other.read_bytes())
    return f"{path}: 不完整，或被改过；第1局没有计入"


def _empty(lake: Path) -> str:
    path = max(lake.glob("inquiries/office=第1局/**/*.parquet"))
    path.write_bytes(b"")
    return f"{path}: 不完整，或被改过；第1局没有计入"


def _unnamed(lake: Path) -> str:
    path = min(lake.glob("figures/office=第1局/**/*.parquet"))
    newer = path.with_name("part-ffff.parquet")
    newer.write_bytes(path.read_bytes())
    return f"{newer}: _lake/ 里没有登记（导出中断，或从别处拷来）；第1局没有计入"


def _newer(lake: Path) -> str:
    path = lake / "_lake" / "第1局.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | {"schema": "shouwen.lake/2"}), "utf-8")
    return f"{path}: 格式是 shouwen.lake/2，这个程序只认 shouwen.lake/1；这个单位没有计入"


def _half(lake: Path) -> str:
    path = lake / "_lake" / "第1局.json"
    path.write_bytes(path.read_bytes()[:100])
    return f"{path}: 读不出；这个单位没有计入"


def _no_book(lake: Path) -> str:
    (lake / "_lake" / "第1局.json").unlink()
    return f"{lake}/inquiries/office=第1局: _lake/第1局.json 不在；这个单位没有计入"


def _strange_table(lake: Path) -> str:
    path = lake / "_lake" / "第1局.json"
    book = json.loads(path.read_text("utf-8"))
    book["parts"][0]["table"] = "moods"
    path.write_text(json.dumps(book), "utf-8")
    return "不认识的表 moods；第1局没有计入"


@pytest.mark.parametrize(
    "spoil", [_gone, _torn, _swapped, _empty, _unnamed, _newer, _half, _no_book, _strange_table]
)
def test_what_is_amiss_is_named(lake, spoil):
    """Missing, torn, changed, newer: one office is named and left out whole, the others are summed."""
    whole = empty(whole_year(2026))
    Lake(str(lake)).bulletin(whole)
    said = spoil(lake)
    looked = Lake(str(lake))
    assert [b.office for b in looked.books] == ["第0局", "第2局"]
    assert any(said in f"{p.path}: {p.text}" for p in looked.problems) and all(
        p.hint for p in looked.problems
    )
    made = empty(whole_year(2026))
    looked.bulletin(made)
    offices_in = {key for _, key in made["current"].groups["ledger"]}
    assert offices_in == {"第0局", "第2局"}
    assert 0 < made["current"].total.counts["received"] < whole["current"].total.counts["received"]
    found, _ = looked.overdue(Wanted())
    assert found.problems == looked.problems and {r["ledger"] for r in found.rows} <= offices_in


@pytest.mark.parametrize("spoil", [_gone, _torn, _newer, _half, _no_book, _unnamed])
@pytest.mark.parametrize("words", [["bulletin", "--year", "2026"], ["overdue"]])
@pytest.mark.parametrize("format", ["table", "json", "html", "csv"])
def test_every_report_says_so(lake, run, spoil, words, format):
    """In words and in JSON, with exit code 5, whatever the format."""
    spoil(lake)
    done = run(*words, "--lake", lake, "--format", format, code=5)
    assert "第1局" in done.out + done.err
    if format == "json":
        assert [
            entry for entry in json.loads(done.out)["unreadable"] if "第1局" in entry["path"] + entry["text"]
        ]


def test_nothing_whole_is_no_report(lake, run):
    """Where no office is left, there is no page of zeros: what is amiss is said, and that is all."""
    for book in (lake / "_lake").glob("*.json"):
        book.write_bytes(b"{")
    for words in (["bulletin", "--year", "2026"], ["overdue"], ["overdue", "--quiet-if-empty"]):
        done = run(*words, "--lake", lake, code=5)
        assert done.out == "" and done.err.count("读不出；这个单位没有计入") == 3
        for book in (lake / "_lake").glob("*.json"):
            assert str(book) in done.err


def test_the_next_export_mends_it(lake, tmp_path):
    """Whatever was amiss with an office, exporting it again puts it right."""
    for spoil in (_gone, _torn, _unnamed, _half, _no_book, _empty):
        spoil(lake)
        assert Lake(str(lake)).problems
        put(desk(tmp_path / "office01"), str(lake), NOW, False, None)
        assert Lake(str(lake)).problems == [] and len(Lake(str(lake)).books) == 3


def test_an_older_office_is_named(lake, run):
    """Figures as of different moments are one sum only with a word about it."""
    assert Lake(str(lake)).older() == ["第0局 2026-11-23 09:15", "第1局 2026-11-23 10:15"]
    for words in (["bulletin", "--year", "2026"], ["overdue"]):
        assert "导出得比别的单位早" in run(*words, "--lake", lake).out


def test_whom_it_is_asked_for(lake):
    """By id, name, former name or alias, as in the ledgers; a word that no office knows is refused."""
    looked = Lake(str(lake))
    every, _ = looked.overdue(Wanted(soon=99))
    someone = next(r for r in every.rows if r["holder"])
    book = next(b for b in looked.books if b.office == someone["ledger"])
    by_id, _ = looked.overdue(Wanted(soon=99, person=someone["holder"]))
    by_name, _ = looked.overdue(Wanted(soon=99, person=book.people[someone["holder"]]))
    assert by_id.rows == by_name.rows and 0 < len(by_id.rows) <= len(every.rows)
    with pytest.raises(NotFound, match="没有人员“某甲”"):
        looked.overdue(Wanted(person="某甲"))
    with pytest.raises(NotFound, match="没有部门“天文科”"):
        looked.overdue(Wanted(section="天文科"))


@pytest.mark.parametrize("asked", [(), ("--staff",), ("--department",), ("--staff", "--department")])
@pytest.mark.parametrize("format", ["table", "json", "csv"])
def test_follow_ups_are_nobodys_in_a_lake(lake, run, asked, format):
    """A lake does not say whose a case is: asked for somebody it lists none of others, and says how many there are."""
    path = lake / "_lake" / "第1局.json"
    book = json.loads(path.read_text("utf-8"))
    book["follow_ups"] = [["S20260901-ABCDEF", "送达过期"], ["S20260902-ABCDEF", "归档过期"]]
    path.write_text(json.dumps(book), "utf-8")
    words = {"--staff": max(book["people"]), "--department": max(book["sections"])}
    done = run(
        "overdue", "--lake", lake, *[w for key in asked for w in (key, words[key])], "--format", format
    )
    there = done.out + done.err
    assert ("送达过期" in there) == ("S20260902-ABCDEF" in there) == (not asked)
    assert ("全部单位 2 项" in done.err) == bool(asked)
    if format == "json":
        assert len(json.loads(done.out)["follow_ups"]) == (0 if asked else 2)


def test_only_months_and_years(lake):
    """Facts are kept for whole months and years; another period is refused before anything is said."""
    looked = Lake(str(lake))
    part = empty(month(2026, 10))
    looked.bulletin(part)
    cut = empty(month(2026, 10).__class__(month(2026, 10).first, month(2026, 11).last))
    with pytest.raises(Usage, match="整月和整年"):
        looked.bulletin(cut)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["bulletin", "--lake", "nowhere"], "不是数据湖"), (["overdue", "--lake", "nowhere"], "不是数据湖"),
        (["export", "--format", "parquet"], "写进一个目录"), (["export", "lake"], "目录只用于"),
        (["export", "--format", "parquet", "lake", "--reveal"], "总是全部、遮盖的"),
        (["export", "--format", "parquet", "lake", "--from", "2026-01-01"], "总是全部、遮盖的"),
    ],
)  # fmt: skip
def test_used_wrongly(run, sw, words, why):
    """What cannot be is refused with what to write."""
    assert why in run(*words, code=2).err


@pytest.mark.parametrize("missing", ["duckdb", "pyarrow"])
def test_without_the_libraries(lake, run, monkeypatch, missing):
    """Without the extra it is said what to install; nothing else needs it."""
    import sys

    monkeypatch.setitem(sys.modules, missing, None)
    monkeypatch.setitem(sys.modules, f"{missing}.parquet", None)
    words = ["bulletin", "--year", "2026", "--lake", lake] if missing == "duckdb" else [
        "-L", lake.parent / "office00", "export", "--format", "parquet", lake]  # fmt: skip
    assert "shouwen[lake]" in run(*words, code=2).err
