"""The program: the list of all commands, the global options, the one place errors come out.

A command's module is imported only when that command runs, so that a start costs little.
"""

import io
import os
import sys
from typing import Annotated, Any

import typer

from shouwen.terminal.help_pages import Command, Group, say_usage_error

# name, what it does in a few words, the panel of the help page it stands in
COMMANDS = (
    ("init", "新建台账", "台账"),
    ("intake", "受理：登记一件事", "办事"),
    ("handoff", "转办：交给另一部门或人", "办事"),
    ("accept", "签收转来的事", "办事"),
    ("return", "退回转来的事", "办事"),
    ("progress", "反馈：已告知进展", "办事"),
    ("note", "记事：内部备注", "办事"),
    ("notify", "一次性告知所缺材料", "办事"),
    ("supplement", "补正：材料补来了", "办事"),
    ("suspend", "中止时限", "办事"),
    ("resume", "恢复时限", "办事"),
    ("escalate", "请示领导", "办事"),
    ("instruct", "领导批示、指定承办", "办事"),
    ("extend", "延期", "办事"),
    ("appoint", "预约：另约时间", "办事"),
    ("urge", "催办", "监督"),
    ("supervise", "督办通知", "监督"),
    ("close", "办结", "办事"),
    ("callback", "回访", "办事"),
    ("reopen", "重办", "办事"),
    ("correct", "更正登记", "办事"),
    ("withdraw", "撤回记错的一笔", "办事"),
    ("join", "并案：几个人的同一件事", "办事"),
    ("receive", "收件：收下服务对象的材料", "办事"),
    ("giveback", "退件：退还收下的材料", "办事"),
    ("object", "异议：服务对象不接受", "办事"),
    ("show", "查看一件", "查询"),
    ("list", "列出受理记录", "查询"),
    ("search", "查找文字", "查询"),
    ("log", "经过：谁做了什么，新的在前", "查询"),
    ("stats", "我的数字：本周受理、办结、超期", "查询"),
    ("route", "查分工", "查询"),
    ("form", "表单：回执单、交接表、台账等", "查询"),
    ("overdue", "超期报告", "监督"),
    ("sanction", "问责", "监督"),
    ("evaluate", "年度考核依据", "监督"),
    ("bulletin", "通报：一个时期的统计", "监督"),
    ("policy", "制度与条款", "查询"),
    ("calendar", "工作日历", "查询"),
    ("staff", "名册：来人、调动、离岗", "台账"),
    ("department", "部门：新设、改名、并入", "台账"),
    ("check", "检查台账", "台账"),
    ("fmt", "整理手工改过的记录", "台账"),
    ("archive", "归档办结已久的记录", "台账"),
    ("purge", "清除过期的保密内容", "台账"),
    ("export", "导出：csv、xlsx、jsonl", "台账"),
    ("import", "导入已有的表格台账", "台账"),
    ("git", "设好 git 的合并规则", "台账"),
    ("sync", "同步：提交、拉取、检查、推送", "台账"),
    ("heal", "修复合并冲突", "台账"),
    ("completion", "命令补全脚本", "台账"),
)
# Commands that use what earlier runs noted (docs/decisions/0025); None is today's page. To the others each
# look at the settings for it would be lost.
REMEMBERING = {None, "intake", "list", "overdue", "evaluate", "bulletin", "stats"}
INTERRUPTED = "\n已中断；刚才的操作也许已经写入，重做以前先查看\n"
# The panel of the help page is the folder of the command.
ROOMS = {"办事": "acts", "查询": "lookup", "监督": "oversight", "台账": "ledger"}
# Modules that may not bear their command's name, because Python has taken it.
_MODULES = {"return": "return_", "list": "list_", "git": "git_", "import": "import_", "object": "object_"}


class Commands(Group):
    """The top level: knows every command by name and loads the one that is called."""

    def list_commands(self, ctx: Any) -> list[str]:
        return [name for name, *_ in COMMANDS]

    def get_command(self, ctx: Any, cmd_name: str) -> Command | None:
        """Return a stand-in with name and short help, enough for listing and completion."""
        for name, short, panel in COMMANDS:
            if name == cmd_name:
                return Command(name, short_help=short, help=short, rich_help_panel=panel, callback=None)
        return None

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[Any, Any, list[str]]:
        name, stand_in, rest = super().resolve_command(ctx, args)
        return name, stand_in and load(name), rest


