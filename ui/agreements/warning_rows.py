"""Edits when a clock is worth a warning: the usual share, and further levels."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.agreements import WarningLevel
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from ui.agreements.fields import length_s, length_words, small_line
from ui.common.buttons import Button, IconButton
from ui.common.inputs import ChoiceInput
from ui.common.labelled import Problem
from ui.common.labels import PlainLabel
from ui.common.written import take_out

SHARE, LEFT = "share", "left"
NO_SHARE = N_("Write a share from 1 to 99.")
NO_LENGTH = N_("Write a length like 2 or 0:30.")


class WarningRow(QWidget):
    """One level: by the share used, or by the time left."""

    removed = Signal()

    def __init__(
        self, level: WarningLevel, *, is_first: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.kind = ChoiceInput(
            [(SHARE, _("percent of it used")), (LEFT, _("hours of it left"))],
            name=_("Warned by"),
        )
        self.kind.setMinimumWidth(200)
        self.kind.setEnabled(not is_first)
        self.amount = small_line(_("Warned at"))
        is_left = level.left_s is not None
        self.kind.set_value(LEFT if is_left else SHARE)
        if level.left_s is not None:
            self.amount.setText(length_words(level.left_s))
        elif level.share is not None:
            self.amount.setText(f"{round(level.share * 100, 2):g}")
        self.remove = IconButton("trash", _("Leave this level out"))
        self.remove.clicked.connect(self.removed)
        self.problem = Problem()
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(PlainLabel(_("at") if is_first else _("also at"), ink="text2"))
        line.addWidget(self.amount)
        line.addWidget(self.kind)
        line.addWidget(self.remove)
        line.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(line)
        layout.addWidget(self.problem)
        self.remove.setVisible(not is_first)

    def level(self) -> WarningLevel | None:
        """Return the level; None after saying what is wrong."""
        self.problem.say("", self.amount)
        typed = self.amount.text().strip()
        if self.kind.value() == LEFT:
            seconds = length_s(typed)
            if seconds:
                return WarningLevel(left_s=seconds)
            self._refuse(_(NO_LENGTH))
            return None
        try:
            share = float(typed.replace(",", ".").rstrip("% "))
        except ValueError:
            share = 0.0
        if not 1 <= share <= 99:
            self._refuse(_(NO_SHARE))
            return None
        return WarningLevel(share=share / 100)

    def _refuse(self, words: str) -> None:
        self.problem.say(words, self.amount)
        self.amount.setFocus()


class WarningRows(QWidget):
    """The usual share first; more levels below it."""

    def __init__(
        self,
        share: float,
        levels: tuple[WarningLevel, ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.rows: list[WarningRow] = []
        self.problem = Problem()
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        self.add_button = Button(_("Another level"), icon="plus", kind="quiet")
        self.add_button.clicked.connect(self._add_one)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(self._list)
        layout.addWidget(self.problem)
        layout.addWidget(self.add_button)
        for level in (WarningLevel(share=share), *levels):
            self._add(level)

    def _add_one(self) -> None:
        self._add(WarningLevel(left_s=3600)).amount.setFocus()

    def _add(self, level: WarningLevel) -> WarningRow:
        row = WarningRow(level, is_first=not self.rows)
        row.removed.connect(lambda: self._remove(row))
        self.rows.append(row)
        self._list.addWidget(row)
        return row

    def _remove(self, row: WarningRow) -> None:
        self.rows.remove(row)
        self._list.removeWidget(row)
        take_out(row)
        self.add_button.setFocus()

    def beside(self) -> int:
        """Return how many levels there are."""
        return len(self.rows)

    def put_beside(self, content: int) -> None:
        """Have as many, to be filled."""
        for row in self.rows[max(1, content) :]:
            self._remove(row)
        while len(self.rows) < content:
            self._add(WarningLevel(share=0.5))

    def levels(self) -> tuple[float, tuple[WarningLevel, ...]] | None:
        """Return the usual share (0..1) and the further levels, None when refused."""
        self.problem.say("")
        found = []
        for row in self.rows:
            level = row.level()
            if level is None:
                return None
            found.append(level)
        first = found[0].share
        assert first is not None
        return first, tuple(found[1:])
