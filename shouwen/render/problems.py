"""Files that could not be read, as a report shows them: a block of its own, or JSON."""

from typing import Any

from shouwen.core.errors import Problem


def unreadable_data(problems: list[Problem]) -> list[dict[str, Any]]:
    """Return the problems as JSON has them."""
    return [
        {"path": p.path, "line": p.line, "check": p.check, "text": p.text, "hint": p.hint} for p in problems
    ]


def unreadable_text(problems: list[Problem]) -> str:
    """Return the block of its own that a report shows for what it could not read; '' for none."""
    if not problems:
        return ""
    lines = "".join(f"  {p}\n" for p in problems)
    return (
        f"\n读不出的文件 {len({p.path for p in problems})} 个（其余已照常报告，修好后请重新运行）：\n{lines}"
    )
