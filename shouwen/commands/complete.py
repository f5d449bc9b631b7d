"""Completion: values with a word about each. Silent on any trouble; ids from file names only."""

from collections.abc import Callable, Iterator


def _session(context):
    from shouwen.commands.session import Session

    words = context.find_root().params
    return Session(words.get("ledger") or "", words.get("acting") or "")


def _quiet(find: Callable) -> Callable:
    def completed(ctx, incomplete: str):
        try:
            return [pair for pair in find(_session(ctx)) if pair[0].startswith(incomplete)]
        except Exception:  # a completer must never speak into the user's prompt
            return []

    # typer looks at the parameters' types to know what to pass.
    import typer

    completed.__annotations__ = {"ctx": typer.Context, "incomplete": str}
    return completed


def of(*values: str) -> Callable:
    """Completion from a fixed list."""

    def listed(incomplete: str):
        return [v for v in values if v.startswith(incomplete)]

    return listed


def _ids(*folders: str) -> Callable:
    def found(session) -> Iterator[tuple[str, str]]:
        yield from session.ledger.ids(*folders)

    return found


live = _quiet(_ids("inquiries"))
every = _quiet(_ids("inquiries", "archive"))
cases = _quiet(_ids("sanctions"))


@_quiet
def staff(session):
    """Staff ids, with name and department."""
    for key, person in session.ledger.office.staff.items():
        yield key, f"{person.name} {person.department}"


@_quiet
def departments(session):
    """Departments, with their place."""
    for name, department in session.ledger.office.departments.items():
        yield name, department.place or "部门"


@_quiet
def targets(session):
    """Departments and DEPARTMENT/STAFF, with phone or name."""
    for name, department in session.ledger.office.departments.items():
        yield name, department.phone or "部门"
    for key, person in session.ledger.office.staff.items():
        yield f"{person.department}/{key}", person.name


@_quiet
def matters(session):
    """Matters, with the department in charge."""
    for name, matter in session.ledger.office.matters.items():
        yield name, matter.department


@_quiet
def policies(session):
    """Regulations, with their names."""
    for name in session.ledger.policy_names():
        yield name, session.ledger.policy(name).name


@_quiet
def articles(session):
    """Articles of the regulation in force, with their paraphrase."""
    yield from session.policy.articles.items()


def _choice(name: str) -> Callable:
    def found(session):
        for value in getattr(session.policy, name).values:
            yield value, ""

    return _quiet(found)


channels, categories, scopes = _choice("channels"), _choice("categories"), _choice("scopes")
urgencies, modes, outcomes = _choice("urgencies"), _choice("modes"), _choice("outcomes")
ratings, pauses, absences = _choice("ratings"), _choice("suspend"), _choice("absences")
