"""Several ledgers in one report: the same as each for itself, whoever of two processes looks at which."""

import os
from datetime import date
from types import SimpleNamespace

import pytest

from shouwen.core.errors import NotFound, Refused
from shouwen.services.several import NOBODY, of_each, sought, whose
from shouwen.store import parallel
from tests.support.roster import OFFICE


def desk(name, files):
    """A stand-in for a desk at a ledger with so many files."""
    return SimpleNamespace(name=name, ledger=SimpleNamespace(files=lambda *_: iter(range(files))))


@pytest.fixture
def forks(monkeypatch):
    """How often a second process was started; two processors, wherever the test runs."""
    counted, fork = [], os.fork
    monkeypatch.setattr(parallel, "_processors", lambda: 2)
    monkeypatch.setattr(os, "fork", lambda: counted.append(1) or fork())
    return counted


@pytest.mark.parametrize(
    "files, started",
    [
        ([], 0), ([9000], 0), ([10, 20], 0), ([1999, 2000], 0), ([2000, 2000], 1), ([200] * 20, 1), ([1, 3999], 1),
        ([4000, 1], 0), ([0, 0, 3999, 1], 1),
    ],
)  # fmt: skip
def test_every_ledger_is_looked_at_once_and_in_order(files, started, forks):
    """Many small ones are shared by two processes; a few small ones are not, nor is one that shares itself."""
    desks = [desk(str(n), count) for n, count in enumerate(files)]
    assert of_each(desks, lambda one: one.name, "inquiries") == [d.name for d in desks]
    assert len(forks) == started


def test_both_processes_work(forks):
    """The two halves are made in different processes, and neither starts a third."""

    def look(one):
        return os.getpid(), parallel.halves(lambda items: os.getpid(), [0] * parallel.MANY)

    made = of_each([desk(str(n), 1000) for n in range(6)], look, "inquiries")
    assert [pid == os.getpid() for pid, _ in made] == [True] * 3 + [False] * 3
    assert all(within == [pid] for pid, within in made)
    assert len(forks) == 1


def test_what_is_wrong_in_the_second_half_is_said_here(forks):
    """An error is raised where it is understood, whichever half it comes from."""

    def look(one):
        if one.name == "5":
            raise Refused("第六个不行")

    with pytest.raises(Refused, match="第六个不行"):
        of_each([desk(str(n), 1000) for n in range(6)], look, "inquiries")


def test_a_department_that_one_ledger_has_is_enough():
    """Of several offices each has its own people; only what none of them knows is a mistake."""

    def look(one):
        if one.name not in ("二", "三"):
            raise NotFound(f"{one.name} 没有")
        return one.name

    assert sought([desk(n, 0) for n in "一二三"], look) == [NOBODY, "二", "三"]
    with pytest.raises(NotFound, match="一 没有"):
        sought([desk(n, 0) for n in "一四"], look)


@pytest.mark.parametrize(
    ("mine", "staff", "department", "person", "section"),
    [
        (True, "", "", "zhaojun", ""),
        (True, "李洁", "", "zhaojun", ""),
        (False, "李洁", "", "lijie", ""),
        (False, "lijie", "规划科", "lijie", "规划科"),
        (False, "", "规划科", "", "规划科"),
        (False, "", "", "", ""),
    ],
)
def test_who_is_asked_for_is_known_by_each_ledger(mine, staff, department, person, section):
    """My own are mine whoever else is named; by name as each ledger's roster has it; '' for what was not asked."""
    one = SimpleNamespace(actor="zhaojun", ledger=SimpleNamespace(office=OFFICE))
    found = whose([Desk(one)], mine, staff, department, lambda _: date(2026, 11, 23))
    assert list(found.values()) == [(person, section)]


class Desk(SimpleNamespace):
    """A desk that can be a key."""

    def __init__(self, one):
        super().__init__(actor=one.actor, ledger=one.ledger)

    __hash__ = object.__hash__
