"""Which measure is heavier: by the orders that a regulation, a ladder or the law lays down.

An appeal never makes it worse. Where no order is known between two measures, dropping one is
lighter and nothing else is known not to be heavier.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from shouwen.core.accountability.lifecycle import EXEMPT
from shouwen.core.regulation.schema import Policy


def _orders(policy: Policy) -> Iterator[tuple[set[str], set[str]]]:
    """Yield (lighter measures, the next heavier ones) of every order: stated ones, and rung above rung."""
    for order in policy.gravity.values():
        yield from (({a}, {b}) for a, b in pairwise(order.values))
    for rule in policy.violations.values():
        rungs = [{*rung.measures, *rung.one_of} for rung in rule.ladder]
        for below, above in pairwise(rungs):
            yield below - above, above - below


def _at_most(policy: Policy, heaviest: str) -> set[str]:
    """Return the measure and all that are lighter by some chain of orders."""
    found, new = set(), {heaviest}
    orders = list(_orders(policy))
    while new:
        found |= new
        new = {x for below, above in orders if above & new for x in below} - found
    return found


def heavier(policy: Policy, before: Iterable[str], after: Iterable[str]) -> tuple[str, ...]:
    """Return the measures of ``after`` that make it worse than ``before``, or may: none if it is not heavier.

    Each new measure must take the place of a dropped one that is known to be at least as heavy.
    """
    dropped = [x for x in dict.fromkeys(before) if x not in set(after)]
    added = [x for x in dict.fromkeys(after) if x not in set(before) and x != EXEMPT]
    room = {x: _at_most(policy, x) for x in dropped}
    taken: dict[str, str] = {}

    def place(new: str, seen: set[str]) -> bool:
        for old in dropped:
            if new in room[old] and old not in seen:
                seen.add(old)
                if old not in taken or place(taken[old], seen):
                    taken[old] = new
                    return True
        return False

    return tuple(new for new in added if not place(new, set()))
