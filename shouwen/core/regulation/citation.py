"""How an article of a regulation is quoted."""

import re

from shouwen.core.regulation.schema import Policy

# An article's number with what stands before and after it: 告知|一|, |五|(一).
_NUMBER = r"([^(（]*?)([一二三四五六七八九十百]+|\d+)(.*)"


def cite(policy: Policy, article: str) -> str:
    """Return how an article is quoted: 第九条, 第五条(一), 告知第一条.

    What has no number (默认, 简介) is no 第…条 and stands as it is.
    """
    if article not in policy.articles:
        return article
    if policy.cite == "第{}条":
        parts = re.fullmatch(_NUMBER, article)
        return f"{parts[1]}第{parts[2]}条{parts[3]}" if parts else article
    numbered = article[0] in "一二三四五六七八九十0123456789(（"
    return policy.cite.format(article) if numbered or not policy.cite.startswith("第") else article


def filing_cited(policy: Policy) -> str:
    """Return the article by which a decision is filed to the personnel file; '' where none says so."""
    return cite(policy, policy.filing.article) if policy.filing else ""
