"""When this person's computer may speak up: a block of the settings page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTime
from PySide6.QtWidgets import QHBoxLayout, QTimeEdit, QVBoxLayout, QWidget

from desktop.domain.quiet_hours import DAY_S, Loud, QuietHours
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.queries.seeing import quiet_hours
from desktop.use_cases.seeing import keep_quiet_hours
from ui.common.inputs import ChoiceInput
from ui.common.labels import PlainLabel
from ui.style import dress

if TYPE_CHECKING:
    from ui.context import Context

WORDS = {
    Loud.CALENDAR: N_("in my unit’s working hours"),
    Loud.BETWEEN: N_("between two times"),
    Loud.ALWAYS: N_("at any hour"),
    Loud.NEVER: N_("never"),
}


class NoticeSettings(QWidget):
    """What is chosen holds at once, wherever the person signs in."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.loud = ChoiceInput(
            [(one, _(words)) for one, words in WORDS.items()],
            name=_("When notices are shown"),
        )
        self.loud.setMinimumWidth(260)
        self.loud.chosen.connect(lambda _one: self._keep())
        self.start, self.end = _time(_("From")), _time(_("Until"))
        for edit in (self.start, self.end):
            edit.editingFinished.connect(self._keep)
        self._between = QWidget()
        times = QHBoxLayout(self._between)
        times.setContentsMargins(0, 0, 0, 0)
        times.setSpacing(8)
        for part in (self.start, PlainLabel("–", ink="text2"), self.end):
            times.addWidget(part)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.loud)
        row.addWidget(self._between)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row)
        self._show(QuietHours())
        read = context.operations.read(quiet_hours, context.me.person_id)
        read.start(self, self._show)

    def _show(self, hours: QuietHours) -> None:
        self.loud.set_value(hours.loud.value)
        self.start.setTime(_clock(hours.from_s))
        self.end.setTime(_clock(hours.until_s))
        self._between.setVisible(hours.loud is Loud.BETWEEN)

    def _keep(self) -> None:
        hours = QuietHours(
            Loud(str(self.loud.value())),
            _seconds(self.start.time()),
            _seconds(self.end.time()),
        )
        self._between.setVisible(hours.loud is Loud.BETWEEN)
        self._context.operations.write(keep_quiet_hours, hours).start(self)


def _time(name: str) -> QTimeEdit:
    edit = QTimeEdit()
    dress(edit, "field")
    edit.setDisplayFormat("HH:mm")
    edit.setAccessibleName(name)
    edit.setFixedHeight(32)
    return edit


def _clock(seconds: int) -> QTime:
    return QTime(0, 0).addSecs(min(seconds, DAY_S - 60))


def _seconds(time: QTime) -> int:
    return QTime(0, 0).secsTo(time)
