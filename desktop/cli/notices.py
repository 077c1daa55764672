"""`counterpart sweep`: make the notices that are due, as every open window does."""

from __future__ import annotations

import argparse

from desktop.cli.output import opened, say
from desktop.formats import count
from desktop.i18n import ngettext


def make(options: argparse.Namespace) -> int:
    """Make the notices due by now; safe while windows are open, and from cron."""
    from desktop.use_cases.notices import sweep

    with opened(options) as desk:
        made = desk.run(sweep, desk.now).value
    say(ngettext("{n} notice made", "{n} notices made", made).format(n=count(made)))
    return 0
