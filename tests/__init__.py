"""The tests, in the same tree as shouwen/ (README.md)."""

import pytest

pytest.register_assert_rewrite("tests.support")
