"""A mail as bytes: the same mail makes the same bytes, whatever is written in it."""

from __future__ import annotations

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from desktop.domain.mail import Mail, MailFilePart
from desktop.domain.text import clean, clean_line

LONGEST_SUBJECT = 300


def message_of(mail: Mail, *, is_draft: bool = False) -> EmailMessage:
    """Return a mail as a message; a draft opens in a mail program, still to be sent.

    Words of users are header values and plain text: line ends in them never make
    another header.
    """
    message = EmailMessage(policy=SMTP)
    message["Subject"] = clean_line(mail.subject)[:LONGEST_SUBJECT]
    if mail.sender:
        message["From"] = Address(
            clean_line(mail.sender_name)[:100], addr_spec=mail.sender
        )
    message["To"] = [Address(addr_spec=one) for one in mail.recipients]
    message["Date"] = format_datetime(mail.at)
    if is_draft:
        message["X-Unsent"] = "1"
    else:
        host = mail.sender.rpartition("@")[2] or "localhost"
        message["Message-ID"] = f"<{mail.key}@{host}>"
        # No out-of-office note answers a mail of the house.
        message["Auto-Submitted"] = "auto-generated"
    message.set_content(clean(mail.body).rstrip("\n") + "\n", cte="quoted-printable")
    for part in mail.files:
        _attach(message, part)
    if mail.files:
        message.set_boundary(f"=_{mail.key}")
    return message


def _attach(message: EmailMessage, part: MailFilePart) -> None:
    kind, *parameters = (one.strip() for one in part.media_type.split(";"))
    main, _, sub = kind.partition("/")
    message.add_attachment(
        part.content,
        maintype=main or "application",
        subtype=sub or "octet-stream",
        filename=clean_line(part.name)[:150],
        cte="base64",
    )
    attached = list(message.iter_attachments())[-1]
    assert isinstance(attached, EmailMessage)
    for one in parameters:
        name, _, value = one.partition("=")
        attached.set_param(name, value)
    if main == "text":
        attached.set_param("charset", "utf-8")
