"""The documents say what the program does: every key, name, command and file they mention exists.

``python tests/test_docs.py`` writes the JSON Schemas of shouwen/docs/schema anew.
"""

import ast
import json
import re
from functools import cache
from pathlib import Path

import msgspec
import pytest
import typer

from shouwen import __version__, cli
from shouwen.commands.overdue import ITEM
from shouwen.core import errors, model, office, policy
from shouwen.core.checks import EXPLANATIONS
from shouwen.core.duties import DUTIES
from shouwen.core.policycheck import check_policy
from shouwen.core.replay import CORRECTABLE, DECIDES, MOVES, PHASES
from shouwen.core.sanctions import CASE_MOVES
from shouwen.store import yaml
from shouwen.store.settings import CalendarYear, load_policy, policy_source

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "shouwen"
DOCS = PACKAGE / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
IDS = [str(p.relative_to(DOCS)) for p in PAGES]
FORMAT = (DOCS / "ledger-format.md").read_text("utf-8")
POLICY = (DOCS / "policy-format.md").read_text("utf-8")
ERRORS = (DOCS / "errors.md").read_text("utf-8")
JSON = (DOCS / "json.md").read_text("utf-8")


def structs(*modules) -> dict[str, type]:
    """The classes of values kept in files that these modules define, by name."""
    return {
        name: kind
        for module in modules
        for name, kind in vars(module).items()
        if isinstance(kind, type) and issubclass(kind, model.Fact) and kind.__module__ == module.__name__
    }


def tables(text: str, mark: str) -> dict[str, list[list[str]]]:
    """name → rows (cells without the header) of the table under each ``<!-- MARK: name -->``."""
    found = {}
    for name, below in re.findall(rf"<!-- {mark}: ?(.*?) -->\n\n?((?:\|.*\n)*)", text):
        found[name] = [
            [c.strip() for c in re.split(r"(?<!\\)\|", line)[1:-1]] for line in below.split("\n")[2:] if line
        ]
    return found


def table(text: str, mark: str) -> list[list[str]]:
    """The rows of the one table under ``<!-- MARK -->``."""
    return tables(text.replace(f"<!-- {mark} -->", f"<!-- {mark}: x -->"), mark)["x"]


def first(rows: list[list[str]]) -> list[str]:
    """What stands in backquotes in the first cells."""
    return [row[0].strip("`") for row in rows]


def block(text: str, mark: str) -> str:
    """The fenced text under ``<!-- example: MARK -->``."""
    return re.search(rf"<!-- example: {mark} -->\n\n```\w*\n(.*?)```", text, re.S)[1]


KEPT = structs(model, office) | {"CalendarYear": CalendarYear}
# Frames that hold other values and are no mapping of a file.
FRAMES = {"Fact", "Office"}


@pytest.mark.parametrize(
    ("text", "kinds"), [(FORMAT, KEPT), (POLICY, structs(policy))], ids=["ledger-format", "policy-format"]
)
def test_keys_are_documented(text: str, kinds: dict[str, type]) -> None:
    """A key added to the model without its line in the document, or the reverse, is found."""
    expected = {}
    for name, kind in kinds.items():
        keys = list(kind.__struct_encode_fields__)
        if issubclass(kind, model.Event):
            keys = ["id", "at", "by", "do"] if kind is model.Event else keys[3:]
        if name not in FRAMES:
            expected[name] = sorted(keys)
    assert {name: sorted(first(rows)) for name, rows in tables(text, "keys").items()} == expected


@pytest.mark.parametrize(("text", "kinds"), [(FORMAT, KEPT), (POLICY, structs(policy))])
def test_required_keys_are_marked(text: str, kinds: dict[str, type]) -> None:
    """What the program refuses to miss is called 必填 in the document, and nothing else is."""
    wrong = []
    for name, rows in tables(text, "keys").items():
        needed = {f.encode_name for f in msgspec.structs.fields(kinds[name]) if f.required}
        if name in ("Event", "Policy"):  # no such column; the base supplies most of a regulation
            continue
        for row in rows:
            if (row[1] == "必填") != (row[0].strip("`") in needed):
                wrong.append(f"{name}.{row[0]}")
    assert wrong == []


def test_moves_are_documented() -> None:
    """The two tables of lawful moves are the program's own."""
    found = tables(FORMAT, "moves")
    statuses = ("待核实", "已查实", "不成立", "已决定", "申诉中", "已撤销")
    for name, moves, columns in (("inquiry", MOVES, PHASES), ("case", CASE_MOVES, statuses)):
        shown = {
            row[0].strip("`"): {c for c, mark in zip(columns, row[1:], strict=False) if mark}
            for row in found[name]
        }
        assert shown == {model.act_of(kind): set(phases) for kind, (phases, _) in moves.items()}


def test_the_deciding_rule_is_documented() -> None:
    """Which of two contradicting moves stands is told in the same words as wherever one is shown."""
    assert DECIDES in FORMAT


