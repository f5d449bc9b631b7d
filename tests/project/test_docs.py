"""The documents say what the program does: every key, name, command and file they mention exists."""

import ast
import re
from functools import cache
from pathlib import Path

import msgspec
import pytest

from shouwen import __version__, cli
from shouwen.core import errors, matter
from shouwen.core.accountability import case
from shouwen.core.accountability.lifecycle import CASE_MOVES
from shouwen.core.duties import DUTIES
from shouwen.core.fact import Fact, InForce
from shouwen.core.inquiry import events, header
from shouwen.core.inquiry.corrections import CORRECTABLE
from shouwen.core.inquiry.lifecycle import DECIDES, MOVES, PHASES
from shouwen.core.integrity.checks import EXPLANATIONS
from shouwen.core.integrity.regulations import check_policy
from shouwen.core.office import chart, roster
from shouwen.core.regulation import accountability, schema
from shouwen.core.transfer.mapping import FIELDS, NEEDED
from shouwen.store import yaml
from shouwen.store.record import decode, encode
from shouwen.store.settings import CalendarYear, converted, load_policy, policy_source
from tests.support.documents import (
    DOCS,
    ERRORS,
    FORMAT,
    IMPORT,
    PACKAGE,
    PAGES,
    POLICY,
    ROOT,
    block,
    first,
    table,
    tables,
)


def structs(*modules) -> dict[str, type]:
    """The classes of values kept in files that these modules define, by name."""
    return {
        name: kind
        for module in modules
        for name, kind in vars(module).items()
        if isinstance(kind, type) and issubclass(kind, Fact) and kind.__module__ == module.__name__
    }


IDS = [str(p.relative_to(DOCS)) for p in PAGES]
REGULATION = structs(schema) | structs(accountability) | {"InForce": InForce}
KEPT = structs(events, header, case, chart, roster, matter) | {"CalendarYear": CalendarYear}
# Frames that hold other values and are no mapping of a file.
FRAMES = {"Fact", "Chart", "Office"}


@pytest.mark.parametrize(
    ("text", "kinds"), [(FORMAT, KEPT), (POLICY, REGULATION)], ids=["ledger-format", "policy-format"]
)
def test_keys_are_documented(text: str, kinds: dict[str, type]) -> None:
    """A key added to the model without its line in the document, or the reverse, is found."""
    expected = {}
    for name, kind in kinds.items():
        keys = list(kind.__struct_encode_fields__)
        if issubclass(kind, events.Event):
            keys = ["id", "at", "by", "do"] if kind is events.Event else keys[3:]
        if name not in FRAMES:
            expected[name] = sorted(keys)
    assert {name: sorted(first(rows)) for name, rows in tables(text, "keys").items()} == expected


@pytest.mark.parametrize(("text", "kinds"), [(FORMAT, KEPT), (POLICY, REGULATION)])
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


# What the column 缺省 says in words, and which values it may say it of.
NOTHING = {"空": ("",), "无": (None, (), {}), "不限": (None, (), InForce()), "不详": (None,)}


@pytest.mark.parametrize(("text", "kinds"), [(FORMAT, KEPT), (POLICY, REGULATION)])
def test_defaults_are_told(text: str, kinds: dict[str, type]) -> None:
    """Who leaves a key out gets what the document says: 90 days, 提示, one working day."""
    wrong, read = [], 0
    for name, rows in tables(text, "keys").items():
        fields = {f.encode_name: f for f in msgspec.structs.fields(kinds[name])}
        for key, said, *_ in rows if name != "Event" else ():
            field = fields[key.strip("`")]
            if field.required or said in ("底本", "见下"):
                continue
            value = field.default if field.default is not msgspec.NODEFAULT else field.default_factory()
            if said in ("空", "无") and isinstance(value, msgspec.Struct):
                same = value == type(value)()
            elif isinstance(value, dict) and value:
                same = said == "；".join(f"{day} {'、'.join(hours)}" for day, hours in value.items())
            else:
                same = value in NOTHING.get(said, (yaml.scalar(said.strip("`")),))
            wrong += [] if same else [f"{name}.{key}: {said}, {value!r}"]
            read += said.startswith("`")
    assert wrong == [] and read > 5


def test_the_examples_of_files_are_such_files() -> None:
    """What the document shows can be copied: the program reads it, and would write the record so."""
    record = decode(header.Inquiry, block(FORMAT, "record").encode(), "inquiries/2026/11/x.yaml")
    assert encode(record.content) == record.raw
    for name, kind in (("ledger", roster.Config), ("calendar", CalendarYear)):
        assert converted(block(FORMAT, name).encode(), name, kind)


def test_moves_are_documented() -> None:
    """The two tables of lawful moves are the program's own."""
    found = tables(FORMAT, "moves")
    statuses = ("待核实", "已查实", "不成立", "已决定", "申诉中", "已撤销")
    for name, moves, columns in (("inquiry", MOVES, PHASES), ("case", CASE_MOVES, statuses)):
        shown = {
            row[0].strip("`"): {c for c, mark in zip(columns, row[1:], strict=False) if mark}
            for row in found[name]
        }
        assert shown == {events.act_of(kind): set(phases) for kind, (phases, _) in moves.items()}


