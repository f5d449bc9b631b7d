"""A report as a message (RFC 5322) with a text and an HTML part, for ``sendmail -t -i``.

No text of a record ever stands in a header: the subject is the office, counts and dates. What
is free text there goes in as encoded words (RFC 2047) of whole characters, an address only if
it is plainly one, so that nothing can start a header or a line of its own. Written out here,
because the email package folds some such headers into others (CVE-2024-6923). The Message-ID
follows from what is reported, so a report sent twice is recognised.
"""

import re
from base64 import b64encode, encodebytes
from datetime import datetime
from hashlib import sha256

from shouwen.render.values import safe

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = rf"(?!-)(?=.{{1,64}}@){_ATOM}(?:\.{_ATOM})*@(?=.{{1,189}}$){_LABEL}(?:\.{_LABEL})*"
_NAMED = re.compile(r"(?P<name>[^<>]*)<(?P<address>[^<>]*)>", re.S)
_BYTES = 39  # of a subject in one encoded word: the line stays within 76 characters


def _words(text: str) -> str:
    """Return any text as encoded words, one a line, none of which cuts a character in two."""
    chunks = [b""]
    for char in safe(text):
        raw = char.encode("utf-8", "backslashreplace")
        if len(chunks[-1]) + len(raw) > _BYTES:
            chunks.append(b"")
        chunks[-1] += raw
    return "\n ".join(f"=?utf-8?b?{b64encode(chunk).decode()}?=" for chunk in chunks)


def address(text: str) -> tuple[str, str]:
    """Return (name, address) of ``a@example.org`` or ``张某 <a@example.org>``; ValueError if it is neither."""
    named = _NAMED.fullmatch(text.strip())
    name, plain = (named["name"].strip(' "'), named["address"]) if named else ("", text.strip())
    if "=?" in plain or not re.fullmatch(_ADDRESS, plain):
        raise ValueError(f"“{text}”不是邮件地址；写成 keshi@example.org，几个收件人就写几次")
    return name, plain


def _mailbox(text: str) -> str:
    name, plain = address(text)
    return f"{_words(name)}\n <{plain}>" if name else plain


def _part(kind: str, content: str) -> str:
    lines = re.sub(r"\r?\n", "\r\n", content).encode("utf-8", "backslashreplace")
    return (
        f'Content-Type: text/{kind}; charset="utf-8"\nContent-Transfer-Encoding: base64\n\n'
        + encodebytes(lines).decode()
    )


def message(subject: str, sender: str, to: list[str], text: str, html: str, now: datetime, mark: str) -> str:
    """Return the whole message, ASCII throughout; ValueError if an address is none.

    ``mark`` says what is reported: the same mark to the same people is the same Message-ID.
    """
    from email.utils import format_datetime

    digest = sha256("\0".join((mark, *to)).encode("utf-8", "backslashreplace")).hexdigest()[:32]
    receivers = ",\n ".join(map(_mailbox, to))
    parts = "".join(f"--=_{digest}\n{_part(*p)}" for p in (("plain", text), ("html", html)))
    return (
        f"From: {_mailbox(sender)}\n"
        f"To: {receivers}\n"
        f"Subject: {_words(subject)}\n"
        f"Date: {format_datetime(now)}\n"
        f"Message-ID: <shouwen-{digest}@{address(sender)[1].rpartition('@')[2]}>\n"
        "Auto-Submitted: auto-generated\n"
        "MIME-Version: 1.0\n"
        f'Content-Type: multipart/alternative;\n boundary="=_{digest}"\n'
        f"\n{parts}--=_{digest}--\n"
    )
