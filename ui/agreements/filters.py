"""Narrows the list of agreements: a unit, words, only those with open drafts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.text import fold_for_search, shortened
from desktop.i18n import gettext as _
from ui.agreements.columns import Line
from ui.common.buttons import Chip, without_mnemonic
from ui.common.flow_layout import FlowLayout
from ui.common.inputs import SearchField
from ui.common.menu import Menu

TYPING_MS = 200


class Filters(QWidget):
    """A search field and two chips."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.unit_id: int | None = None
        self._units: list[tuple[int, str]] = []
        self.search = SearchField(_("Words in agreements"))
        self.search.setFixedWidth(216)
        self.unit = Chip(_("Unit"), menu=True)
        self.unit.clicked.connect(self._choose_unit)
        self.drafts = Chip(_("With open drafts"))
        self.drafts.clicked.connect(self.changed)
        layout = FlowLayout(self)
        for widget in (self.search, self.unit, self.drafts):
            layout.addWidget(widget)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self.changed)
        self.search.textChanged.connect(lambda _words: self._typing.start())

    def is_narrow(self) -> bool:
        """Tell whether something is left out."""
        words = self.search.text().strip()
        return bool(words) or self.unit_id is not None or self.drafts.isChecked()

    def clear(self) -> None:
        """Leave nothing out."""
        self.search.clear()
        self._typing.stop()
        self.drafts.setChecked(False)
        self.choose_unit(None)

    def offer(self, lines: Sequence[Line]) -> None:
        """Offer the units the agreements name, and count the drafts."""
        units: dict[int, str] = {}
        for line in lines:
            front, back = line.unit_ids
            units[back] = line.row.back_unit
            if front is not None:
                units[front] = line.row.front_unit
        named = units.items()
        self._units = sorted(named, key=lambda one: (one[1].casefold(), one[0]))
        self.drafts.set_count(sum(1 for line in lines if line.row.open_versions))
        self.unit.setVisible(self.unit_id is not None or len(units) > 1)

    def passing(self, lines: Sequence[Line]) -> list[Line]:
        """Return the agreements that are not left out."""
        words = fold_for_search(self.search.text()).split()
        return [line for line in lines if self._passes(line, words)]

    def _passes(self, line: Line, words: list[str]) -> bool:
        if self.drafts.isChecked() and not line.row.open_versions:
            return False
        if self.unit_id is not None and self.unit_id not in line.unit_ids:
            return False
        text = fold_for_search(line.words())
        return all(word in text for word in words)

    def choose_unit(self, unit_id: int | None) -> None:
        """Show only the agreements that name a unit, None for all."""
        self.unit_id = unit_id
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        named = dict(self._units).get(self.unit_id or 0, "")
        self.unit.set_words(shortened(named, 32) or _("Unit"))
        self.unit.setChecked(self.unit_id is not None)

    def _choose_unit(self) -> None:
        self._show()
        menu = Menu(self)
        menu.addAction(_("Every unit"), lambda: self.choose_unit(None))
        menu.addSeparator()
        for unit_id, name in self._units:
            words = without_mnemonic(shortened(name, 80))
            menu.addAction(words, partial(self.choose_unit, unit_id))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.unit.mapToGlobal(QPoint(0, self.unit.height() + 4)))
