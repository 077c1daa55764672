"""What a new series begins like: as usual, a template, or another series."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.domain.series_templates import Beginning
from desktop.i18n import gettext as _
from desktop.queries.series_editor import BeginningRow
from ui.common.buttons import Button, IconButton
from ui.common.inputs import ChoiceInput
from ui.common.labels import plain_tip


class BeginningField(QWidget):
    """``chosen(Beginning)`` to begin like it.

    ``removed(BeginningRow)``: a template is to go; ``wanted_back(BeginningRow)``: the
    one that went last, which is offered here until something is chosen: nothing of the
    window behind an open editor can be reached.
    """

    chosen = Signal(object)
    removed = Signal(object)
    wanted_back = Signal(object)

    def __init__(self, rows: Sequence[BeginningRow]) -> None:
        super().__init__()
        self.choice = ChoiceInput(name=_("Begin like"))
        self.remove_button = IconButton("trash", _("Delete this template"))
        self.back_button = Button(_("Put it back"), kind="quiet", icon="arrow-back-up")
        self._gone: BeginningRow | None = None
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addWidget(self.choice, 1)
        line.addWidget(self.remove_button)
        line.addWidget(self.back_button)
        self.setFocusProxy(self.choice)
        self.choice.chosen.connect(lambda _at: self._choose())
        self.remove_button.clicked.connect(self._remove)
        self.back_button.clicked.connect(lambda: self.wanted_back.emit(self._gone))
        self.offer(rows)

    def offer(self, rows: Sequence[BeginningRow]) -> None:
        """Offer these, and begin as usual; what the editor shows stays as it is."""
        self._rows = tuple(rows)
        words = map(_words, self._rows)
        self.choice.set_options([(None, _("As usual")), *enumerate(words)])
        self.choice.setCurrentIndex(0)
        self.remove_button.hide()
        self.back_button.setVisible(self._gone is not None)

    def tell_gone(self, row: BeginningRow | None) -> None:
        """Offer a deleted template back, or say none is gone any more."""
        self._gone = row
        words = _("Put the template “{name}” back").format(name=row.name) if row else ""
        self.back_button.setAccessibleName(words)
        plain_tip(self.back_button, words)
        self.back_button.setVisible(row is not None)
        if row is not None:
            self.back_button.setFocus()

    def _row(self) -> BeginningRow | None:
        at = self.choice.value()
        return self._rows[at] if isinstance(at, int) else None

    def _choose(self) -> None:
        row = self._row()
        self.tell_gone(None)
        self.remove_button.setVisible(row is not None and row.template_id is not None)
        self.chosen.emit(Beginning() if row is None else row.begun)

    def _remove(self) -> None:
        row = self._row()
        if row is not None:
            self.removed.emit(row)


def _words(row: BeginningRow) -> str:
    if row.template_id is None:
        return _("the series {name}").format(name=row.name)
    return row.name
