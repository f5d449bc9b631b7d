"""init: a new ledger with commented starter files; ends by running check."""

import json
import os
from typing import Annotated

import typer

from shouwen.core.errors import Usage
from shouwen.core.vocabulary import clean
from shouwen.services.check import problems_of
from shouwen.store.ledger_template import found
from shouwen.store.settings import BASE, OWN, load_policy, own_files, policy_file, policy_ids
from shouwen.terminal import completers
from shouwen.terminal.context import Context


def init(
    ctx: typer.Context,
    directory: Annotated[str, typer.Argument(metavar="目录", help="台账放在哪里")],
    policy: Annotated[
        str | None, typer.Option(metavar="制度", help="执行的制度编号", autocompletion=completers.policies)
    ] = None,
    name: Annotated[str | None, typer.Option(metavar="名称", help="单位名称")] = None,
    git: Annotated[bool, typer.Option("--git", help="同时建立 git 仓库并提交")] = False,
) -> None:
    """新建台账：写好带说明的设置、人员、分工样例，然后检查一遍。

    \b
    例：shouwen init taizhang --policy bumen --name 某某局
        shouwen init taizhang --policy 别处/policies/benju.yaml
    """
    context: Context = ctx.obj
    chosen = context.ui.ask(policy, "--policy", "执行的制度", policy_ids())
    if chosen == BASE:
        near = "、".join(policy_ids())
        raise Usage(f"“{BASE}”是各制度共用的底本，自己不是一部制度；--policy 可写：{near}")
    brought: dict[str, bytes] = {}
    if chosen.endswith(".yaml"):
        chosen, home, folder = policy_file(chosen)
        regulation = load_policy(chosen, home, folder=folder)
        if (os.path.abspath(home), folder) != (os.path.abspath(directory), OWN):
            brought = own_files(chosen, home, folder)
    else:
        own = os.path.isfile(os.path.join(directory, "policies", f"{chosen}.yaml"))
        regulation = load_policy(chosen, directory if own else "")
    title = clean(
        context.ui.ask(name, "--name", "单位名称", default=os.path.basename(os.path.abspath(directory)))
    )
    context.sure(f"新建台账 {directory}")
    paths = found(directory, json.dumps(title, ensure_ascii=False), regulation, brought)
    new = Context((directory,))
    problems, *_ = problems_of(new)
    for problem in problems:
        context.ui.say(str(problem))
    context.ui.out(directory + "\n")
    for path in paths:
        context.ui.say(f"已写 {path}")
    if git:
        from shouwen.store.git_setup import start

        start(os.path.abspath(directory), paths)
        context.ui.say("已建 git 仓库")
    context.ui.say("下一步：改好 staff.yaml 里的部门和人员，然后 shouwen check")
    raise typer.Exit(1 if problems else 0)
