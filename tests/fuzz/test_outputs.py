"""Every field of every file in every output: a small profile; ``python -m tests.fuzz`` is the whole."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shouwen.core.accountability.case import CASE_EVENTS, Case
from shouwen.core.inquiry.events import EVENTS, Contact, Target
from shouwen.core.inquiry.header import Agent, Inquirer, Inquiry
from shouwen.core.office import chart, roster

from .outputs import OUTPUTS, TEXTS, WORST, output, root, suffer, value_at, values
from .places import FILES, PLACES, spoil
from .test_fuzz import FEW

# Steps at the end of a place that do not make a file unreadable, whatever text stands there.
FREE = {
    "subject", "detail", "name", "phone", "organisation", "first_reason", "matter", "urgency", "category", "channel", "scope", "by",
    "reason", "text", "procedure", "limit", "fee", "basis", "result", "not_told", "comment", "place", "number", "value", "summary",
    "source", "violation", "title", "email", "authority", "form", "absent", "mode", "contact_by", "outcome", "rating", "recorded_by",
    "material", "missing", "said", "on_behalf_of", "lead", "why", "joint", "measures", "unit_measures", "about", "words", "materials", "aliases",
}  # fmt: skip
RECORDS = {"inquiries": (Inquiry, EVENTS), "sanctions": (Case, CASE_EVENTS)}


def keys(kind: Any) -> set[str]:
    """The keys of a struct as a file spells them."""
    return set(kind.__struct_encode_fields__)


def test_every_field_of_every_file_has_a_place() -> None:
    """A field that is added later is among those that are spoilt, or this says which is not."""
    missing = []
    for folder, (kind, acts) in RECORDS.items():
        contents = [content for path, content in FILES.items() if path.startswith(folder)]
        missing += [f for f in keys(kind) if not any(f in content for content in contents)]
        found: dict[str, set] = {}
        for content in contents:
            for event in content["events"]:
                found.setdefault(event["do"], set()).update(event)
        missing += [
            (do, keys(e) - found.get(do, set())) for do, e in acts.items() if keys(e) - found.get(do, set())
        ]
    departments, staff = FILES["staff.yaml"]["departments"].values(), FILES["staff.yaml"]["staff"].values()
    for kind, values_ in (
        (chart.Department, departments),
        (chart.Staff, staff),
        (roster.Matter, FILES["matters.yaml"].values()),
    ):
        missing += sorted(keys(kind) - set().union(*values_))
    for part, kind in (("inquirer", Inquirer), ("agent", Agent), ("to", Target), ("contact", Contact)):
        known = [
            e[part]
            for c in FILES.values()
            for e in (c, *c.get("events", ()))
            if isinstance(e.get(part), dict)
        ]
        missing += sorted(keys(kind) - set().union(*known))
    config = FILES["ledger.yaml"]
    missing += sorted(keys(roster.Config) - set(config))
    seats = [one.get(seat) for one in departments for seat in ("leader", "deputy", "in_charge")]
    for kind, lists in (
        (chart.Tenure, [*seats, *config["leaders"].values()]),
        (chart.FormerName, [one.get("formerly") for one in departments]),
        (chart.Post, [one.get("posts") for one in staff]),
        (chart.Absence, [one.get("away") for one in staff]),
        (roster.InUse, [config["policy"]]),
        (roster.Season, [config["seasons"]]),
        (roster.Git, [[config["git"]]]),
        (roster.Counter, [config["git"]["counters"]]),
    ):
        found_ = [one for each in lists if isinstance(each, list) for one in each]
        missing += [(kind.__name__, f) for f in sorted(keys(kind) - set().union(*found_))]
    assert missing == []


def test_the_good_ledger_says_something_everywhere() -> None:
    """Otherwise the outputs below would be about nothing: each gives data, and nothing goes wrong."""
    spoil(root() / "ledger", {}, False)
    silent = {
        ("check", "-f", "text"),
        ("archive", "--dry-run"),
        ("purge", "--days", "1", "--dry-run"),
        ("sanction", "report", "--from-overdue"),
    }
    for words in OUTPUTS:
        code, out, _, written = output(words)
        assert code == (1 if words == ("fmt", "--check") else 0), words
        assert out or written or words in silent, words
    assert suffer({}, False) == len(OUTPUTS) > 150


@pytest.mark.slow
@pytest.mark.parametrize("escaped", [False, True], ids=["plain", "escaped"])
def test_every_output_of_a_ledger_that_is_all_hostile(escaped: bool) -> None:
    """Every free text is the worst at once: no control character, formula, element, header, wrong number of cells."""
    last = {
        p: p[-2] if isinstance(p[-1], int) else p[-1] for p in PLACES if len(p) > 1 and p[0] != "ledger.yaml"
    }
    places = [p for p, name in last.items() if name in FREE]
    assert len(places) > 140
    suffer(dict.fromkeys(places, WORST), escaped)


@pytest.mark.slow
def test_every_field_alone_in_some_output() -> None:
    """Each field in turn is the worst or its like, and the outputs take turns too."""
    for n, place in enumerate(PLACES):
        now = value_at(place)
        value = WORST if isinstance(now, str) else not now if isinstance(now, bool) else 10**30
        suffer({place: value}, n % 2 == 0, [OUTPUTS[n * 7 % len(OUTPUTS)]])


@pytest.mark.slow
def test_any_field_any_text_any_output() -> None:
    """What nobody thought of: drawn together."""

    @settings(FEW, max_examples=80)
    @given(
        st.data(),
        st.sampled_from(PLACES),
        st.booleans(),
        st.lists(st.sampled_from(OUTPUTS), min_size=4, max_size=4),
    )
    def tried(data: st.DataObject, place: tuple, escaped: bool, outputs: list) -> None:
        suffer({place: data.draw(values(place))}, escaped, outputs)

    tried()


@pytest.mark.slow
def test_what_is_typed_is_as_harmless() -> None:
    """The same texts through the command line: intake and a note keep them, and show them safely."""

    @settings(FEW, max_examples=40)
    @given(
        TEXTS, st.sampled_from(["--subject", "--detail", "--name", "--phone", "--organisation", "--matter"])
    )
    def tried(text: str, option: str) -> None:
        words = {
            "--channel": "来电",
            "--category": "咨询",
            "--subject": "一事",
            "--scope": "其他部门",
            option: text,
        }
        args = ("intake", *(w for pair in words.items() for w in pair))
        outputs = [
            args,
            ("note", "K7Q4", "--text", text),
            ("list", "-f", "table", "--status", "all"),
            ("check", "-f", "text"),
        ]
        suffer({}, False, outputs)

    tried()


def test_a_line_end_makes_up_no_line_of_a_story() -> None:
    """A detail, a person or a department with a line end would let a record say that it is closed."""
    told = "某\n现在：办结\n  2026-11-04 09:00  王芳  办结"
    path = next(p for p in FILES if p.endswith("K7Q4QX.yaml"))
    case = next(p for p in FILES if p.endswith("9DTM2A.yaml"))
    spoiled = {
        (path, "detail"): told,
        (path, "events", 0, "by"): told,
        (path, "channel"): told,
        (case, "violation"): told,
        (case, "summary"): told,
    }
    spoil(root() / "ledger", spoiled, False)
    for words in (("show", "K7Q4"), ("sanction", "show", "9DTM")):
        _, out, _, _ = output(words)
        assert "现在：办结" in out
        assert not [
            line
            for line in out.split("\n")
            if line.startswith(("现在：办结", "  2026-11-04 09:00  王芳  办结"))
        ]
