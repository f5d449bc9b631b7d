"""A plugin of pytest that writes down which functions of the program each test calls, and how long it takes.

    python -m pytest -p tests.mutation.reach --reach FILE tests/…

FILE gets ``{"tests": {test: seconds}, "functions": {"shouwen/…py:NAME": [test, …]}}``, NAME being that of the function with
the classes around it (``Ledger.read``). Only tests that pass are written down. What a test starts as a process of its own is not seen.
Every function is compiled with one statement more, its first, which notes that it was called; so it costs next to nothing.
"""

import ast
import builtins
import json
import os
import sys
import time
from collections.abc import Iterator
from importlib.machinery import PathFinder, SourceFileLoader
from types import CodeType
from typing import Any

import pytest

from tests.support.places import ROOT

_HERE = f"{ROOT}{os.sep}shouwen{os.sep}"
_NOTE = "__reached__"  # put among the builtins, so that every function knows it


_seen: set[str] = set()  # since the test began


class _Noting(ast.NodeTransformer):
    def __init__(self, path: str) -> None:
        self.path = os.path.relpath(path, ROOT)
        self.names: list[str] = []

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.ClassDef:
        """Name what stands in a class after it."""
        self.names.append(node.name)
        self.generic_visit(node)
        self.names.pop()
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        """Note the call behind the docstring."""
        name = ".".join([*self.names, node.name])
        self.visit_ClassDef(node)  # type: ignore[arg-type]
        note = ast.parse(f"{_NOTE}({f'{self.path}:{name}'!r})").body[0]
        for each in ast.walk(note):
            ast.copy_location(each, node.body[0])
        at = 1 if ast.get_docstring(node) is not None else 0
        node.body.insert(at, note)
        return node


class _Loader(SourceFileLoader):
    def get_code(self, fullname: str) -> CodeType | None:
        """Compile anew, past what was compiled before."""
        path = self.get_filename(fullname)
        tree = _Noting(path).visit(ast.parse(self.get_data(path)))
        return compile(tree, path, "exec", dont_inherit=True)


class _Finder(PathFinder):
    @classmethod
    def find_spec(cls, fullname: str, path: Any = None, target: Any = None) -> Any:
        """Find the program's own modules alone."""
        if fullname.partition(".")[0] != "shouwen":
            return None
        spec = super().find_spec(fullname, path, target)
        if spec and spec.origin and spec.origin.startswith(_HERE):
            spec.loader = _Loader(fullname, spec.origin)
        return spec


# At once, for a conftest.py imports the program before the plugins are configured.
setattr(builtins, _NOTE, _seen.add)
sys.meta_path.insert(0, _Finder)


class Reach:
    """What was called while each test ran, its fixtures included."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.seconds: dict[str, float] = {}
        self.functions: dict[str, list[str]] = {}
        self._failed: set[str] = set()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Watch every call from the first fixture of a test to its end."""
        _seen.clear()
        start = time.perf_counter()
        try:
            return (yield)
        finally:
            self.seconds[item.nodeid] = round(time.perf_counter() - start, 3)
            for name in _seen:
                self.functions.setdefault(name, []).append(item.nodeid)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Remember what does not pass."""
        if not report.passed:
            self._failed.add(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        """Write what was seen."""
        for test in self._failed:
            self.seconds.pop(test, None)
        self.functions = {f: [t for t in tests if t in self.seconds] for f, tests in self.functions.items()}
        with open(self.path, "w", encoding="utf-8") as file:
            json.dump({"tests": self.seconds, "functions": self.functions}, file)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take the name of the file."""
    parser.addoption("--reach", default="")


def pytest_configure(config: pytest.Config) -> None:
    """Watch if a file is named."""
    if path := config.getoption("--reach"):
        config.pluginmanager.register(Reach(path))
