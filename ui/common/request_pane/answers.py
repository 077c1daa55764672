"""What was asked: the form's answers, the customer, and the clerk's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop.domain.text import in_line
from desktop.i18n import gettext as _
from desktop.reports.answer_words import answer_words
from ui.common.labels import PlainLabel
from ui.common.request_pane.request_words import channel_words

if TYPE_CHECKING:
    from desktop.queries.request_details import RequestDetails


class Answers(QWidget):
    """Questions at the left, answers at the right; only what was answered."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self._layout.addWidget(PlainLabel(_("What was asked"), bold=True))
        self._grid_holder: QWidget | None = None
        self._shown: list[tuple[str, str]] = []

    def pairs(self) -> list[tuple[str, str]]:
        """Return what is shown, question and answer."""
        return list(self._shown)

    def show_details(self, details: RequestDetails) -> None:
        """Show what this request asks."""
        pairs = _pairs(details)
        self.setVisible(bool(pairs))
        if pairs == self._shown:
            return
        self._shown = pairs
        if self._grid_holder is not None:
            self._layout.removeWidget(self._grid_holder)
            self._grid_holder.hide()
            self._grid_holder.deleteLater()
        self._grid_holder = QWidget()
        grid = QGridLayout(self._grid_holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, 120)
        grid.setColumnStretch(1, 1)
        for line, (label, words) in enumerate(pairs):
            top = Qt.AlignmentFlag.AlignTop
            question = PlainLabel(label, ink="text2", wraps=True)
            question.setMaximumWidth(160)
            grid.addWidget(question, line, 0, top)
            answer = PlainLabel(words, wraps=True, selectable=True)
            grid.addWidget(answer, line, 1, top)
        self._layout.addWidget(self._grid_holder)


def _pairs(details: RequestDetails) -> list[tuple[str, str]]:
    """Return every question that was answered, with its answer in words."""
    pairs = [
        (one.label, answer_words(one.answer, one.kind, one.currency))
        for one in details.form
    ]
    customer = in_line(details.customer, details.contact, wide=True)
    pairs += [
        (label, words)
        for label, words in (
            (_("Customer"), customer),
            (_("Site"), details.site),
            (_("Channel"), channel_words(details.channel)),
            (_("In their words"), details.body[:6000]),
        )
        if words
    ]
    return pairs
