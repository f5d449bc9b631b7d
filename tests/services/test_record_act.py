"""Recording an act: judged before it is written, judged again on what is there, and silent."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from shouwen.core.accountability.case import Case
from shouwen.core.errors import Changed, NotFound, Refused
from shouwen.core.inquiry.events import Accept, Close, Escalate, Handoff, Note, Progress, Target
from shouwen.services.record_act import ATTEMPTS, act, answering
from tests.support.clock import at
from tests.support.records import close, event, inquiry
from tests.support.roster import STAFF


def note(text: str):
    """What builds a note."""
    return lambda key, when, by: Note(key, when, by, text)


def accept(key, when, by):
    """What builds an acceptance."""
    return Accept(key, when, by)


def test_an_act_is_one_line_more(desk):
    """What stood stands, and the outcome speaks of the event that was added."""
    record = desk.ledger.create(inquiry())
    done = act(desk, "K7Q4", at("23 09:10"), note("已去电"))
    after = desk.ledger.read(record.path)
    assert after.raw.startswith(record.raw.removesuffix(b" []\n"))
    (event,) = after.content.events
    assert (event.by, event.at, event.text) == ("wangfang", at("23 09:10"), "已去电")
    assert (done.id, done.added[0], done.paths) == (after.content.id, event.id, (record.path,))
    assert done.what == f"记事 {done.id}"
    assert done.lines()[0] == "在办，由审批科 王芳负责"


@pytest.mark.parametrize(
    ("when", "actor", "why"),
    [
        ("23 08:59", "wangfang", "早于受理时间"),
        ("23 09:10", "lijie", "签收"),
        ("23 09:10", "zhaojun", "签收"),
    ],
)
def test_what_is_refused_leaves_no_trace(desk, when, actor, why):
    """Before its intake, by who holds nothing to accept: refused, and not one byte changes."""
    record = desk.ledger.create(inquiry())
    build = note("x") if actor == "wangfang" else accept
    with pytest.raises(Refused, match=why):
        act(replace(desk, actor=actor), "K7Q4", at(when), build)
    assert desk.ledger.read(record.path).raw == record.raw


def test_nobody_acts_who_has_left(desk):
    """Who was no longer there that day did not do it; a colleague can."""
    desk.ledger.create(inquiry())
    roster = Path(desk.ledger.root, "staff.yaml")
    roster.write_text(STAFF.replace("name: 王芳,", "name: 王芳, until: 2026-11-20,"), "utf-8")
    with pytest.raises(Refused, match="王芳.*不在岗.*可由赵军"):
        act(desk, "K7Q4", at("23 09:10"), note("x"))
    act(replace(desk, actor="zhaojun"), "K7Q4", at("23 09:10"), note("x"))


@pytest.mark.parametrize("name", ["ZZZZ", "20261123-ZZZZZZ"])
def test_no_such_inquiry(desk, name):
    """A name that means nothing is told as such."""
    with pytest.raises(NotFound):
        act(desk, name, at("23 09:10"), note("x"))


def test_judged_again_when_somebody_was_first(desk, monkeypatch):
    """Two clerks at once: the second is told what is lawful now, not what was when it looked."""
    desk.ledger.create(inquiry())
    append, done = type(desk.ledger).append, []

    def overtaken(ledger, record, event):
        if not done:
            done.append(1)
            append(ledger, ledger.read(record.path), close("23 09:12"))
        return append(ledger, record, event)

    monkeypatch.setattr(type(desk.ledger), "append", overtaken)
    handoff = lambda key, when, by: Handoff(key, when, by, Target("规划科"), "引领")  # noqa: E731
    with pytest.raises(Refused, match="办结"):
        act(desk, "K7Q4", at("23 09:13"), handoff)
    assert [type(e) for e in desk.ledger.read(desk.ledger.find("K7Q4")).content.events] == [Close]


def test_gives_up_after_some_attempts(desk, monkeypatch):
    """A file that changes under every look is a conflict, not an endless loop."""
    desk.ledger.create(inquiry())
    tried = []

    def never(ledger, record, event):
        tried.append(event)
        raise Changed("x")

    monkeypatch.setattr(type(desk.ledger), "append", never)
    with pytest.raises(Changed):
        act(desk, "K7Q4", at("23 09:13"), note("x"))
    assert len(tried) == ATTEMPTS


def test_an_archived_record_comes_back_first(desk):
    """The nightly report reads inquiries/ alone: what is acted on must lie there."""
    old = inquiry(close("23 09:05"))
    path = desk.ledger.create(old).path
    away = desk.ledger.move(path, "archive")
    done = act(desk, "K7Q4", at("23 09:10"), note("家属来电"))
    assert done.paths == (away, path) and done.path == path
    assert desk.ledger.find("K7Q4") == path


def test_an_older_breach_bars_no_way_out(desk):
    """Overdue on every count, an act that breaks nothing itself is still taken."""
    desk.ledger.create(inquiry(received=at("02 09:00")))
    done = act(desk, "K7Q4", at("23 09:10"), lambda key, when, by: Progress(key, when, by, "已说明"))
    assert any("超期" in line for line in done.lines())


def test_whose_case_rests_on_a_report_does_nothing_on_it(desk):
    """It names nobody; whom it is about shows from the case alone. Whoever has no case may go on."""
    report = desk.ledger.create(
        inquiry(category="举报", first_responder="heping", department="办公室", scope="本人")
    )
    case = Case(id="", reported=at("23 09:05"), by="heping", staff="wangfang", violation="推诿", article="四",
                inquiry=report.content.id, occurred=date(2026, 11, 20), summary="推", policy="bumen")  # fmt: skip
    desk.ledger.add(case, at("23 09:05"), "S")
    told = lambda key, when, by: Progress(key, when, by, "在办")  # noqa: E731 - as short as what it stands for
    with pytest.raises(Refused, match="回避"):
        act(desk, "K7Q4", at("23 09:10"), told)
    assert desk.ledger.read(report.path).raw == report.raw
    assert act(replace(desk, actor="heping"), "K7Q4", at("23 09:10"), told).added


def test_a_move_without_effect_bars_no_later_act(desk):
    """What a merge left in dispute stays in dispute; the matter goes on, and no second such move is made."""
    desk.ledger.create(inquiry(event(Accept, "23 09:02", "lijie")))
    assert act(desk, "K7Q4", at("23 09:10"), note("接着办")).added
    with pytest.raises(Refused, match="签收"):
        act(replace(desk, actor="lijie"), "K7Q4", at("23 09:11"), accept)


@pytest.mark.parametrize(("actor", "speaks"), [("wangfang", "sunmei"), ("zhaojun", "")])
def test_a_leader_speaks_for_himself_and_a_clerk_for_whom_it_was_put_to(desk, actor, speaks):
    """Without a name given; the last leader asked is who answered."""
    desk.ledger.create(
        inquiry(
            event(Escalate, "23 09:02", to="zhaojun", text="一"),
            event(Escalate, "23 09:03", to="sunmei", text="二"),
        )
    )
    assert answering(replace(desk, actor=actor), "K7Q4", "", date(2026, 11, 23)) == speaks
    assert answering(replace(desk, actor=actor), "K7Q4", "何平", date(2026, 11, 23)) == "heping"
