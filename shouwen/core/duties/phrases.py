"""Phrases of a regulation, looked for as they stand: no pattern language, one sign.

``…`` in a phrase stands for up to ``GAP`` characters that end no sentence. Nothing else is
special, so that no phrase can be wrong in its form or take long to look for.
"""

from collections.abc import Iterable
from functools import lru_cache

GAP = 8
ENDS = "。！？；\n"  # a gap does not reach beyond the sentence

Span = tuple[int, int]


@lru_cache(maxsize=1024)  # a regulation has a few dozen, looked for in every act
def _parts(phrase: str) -> list[str]:
    return phrase.split("…")


def spans(phrase: str, text: str) -> list[Span]:
    """Return (start, end) of every place where a phrase stands in a text, the shortest from each start."""
    first, *rest = _parts(phrase)
    found: list[Span] = []
    start = text.find(first)
    while first and start >= 0:
        end = start + len(first)
        for part in rest:
            place = text.find(part, end, end + GAP + len(part)) if part else end
            if place < 0 or any(c in ENDS for c in text[end:place]):
                end = -1
                break
            end = place + len(part)
        if end > 0:
            found.append((start, end))
        start = text.find(first, start + 1)
    return found


def hits(phrases: Iterable[str], unless: Iterable[str], text: str) -> list[str]:
    """Return all that phrases mean in a text and no exception covers, none within another."""
    found = sorted(
        {span for phrase in phrases for span in spans(phrase, text)} if text else (),
        key=lambda s: (s[0], -s[1]),
    )
    if not found:
        return []
    excused = [span for phrase in unless for span in spans(phrase, text)]
    kept: list[Span] = []
    for a, b in found:
        if not any(a < d and c < b for c, d in (*excused, *kept)):
            kept.append((a, b))
    return [text[a:b] for a, b in kept]


def hit(phrases: Iterable[str], unless: Iterable[str], text: str) -> str:
    """Return the first of ``hits``, or ''."""
    return next(iter(hits(phrases, unless, text)), "")
