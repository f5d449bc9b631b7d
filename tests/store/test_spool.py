"""Output made in one order and written in another is neither lost nor kept in memory."""

from hypothesis import given
from hypothesis import strategies as st

from shouwen.store.spool import Spool


@given(st.dictionaries(st.integers(), st.binary(max_size=50)), st.binary(max_size=5))
def test_every_piece_comes_once_in_the_order_of_the_keys(pieces, head):
    """The head first; gone through twice it gives the same, as a file that is written anew needs it."""
    with Spool(head) as spool:
        for key, piece in pieces.items():
            spool.add(key, piece)
        whole = head + b"".join(pieces[key] for key in sorted(pieces))
        assert b"".join(spool) == whole == b"".join(spool)
        assert len(spool) == len(pieces)
