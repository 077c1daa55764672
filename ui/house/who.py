"""Who is at the desk: everybody who can sign in, found by name, unit or role."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent

from desktop.domain.text import fold_for_search, searchable
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from ui.common.buttons import Button
from ui.common.cells import BallCell, Cell, Column, PersonCell, TextCell
from ui.common.first_row import first_row_on_focus
from ui.common.inputs import SearchField
from ui.common.labels import PlainLabel
from ui.common.table_model import TableModel
from ui.common.table_view import TableView
from ui.house.start import Part, StartScreen
from ui.house.words import HONESTY, HONESTY_OF_SERVER, role_words

if TYPE_CHECKING:
    from desktop.queries.lookups import PersonRow

_LIST_KEYS = (
    Qt.Key.Key_Down,
    Qt.Key.Key_Up,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_PageUp,
)


def _person(row: PersonRow) -> Cell:
    return PersonCell(row.name, row.name)


def _unit(row: PersonRow) -> Cell:
    return BallCell(str(row.side or "none"), row.unit or _("No unit"))


def _roles(row: PersonRow) -> Cell:
    return TextCell(role_words(row.roles), quiet=True)


COLUMNS: list[Column[PersonRow]] = [
    Column("name", N_("Name"), _person, 220, stretch=True, sort=lambda r: r.name),
    Column("unit", N_("Unit"), _unit, 190, sort=lambda r: r.unit),
    Column("roles", N_("Role"), _roles, 200, sort=lambda r: role_words(r.roles)),
]


class WhoPart(Part):
    """A search field over the list; Return sits down whoever is chosen."""

    def __init__(self, screen: StartScreen) -> None:
        case = screen.case
        name = case.workspace_name or case.workspace
        super().__init__(
            screen,
            _("Who are you?"),
            _("{workspace}. What you do is written down under your name.").format(
                workspace=name
            ),
        )
        self.people: Sequence[PersonRow] = case.people
        self.search = SearchField(_("Name, unit or role"))
        self.column.addWidget(self.search)
        self._rows = TableModel(COLUMNS, key=lambda row: row.id)
        self.list = TableView(self._rows, name=_("People"))
        first_row_on_focus(self.list)
        self._rows.setParent(self.list)
        self.list.setSelectionMode(self.list.SelectionMode.SingleSelection)
        self.list.set_compact(True)
        self.list.setMinimumHeight(200)
        self.column.addWidget(self.list, 1)
        self.nobody = PlainLabel(_("Nobody fits these words."), ink="text2")
        self.nobody.hide()
        self.column.addWidget(self.nobody)
        is_server = "://" in case.workspace
        honest = _(HONESTY_OF_SERVER if is_server else HONESTY)
        self.honesty = PlainLabel(honest, ink="text2", wraps=True)
        self.column.addWidget(self.honesty)
        self.other = Button(_("Another workspace…"), kind="quiet", icon="building")
        self.other.clicked.connect(self._begin_elsewhere)
        self.column.addWidget(self.other)
        self.search.textChanged.connect(self._filter)
        self.list.opened.connect(self._sit)
        self.list.clicked.connect(lambda _index: self._sit(self.list.current_row()))
        self.setFocusProxy(self.search)
        self._filter("")

    def _filter(self, words: str) -> None:
        wanted = fold_for_search(words).split()
        fitting = [
            row for row in self.people if all(word in _searched(row) for word in wanted)
        ]
        self._rows.set_rows(fitting)
        self.nobody.setVisible(not fitting)
        if wanted:
            self.list.choose_first()
        else:
            self.list.clearSelection()
            self.list.setCurrentIndex(QModelIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Lead the arrow keys from the search field into the list; Return sits down."""
        key = Qt.Key(event.key())
        if key in _LIST_KEYS:
            was_chosen = self.list.current_row() is not None
            self.list.setFocus()
            if was_chosen:
                self.list.keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._sit(self.list.current_row())
        elif event.text().isprintable() and event.text() and not event.modifiers():
            self.search.setFocus()
            self.search.insert(event.text())
        else:
            super().keyPressEvent(event)

    def _begin_elsewhere(self) -> None:
        from ui.house.first import FirstPart

        self.stage.go(FirstPart)

    def _sit(self, row: PersonRow | None) -> None:
        if row is not None:
            self.acts.sign_in(row.id)


def _searched(row: PersonRow) -> str:
    return searchable(row.name, row.unit, role_words(row.roles))
