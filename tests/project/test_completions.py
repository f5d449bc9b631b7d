"""TAB in real shells: the shipped scripts are the program's own and offer what there is."""

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pexpect
import pytest

from shouwen.cli import COMMANDS
from shouwen.terminal import completion_scripts as completion
from shouwen.terminal.tab import CALLED, PATH_WANTED
from tests.support.places import ROOT

FILES = ROOT / "completions"
PROGRAMS = str(Path(sys.executable).parent)


def need(shell: str) -> str:
    """The shell's path, or a skip."""
    return shutil.which(shell) or pytest.skip(f"没有安装 {shell}")


@pytest.fixture
def office(ledger, inquiry, monkeypatch) -> tuple[str, str]:
    """A ledger found through the environment, with one inquiry: (its id, the ledger's path)."""
    monkeypatch.setenv("SHOUWEN_LEDGER", str(ledger))
    monkeypatch.setenv("SHOUWEN_AS", "wangfang")
    monkeypatch.setenv("PATH", PROGRAMS + os.pathsep + os.environ["PATH"])
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return inquiry(), str(ledger)


def bash(line: str) -> list[str]:
    """What the bash function puts into COMPREPLY for a line typed so far."""
    words = re.findall(r"=|[^\s=]+", line) + [""] * line.endswith(" ")
    script = (
        f'source {FILES}/shouwen.bash; COMP_LINE=$1; COMP_POINT=${{#1}}; shift; COMP_WORDS=("$@"); '
        'COMP_CWORD=$(($#-1)); _shouwen_completion shouwen; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    return _lines([need("bash"), "--norc", "-c", script, "bash", line, *words])


def fish(line: str) -> list[str]:
    """What fish itself would offer for a line typed so far, with explanations."""
    script = f"source {FILES}/shouwen.fish; complete -C $argv[1]"
    return _lines([need("fish"), "--no-config", "-c", script, line])


def _lines(command: list[str]) -> list[str]:
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr == ""
    return [line for line in done.stdout.split("\n") if line]


@pytest.fixture
def terminal(office, tmp_path):
    """``terminal(shell)``: an interactive shell that has loaded completion; keys go in, text comes out."""
    opened = []

    def open_shell(shell: str) -> pexpect.spawn:
        term = "xterm" if shell == "fish" else "dumb"  # fish lists nothing on a dumb one
        env = {**os.environ, "TERM": term, "PS1": "> ", "ZDOTDIR": str(tmp_path), "HOME": str(tmp_path)}
        words = {"bash": ["--norc", "--noprofile", "-i"], "zsh": ["-f", "-i"], "fish": ["--no-config", "-i"]}[
            shell
        ]
        child = pexpect.spawn(need(shell), words, env=env, encoding="utf-8", timeout=20, dimensions=(50, 200))
        opened.append(child)
        setup = {
            "bash": f"bind 'set enable-bracketed-paste off'; source {FILES}/shouwen.bash",
            "zsh": f"unsetopt zle_bracketed_paste; fpath=({FILES} $fpath); autoload -Uz compinit; compinit -u -D",
            "fish": f"source {FILES}/shouwen.fish",
        }[shell]
        child.sendline(f"{setup}; echo rea''dy")
        child.expect("ready")
        return child

    yield open_shell
    for child in opened:
        child.close(force=True)


@pytest.mark.parametrize("shell", completion.SCRIPTS)
def test_shipped_scripts_are_the_programs_own(shell, run, monkeypatch):
    """What is installed with the package is what the program prints today, in both ways of asking."""
    _, name = completion.SCRIPTS[shell]
    shipped = (FILES / name).read_text("utf-8")
    assert run("completion", shell).out == shipped
    monkeypatch.setenv("_SHOUWEN_COMPLETE", f"source_{shell}")
    assert run().out == shipped


def test_every_shipped_file_is_compared():
    """A script that no test looks at would go stale unseen."""
    scripts = {name for _, name in completion.SCRIPTS.values()}
    assert {p.name for p in FILES.iterdir()} == scripts | {
        "shouwen.1"
    }  # the manual: tests/project/test_man.py


@pytest.mark.parametrize(
    "line, offered",
    [
        ("shouwen ", [name for name, *_ in COMMANDS]),
        ("shouwen re", ["return", "resume", "reopen", "receive"]),
        ("shouwen sanction ver", ["verify"]),
        ("shouwen policy ", ["list", "show", "check"]),
        ("shouwen intake --ch", ["--channel"]),
        ("shouwen intake --channel 来", ["来访", "来电", "来信"]),
        ("shouwen handoff K7 --mode 引", ["引领"]),
        ("shouwen handoff K7 --to 规", ["规划科", "规划科/lijie", "规划科/sunmei"]),
        ("shouwen list --department ", ["审批科", "规划科", "办公室"]),
        ("shouwen --as ", ["wangfang", "zhaojun", "lijie", "sunmei", "heping", "shixi"]),
        ("shouwen close K7 --outcome 已", ["已解决", "已答复", "已撤回"]),
        ("shouwen callback K7 --rating 非", ["非常满意", "非常不满意"]),
        ("shouwen sanction verify S1 --finding ", ["查实", "不成立"]),
        ("shouwen sanction decide S1 --authority ", ["团党委"]),
        ("shouwen init x --policy bum", ["bumen"]),
        ("shouwen route 施", ["施工许可证"]),
        ("shouwen overdue --quiet", ["--quiet-if-empty"]),
        ("shouwen nonsense ", []),
        ("shouwen show --as-of ", []),
    ],
)
@pytest.mark.parametrize("shell", [bash, fish])
def test_what_is_offered(shell, line, offered, office):
    """Commands, options, people, departments and choices, the real command's own, nothing else."""
    got = [candidate.split("\t")[0] for candidate in shell(line)]
    assert sorted(got) == sorted(offered)


@pytest.mark.parametrize("shell", [bash, fish])
def test_ids_come_from_file_names_alone(shell, office):
    """A record that nobody could read is offered all the same: the completer opens none."""
    name, root = office
    (record,) = Path(root).glob(f"inquiries/*/*/{name}.yaml")
    record.write_text("不成样子", "utf-8")
    assert [line.split("\t")[0] for line in shell("shouwen show 2026")] == [name]


def test_fish_shows_explanations(office):
    """Each candidate has a Chinese word about it."""
    assert "handoff\t转办：交给另一部门或人" in fish("shouwen ")
    assert "--mode\t怎样转的" in fish("shouwen handoff X --mo")
    assert "来电\t也可写 phone" in fish("shouwen intake --channel ")
    assert "lijie\t李洁 规划科" in fish("shouwen --as l")
    assert fish("shouwen show ") == [f"{office[0]}\t2026-11-23 受理"]


@pytest.mark.parametrize(
    "shell, expected", [(bash, ["table", "tsv"]), (fish, ["--format=table", "--format=tsv"])]
)
def test_value_joined_by_equals_sign(shell, expected, office):
    """--format=t: bash replaces what stands after the sign, the others the whole word."""
    assert [line.split("\t")[0] for line in shell("shouwen list --format=t")] == expected


@pytest.mark.parametrize("shell", [bash, fish])
def test_quoted_times_before_the_cursor_do_not_confuse(shell, office):
    """A time with colon and blank on the line is one word (bash splits words at colons)."""
    assert [x.split("\t")[0] for x in shell('shouwen note --at "昨天 15:00" 2026')] == [office[0]]


@pytest.mark.parametrize("shell", ["bash", "zsh"])
@pytest.mark.parametrize(
    "steps",
    [
        [("han", "doff")],
        [("show 2026", "ID")],
        [("handoff 2026", "ID"), ("--mo", "de"), ("引", "领")],
        [("list --format=j", "son"), ("l", "")],
        [("list --department 审", "批科")],
        [("-L LEDG", "ER")],
    ],
)
def test_keys_become_words(shell, steps, office, terminal):
    """In an interactive shell the first TAB already completes: each step is (typed, added by TAB)."""
    ledger = office[1]
    real = {"ID": office[0].removeprefix("2026"), "-L LEDG": f"-L {ledger[:-2]}", "ER": ledger[-2:]}
    child = terminal(shell)
    line = "shouwen "
    child.send(line)
    for typed, added in steps:
        typed, added = real.get(typed, typed), real.get(added, added)
        child.send(f"{typed}\t")
        child.expect_exact(f"{added}")
        line = f"{line.rstrip(' ') if typed == 'l' else line}{typed}{added}" + " "
    child.send("\x01echo '<\x05>'\r")  # to the start of the line, and to its end
    child.expect("\n<(.*?)>\r")
    assert child.match[1].rstrip("/ ") == line.rstrip()


@pytest.fixture
def four(office, ledger) -> None:
    """Four records of known ids in the place of the one."""
    name = office[0]
    (record,) = ledger.glob(f"inquiries/*/*/{name}.yaml")
    text = record.read_text("utf-8")
    record.unlink()
    for new in ("20261123-000712", "20261122-QX0007", "20261122-K7Q4ZX", "20251123-K7ABQ9"):
        (record.parent / f"{new}.yaml").write_text(text.replace(name, new), "utf-8")


SPOKEN = [
    ("0712", ["20261123-000712"]),
    ("qx00", ["20261122-QX0007"]),
    ("x0007", ["20261122-QX0007"]),
    ("123-0007", ["20261123-000712"]),
    ("1122-k7", ["20261122-K7Q4ZX"]),
    ("7Q4", ["20261122-K7Q4ZX"]),
    ("KTQ4", []),
    ("0007", ["20261122-QX0007", "20261123-000712"]),
    ("K7", ["20251123-K7ABQ9", "20261122-K7Q4ZX"]),
    ("20261122", ["20261122-K7Q4ZX", "20261122-QX0007"]),
    ("99", []),
    ("*", []),
]


@pytest.mark.parametrize("typed, names", SPOKEN)
@pytest.mark.parametrize("shell", [bash, fish])
def test_an_id_is_offered_by_any_part(shell, typed, names, four):
    """The last letters, the first, the middle, with a part of the day before the dash: as ``show`` takes them."""
    got = [line.split("\t")[0] for line in shell(f"shouwen show {typed}")]
    assert sorted(word for word in got if word != " ") == names


@pytest.mark.parametrize("typed, names", SPOKEN)
def test_what_is_offered_is_what_is_found(typed, names, four, run):
    """Where one id is offered it is the one that the command takes; where none or several, it says so."""
    shown = run("show", typed, code=0 if len(names) == 1 else 4)
    assert not names or all(
        name in shown.out + shown.err for name in names[:1] if not typed.startswith("2026")
    )


@pytest.mark.parametrize("typed, names", SPOKEN)
def test_powershell_is_offered_the_same(typed, names, four, run, monkeypatch):
    """PowerShell takes what a native completer answers as it is; the words are the same."""
    monkeypatch.setenv("_SHOUWEN_COMPLETE", "complete_powershell")
    monkeypatch.setenv("_SHOUWEN_LINE", f"shouwen show {typed}")
    several = bool(names) and not typed.startswith("2026")
    got = run(code=CALLED if several else 0).out
    assert sorted(line.split("\t")[0] for line in got.splitlines()) == names


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
@pytest.mark.parametrize(
    "typed, line",
    [
        ("show 0712", "show 20261123-000712"),
        ("show q4zx", "show 20261122-K7Q4ZX"),
        ("show 123-0007", "show 20261123-000712"),
        ("handoff 7q4", "handoff 20261122-K7Q4ZX"),
        ("show 99", "show 99"),
    ],
)
def test_keys_become_an_id(shell, typed, line, four, terminal):
    """The shell puts the whole id in the place of its end; where there is none it leaves what was typed."""
    child = terminal(shell)
    child.send(f"shouwen {typed}\t")
    assert _line(child) == f"shouwen {line}"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_several_of_an_end_are_listed(shell, four, terminal):
    """What was typed stays, both are seen; one more letter then decides."""
    child = terminal(shell)
    child.send("shouwen show 0007\t" + "\t" * (shell == "bash"))  # bash lists on the second
    found = {child.expect_exact(["20261122-QX0007", "20261123-000712"]) for _ in range(2)}
    assert found == {0, 1}
    child.send("1\t")
    assert _line(child) == "shouwen show 20261123-000712"


def _line(child: pexpect.spawn) -> str:
    """What stands on the line typed so far; it is given to echo."""
    time.sleep(1)
    child.send("\x01echo '<\x05>'\r")  # to the start of the line, and to its end
    child.expect("[\n\r]<([^\n\r]*?) *>\r")
    return child.match[1]


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_a_name_becomes_the_id_of_the_person(shell, office, terminal):
    """--as takes a name; TAB after one gives the id, also after the department."""
    child = terminal(shell)
    child.send("shouwen --as 李\t")
    child.send("handoff K7 --to 规划科/孙\t")
    assert _line(child) == "shouwen --as lijie handoff K7 --to 规划科/sunmei"


def test_zsh_lists_explanations(office, terminal):
    """zsh shows the Chinese word beside each command."""
    child = terminal("zsh")
    child.send("shouwen re\x04")
    found = [
        child.expect(["return +-- 退回转来的事", pexpect.TIMEOUT]),
        child.expect(["reopen +-- 重办", pexpect.TIMEOUT]),
    ]
    assert found == [0, 0]


def test_zsh_takes_the_sourced_script_too(office, terminal):
    """``source <(shouwen completion zsh)`` in .zshrc registers the completer."""
    child = terminal("zsh")
    child.sendline("compdef -d shouwen; source <(shouwen completion zsh); echo rea''dy")
    child.expect("ready")
    child.send("shouwen han\t")
    assert child.expect_exact(["doff", pexpect.TIMEOUT]) == 0


def test_zsh_finds_its_script():
    """compinit reads #compdef on the first line only."""
    assert (FILES / "_shouwen").read_text("utf-8").startswith("#compdef shouwen\n")


def test_powershell_leaves_the_tab_key_alone():
    """The script registers one completer; keys and modules stay the user's."""
    script = (FILES / "shouwen.ps1").read_text("utf-8")
    assert "Register-ArgumentCompleter -Native -CommandName shouwen" in script
    assert "PSReadLine" not in script
    assert script.count("{") == script.count("}")


def test_powershell_quotes_words_with_blanks(ledger, run, monkeypatch):
    """A department with a blank in its name goes in as one word, in bash and in PowerShell."""
    staff = ledger / "staff.yaml"
    staff.write_text(staff.read_text("utf-8").replace("  办公室:", "  综合 办公室:"), "utf-8")
    line = f"shouwen -L {ledger} list --department 综"
    monkeypatch.setenv("_SHOUWEN_LINE", line)
    for shell, shown in (("powershell", "'综合 办公室'"), ("bash", "综合\\ 办公室"), ("fish", "综合 办公室")):
        monkeypatch.setenv("_SHOUWEN_COMPLETE", f"complete_{shell}")
        assert run().out == f"{shown}\t三楼301\n"


@pytest.mark.parametrize(
    "asked, line",
    [
        ("complete_bash", "shouwen -L /nowhere show "),
        ("complete_bash", "shouwen --as nobody list --mine --staff x"),
        ("complete_bash", "shouwen show --nosuch "),
        ("complete_tcsh", "shouwen show '"),
        ("complete", ""),
        ("source_tcsh", ""),
        ("nonsense", "shouwen"),
    ],
)
def test_faults_are_silent(asked, line, process):
    """Whatever is wrong, nothing appears in the middle of what somebody types."""
    done = process(env={"_SHOUWEN_COMPLETE": asked, "_SHOUWEN_LINE": line})
    assert (done.stdout, done.stderr) == ("", "")


def test_broken_roster_is_silent(ledger, process):
    """A staff.yaml in the middle of being edited gives no candidates and no words."""
    (ledger / "staff.yaml").write_text("staff: [", "utf-8")
    done = process(env={"_SHOUWEN_COMPLETE": "complete_fish", "_SHOUWEN_LINE": f"shouwen -L {ledger} --as "})
    assert (done.stdout, done.stderr) == ("", "")


def test_paths_are_left_to_the_shell(run, monkeypatch):
    """Where a directory is wanted the answer is code 3, on which the scripts offer paths."""
    monkeypatch.setenv("_SHOUWEN_COMPLETE", "complete_bash")
    monkeypatch.setenv("_SHOUWEN_LINE", "shouwen -L ")
    assert run(code=PATH_WANTED).out == ""


def test_unknown_shell_is_a_usage_error(run):
    """The shells there are are named."""
    assert run("completion", "tcsh", code=2).err == (
        "shouwen: 外壳没有“tcsh”；可用：bash、zsh、fish、powershell\n"
    )


def test_candidates_with_control_characters_are_defused(ledger, run, monkeypatch):
    """A name in the roster cannot drive the terminal of whoever presses TAB."""
    staff = ledger / "staff.yaml"
    staff.write_text(staff.read_text("utf-8").replace("name: 李洁", r'name: "李\u202e洁"'), "utf-8")
    monkeypatch.setenv("_SHOUWEN_COMPLETE", "complete_fish")
    monkeypatch.setenv("_SHOUWEN_LINE", f"shouwen -L {ledger} --as li")
    assert run().out == "lijie\t李\\u202e洁 规划科\n"
