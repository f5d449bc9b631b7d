"""What talks to people: data to stdout, talk to stderr, prompts, colour, the pager.

Missing values are asked for on a terminal only.
"""

import os
import sys
from collections.abc import Callable, Iterable
from typing import TypeVar

from shouwen.core.errors import Usage
from shouwen.render.values import safe

T = TypeVar("T")


class Ui:
    """Where the words of one run go, and where its answers come from."""

    def __init__(self, paged: bool = True, colour: str = "auto"):
        """``paged``: long data may go through the pager; ``colour``: auto, always or never."""
        self.paged, self.colour = paged, colour

    def out(self, text: str) -> None:
        """Data, to stdout."""
        sys.stdout.write(text)

    def line(self, text: str) -> None:
        """A line of data, to stdout; what it quotes of a record a terminal does not obey."""
        self.out(safe(text) + "\n")

    def show(self, text: str, by_eye: bool = False) -> None:
        """Data that may be long: on a terminal through the pager if it does not fit, else as it is.

        ``by_eye`` marks what people read: it is coloured where colour is wanted.
        """
        if by_eye and self.in_colour:
            from shouwen.render.colour import coloured

            text = coloured(text)
        if self.paged and self.terminal and os.environ.get("TERM", "dumb") != "dumb":
            from shutil import get_terminal_size

            if text.count("\n") >= get_terminal_size().lines:
                from shouwen.terminal.pager import through

                if through(text, os.environ.get("PAGER")):
                    return
        self.out(text)

    @property
    def in_colour(self) -> bool:
        """--color decides; else a terminal that takes colours and no NO_COLOR."""
        if self.colour != "auto":
            return self.colour == "always"
        fit = os.environ.get("TERM", "dumb") != "dumb" and not os.environ.get("NO_COLOR")
        return self.terminal and fit

    def say(self, text: str) -> None:
        """Talk, to stderr; what it quotes of a record a terminal does not obey."""
        sys.stderr.write(safe(text.rstrip("\n"), lines=True) + "\n")

    @property
    def interactive(self) -> bool:
        """Whether somebody sits at the terminal to be asked."""
        return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()

    @property
    def terminal(self) -> bool:
        """Whether the data goes to somebody's screen."""
        return sys.stdout.isatty()

    def ask(
        self, value: str | None, option: str, label: str,
        choices: Iterable[str] = (), default: str | None = None,
    ) -> str:  # fmt: skip
        """The value given, else asked for on a terminal, else the default; Usage without any.

        With ``choices`` a number, a word or its beginning may be typed.
        """
        if value is not None:
            return value
        listed = list(choices)
        if not self.interactive:
            if default is not None:
                return default
            raise Usage(f"缺少 {option}（{label}）" + (f"；可用：{'、'.join(listed)}" if listed else ""))
        shown = "  ".join(f"{n}.{safe(c)}" for n, c in enumerate(listed, 1))
        prompt = f"{label}" + (f"  {shown}" if shown else "") + (f" [{default}]" if default else "")
        while True:
            sys.stderr.write(prompt + "：")
            sys.stderr.flush()
            line = sys.stdin.readline()
            if not line:
                raise Usage(f"没有回答 {option}（{label}）")
            typed = line.strip()
            if not typed and default is not None:
                return default
            if not listed and typed:
                return typed
            if typed.isdecimal() and 0 < int(typed) <= len(listed):
                return listed[int(typed) - 1]
            fitting = [c for c in listed if typed and c.startswith(typed)]
            if typed in listed or len(fitting) == 1:
                return typed if typed in listed else fitting[0]
            sys.stderr.write("请输入序号或其中一项\n" if listed else "不能为空\n")

    def read(self, value: str | None, option: str, label: str, meaning: Callable[[str], T]) -> T:
        """What a value given means; asked for on a terminal, and again while it means nothing (Usage)."""
        while True:
            said = self.ask(value or None, option, label)
            try:
                return meaning(said)
            except Usage as error:
                if value or not self.interactive:
                    raise
                self.say(str(error))