def test_correctable_values_are_documented() -> None:
    """The header values that 更正 may put right are all named."""
    said = re.search(r"可更正的项目：(.*?)。", FORMAT, re.S)[1]
    assert tuple(re.findall(r"`(.*?)`", said)) == CORRECTABLE


def test_clocks_and_duties_are_documented() -> None:
    """Whoever writes a regulation finds every clock and every duty, with the keys it knows."""
    assert tuple(first(table(POLICY, "clocks"))) == policy.CLOCKS
    shown = {
        row[0].strip("`"): (row[1], set(re.findall(r"`(\w+)`", row[3]))) for row in table(POLICY, "duties")
    }
    assert shown == {name: (kind.title, set(kind.keys)) for name, kind in DUTIES.items()}


def test_every_duty_has_an_example_that_loads() -> None:
    """The examples of duties use only what each duty knows, and none is missing."""
    duties = yaml.load(block(POLICY, "duties").encode(), "policy-format.md")["duties"]
    assert set(duties) == set(DUTIES)
    whole = policy.merge(yaml.load(policy_source("base")[1], "base.yaml"), {"duties": duties})
    assert list(check_policy(msgspec.convert(whole, policy.Policy, strict=False))) == []


def test_the_example_regulation_works(ledger: Path, sw) -> None:
    """The regulation printed at the end of policy-format.md can be used as it stands."""
    (ledger / "policies").mkdir()
    (ledger / "policies" / "benju.yaml").write_text(block(POLICY, "benju"), "utf-8")
    settings = ledger / "ledger.yaml"
    settings.write_text(settings.read_text("utf-8").replace("policy: bumen", "policy: benju"), "utf-8")
    assert load_policy("benju", str(ledger)).violations["推诿"].review_leader
    assert sw("wangfang", "policy", "check", "benju").out == ""
    name = sw(
        "wangfang",
        "intake",
        "--channel",
        "来访",
        "--category",
        "咨询",
        "--subject",
        "建房",
        "--scope",
        "其他部门",
    ).id
    act = ("handoff", name, "--to", "规划科", "--mode", "告知联系方式")
    assert "第三条 引领" in sw("wangfang", *act).err
    refused = sw("wangfang", "close", name, "--outcome", "不予办理", "--result", "不行", code=3)
    assert "第六条 否定报备" in refused.err


def test_exit_codes_are_documented() -> None:
    """Scripts may rely on errors.md: its codes are those that the program gives."""
    own = {kind.exit_code for kind in vars(errors).values()
           if isinstance(kind, type) and issubclass(kind, errors.ShouwenError)}  # fmt: skip
    assert {int(c) for c in first(table(ERRORS, "codes"))} == own | {0, 1, 130, 141}


def test_checks_are_documented() -> None:
    """Every named check has its cause, meaning and cure, in the order of ``check --explain all``."""
    rows = table(ERRORS, "checks")
    assert first(rows) == list(EXPLANATIONS)
    assert all(len(row) == 4 and all(row) for row in rows)


def command_lines() -> list[str]:
    """Every command and subcommand, as typed."""
    found = []
    for name, short, _ in cli.COMMANDS:
        command = cli.load(name, short)
        inner = getattr(command, "commands", None)
        found += [f"{name} {sub}" for sub in inner] if inner else [name]
    return found


@pytest.mark.parametrize("line", command_lines())
def test_every_command_is_documented(line: str) -> None:
    """A command that nobody wrote about does not exist for its users."""
    texts = [ROOT / "README.md", *PAGES]
    written = "\n".join(p.read_text("utf-8") for p in texts if p.exists())
    assert re.search(rf"`(shouwen )?{re.escape(line)}\b", written)


def test_commands_that_are_named_exist() -> None:
    """No document sends a reader to a command that is not there."""
    known = {line for line in command_lines()} | {name for name, *_ in cli.COMMANDS}
    for page in PAGES:
        for words in re.findall(r"`shouwen ((?:[a-z]+ ?)+)", page.read_text("utf-8")):
            parts = words.split()
            assert " ".join(parts[:2]) in known or parts[0] in known, f"{page.name}: shouwen {words}"


@cache
def definitions() -> dict[str, set[str]]:
    """path from the package → names of the functions, classes, methods and values it defines."""
    found = {}
    for path in PACKAGE.rglob("*.py"):
        names = set()
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                names.add(node.name)
            elif isinstance(node, ast.Assign | ast.AnnAssign):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                names |= {t.id for t in targets if isinstance(t, ast.Name)}
        found[str(path.relative_to(PACKAGE))] = names
    return found


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_names_exist(page: Path) -> None:
    """`path.py`, `path.py:name` and `name()` in a document are in the code today."""
    every = set().union(*definitions().values())
    missing = []
    for word in re.findall(r"`([^`\n]+)`", page.read_text("utf-8")):
        if file := re.fullmatch(r"((?:\w+/)*\w+\.py)(?:::?(\w+))?", word):
            path, name = file.groups()
            here = next((p for p in (PACKAGE / path, ROOT / path) if p.exists()), None)
            code = here.read_text("utf-8") if here else ""
            if not re.search(rf"^\s*(def|class) {name}\b|^{name}\b" if name else ".", code, re.M):
                missing.append(word)
        elif (call := re.fullmatch(r"(?:\w+\.)*(\w+)\(\)", word)) and call[1] not in every:
            missing.append(word)
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_links_resolve(page: Path) -> None:
    """Every link between documents leads to a file, and to a heading in it where it names one."""
    text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.S)
    broken = []
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        if link.startswith("http"):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists():
            broken.append(link)
        elif anchor:
            heads = re.findall(r"^#+ (.*)$", target.read_text("utf-8"), re.M)
            slugs = {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in heads}
            if anchor not in slugs:
                broken.append(link)
    assert broken == []


