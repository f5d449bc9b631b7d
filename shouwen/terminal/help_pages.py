"""What the command line itself says, in Chinese: help pages and errors of usage.

The help pages are set here, not by typer: Chinese has no blanks, so typer's tables cut it off,
and what a page says must not depend on how wide the terminal is. typer's error sentences are
translated by pattern.
"""

import re
import sys
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand, TyperGroup

if TYPE_CHECKING:
    _Base = TyperCommand  # what the pages are mixed into
else:
    _Base = object
_HELP = "显示这页帮助"
_LEFT = 28  # columns for the names of options and commands, before their explanation


def _prose(text: str, columns: int) -> list[str]:
    """Return a docstring's lines, each wrapped under itself; the mark that typer needs is dropped."""
    from shouwen.render.width import wrapped

    lines = []
    for line in text.replace("\b\n", "").split("\n"):
        margin = 4 if line.startswith("例：") else len(line) - len(line.lstrip(" "))
        lines += wrapped(line, columns, " " * (margin and margin + 4))
    return lines


def _rows(pairs: list[tuple[str, str]], columns: int) -> list[str]:
    """Return names on the left, explanations on the right, wrapped under themselves."""
    from shouwen.render.width import width, wrapped

    left = min(max(width(name) for name, _ in pairs) + 4, _LEFT)
    lines = []
    for name, text in pairs:
        first = f"  {name}"
        if width(first) + 2 > left:
            lines += wrapped(first, columns, "    ")
            first = ""
        right = wrapped(text, columns - left) or [""]
        lines.append((first + " " * (left - width(first)) + right[0]).rstrip())
        lines += [" " * left + more for more in right[1:]]
    return lines


def _extent(kind: object) -> str:
    """Return the range of a number, in words, or ''."""
    low, high = getattr(kind, "min", None), getattr(kind, "max", None)
    if low is not None and high is not None:
        return f"{low} 到 {high}"
    return f"至少 {low}" if low is not None else ""


def _row(param: Any) -> tuple[str, str]:
    """Return an argument or option as the help page lists it."""
    option = isinstance(param, typer.core.TyperOption)
    sides = (param.opts, param.secondary_opts)
    name = " / ".join(", ".join(sorted(names, key=len)) for names in sides if names)
    if not option:
        name = param.metavar
    elif not param.is_flag and param.metavar:
        name = f"{name} {param.metavar}"
    notes = [_extent(param.type)]
    if option and param.envvar:
        notes.append(f"环境变量：{param.envvar}")
    if option and not param.is_flag and param.default:
        notes.append(f"默认：{param.default}")
    if param.required:
        notes.append("必填")
    return name, (param.help or "") + "".join(f"（{note}）" for note in notes if note)


class _Chinese(_Base):
    """Shared by commands and groups."""

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)
        if option:
            option.help = _HELP
        return option

    def get_usage(self, ctx: Any) -> str:
        words = [ctx.command_path, "[选项]"]
        for param in self.get_params(ctx):
            if not isinstance(param, typer.core.TyperOption):
                called = param.metavar or ""
                optional = not param.required and not called.startswith("[")
                words.append(f"[{called}]" if optional else called)
        return "用法：" + " ".join(words + ["命令 …"] * isinstance(self, TyperGroup))

    def get_help(self, ctx: Any) -> str:
        """Return the whole page, as wide as the terminal and complete at any width."""
        from shouwen.render.width import wrapped

        columns = max(get_terminal_size().columns, 20)
        blocks = [wrapped(self.get_usage(ctx), columns, "    "), _prose(self.help or "", columns)]
        params = [p for p in self.get_params(ctx) if not getattr(p, "hidden", False)]
        options = [p for p in params if isinstance(p, typer.core.TyperOption)]
        for title, listed in (("参数", [p for p in params if p not in options]), ("选项", options)):
            if listed:
                blocks.append([f"{title}：", *_rows([_row(p) for p in listed], columns)])
        for title, commands in self.commands_by_panel(ctx).items():
            blocks.append([f"{title}：", *_rows(commands, columns)])
        return "\n\n".join("\n".join(block) for block in blocks)

    def commands_by_panel(self, ctx: Any) -> dict[str, list[tuple[str, str]]]:
        """Return (name, what it does) of the commands below, by the heading they stand under."""
        return {}

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        try:
            return list(super().parse_args(ctx, args))
        except typer.TyperException as error:
            if getattr(error, "ctx", None) is None:
                error.ctx = ctx  # type: ignore[attr-defined]  # as every error of usage has it
            raise


