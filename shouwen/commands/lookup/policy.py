"""policy: the regulations at hand, each rule with its article."""

from typing import Annotated

import typer

from shouwen.core.errors import BadData, NotFound, Problem
from shouwen.render.regulation import article_data, article_text, regulation_text
from shouwen.render.table import FORMATS, json_text
from shouwen.services.regulations import policy_faults, where_of
from shouwen.store.ledger import Ledger
from shouwen.store.settings import load_policy, policy_ids
from shouwen.terminal import completers
from shouwen.terminal.context import Context, article_of
from shouwen.terminal.lists import show_listing
from shouwen.terminal.options import format_option

app = typer.Typer(help="制度：列出、查看条款、检查自定的制度。")
COLUMNS = (("id", "编号"), ("name", "名称"), ("document", "来源"), ("in_use", "本台账在用"))


def _ledger(context: Context) -> Ledger | None:
    """Return the ledger if there is one; regulations can be read without."""
    try:
        return context.ledger
    except NotFound:
        return None


@app.command("list", short_help="列出可用的制度")
def list_(ctx: typer.Context, format: Annotated[str, format_option(*FORMATS)] = "table") -> None:
    """列出可用的制度：内置的和本台账 policies/ 里的。

    \b
    例：shouwen policy list
        shouwen policy list --format json
    """
    context: Context = ctx.obj
    ledger = _ledger(context)
    root = ledger.root if ledger else ""
    used = ledger.config.policies() if ledger else []
    rows = []
    for name in policy_ids(root):
        policy = load_policy(name, root)
        rows.append({"id": name, "name": policy.name, "document": policy.document, "in_use": name in used})
    show_listing(context.ui, "policies", rows, COLUMNS, format)


@app.command("show", short_help="查看一个制度或其中一条")
def show(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="制度", help="制度编号", autocompletion=completers.policies)],
    article: Annotated[
        str, typer.Option(metavar="条款", help="只看这一条", autocompletion=completers.articles)
    ] = "",
    format: Annotated[str, format_option("text", "json")] = "text",
) -> None:
    """查看一个制度：每条规则和出处；文件没有规定的，写明用什么缺省值。

    \b
    例：shouwen policy show bumen
        shouwen policy show bumen --article 九
        shouwen policy show bumen --article 九 --format json
    """
    context: Context = ctx.obj
    ledger = _ledger(context)
    policy = ledger.policy(name) if ledger else load_policy(name)
    if article:
        wanted = article_of(article, policy.articles)
        if format == "json":
            context.ui.out(json_text({"schema": "shouwen.article/1", **article_data(policy, wanted)}))
        else:
            context.ui.show(article_text(policy, wanted), by_eye=True)
    elif format == "json":
        context.ui.out(json_text({"schema": "shouwen.policy/1", "policy": policy}))
    else:
        context.ui.show(regulation_text(policy), by_eye=True)


@app.command("check", short_help="检查自定的制度")
def check(
    ctx: typer.Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[制度]…", help="不写则检查全部", autocompletion=completers.policies),
    ] = None,
) -> None:
    """检查制度文件：词表以外的键、没有的条款、互相矛盾的规则，写明 文件:行:。

    \b
    例：shouwen policy check
        shouwen policy check benju
        shouwen policy check taizhang/policies/benju.yaml
    """
    context: Context = ctx.obj
    ledger = _ledger(context)
    home = ledger.root if ledger else ""
    overrides = ledger.config.overrides if ledger else {}
    used = names or (ledger.config.policies() if ledger else ())
    faults: list[Problem] = []
    for name in names or policy_ids(home):
        try:
            faults += policy_faults(*where_of(name, home), overrides if name in used else {})
        except BadData as error:
            faults += error.problems
    found = list(dict.fromkeys(faults))  # what stands in ledger.yaml is laid over several, and said once
    for problem in found:
        context.ui.text(f"{problem}\n")
    context.ui.say(f"{len(found)} 个问题" if found else "没有问题")
    raise typer.Exit(1 if found else 0)
