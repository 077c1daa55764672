"""The checklist of a service: its lines in order, the chosen one being written."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.service_drafts import CHECK_CAP, CheckSpec
from desktop.i18n import gettext as _
from ui.catalogue.ordered_lines import OrderedLines
from ui.common.buttons import Button, IconButton
from ui.common.inputs import CheckInput, LineInput
from ui.common.labelled import Labelled
from ui.common.labels import PlainLabel
from ui.common.lines import Line

Checks = tuple[CheckSpec, ...]
MOST_SHOWN = 9


class ChecksPart(QWidget):
    """Tells ``edited(checks, part)``; nothing is kept here but what is chosen."""

    edited = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._checks: Checks = ()
        self._is_filling = False
        self.note = PlainLabel(
            _(
                "What the standard asks to be done. Whoever works on a request ticks "
                "it; a needed line must be ticked before the request is resolved."
            ),
            ink="text2",
            wraps=True,
        )
        self.list = OrderedLines(_("Checklist"))
        self.add = Button(_("Add a line"), icon="plus")
        self.remove = IconButton("trash", _("Take the line out"), key="Del")
        self.text = LineInput(limit=CHECK_CAP, name=_("What is to be done, needed"))
        self.needed = CheckInput(_("It must be done before resolving"))
        self.row = Labelled(_("What is to be done"), self.text, needed=True)
        buttons = QHBoxLayout()
        buttons.addWidget(self.add)
        buttons.addStretch(1)
        buttons.addWidget(self.remove)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 12, 24, 24)
        layout.setSpacing(8)
        layout.addWidget(self.note)
        layout.addWidget(self.list)
        layout.addLayout(buttons)
        layout.addSpacing(8)
        layout.addWidget(self.row)
        layout.addWidget(self.needed)
        layout.addStretch(1)
        self.list.chosen.connect(lambda _what: self._show_chosen())
        self.list.moved.connect(self._move)
        self.list.removed.connect(lambda _what: self.take_out())
        self.add.clicked.connect(self.add_line)
        self.remove.clicked.connect(self.take_out)
        self.text.textEdited.connect(lambda _words: self._edited("text"))
        self.needed.clicked.connect(lambda _on: self._edited(""))

    def show_checks(self, checks: Checks) -> None:
        """Show the lines; the chosen one stays chosen."""
        self._checks = checks
        self.list.set_lines(
            [
                Line(
                    one.key,
                    one.text.strip() or _("New line"),
                    _("must be done before resolving") if one.is_needed else "",
                    icon="grip-vertical",
                )
                for one in checks
            ]
        )
        self.list.fit(MOST_SHOWN)
        if checks and self.chosen() is None:
            self.list.choose(checks[0].key)
        self.list.setVisible(bool(checks))
        self._show_chosen()

    def chosen(self) -> int | None:
        """Return the place of the chosen line."""
        what = self.list.what()
        places = [at for at, one in enumerate(self._checks) if one.key == what]
        return places[0] if places else None

    def choose(self, at: int) -> None:
        """Choose the line at a place."""
        if 0 <= at < len(self._checks):
            self.list.choose(self._checks[at].key)
            self._show_chosen()

    def _show_chosen(self) -> None:
        at = self.chosen()
        for part in (self.row, self.needed, self.remove):
            part.setVisible(at is not None)
        if at is None:
            return
        one = self._checks[at]
        if self.text.text() != one.text:
            self.text.setText(one.text)
        self.needed.setChecked(one.is_needed)

    def show_problem(self, at: int, words: str) -> None:
        """Go to the line that is wrong and say it there."""
        self.choose(at)
        self.row.show_problem(words)
        self.text.setFocus()

    def clear_problems(self) -> None:
        """Take the complaint back."""
        self.row.show_problem("")

    def add_line(self) -> None:
        """Add a line at the end, and write it."""
        self.edited.emit((*self._checks, CheckSpec("")), "")
        self.choose(len(self._checks) - 1)
        self.text.setFocus()

    def take_out(self) -> None:
        """Take the chosen line out; undo brings it back."""
        at = self.chosen()
        if at is not None:
            checks = (*self._checks[:at], *self._checks[at + 1 :])
            self.edited.emit(checks, "")
            self.choose(min(at, len(checks) - 1))

    def _move(self, start: int, to: int) -> None:
        checks = list(self._checks)
        moved = checks.pop(start)
        checks.insert(to, moved)
        self.edited.emit(tuple(checks), "")
        self.list.choose(moved.key)

    def _edited(self, part: str) -> None:
        at = self.chosen()
        if at is None:
            return
        self.row.show_problem("")
        one = replace(
            self._checks[at],
            text=self.text.text(),
            is_needed=self.needed.isChecked(),
        )
        checks = (*self._checks[:at], one, *self._checks[at + 1 :])
        self.edited.emit(checks, f"checks[{one.key}].{part}" if part else "")
