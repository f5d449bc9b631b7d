"""Many new records or none: where one cannot be written, those before it are taken back."""

import os
from collections.abc import Iterable

from msgspec import structs

from shouwen.core.errors import Conflict
from shouwen.core.inquiry.header import Inquiry
from shouwen.store import atomic_files, private_parts
from shouwen.store.ledger import Ledger

ATTEMPTS = 8


def create_all(ledger: Ledger, inquiries: Iterable[Inquiry]) -> list[str]:
    """Write many new records or none; return their paths, each under a fresh id of its day of intake.

    The same where the run is interrupted; a machine that goes down half-way leaves what it had
    written.

    Raises:
        Conflict: the disk failed; nothing is left, or what could not be taken back is named.
    """
    made: list[str] = []
    try:
        for inquiry in inquiries:
            _create(ledger, inquiry, made)
    except BaseException as error:
        left = _take_back(ledger, made)
        if not isinstance(error, Conflict):
            raise
        said = f"已写的 {len(made)} 条" + ("已全部撤回" if not left else f"有的没能撤回：{'、'.join(left)}")
        raise Conflict(f"{error}；{said}") from None
    return made


def _create(ledger: Ledger, inquiry: Inquiry, made: list[str]) -> None:
    for _ in range(ATTEMPTS):
        named = structs.replace(inquiry, id=ledger.new_id(inquiry.received))
        path = ledger.path(named.id)
        try:
            ledger.create(named)
        except FileExistsError:
            continue
        except BaseException:
            # The record may be there all the same, where the disk only failed to confirm it.
            if os.path.lexists(os.path.join(ledger.root, path)):
                made.append(path)
            raise
        made.append(path)
        return
    raise Conflict("连续取到已用的编号，请再做一次")


def _take_back(ledger: Ledger, made: list[str]) -> list[str]:
    """Remove the records just made and what lies apart; the paths that could not be removed."""
    left = []
    for path in made:
        try:
            private_parts.erase(ledger.root, path.rsplit("/", 1)[1][:-5])
            atomic_files.remove(os.path.join(ledger.root, path), path)
        except (Conflict, FileNotFoundError):
            if os.path.lexists(os.path.join(ledger.root, path)):
                left.append(path)
    return left