class Command(_Chinese, TyperCommand):
    """A command whose help is Chinese; it runs anew when somebody at the terminal goes back a question."""

    def __init__(self, name: str | None, **settings: Any) -> None:
        super().__init__(name, **settings)
        if self.params:
            from shouwen.terminal.short_formats import with_short_formats

            self.params = with_short_formats(self.params)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        rest = super().parse_args(ctx, args)
        if "format" in ctx.params:
            from shouwen.terminal.short_formats import settle

            settle(ctx)
        return rest

    def invoke(self, ctx: Any) -> Any:
        while True:
            try:
                return super().invoke(ctx)
            except Exception as error:
                if not (ctx.obj and ctx.obj.ui.again(error)):
                    raise


class Group(_Chinese, TyperGroup):
    """A group of commands whose help is Chinese; alone it shows its help and exits 2, unless it can be called so."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if not args and not self.invoke_without_command and not ctx.resilient_parsing:
            sys.stderr.write(self.get_help(ctx) + "\n")
            raise typer.Exit(2)
        return super().parse_args(ctx, args)

    def commands_by_panel(self, ctx: Any) -> dict[str, list[tuple[str, str]]]:
        panels: dict[str, list[tuple[str, str]]] = {}
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            panel = getattr(command, "rich_help_panel", None) or "命令"
            panels.setdefault(panel, []).append((name, (command and command.short_help) or ""))
        return panels

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        self.suggest_commands = False  # the suggestion is made in say_usage_error
        return super().resolve_command(ctx, args)


_SENTENCES = (
    (r"No such command (['\"])(?P<a>.*)\1\.", "没有命令“{a}”"),
    (r"No such option: (?P<a>\S+)(?: \(Possible options: .*\))?", "没有选项 {a}"),
    (r"Missing command\.", "缺少命令"),
    (r"Missing argument '\[?(?P<a>.*?)\]?…?'\.", "缺少{a}"),
    (r"Missing option '(?P<a>.*)'\.", "缺少选项 {a}"),
    (r"Got unexpected extra argument(?:s|\(s\))? \((?P<a>.*)\)", "多出来的参数：{a}"),
    (r"Option '(?P<a>.*)' requires an argument\.", "选项 {a} 后面要跟一个值"),
    (r"Option '(?P<a>.*)' does not take a value\.", "选项 {a} 后面不跟值"),
    (
        r"Invalid value for '\[?(?P<a>.*?)\]?': (['\"])(?P<b>.*)\2 is not a valid int(?:eger)?(?: range)?\.",
        "{a} 应是整数，不是“{b}”",
    ),
    (r"Invalid value for '(?P<a>.*)': (?P<b>-?\d+) is not in the range x>=(?P<c>\d+)\.", "{a}：{b} 太小，至少 {c}"),
    (
        r"Invalid value for '(?P<a>.*)': (?P<b>-?\d+) is not in the range (?P<c>\d+)<=x<=(?P<d>\d+)\.",
        "{a}：{b} 不在 {c} 到 {d} 之间",
    ),
)  # fmt: skip


def chinese(message: str) -> str:
    """Return an English sentence of typer's as Chinese; in any other case a general word and the original."""
    for pattern, text in _SENTENCES:
        if found := re.fullmatch(pattern, message, re.S):
            return text.format(**found.groupdict())
    return f"命令行写得不对（{message}）"


def _near(word: str, group: Any, ctx: Any) -> list[str]:
    """Return commands spelt like ``word``, or whose explanation has it."""
    from difflib import get_close_matches

    named = {name: group.get_command(ctx, name).short_help or "" for name in group.list_commands(ctx)}
    return [name for name, text in named.items() if word in text] or get_close_matches(word, named, 3, 0.6)


def _near_options(word: str, ctx: Any) -> tuple[list[str], list[str]]:
    """Return long options of a command spelt like ``word``, and all it has; the dashes are no likeness."""
    from difflib import get_close_matches

    there = [o for p in ctx.command.get_params(ctx) for o in p.opts if o.startswith("--")]
    near = get_close_matches(word.lstrip("-"), [o.lstrip("-") for o in there], 3, 0.66)
    return [f"--{name}" for name in near], there


def say_usage_error(error: typer.TyperException) -> int:
    """Print an error of the command line with what to do next; the exit code."""
    from shouwen.terminal.ui import said

    ctx = getattr(error, "ctx", None)
    text = chinese(error.format_message())
    near: list[str] = []
    if ctx and (found := re.fullmatch(r"没有命令“(.*)”", text, re.S)):
        near = _near(found[1], ctx.command, ctx)
    elif ctx and (found := re.fullmatch(r"没有选项 (-\S+)", text)):
        near, there = _near_options(found[1], ctx)
        if any(found[1] in p.opts for p in ctx.find_root().command.params):
            text = f"{found[1]} 写在命令前面：shouwen {found[1]} … {ctx.command_path.partition(' ')[2]}"
        elif not near and found[1].startswith("--"):
            text += f"；这里的选项：{'、'.join(there)}"
    if near:
        text += f"；是不是 {'、'.join(near)}？"
    command = ctx.command_path if ctx else "shouwen"
    said(f"shouwen: {text}（用法见 {command} --help）")
    return error.exit_code
