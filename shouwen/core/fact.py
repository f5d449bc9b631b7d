"""What a file of the ledger is made of: values that are read strictly and written as they were."""

from datetime import date, datetime
from functools import cache
from typing import Annotated, dataclass_transform

from msgspec import Meta, Struct, field, structs

Time = Annotated[datetime, Meta(tz=True)]


Number = Annotated[int, Meta(ge=0, le=9999)]  # of days, hours, occasions: nobody means more


@dataclass_transform(frozen_default=True, field_specifiers=(field,))  # for type checkers
class Fact(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A value read from, and written to, a file."""


@cache
def required(kind: type[Struct]) -> frozenset[str]:
    """Return the names, as a file has them, of what a struct cannot do without."""
    return frozenset(field.encode_name for field in structs.fields(kind) if field.required)


class InForce(Fact, rename={"from_": "from"}, kw_only=True):
    """Days from which, and until which (inclusive), something holds."""

    from_: date | None = None
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Return whether ``day`` lies in the period; open ends are endless."""
        return not (self.from_ and day < self.from_) and not (self.until and day > self.until)
