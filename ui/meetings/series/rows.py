"""Rows that are added and taken out: members with their deputies, standing items."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.requests import Side
from desktop.domain.series_drafts import MemberDraft, StandingDraft
from desktop.i18n import gettext as _
from desktop.reports.wording import TITLES
from ui.common.buttons import Button, IconButton
from ui.common.inputs import ChoiceInput, LineInput
from ui.common.labels import PlainLabel
from ui.common.stepped_inputs import number_input
from ui.common.written import take_out
from ui.meetings.series.fields import id_of
from ui.meetings.series.words import OUTCOMES

People = Sequence[tuple[object, str]]
Draft = TypeVar("Draft")


class RowWidget(QWidget, Generic[Draft]):
    """One row: its fields by name, buttons to move and remove it, a problem below."""

    removed = Signal()
    up = Signal()
    changed = Signal()

    def __init__(
        self,
        about: str,
        read: Callable[[], Draft | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._read = read
        self.fields: dict[str, QWidget] = {}
        self.up_button = IconButton("arrow-up", _("{what}: move up").format(what=about))
        self.remove = IconButton("trash", _("{what}: take out").format(what=about))
        self.problem = PlainLabel("", size="small", ink="broken", wraps=True)
        self.problem.hide()
        self.line = QHBoxLayout()
        self.line.setSpacing(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(self.line)
        layout.addWidget(self.problem)
        self.remove.clicked.connect(self.removed)
        self.up_button.clicked.connect(self.up)

    def place(self, stretched: str) -> None:
        """Put the fields side by side, one of them as wide as there is room."""
        for name, widget in self.fields.items():
            self.line.addWidget(widget, 1 if name == stretched else 0)
        self.line.addWidget(self.up_button)
        self.line.addWidget(self.remove)

    def show_problem(self, words: str, name: str = "") -> None:
        """Say what is wrong with a field of the row; empty words take it back."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        for known, widget in self.fields.items():
            is_it = bool(words) and known == name
            widget.setProperty("refused", is_it)
            widget.setAccessibleDescription(words if is_it else "")
            widget.style().unpolish(widget)
            widget.style().polish(widget)
            widget.update()
            if is_it:
                widget.setFocus()

    def draft(self) -> Draft | None:
        """Return what the row says, None for one nobody filled in."""
        return self._read()

    def beside(self) -> Any:
        """Return what the row knows beside its fields."""
        return None

    def put_beside(self, content: Any) -> None:
        """Take that back."""


class MemberRow(RowWidget[MemberDraft]):
    """Somebody, on which side, as what, and who stands in."""

    def __init__(
        self,
        people: People,
        sides: dict[int, Side],
        said: MemberDraft | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_("Member"), self._member, parent)
        self._sides = sides
        self.person = ChoiceInput(people, name=_("Member"), placeholder=_("Choose"))
        self.side = ChoiceInput(
            [(Side.FRONT, _("Front office")), (Side.BACK, _("Back office"))],
            name=_("Side"),
        )
        self.part = LineInput(limit=100, placeholder=_("as what"), name=_("Part"))
        self.deputy = ChoiceInput([(None, _("no deputy")), *people], name=_("Deputy"))
        self.fields = {
            "person_id": self.person,
            "side": self.side,
            "part": self.part,
            "deputy_id": self.deputy,
        }
        self.side.setMinimumWidth(160)
        self.part.setFixedWidth(168)
        for one in (self.person, self.deputy):
            one.setMinimumWidth(184)
        self.place("person_id")
        self.side.set_value(said.side if said else Side.FRONT)
        self.person.set_value(said.person_id if said else None)
        if said is None:
            self.person.setCurrentIndex(-1)
        self.part.setText(said.part if said else "")
        self.part.setCursorPosition(0)
        self.deputy.set_value(said.deputy_id if said else None)
        self.person.chosen.connect(self._follow_person)

    def _follow_person(self, chosen: object) -> None:
        self.side.set_value(self._sides.get(id_of(chosen) or 0, Side.FRONT))
        self.changed.emit()

    def _member(self) -> MemberDraft | None:
        person = id_of(self.person.value())
        if person is None:
            return None
        deputy = id_of(self.deputy.value())
        side = Side(str(self.side.value()))
        return MemberDraft(person, side, self.part.text(), deputy)


@dataclass(frozen=True)
class _Kept:
    notes: str = ""
    key: uuid.UUID = field(default_factory=uuid.uuid4)


