"""Help pages and errors of the command line: complete, Chinese, true to the program."""

import ast
import re
import shlex
from collections.abc import Iterator

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st

from shouwen import cli
from shouwen.cli import COMMANDS
from shouwen.render.width import wrapped
from tests.support.places import ROOT


def _walk(command, path: list[str], context) -> Iterator[tuple[list[str], object]]:
    yield path, command
    if isinstance(command, typer.core.TyperGroup):
        for name in command.list_commands(context):
            below = cli.load(name) if not path else None
            below = below or command.get_command(context, name)
            yield from _walk(below, [*path, name], typer.Context(below, parent=context, info_name=name))


def _all() -> dict[str, object]:
    top = typer.main.get_command(cli.app)
    found = _walk(top, [], typer.Context(top, info_name="shouwen"))
    return {" ".join(path): command for path, command in found}


ALL = _all()
LEAVES = [path for path, command in ALL.items() if not isinstance(command, typer.core.TyperGroup)]


def solid(text: str) -> str:
    """The text without blanks and line ends: what must appear whatever the width."""
    return re.sub(r"\s+", "", text)


@pytest.fixture
def page(run, monkeypatch):
    """``page("sanction report", 80)``: its help at a terminal that many columns wide."""

    def shown(path: str, width: int = 80) -> str:
        monkeypatch.setenv("COLUMNS", str(width))
        result = run(*path.split(), "--help")
        assert result.err == ""
        return result.out

    return shown


def test_all_commands_are_walked():
    """The tests below see every command, those of groups too."""
    assert {path.split()[0] for path in ALL if path} == {name for name, *_ in COMMANDS}
    assert {"sanction report", "policy show", "calendar between"} <= set(ALL)


@pytest.mark.parametrize("width", [60, 80, 200])
@pytest.mark.parametrize("path", ALL)
def test_nothing_is_cut_off(path, width, page):
    """Every character of every help text is on the page, and no line is wider than the terminal."""
    text, command = page(path, width), ALL[path]
    for line in command.help.replace("\b", "").split("\n"):
        assert solid(line) in solid(text)
    for param in command.params:
        for word in (param.help, param.metavar, *param.opts, *param.secondary_opts):
            if word and (word.startswith("-") or word in (param.help, param.metavar)):
                assert solid(word) in solid(text)
    assert not [line for line in text.split("\n") if typer_width(line) > width]


def typer_width(line: str) -> int:
    """Columns on the terminal, by the library that the tables use."""
    from wcwidth import wcswidth

    return wcswidth(line)


@pytest.mark.parametrize("path", ALL)
def test_each_page_is_chinese_and_explains_every_option(path):
    """No command, argument or option without a Chinese word about it, no argument without a name."""
    command = ALL[path]
    assert re.search("[一-鿿]", command.help)
    for param in command.params:
        assert re.search("[一-鿿]|、", param.help or ""), param.name
        flag = getattr(param, "is_flag", False)
        assert flag or re.search("[一-鿿]", param.metavar or ""), param.name


@pytest.mark.parametrize("path", LEAVES)
def test_examples_are_lawful_command_lines(path):
    """Each command shows an example, and the program accepts every example as it stands."""
    text = ALL[path].help.replace("\b", "")
    assert "例：" in text
    joined = re.sub(r"\n\s+(?=\S)(?!shouwen)", " ", text.split("例：")[1])
    examples = [line.strip() for line in joined.split("\n") if line.strip()]
    assert examples
    top = typer.main.get_command(cli.app)
    named = set()
    for example in examples:
        assert example.startswith("shouwen ")
        words = shlex.split(re.split(r" (?:>>?|[|]) ", example)[0])[1:]
        with top.make_context("shouwen", words) as context:
            rest = [*context._protected_args, *context.args]
            names = []
            while isinstance(context.command, typer.core.TyperGroup):
                name, command, rest = context.command.resolve_command(context, rest)
                names.append(name)
                context = command.make_context(name, rest, parent=context)
                rest = [*context._protected_args, *context.args]
            named.add(" ".join(names))
    assert path in named


def test_list_of_commands(page):
    """The top page lists each command with the words of COMMANDS, under its heading."""
    shown, panel = [], ""
    for line in page("", 80).split("\n"):
        panel = line[:-1] if line.endswith("：") else panel
        if found := re.fullmatch(r"  ([a-z]+) +(.+)", line):
            shown.append((found[1], found[2], panel))
    assert sorted(shown) == sorted(COMMANDS)
    for heading in {panel for *_, panel in COMMANDS}:
        assert [x for x in shown if x[2] == heading] == [x for x in COMMANDS if x[2] == heading]


