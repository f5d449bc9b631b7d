"""Long output on a terminal, through the pager that the user has."""

import os
import shlex
import shutil
import subprocess
import sys

USUAL = "less -FRX"


def through(text: str, wish: str | None) -> bool:
    """Show a text in $PAGER (``wish``; less where unset); False where there is none to show it in.

    Left early the pager takes no more, which is no error. Ctrl-C is the pager's while it runs.
    """
    import signal

    words = shlex.split(USUAL if wish is None else wish)
    if not words or words == ["cat"] or not shutil.which(words[0]):
        return False
    sys.stdout.flush()
    sys.stderr.flush()
    coding = sys.stdout.encoding or "utf-8"
    env = {**os.environ, "LESSCHARSET": "utf-8"} if coding.lower() == "utf-8" else None
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        shown = subprocess.Popen(
            words,
            stdin=subprocess.PIPE,
            env=env,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no thread runs
        )
        try:
            shown.communicate(text.encode(coding, "backslashreplace"))
        except BrokenPipeError:
            shown.wait()
        return shown.returncode not in (126, 127)
    except OSError:
        return False
    finally:
        signal.signal(signal.SIGINT, before)
