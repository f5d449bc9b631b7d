"""A report as a message (RFC 5322) with a text and an HTML part, for ``sendmail -t -i``.

No text of a record ever stands in a header: the subject is counts and dates alone. The
Message-ID and the boundary between the parts follow from the content, so that the same report
is the same message, byte for byte, and one sent twice is recognised.
"""

from datetime import datetime
from hashlib import sha256


def message(
    subject: str, sender: str, to: list[str], text: str, html: str, now: datetime, domain: str
) -> str:
    """The whole message, ASCII throughout; ValueError if an address or the subject is unfit."""
    from email import policy
    from email.message import EmailMessage
    from email.utils import format_datetime

    for value in (subject, sender, *to):
        if any(ord(c) < 32 or c == "\x7f" for c in value) or "=?" in value:
            raise ValueError(f"“{value}”不能写进邮件头")
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"], mail["To"], mail["Subject"] = sender, ", ".join(to), subject
    mail["Date"] = format_datetime(now)
    digest = sha256("\0".join((subject, *to, text)).encode()).hexdigest()[:32]
    mail["Message-ID"] = f"<shouwen-{digest}@{domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(text, cte="base64")
    mail.add_alternative(html, subtype="html", cte="base64")
    mail.set_boundary(digest)
    return mail.as_string().replace("\r\n", "\n")
