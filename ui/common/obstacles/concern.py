"""One line at home: what of obstacles was answered to me, waits, or my unit owes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.i18n import ngettext
from ui.common.labels import IconLabel, LinkLabel
from ui.common.refresher import Refresher

if TYPE_CHECKING:
    from desktop.queries.obstacle_lists import ObstacleCounts
    from ui.context import Context

TABLES: Final = ("obstacle", "obstacle_voice")
FRESH: Final = timedelta(days=14)
"""How long an answer is told at home."""


class ObstacleConcern(QWidget):
    """Links to the page of obstacles; hidden while nothing of them concerns me."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.counts: ObstacleCounts | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self.mark = IconLabel("barrier-block")
        layout.addWidget(self.mark)
        self.owed, self.mine = LinkLabel(""), LinkLabel("")
        for link, whose in ((self.owed, "owed"), (self.mine, "mine")):
            layout.addWidget(link)
            link.clicked.connect(
                lambda _on=False, whose=whose: context.navigate(
                    "obstacles", whose=whose, view="all" if whose == "mine" else "open"
                )
            )
        layout.addStretch(1)
        self.hide()
        # Hidden it would never be read: whoever holds it is asked instead.
        holder = parent if parent is not None else self
        Refresher(holder, context.operations, TABLES, self.reread)

    def look(self) -> None:
        """Count for the first time, once the page has read what it is there for."""
        if self.counts is None:
            self.reread()

    def reread(self) -> None:
        """Count anew."""
        from desktop.queries.obstacle_lists import obstacle_counts

        me, now = self._context.me, self._context.ticker.now()
        self._context.operations.read(
            obstacle_counts,
            person_id=me.person_id,
            unit_id=me.unit_id,
            now=now,
            answered_since=now - FRESH,
        ).start(self, self._show)

    def _show(self, counts: ObstacleCounts) -> None:
        self.counts = counts
        self.owed.setText(_owed_words(counts))
        self.owed.setVisible(counts.owed > 0)
        self.mine.setText(_mine_words(counts))
        self.mine.setVisible(counts.open + counts.answered > 0)
        self.mark.set_icon("barrier-block", "broken" if counts.overdue else "text2")
        self.setVisible(bool(counts.owed or counts.open or counts.answered))


def _owed_words(counts: ObstacleCounts) -> str:
    words = ngettext(
        "{count} obstacle waits for your unit’s answer",
        "{count} obstacles wait for your unit’s answer",
        counts.owed,
    ).format(count=counts.owed)
    if not counts.overdue:
        return words
    late = ngettext("{count} is overdue", "{count} are overdue", counts.overdue)
    return f"{words}, {late.format(count=counts.overdue)}"


def _mine_words(counts: ObstacleCounts) -> str:
    waiting = ngettext(
        "{count} obstacle of yours is open",
        "{count} obstacles of yours are open",
        counts.open,
    ).format(count=counts.open)
    answered = ngettext(
        "{count} was answered", "{count} were answered", counts.answered
    ).format(count=counts.answered)
    if not counts.answered:
        return waiting
    if not counts.open:
        return ngettext(
            "{count} obstacle of yours was answered",
            "{count} obstacles of yours were answered",
            counts.answered,
        ).format(count=counts.answered)
    return f"{waiting}, {answered}"