def test_short_helps_reach_completion_whole():
    """What TAB shows beside a command is the same short text, never three dots."""
    for path, command in ALL.items():
        if path:
            assert command.get_short_help_str() and "..." not in command.get_short_help_str(), path


# What is no English: names that are typed, formats, ids, programs and file names.
TYPED = {
    "always", "never", "NO", "COLOR", "json", "JSON", "ledger", "localhost", "commit", "inquiries", "archive", "sanctions", "staff", "matters", "auto", "jsonl", "csv", "tsv", "html", "markdown", "table", "plain", "text", "eml", "ics", "xlsx", "parquet", "lake", "git", "shouwen",
    "holiday", "cn", "yaml", "true", "false", "open", "all", "TAB", "bash", "zsh", "fish", "powershell",
    "department", "holder", "evaluated", "SHOUWEN", "LEDGER", "AS", "REV", "HEAD", "check", "fmt", "policies",
}  # fmt: skip


def english(text: str, more: set[str] = frozenset()) -> list[str]:
    """English words in a text that are neither options nor anything else that is typed."""
    more = more | {name.rpartition(" ")[2] for name in ALL}
    text = re.sub(
        r"--?[^\s；，？：、（]+|[\w./-]+\.(?:yaml|json|csv)|\.[a-z]+|[a-z]+/|S?[0-9A-Z-]{5,}|“[^”]*”|shouwen [a-z ]+--help",
        " ",
        text,
    )
    return [word for word in re.findall("[A-Za-z]{2,}", text) if word not in TYPED | more]


@pytest.mark.parametrize("path", ALL)
def test_no_english_on_a_help_page(path, page):
    """typer's own words (Options, required, default, <str>) are nowhere to be seen."""
    from shouwen.commands.lookup.list_ import COLUMNS

    text = page(path, 200)
    example = text.find("例：")
    end = text.find("\n\n", example)
    words = set(re.findall("[A-Za-z]+", " ".join([path, *COLUMNS])))
    assert english(text[:example] + text[end:] if example >= 0 else text, words) == []


@pytest.mark.parametrize("words", [[], ["sanction"], ["policy"], ["calendar"]])
def test_a_group_called_alone_shows_its_help(words, run, page):
    """Nothing to do: the help goes to stderr, and scripts see exit code 2."""
    alone = run(*words, code=2)
    assert alone.out == ""
    assert alone.err == page(" ".join(words), 100)


@pytest.mark.parametrize("words", [["-h"], ["--help"], ["handoff", "-h"], ["sanction", "decide", "-h"]])
def test_help_is_data(words, run):
    """Asked for, the help goes to stdout and all is well; no ledger is needed for it."""
    shown = run(*words)
    assert shown.err == ""
    assert shown.out.startswith("用法：shouwen ")
    assert "-h, --help" in shown.out


def test_version(run):
    """One line that scripts can read."""
    from shouwen import __version__

    assert run("--version").out == f"shouwen {__version__}\n"


