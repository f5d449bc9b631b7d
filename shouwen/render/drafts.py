"""A lead for accountability as lines of a shell: where it stands, and the command that reports it."""

from datetime import date
from shlex import quote

from shouwen.core.accountability.charge import elements
from shouwen.core.inquiry.events import Target
from shouwen.core.regulation.citation import cite
from shouwen.core.regulation.schema import Policy
from shouwen.render.values import safe


def word(text: str) -> str:
    """Return a text as one word of a shell, of which a terminal obeys nothing."""
    return quote(safe(text))


def draft_text(
    place: str, policy: Policy, article: str, text: str, violation: str, who: Target | None,
    occurred: date, inquiry: str,
) -> str:  # fmt: skip
    """Return a comment with the place and the articles, then the command, or why there is none yet.

    First the article broken; beside it the one that sanctions, where that is another.
    """
    rule = policy.violations.get(violation)
    other = rule.article if rule and rule.article != article else ""
    basis = f"（处理依据{safe(cite(policy, other))}）" if other else "" if rule else "（文件未定措施）"
    basis += f"（须查明：{safe('、'.join(elements(rule)))}）" if rule and elements(rule) else ""
    head = f"# {place}: {safe(cite(policy, article))} {safe(text)}{basis}\n"
    if not who:
        return head + "# 没有写被反映的人（--about），查明后再立案\n"
    whose = f"--staff {word(who.staff)}" if who.staff else f"--department {word(who.department)}"
    return head + (
        f"shouwen sanction report {whose} --article {word(article)}"
        f"{violation and f' --violation {word(violation)}'} --occurred {occurred}"
        f" --inquiry {inquiry} --summary {word(text)}\n"
    )
