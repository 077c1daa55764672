"""`counterpart sweep`: make the notices due, plan sessions, send mails, free files."""

from __future__ import annotations

import argparse
import os

from desktop.cli.output import complain, opened, say
from desktop.domain.mail import MailServer
from desktop.formats import count
from desktop.i18n import ngettext

PASSWORD = "COUNTERPART_MAIL_PASSWORD"  # noqa: S105 - where it is read from
"""For a machine without a keyring, such as one that sweeps from cron."""


def make(options: argparse.Namespace) -> int:
    """Do what every open window does each minute; also safe beside one, from cron."""
    from desktop.mailing import send_waiting
    from desktop.reports.mail_words import trouble_words
    from desktop.use_cases.attachments import let_go
    from desktop.use_cases.notices import sweep
    from desktop.use_cases.sessions_planning import plan_all

    with opened(options) as desk:
        made = desk.run(sweep, desk.now).value
        desk.run(let_go)
        planned = desk.run(plan_all).value
        mails = send_waiting(desk, _password)
    say(ngettext("{n} notice made", "{n} notices made", made).format(n=count(made)))
    if planned:
        words = ngettext("{n} session planned", "{n} sessions planned", planned)
        say(words.format(n=count(planned)))
    if mails.sent:
        words = ngettext("{n} mail sent", "{n} mails sent", mails.sent)
        say(words.format(n=count(mails.sent)))
    if mails.problem:
        complain(trouble_words(f"{mails.problem} {mails.words}".strip()))
    return 1 if mails.problem else 0


def _password(server: MailServer) -> str | None:
    from desktop.mailing import password_name
    from desktop.passwords import kept_password

    return os.environ.get(PASSWORD) or kept_password(password_name(server))
