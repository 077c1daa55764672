"""The promises of who has the request, as clocks side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.domain.agreements import TargetKind
from desktop.i18n import gettext as _
from ui.common.clock_card import ClockCard
from ui.common.request_pane.request_words import promise_note, promise_title

if TYPE_CHECKING:
    from desktop.queries.request_details import ClockRow, RequestDetails
    from ui.clocks import Clocks


def clocks_to_show(
    details: RequestDetails, reader_unit_id: int | None = None
) -> list[ClockRow]:
    """Return up to two clocks: those of who has it, the one lists show among them.

    What the reader's own unit still owes comes before the response of another.
    """
    shown = details.shown_clock
    if shown is None:
        return []
    own = [
        one
        for one in details.clocks
        if one.view.unit == reader_unit_id
        and one.view.stopped_at is None
        and one.view.kind is TargetKind.ANSWER
        and one is not shown
    ]
    if own:
        return [own[-1], shown]
    first = next(
        (
            one
            for one in details.clocks
            if one.view.kind is TargetKind.RESPONSE
            and one.view.unit == shown.view.unit
            and one is not shown
        ),
        None,
    )
    if first is None:
        first = next(
            (
                one
                for one in details.clocks
                if one.view.kind is TargetKind.RESOLUTION and one is not shown
            ),
            None,
        )
    return [first, shown] if first is not None else [shown]


class PromiseCards(QWidget):
    """One or two clock cards; each leads to the proof of its due time."""

    why_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self.cards: list[ClockCard] = []
        self._rows: list[ClockRow] = []

    def show_details(
        self, details: RequestDetails, clocks: Clocks, reader_unit_id: int | None
    ) -> None:
        """Show the clocks of another request, or the same ones as they are now."""
        self._rows = clocks_to_show(details, reader_unit_id)
        if len(self._rows) != len(self.cards):
            self._make()
        self.setVisible(bool(self._rows))
        self.beat(clocks)

    def _make(self) -> None:
        for card in self.cards:
            self._layout.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = []
        from ui.common.clock_words import no_promise_words

        for number in range(len(self._rows)):
            card = ClockCard("", no_promise_words(), why=_("Why this time?"))
            card.why.connect(lambda at=number: self._ask(at))
            self._layout.addWidget(card, 1)
            self.cards.append(card)

    def _ask(self, number: int) -> None:
        self.why_wanted.emit(self._rows[number].position)

    def beat(self, clocks: Clocks) -> None:
        """Let the clocks tell the time as it is now; nothing is read again."""
        for card, row in zip(self.cards, self._rows, strict=True):
            words = clocks.words(row.view)
            card.set_clock(promise_title(row), words, promise_note(row, words))
