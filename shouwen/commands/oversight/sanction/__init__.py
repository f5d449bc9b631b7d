"""sanction 问责: report, verify, decide, serve, publish, file, appeal, uphold, modify, revoke, list, show."""

import typer

from shouwen.commands.oversight.sanction.appealing import appeal, modify, revoke, uphold
from shouwen.commands.oversight.sanction.deciding import complete, decide, file, lift, publish, serve
from shouwen.commands.oversight.sanction.looking import list_, show
from shouwen.commands.oversight.sanction.opening import report, verify

app = typer.Typer(help="问责：受理举报、核实、决定、送达、归档、申诉、撤销。只提建议，不作决定。")
app.command("report", short_help="立案：谁、违反哪一条、何时何事")(report)
app.command("verify", short_help="核实：查实或不成立")(verify)
app.command("decide", short_help="决定：机关、措施、文号")(decide)
app.command("serve", short_help="送达本人")(serve)
app.command("complete", short_help="改正、整改已完成")(complete)
app.command("lift", short_help="解除有期限的措施")(lift)
app.command("publish", short_help="公布：会议和日期")(publish)
app.command("file", short_help="存入人事档案")(file)
app.command("appeal", short_help="本人申诉")(appeal)
app.command("uphold", short_help="维持原决定")(uphold)
app.command("modify", short_help="变更措施")(modify)
app.command("revoke", short_help="撤销决定")(revoke)
app.command("list", short_help="列出案件")(list_)
app.command("show", short_help="查看一个案件")(show)
