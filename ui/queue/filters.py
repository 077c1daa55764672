"""The chips over the queue: whose, how urgent, which service, which front unit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.domain.search_words import Coded, Field, Named, Term
from desktop.domain.text import shortened
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.queries.queue import VIEW_TERMS, QueueView
from ui.common.buttons import Chip
from ui.common.flow_layout import FlowLayout
from ui.common.menu import Menu

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

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices: QueueChoices | None = None
        self.view = QueueView.ALL
        self.service_id: int | None = None
        self.front_unit_id: int | None = None
        self.more: tuple[Term, ...] = ()
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
        # Both go on in the next line together: one alone there looks forgotten.
        menus = QWidget()
        pair = QHBoxLayout(menus)
        pair.setContentsMargins(0, 0, 0, 0)
        pair.setSpacing(8)
        pair.addWidget(self.service)
        pair.addWidget(self.front)
        layout.addWidget(menus)
        self._show()

    def terms(self) -> tuple[Term, ...]:
        """Return what is chosen, as a view keeps it."""
        found: list[Term] = list(self.more)
        if self.view in VIEW_TERMS:
            found.append(VIEW_TERMS[self.view])
        if self.service_id is not None:
            found.append(Named(Field.SERVICE, (), (self.service_id,)))
        if self.front_unit_id is not None:
            found.append(Named(Field.FROM, (), (self.front_unit_id,)))
        return tuple(found)

    def show_terms(self, terms: Sequence[Term]) -> None:
        """Choose what a view says; what no chip can say is kept beside."""
        views = {term: view for view, term in VIEW_TERMS.items()}
        self.view = QueueView.ALL
        self.service_id = self.front_unit_id = None
        more: list[Term] = []
        for term in terms:
            if isinstance(term, Coded) and term in views:
                self.view = views[term]
            elif (service := _only_id(term, Field.SERVICE)) is not None:
                self.service_id = service
            elif (front := _only_id(term, Field.FROM)) is not None:
                self.front_unit_id = front
            else:
                more.append(term)
        self.more = tuple(more)
        self._show()

    @property
    def is_narrow(self) -> bool:
        """Tell whether a chip leaves out anything of the queue."""
        return bool(self.terms())

    def _chooser(self, view: QueueView) -> Callable[[], None]:
        return lambda: self.choose(view)

    def choose(self, view: QueueView) -> None:
        """Want another view."""
        self.view = view
        self._show()
        self.changed.emit()

    def clear(self) -> None:
        """Want everything again."""
        self.view, self.more = QueueView.ALL, ()
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
        chip.set_words(shortened(name, 32) or words)
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

        menu = Menu(self)
        menu.addAction(every, lambda: chosen(None))
        menu.addSeparator()
        for option, name in options:
            words = shortened(name, 80).replace("&", "&&")
            menu.addAction(words, partial(chosen, option))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(chip.mapToGlobal(QPoint(0, chip.height() + 4)))
        self._show()


def _only_id(term: Term, field: Field) -> int | None:
    """Return the one id a term asks a field for, None where it asks for more."""
    match term:
        case Named(named, _names, (only,), False) if named is field:
            return only
    return None