def test_the_deciding_rule_is_documented() -> None:
    """Which of two contradicting moves stands is told in the same words as wherever one is shown."""
    assert DECIDES in FORMAT


def test_correctable_values_are_documented() -> None:
    """The header values that 更正 may put right are all named."""
    said = re.search(r"可更正的项目：(.*?)。", FORMAT, re.S)[1]
    assert tuple(re.findall(r"`(.*?)`", said)) == CORRECTABLE


def test_clocks_and_duties_are_documented() -> None:
    """Whoever writes a regulation finds every clock and every duty, with the keys it knows."""
    assert tuple(first(table(POLICY, "clocks"))) == schema.CLOCKS
    shown = {
        row[0].strip("`"): (row[1], set(re.findall(r"`(\w+)`", row[3]))) for row in table(POLICY, "duties")
    }
    assert shown == {name: (kind.title, set(kind.keys)) for name, kind in DUTIES.items()}


def test_every_duty_has_an_example_that_loads() -> None:
    """The examples of duties use only what each duty knows, and none is missing."""
    duties = yaml.load(block(POLICY, "duties").encode(), "policy-format.md")["duties"]
    assert {schema.duty_kind(name) for name in duties} == set(DUTIES)
    beside = {
        "duties": duties, "bodies": {"article": "默认", "values": ["市局"]},
        "routing": [{"article": "默认", "category": ["投诉"], "department": "办公室"}],
        "limits": {"回访": [{"workdays": 3, "article": "默认"}]},
    }  # fmt: skip
    whole = schema.merge(yaml.load(policy_source("base")[1], "base.yaml"), beside)
    assert list(check_policy(msgspec.convert(whole, schema.Policy, strict=False))) == []


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


def test_refusals_are_quoted_as_they_are_said() -> None:
    """Whoever searches errors.md for the words on the screen finds them."""
    code = "".join(p.read_text("utf-8") for p in PACKAGE.rglob("*.py"))
    phrases = [phrase for row in table(ERRORS, "refusals") for phrase in re.findall(r"`([^`]+)`", row[0])]
    assert len(phrases) > 10
    assert [p for p in phrases if not all(part in code for part in p.split("…"))] == []


def command_lines() -> list[str]:
    """Every command and subcommand, as typed."""
    found = []
    for name, _short, _ in cli.COMMANDS:
        command = cli.load(name)
        inner = getattr(command, "commands", None)
        found += [f"{name} {sub}" for sub in inner] if inner else [name]
    return found


@pytest.mark.parametrize("line", command_lines())
def test_every_command_is_documented(line: str) -> None:
    """A command that nobody wrote about does not exist for its users."""
    written = "\n".join(p.read_text("utf-8") for p in (ROOT / "README.md", *PAGES))
    listed = (
        (DOCS / "architecture.md").read_text("utf-8").partition("## The commands")[2].partition("\n## ")[0]
    )
    assert f"`{line}`" in listed or re.search(rf"shouwen (-\S+ \S+ )*{re.escape(line)}\b", written)


def test_commands_that_are_named_exist() -> None:
    """No document sends a reader to a command that is not there."""
    known = set(command_lines()) | {name for name, *_ in cli.COMMANDS}
    for page in PAGES:
        for words in re.findall(r"`shouwen ((?:[a-z]+ ?)+)", page.read_text("utf-8")):
            parts = words.split()
            assert " ".join(parts[:2]) in known or parts[0] in known, f"{page.name}: shouwen {words}"


@cache
def definitions() -> set[str]:
    """The names of all functions, methods and classes of the package."""
    nodes = (n for path in PACKAGE.rglob("*.py") for n in ast.walk(ast.parse(path.read_text("utf-8"))))
    return {n.name for n in nodes if isinstance(n, ast.FunctionDef | ast.ClassDef)}


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_names_exist(page: Path) -> None:
    """`path.py`, `path.py:name` and `name()` in a document are in the code today."""
    missing = []
    for word in re.findall(r"`([^`\n]+)`", page.read_text("utf-8")):
        if file := re.fullmatch(r"((?:\w+/)*\w+\.py)(?:::?(\w+))?", word):
            path, name = file.groups()
            here = next((p for p in (PACKAGE / path, ROOT / path) if p.exists()), None)
            code = here.read_text("utf-8") if here else ""
            if not re.search(rf"^\s*(def|class) {name}\b|^{name}\b" if name else ".", code, re.M):
                missing.append(word)
        elif (call := re.fullmatch(r"(?:\w+\.)*(\w+)\(\)", word)) and call[1] not in definitions():
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


def test_fields_of_an_import_are_documented() -> None:
    """import.md has each field in order with the title that an export gives it."""
    rows = tables(IMPORT, "import")["fields"]
    assert [(row[0].strip("`"), row[1]) for row in rows] == [(key, names[0]) for key, names in FIELDS.items()]
    told = {row[0].strip("`") for row in rows if row[2].startswith("必需")}
    assert told == set(NEEDED)
