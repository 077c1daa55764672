"""What a calendar shows under a session: its running order, once it is handed out."""

from __future__ import annotations

from desktop import formats
from desktop.domain.agenda import AgendaPaper
from desktop.i18n import gettext as _
from desktop.reports.wording import Wording


def running_order_text(paper: AgendaPaper) -> str:
    """Return the running order of an agenda as plain text, a line an item."""
    words = Wording(paper.head)
    lines = [
        _("Agenda, version {number}").format(number=paper.head.version),
        _("Period: {period}").format(period=words.period),
        "",
    ]
    for item in paper.items:
        at = formats.clock_time(item.starts_at, words.zone) if item.starts_at else ""
        told = _("{number}. {title} ({minutes} min, {leader})").format(
            number=item.number,
            title=words.title(item, paper),
            minutes=formats.count(item.minutes),
            leader=words.leader(item),
        )
        lines.append(f"{at}  {told}".strip())
    return "\n".join(lines)
