"""Imports put off to first use: what typer brings in and few runs ever touch (docs/decisions/0019).

Only modules written in Python and imported whole (``import textwrap``) can wait: a name taken
out of one (``from textwrap import dedent``) is a first use. ``importlib.util.LazyLoader`` would
be the library's own way; below Python 3.12 a second ``import`` of the module already loads it.
"""

import sys
import typing
from importlib.machinery import PathFinder, SourceFileLoader
from importlib.util import module_from_spec
from types import ModuleType

SELDOM = (
    "bz2", "fnmatch", "ipaddress", "linecache", "locale", "lzma", "ntpath", "selectors", "signal",
    "subprocess", "textwrap", "tokenize", "typing_extensions",
)  # fmt: skip

# What of a module is taken by name at every start, and stands in ``typing`` as well: msgspec asks
# typing_extensions first, a module as dear as ``typing`` itself, and takes these from ``typing`` without it.
_TAKEN = {"typing_extensions": ("NotRequired", "Required", "get_type_hints")}


class _Later(ModuleType):
    """A module that is found but not yet run; the first look at a name in it runs it."""

    def __getattr__(self, name: str) -> typing.Any:
        if name == "__path__":  # asked by every ``from … import``; none of them is a package
            raise AttributeError(name)
        self.__class__ = ModuleType  # type: ignore[assignment]
        spec = self.__spec__
        assert spec
        assert spec.loader
        spec.loader.exec_module(self)
        return getattr(self, name)


def put_off(names: tuple[str, ...] = SELDOM) -> None:
    """Let the first use of these modules, not their import, load them; the loaded are let be."""
    for name in names:
        spec = None if name in sys.modules else PathFinder.find_spec(name)
        if spec and isinstance(spec.loader, SourceFileLoader):
            module = module_from_spec(spec)
            vars(module).update({taken: getattr(typing, taken) for taken in _TAKEN.get(name, ())})
            module.__class__ = _Later
            sys.modules[name] = module
