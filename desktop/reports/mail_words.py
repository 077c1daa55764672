"""What came of a mail, in words: waiting, sent, not taken, and why."""

from __future__ import annotations

from typing import Final

from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_

STATES: Final = {
    "queued": N_("Waiting"),
    "sending": N_("Being sent"),
    "sent": N_("Sent"),
    "partly": N_("Sent, not to everybody"),
    "failed": N_("Not sent"),
    "withdrawn": N_("Taken back"),
}
TROUBLES: Final = {
    "mail_no_server": N_(
        "No mail server is set up. An administrator sets it up under Settings."
    ),
    "mail_no_password": N_(
        "This computer does not know the mail server’s password. Type it under "
        "Settings."
    ),
    "mail_not_reached": N_(
        "The mail server does not answer. Check the network and the server’s name."
    ),
    "mail_hung": N_("The mail server answered too slowly. It is tried again."),
    "mail_broke_off": N_("The mail server broke off half-way. It is tried again."),
    "mail_wrong_password": N_(
        "The mail server did not take the user and password. Type them again under "
        "Settings."
    ),
    "mail_no_secure_line": N_(
        "No secure line to the mail server. Ask for its right name and port."
    ),
    "mail_sender_refused": N_(
        "The mail server does not take mails from this sender. Change the sender "
        "under Settings."
    ),
    "mail_nobody_taken": N_(
        "The mail server took none of the addresses. Look at them again."
    ),
    "mail_not_by_all": N_("The mail server did not take every address."),
    "mail_refused": N_("The mail server did not take the mail."),
    "mail_not_made": N_(
        "The mail could not be written. The program’s log says why. Save the paper "
        "and send it from your mail program."
    ),
}


def trouble_words(problem: str) -> str:
    """Return why a mail did not leave; the server's own words follow, if any."""
    code, _space, told = problem.partition(" ")
    words = _(TROUBLES.get(code, TROUBLES["mail_refused"]))
    return (
        _("{words} Its answer: {answer}").format(words=words, answer=told)
        if (told)
        else words
    )
