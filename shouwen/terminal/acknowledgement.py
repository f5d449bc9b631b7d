"""Tell whoever acted what came of it, then commit what was written where the ledger says so."""

from shouwen.core.accountability.charge import charge_text
from shouwen.core.accountability.follow_up import undated
from shouwen.core.accountability.proposals import unfiled
from shouwen.core.regulation.citation import cite
from shouwen.render.acknowledgement import Outcome
from shouwen.render.case import CaseOutcome, case_data
from shouwen.render.table import json_text
from shouwen.terminal.context import Context


def acknowledge(context: Context, outcome: Outcome, format: str | None) -> None:
    """Print the id (or the whole record as JSON) to stdout; say where it stands now on stderr.

    With ``format`` "" nothing goes to stdout: the caller has something else to print there.
    """
    if format == "json":
        context.ui.out(json_text(outcome.data()))
    elif format is None:
        context.ui.out(outcome.id + "\n")
    for line in outcome.lines():
        context.ui.say(line)
    context.committed(outcome.paths, outcome.what)


def acknowledge_case(context: Context, outcome: CaseOutcome, format: str | None) -> None:
    """Print the case number (or the whole case as JSON); say its status and what follows."""
    state, policy = outcome.state, outcome.policy
    if format != "json":  # before anything else is read that might fail: it is written by now
        context.ui.out(state.case.id + "\n")
    proposal = outcome.proposal()
    if format == "json":
        context.ui.out(json_text(case_data(state, outcome.path, proposal)))
    context.ui.say(f"{state.status}  {charge_text(policy, state)}")
    if not state.decision:
        note = f"；{proposal.note}" if proposal.note else ""
        context.ui.say(f"{cite(policy, proposal.article)}规定：{proposal}{note}（只是建议，由决定机关决定）")
    words, article = undated(policy, state)
    if words:
        context.ui.say(
            f"{words}（{cite(policy, article)}）没有写明到哪一天：shouwen sanction serve {state.case.id} --complete-by 日期"
        )
    if state.decision and policy.filing and unfiled(policy, state):
        context.ui.say(
            f"尚未存入人事档案（{cite(policy, policy.filing.article)}）：shouwen sanction file {state.case.id}"
        )
    context.committed([outcome.path], outcome.what)