def load(name: str) -> Any:
    """Return the command itself, from its module."""
    short, panel = next((short, panel) for known, short, panel in COMMANDS if known == name)
    from importlib import import_module

    module = import_module(f"shouwen.commands.{ROOMS[panel]}.{_MODULES.get(name, name)}")
    if hasattr(module, "app"):
        group = module.app
        group.info.cls = Group
        for command in group.registered_commands:
            command.cls = Command
        made = typer.main.get_group(group)
        made.name = name
        return made
    one = typer.Typer(add_completion=False)
    one.command(name, cls=Command, short_help=short)(getattr(module, _MODULES.get(name, name)))
    return typer.main.get_command(one)


app = typer.Typer(
    cls=Commands, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)  # fmt: skip


def _version(asked: bool) -> None:
    if asked:
        from shouwen import __version__

        typer.echo(f"shouwen {__version__}")
        raise typer.Exit


COLOURS = ("auto", "always", "never")


def _when(incomplete: str) -> list[str]:
    return [word for word in COLOURS if word.startswith(incomplete)]


def _staff(ctx: typer.Context, incomplete: str) -> list[Any]:
    from shouwen.terminal import completers

    return completers.staff(ctx, incomplete)


@app.callback(invoke_without_command=True)
def main_options(
    ctx: typer.Context,
    ledger: Annotated[list[str] | None, typer.Option("--ledger", "-L", metavar="目录", help="台账目录；不写则用环境变量 SHOUWEN_LEDGER，再从当前目录向上找 ledger.yaml；overdue、list、search、check、evaluate、bulletin、export 可写几次，并在一起")] = None,
    acting: Annotated[str, typer.Option("--as", metavar="人员", envvar="SHOUWEN_AS", help="谁在办：编号或姓名；不写则按 git 的用户", autocompletion=_staff)] = "",
    color: Annotated[str, typer.Option("--color", metavar="何时", help="红牌、黄牌上色：auto 只在终端上并遵从 NO_COLOR，always 总是，never 从不", autocompletion=_when)] = "auto",
    no_pager: Annotated[bool, typer.Option("--no-pager", help="输出再长也不用分页程序")] = False,
    no_memo: Annotated[bool, typer.Option("--no-memo", help="不用上次记下的结果，全部重新推算（输出一样，只是慢些）")] = False,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="显示版本")] = False,
) -> None:  # fmt: skip
    """首问负责制台账：受理、转办、办结、超期报告、年度考核。

    一件事一个文件，只增不改，期限与责任都从经过推算。
    在台账里不写命令，就列出今天与我有关的事。

    \b
    例：shouwen init taizhang --policy bumen
        shouwen -L taizhang --as zhangsan intake
        shouwen -L taizhang overdue
    """
    from shouwen.core.vocabulary import choose
    from shouwen.terminal.context import Context
    from shouwen.terminal.ui import Ui

    ui = Ui(paged=not no_pager, colour=choose(color, COLOURS, "颜色（--color）"))
    remembers = not no_memo and ctx.invoked_subcommand in REMEMBERING
    ctx.obj = Context(tuple(ledger or ()), acting, ui, remembers)
    if ctx.invoked_subcommand is None:
        _alone(ctx)


def _alone(ctx: typer.Context) -> None:
    """Show, without a command, today's work in the ledger; the help page where there is none."""
    from shouwen.core.errors import NotFound

    try:
        ctx.obj.ledger  # noqa: B018 - whether there is one
    except NotFound:
        if ctx.obj.named:
            raise
        typer.echo(ctx.get_help(), err=True)
        raise typer.Exit(2) from None
    from shouwen.commands.lookup.today import today

    today(ctx.obj)


