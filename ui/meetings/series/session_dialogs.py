"""Asks when and where a session is, or why it is cancelled."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.domain.errors import Invalid, Refusal
from desktop.domain.series_changes import SessionChange
from desktop.domain.series_drafts import LONGEST, SHORTEST
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from desktop.messages import refusal_words
from desktop.queries.series_sessions import SessionPlace
from desktop.use_cases.sessions_moving import SessionTime
from ui.common.date_input import DateInput
from ui.common.dialog import Dialog
from ui.common.inputs import CheckInput, LineInput, TextInput
from ui.common.labelled import Labelled
from ui.common.labels import PlainLabel
from ui.common.stepped_inputs import minutes_input, time_input
from ui.meetings.series.fields import day_of, show_time, time_of
from ui.meetings.series.words import change_words, when_words


class SessionDialog(Dialog):
    """`said()` gives what a use case takes; ``day_changed`` tells another day."""

    day_changed = Signal(object)

    def __init__(
        self,
        title: str,
        words: str,
        submit: str,
        at: SessionPlace,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, words, submit=submit, parent=parent)
        self.key = uuid.uuid4()
        local = at.starts_at.astimezone(ZoneInfo(at.zone))
        self.day = DateInput()
        self.day.set_value(local.date().isoformat())
        self.at = time_input(10)
        show_time(self.at, local.time())
        self.minutes = minutes_input(at.minutes, SHORTEST, LONGEST)
        self.location = LineInput()
        self.location.setText(at.place)
        self.link = LineInput(limit=500, placeholder="https://")
        self.link.setText(at.link)
        self.closed = PlainLabel("", size="small", ink="risk", wraps=True)
        self.closed.hide()
        self.boxes = {
            "day": Labelled(_("Day"), self.day, needed=True),
            "at": Labelled(_("Begins at"), self.at),
            "minutes": Labelled(_("Length"), self.minutes),
            "place": Labelled(_("Place"), self.location),
            "link": Labelled(_("Link"), self.link),
        }
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        grid.setColumnStretch(0, 1)
        for column, name in enumerate(("day", "at", "minutes")):
            grid.addWidget(self.boxes[name], 0, column)
        grid.addWidget(self.closed, 1, 0, 1, 3)
        grid.addWidget(self.boxes["place"], 2, 0, 1, 3)
        grid.addWidget(self.boxes["link"], 3, 0, 1, 3)
        self.body.addLayout(grid)
        self.day.changed.connect(self._tell_day)
        self.start_at(self.day)

    def _tell_day(self) -> None:
        self.boxes["day"].show_problem("")
        self.show_closed(False)
        try:
            self.day_changed.emit(day_of(self.day, "day"))
        except Invalid:
            return

    def show_closed(self, is_closed: bool) -> None:
        """Say that one of the units is closed on the day chosen; it may still be."""
        self.closed.setText(_("One of the units is closed on that day."))
        self.closed.setVisible(is_closed)
        self.grow()

    def said(self) -> SessionTime | None:
        """Return what was said; None when the day is none, which is said there."""
        try:
            day = day_of(self.day, "day")
        except Invalid as refusal:
            self.refused(refusal)
            return None
        return SessionTime(
            day,
            time_of(self.at),
            self.minutes.value(),
            self.location.text(),
            self.link.text(),
        )

    def refused(self, refusal: Refusal) -> None:
        """Say at the field what is wrong, else above the buttons."""
        self.set_busy(False)
        for box in self.boxes.values():
            box.show_problem("")
        if isinstance(refusal, Invalid) and refusal.field in self.boxes:
            self.boxes[refusal.field].refuse(refusal_words(refusal))
            self.grow()
        else:
            self.show_refusal(refusal)


class ReasonDialog(Dialog):
    """Asks why, before something falls; ``why()`` is what was typed."""

    def __init__(
        self,
        title: str,
        words: str,
        submit: str,
        *,
        needed: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, words, submit=submit, parent=parent)
        self.reason = TextInput(lines=3)
        self.reason.submitted.connect(self.submit)
        self.cancel_button.set_words(_("Leave it"))
        self.box = Labelled(_("Why"), self.reason, needed=needed)
        self.body.addWidget(self.box)
        self.start_at(self.reason)

    def why(self) -> str:
        """Return the reason typed."""
        return self.reason.toPlainText()

    def refused(self, refusal: Refusal) -> None:
        """Say what is wrong with the reason, else above the buttons."""
        self.set_busy(False)
        if isinstance(refusal, Invalid):
            self.box.refuse(refusal_words(refusal))
            self.grow()
        else:
            self.show_refusal(refusal)


class NameDialog(Dialog):
    """Asks for the name a series is kept under as a template."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Keep as a template"),
            _(
                "Its rhythm, length, standing items and print options begin another "
                "series. A template of the same name is replaced."
            ),
            submit=_("Keep it"),
            parent=parent,
        )
        self.key = uuid.uuid4()
        self.name = LineInput()
        self.name.setText(name)
        self.name.submitted.connect(self.submit)
        self.box = Labelled(_("Name"), self.name, needed=True)
        self.body.addWidget(self.box)
        self.start_at(self.name)

    def refused(self, refusal: Refusal) -> None:
        """Say what is wrong with the name, else above the buttons."""
        self.set_busy(False)
        if isinstance(refusal, Invalid):
            self.box.refuse(refusal_words(refusal))
        else:
            self.show_refusal(refusal)


class EffectsDialog(Dialog):
    """Tells what a change does to planned sessions; ``effects`` may be read anew."""

    published = Signal(bool)

    def __init__(
        self,
        changes: Sequence[SessionChange],
        zone: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            _("What this changes"),
            _("Members are told of every session that moves or is cancelled."),
            submit=_("Change it"),
            parent=parent,
        )
        self._zone = zone
        self.lines = PlainLabel("", wraps=True)
        self.body.addWidget(self.lines)
        self.move_published = CheckInput(_("Move published sessions too"))
        self.body.addWidget(self.move_published)
        kept = any(one.fate == "kept" and one.session.is_published for one in changes)
        self.move_published.setVisible(kept)
        self.move_published.toggled.connect(self.published)
        self.show_changes(changes)
        self.start_at(self.submit_button)

    def show_changes(self, changes: Sequence[SessionChange]) -> None:
        """Show what becomes of each session."""
        told = [change_words(one, self._zone) for one in changes]
        self.lines.setText("\n".join(told))
        self.grow()


def cancel_words(starts_at: datetime, zone: str) -> str:
    """Return what cancelling a session does."""
    return _(
        "{when}. Members are told. What was raised for it waits for the next session, "
        "which also looks back on its days."
    ).format(when=when_words(starts_at, zone))


def end_words(count: int) -> str:
    """Return what ending a series does."""
    if not count:
        return _("It plans no further session. What was held stays as it is.")
    words = ngettext(
        "{count} session to come is cancelled and its members are told. What was "
        "held stays as it is.",
        "{count} sessions to come are cancelled and their members are told. What was "
        "held stays as it is.",
        count,
    )
    return words.format(count=count)
