"""How a department is named whose name another one has too, and read back."""

from hypothesis import given
from hypothesis import strategies as st

from shouwen.core.office.naming import apart_as, said_apart

NAMES = st.text("审批科（后为）服务", min_size=1, max_size=8)


@given(NAMES, NAMES)
def test_what_is_shown_is_read_back(name, key):
    """Whatever brackets a name has itself: the key that is said is found, where there is such a department."""
    shown = apart_as(name, key)
    if name != key and "（后为" not in key:
        assert said_apart(shown, {key}) == key
    assert said_apart(shown, set()) == shown


def test_a_name_that_says_nothing():
    """A bracket of its own, or a department that nobody has, is a name like any other."""
    for text in ("审批科", "审批科（窗口）", "审批科（后为服务科）", "（后为）"):
        assert said_apart(text, {"窗口"}) == text
    assert apart_as("审批科", "审批科") == "审批科"