def run(args: list[str] | None = None) -> int:
    """Run a command line and return its exit code; every expected error is one message."""
    if asked := os.environ.get("_SHOUWEN_COMPLETE"):
        from shouwen.terminal.tab import answer

        return answer(typer.main.get_command(app), asked)
    from shouwen.core.errors import ShouwenError

    try:
        code = app(args=args, prog_name="shouwen", standalone_mode=False)
        if code == 130:  # typer has caught Ctrl-C and says nothing
            sys.stderr.write(INTERRUPTED)
        return code if isinstance(code, int) else 0
    except typer.Exit as stop:
        return stop.exit_code
    except SystemExit as stop:  # typer's answer, code 1, to a pipe that is gone
        if isinstance(stop.__context__, BrokenPipeError):
            return 141
        raise
    except typer.Abort:
        sys.stderr.write("已取消\n")
        return 130
    except KeyboardInterrupt:
        sys.stderr.write(INTERRUPTED)
        return 130
    except typer.TyperException as error:
        return say_usage_error(error)
    except ShouwenError as error:
        _say(f"shouwen: {error}")
        return error.exit_code
    except BrokenPipeError:
        return 141
    except OSError as error:
        from shouwen.store.refusals import failed

        _say(f"shouwen: {failed(error, error.filename)}" if error.filename else _unwritten(error))
        return 6


def _bug(error: Exception) -> int:
    """Say what went wrong in the program itself; the exit code.

    Ctrl-C while a class is being made comes out as Python's RuntimeError about it: no bug.
    """
    inner: BaseException | None = error
    while inner is not None:
        if isinstance(inner, KeyboardInterrupt):
            sys.stderr.write(INTERRUPTED)
            return 130
        inner = inner.__cause__ or inner.__context__
    import traceback

    traceback.print_exc()
    _say("shouwen: 程序出错（不是您的操作问题），台账未受影响；请把以上内容报给维护者")
    return 70


def _unwritten(error: OSError) -> str:
    """Say that stdout could not be written: whether anything was done stands in the ledger alone."""
    from shouwen.store.refusals import reason

    return f"shouwen: 输出没有写完（{reason(error)}）；要登记的也许已经写入，重做以前先查看"


def _say(text: str) -> None:
    from shouwen.terminal.ui import said

    said(text)


class _Talk(io.FileIO):
    """stderr, where a word that cannot be written changes nothing: the exit code stays what it is."""

    def write(self, data: Any) -> int:
        try:
            return super().write(data)
        except OSError:
            return len(data)


def _code() -> int:
    """Run the command line and return its exit code, with signals no longer heeded.

    One that comes after the last word of an act changes nothing of what was said: the act is done.
    """
    code, interrupted = None, False
    while True:
        try:
            if code is None and interrupted:  # before the first step, or while the last words were said
                code = 130
                sys.stderr.write(INTERRUPTED)
            elif code is None:
                code = run()
            _heed(done=True)
            return code
        except KeyboardInterrupt:
            interrupted = True
        except Exception as error:  # noqa: BLE001 - the one place where a bug ends
            code = _bug(error)


def _heed(done: bool = False) -> None:
    """Take a request to end (SIGTERM) and a terminal that is gone (SIGHUP) as Ctrl-C is taken.

    What whoever started the program has it ignore (nohup, a shell's background) it goes on to ignore.
    Once everything is ``done`` a signal just ends it: there is nothing left to say.
    """
    import signal

    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL if done else signal.default_int_handler)


def main() -> None:
    """Run the installed command."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w")  # noqa: SIM115 for the rest of the run
    else:
        talk = io.BufferedWriter(_Talk(2, "w", closefd=False))
        sys.stderr = io.TextIOWrapper(talk, sys.stderr.encoding, "backslashreplace", line_buffering=True)
    if sys.stdout is None:  # rather nothing done than done and not told
        sys.stderr.write("shouwen: 标准输出已关闭，没有做任何事\n")
        sys.exit(6)
    _heed()
    code = _code()
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        code = 141
    except OSError as error:
        if code != 6:  # else it has been said while writing
            _say(_unwritten(error))
        code = 6
    # Nothing more may be written to a pipe that is gone.
    if code in (6, 141):
        try:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        except OSError:
            os._exit(code)
    sys.exit(code)
