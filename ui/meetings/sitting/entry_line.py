"""One line to type a decision, an action or a note; an action is shown back at once."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCompleter,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.action_words import Owner, offered_owners, read_action
from desktop.domain.errors import Invalid, Refusal
from desktop.domain.text import in_line
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.messages import refusal_words
from ui.common.buttons import Button
from ui.common.completer import Completer
from ui.common.form import PROBLEM_WORDS, DateInput
from ui.common.inputs import ChoiceInput, LineInput
from ui.common.kept_words import KeptWords
from ui.common.labels import ElidedLabel, PlainLabel

LIMIT = 2_000
DAYS = (
    *(N_("today"), N_("tomorrow"), N_("fri"), N_("next week")),
    *(N_("in 2 weeks"), N_("next session"), N_("end of month")),
)
"""What is offered behind "by"."""
MODES = {
    "decision": (N_("Decision"), N_("What was decided")),
    "action": (N_("Action"), N_("Who – what – by when: “Ana call the printer by fri”")),
    "note": (N_("Note"), N_("What was said")),
}
SAVE = {
    "decision": N_("Save the decision"),
    "action": N_("Save the action"),
    "note": N_("Save the note"),
}


@dataclass(frozen=True, slots=True)
class TypedAction:
    """An action as it was read and corrected; ``key`` makes it once."""

    text: str
    owner_id: int | None
    owner_unit_id: int | None
    due_on: date
    key: uuid.UUID


class EntryLine(QWidget):
    """Opened by its key with a mode; Return saves, Esc leaves what is typed for later.

    ``decided(text, key)``, ``noted(text)``, ``given(TypedAction)``, ``left()``.
    """

    decided = Signal(str, object)
    noted = Signal(str)
    given = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mode = ""
        self._key = uuid.uuid4()
        self._owners: Sequence[Owner] = ()
        self._today = date.min
        self._next: date | None = None
        self._kept: KeptWords | None = None
        self.place = ""
        self._from = 0
        self._touched: set[str] = set()
        self.title = PlainLabel("", bold=True)
        self.line = LineInput(limit=LIMIT)
        self.save_button = Button("", kind="primary", key="Return")
        self.cancel_button = Button(_("Later"), kind="quiet", key="Esc")
        self.what = ElidedLabel(ink="text2")
        self.owner = ChoiceInput(name=_("Owner"), placeholder=_("Who?"))
        self.due = DateInput(name=_("Due"))
        self.problem = PlainLabel("", size="small", ink="broken", wraps=True)
        self._names = QStringListModel(self)
        self.completer = Completer(self._names, self)
        self.completer.setWidget(self.line)
        self.completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.completer.activated.connect(self._complete)
        self._place_parts()
        self.line.textEdited.connect(self._typed)
        self.line.submitted.connect(self.save)
        self.due.submitted.connect(self.save)
        self.due.line.textEdited.connect(lambda _words: self._touched.add("due"))
        self.owner.chosen.connect(lambda _who: self._touched.add("owner"))
        self.save_button.clicked.connect(self.save)
        self.cancel_button.clicked.connect(self.leave)
        self.hide()

    def _place_parts(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title)
        head.addWidget(self.line, 1)
        head.addWidget(self.cancel_button)
        head.addWidget(self.save_button)
        self.fields = QWidget()
        row = QHBoxLayout(self.fields)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.what, 2)
        row.addWidget(PlainLabel(_("Owner"), size="small", ink="text2"))
        row.addWidget(self.owner, 1)
        row.addWidget(PlainLabel(_("Due"), size="small", ink="text2"))
        row.addWidget(self.due)
        self.due.setFixedWidth(180)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.fields)
        layout.addWidget(self.problem)
        self.problem.hide()

    # ------------------------------------------------------------ opening

    def know(
        self, owners: Sequence[Owner], today: date, next_session: date | None
    ) -> None:
        """Take who an action can be given to, and what day it is."""
        if owners != self._owners:
            self._owners = owners
            self.owner.set_options([(_id(one), _name(one)) for one in owners])
        self._today, self._next = today, next_session

    def keep_in(self, kept: KeptWords) -> None:
        """Keep there what is typed and not saved."""
        self._kept = kept

    def open(self, mode: str, place: str) -> None:
        """Ask for a decision, an action or a note; what was left there is back."""
        self.mode, self.place = mode, place
        self._key = uuid.uuid4()
        title, example = MODES[mode]
        self.title.setText(_(title))
        self.line.setPlaceholderText(_(example))
        self.line.setAccessibleName(_(title))
        self.save_button.set_words(_(SAVE[mode]))
        self.fields.setVisible(mode == "action")
        self._clear()
        if self._kept is not None:
            self.line.setText(self._kept.kept(self._name_of_draft()))
        self._read()
        self.show()
        self.line.setFocus()

    def is_open(self) -> bool:
        """Tell whether something is being typed."""
        return not self.isHidden()

    def leave(self) -> None:
        """Put the line away; what is typed is there when it is opened again."""
        self.hide()
        self.left.emit()

    def _clear(self) -> None:
        self._touched.clear()
        self.line.setText("")
        self.owner.set_value(None)
        self.due.set_value(None)
        self._say("")

    def _name_of_draft(self) -> str:
        return f"{self.mode}:{self.place}"

    # ------------------------------------------------------------ typing

    def _typed(self, words: str) -> None:
        if self._kept is not None:
            self._kept.keep(self._name_of_draft(), words)
        self._say("")
        self._read()
        self._offer(words)

    def _read(self) -> None:
        """Show back what the line says; what was corrected by hand stays."""
        if self.mode != "action":
            return
        also = {_(ours): ours for ours in DAYS if _(ours) != ours}
        found = read_action(
            self.line.text(), self._owners, self._today, self._next, also
        )
        self.what.setText(found.text)
        if "owner" not in self._touched:
            self.owner.set_value(_id(found.owner) if found.owner else None)
        if "due" not in self._touched:
            due = found.due_on or self._next
            self.due.set_value(due.isoformat() if due else None)
        if found.rivals:
            names = ", ".join(one.name for one in found.rivals)
            self._say(_("Who is meant: {names}? Choose.").format(names=names))

    def _offer(self, words: str) -> None:
        """Offer names at the beginning and behind an @, days behind "by"."""
        if self.mode != "action":
            return
        before = words[: self.line.cursorPosition()]
        start, offered = _offered(before, self._owners)
        self._from = start
        if not offered:
            self._popup().hide()
            return
        self._names.setStringList(offered)
        self.completer.setCompletionPrefix("")
        box = self.line.cursorRect()
        box.setWidth(320)
        self.completer.complete(box)

    def _popup(self) -> QAbstractItemView:
        popup = self.completer.popup()
        assert popup is not None
        return popup

    def _complete(self, words: str) -> None:
        text, at = self.line.text(), self.line.cursorPosition()
        made = f"{text[: self._from]}{words} "
        self.line.setText(made + text[at:].lstrip())
        self.line.setCursorPosition(len(made))
        self._typed(self.line.text())

    # ------------------------------------------------------------ saving

    def save(self) -> None:
        """Hand over what was typed, or say what is missing."""
        if self._popup().isVisible():
            return
        self._say("")
        words = self.line.text().strip()
        if self.mode == "action":
            self._save_action()
        elif not words:
            self._refuse(_(PROBLEM_WORDS["missing"]), self.line)
        elif self.mode == "decision":
            self.decided.emit(words, self._key)
        else:
            self.noted.emit(words)

    def _save_action(self) -> None:
        text = self.what.text().strip()
        chosen = self.owner.value()
        if not text:
            self._refuse(_("What is to be done?"), self.line)
            return
        if not isinstance(chosen, tuple):
            self._refuse(_("Who does it? Choose an owner."), self.owner)
            return
        try:
            due = date.fromisoformat(self.due.value() or "")
        except ValueError:
            code = "not_a_date" if self.due.value() else "missing"
            self._refuse(_(PROBLEM_WORDS[code]), self.due)
            return
        self.given.emit(TypedAction(text, chosen[0], chosen[1], due, self._key))

    def saved(self) -> None:
        """Be ready for the next one, now that this one is kept."""
        if self._kept is not None:
            self._kept.drop(self._name_of_draft())
        self._key = uuid.uuid4()
        self._clear()
        self._read()

    def refused(self, refusal: Refusal) -> None:
        """Say why it was refused; what was typed stays."""
        words = refusal_words(refusal)
        fields = {"owner": self.owner, "due": self.due}
        field = refusal.field if isinstance(refusal, Invalid) else ""
        self._refuse(words, fields.get(field, self.line))

    def _refuse(self, words: str, field: QWidget) -> None:
        self._say(words)
        field.setFocus()

    def _say(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Esc; Return in a field saves."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save()
        else:
            super().keyPressEvent(event)


def _id(one: Owner) -> tuple[int | None, int | None]:
    return one.person_id, one.unit_id


def _name(one: Owner) -> str:
    return in_line(one.name, one.unit)


def _offered(before: str, owners: Sequence[Owner]) -> tuple[int, list[str]]:
    """Return where the word being typed begins, and what it could become."""
    at = before.rfind("@")
    if at >= 0 and " " not in before[at:]:
        typed, start = before[at + 1 :], at
        return start, [f"@{one.name}" for one in offered_owners(typed, owners)]
    if " " not in before and len(before) > 1:
        return 0, [one.name for one in offered_owners(before, owners)]
    start = before.lower().rfind(" by ") + 4
    if start > 3:
        typed = before[start:].lower()
        found = [_(one) for one in DAYS if _(one).lower().startswith(typed)]
        return start, [one for one in found if one.lower() != typed]
    return 0, []
