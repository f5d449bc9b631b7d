"""A list on the screen: cut to its width, with a word on what was left out."""

from collections.abc import Sequence
from typing import Any

from shouwen.render.fit import NEEDED, fitted, table_or_items
from shouwen.render.table import Columns, listing
from shouwen.terminal.ui import Ui


def fit_screen(
    ui: Ui,
    rows: list[dict[str, Any]],
    columns: Columns,
    format: str,
    wide: bool,
    needed: Sequence[str] = NEEDED,
) -> tuple[list[dict[str, Any]], Columns, str]:
    """Return (rows, columns, what to say) of a table on a terminal; as they are for pipes, files and ``wide``."""
    if format != "table" or wide or not rows or not ui.columns:
        return rows, columns, ""
    found, kept, left_out = fitted(rows, columns, ui.columns, needed)
    return found, kept, f"屏幕窄，没有列出：{'、'.join(left_out)}（--wide 全列）" if left_out else ""


def show_listing(ui: Ui, name: str, rows: list[dict[str, Any]], columns: Columns, format: str) -> None:
    """Print a list of which nothing may be missing: on a screen too narrow for the table, item by item."""
    if format == "table":
        ui.show(table_or_items(rows, columns, ui.columns), by_eye=True)
    else:
        ui.out(listing(name, rows, columns, format))
