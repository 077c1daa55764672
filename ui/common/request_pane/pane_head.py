"""The head of the pane: reference, state, subject, and who holds it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.text import in_line
from desktop.i18n import gettext as _
from ui.common.buttons import IconButton
from ui.common.labels import ElidedLabel, PlainLabel, StateChip
from ui.common.request_pane.holder_label import HolderLabel
from ui.common.request_pane.request_words import PRIORITIES, chip_words, head_words

if TYPE_CHECKING:
    from desktop.queries.request_details import RequestDetails
    from ui.clocks import Clocks
    from ui.context import Context


class PaneHead(QWidget):
    """What the request is, how its promise stands, and who has to move next."""

    def __init__(
        self,
        context: Context,
        open_full: Callable[[], None] | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 12)
        layout.setSpacing(4)
        line = QHBoxLayout()
        line.setSpacing(8)
        self.reference = PlainLabel(ink="text2", selectable=True)
        self.chip = StateChip(parent=self)
        self.priority = StateChip(parent=self)
        line.addWidget(self.reference)
        line.addWidget(self.chip)
        line.addWidget(self.priority)
        line.addStretch(1)
        if open_full is not None:
            self.full = IconButton("maximize", _("Open on a page of its own"))
            self.full.clicked.connect(lambda: open_full())
            line.addWidget(self.full)
        layout.addLayout(line)
        self.subject = PlainLabel(size="title", wraps=True, selectable=True)
        layout.addWidget(self.subject)
        self.about = ElidedLabel(size="small", ink="text2")
        self.holder = HolderLabel()
        layout.addWidget(self.holder)
        layout.addWidget(self.about)

    def show_details(self, details: RequestDetails, clocks: Clocks) -> None:
        """Show another request, or the same one as it is now."""
        now = self._context.ticker.now()
        self.reference.setText(details.reference)
        self.subject.setText(details.subject)
        shown = details.shown_clock
        words = clocks.words(shown.view if shown is not None else None)
        chip, kind, icon = chip_words(details, words, clocks.zone, now)
        self.chip.set_state(chip, kind=kind, icon=icon)
        self._show_priority(details.priority)
        self.holder.set_holder(
            details.ball.value, head_words(details, now, clocks.zone)
        )
        about = [details.service, details.front_unit, details.requester]
        self.about.setText(in_line(*about, wide=True))

    def _show_priority(self, priority: int | None) -> None:
        is_special = priority in (1, 2, 4)
        words = _(PRIORITIES[priority]) if is_special and priority else ""
        self.priority.set_state(words, kind="", icon="flag" if words else "")
