"""Reads a mail's text for what is done, shows what it would close, then closes it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop import formats
from desktop.domain.action_words import MailMark, MailReading, read_mail
from desktop.domain.text import in_line
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.i18n import ngettext
from desktop.queries.action_board import ActionLine, actions_numbered
from desktop.use_cases.meeting_actions import Closing
from ui.common.dialog import Dialog
from ui.common.inputs import CheckInput, ChoiceInput, TextInput
from ui.common.labels import PlainLabel

if TYPE_CHECKING:
    from ui.context import Context

WAIT_MS = 250
LONGEST = 100_000
DONE = (N_("done"), N_("finished"), N_("completed"))
DROPPED = (N_("dropped"), N_("cancelled"))


class MailDialog(Dialog):
    """Paste a mail; what it closes is listed, each with a tick to leave it out."""

    previewed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Done by mail"),
            _(
                "Paste the text of a mail. A line such as “A-12 done” or “A-13 "
                "dropped: not needed” closes that action; quoted lines are left out."
            ),
            submit=_("Close them"),
            parent=parent,
        )
        self._context = context
        self.resize(680, 560)
        self.text = TextInput(limit=LONGEST, lines=8, name=_("Text of the mail"))
        self.found: list[_Row] = []
        self.told = PlainLabel("", ink="text2", wraps=True)
        self._rows = QWidget()
        self._column = QVBoxLayout(self._rows)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.body.addWidget(self.text)
        self.body.addWidget(self.told)
        self.body.addWidget(self._rows)
        self.submit_button.setEnabled(False)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self.read_now)
        self.text.textChanged.connect(self._timer.start)
        self.start_at(self.text)

    def read_now(self) -> None:
        """Read what is pasted, and show what it would close."""
        words = self.text.toPlainText()
        found = read_mail(words, [_(one) for one in DONE], [_(one) for one in DROPPED])
        numbers = [one.number for one in found.marks]
        now = self._context.ticker.now()
        read = self._context.operations.read(actions_numbered, numbers, now)
        read.start(self, lambda lines: self._show(found, lines, words))

    def _show(
        self, found: MailReading, lines: Sequence[ActionLine], words: str
    ) -> None:
        for row in self.found:
            self._column.removeWidget(row)
            row.deleteLater()
        by_number: dict[int, list[ActionLine]] = defaultdict(list)
        for line in lines:
            by_number[line.number].append(line)
        me = self._context.me.person_id
        self.found = [
            _Row(one, by_number[one.number], me, words) for one in found.marks
        ]
        for row in self.found:
            self._column.addWidget(row)
            row.changed.connect(self._allow)
        self.told.setText(_told(found))
        self._allow()
        self.grow()
        self.previewed.emit()

    def _allow(self) -> None:
        self.submit_button.setEnabled(bool(self.closings()))

    def closings(self) -> list[Closing]:
        """Return what would be closed as it is ticked now."""
        return [one for row in self.found if (one := row.closing()) is not None]


def _told(found: MailReading) -> str:
    if not found.marks and not found.unclear:
        return _("No action is named yet.")
    parts = []
    if found.unclear:
        words = ngettext(
            "{n} line names an action and does not say that it is done or dropped: "
            "{lines}",
            "{n} lines name an action and do not say that it is done or dropped: "
            "{lines}",
            len(found.unclear),
        )
        shown = "; ".join(line[:60] for _number, line in found.unclear[:3])
        parts.append(words.format(n=formats.count(len(found.unclear)), lines=shown))
    return "\n".join(parts)


class _Row(QWidget):
    """One action a mail names: ticked where it is clear which one is meant."""

    changed = Signal()

    def __init__(
        self, mark: MailMark, lines: Sequence[ActionLine], me: int, words: str
    ) -> None:
        super().__init__()
        self._mark = mark
        self._lines = {one.id: one for one in lines if one.is_open}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        verdict = _("drop") if mark.is_dropped else _("done")
        self.tick = CheckInput(f"A-{mark.number} {verdict}")
        self.which = ChoiceInput(
            [
                (one.id, in_line(one.text[:80], one.owner, one.series))
                for one in self._lines.values()
            ],
            name=_("Which action"),
            placeholder=_("Which one is meant?"),
        )
        meant = _meant(list(self._lines.values()), me, words)
        self.which.set_value(meant.id if meant else None)
        self.tick.setChecked(meant is not None)
        self.tick.setEnabled(bool(self._lines))
        row.addWidget(self.tick)
        if self._lines:
            row.addWidget(self.which, 1)
        else:
            why = _("closed already") if lines else _("there is no such action")
            row.addWidget(PlainLabel(why, ink="text2"), 1)
        if mark.words:
            row.addWidget(PlainLabel(mark.words[:60], size="small", ink="text2"))
        self.which.chosen.connect(self._choose)
        self.tick.toggled.connect(lambda _on: self.changed.emit())

    def _choose(self, _which: object) -> None:
        self.tick.setChecked(True)
        self.changed.emit()

    def closing(self) -> Closing | None:
        """Return what it closes, None where it is left out or not clear."""
        chosen = self.which.value()
        if not self.tick.isChecked() or chosen not in self._lines:
            return None
        assert isinstance(chosen, int)
        return Closing(chosen, self._mark.is_dropped, self._mark.words)


def _meant(lines: Sequence[ActionLine], me: int, words: str) -> ActionLine | None:
    """Return which of several is meant: of a series named there, mine, or the only."""
    for narrowed in (
        [one for one in lines if one.series in words],
        [one for one in lines if one.owner_id == me],
        list(lines),
    ):
        if len(narrowed) == 1:
            return narrowed[0]
    return None
