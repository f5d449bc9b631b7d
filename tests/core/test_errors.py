"""How a problem reads: place, what is wrong, how to mend it."""

from shouwen.core.errors import BadData, Problem


def test_a_problem_in_words() -> None:
    """path:line: what is wrong：how to mend it; as far as there is any."""
    assert str(Problem("a.yaml", 3, "keys", "多了“x”", "删去")) == "a.yaml:3: 多了“x”：删去"
    assert str(Problem("a.yaml", 0, "keys", "多了“x”")) == "a.yaml: 多了“x”"
    two = [Problem("a.yaml", 3, "keys", "甲"), Problem("b.yaml", 0, "keys", "乙", "丙")]
    error = BadData(two)
    assert (str(error), error.problems, error.exit_code) == ("a.yaml:3: 甲\nb.yaml: 乙：丙", two, 5)
