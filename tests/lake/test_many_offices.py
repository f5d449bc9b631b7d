"""Twenty ledgers: every figure from the lake is that from the ledgers themselves, whatever engine adds up."""

import json

import pytest

from shouwen.core.transfer.facts import TABLES
from shouwen.store.lake import books
from tests.lake.offices import NOW

PERIODS = (("--month", "2026-10"), ("--month", "2026-11"), ("--year", "2026"), ("--year", "2025"), ())


@pytest.fixture
def both(twenty, run):
    """``both("bulletin", …)``: the report as JSON, from the ledgers and from the lake."""
    made, lake = twenty
    many = [word for each in made for word in ("-L", each)]

    def reported(*words):
        direct = json.loads(run(*many, "--no-memo", *words, "--format", "json", now=NOW).out)
        return direct, json.loads(run(*words, "--lake", lake, "--format", "json", now="2026-11-25T08:00").out)

    return reported


@pytest.mark.parametrize("period", PERIODS, ids=["october", "november", "year", "last-year", "usual"])
def test_the_bulletin_is_the_same(both, period):
    """Every group, member, figure, median and share of three periods, and what is only counted."""
    direct, lake = both("bulletin", *period)
    assert lake["items"] == direct["items"]
    assert lake["periods"] == direct["periods"]
    assert lake["as_of"] == direct["as_of"] == NOW
    total = direct["items"][0]["current"]
    assert total["received"] + total["open"] > 0 or period == ("--month", "2026-10")


def item(row):
    """A row of the report without the folder that its path begins with."""
    if not isinstance(row, dict) or "path" not in row:
        return row
    return row | {"path": row["path"][row["path"].index("inquiries/") :]}


@pytest.mark.parametrize(
    "words", [(), ("--soon", "0"), ("--soon", "5"), ("--department", "规划科"), ("--staff", "郭涛")]
)
def test_what_is_late_is_the_same(both, words):
    """Every row, and what stands beside: confidential ones, disputes, long pauses, follow-ups."""
    direct, lake = both("overdue", *words)
    key = lambda i: (i["due"], i["id"], i["clock"], i["ledger"])  # noqa: E731
    assert sorted(map(item, lake["items"]), key=key) == sorted(map(item, direct["items"]), key=key)
    assert lake["items"] or words[:1] == ("--staff",)
    if words[:1] != ("--staff",):  # of a confidential one a lake names the department, not the person
        assert lake["confidential"] == direct["confidential"]
        assert lake["confidential"] or "--department" in words
    for name in ("disputes", "standing", "follow_ups", "not_judged", "by_source", "done_late"):
        assert sorted(map(str, map(item, lake[name]))) == sorted(map(str, map(item, direct[name]))), name


def test_the_numbers_are_what_they_should_be(both, twenty):
    """Counted by hand beside the program: inquiries received in the year, in all offices."""
    made, _ = twenty
    received = secret = 0
    for each in made:
        for path in [*each.glob("inquiries/2026/*/*.yaml"), *each.glob("archive/2026/*/*.yaml")]:
            text = path.read_text("utf-8")
            hidden = '\ncategory: "举报"' in text or "\nconfidential: true" in text
            received += not hidden and path.name[:4] == "2026"
            secret += hidden
    _, lake = both("bulletin", "--year", "2026")
    assert lake["items"][0]["current"]["received"] == received > 200
    assert lake["periods"]["current"]["confidential"] == secret > 0


def test_nobody_is_named_in_the_lake(twenty):
    """Names, numbers and subjects of protected inquiries stand in no file of it; the others are masked."""
    import pyarrow.parquet as pq

    made, lake = twenty
    text = ""
    for path in lake.rglob("*.parquet"):
        text += json.dumps(pq.read_table(path).to_pylist(), ensure_ascii=False, default=str)
    for each in made[:5]:
        for path in [*each.glob("inquiries/*/*/*.yaml"), *each.glob("archive/*/*/*.yaml")]:
            record = path.read_text("utf-8")
            head = dict(
                line.split(": ", 1) for line in record.splitlines() if line[:1].isalpha() and ": " in line
            )
            person = json.loads(head.get("inquirer", "{}"))
            if len(person.get("name", "")) > 1:
                assert f'"{person["name"]}"' not in text
            if len(person.get("phone", "")) > 7:
                assert person["phone"] not in text
            if head["category"] == '"举报"':
                assert json.loads(head["id"]) not in text


def test_tables_have_the_columns_that_are_documented(twenty):
    """Each file says its version and holds the columns of its table, no more."""
    import pyarrow.parquet as pq

    _, lake = twenty
    seen = set()
    for path in lake.rglob("*.parquet"):
        schema = pq.read_schema(path)
        table = path.relative_to(lake).parts[0]
        seen.add(table)
        assert schema.names == list(TABLES[table])
        assert schema.metadata[b"shouwen.lake"] == b"1"
    assert seen == set(TABLES)


def test_the_directory_reads_as_hive_has_it(twenty):
    """Other programs need no manifest: office, year and month come from the path."""
    import duckdb

    _, lake = twenty
    rows = duckdb.sql(
        f"SELECT office, count(*) FROM read_parquet('{lake}/inquiries/*/*/*/*.parquet', hive_partitioning = true) GROUP BY office"
    ).fetchall()
    assert len(rows) == 19  # one has no record
    assert "第10局/分局=东%" in dict(rows)


def test_every_office_is_in_the_lake(twenty):
    """None is left out, and nothing is amiss."""
    made, lake = twenty
    found, problems = books(str(lake))
    assert len(found) == len(made) and problems == []
