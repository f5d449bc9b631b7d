"""Measure shouwen beside its peers: ``python -m tests.benchmarks`` (from the project's folder).

Makes a ledger of 1,000 open and 9,000 settled live inquiries, two with a small and a large
archive beside it and one of another size; gives taskwarrior and todoman the same work; runs
every command in turn, again and again, and prints each one's median, least time and ratio to
its yardstick, with the figure that the project holds itself to. Exits 1 if a figure is missed.

    --rounds N     how often each command runs (11); those on the large ledger at most 3 times
    --archive N    inquiries in the large archive (99000; 990000 is the figure's own size), the
                   small one has an eleventh
    --large N      inquiries in the large ledger (20000; 100000 is the figure's own size)
    --figures PATH the figures as Markdown, for docs/performance.md
    --work PATH    make ledgers and peers here and leave them; large ledgers that are there are used
    --prepare      make them and stop
    --cold N       how often commands are run with nothing in memory, afterwards (0; root only)

The runs of all commands alternate, so that whatever else the machine does falls on all alike.
A command of one process is judged by the ratio of the medians of processor time, user and system
together, which stays the same on a busy machine; one that reads with two processes by that of the
medians by the clock, which is what somebody waits and means something only where nothing else
runs. Both stand in the table, and the least processor time. Needs Linux, the network (to install the peers) and, for
taskwarrior and ripgrep, root or the packages already installed; a peer that cannot be had is
left out and named. No part of the test run: pytest collects nothing that measures time.
"""

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path
from statistics import median

from shouwen.store.ledger import LIVE, Ledger

from . import peers
from .bench import INTAKE, PROGRAM, Bench, folder
from .generate import NOW, fill_archive, generate

RUNNING, SETTLED = 1000, 9000
# job, yardstick, the ratio that may not be exceeded, what it is
FIGURES = (
    ("version", "typer", 1.3, "shouwen --version"),
    ("show", "typer", 1.3, "show ID"),
    ("route", "typer", 1.3, "route 许可"),
    ("note", "typer", 1.3, "note ID (an act: lock, append, fsync)"),
    ("intake", "typer", 1.4, "intake with a phone number, 10k live (fsync)"),
    ("intake-anonymous", "typer", 1.4, "intake, anonymous, 10k live (fsync)"),
    ("overdue", "task", 1.25, "overdue, 1,000 open of 10k live, memo warm"),
    ("overdue", "todo", 0.4, "overdue, 1,000 open of 10k live, memo warm"),
    ("overdue-jsonl", "task", 1.25, "overdue --format jsonl, the same ledger, memo warm"),
    ("list", "task-list", 1.25, "list, 1,000 open of 10k live, memo warm"),
    ("overdue-first", "overdue-plain", 1.1, "overdue, first run, the memo made beside"),
    ("overdue-wide", "overdue-narrow", 1.05, "overdue, 10k live, archive of {archive} beside one of {narrow}"),
    ("read", "pyyaml", 0.11, "read and validate 10k records"),
    ("read-large", "pyyaml-large", 0.11, "read and validate {large} records"),
    ("evaluate", "read-large", 0.8, "evaluate a year of {large}, memo warm"),
    ("evaluate-first", "read-large", 3.0, "evaluate a year of {large}, without a memo"),
    ("bulletin", "typer", 4.0, "bulletin, 10k live, memo warm"),
    ("bulletin-large", "typer", 14.0, "bulletin, {large} live, memo warm"),
    ("search", "rg", 2.0, "search {large} for a number that one record holds"),
)  # fmt: skip
# Read with two processes where there are many records: judged by the clock.
TWO = {"overdue", "overdue-jsonl", "overdue-first", "overdue-wide", "list", "search"}
COLD = ("typer", "version", "show", "note", "overdue", "list", "task", "todo", "reading", "search", "rg")
YARDSTICKS = {
    "python": "python: the interpreter, nothing else", "import": "import: the interpreter and typer",
    "listing": "listing: the interpreter, and the names of 10k live records",
    "reading": "reading: that, and their bytes",
    "reading-large": "reading-large: the same of the large ledger",
    "typer": "typer: a one-command app", "task": "task: taskwarrior, as many overdue",
    "task-list": "task-list: taskwarrior, as many open",
    "todo": "todo: todoman, as many overdue", "overdue-plain": "overdue-plain: overdue --no-memo",
    "pyyaml": "pyyaml: CSafeLoader over the same files",
    "overdue-narrow": "overdue-narrow: overdue, the small archive",
    "pyyaml-large": "pyyaml-large: CSafeLoader over the large ledger",
    "rg": "rg: ripgrep -F -l with the same words",
}  # fmt: skip
VALIDATE = """\
import sys
from shouwen.store.ledger import LIVE, Ledger

assert not any(isinstance(found, list) for found in Ledger(sys.argv[1]).records(LIVE))
"""
FLOOR = """\
import os, sys

stack, read = [sys.argv[1]], sys.argv[2:]
while stack:
    with os.scandir(stack.pop()) as entries:
        for entry in entries:
            if entry.is_dir():
                stack.append(entry.path)
            elif read:
                handle = os.open(entry.path, os.O_RDONLY)
                os.read(handle, 1 << 14)
                os.close(handle)
"""
PEAK = """\
import resource, sys
from shouwen.__main__ import main
try:
    main()
finally:
    with open("/proc/self/status") as status:
        peak = sum(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
    print(peak + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
"""
MOST_MEMORY = {"evaluate": 300, "export": 150}  # MiB


