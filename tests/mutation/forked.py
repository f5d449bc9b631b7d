"""A plugin of pytest that tries changes of the code in children of the process that collected the tests.

In a child the functions that a change touches get the code that they would have been compiled to; then their tests run,
up to the first that fails. Nothing is written to the program, and nothing is imported twice.
"""

import gc
import importlib
import os
import resource
import sys
import traceback
from collections.abc import Callable, Iterator
from functools import _lru_cache_wrapper
from types import CodeType, FunctionType

import pytest

from tests.mutation.changes import Change, changed
from tests.support.places import ROOT

SECONDS = 60  # of processor time that the tests of one change may take; one that never ends is noticed


def codes(code: CodeType) -> Iterator[CodeType]:
    """Every piece of code within another, in the order in which they stand."""
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield each
            yield from codes(each)


def swapped(change: Change) -> int:
    """Give the functions of a change their new code; how many there are."""
    path = ROOT / change.path
    raw = path.read_bytes()
    before, after = (
        {
            (c.co_firstlineno, c.co_qualname): c
            for c in codes(compile(text, str(path), "exec", dont_inherit=True))
        }
        for text in (raw, changed(raw, change))
    )
    other = {key: code for key, code in after.items() if key in before and before[key] != code}
    count = 0
    for each in gc.get_objects():
        if isinstance(each, FunctionType) and each.__code__.co_filename == str(path):
            code = other.get((each.__code__.co_firstlineno, each.__code__.co_qualname))
            if code and len(code.co_freevars) == len(each.__code__.co_freevars):
                each.__code__ = code
                count += 1
        elif isinstance(each, _lru_cache_wrapper) and (each.__module__ or "").startswith("shouwen"):
            each.cache_clear()
    return count


class Forked:
    """What was noticed of some changes, each with the tests that are asked about it."""

    def __init__(self, asked: dict[Change, list[str]]) -> None:
        self.asked = asked
        self.noticed: dict[Change, str] = {}  # by which test, '' if by none that ended
        self.untried: list[Change] = []
        self._failed: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Remember, in a child, what failed."""
        if report.failed:
            self._failed.append(report.nodeid)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Try each change in a child of its own, in the place of a run."""
        for file in sorted((ROOT / "shouwen").rglob("*.py")):
            if file.name != "__main__.py":
                name = ".".join(file.relative_to(ROOT).with_suffix("").parts)
                importlib.import_module(name.removesuffix(".__init__"))
        items = {item.nodeid: item for item in session.items}
        for change, tests in self.asked.items():
            try:
                found = _child(
                    lambda c=change, t=tests: self._try(c, [items[each] for each in t if each in items])
                )
            except ChildError as error:
                print(f"\n{change.path}:{change.line} {change.new!r}: {error}", file=sys.stderr)
                self.untried.append(change)
                continue
            if found:
                self.noticed[change] = found[0]
            print(
                "." if found else f"\n{change.path}:{change.line} {change.new!r}",
                end="",
                file=sys.stderr,
                flush=True,
            )
        # A test that fails by itself, or because others did not run before it, has noticed nothing.
        tests = sorted({test for test in self.noticed.values() if test})
        unsound = set(_child(lambda: self._run([items[test] for test in tests], len(tests))))
        self.noticed = {change: test for change, test in self.noticed.items() if test not in unsound}
        return True

    def _try(self, change: Change, items: list[pytest.Item]) -> list[str]:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 5))
        if not swapped(change):
            raise ChildError("the changed code was not found in the program")
        return self._run(items, 1)

    def _run(self, items: list[pytest.Item], most: int) -> list[str]:
        for item, following in zip(items, [*items[1:], None], strict=False):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if len(self._failed) >= most:
                break
        return self._failed


class ChildError(Exception):
    """A change that could not be tried, with what stood in the way."""


def _child(work: Callable[[], list[str]]) -> list[str]:
    """Return what work gives in a child of this process; [''] if it was stopped for taking too long."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        code = 3
        try:
            quiet = os.open(os.devnull, os.O_WRONLY)
            os.dup2(quiet, 1)
            os.dup2(quiet, 2)
            os.write(writing, "\n".join(work()).encode()[:60_000])
            code = 0
        except Exception:  # noqa: BLE001 - whatever it is, the parent is told
            os.write(writing, traceback.format_exc().encode()[:60_000])
        finally:
            os._exit(code)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read().decode()
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise ChildError(said)
    return [""] if os.WIFSIGNALED(status) else said.split("\n") if said else []
