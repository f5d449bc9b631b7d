"""Several ledgers in one report: each looked at for itself, by both processors where that pays."""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import accumulate
from typing import TypeVar

from msgspec import structs

from shouwen.core.errors import BadData, NotFound
from shouwen.core.office.lookup import find_department, find_staff
from shouwen.services.desk import Desk
from shouwen.store import parallel

D = TypeVar("D", bound=Desk)
R = TypeVar("R")
NOBODY = "\0"  # who and what no ledger knows: neither an id nor a name


def of_each(desks: Sequence[D], work: Callable[[D], R], *folders: str) -> list[R]:
    """Return what ``work`` makes of each ledger, in order; two processes share many small ones.

    One that is large is shared by both by itself. ``folders`` are those that ``work`` reads.

    Raises:
        BadData: the settings of one of several cannot be read; which one it is.
    """

    def one_after_the_other(some: Sequence[D]) -> list[R]:
        return [_placed(desk, work) if len(desks) > 1 else work(desk) for desk in some]

    if len(desks) < 2:
        return one_after_the_other(desks)
    sizes = [sum(1 for _ in desk.ledger.files(*folders)) for desk in desks]
    if sum(sizes) < parallel.MANY or max(sizes) >= parallel.MANY:
        return one_after_the_other(desks)
    until = list(accumulate(sizes))
    middle = min(range(1, len(desks)), key=lambda n: abs(2 * until[n - 1] - until[-1]))
    return [made for half in parallel.divided(one_after_the_other, desks, middle) for made in half]


def _placed(desk: D, work: Callable[[D], R]) -> R:
    """Return what ``work`` makes of one ledger of several; what is wrong with its settings is told with its folder.

    Raises:
        BadData: its settings cannot be read; which of the ledgers it is.
    """
    try:
        return work(desk)
    except BadData as error:
        root = desk.ledger.root
        raise BadData([structs.replace(p, path=f"{root}/{p.path}") for p in error.problems]) from None


def sought(desks: Sequence[D], look: Callable[[D], str]) -> list[str]:
    """Return what each ledger calls the person or department asked for; NOBODY where one does not know it.

    Raises:
        NotFound: none of them knows it; what the first one says.
        BadData: the settings of one of several cannot be read; which one it is.
    """
    found, unknown = [], []
    for desk in desks:
        try:
            found.append(_placed(desk, look) if len(desks) > 1 else look(desk))
        except NotFound as error:
            found.append(NOBODY)
            unknown.append(error)
    if len(unknown) == len(desks):
        raise unknown[0]
    return found


def whose(
    desks: Sequence[D], mine: bool, staff: str, department: str, day: Callable[[D], date]
) -> dict[D, tuple[str, str]]:
    """Return by ledger the (staff id, department) asked for, as each knows them; '' for what was not.

    ``mine`` asks for whoever acts, whatever ``staff`` says. ``day`` is that of a ledger's list.

    Raises:
        NotFound: no ledger knows the person, or the department.
        BadData: the settings of one of several cannot be read; which one it is.
    """
    people = sections = [""] * len(desks)
    if mine or staff:
        people = sought(
            desks, lambda one: one.actor if mine else find_staff(one.ledger.office, staff, day(one))
        )
    if department:
        sections = sought(desks, lambda one: find_department(one.ledger.office, department))
    return dict(zip(desks, zip(people, sections, strict=True), strict=True))
