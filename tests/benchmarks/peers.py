"""The yardsticks: a one-command typer app, taskwarrior and todoman with the same work, PyYAML.

taskwarrior gets every inquiry as a task with its project, tags, due date and one annotation per
event; todoman gets it as a VTODO with the same. taskwarrior and ripgrep come from the system's packages
(installed here when the program runs as root), todoman and PyYAML from PyPI into a virtual
environment of their own.
"""

import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from shouwen.core.inquiry.events import act_of
from shouwen.core.inquiry.lifecycle import replay
from shouwen.store.ledger import LIVE, Ledger

ONE_COMMAND = '''\
"""One command, one option: what typer itself costs."""

from typing import Annotated

import typer

app = typer.Typer()


@app.command()
def hello(name: Annotated[str, typer.Option(help="Who is greeted")] = "world") -> None:
    """Greet somebody."""
    typer.echo(f"hello {name}")


app()
'''
READ_ALL = '''\
"""Read every record below a folder with PyYAML's C loader."""

import os, sys, yaml

for here, _, names in os.walk(sys.argv[1]):
    for name in names:
        with open(os.path.join(here, name), "rb") as file:
            yaml.load(file, yaml.CSafeLoader)
'''


def quiet(*words: str | Path, **more) -> None:
    """Run a program whose output nobody wants; CalledProcessError if it fails."""
    subprocess.run(list(map(str, words)), check=True, stdout=subprocess.DEVNULL, **more)


def environment(work: Path) -> Path:
    """The virtual environment with todoman and PyYAML."""
    place = work / "venv"
    if not place.exists():
        quiet(sys.executable, "-m", "venv", place)
        quiet(place / "bin/pip", "install", "-q", "todoman", "pyyaml", stderr=subprocess.DEVNULL)
    return place / "bin"


def installed(name: str, package: str) -> str | None:
    """The path of a program of the system, installed if it can be; None if it cannot."""
    if not shutil.which(name) and os.getuid() == 0 and shutil.which("apt-get"):
        quiet("apt-get", "install", "-y", "-q", package, stderr=subprocess.DEVNULL)
    return shutil.which(name)


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def works(ledger: Ledger, now: datetime, late: int) -> list[dict]:
    """Every live inquiry as a task: what it is about, whose, due when, and what happened.

    So many open ones are overdue as the report on the ledger has rows, the others due a year later: what is
    compared lists as much.
    """
    found: list[dict] = []
    running = 0
    for record in ledger.records(LIVE):
        state = replay(record.content)
        inquiry = state.inquiry
        running += not state.closed
        past = inquiry.received if state.closed or running <= late else now + timedelta(days=365)
        found.append({
            "id": inquiry.id, "description": inquiry.subject, "entry": _stamp(inquiry.received),
            "due": _stamp(past), "project": state.holder.department,
            "tags": [inquiry.channel, inquiry.category],
            "end": _stamp(state.closed.at) if state.closed else "",
            "annotations": [
                {"entry": _stamp(e.at), "description": f"{act_of(type(e))} {e.by}"} for e in state.events
            ],
        })  # fmt: skip
    return found


def fill_taskwarrior(program: str, tasks: list[dict], work: Path) -> list[str]:
    """A taskwarrior with these tasks; the words that call it."""
    (work / "task").mkdir()
    rc = work / "taskrc"
    rc.write_text(f"data.location={work}/task\nconfirmation=no\nrecurrence=no\ncolor=off\n")
    plain = [
        {k: v for k, v in task.items() if v and k != "id"}
        | {"status": "completed" if task["end"] else "pending"}
        for task in tasks
    ]
    words = [program, f"rc:{rc}"]
    quiet(*words, "import", "-", input=json.dumps(plain).encode(), stderr=subprocess.DEVNULL)
    return words


def fill_todoman(program: Path, tasks: list[dict], work: Path) -> tuple[list[str], dict[str, str]]:
    """A todoman with these tasks; the words that call it, and its environment."""
    (work / "todo/list").mkdir(parents=True)
    (work / "config/todoman").mkdir(parents=True)
    (work / "config/todoman/config.py").write_text(
        f'path = "{work}/todo/*"\ncache_path = "{work}/todo.sqlite"\ndefault_list = "list"\n'
    )
    for task in tasks:
        story = "\\n".join(f"{a['entry']} {a['description']}" for a in task["annotations"])
        status = f"STATUS:COMPLETED\nCOMPLETED:{task['end']}" if task["end"] else "STATUS:NEEDS-ACTION"
        (work / f"todo/list/{task['id']}.ics").write_text(
            f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//benchmark\nBEGIN:VTODO\nUID:{task['id']}\n"
            f"DTSTAMP:{task['entry']}\nSUMMARY:{task['description']}\nDESCRIPTION:{story}\n"
            f"CATEGORIES:{','.join(task['tags'])}\nDUE:{task['due']}\n{status}\n"
            "END:VTODO\nEND:VCALENDAR\n",
            "utf-8",
        )
    return [str(program)], {"XDG_CONFIG_HOME": str(work / "config")}
