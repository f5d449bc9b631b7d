"""Which commit brought each line of a record in, and who stands behind that commit."""

import os
import re
import tempfile
from collections.abc import Mapping

from msgspec import Struct

from shouwen.store.git import RECORDS, call, shallow

# An event in the form in which the tool writes it; a key of a header that names who took it in.
_EVENT = re.compile(r'\+- \{"id": "([^"]+)", "at": "[^"]+", "by": "([^"]+)"')
_HEAD = re.compile(r'\+(first_responder|recorded_by|by): "([^"]*)"')
_SEPARATE = "\x01"


class Commit(Struct, frozen=True):
    """A commit: author, committer, and what its signature says (git's %G? and the signer's name)."""

    name: str
    author_name: str
    author_email: str
    committer_name: str
    committer_email: str
    verdict: str = ""
    signer: str = ""


Brought = dict[tuple[str, str, str], Commit]


def brought_in(root: str, signers: Mapping[str, tuple[str, ...]] | None = None) -> Brought:
    """Return (record id, event id or header key, by) → the first commit that has the line.

    Of a shallow clone the oldest commit there seems to bring in everything before it: what it has is left out.

    With ``signers`` (principal → SSH public keys) the signature of each commit is verified by
    ssh-keygen, whatever program the ledger's own configuration names.

    Raises:
        GitError: there is no history, or git failed.
        NotStarted: the system could not start git.
    """
    with tempfile.TemporaryDirectory(prefix="shouwen-") as folder:
        options: tuple[str, ...] = ()
        seal = ""
        if signers is not None:
            allowed = os.path.join(folder, "allowed_signers")
            _write(allowed, signers)
            options = (
                "-c", "gpg.format=ssh", "-c", f"gpg.ssh.allowedSignersFile={allowed}",
                "-c", "gpg.ssh.program=ssh-keygen", "-c", "gpg.program=false", "-c", "gpg.ssh.revocationFile=",
            )  # fmt: skip
            seal = "%x00%G?%x00%GS"
        shape = f"--format=%x01%H%x00%an%x00%ae%x00%cn%x00%ce{seal}"
        raw = call(
            root, "log", "--reverse", "--topo-order", "-m", "-p", "-U0", "--relative", "--no-color", "--no-ext-diff",
            "--no-textconv", "--no-renames", shape, "--", *RECORDS, options=options,
        )  # fmt: skip
    cut = call(root, "rev-list", "--max-parents=0", "HEAD").decode().split() if shallow(root) else ()
    return _parsed(raw.decode("utf-8", "replace"), frozenset(cut))


def _write(path: str, signers: Mapping[str, tuple[str, ...]]) -> None:
    lines = [
        f'{who} namespaces="git"{"," if key.startswith("valid-") else " "}{key}\n'  # with the days on which it holds
        for who, keys in signers.items()
        for key in keys
    ]
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(lines)


def _parsed(text: str, cut: frozenset[str] = frozenset()) -> Brought:
    found: Brought = {}
    for part in text.split(_SEPARATE)[1:]:
        head, _, diff = part.partition("\n")
        commit = Commit(*head.split("\0"))
        if commit.name in cut:
            continue
        record = ""
        for line in diff.split("\n"):
            if line.startswith("+++ "):
                record = line.rsplit("/", 1)[-1].removesuffix(".yaml")
            elif (match := _EVENT.match(line)) or (match := _HEAD.match(line)):
                found.setdefault((record, match[1], match[2]), commit)
    return found