@pytest.mark.parametrize(
    "words, said",
    [
        (["handof"], "没有命令“handof”；是不是 handoff？（用法见 shouwen --help）"),
        (["xyzzy"], "没有命令“xyzzy”（用法见 shouwen --help）"),
        (["签收"], "没有命令“签收”；是不是 accept？（用法见 shouwen --help）"),
        (["sanction", "verfy"], "没有命令“verfy”；是不是 verify？（用法见 shouwen sanction --help）"),
        (["calendar", "2026"], "没有命令“2026”（用法见 shouwen calendar --help）"),
        (["policy", "it's"], "没有命令“it's”（用法见 shouwen policy --help）"),
        (["-x"], "没有选项 -x（用法见 shouwen --help）"),
        (["sanction", "-x"], "没有选项 -x（用法见 shouwen sanction --help）"),
        (["show", "K", "--nosuch"], "没有选项 --nosuch；这里的选项：--why-due、--as-of、--format、--json、--help（用法见 shouwen show --help）"),
        (["show", "K", "--formt"], "没有选项 --formt；是不是 --format？（用法见 shouwen show --help）"),
        (["list", "--sta"], "没有选项 --sta；是不是 --staff、--status？（用法见 shouwen list --help）"),
        (["stats", "--as", "wangfang"], "--as 写在命令前面：shouwen --as … stats（用法见 shouwen stats --help）"),
        (["sanction", "list", "-L", "x"], "-L 写在命令前面：shouwen -L … sanction list（用法见 shouwen sanction list --help）"),
        (["show"], "缺少编号（用法见 shouwen show --help）"),
        (["init"], "缺少目录（用法见 shouwen init --help）"),
        (["calendar", "between", "2026-01-01"], "缺少止日（用法见 shouwen calendar between --help）"),
        (["sanction", "decide"], "缺少案号（用法见 shouwen sanction decide --help）"),
        (["show", "a", "b", "c"], "多出来的参数：b c（用法见 shouwen show --help）"),
        (["list", "--mine", "1"], "多出来的参数：1（用法见 shouwen list --help）"),
        (["--ledger"], "选项 --ledger 后面要跟一个值（用法见 shouwen --help）"),
        (["overdue", "--soon"], "选项 --soon 后面要跟一个值（用法见 shouwen overdue --help）"),
        (["list", "-f"], "选项 -f 后面要跟一个值（用法见 shouwen list --help）"),
        (["list", "--mine=1"], "选项 --mine 后面不跟值（用法见 shouwen list --help）"),
        (["--version=3"], "选项 --version 后面不跟值（用法见 shouwen --help）"),
        (["overdue", "--soon", "x"], "--soon 应是整数，不是“x”（用法见 shouwen overdue --help）"),
        (["extend", "K", "--by", "1.5"], "--by 应是整数，不是“1.5”（用法见 shouwen extend --help）"),
        (["evaluate", "a'b"], "年 应是整数，不是“a'b”（用法见 shouwen evaluate --help）"),
        (["calendar", "show", "x"], "年 应是整数，不是“x”（用法见 shouwen calendar show --help）"),
        (["sanction", "list", "--year", "x"], "--year 应是整数，不是“x”（用法见 shouwen sanction list --help）"),
        (["overdue", "--soon", "-1"], "--soon：-1 太小，至少 0（用法见 shouwen overdue --help）"),
        (["evaluate", "20"], "年：20 不在 1900 到 2199 之间（用法见 shouwen evaluate --help）"),
        (["list", "-fxml"], "没有格式“xml”；可用：table、plain、markdown、html、csv、tsv、json、jsonl"),
        (["note", "K", "--format", "csv"], "没有格式“csv”；可用：json"),
        (["show", "K", "--format", "csv"], "没有格式“csv”；可用：text、json、html"),
        (["show", "K", "--\x1b[31mno"], "没有选项 --\\x1b[31mno；这里的选项：--why-due、--as-of、--format、--json、--help（用法见 shouwen show --help）"),
        (["sanction", "appeal", "K", "--reason"], "没有选项 --reason；这里的选项：--text、--at、--format、--json、--help（用法见 shouwen sanction appeal --help）"),
    ],
)  # fmt: skip
def test_errors_of_the_command_line(words, said, run, ledger, monkeypatch):
    """What was typed wrong, in Chinese, with the page that helps; nothing on stdout, exit code 2."""
    monkeypatch.chdir(ledger)
    result = run(*words, code=2)
    assert (result.out, result.err) == ("", f"shouwen: {said}\n")
    assert english(said) == []


def test_an_unknown_sentence_is_shown_with_a_chinese_word():
    """Whatever a later typer may say is not swallowed."""
    from shouwen.terminal.help_pages import chinese

    assert chinese("Something new.") == "命令行写得不对（Something new.）"


def _spoken() -> Iterator[tuple[str, str]]:
    """(place, literal text) of everything that the code raises, reports or says."""
    speaking = {"Usage", "Refused", "NotFound", "Conflict", "Problem", "say", "ask"}
    for path in sorted((ROOT / "shouwen").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            name = getattr(
                getattr(node, "func", None), "id", getattr(getattr(node, "func", None), "attr", "")
            )
            if isinstance(node, ast.Call) and name in speaking:
                literals = [
                    str(part.value)
                    for word in node.args
                    for part in ast.walk(word)
                    if isinstance(part, ast.Constant) and isinstance(part.value, str)
                ]
                # Names of checks, files and what was made elsewhere are no words.
                literals = [text for text in literals if not re.fullmatch(r"[a-z0-9./-]*\W*", text)]
                if literals:
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", "".join(literals)


def test_every_message_in_the_code_is_chinese():
    """No error, problem or remark was left in English anywhere in the package."""
    spoken = list(_spoken())
    assert len(spoken) > 100
    assert [place for place, text in spoken if not re.search("[一-鿿]", text)] == []


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z", "M"]) | st.just(" "), max_size=80),
       st.integers(20, 120))  # fmt: skip
def test_wrapping_loses_nothing(text, width):
    """Whatever the text and the width: each character once, in order."""
    assert solid("".join(wrapped(text, width, "    "))) == solid(text)
