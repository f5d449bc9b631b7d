"""Questions to a lake: the SQL of store/sql over the files that its offices name, asked of DuckDB."""

import os
from importlib.resources import files
from typing import Any

from shouwen.core.errors import Usage
from shouwen.core.transfer.facts import FLAG, MOMENT, REAL, TABLES, WHOLE
from shouwen.store.lake import Book

_KINDS = {MOMENT: "TIMESTAMPTZ", WHOLE: "BIGINT", REAL: "DOUBLE", FLAG: "BOOLEAN"}


def sql(name: str) -> str:
    """Return a question as its file has it."""
    return (files("shouwen.store") / "sql" / f"{name}.sql").read_text("utf-8")


def paths(root: str, books: list[Book], table: str) -> list[str]:
    """Return the files of a table, of all offices."""
    return [os.path.join(root, p.path(b.office)) for b in books for p in b.parts if p.table == table]


def ask(
    root: str,
    books: list[Book],
    name: str,
    tables: tuple[str, ...],
    **views: tuple[str, list[tuple[Any, ...]]],
) -> list[dict[str, Any]]:
    """Return the rows that a question gives; ``views`` are small tables by name: (columns, rows).

    Raises:
        Usage: duckdb is not installed.
    """
    try:
        import duckdb
    except ImportError:
        raise Usage("--lake 要先装：pip install 'shouwen[lake]'") from None
    with duckdb.connect(config={"autoinstall_known_extensions": "false"}) as base:
        base.execute("SET TimeZone = 'UTC'")
        for table in tables:
            there = paths(root, books, table)
            columns = ", ".join(f"{c} {_KINDS.get(k, 'VARCHAR')}" for c, k in TABLES[table].items())
            if there:
                listed = ", ".join("'" + path.replace("'", "''") + "'" for path in there)
                base.execute(
                    f"CREATE VIEW {table} AS SELECT * FROM read_parquet([{listed}], hive_partitioning = true, "
                    "hive_types_autocast = false)"
                )
            else:
                base.execute(f"CREATE TABLE {table} ({columns}, office VARCHAR, year VARCHAR, month VARCHAR)")
        for view, (columns, rows) in views.items():
            base.execute(f"CREATE TABLE {view} ({columns})")
            base.executemany(f"INSERT INTO {view} VALUES ({', '.join('?' * len(rows[0]))})", rows)
        answer = base.execute(sql(name))
        titles = [column[0] for column in answer.description]
        return [dict(zip(titles, row, strict=True)) for row in answer.fetchall()]
