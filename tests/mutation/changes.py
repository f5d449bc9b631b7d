"""Small changes of a file of the program, each of which leaves it a program."""

import ast
import sys
from typing import NamedTuple

from tests.support.places import ROOT

_COMPARED = {
    ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.Eq: "!=", ast.NotEq: "==", ast.In: "not in",
    ast.NotIn: "in", ast.Is: "is not", ast.IsNot: "is",
}  # fmt: skip
_COUNTED = {ast.Add: "-", ast.Sub: "+", ast.BitOr: "&", ast.BitAnd: "|", ast.Mult: "+"}


class Change(NamedTuple):
    """Bytes ``start`` to ``end`` of a file become ``new``; ``function`` is ``path:name`` of what they lie in, or ''."""

    path: str
    line: int
    start: int
    end: int
    new: str
    function: str


class _Finder(ast.NodeVisitor):
    """Every change of one file."""

    def __init__(self, path: str, raw: bytes) -> None:
        self.path, self.raw = path, raw
        self.lines = [0]
        for line in raw.splitlines(keepends=True):
            self.lines.append(self.lines[-1] + len(line))
        self.names: list[str] = []
        self.depth = 0  # of functions; what stands in none is not in the sample
        self.found: list[Change] = []

    def span(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        """Where a node begins and ends, in bytes."""
        end_line, end = node.end_lineno or node.lineno, node.end_col_offset or 0
        return self.lines[node.lineno - 1] + node.col_offset, self.lines[end_line - 1] + end

    def source(self, node: ast.expr | ast.stmt) -> str:
        """The text of a node."""
        start, end = self.span(node)
        return self.raw[start:end].decode()

    def change(
        self, node: ast.expr | ast.stmt, new: str, start: int | None = None, end: int | None = None
    ) -> None:
        """Note a change of a node, or of a part of it."""
        whole = self.span(node)
        self.found.append(
            Change(self.path, node.lineno, whole[0] if start is None else start, whole[1] if end is None else end, new, self.function)
        )  # fmt: skip

    def between(self, left: ast.expr, right: ast.expr, node: ast.expr, old: str, new: str) -> None:
        """Note another operator between two operands."""
        start, end = self.span(left)[1], self.span(right)[0]
        text = self.raw[start:end].decode()
        if text.count(old) == 1:
            at = start + len(text[: text.index(old)].encode())
            self.change(node, new, at, at + len(old))

    @property
    def function(self) -> str:
        """The place of what is changed now, as ``reach.py`` names it."""
        return f"{self.path}:{'.'.join(self.names)}" if self.depth else ""

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        """Name what stands in a class after it."""
        self.names.append(node.name)
        self.generic_visit(node)
        self.names.pop()

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """Leave out annotations, docstrings and decorators; a default belongs to what stands around."""
        for default in (*node.args.defaults, *filter(None, node.args.kw_defaults)):
            self.visit(default)
        self.names.append(node.name)
        self.depth += 1
        for each in node.body:
            self.visit(each)
        self.depth -= 1
        self.names.pop()

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        """Leave out the annotation."""
        if node.value:
            self.visit(node.value)

    def visit_Expr(self, node: ast.Expr) -> None:
        """Leave out docstrings; a call for its effect is left away."""
        if isinstance(node.value, ast.Constant):
            return
        if isinstance(node.value, ast.Call):
            self.change(node, "None")
        self.generic_visit(node)

    def visit_Compare(self, node: ast.Compare) -> None:
        """Change each comparison to the one next to it."""
        left = node.left
        for op, right in zip(node.ops, node.comparators, strict=True):
            words = {ast.NotIn: "not in", ast.IsNot: "is not", ast.In: "in", ast.Is: "is", ast.Lt: "<",
                     ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!="}  # fmt: skip
            self.between(left, right, node, words[type(op)], _COMPARED[type(op)])
            left = right
        self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        """Change and to or, or to and; leave one operand out."""
        old, new = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
        for left, right in zip(node.values, node.values[1:], strict=False):
            self.between(left, right, node, old, new)
        self.change(node, self.source(node.values[0]))
        self.change(node, self.source(node.values[-1]))
        self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        """Change plus to minus and the like."""
        if type(node.op) in _COUNTED:
            old = {ast.Add: "+", ast.Sub: "-", ast.BitOr: "|", ast.BitAnd: "&", ast.Mult: "*"}[type(node.op)]
            self.between(node.left, node.right, node, old, _COUNTED[type(node.op)])
        self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        """Leave out a not."""
        if isinstance(node.op, ast.Not):
            self.change(node, f"({self.source(node.operand)})")
        self.generic_visit(node)

    def visit_If(self, node: ast.If) -> None:
        """Take a condition for true, and for false."""
        if not any(isinstance(each, ast.NamedExpr) for each in ast.walk(node.test)):
            self.change(node.test, "True")
        self.change(node.test, f"not ({self.source(node.test)})")
        self.generic_visit(node)

    def visit_IfExp(self, node: ast.IfExp) -> None:
        """Take the other branch."""
        self.change(node, self.source(node.orelse))
        if not any(isinstance(each, ast.NamedExpr) for each in ast.walk(node.test)):
            self.change(node, self.source(node.body))
        self.generic_visit(node)

    def visit_comprehension(self, node: ast.comprehension) -> None:
        """Take everything."""
        for test in node.ifs:
            if not any(isinstance(each, ast.NamedExpr) for each in ast.walk(test)):
                self.change(test, "True")
        self.generic_visit(node)

    def visit_Return(self, node: ast.Return) -> None:
        """Give nothing back."""
        if node.value and not isinstance(node.value, ast.Constant):
            self.change(node.value, "None")
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        """Leave out each named argument and each further one."""
        for n, word in enumerate(node.keywords):
            if word.arg and len(node.args) + len(node.keywords) > 1:
                before = node.keywords[n - 1].value if n else node.args[-1] if node.args else None
                if before:
                    self.change(node, "", self.span(before)[1], self.span(word.value)[1])
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        """Change a number by one, a word to another, true to false."""
        if isinstance(node.value, bool):
            self.change(node, str(not node.value))
        elif isinstance(node.value, int):
            self.change(node, str(node.value + 1))
        elif isinstance(node.value, str) and node.value:
            self.change(node, '"XX"')

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        """Change a text that is put together as a whole, what is filled in by itself."""
        self.change(node, '"XX"')
        for each in node.values:
            if isinstance(each, ast.FormattedValue) and sys.version_info >= (3, 12):
                self.visit(each.value)


def candidates(path: str) -> list[Change]:
    """Every change of a file of the program; some leave no program, or the same one."""
    raw = (ROOT / path).read_bytes()
    finder = _Finder(path, raw)
    finder.visit(ast.parse(raw))
    return list(dict.fromkeys(finder.found))


def changes(path: str) -> list[Change]:
    """Every change of a file of the program that leaves it another program."""
    return [change for change in candidates(path) if sound(change)]


def sound(change: Change) -> bool:
    """Tell whether a change leaves a program, and another one."""
    raw = (ROOT / change.path).read_bytes()
    if raw[change.start : change.end].decode() == change.new:
        return False
    try:
        compile(changed(raw, change), change.path, "exec", dont_inherit=True)
    except SyntaxError:
        return False
    return True


def changed(raw: bytes, change: Change) -> bytes:
    """Return the bytes of a file with a change in them."""
    return raw[: change.start] + change.new.encode() + raw[change.end :]