class StandingRow(RowWidget[StandingDraft]):
    """An item of every session: its title, how long, what for, who leads, where."""

    def __init__(
        self,
        people: People,
        said: StandingDraft | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_("Standing item"), self._item, parent)
        self._kept = _Kept(said.notes, said.key) if said else _Kept()
        self.title = LineInput(placeholder=_("What it is about"), name=_("Title"))
        self.minutes = number_input(5, 1, 480, width=80, name=_("Minutes"))
        self.outcome = ChoiceInput(
            [(one, _(words)) for one, words in OUTCOMES.items()], name=_("Outcome")
        )
        self.leader = ChoiceInput(
            [(None, _("the chair leads")), *people], name=_("Who leads")
        )
        after: list[tuple[object, str]] = [("", _("at the beginning"))]
        after += [
            (kind, _("after “{item}”").format(item=_(words)))
            for kind, words in TITLES.items()
        ]
        self.after = ChoiceInput(after, name=_("Where it stands"))
        self.fields = {
            "title": self.title,
            "minutes": self.minutes,
            "outcome": self.outcome,
            "leader_id": self.leader,
            "after": self.after,
        }
        for one, width in ((self.outcome, 112), (self.leader, 168), (self.after, 192)):
            one.setMinimumWidth(width)
        self.place("title")
        shown = said or StandingDraft("")
        self.title.setText(shown.title)
        self.title.setCursorPosition(0)
        self.minutes.setValue(shown.minutes)
        self.outcome.set_value(shown.outcome)
        self.leader.set_value(shown.leader_id)
        self.after.set_value(shown.after)
        self.minutes.valueChanged.connect(lambda _n: self.changed.emit())
        self.title.textChanged.connect(lambda _words: self.changed.emit())

    def beside(self) -> list[str]:
        """Return which item it is, and its notes."""
        return [self._kept.notes, str(self._kept.key)]

    def put_beside(self, content: list[str]) -> None:
        """Be that item."""
        notes, key = content
        self._kept = _Kept(notes, uuid.UUID(key))

    def _item(self) -> StandingDraft | None:
        return StandingDraft(
            self.title.text(),
            self.minutes.value(),
            str(self.outcome.value()),
            id_of(self.leader.value()),
            str(self.after.value() or ""),
            self._kept.notes,
            self._kept.key,
        )


class Rows(QWidget, Generic[Draft]):
    """A list of rows with a button that adds one; says so where there is none."""

    changed = Signal()

    def __init__(
        self,
        make: Callable[[Draft | None], RowWidget[Draft]],
        add: str,
        none: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._make = make
        self.rows: list[RowWidget[Draft]] = []
        self.none = PlainLabel(none, ink="text2", wraps=True)
        self.problem = PlainLabel("", size="small", ink="broken", wraps=True)
        self.problem.hide()
        self.add_button = Button(add, icon="plus", kind="quiet")
        self.add_button.clicked.connect(self._add)
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.none)
        layout.addLayout(self._list)
        layout.addWidget(self.problem)
        layout.addWidget(self.add_button)
        layout.addStretch(1)

    def take(self, drafts: Sequence[Draft]) -> None:
        """Show other rows."""
        for row in list(self.rows):
            self._drop(row)
        for one in drafts:
            self._put(one)
        self._show()

    def drafts(self) -> tuple[Draft, ...]:
        """Return what the rows say; rows nobody filled in are left out."""
        told = (row.draft() for row in self.rows)
        return tuple(one for one in told if one is not None)

    def beside(self) -> int:
        """Return how many rows there are."""
        return len(self.rows)

    def put_beside(self, content: int) -> None:
        """Have as many, to be filled."""
        for row in self.rows[max(0, content) :]:
            self._drop(row)
        while len(self.rows) < content:
            self._put(None)
        self._show()

    def show_problem(self, words: str, where: str = "") -> None:
        """Say what is wrong with ``N.field``; empty words take everything back."""
        number, _dot, name = where.partition(".")
        filled = [row for row in self.rows if row.draft() is not None]
        row = filled[int(number)] if number.isdigit() and filled else None
        for one in self.rows:
            one.show_problem(words if one is row else "", name)
        self.problem.setText(words if row is None else "")
        self.problem.setVisible(bool(words) and row is None)

    def _add(self) -> None:
        row = self._put(None)
        self._show()
        next(iter(row.fields.values())).setFocus()

    def _put(self, draft: Draft | None) -> RowWidget[Draft]:
        row = self._make(draft)
        row.removed.connect(lambda: self._remove(row))
        row.up.connect(lambda: self._raise(row))
        row.changed.connect(self.changed)
        self.rows.append(row)
        self._list.addWidget(row)
        row.show()
        return row

    def _remove(self, row: RowWidget[Draft]) -> None:
        self._drop(row)
        self._show()
        self.add_button.setFocus()

    def _drop(self, row: RowWidget[Draft]) -> None:
        self.rows.remove(row)
        self._list.removeWidget(row)
        take_out(row)

    def _raise(self, row: RowWidget[Draft]) -> None:
        at = self.rows.index(row)
        if at:
            self.rows.insert(at - 1, self.rows.pop(at))
            self._list.removeWidget(row)
            self._list.insertWidget(at - 1, row)
            row.up_button.setFocus()
            self._show()

    def _show(self) -> None:
        self.none.setVisible(not self.rows)
        for number, row in enumerate(self.rows):
            row.up_button.setEnabled(bool(number))
        self.changed.emit()
