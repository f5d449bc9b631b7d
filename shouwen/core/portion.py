"""What a look at a part of the records gave, and what all parts gave together."""

from typing import Any, Self

from msgspec import Struct


class Portion(Struct):
    """What one part gave: lists, numbers and mappings that grow when another part is put to it."""

    def join(self, other: Self) -> None:
        """Put what another part gave to this, field by field: numbers, lists and counts by name added, mappings united."""
        for name in self.__struct_fields__:
            mine: Any = getattr(self, name)
            theirs: Any = getattr(other, name)
            if not isinstance(mine, dict):
                setattr(self, name, mine + theirs)
                continue
            for key, value in theirs.items():
                mine[key] = mine[key] + value if isinstance(value, int) and key in mine else value
