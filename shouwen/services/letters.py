"""Who is written to about what is late: the one who can act on it, and what that one may see of it."""

from datetime import date
from typing import Any

from msgspec import Struct, field

from shouwen.core.office.powers import concern
from shouwen.core.office.roster import Office
from shouwen.services.overdue import Gathered


class Letter(Struct):
    """What one person is told about a holder or a department.

    ``person`` is '' where nobody is there to be told; ``hidden`` are the rows that are only counted there.
    """

    about: str
    person: str
    rows: list[dict[str, Any]] = field(default_factory=list)
    hidden: list[dict[str, Any]] = field(default_factory=list)


def letters(found: Gathered, office: Office, called: str, by_holder: bool, day: date) -> list[Letter]:
    """Return a letter for every holder who can act, or every department, of the ledger ``called`` so.

    What no single person answers for goes to the leader of the department, or the one above. A matter
    that concerns its reader is only counted there (recusal).
    """
    made: dict[tuple[str, str], Letter] = {}
    for rows, secret in ((found.rows, False), (found.hidden, True)):
        for row in rows:
            if row["ledger"] != called:
                continue
            person = _receiver(office, row, by_holder, day)
            about = person or row["section"] if by_holder else row["section"]
            letter = made.setdefault((about, person), Letter(about, person))
            people = found.about.get(row.get("id", ""), ())
            apart = secret or concern(office, people, day).touches(office, person, day)
            (letter.hidden if apart else letter.rows).append(row)
    return [made[key] for key in sorted(made)]


def _receiver(office: Office, row: dict[str, Any], by_holder: bool, day: date) -> str:
    """Return the person while in office, else the first of the leaders above; or ''."""
    if by_holder and (who := office.answers(row["whose"], row["section"], day)):
        return who
    return next(iter(office.chain(row["section"], day)), "")
