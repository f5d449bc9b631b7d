"""One row of the table of who deals with what."""

from shouwen.core.fact import Fact, Number


class Matter(Fact, kw_only=True):
    """A kind of matter in ``matters.yaml``: who deals with it, where, and within which limit."""

    department: str
    contact: str = ""
    place: str = ""
    phone: str = ""
    words: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    procedure: str = ""
    workdays: Number = 0
    basis: str = ""
    fee: str = ""
