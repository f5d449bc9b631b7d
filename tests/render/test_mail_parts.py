"""The two parts of the message of eight o'clock: read in any program, at any width."""

import email
import email.policy
import re
from email.message import EmailMessage

import pytest

from shouwen.render.mail import address
from shouwen.render.width import width

LATE = "2026-12-20T09:00"
LONG = "关于城乡居民基本养老保险关系转移接续、待遇领取资格认证与异地就医备案办理材料的咨询" * 2


def parsed(raw: str) -> EmailMessage:
    """The message as a mail program reads it."""
    return email.message_from_string(raw, policy=email.policy.default)


def test_the_text_part_is_read_in_any_mail_program(sw, inquiry):
    """Counts first, then the items; no line over 78 columns; the id whole, at the beginning of a line of its own."""
    names = [
        inquiry(subject=LONG, name="欧阳某某", received="2026-11-09 09:00"),
        inquiry(subject="A" * 200, scope="本人"),
    ]
    mail = parsed(
        sw("wangfang", "overdue", "-f", "eml", "--to", "a@example.org", "--by", "department", now=LATE).out
    )
    lines = mail.get_body(("plain",)).get_content().splitlines()
    assert lines[:2] == ["某局超期报告", "截至 2026-12-20 09:00：超期 2 件 2 项（期限由默认 2）"]
    assert max(map(width, lines)) <= 78
    assert [line.split()[0] for line in lines if re.match(r"\d{8}-", line)] == names
    assert lines[lines.index("【审批科】2 项") + 2] == f"{names[0]}  红牌  办结超期 26个工作日"
    assert "".join(line.strip() for line in lines).count(LONG) == 1


def test_the_html_part_needs_no_style_sheet(sw, inquiry):
    """Colours, widths and the whole id stand on the elements themselves: many mail programs drop the rest."""
    inquiry()
    message = parsed(sw("wangfang", "overdue", "-f", "eml", "--to", "a@example.org", now=LATE).out)
    html = re.sub(r"<style>.*?</style>", "", message.get_body(("html",)).get_content(), flags=re.S)
    (name,) = set(re.findall(r"\d{8}-[0-9A-Z]{6}", html))
    assert f'<span style="white-space:nowrap;font-weight:bold">{name}</span>' in html
    assert re.search(
        r'<span style="white-space:nowrap;background:#b3261e;color:#ffffff;padding:1px 8px">红牌</span>', html
    )
    assert (
        "border-left:6px solid #b3261e" in html
        and "max-width:720px" in html
        and 'class="card" width="100%"' in html
    )


@pytest.mark.parametrize("text", ["=?utf-8?b?eA==?=@example.org", "张某 <=?utf-8?q?x?=@example.org>"])
def test_an_encoded_word_is_no_address(text: str) -> None:
    """A mail program would show, and might use, another address than stands there."""
    with pytest.raises(ValueError, match="不是邮件地址"):
        address(text)
