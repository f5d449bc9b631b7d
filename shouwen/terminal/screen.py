"""How wide the terminal is that somebody looks at."""

import os
from typing import TextIO

USUAL = 80  # columns of a terminal that does not tell


def screen(stream: TextIO) -> int:
    """Return how many columns the terminal has that a stream goes to ($COLUMNS decides); 0 where it goes to none."""
    if not stream.isatty():
        return 0
    stated = os.environ.get("COLUMNS", "")
    if stated.isascii() and stated.isdecimal() and int(stated):
        return int(stated)
    try:
        return os.get_terminal_size(stream.fileno()).columns or USUAL
    except (OSError, ValueError):
        return USUAL
