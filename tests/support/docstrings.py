"""What the code says of itself: the functions of the program, what they raise, what their docstrings name."""

import ast
import builtins
from collections.abc import Iterator
from functools import cache

from tests.support.places import ROOT

PACKAGE = ROOT / "shouwen"
Key = tuple[str, str]  # module, function


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the program by its name."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        found[name] = ast.parse(path.read_text("utf-8"))
    return found


@cache
def functions() -> dict[Key, ast.FunctionDef]:
    """Every function at the top of a module."""
    return {
        (m, n.name): n for m, tree in modules().items() for n in tree.body if isinstance(n, ast.FunctionDef)
    }


def named(expression: ast.expr | None) -> str:
    """The last part of a name, or of what is called."""
    what = expression.func if isinstance(expression, ast.Call) else expression
    return str(getattr(what, "attr", getattr(what, "id", "")))


@cache
def classes() -> dict[str, tuple[str, ...]]:
    """Every class of the program by its name, with the names of those it is made of."""
    return {
        n.name: tuple(named(base) for base in n.bases)
        for tree in modules().values()
        for n in ast.walk(tree)
        if isinstance(n, ast.ClassDef)
    }


@cache
def kinds(error: str) -> frozenset[str]:
    """An exception's name and those of all that it is a kind of."""
    found = {error}
    for base in classes().get(error, ()):
        found |= kinds(base)
    known = getattr(builtins, error, None)
    return frozenset(found | ({c.__name__ for c in known.__mro__} if isinstance(known, type) else set()))


def steps(node: ast.AST, caught: frozenset[str] = frozenset()) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Each ("raise", error) and ("call", name) of a function's own body, with what is caught around it."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.Lambda | ast.ClassDef):
            continue
        if isinstance(child, ast.Try):
            types = [h.type for h in child.handlers]
            each = [e for t in types for e in (t.elts if isinstance(t, ast.Tuple) else [t])]
            inside = caught | {named(e) or "BaseException" for e in each}
            for part in child.body:
                yield from steps(ast.Module([part], []), inside)
            for part in (*child.orelse, *child.finalbody, *(p for h in child.handlers for p in h.body)):
                yield from steps(ast.Module([part], []), caught)
            continue
        if isinstance(child, ast.Raise) and child.exc is not None and named(child.exc)[:1].isupper():
            yield "raise", named(child.exc), caught
        if isinstance(child, ast.Call) and isinstance(child.func, ast.Name):
            yield "call", child.func.id, caught
        yield from steps(child, caught)


@cache
def raised() -> dict[Key, frozenset[str]]:
    """The exceptions that each function raises by name, itself or through functions that it calls by name."""
    brought = {
        module: {
            alias.asname or alias.name: (node.module, alias.name)
            for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module for alias in node.names
        }
        for module, tree in modules().items()
    }  # fmt: skip
    own = {key: list(steps(node)) for key, node in functions().items()}
    found: dict[Key, frozenset[str]] = dict.fromkeys(own, frozenset())
    while True:
        new = {}
        for (module, name), did in own.items():
            errors = set(found[module, name])
            for kind, what, caught in did:
                key = (module, what) if (module, what) in own else brought[module].get(what, ("", ""))
                for error in {what} if kind == "raise" else found.get(key, frozenset()):
                    errors |= set() if kinds(error) & caught else {error}
            new[module, name] = frozenset(errors)
        if new == found:
            return found
        found = new