def peak(words: list[str], environment: dict[str, str]) -> float:
    """The most memory, in MiB, that a run of shouwen with these words held, its processes added."""
    done = subprocess.run(
        [sys.executable, "-c", PEAK, *words], env=environment, check=True, capture_output=True, text=True
    )
    return int(done.stderr.split()[-1]) / 1024


def prepare_large(bench: Bench, count: int, programs: Path | None) -> list[str]:
    """A large ledger, what is measured on it, and the yardsticks that could not be had."""
    work, missing = bench.work, []
    if (work / "large").exists():
        ledger = Ledger(str(work / "large"))
    else:
        ledger = generate(str(work / "large"), count // 20, count - count // 20)
    phone = next(ledger.records(LIVE)).content.inquirer.phone
    bench.add("read-large", [sys.executable, work / "validate.py", ledger.root], slow=True)
    for name, more in (("evaluate", []), ("evaluate-first", ["--no-memo"])):
        bench.add(name, [PROGRAM, "-L", ledger.root, *more, "evaluate", NOW[:4]], slow=True)
    bench.add("bulletin-large", [PROGRAM, "-L", ledger.root, "bulletin"], slow=True)
    bench.add("reading-large", [sys.executable, work / "floor.py", work / "large" / LIVE, "read"], slow=True)
    for name, words in (("evaluate", ["--no-memo", "evaluate", NOW[:4]]), ("export", ["export"])):
        bench.memory[name] = peak(["-L", ledger.root, *words], bench.environment)
    bench.add("search", [PROGRAM, "-L", ledger.root, "search", phone], slow=True)
    if rg := peers.installed("rg", "ripgrep"):
        bench.add("rg", [rg, "-F", "-l", phone, work / "large" / LIVE], slow=True)
    else:
        missing.append("rg")
    if programs:
        bench.add("pyyaml-large", [programs / "python", work / "read.py", work / "large" / LIVE], slow=True)
    return missing


def prepare(bench: Bench, archived: int, large: int) -> list[str]:
    """Ledgers, peers and commands; the names of the yardsticks that could not be had."""
    work, missing = bench.work, []
    for old in ("ledger", "task", "todo", "config"):  # acts have changed it; the peers get its work anew
        shutil.rmtree(work / old, ignore_errors=True)
    ledger = generate(str(work / "ledger"), RUNNING, SETTLED)
    name = max(ledger.ids(LIVE))[0]
    call = [PROGRAM, "-L", ledger.root, "--as", "r01"]
    (work / "one.py").write_text(peers.ONE_COMMAND)
    (work / "read.py").write_text(peers.READ_ALL)
    (work / "floor.py").write_text(FLOOR)
    bench.add("python", [sys.executable, "-c", "pass"])
    bench.add("import", [sys.executable, "-c", "import typer"])
    bench.add("listing", [sys.executable, work / "floor.py", work / "ledger" / LIVE])
    bench.add("reading", [sys.executable, work / "floor.py", work / "ledger" / LIVE, "read"])
    bench.add("typer", [sys.executable, work / "one.py"])
    bench.add("version", [PROGRAM, "--version"])
    bench.add("show", [*call, "show", name])
    bench.add("route", [*call, "route", "许可"])
    bench.add("note", [*call, "note", name, "--text", "已去电询问{n}"])
    bench.add("intake", [*call, *INTAKE, "--name", "张某", "--phone", "13812341234"])
    bench.add("intake-anonymous", [*call, *INTAKE, "--anonymous"])
    bench.add("overdue", [*call, "overdue"])
    bench.add("overdue-jsonl", [*call, "overdue", "--format", "jsonl"])
    bench.add("overdue-plain", [*call, "--no-memo", "overdue"])
    bench.add("overdue-first", [*call, "overdue"], fresh=True)
    bench.add("list", [*call, "list"])
    bench.add("bulletin", [*call, "bulletin"])
    (work / "validate.py").write_text(VALIDATE)
    bench.add("read", [sys.executable, work / "validate.py", ledger.root])
    narrow = archived // 11
    for size, label in ((narrow, "narrow"), (archived, "wide")):
        if not (work / label).exists():
            shutil.copytree(ledger.root, work / label, copy_function=os.link)
            fill_archive(Ledger(str(work / label)), size)
        bench.add(f"overdue-{label}", [PROGRAM, "-L", work / label, "overdue"])
    bench.sizes = {"archive": f"{archived:,}", "narrow": f"{narrow:,}", "large": f"{large:,}"}
    late = bench.lines("overdue-jsonl")
    tasks = peers.works(ledger, ledger.now(), late)
    if task := peers.installed("task", "taskwarrior"):
        words = peers.fill_taskwarrior(task, tasks, work)
        bench.add("task", [*words, "+OVERDUE", "list"])
        bench.add("task-list", [*words, "list"])
        rows = int(bench.output([*words, "+OVERDUE", "count"]))
        bench.rows = {"overdue": late, "task": rows, "list": bench.lines("list", ["--format", "jsonl"])}
        bench.rows["task-list"] = int(bench.output([*words, "status:pending", "count"]))
    else:
        missing.append("task")
    try:
        programs = peers.environment(work)
        words, environment = peers.fill_todoman(programs / "todo", tasks, work)
        bench.add("todo", [*words, "list", "--due", "0"], **environment)
        bench.rows["todo"] = bench.lines("todo")
        bench.add("pyyaml", [programs / "python", work / "read.py", work / "ledger" / LIVE])
    except subprocess.CalledProcessError:
        programs, missing = None, [*missing, "todo", "pyyaml"]
    return missing + prepare_large(bench, large, programs)


def _spent(bench: Bench, name: str) -> str:
    spent = bench.processor(name)
    return f"{median(spent):.0f} | {min(spent):.0f} | {median(bench.wall(name)):.0f}"


def _shown(ratio: float, judged: bool) -> str:
    """A ratio as it stands in the table; the one that the figure judges in bold."""
    return f"**{ratio:.2f}**" if judged else f"{ratio:.2f}"


def table(bench: Bench) -> tuple[str, bool]:
    """The figures as a Markdown table, and whether all are met."""
    lines = [
        "| what | ms | least | wall | beside | of processor | of wall | figure | |",
        "|---|---:|---:|---:|---|---:|---:|---:|---|",
    ]
    met = True
    for name, yardstick, most, what in FIGURES:
        if name in bench.times and yardstick in bench.times:
            ratio = median(bench.processor(name)) / median(bench.processor(yardstick))
            of_wall = median(bench.wall(name)) / median(bench.wall(yardstick))
            judged = of_wall if name in TWO else ratio
            met = met and judged <= most
            verdict = "met" if judged <= most else "missed"
            what = what.format(**bench.sizes)
            lines.append(
                f"| {what} | {_spent(bench, name)} | {yardstick} | {_shown(ratio, name not in TWO)} | {_shown(of_wall, name in TWO)} | {most} | {verdict} |"
            )
    for name, most in MOST_MEMORY.items():
        used = bench.memory[name]
        met = met and used <= most
        verdict = "met" if used <= most else "missed"
        lines.append(
            f"| {name} of {bench.sizes['large']}, most memory: {used:.0f} MiB | | | | | | | {most} MiB | {verdict} |"
        )
    for name, yardstick in YARDSTICKS.items():
        if name in bench.times:
            lines.append(f"| {yardstick} | {_spent(bench, name)} | | | | | |")
    if bench.rows:
        counted = ", ".join(f"{name} {n:,}" for name, n in bench.rows.items())
        lines += ["", f"Rows that each lists: {counted}."]
    return "\n".join(lines) + "\n", met


def cold_table(bench: Bench, rounds: int) -> str:
    """What commands take by the clock when nothing is in memory, as a Markdown table."""
    lines = ["", "| with nothing in memory | ms by the clock | in memory |", "|---|---:|---:|"]
    for name, times in bench.cold(COLD, rounds).items():
        what = YARDSTICKS.get(name) or next(f[3] for f in FIGURES if f[0] == name).format(**bench.sizes)
        lines.append(f"| {what} | {median(times):.0f} | {median(bench.wall(name)):.0f} |")
    return "\n".join(lines) + "\n"


def main() -> int:
    """Measure, print, and say by the exit code whether the figures are met."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--rounds", type=int, default=11)
    options.add_argument("--archive", type=int, default=99_000)
    options.add_argument("--large", type=int, default=20_000)
    options.add_argument("--figures", default="")
    options.add_argument("--work", default="")
    options.add_argument("--prepare", action="store_true")
    options.add_argument("--cold", type=int, default=0)
    chosen = options.parse_args()
    os.environ["SHOUWEN_NOW"] = NOW
    with folder(chosen.work) as work:
        bench = Bench(Path(work))
        missing = prepare(bench, chosen.archive, chosen.large)
        if chosen.prepare:
            return 0
        bench.run(chosen.rounds)
        text, met = table(bench)
        text += cold_table(bench, chosen.cold) if chosen.cold else ""
        print(text, end="")
        if missing:
            print(f"left out, could not be installed: {', '.join(missing)}")
        if chosen.figures:
            Path(chosen.figures).write_text(text, "utf-8")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
