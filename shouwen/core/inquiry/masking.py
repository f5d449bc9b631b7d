"""Masking of people, and cleaning of what they type."""

import re

from shouwen.core.inquiry.header import Inquirer

_PHONE = r"(?<!\d)(1\d{2})\d{4}(\d{4})(?!\d)"
# As people write them in a sentence: +86 and 86 in front, blanks or dashes between.
_MOBILE = r"(?<!\d)((?:\+?86[ -]?)?1\d{2})[ -]?\d{4}[ -]?(\d{4})(?!\d)"
_IDENTITY = r"(?<!\d)(\d{2})(?:(?:[ -]?\d){12,13}|(?:[ -]?\d){10})[ -]?(\d{2}[\dXx])(?!\d)"


def mask_name(name: str) -> str:
    """张某某 → 张**; an empty name stays empty."""
    return name[:1] + "*" * (len(name) - 1)


def mask_phone(phone: str) -> str:
    """13812341234 → 138****1234; other numbers keep their last two digits."""
    if re.fullmatch(_PHONE, phone):
        return re.sub(_PHONE, r"\1****\2", phone)
    digits = sum(c.isdigit() for c in phone)
    seen = 0
    out = []
    for c in phone:
        if c.isdigit():
            seen += 1
            out.append(c if seen > digits - 2 else "*")
        else:
            out.append(c)
    return "".join(out)


def mask_text(text: str, *people: Inquirer) -> str:
    """Free text with mobile and identity numbers masked, and these people's own names and phones.

    Of an inquiry whose inquirer was corrected, those written down before too.
    """
    for name in sorted({p.name for p in people}, key=len, reverse=True):  # 张某某 before 张某
        text = text.replace(name, mask_name(name))
    for phone in sorted({p.phone for p in people}, key=len, reverse=True):
        text = text.replace(phone, mask_phone(phone))
    return re.sub(_MOBILE, r"\1****\2", re.sub(_IDENTITY, r"\1*************\2", text))


def shown_inquirer(person: Inquirer, reveal: bool = False) -> str:
    """The inquirer as lists show them: masked unless ``reveal``."""
    if person.anonymous:
        return "匿名"
    name = person.name if reveal else mask_name(person.name)
    return name or person.organisation or "未留名"
