"""What scripts and editors read: the keys of every JSON output, the schemas of the files."""

import json

import pytest

from shouwen.commands.oversight.overdue import ITEM
from shouwen.core.accountability.case import Case
from shouwen.core.inquiry.header import Inquiry
from tests.generators.schemas import schemas
from tests.support.documents import DOCS, JSON, first, tables


@pytest.fixture
def outputs(sw, inquiry) -> dict[str, dict]:
    """schema → one output, from a small ledger in which everything has happened once."""
    name = inquiry(channel="来访")
    sw("wangfang", "handoff", name, "--to", "规划科", "--mode", "告知联系方式")
    case = sw("heping", "sanction", "report", "--staff", "wangfang", "--article", "七", "--summary", "没有引领",
              "--occurred", "2026-11-23", "--inquiry", name).id  # fmt: skip
    sw("heping", "sanction", "verify", case, "--finding", "查实")
    sw("heping", "sanction", "decide", case, "--authority", "团党委")
    for n in "23":
        more = sw("heping", "sanction", "report", "--staff", "wangfang", "--article", "七", "--summary", n,
                  "--occurred", f"2026-11-0{n}").id  # fmt: skip
        sw("heping", "sanction", "verify", more, "--finding", "查实")
        sw("heping", "sanction", "decide", more, "--authority", "团党委")
    slow = inquiry(received="2026-11-16T09:00")
    sw("wangfang", "handoff", slow, "--to", "规划科", "--mode", "引领", "--at", "2026-11-20T09:00")
    runs = (
        ("show", name), ("list",), ("log",), ("stats",), ("sanction", "show", case), ("sanction", "list"), ("evaluate", "2026"),
        ("policy", "show", "bumen"), ("policy", "show", "bumen", "--article", "九"), ("policy", "list"), ("calendar", "show"), ("route",),
        ("overdue", "--as-of", "2026-12-10"), ("bulletin", "--month", "2026-11"),
    )  # fmt: skip
    found = {}
    for words in runs:
        value = json.loads(sw("wangfang", *words, "--format", "json").out)
        found[value["schema"]] = value
    record = json.loads(sw("wangfang", "export", "--format", "jsonl").out.splitlines()[0])
    found[record["schema"]] = record
    bad = json.loads(sw("wangfang", "check", "--format", "json", now="2026-11-23T09:00", code=1).out)
    return found | {bad["schema"]: bad}


def at(value: dict, path: str) -> dict:
    """The value at ``staff[].findings[]``, in a list the item that says most."""
    for step in path.split("."):
        if step:
            value = value[step.removesuffix("[]")]
        if step.endswith("[]"):
            value = max(value, key=lambda item: len(str(item)))
    return value


def test_json_is_documented(outputs: dict[str, dict]) -> None:
    """Every key of every JSON output stands in json.md, and json.md promises none that is not there."""
    found = tables(JSON, "json")
    assert {name.partition(" ")[0] for name in found} == set(outputs)
    for name, rows in found.items():
        schema, _, path = name.partition(" ")
        value = at(outputs[schema], path)
        keys = {k for k in first(rows) if not k.startswith("…")}
        optional = set()
        if any(row[0].startswith("…") for row in rows):  # the header of a record, defaults left out
            optional = set((Case if "case" in schema else Inquiry).__struct_fields__) - {"events"}
        assert set(value) - optional == keys, name


def test_an_article_as_json_has_its_rules(run) -> None:
    """It printed text, whatever the format; what stands under other articles is not among its rules."""
    nine = json.loads(run("policy", "show", "bumen", "--article", "9", "--format", "json").out)
    assert (nine["article"], nine["cited"], nine["duties"], nine["violations"]) == ("九", "第九条", {}, {})
    assert [(t["measure"], t["at_least"]) for t in nine["thresholds"]] == [
        ("诫勉教育", 2), ("效能告诫", 1), ("诫勉教育", 3), ("效能告诫", 2),
    ]  # fmt: skip
    four = json.loads(run("policy", "show", "bumen", "--article", "四", "--format", "json").out)
    assert list(four["violations"]) == ["推诿"]
    assert [t["measure"] for t in four["thresholds"]] == ["取消评先资格"]


def test_route_has_one_shape(run, tmp_path) -> None:
    """A script reads items of matters and of the court's table alike."""
    root = tmp_path / "court"
    run("init", root, "--policy", "fayuan", "--name", "某法院")
    words = ("-L", root, "route", "--format", "json")
    (matter, *_), (rule, *_) = (
        json.loads(run(*words, *more).out)["items"] for more in ((), ("--category", "申诉"))
    )
    assert list(matter) == list(rule) == list(first(tables(JSON, "json")["shouwen.route/1 items[]"]))
    assert (matter["article"], rule["matter"], rule["materials"]) == ("", "", [])


def test_overdue_items_keep_their_order() -> None:
    """The columns of ``overdue`` that scripts read are listed in the order they come in."""
    assert tuple(first(tables(JSON, "json")["shouwen.overdue/1 items[]"])) == ITEM


def test_schemas_are_current() -> None:
    """An editor checks a file by the same keys as the program (rewrite: python -m tests.generators.schemas)."""
    on_disk = {p.name: json.loads(p.read_text("utf-8")) for p in (DOCS / "schema").glob("*.json")}
    assert on_disk == json.loads(json.dumps(schemas()))
