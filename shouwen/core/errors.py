"""The three kinds of trouble, kept apart.

A ``Problem`` is a value: something wrong in the data, with its place; problems are collected
and all shown. A ``ShouwenError`` is raised: this command cannot be done, with the exit code
that scripts rely on. Anything else is a bug and exits 70.
"""

from msgspec import Struct

from shouwen.core.terminal_safety import safe


class Problem(Struct, frozen=True, order=True):
    """Something wrong in a file: where, which named check, what, and how to mend it."""

    path: str
    line: int
    check: str
    text: str
    hint: str = ""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        # it quotes files: always one line, and nothing in it that a terminal obeys
        return safe(f"{place}: {self.text}" + (f"：{self.hint}" if self.hint else ""))


class ShouwenError(Exception):
    """This command cannot be done; the message says what, where, and how to go on."""

    exit_code = 70


class Usage(ShouwenError):
    """The command line itself is wrong or incomplete."""

    exit_code = 2


class Refused(ShouwenError):
    """The rules (the regulation, or the order of moves) forbid it."""

    exit_code = 3


class NotFound(ShouwenError):
    """No such ledger, inquiry, person or department, or more than one."""

    exit_code = 4


class BadData(ShouwenError):
    """A file cannot be read as what it should be; carries its problems."""

    exit_code = 5

    def __init__(self, problems: list[Problem]):
        super().__init__("\n".join(str(p) for p in problems))
        self.problems = problems


class Conflict(ShouwenError):
    """Somebody else changed the file meanwhile, or holds the lock; or the disk failed."""

    exit_code = 6


class Changed(Conflict):
    """The record is no longer what was read, and nothing was written: judge again and retry."""
