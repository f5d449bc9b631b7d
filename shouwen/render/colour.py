"""The two colours there are: red for what ran out, yellow for what is about to."""

import re

RED, YELLOW, PLAIN = "\x1b[31m", "\x1b[33m", "\x1b[0m"


def coloured(text: str) -> str:
    """Return the text with 红牌 (and by how much) in red and 黄牌 in yellow; nothing else is touched.

    The text is safe already: no escape of a record's own can stand in it.
    """
    text = re.sub("红牌(?:：超\\d+个工作日|：已超时)?", rf"{RED}\g<0>{PLAIN}", text)
    return re.sub("黄牌", rf"{YELLOW}\g<0>{PLAIN}", text)
