"""One line typed at a terminal: with line editing where there is readline, and nothing kept in a history.

Loaded at a prompt alone (docs/decisions/0021).
"""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

LONGEST = 2000  # characters of an answer
_AT_ONCE = 0.02  # seconds within which the rest of a paste has come


class Unread(Exception):
    """What was typed is no text that can be kept; the message says why."""


def line(prompt: str, former: str = "", words: Sequence[str] = ()) -> str:
    """Return what is typed after a prompt, without its line end; ``former`` stands there to be changed.

    TAB completes one of ``words``. The lines of a paste come as one answer, line ends and all.

    Raises:
        EOFError: the terminal is gone, or Ctrl-D.
        KeyboardInterrupt: Ctrl-C.
        Unread: control characters, half a character, or too long.
    """
    try:
        typed = _edited(prompt, former, words) if sys.stdout.isatty() else _plain(prompt)
    except UnicodeDecodeError:
        raise Unread("含有不是文字的字符") from None
    typed = typed.replace("\r\n", "\n").replace("\r", "\n")
    if any(ord(c) < 32 and c not in "\n\t" or 0xD800 <= ord(c) < 0xE000 or c == "\x7f" for c in typed):
        raise Unread("含有控制键或不完整的字符")
    if len(typed) > LONGEST:
        raise Unread(f"太长，最多 {LONGEST} 个字")
    return typed


def rest_of_paste() -> str:
    """Return what has already arrived behind the line just read: the other lines of a paste; '' if nothing has."""
    try:
        from select import select

        found = b""
        while select([0], [], [], _AT_ONCE)[0] and len(found) < 4 * LONGEST:
            more = os.read(0, 4096)
            if not more:
                break
            found += more
    except (OSError, ValueError, ImportError):  # no such terminal: Windows, or it is gone
        return ""
    return found.decode("utf-8", "replace").replace("\r", "\n").strip("\n")


def _edited(prompt: str, former: str, words: Sequence[str]) -> str:
    try:
        import readline
    except ImportError:  # Windows edits lines by itself
        return input(prompt)
    readline.set_auto_history(False)
    readline.set_completer_delims("")
    readline.set_completer(lambda begun, n: [*(w for w in words if begun and w.startswith(begun)), None][n])
    readline.parse_and_bind("tab: complete")
    readline.set_startup_hook(lambda: readline.insert_text(former) if former else None)
    try:
        with _woken(), _paused(prompt):
            return input(prompt)
    finally:
        readline.set_startup_hook(None)
        readline.clear_history()


@contextmanager
def _woken() -> Iterator[None]:
    """Look for Ctrl-C five times a second: readline misses one that comes just before it starts to wait."""
    import signal

    if not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGALRM, lambda *_: None)
    signal.setitimer(signal.ITIMER_REAL, 0.2, 0.2)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _paused(prompt: str) -> Iterator[None]:
    """Give the terminal back as it was on Ctrl-Z; after ``fg`` show the question again, and what stands there.

    Python has readline leave these signals alone, and readline then neither does the one nor the other.
    """
    import signal

    if not hasattr(signal, "SIGTSTP"):
        yield
        return
    import termios

    cooked = termios.tcgetattr(0)
    edited: list[list[Any]] = []  # how the terminal is while a line is edited

    def pause(*_: object) -> None:
        edited[:] = [termios.tcgetattr(0)]
        termios.tcsetattr(0, termios.TCSADRAIN, cooked)
        signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, pause)

    def resume(*_: object) -> None:
        if edited:
            termios.tcsetattr(0, termios.TCSADRAIN, edited[0])
        _redrawn(prompt)

    before = {n: signal.signal(n, f) for n, f in ((signal.SIGTSTP, pause), (signal.SIGCONT, resume))}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _redrawn(prompt: str) -> None:
    """Show the question and what has been typed once more, on a line of their own."""
    import readline

    try:
        import ctypes

        library = ctypes.CDLL(readline.__file__)
        library.rl_on_new_line()
        library.rl_forced_update_display()
    except (OSError, AttributeError, ImportError):  # readline is built in: the cursor stands at the end
        sys.stdout.write(prompt + readline.get_line_buffer())
        sys.stdout.flush()


def _plain(prompt: str) -> str:
    """Read without line editing: stdout is a file or a pipe, so the prompt goes to stderr."""
    sys.stderr.write(prompt)
    sys.stderr.flush()
    typed = sys.stdin.readline()
    if not typed:
        raise EOFError
    return typed.removesuffix("\n")
