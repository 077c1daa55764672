"""Asking people to agree, in order or all at once, and letting somebody else decide."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, tzinfo
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.requests import EntryKind
from desktop.i18n import gettext as _
from ui.common.buttons import IconButton
from ui.common.form import DateInput
from ui.common.inputs import CheckInput, ChoiceInput
from ui.common.labels import PlainLabel
from ui.common.request_pane.step_dialogs import StepDialog
from ui.common.tab_order import tab_as_seen

if TYPE_CHECKING:
    from desktop.queries.lookups import PersonRow

END_OF_DAY = time(17, 0)


class _OneMore(ChoiceInput):
    """A choice that is taken at once: keys look through its list first."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the list by a letter or an arrow; Return takes what is marked there."""
        is_arrow = event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up)
        letter = event.text().strip()
        if is_arrow or (letter and letter.isprintable()):
            self.showPopup()
            QCoreApplication.sendEvent(self.view(), event)
        else:
            super().keyPressEvent(event)


class Approvers(QWidget):
    """The people to ask, in their order; a choice below adds one."""

    changed = Signal()

    def __init__(self, people: Sequence[PersonRow]) -> None:
        super().__init__()
        self._names = {
            one.id: f"{one.name}, {one.unit}" if one.unit else one.name
            for one in people
        }
        self._chosen: list[int] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        layout.addLayout(self._rows)
        self.choice = _OneMore(name=_("Who is asked"))
        self.choice.chosen.connect(self.add)
        layout.addWidget(self.choice)
        self.setFocusProxy(self.choice)
        self._show()

    def chosen(self) -> list[int]:
        """Return the people chosen, in order."""
        return list(self._chosen)

    def beside(self) -> list[int]:
        """Return the people chosen, as a draft keeps them."""
        return self.chosen()

    def put_beside(self, content: list[int]) -> None:
        """Choose those of them who are still here."""
        self._chosen = [one for one in content if one in self._names]
        self._show()

    def add(self, person_id: object) -> None:
        """Ask one more."""
        if isinstance(person_id, int) and person_id not in self._chosen:
            self._chosen.append(person_id)
        self._show()

    def remove(self, person_id: int) -> None:
        """Ask one fewer."""
        self._chosen.remove(person_id)
        self._show()
        self.choice.setFocus()

    def move_up(self, person_id: int) -> None:
        """Ask somebody one place earlier."""
        at = self._chosen.index(person_id)
        if at:
            self._chosen.insert(at - 1, self._chosen.pop(at))
            self._show()

    def _show(self) -> None:
        while self._rows.count():
            item = self._rows.takeAt(0)
            row = item.widget() if item is not None else None
            if row is not None:
                row.hide()
                row.deleteLater()
        for number, person_id in enumerate(self._chosen, 1):
            self._rows.addWidget(self._row(number, person_id))
        left = [
            (one, name) for one, name in self._names.items() if one not in self._chosen
        ]
        self.choice.set_options(left)
        self.choice.set_value(None)
        self.choice.setPlaceholderText(
            _("Ask somebody else too") if self._chosen else _("Choose")
        )
        self.changed.emit()

    def _row(self, number: int, person_id: int) -> QWidget:
        name = self._names[person_id]
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addWidget(PlainLabel(f"{number}.", ink="text2"))
        label = PlainLabel(name, wraps=True)
        line.addWidget(label, 1)
        if number > 1:
            earlier = IconButton("arrow-up", _("Ask {name} earlier").format(name=name))
            earlier.clicked.connect(lambda: self.move_up(person_id))
            line.addWidget(earlier)
        gone = IconButton("x", _("Do not ask {name}").format(name=name))
        gone.clicked.connect(lambda: self.remove(person_id))
        line.addWidget(gone)
        return row


class ApprovalDialog(StepDialog):
    """Who has to agree, to what, in which order and by when."""

    def __init__(
        self,
        references: Sequence[str],
        people: Sequence[PersonRow],
        now: datetime,
        zone: tzinfo,
        parent: QWidget | None = None,
    ) -> None:
        self._people, self._now, self._zone = people, now, zone
        self._tabbed: list[QWidget] = []
        super().__init__(EntryKind.APPROVAL_ASKED, references, parent)
        self.approvers.changed.connect(self.grow)
        self.start_at(self.approvers.choice)

    def _fill(self) -> None:
        self.approvers = Approvers(self._people)
        self._add(_("Who is asked"), self.approvers, needed=True)
        self.in_order = CheckInput(_("One after another, in this order"))
        self.body.addWidget(self.in_order)
        self.due = DateInput(name=_("Wanted by"))
        self.due.submitted.connect(self.submit)
        self._add(_("Wanted by"), self.due)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Let Tab pass the people chosen where they stand."""
        self._tabbed = tab_as_seen(self, self._tabbed)
        return super().focusNextPrevChild(forward)

    def _due_at(self) -> datetime | None:
        typed = self.due.value()
        if typed is None:
            return None
        return datetime.combine(date.fromisoformat(typed), END_OF_DAY, self._zone)

    def missing(self) -> str:
        """Ask for people, a question, and a day that is one and not over."""
        if not self.approvers.chosen():
            return _("Choose who is asked.")
        return self._due_problem() or super().missing()

    def wanting(self) -> QWidget | None:
        """Return where what `missing` names is put right."""
        if not self.approvers.chosen():
            return self.approvers
        return self.due if self._due_problem() else super().wanting()

    def _due_problem(self) -> str:
        try:
            due_at = self._due_at()
        except ValueError:
            typed = str(self.due.value())[:40]
            return _("“{typed}” is not a date. Choose one.").format(typed=typed)
        if due_at is not None and due_at <= self._now:
            return _("The day it is wanted by is over. Choose a later one.")
        return ""

    def arguments(self) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """Return the steps and the question, and until when."""
        chosen = self.approvers.chosen()
        steps = [[one] for one in chosen] if self.in_order.isChecked() else [chosen]
        return (steps, self.typed()), {"due_at": self._due_at()}


class PassOnDialog(StepDialog):
    """Who decides in my place."""

    def __init__(
        self,
        reference: str,
        people: Sequence[PersonRow],
        parent: QWidget | None = None,
    ) -> None:
        self._people = people
        super().__init__(EntryKind.APPROVAL_PASSED_ON, [reference], parent)
        self.start_at(self.person)

    def _fill(self) -> None:
        options = [
            (one.id, f"{one.name}, {one.unit}" if one.unit else one.name)
            for one in self._people
        ]
        self.person = ChoiceInput(options, name=_("Person"), placeholder=_("Choose"))
        self._add(_("Person"), self.person, needed=True)

    def missing(self) -> str:
        """Ask for a person."""
        return _("Choose somebody.") if self.person.value() is None else ""

    def arguments(self) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """Return the person and a note."""
        return (self.person.value(), self.typed()), {}
