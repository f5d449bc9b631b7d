"""What talks to people: data to stdout, talk to stderr, prompts, colour, the pager.

Missing values are asked for on a terminal only.
"""

import os
import sys
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from shouwen.core.errors import NotFound, Refused, Usage
from shouwen.core.vocabulary import choose, clean, cleaned
from shouwen.render.values import safe
from shouwen.render.width import on_screen
from shouwen.terminal.screen import screen

if TYPE_CHECKING:
    from shouwen.terminal.questions import Questions

T = TypeVar("T")


def said(text: str) -> None:
    """Talk, to stderr: what it quotes of a record a terminal does not obey, and its lines fit the screen."""
    text = safe(text.rstrip("\n"), lines=True)
    if columns := screen(sys.stderr):
        text = on_screen(text, columns)
    sys.stderr.write(text + "\n")


class Ui:
    """Where the words of one run go, and where its answers come from."""

    def __init__(self, paged: bool = True, colour: str = "auto"):
        """Talk to a terminal; ``paged``: long data may go through the pager; ``colour``: auto, always or never."""
        self.paged, self.colour = paged, colour

    def out(self, text: str) -> None:
        """Write data to stdout."""
        sys.stdout.write(text)

    def line(self, text: str) -> None:
        """Write a line of data to stdout; what it quotes of a record a terminal does not obey."""
        self.text(safe(text) + "\n")

    def text(self, text: str) -> None:
        """Write what people read to stdout, no wider than the screen; the pager is not asked."""
        self.out(on_screen(text, self.columns) if self.columns else text)

    def show(self, text: str, by_eye: bool = False, wide: bool = False) -> None:
        """Show data that may be long: on a terminal through the pager if it does not fit, else as it is.

        ``by_eye`` marks what people read: its lines are broken to the width of the screen, unless it is to be
        ``wide``, and it is coloured where colour is wanted.
        """
        if by_eye and not wide and self.columns:
            text = on_screen(text, self.columns)
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
        said(text)

    @property
    def interactive(self) -> bool:
        """Whether somebody sits at the terminal to be asked."""
        return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()

    @property
    def terminal(self) -> bool:
        """Whether the data goes to somebody's screen."""
        return sys.stdout.isatty()

    @property
    def columns(self) -> int:
        """How wide the screen is that the data goes to; 0 where it goes to none."""
        return screen(sys.stdout)

    @cached_property
    def questions(self) -> "Questions":
        """What has been asked so far, and the answers."""
        from shouwen.terminal.questions import Questions

        return Questions(self.say)

    def ask(
        self, value: str | None, option: str, label: str, choices: Iterable[str] = (),
        default: str | None = None, check: Callable[[str], str] | None = None,
    ) -> str:  # fmt: skip
        """Return the value given, else asked for on a terminal, else the default; Usage without any.

        With ``choices`` a number, a word or its beginning may be typed; ``check`` gives what any other
        text means, or raises Usage or NotFound, and it is asked again. So is, at a terminal, a value
        given that will not do; a script's comes back as it is.
        """
        listed = list(choices)
        if value is not None and default is None and not clean(value):
            if not self.interactive:
                raise Usage(f"{option}（{label}）不能为空")
            value = None
        asked = "questions" in self.__dict__ and self.questions.knows(option)
        if (
            value is not None
            and not asked
            and (not self.interactive or self._fits(value, label, listed, check))
        ):
            return value
        if not self.interactive:
            if default is not None:
                return default
            raise Usage(f"缺少 {option}（{label}）" + (f"；可用：{'、'.join(listed)}" if listed else ""))
        return self.questions.asked(option, label, listed, default, check)

    def listed(self, values: Iterable[str] | None, option: str, label: str) -> tuple[str, ...]:
        """Return the texts given, at least one; else those typed on a terminal, parted by 、; Usage without any."""

        def checked(typed: str) -> str:
            if not cleaned(typed.split("、")):
                raise Usage(f"{option}（{label}）不能为空")
            return typed

        given = list(values or ())
        asked = cleaned(given)
        return asked or cleaned(self.ask("" if given else None, option, label, check=checked).split("、"))

    def _fits(self, value: str, label: str, choices: list[str], check: Callable[[str], str] | None) -> bool:
        """Return whether a value that was given on the line will do; what is wrong with it is told."""
        try:
            if check and value:
                check(value)
            elif choices:
                choose(value, choices, label)
        except (Usage, NotFound, Refused) as error:
            self.say(str(error))
            return False
        return True

    def confirm(self, what: str) -> None:
        """Show whoever was asked, before anything is written, what will be; a script is not asked."""
        if "questions" in self.__dict__:
            self.questions.confirm(what)

    def again(self, error: Exception) -> bool:
        """Return whether the command is to run anew, because an answer is to be given again."""
        return "questions" in self.__dict__ and self.questions.again(error)

    def read(self, value: str | None, option: str, label: str, meaning: Callable[[str], T]) -> T:
        """Return what a value given means; ask for it on a terminal, and again while it means nothing (Usage)."""

        def checked(typed: str) -> str:
            meaning(typed)
            return typed

        return meaning(self.ask(value or None, option, label, check=checked))
