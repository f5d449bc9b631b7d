"""What tests of registers share: a register comes in, and what the ledger then holds."""

from pathlib import Path

import pytest

from shouwen.store.ledger import Ledger


@pytest.fixture
def take(sw, tmp_path: Path):
    """``take(rows, mapping)``: import these rows as a CSV file (or a file that is there)."""

    def taken(rows, rule: str, *more: str, code: int = 0):
        path = rows
        if isinstance(rows, list):
            path = tmp_path / f"t{len(list(tmp_path.glob('t*.csv')))}.csv"
            path.write_text("\n".join(",".join(row) for row in rows), "utf-8")
        (tmp_path / "m.yaml").write_text(rule, "utf-8")
        return sw("wangfang", "import", path, "--mapping", tmp_path / "m.yaml", *more, code=code)

    return taken


@pytest.fixture
def kept(ledger: Path):
    """The inquiries of the ledger by day and phone."""
    return lambda: sorted(
        (str(r.content.received.date()), r.content.inquirer.phone)
        for r in Ledger(str(ledger)).records("inquiries")
    )