def test_decisions_are_whole() -> None:
    """A decision without its context or its way back is a rumour; numbers are not used twice."""
    numbers = []
    for page in sorted((DOCS / "decisions").glob("[0-9]*.md")):
        heads = re.findall(r"^## (.*)$", page.read_text("utf-8"), re.M)
        assert heads[:4] == ["Context", "Decision", "Consequences", "What would make us change it"], page.name
        numbers.append(page.name[:4])
    assert len(numbers) == len(set(numbers)) >= 14
    index = (DOCS / "decisions" / "README.md").read_text("utf-8")
    assert [p.name for p in (DOCS / "decisions").glob("[0-9]*.md") if f"({p.name})" not in index] == []
    code = "".join(p.read_text("utf-8") for p in (*PACKAGE.rglob("*.py"), ROOT / "pyproject.toml"))
    assert set(re.findall(r"decisions/(\d{4})", code)) <= set(numbers)


def test_promises_name_their_tests() -> None:
    """A promise whose test was renamed or dropped is no promise any more."""
    text = (DOCS / "promises.md").read_text("utf-8")
    named = re.findall(r"`(tests/[\w/.]+)::(\w+)`", text)
    assert named
    for path, name in named:
        assert re.search(rf"^\s*def {name}\(", (ROOT / path).read_text("utf-8"), re.M), f"{path}::{name}"
    rows = re.findall(r"^\| (?!promise|-)(.*?) \| *(.*?) *\|$", text.replace("|---|---|\n", ""), re.M)
    assert [words for words, shown in rows if "::" not in shown] == []


def test_changelog_names_the_version() -> None:
    """Whoever upgrades finds what this version brings."""
    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text("utf-8").replace("[", "").replace("]", "")


# JSON


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
    runs = (
        ("show", name), ("list",), ("sanction", "show", case), ("sanction", "list"), ("evaluate", "2026"),
        ("policy", "show", "bumen"), ("policy", "list"), ("calendar", "show"), ("route",),
        ("overdue", "--as-of", "2026-12-10"),
    )  # fmt: skip
    found = {}
    for words in runs:
        value = json.loads(sw("wangfang", *words, "--format", "json").out)
        found[value["schema"]] = value
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
            optional = set((model.Case if "case" in schema else model.Inquiry).__struct_fields__) - {"events"}
        assert set(value) - optional == keys, name


def test_overdue_items_keep_their_order() -> None:
    """The columns of ``overdue`` that scripts read are listed in the order they come in."""
    assert tuple(first(tables(JSON, "json")["shouwen.overdue/1 items[]"])) == ITEM


# JSON Schemas for editors: what a regulation inherits, its own file need not say.
MERGED = ("Policy", "Choice", "FirstAsked", "Extension", "Duty", "Violation", "Scale", "Cap", "Levels")


def schemas() -> dict[str, dict]:
    """File name → JSON Schema, from the structs themselves."""
    made = {
        "inquiry": msgspec.json.schema(model.Inquiry), "case": msgspec.json.schema(model.Case),
        "policy": msgspec.json.schema(policy.Policy), "ledger": msgspec.json.schema(office.Config),
        "calendar": msgspec.json.schema(CalendarYear),
    }  # fmt: skip
    for name in MERGED:
        made["policy"]["$defs"][name].pop("required", None)
    made["policy"]["$defs"]["Policy"]["required"] = ["id", "name"]
    for value in made.values():
        for kind in value["$defs"].values():
            kind.pop("description", None)  # docstrings speak to developers, in English
    return {
        f"{name}.schema.json": {"$schema": "https://json-schema.org/draft/2020-12/schema", **value}
        for name, value in made.items()
    }


def test_schemas_are_current() -> None:
    """An editor checks a file by the same keys as the program (rewrite: python tests/test_docs.py)."""
    on_disk = {p.name: json.loads(p.read_text("utf-8")) for p in (DOCS / "schema").glob("*.json")}
    assert on_disk == json.loads(json.dumps(schemas()))


if __name__ == "__main__":
    for file, value in schemas().items():
        text = json.dumps(value, ensure_ascii=False, indent=1)
        (DOCS / "schema" / file).write_text(text + "\n", "utf-8")
        typer.echo(file)
