"""The questions of one command: answered in order, changed by going back, seen whole before anything is written."""

import sys
from collections.abc import Callable, Sequence
from typing import NamedTuple

from shouwen.core.errors import NotFound, Refused, ShouwenError, Usage
from shouwen.core.vocabulary import clean, half_width
from shouwen.render.values import safe
from shouwen.render.width import packed, width
from shouwen.terminal.screen import USUAL, screen

BACK = ("<", "＜", "上一项")
_QUIT = ("n", "N", "q", "Q", "否", "不", "放弃")
_HINT = "（回车用方括号里的；< 回上一项；Ctrl-C 放弃，什么也不写）"
NOTHING = "什么也没有写"


class Back(Exception):
    """An earlier question is to be asked again: the command runs anew, other answers stand."""


class Interrupted(ShouwenError):
    """Somebody gave up at a prompt, before anything was written."""

    exit_code = 130


class Answer(NamedTuple):
    """What was asked and what was said."""

    label: str
    value: str


class Questions:
    """Answers by option. A command that runs anew is given them without asking."""

    def __init__(self, say: Callable[[str], None]):
        """Ask on a terminal; ``say`` is where hints and refusals go."""
        self._say = say
        self._answers: dict[str, Answer] = {}
        self._former: dict[str, str] = {}
        self._order: list[str] = []  # the options answered in this run of the command
        self._refused = ""
        self.sure = False

    def asked(
        self, option: str, label: str, choices: Sequence[str], default: str | None,
        check: Callable[[str], str] | None,
    ) -> str:  # fmt: skip
        """Return the answer to a question: the one given before, else what is typed until it fits.

        Raises:
            Back: the question before is to be asked again.
            Interrupted: Ctrl-C.
            Usage: Ctrl-D, or the terminal is gone.
        """
        known = self._answers.get(option)
        if known and known.label == label and (not choices or check or known.value in choices):
            self._order.append(option)
            return known.value
        if not self._answers and not self._former:
            self._say(_HINT)
        self._answers.pop(option, None)
        while True:
            value = self._once(option, label, choices, default, check)
            if value is not None:
                self._answers[option] = Answer(label, value)
                self._former.pop(option, None)
                self._order.append(option)
                return value

    def knows(self, option: str) -> bool:
        """Return whether a question has been put already, in this run of the command or before it ran anew."""
        return option in self._answers or option in self._former

    def _once(
        self, option: str, label: str, choices: Sequence[str], default: str | None,
        check: Callable[[str], str] | None,
    ) -> str | None:  # fmt: skip
        """Return what is typed once, or None where it does not fit, which is said."""
        former = self._former.get(option, "")
        listed = [f"{n}.{safe(c)}" for n, c in enumerate(choices, 1)]
        shown, columns = "  ".join(listed), screen(sys.stderr) or USUAL
        offered = former if choices and former in choices else default
        stand_in = f" [{safe(offered)}]" if offered else ""
        prompt = label + (f"  {shown}" if shown else "") + stand_in + "："
        if shown and width(prompt) + width(max(choices, key=width)) > columns:
            # On lines of their own, as wide as the screen: the answer stands beside the question.
            self._say("\n".join(packed(listed, columns, "  ")))
            prompt = f"{label}{stand_in}："
        typed = self._typed(prompt, option, label, "" if choices else former, choices)
        if typed is None:
            return None
        if typed in BACK:
            self._back()
            return None
        if not typed and offered is not None:
            return offered
        if choices and (found := self._chosen(typed, choices)):
            return found
        if not typed or choices and not check:
            self._say("请输入序号或其中一项" if choices else "不能为空")
            return None
        try:
            return check(typed) if check else typed
        except (Usage, NotFound, Refused) as error:
            self._say(str(error))
            return None

    def _typed(self, prompt: str, option: str, label: str, former: str, words: Sequence[str]) -> str | None:
        from shouwen.terminal.prompt import Unread, line, rest_of_paste

        try:
            typed = line(prompt, former, words)
        except Unread as why:
            self._say(f"{why}，请重新输入")
            return None
        except EOFError:
            self._say("")
            raise Usage(f"没有回答 {option}（{label}）；{NOTHING}") from None
        except KeyboardInterrupt:
            self._say("")  # what comes next has a line of its own
            raise Interrupted(f"已中断，{NOTHING}") from None
        if typed and not words and (more := rest_of_paste()):
            typed = f"{typed}\n{more}"
        parts = [part.strip() for part in typed.split("\n") if part.strip()]
        if len(parts) > 1:
            self._say(f"粘贴了 {len(parts)} 行，合成一句")
        return clean(" ".join(parts))

    def _chosen(self, typed: str, choices: Sequence[str]) -> str | None:
        """Return the choice that a number (1, 1., 1、, １), a word or its beginning means."""
        plain = half_width(typed).rstrip(".、)）。 ")
        if plain.isdecimal() and len(plain) < 4 and 0 < int(plain) <= len(choices):
            return choices[int(plain) - 1]
        fitting = [c for c in choices if c == typed] or [c for c in choices if c.startswith(typed)]
        if typed and len(fitting) == 1:
            return fitting[0]
        return None

    def _back(self) -> None:
        """Forget the last answer, so that its question is asked again."""
        if not self._order:
            self._say("这是第一项")
            return
        self._forget(self._order[-1])
        raise Back

    def _forget(self, option: str) -> None:
        self._former[option] = self._answers.pop(option).value
        self._order.clear()

    def again(self, error: Exception) -> bool:
        """Return whether the command is to run anew: somebody went back, or the last answer was found wrong."""
        if self.sure:
            return False
        if isinstance(error, Back):
            return True
        if not isinstance(error, Usage | NotFound) or not self._order or NOTHING in str(error):
            return False
        if str(error) == self._refused:  # another answer did not help: it is not the answer
            return False
        self._refused = str(error)
        self._say(str(error))
        self._forget(self._order[-1])
        return True

    def confirm(self, what: str) -> None:
        """Show all answers before anything is written; nothing to do where nothing was asked.

        Raises:
            Back: one of them is to be changed.
            Interrupted: it is not to be written.
        """
        if self.sure or not self._order:
            return
        options = list(dict.fromkeys(self._order))
        lines = [
            f"{n}. {a.label.partition('（')[0]}：{a.value or '（空）'}"
            for n, a in enumerate(map(self._answers.__getitem__, options), 1)
        ]
        self._say("\n".join([f"—— 将要写入：{what} ——", *lines]))
        while True:
            typed = self._typed("回车写入；输入序号改那一项；n 放弃：", "确认", "写入吗", "", ("n",))
            if typed == "":
                self.sure = True
                return
            if typed in _QUIT:
                raise Interrupted(f"已放弃，{NOTHING}")
            if typed in BACK:
                self._forget(options[-1])
                raise Back
            number = half_width(typed or "").rstrip(".、)）。 ")
            if number.isdecimal() and len(number) < 4 and 0 < int(number) <= len(options):
                self._forget(options[int(number) - 1])
                raise Back
            if typed is not None:
                self._say("按回车写入，或输入序号、n")
