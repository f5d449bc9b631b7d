"""A scratch merge in a directory of its own: does this git keep both sides' events?"""

import os
import tempfile

from shouwen.store.git import GitError, call

_BASE = 'id: "x"\nevents:\n'
_ONE = '- {"id": "aaaa", "at": "2026-01-01T09:00:00+08:00", "by": "a", "do": "记事", "text": "甲"}\n'
_TWO = '- {"id": "bbbb", "at": "2026-01-01T09:00:00+08:00", "by": "a", "do": "记事", "text": "乙"}\n'


def scratch_merge(attributes: str) -> str:
    """Merge two branches that add an event each to one record; return '' or what went wrong."""
    with tempfile.TemporaryDirectory(prefix="shouwen-") as root:
        record = "inquiries/2026/01/x.yaml"
        path = os.path.join(root, record)

        def write(text: str, name: str = path) -> None:
            os.makedirs(os.path.dirname(name), exist_ok=True)
            with open(name, "w", encoding="utf-8") as file:
                file.write(text)

        who = ("-c", "user.name=x", "-c", "user.email=x@example.org")
        try:
            call(root, "init", "-q", "-b", "main")
            write(attributes, os.path.join(root, ".gitattributes"))
            write(_BASE)
            call(root, "add", ".gitattributes", record)
            call(root, "commit", "-q", "-m", "1", options=who)
            call(root, "checkout", "-q", "-b", "other")
            write(_BASE + _ONE)
            call(root, "commit", "-q", "-a", "-m", "2", options=who)
            call(root, "checkout", "-q", "main")
            write(_BASE + _TWO)
            call(root, "commit", "-q", "-a", "-m", "3", options=who)
            call(root, "merge", "-q", "--no-edit", "other", options=who)
        except GitError as error:
            return str(error)
        with open(path, encoding="utf-8") as file:
            lines = file.read().splitlines(keepends=True)
        return "" if sorted(lines[2:]) == sorted([_ONE, _TWO]) else "合并后少了事件"
