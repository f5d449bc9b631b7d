"""How single values are written: moments, people, text that may hold anything."""

import re
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from shouwen.core.dates import minute
from shouwen.core.deadlines.lateness import Lateness
from shouwen.core.inquiry.events import Target
from shouwen.core.office.roster import Office
from shouwen.core.terminal_safety import json_safe, safe

__all__ = ["holder", "json_safe", "late_data", "literal", "safe", "shown_minute"]


def literal(text: str) -> str:
    """Write safe text of which markdown, and HTML within it, makes nothing: no cell, link, image, mark."""
    plain = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"([\\`*_\[\]|~#])", r"\\\1", plain)


def shown_minute(value: datetime | None, zone: ZoneInfo) -> str:
    """Write a moment as 2026-11-23 09:15 in the ledger's zone; '' for none."""
    return minute(value, zone) if value else ""


def holder(target: Target, office: Office) -> str:
    """Write who holds it: 规划科 李洁; the department alone where nobody has signed yet."""
    return f"{target.department} {office.name(target.staff) if target.staff else ''}".strip()


def late_data(late: Lateness | None) -> dict[str, Any] | None:
    """Return by how much something was late as JSON has it, in its own unit; null where it was not."""
    return late and {"amount": late.amount, "unit": late.unit}
