"""The chips over the queue: whose, how urgent, which service, which front unit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.queries.queue import QueueFilter, QueueView
from ui.common.buttons import Chip
from ui.common.flow_layout import FlowLayout

if TYPE_CHECKING:
    from desktop.queries.queue import QueueChoices, QueueCounts

VIEWS: tuple[tuple[QueueView, str], ...] = (
    (QueueView.ALL, N_("Everyone")),
    (QueueView.MINE, N_("Mine")),
    (QueueView.NOBODY, N_("Nobody yet")),
    (QueueView.AT_RISK, N_("At risk")),
    (QueueView.OVERDUE, N_("Overdue")),
    (QueueView.DONE, N_("Done")),
)


class Filters(QWidget):
    """One view is chosen at a time; service and front unit narrow it further."""

    changed = Signal()

    def __init__(self, person_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._person_id = person_id
        self._choices: QueueChoices | None = None
        self.view = QueueView.ALL
        self.service_id: int | None = None
        self.front_unit_id: int | None = None
        self.words = ""
        layout = FlowLayout(self)
        self.chips: dict[QueueView, Chip] = {}
        for view, words in VIEWS:
            chip = Chip(_(words))
            chip.clicked.connect(self._chooser(view))
            layout.addWidget(chip)
            self.chips[view] = chip
        self.service = Chip(_("Service"), menu=True)
        self.service.clicked.connect(self._choose_service)
        self.front = Chip(_("Front unit"), menu=True)
        self.front.clicked.connect(self._choose_front)
        layout.addWidget(self.service)
        layout.addWidget(self.front)
        self._show()

    def filter(self) -> QueueFilter:
        """Return what is wanted."""
        return QueueFilter(
            self.view,
            self._person_id,
            self.service_id,
            self.front_unit_id,
            self.words,
        )

    def _chooser(self, view: QueueView) -> Callable[[], None]:
        return lambda: self.choose(view)

    def choose(self, view: QueueView) -> None:
        """Want another view."""
        self.view = view
        self._show()
        self.changed.emit()

    def clear(self) -> None:
        """Want everything again."""
        self.view, self.words = QueueView.ALL, ""
        self.service_id = self.front_unit_id = None
        self._show()
        self.changed.emit()

    def set_counts(self, counts: QueueCounts, choices: QueueChoices) -> None:
        """Show how many there are of each, and remember what can be chosen."""
        self._choices = choices
        shown = {
            QueueView.MINE: counts.mine,
            QueueView.NOBODY: counts.nobody,
            QueueView.AT_RISK: counts.at_risk,
            QueueView.OVERDUE: counts.overdue,
        }
        for view, count in shown.items():
            self.chips[view].set_count(count)
        self._show()

    def _show(self) -> None:
        for view, chip in self.chips.items():
            chip.setChecked(view is self.view)
        choices = self._choices
        services = choices.services if choices else ()
        fronts = choices.front_units if choices else ()
        self._show_menu(self.service, self.service_id, services, _("Service"))
        self._show_menu(self.front, self.front_unit_id, fronts, _("Front unit"))

    @staticmethod
    def _show_menu(
        chip: Chip,
        chosen: int | None,
        options: Sequence[tuple[int, str]],
        words: str,
    ) -> None:
        name = next((name for one, name in options if one == chosen), "")
        chip.set_words(name[:32] or words)
        chip.setChecked(chosen is not None)
        chip.setVisible(chosen is not None or len(options) > 1)

    def _choose_service(self) -> None:
        def take(chosen: int | None) -> None:
            self.service_id = chosen

        services = self._choices.services if self._choices else ()
        self._menu(self.service, services, take, _("Every service"))

    def _choose_front(self) -> None:
        def take(chosen: int | None) -> None:
            self.front_unit_id = chosen

        fronts = self._choices.front_units if self._choices else ()
        self._menu(self.front, fronts, take, _("Every front unit"))

    def _menu(
        self,
        chip: Chip,
        options: Sequence[tuple[int, str]],
        take: Callable[[int | None], None],
        every: str,
    ) -> None:
        def chosen(option: int | None) -> None:
            take(option)
            self._show()
            self.changed.emit()

        menu = QMenu(self)
        menu.addAction(every, lambda: chosen(None))
        menu.addSeparator()
        for option, name in options:
            words = name[:80].replace("&", "&&")
            menu.addAction(words, partial(chosen, option))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(chip.mapToGlobal(QPoint(0, chip.height() + 4)))
        self._show()
