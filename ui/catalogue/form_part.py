"""The questions of a service in order, and the chosen one being written."""

from __future__ import annotations

import uuid
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.form_checks import form_problems, tidied
from desktop.domain.forms import FieldKind, FieldSpec
from desktop.i18n import gettext as _
from ui.catalogue.ordered_lines import OrderedLines
from ui.catalogue.question_editor import QuestionEditor
from ui.catalogue.words import question_note
from ui.common.buttons import Button, IconButton
from ui.common.labels import PlainLabel
from ui.common.lines import Line
from ui.common.scroll_area import ScrollArea

Fields = tuple[FieldSpec, ...]
MOST_SHOWN = 5


class FormPart(QWidget):
    """Tells ``edited(fields, part)``; nothing is kept here but what is chosen."""

    edited = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields: Fields = ()
        self.list = OrderedLines(_("Questions"))
        self.add = Button(_("Add a question"), icon="plus", key="Ctrl+Shift+Q")
        self.up = IconButton("arrow-up", _("Move up"), key="Alt+Up")
        self.down = IconButton("arrow-down", _("Move down"), key="Alt+Down")
        self.remove = IconButton("trash", _("Take the question out"), key="Del")
        self.editor = QuestionEditor()
        self.none = PlainLabel(
            _("This service asks nothing of its own yet."), ink="text2", wraps=True
        )
        self._place()
        self.list.chosen.connect(lambda _what: self._show_chosen())
        self.list.moved.connect(self.move_question)
        self.list.removed.connect(lambda _what: self.take_out())
        self.add.clicked.connect(self.add_question)
        self.up.clicked.connect(lambda: self._step(-1))
        self.down.clicked.connect(lambda: self._step(1))
        self.remove.clicked.connect(self.take_out)
        self.editor.edited.connect(self._edited)

    def _place(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        buttons.addWidget(self.add)
        buttons.addStretch(1)
        for button in (self.up, self.down, self.remove):
            buttons.addWidget(button)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(24, 12, 24, 24)
        column.setSpacing(8)
        column.addWidget(self.none)
        column.addWidget(self.list)
        column.addLayout(buttons)
        column.addSpacing(8)
        column.addWidget(self.editor)
        column.addStretch(1)
        area = ScrollArea()
        area.setWidget(inner)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area = area
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)

    # ------------------------------------------------------------ showing

    def show_fields(self, fields: Fields) -> None:
        """Show the questions; the chosen one stays chosen."""
        self._fields = fields
        wrong = {one.position for one in form_problems([_named(one) for one in fields])}
        self.list.set_lines(
            [
                Line(
                    one.code,
                    one.label.strip() or _("New question"),
                    question_note(one, fields),
                    icon="alert-triangle" if at in wrong else "grip-vertical",
                    kind="risk" if at in wrong else "",
                )
                for at, one in enumerate(fields)
            ]
        )
        self.list.fit(MOST_SHOWN)
        if fields and self.chosen() is None:
            self.list.choose(fields[0].code)
        self.none.setVisible(not fields)
        self.list.setVisible(bool(fields))
        self._show_chosen()

    def chosen(self) -> int | None:
        """Return the place of the chosen question."""
        what = self.list.what()
        places = [at for at, one in enumerate(self._fields) if one.code == what]
        return places[0] if places else None

    def choose(self, at: int) -> None:
        """Choose the question at a place."""
        if 0 <= at < len(self._fields):
            self.list.choose(self._fields[at].code)
            self._show_chosen()

    def _show_chosen(self) -> None:
        at = self.chosen()
        self.editor.setVisible(at is not None)
        for button in (self.up, self.down, self.remove):
            button.setEnabled(at is not None)
        if at is None:
            return
        self.up.setEnabled(at > 0)
        self.down.setEnabled(at < len(self._fields) - 1)
        self.editor.show_question(self._fields[at], self._fields[:at])

    def show_problem(self, at: int, part: str, words: str) -> None:
        """Go to what is wrong and say it there."""
        self.choose(at)
        if self.editor.show_problem(part, words):
            self._area.ensureWidgetVisible(self.editor, 0, 24)

    def clear_problems(self) -> None:
        """Take all complaints back."""
        self.editor.clear_problems()

    # ------------------------------------------------------------ changing

    def add_question(self) -> None:
        """Add a question behind the chosen one, and write it."""
        at = self.chosen()
        place = len(self._fields) if at is None else at + 1
        # Until it is saved it goes by a code of the window's own.
        made = FieldSpec(f"+{uuid.uuid4().hex}", "", FieldKind.TEXT)
        fields = (*self._fields[:place], made, *self._fields[place:])
        self.edited.emit(fields, "")
        self.choose(place)
        self.editor.label.setFocus()

    def take_out(self) -> None:
        """Take the chosen question out; undo brings it back."""
        at = self.chosen()
        if at is None:
            return
        fields = (*self._fields[:at], *self._fields[at + 1 :])
        self.edited.emit(fields, "")
        if fields:
            self.choose(min(at, len(fields) - 1))

    def _step(self, step: int) -> None:
        at = self.chosen()
        if at is not None and 0 <= at + step < len(self._fields):
            self.move_question(at, at + step)

    def move_question(self, start: int, to: int) -> None:
        """Move a question to another place."""
        fields = list(self._fields)
        moved = fields.pop(start)
        fields.insert(to, moved)
        self.edited.emit(tuple(fields), "")
        self.list.choose(moved.code)
        self._show_chosen()

    def _edited(self, spec: FieldSpec, part: str) -> None:
        at = self.chosen()
        if at is not None:
            fields = (*self._fields[:at], spec, *self._fields[at + 1 :])
            self.edited.emit(fields, f"fields[{spec.code}].{part}")


def _named(spec: FieldSpec) -> FieldSpec:
    """Return a question as it will be checked, also while it has no code yet."""
    kept = tidied(spec)
    return replace(kept, code=kept.code[:40])
