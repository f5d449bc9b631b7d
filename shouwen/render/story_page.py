"""One inquiry as a page: its story, and each limit as a line of days."""

from datetime import datetime

from shouwen.core.deadlines.clock import Clock
from shouwen.core.deadlines.explain import picture, rests_on, why_due
from shouwen.core.deadlines.opening_hours import WEEKDAYS
from shouwen.core.duties.findings import Finding
from shouwen.core.inquiry.lifecycle import State
from shouwen.core.rulebook import Rules
from shouwen.render.html import esc, webpage
from shouwen.render.story import story

_DAYS = """\
.days { display: flex; flex-wrap: wrap; gap: 2px; list-style: none; margin: .4rem 0; padding: 0; }
.days li { width: 3.4rem; padding: .15rem 0; text-align: center; border: 1px solid var(--line); font-size: .75rem;
  line-height: 1.3; } .days b { display: block; font-weight: 600; }
.off { color: var(--soft); background: var(--band); } .made b { color: var(--accent); }
.days .still { border: 2px dashed var(--soft); padding: calc(.15rem - 1px) 0; }
.due { outline: 2px solid var(--accent); } .over { outline: 2px solid var(--bad); }
pre { white-space: pre-wrap; font: inherit; }
"""
_CLASSES = {"休": "off", "调休": "made", "停": "still", "到期": "due", "超期": "over"}
_WORDS = "起 起算之日（不计），计 计入的工作日，休 不上班，调休 周末补班计入，停 暂停，到期 期限之日，超期 期满以后的工作日"


def story_page(
    state: State, clocks: list[Clock], findings: list[Finding], rules: Rules, path: str, now: datetime
) -> str:
    """Return the inquiry as one HTML page that needs nothing else; names and phones are masked."""
    text = story(state, clocks, findings, rules, path, reveal=False)
    parts = [
        f"<h1>{esc(state.inquiry.id)}</h1>",
        f"<pre>{esc(text, lines=True)}</pre>",
        "<h2>期限怎样算出</h2>",
    ]
    for clock in clocks:
        parts.append(f"<h3>{esc(clock.name)}　{esc(clock.limit)}（{esc(rests_on(rules, clock))}）</h3>")
        if days := picture(rules.calendar, clock, now):
            cells = "".join(
                f'<li class="{_CLASSES.get(what, "on")}">{day:%m-%d}<br>{WEEKDAYS[day.weekday()]}<b>{what}</b></li>'
                for day, what in days
            )
            parts.append(f'<ol class="days">{cells}</ol>')
        steps = "".join(f"<li>{esc(step)}</li>" for step in why_due(rules, clock))
        parts.append(f"<ul>{steps}</ul>")
    parts.append(f"<p><small>{_WORDS}</small></p>")
    return webpage(state.inquiry.id, _DAYS, parts)
