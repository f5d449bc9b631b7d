"""Today's page of one person: what is kept of it says the same again."""

from msgspec import msgpack

from shouwen.services.today import Page, TodayPart


def test_what_is_kept_says_the_same():
    """A part that went through the memo is the part; of one that stands still the due time stays beyond all others."""
    parts = [
        TodayPart(late=True, mine=True, red=True, due=5.0, row={"id": "a"}),
        TodayPart(mine=True, row={"id": "b"}),
        TodayPart(),
    ]
    assert msgpack.decode(msgpack.encode(parts), type=list[TodayPart]) == parts
    page = Page()
    for part in parts:
        page.add(part)
    assert [name for _, name, _ in sorted(page.rows, key=lambda r: r[:2])] == ["a", "b"]
    assert (page.overdue, page.red, page.kept) == (1, 1, 0)
