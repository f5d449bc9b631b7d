"""Text that may hold anything, made so that a terminal obeys none of it."""

import re

# Control characters, bidi overrides and invisible marks: a terminal must not obey them.
# Kept as text: few runs meet one, and the others need not compile a pattern.
_UNSAFE = "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
_UNSAFE_LINES = _UNSAFE.replace("\x00-\x1f", "\x00-\x09\x0b-\x1f")


def _escape(found: re.Match[str]) -> str:
    code = ord(found.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def safe(text: str, lines: bool = False) -> str:
    """Return the text with every unsafe character shown as \\x1b or \\u202e; ``lines`` keeps newlines."""
    if text.isprintable():  # none of the unsafe ones is
        return text
    if lines:
        return re.sub(_UNSAFE_LINES, _escape, text)
    return re.sub(_UNSAFE, _escape, text)


def json_safe(text: str) -> str:
    """Write the unsafe characters of JSON text as \\uXXXX, which JSON and YAML read back the same."""
    if text.isprintable():
        return text
    return re.sub(
        _UNSAFE_LINES.replace("]", "\ufffe\uffff]"), lambda found: f"\\u{ord(found.group()):04x}", text
    )
