"""What typer itself says, in Chinese: help pages and errors of the command line.

typer keeps these texts in constants and in English sentences; the constants are replaced when
a help page is shown, the sentences are translated by pattern when one is raised.
"""

import re
import sys

import typer
from typer.core import TyperCommand, TyperGroup

_HELP = "显示这页帮助"


def _chinese_rich() -> None:
    """Put Chinese titles into the help pages and let Chinese, which has no blanks, wrap."""
    from typer import rich_utils as r

    r.ARGUMENTS_PANEL_TITLE, r.OPTIONS_PANEL_TITLE = "参数", "选项"
    r.COMMANDS_PANEL_TITLE, r.ERRORS_PANEL_TITLE = "命令", "错误"
    r.DEFAULT_STRING, r.ENVVAR_STRING = "（默认：{}）", "（环境变量：{}）"
    r.REQUIRED_LONG_STRING = "（必填）"
    original = r._make_rich_text
    if getattr(original, "folds", False):
        return

    def folding(*args, **kwargs):
        text = original(*args, **kwargs)
        text.overflow = "fold"
        return text

    folding.folds = True
    r._make_rich_text = folding


class _Chinese:
    """Shared by commands and groups."""

    def get_help_option(self, ctx):
        option = super().get_help_option(ctx)
        if option:
            option.help = _HELP
        return option

    def format_help(self, ctx, formatter):
        _chinese_rich()
        return super().format_help(ctx, formatter)

    def get_usage(self, ctx):
        return super().get_usage(ctx).replace("Usage:", "用法：", 1)

    def collect_usage_pieces(self, ctx):
        words = {"[OPTIONS]": "[选项]", "COMMAND [ARGS]...": "命令 [参数]…"}
        return [words.get(piece, piece) for piece in super().collect_usage_pieces(ctx)]


class Command(_Chinese, TyperCommand):
    """A command whose help is Chinese."""


class Group(_Chinese, TyperGroup):
    """A group of commands whose help is Chinese."""

    def resolve_command(self, ctx, args):
        self.suggest_commands = False  # the suggestion is made in say_usage_error
        return super().resolve_command(ctx, args)


_SENTENCES = (
    (r"No such command '(.*)'\.", "没有命令“{}”"),
    (r"No such option: (\S+)(?: \(Possible options: (.*)\))?", "没有选项 {}"),
    (r"Missing command\.", "缺少命令"),
    (r"Missing argument '(.*)'\.", "缺少{}"),
    (r"Missing option '(.*)'\.", "缺少选项 {}"),
    (r"Got unexpected extra arguments? \((.*)\)", "多出来的参数：{}"),
    (r"Option '(.*)' requires an argument\.", "选项 {} 后面要跟一个值"),
    (r"Option '(.*)' requires (\d+) arguments\.", "选项 {} 后面要跟 {} 个值"),
    (r"Option '(.*)' does not take a value\.", "选项 {} 后面不跟值"),
    (r"Invalid value for '(.*)': '(.*)' is not a valid (?:int|integer)\.", "{} 应是整数，不是“{}”"),
    (
        r"Invalid value for '(.*)': '(.*)' is not a valid (?:bool|boolean).*",
        "{} 应是 true 或 false，不是“{}”",
    ),
    (r"Invalid value for '(.*)': (-?\d+) is not in the range x>=(\d+)\.", "{}：{} 太小，至少 {}"),
    (r"Invalid value for '(.*)': (-?\d+) is not in the range (\d+)<=x<=(\d+)\.", "{}：{} 不在 {} 到 {} 之间"),
)


def chinese(message: str) -> str:
    """An English sentence of typer's as Chinese; in any other case a general word and the original."""
    for pattern, text in _SENTENCES:
        if found := re.fullmatch(pattern, message, re.S):
            return text.format(*found.groups())
    return f"命令行写得不对（{message}）"


def say_usage_error(error: typer.TyperException) -> int:
    """Print an error of the command line with what to do next; the exit code."""
    from shouwen.text.words import safe

    ctx = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError":
        sys.stderr.write(error.format_message())
        return 2
    text = chinese(error.format_message())
    near: list[str] = list(getattr(error, "possibilities", None) or ())
    if found := re.fullmatch(r"没有命令“(.*)”", text):
        from difflib import get_close_matches

        near = get_close_matches(found[1], ctx.command.list_commands(ctx), 3, 0.4)
    if near:
        text += f"；是不是 {'、'.join(sorted(near))}？"
    command = ctx.command_path if ctx else "shouwen"
    sys.stderr.write(safe(f"shouwen: {text}（用法见 {command} --help）") + "\n")
    return error.exit_code
