"""`counterpart sweep`: make the notices that are due, let go of files taken away."""

from __future__ import annotations

import argparse

from desktop.cli.output import opened, say
from desktop.formats import count
from desktop.i18n import ngettext


def make(options: argparse.Namespace) -> int:
    """Do what every open window does each minute; also safe beside one, from cron."""
    from desktop.use_cases.attachments import let_go
    from desktop.use_cases.notices import sweep

    with opened(options) as desk:
        made = desk.run(sweep, desk.now).value
        desk.run(let_go)
    say(ngettext("{n} notice made", "{n} notices made", made).format(n=count(made)))
    return 0
