"""What is counted and not shown, and what is kept apart from the record."""

import pytest

from shouwen.core.inquiry.confidential import Private, joined, parted, secret, withheld
from shouwen.core.inquiry.header import Inquirer
from tests.support.records import inquiry


@pytest.mark.parametrize(
    "header, hidden",
    [
        ({}, False),
        ({"confidential": True}, True),
        ({"category": "举报"}, True),
        ({"category": "投诉"}, False),
    ],
)
def test_what_lists_only_count(header, hidden):
    """A report of a wrong, and whatever was marked so; once parted, its content lies elsewhere."""
    record = inquiry(**header)
    assert (secret(record), withheld(record)) == (hidden, False)
    assert withheld(parted(record)[0]) == hidden


def test_parted_and_joined():
    """Who and what go to the private part; the rest stays; together they are the whole again."""
    record = inquiry(category="举报", detail="收受礼金", subject="举报某人")
    public, private = parted(record)
    assert (public.subject, public.detail, public.inquirer) == ("保密件", "", Inquirer())
    assert private == Private(
        id=record.id, subject="举报某人", detail="收受礼金", inquirer=Inquirer("张某", "13812341234")
    )
    assert joined(public, private) == record
    nameless = inquiry(category="举报", inquirer=Inquirer(anonymous=True))
    assert parted(nameless)[0].inquirer.anonymous
