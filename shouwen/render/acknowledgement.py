"""What whoever acted is told: where the inquiry stands now, when it is due, what was found."""

from typing import Any

from msgspec import Struct

from shouwen.core.deadlines.clock import RED, Clock, main_clock
from shouwen.core.deadlines.explain import rests_on
from shouwen.core.duties.findings import Finding
from shouwen.core.inquiry.confidential import secret, withheld
from shouwen.core.inquiry.events import Correct
from shouwen.core.inquiry.lifecycle import CLOSED, State
from shouwen.core.office.roster import Office
from shouwen.core.rulebook import Rules
from shouwen.render.story import finding_text, story_data
from shouwen.render.values import holder, shown_minute

ALREADY = (
    "注意：从现在起这件的文字只写进 private/；在此以前已写进共用记录（和 git）的身份和内容还在那里，遮不掉，"
    "记录的目录只给该看的人"
)


class Outcome(Struct, frozen=True):
    """What an act came to: the inquiry as it stands, the files touched, what the act is called.

    ``added`` are the ids of the events that were added, none for an intake. ``paths`` are from the root.
    ``kept_back``: whoever acted is concerned and is told nothing of it.
    """

    rules: Rules
    state: State
    clocks: list[Clock]
    findings: list[Finding]
    path: str
    paths: tuple[str, ...]
    what: str
    added: tuple[str, ...] = ()
    kept_back: bool = False

    @property
    def id(self) -> str:
        """The inquiry's."""
        return self.state.inquiry.id

    def data(self) -> dict[str, Any]:
        """Return the whole record for JSON, as ``show`` has it; for somebody concerned its id alone."""
        if self.kept_back:
            return {"schema": "shouwen.inquiry/1", "id": self.id, "event": "".join(self.added[-1:])}
        return story_data(self.state, self.clocks, self.findings, self.rules, self.path)

    def lines(self) -> list[str]:
        """Return where it stands, the main limit, and what the event (or the intake) was found to break."""
        if self.kept_back:
            return ["已记下；这件事与本人有关，其余依回避规定不显示"]
        return [
            standing(self.state, self.rules.office),
            *_limit(self),
            *(
                f"提示：{finding_text(finding, self.rules)}"
                for finding in self.findings
                if not self.added or finding.event in ("", *self.added)
            ),
            *_already(self),
        ]


def standing(state: State, office: Office) -> str:
    """Return where an inquiry stands, in a line."""
    if state.closed:
        return f"{state.phase}：{state.closed.outcome}"
    text = f"{state.phase}，由{holder(state.holder, office)}负责"
    return text + (f"，等{holder(state.pending.to, office)}签收" if state.pending else "")


def _already(outcome: Outcome) -> list[str]:
    """Say that what stands in the shared record from before stays there, once an inquiry became a protected one."""
    q = outcome.state.inquiry
    right = [e for e in outcome.state.of(Correct) if e.id in outcome.added and e.field == "category"]
    return [ALREADY] if right and secret(q) and not withheld(q) else []


def _limit(outcome: Outcome) -> list[str]:
    main = main_clock(outcome.clocks)
    if outcome.state.phase == CLOSED or not main:
        return []
    due = shown_minute(main.due, outcome.rules.calendar.zone) or "暂停中"
    more = "（暂定，该年日历尚未公布）" if main.provisional else ""
    late = "，已超期" if main.level == RED else ""
    return [f"{main.name}期限：{due}{more}{late}（{rests_on(outcome.rules, main)}，{main.limit}）"]
