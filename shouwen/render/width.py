"""How many columns of a terminal a text takes, and texts filled up, cut and wrapped by that."""

import re
from collections.abc import Sequence
from functools import lru_cache

# Characters that nearly every ledger makes do with, each one or (from 、 on) two columns wide: for a
# text of nothing else no table of Unicode is loaded.
_PLAIN = re.compile("[ -~·×–—‘’“”…、-〟㐀-䶿一-鿿！-～]*")
_WIDE = "、"
# A word that must not be broken, or one character; marks stay with what they open or close.
_MARKS = "（“《，。；：、！？）”》…"
_PIECE = r"[（“《]*(?:[\x21-\x7e]+|.)[，。；：、！？）”》…]*"  # compiled when first wrapped


def plain(text: str) -> bool:
    """Return whether a text has none but everyday characters, whose width is known without a table."""
    return text.isascii() and text.isprintable() or bool(_PLAIN.fullmatch(text))


@lru_cache(maxsize=4096)  # a column repeats the same few names and words in row after row
def width(text: str) -> int:
    """Return how many columns of a terminal the text takes: a Chinese character takes two, a mark above none."""
    if plain(text):
        return len(text) if text.isascii() else len(text) + sum([c >= _WIDE for c in text])
    from wcwidth import wcswidth

    return max(0, wcswidth(text))


def padded(text: str, columns: int, side: str = "left") -> str:
    """Return the text filled with blanks to so many columns, kept ``left``, ``right`` or ``center``."""
    free = max(0, columns - width(text))
    before = {"left": 0, "right": free, "center": free // 2}[side]
    return " " * before + text + " " * (free - before)


def on_screen(text: str, columns: int) -> str:
    """Return a text whose lines fit a screen of so many columns; what fits already is left as it is.

    What is continued stands two columns further in than its line began. An id, a path or an address
    that is wider than the screen stays whole, so that it can be copied.
    """
    if 2 * len(text) <= columns:
        return text
    lines = []
    for line in text.split("\n"):
        if 2 * len(line) <= columns or width(line) <= columns:
            lines.append(line)
            continue
        inner = min(len(line) - len(line.lstrip(" ")) + 2, columns // 4)
        lines += _wrapped(line, columns, " " * inner, whole=True)
    return "\n".join(lines)


def packed(words: Sequence[str], columns: int, indent: str = "") -> list[str]:
    """Return words two blanks apart on as few lines as there must be; none is broken."""
    lines: list[str] = []
    for word in words:
        if lines and width(f"{lines[-1]}  {word}") <= columns:
            lines[-1] += f"  {word}"
        else:
            lines.append(indent + word)
    return lines


def wrapped(text: str, columns: int, indent: str = "") -> list[str]:
    """Return the text as lines of at most so many columns; those that are continued begin with ``indent``.

    A Latin word stays whole, and a mark with what it closes or opens. Only what is wider than a
    whole line is broken.
    """
    return [line for part in text.split("\n") for line in _wrapped(part, columns, indent)]


def _wrapped(text: str, columns: int, indent: str, whole: bool = False) -> list[str]:
    lines, line = [], ""
    for found in re.findall(_PIECE, text):
        piece = found
        if line.strip() and width(line + piece.rstrip()) > columns:
            lines.append(line.rstrip())
            line = indent
            piece = piece.lstrip(" ")
        while (
            width(line + piece) > columns and len(piece) > 1 and not (whole and piece.strip(_MARKS).isascii())
        ):
            fits = next(n for n in range(len(piece), 0, -1) if n == 1 or width(line + piece[:n]) <= columns)
            lines.append(line + piece[:fits])
            line, piece = indent, piece[fits:]
        line += piece
    return [*lines, line.rstrip()] if line.strip() or not lines else lines
