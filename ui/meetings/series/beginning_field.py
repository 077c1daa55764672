"""What a new series begins like: as usual, a template, or another series."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.domain.series_templates import Beginning
from desktop.i18n import gettext as _
from desktop.queries.series_editor import BeginningRow
from ui.common.buttons import IconButton
from ui.common.inputs import ChoiceInput


class BeginningField(QWidget):
    """``chosen(Beginning)`` to begin like it; ``removed(BeginningRow)``: a template."""

    chosen = Signal(object)
    removed = Signal(object)

    def __init__(self, rows: Sequence[BeginningRow]) -> None:
        super().__init__()
        self.choice = ChoiceInput(name=_("Begin like"))
        self.remove_button = IconButton("trash", _("Delete this template"))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addWidget(self.choice, 1)
        line.addWidget(self.remove_button)
        self.setFocusProxy(self.choice)
        self.choice.chosen.connect(lambda _at: self._choose())
        self.remove_button.clicked.connect(self._remove)
        self.offer(rows)

    def offer(self, rows: Sequence[BeginningRow]) -> None:
        """Offer these, and begin as usual; what the editor shows stays as it is."""
        self._rows = tuple(rows)
        words = map(_words, self._rows)
        self.choice.set_options([(None, _("As usual")), *enumerate(words)])
        self.choice.setCurrentIndex(0)
        self.remove_button.hide()

    def _row(self) -> BeginningRow | None:
        at = self.choice.value()
        return self._rows[at] if isinstance(at, int) else None

    def _choose(self) -> None:
        row = self._row()
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
