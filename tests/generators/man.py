"""Write completions/shouwen.1, the manual page, from the program's own help.

python -m tests.generators.man
"""

import re

import typer

from shouwen import __version__, cli
from tests.support.places import ROOT

PAGE = ROOT / "completions" / "shouwen.1"
README = PAGE.parent.parent / "shouwen" / "docs" / "scripts.md"


def _text(text: str) -> str:
    """Text that roff takes literally; it may break the line after a Chinese mark, where no blank is."""
    text = re.sub("([，。；：、）])(?!$)", r"\1\\:", text.strip().replace("\\", "\\e").replace("-", "\\-"))
    return re.sub(r"(?m)^([.'])", r"\\&\1", text)


def _help(command) -> list[str]:
    """A command's explanation: its paragraphs, and its examples as they are typed."""
    lines = []
    for part in (command.help or "").split("\f")[0].split("\n\n"):
        if part.startswith("\b"):
            shown = part.removeprefix("\b").strip("\n").removeprefix("例：").split("\n")
            lines += [
                ".PP",
                "例：",
                ".PP",
                ".RS 4",
                ".nf",
                *(_text(line.strip()) for line in shown),
                ".fi",
                ".RE",
            ]
        elif part.strip():
            lines += [".PP", _text("".join(line.strip() for line in part.split("\n")))]
    return lines


def _options(command) -> list[str]:
    lines = []
    for each in command.params:
        if each.param_type_name == "argument":
            head = f"\\fI{_text(each.metavar or each.name)}\\fR"
        else:
            names = ", ".join(f"\\fB{_text(name)}\\fR" for name in (*each.opts, *each.secondary_opts))
            head = names + ("" if each.is_flag else f" \\fI{_text(each.metavar or '')}\\fR")
        lines += [".TP", head, _text(each.help or "")]
    return lines


def _commands(command, path: str, context) -> list[str]:
    lines = []
    if isinstance(command, typer.core.TyperGroup):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if not path:
                below = cli.load(name)
            lines += _commands(
                below, f"{path} {name}".strip(), typer.Context(below, parent=context, info_name=name)
            )
        return lines
    return [f".SS {_text(path)}", *_help(command), *_options(command)]


def page() -> str:
    """The whole page."""
    top = typer.main.get_command(cli.app)
    context = typer.Context(top, info_name="shouwen")
    readme = README.read_text("utf-8")
    codes = re.findall(r"(?m)^\| (\d+) \| (.*?) \|$", readme)
    settings = re.findall(r"(?m)^\| `([A-Z_]+)` \| (.*?) \|$", readme)
    plain = [(name, text.replace("`", "")) for name, text in (*settings, *codes)]
    tagged = {name: [".TP", f"\\fB{name}\\fR", _text(text)] for name, text in plain}
    lines = [
        '.\\" 由 tests/generators/man.py 按命令的帮助写成，不要手改',
        f'.TH SHOUWEN 1 "" "shouwen {__version__}" "首问负责制台账"',
        ".ad l", ".SH 名称", "shouwen \\- 首问负责制台账",
        ".SH 概要", ".B shouwen", "[全局选项] 命令 [选项]",
        ".SH 描述", *_help(top)[1:],
        ".SH 全局选项", *_options(top),
        ".SH 命令", *_commands(top, "", context),
        ".SH 退出码", *(line for code, _ in codes for line in tagged[code]),
        ".SH 环境变量", *(line for name, _ in settings for line in tagged[name]),
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
