"""Counts and rates of one group: what there is to divide, and what rests on whose limit."""

from shouwen.core.statistics.figures import BY_LIMIT, COUNTS, RATES, Figures, Rate


def test_nothing_is_divided_by_nothing() -> None:
    """An empty month has no rates: not nought per cent, not an error."""
    empty = Figures()
    assert {r.value for r in empty.rates.values()} == {None}
    assert (empty.median_hours, empty.p90_hours, Rate(0, 4).value) == (None, None, 0.0)


def test_what_rests_on_a_limit_has_a_figure_for_the_default_too():
    """A limit or duty that only the program proposes never stands in one number with one that somebody set."""
    names = {*COUNTS, *RATES}
    assert names >= BY_LIMIT and {f"{name}_default" for name in BY_LIMIT} <= names
    assert {name for name in names if name.endswith("_default")} == {f"{name}_default" for name in BY_LIMIT}
