"""What is wrong with a regulation: all of it in one round, each with file and line."""

from typing import Any

from shouwen.core.errors import Problem
from shouwen.core.integrity.regulations import check_policy
from shouwen.store.policy_faults import echoes
from shouwen.store.settings import OWN, cited, load_policy, policy_file, policy_place, survey_policy


def where_of(name: str, home: str) -> tuple[str, str, str]:
    """Return (id, root, folder) of a regulation given by its id in the ledger ``home``, or by a path.

    Raises:
        NotFound: the path is no file of a regulation.
    """
    return policy_file(name) if name.endswith(".yaml") else (name, home, OWN)


def policy_faults(name: str, root: str, folder: str, overrides: dict[str, Any]) -> list[Problem]:
    """Find everything outside the vocabulary, and every rule that contradicts itself or cannot work.

    Raises:
        NotFound: no regulation has this id.
        BadData: a file is no regulation at all.
    """
    policy, found, mended = survey_policy(name, root, overrides, folder)
    if not policy:
        return found
    for where, text, hint in check_policy(policy, cited(overrides), load_policy("base")):
        if not echoes(where, text, mended):
            path, line = policy_place(name, root, where, folder, overrides)
            found.append(Problem(path, line, "policy", text, hint))
    return sorted(found, key=lambda problem: (problem.path, problem.line))
