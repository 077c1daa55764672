"""A menu of what a list can be narrowed by; choices are written as field words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from desktop.domain.requests import Ball, PendingReason, RequestState
from desktop.domain.search_words import Field, quoted
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from ui.common.buttons import Chip, without_mnemonic
from ui.common.lists.search_words_field import SearchWordsField
from ui.common.lists.words import FIELDS
from ui.common.menu import Menu
from ui.common.request_pane.request_words import (
    HOLDERS,
    PRIORITIES,
    REASONS,
    STATES,
)

MOST_NAMES = 40

_DUE = (
    ("overdue", N_("Overdue")),
    ("today", N_("Today")),
    ("tomorrow", N_("Tomorrow")),
    ("week", N_("This week")),
    ("later", N_("Later")),
    ("none", N_("Without a due time")),
)
_AGES = (
    ("<1d", N_("Less than a day")),
    (">3d", N_("More than three days")),
    (">1w", N_("More than a week")),
    (">4w", N_("More than four weeks")),
)
_RAISED = (
    ("today", N_("Today")),
    ("yesterday", N_("Yesterday")),
    ("week", N_("This week")),
    ("month", N_("This month")),
)
_IS = (
    ("risk", N_("At risk")),
    ("broken", N_("Promise broken")),
    ("kept", N_("Promise kept")),
    ("reopened", N_("Reopened")),
    ("returned", N_("Sent back for missing facts")),
    ("urgent", N_("Urgent or high")),
)
_HAS = (
    ("attachment", N_("Attachments")),
    ("link", N_("Links")),
    ("approval", N_("Approvals")),
    ("rating", N_("A rating")),
)
_WHO = (("me", N_("Me")), ("nobody", N_("Nobody")))
CHOICES: Mapping[Field, Sequence[tuple[str, str]]] = {
    Field.DUE: _DUE,
    Field.IS: _IS,
    Field.STATE: [(one.value, STATES[one]) for one in RequestState],
    Field.PENDING: [(one.value, REASONS[one]) for one in PendingReason],
    Field.BALL: [(one.value, HOLDERS[one]) for one in Ball],
    Field.PRIORITY: [(str(one), PRIORITIES[one]) for one in sorted(PRIORITIES)],
    Field.ASSIGNEE: _WHO,
    Field.REQUESTER: _WHO,
    Field.AGE: _AGES,
    Field.RAISED: _RAISED,
    Field.HAS: _HAS,
}
NAMED = (Field.UNIT, Field.FROM, Field.SERVICE, Field.ASSIGNEE, Field.REQUESTER)


class FilterMenu(Chip):
    """Its choices are put into a search field, or taken out where they stand there."""

    def __init__(
        self,
        field: SearchWordsField,
        without: Sequence[Field] = (),
        parent: QWidget | None = None,
    ) -> None:
        """Write into a field; what a page narrows otherwise is left ``without``."""
        super().__init__(_("Filter"), menu=True, parent=parent)
        self.setCheckable(False)
        self._field = field
        self._without = frozenset(without)
        self.clicked.connect(self._pop_up)

    def _pop_up(self) -> None:
        self._field.want_names()
        menu = self.make_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 4)))

    def make_menu(self) -> QMenu:
        """Make the menu: one part a field."""
        menu = Menu(self)
        fields = [one for one in FIELDS if one in CHOICES or one in NAMED]
        for field in fields:
            if field in self._without:
                continue
            part = menu.addMenu(without_mnemonic(_(FIELDS[field][0])))
            for value, words in CHOICES.get(field, ()):
                self._add(part, field, value, _(words))
            names = self._field.names_of(field)[:MOST_NAMES] if field in NAMED else ()
            if names and field in CHOICES:
                part.addSeparator()
            for name in names:
                self._add(part, field, name, name[:80])
        return menu

    def _add(self, menu: QMenu, field: Field, value: str, words: str) -> None:
        word = f"{field.value}:{quoted(value)}"
        action = menu.addAction(without_mnemonic(words))
        action.setCheckable(True)
        action.setChecked(f" {word} " in f" {self._field.text()} ")
        action.triggered.connect(lambda chosen: self._choose(word, chosen))

    def _choose(self, word: str, chosen: bool) -> None:
        """Write a field word at the end of what is searched for, or take it out."""
        whole = f" {self._field.text()} "
        if chosen:
            text = f"{whole.strip()} {word} ".lstrip()
        else:
            text = whole.replace(f" {word} ", " ", 1).strip()
        self._field.setText(text)
