"""The bulletin for programs: its JSON items, and one row a figure for spreadsheets."""

from typing import Any

from shouwen.core.statistics.figures import RATES, Figures
from shouwen.render.bulletin.text import HOURS, NAMES, PERIOD_NAMES, PERIODS, TITLES, Report, chosen, unit
from shouwen.render.table import json_text


def data(figures: Figures) -> dict[str, Any]:
    """Return one period's figures as JSON has them."""
    rates = {name: {"n": r.n, "of": r.of, "value": r.value} for name, r in figures.rates.items()}
    return {
        **figures.counts,
        "median_hours": figures.median_hours,
        "p90_hours": figures.p90_hours,
        "rates": rates,
    }


def items(report: Report, by: str) -> list[dict[str, Any]]:
    """Return every group's members with their three periods."""
    return [
        {"group": m.group, "ledger": m.ledger, "key": m.key, "name": m.name,
         **{p: data(m.figures[p]) for p in PERIODS}}
        for group in ("total", *chosen(report, by))
        for m in report.of(group)
    ]  # fmt: skip


def periods(report: Report) -> dict[str, Any]:
    """Return the three periods as JSON has them."""
    return {
        p: {
            "name": str(b.period),
            "from": b.period.first,
            "until": b.period.last,
            "confidential": b.confidential,
            "not_judged": b.not_judged,
        }
        for p, b in report.bulletins.items()
    }


COLUMNS = (
    ("period", "期"), ("days", "期间"), ("group", "分组"), ("ledger", "单位"), ("name", "名称"),
    ("figure", "指标"), ("n", "分子"), ("of", "分母"), ("value", "值"),
)  # fmt: skip


def flat(report: Report, by: str) -> list[dict[str, Any]]:
    """Return one row a figure, for spreadsheets: a count stands under 值, a rate with both its counts."""
    rows = []
    for group in ("total", *chosen(report, by)):
        for member in report.of(group):
            for which in PERIODS:
                figures = member.figures[which]
                start = {"period": PERIOD_NAMES[which], "days": str(report.bulletins[which].period),
                         "group": NAMES[group], "ledger": member.ledger, "name": member.name}  # fmt: skip
                for name in TITLES:
                    rate = figures.rates[name] if name in RATES else None
                    value = (
                        rate.value
                        if rate
                        else getattr(figures, name)
                        if name in HOURS
                        else figures.counts[name]
                    )
                    value = round(value, 4) if isinstance(value, float) else value
                    both = {"n": rate.n, "of": rate.of} if rate else {}
                    rows.append({**start, "figure": unit(name), **both, "value": value})
    return rows


def as_json(report: Report, by: str, revision: str | None, unreadable: list[dict[str, Any]]) -> str:
    """Write ``shouwen.bulletin/1``."""
    return json_text(
        {
            "schema": "shouwen.bulletin/1", "as_of": report.now, "revision": revision, "anchor": report.footers,
            "periods": periods(report), "unreadable": unreadable, "items": items(report, by),
        }
    )  # fmt: skip
