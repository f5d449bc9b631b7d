"""Whether two inquiries are of one person."""

import pytest

from shouwen.core.inquiry.header import Inquirer, same_person


@pytest.mark.parametrize("phone", ["13812341234", "138 1234 1234", "138-1234-1234", "１３８１２３４１２３４"])
def test_a_phone_however_it_is_written(phone):
    """Spaces, dashes and full-width digits are the same number; the name counts too."""
    assert same_person(Inquirer(" 张某", phone)) == ("13812341234", "张某")


@pytest.mark.parametrize("phone", ["", "不详"])
def test_without_a_phone_nobody_is_known_again(phone):
    """A name alone says too little."""
    assert same_person(Inquirer("张某", phone)) is None
