"""Moves, cancels and adds sessions, ends series, and offers the way back."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.text import shortened
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from desktop.queries.series_editor import is_closed_on
from desktop.queries.series_sessions import (
    SeriesOutlook,
    SessionPlace,
    series_outlook,
    session_place,
)
from desktop.use_cases.meeting_series import end_series, resume_series
from desktop.use_cases.sessions_moving import (
    cancel_session,
    extra_session,
    move_session,
    restore_session,
    take_back_move,
)
from ui.context import Context
from ui.meetings.edits import Edits
from ui.meetings.series.acting import write_from
from ui.meetings.series.session_dialogs import (
    ReasonDialog,
    SessionDialog,
    cancel_words,
    end_words,
)


class SessionActs(QObject):
    """One dialog at a time; it stays, as typed, when it is refused."""

    planned = Signal(int)

    def __init__(self, context: Context, edits: Edits, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._edits = edits
        self._page = page

    # ------------------------------------------------------------ one session

    def move(self, meeting_id: int) -> None:
        """Ask for another time or place of a session."""
        read = self._context.operations.read(session_place, meeting_id)
        read.start(self, self._ask_move, self._edits.tell)

    def _ask_move(self, at: SessionPlace) -> None:
        dialog = SessionDialog(
            _("Move session {number}").format(number=at.number),
            _("Members are told. Its agenda and what was raised for it stay."),
            _("Move it"),
            at,
            self._page,
        )
        self._watch(dialog, at.series_id)

        def submit() -> None:
            said = dialog.said()
            if said is None:
                return
            write_from(
                self._edits,
                dialog,
                move_session,
                at.id,
                said,
                expected_version=at.version,
                done=lambda moved: self._moved(at) if moved else None,
            )

        dialog.submitted.connect(submit)
        dialog.open()

    def _moved(self, at: SessionPlace) -> None:
        words = _("Session {number} is moved. Members are told.")
        self._context.offer_undo(
            words.format(number=at.number),
            lambda: self._edits.write(take_back_move, at.id),
        )

    def cancel(self, meeting_id: int) -> None:
        """Ask why a session is cancelled."""
        read = self._context.operations.read(session_place, meeting_id)
        read.start(self, self._ask_cancel, self._edits.tell)

    def _ask_cancel(self, at: SessionPlace) -> None:
        dialog = ReasonDialog(
            _("Cancel session {number}?").format(number=at.number),
            cancel_words(at.starts_at, at.zone),
            _("Cancel the session"),
            needed=True,
            parent=self._page,
        )

        def submit() -> None:
            write_from(
                self._edits,
                dialog,
                cancel_session,
                at.id,
                dialog.why(),
                expected_version=at.version,
                done=partial(self._cancelled, at),
            )

        dialog.submitted.connect(submit)
        dialog.open()

    def _cancelled(self, at: SessionPlace, waiting: int) -> None:
        words = _("Session {number} is cancelled.").format(number=at.number)
        if waiting:
            more = ngettext(
                "{count} item waits for the next one.",
                "{count} items wait for the next one.",
                waiting,
            )
            words = f"{words} {more.format(count=waiting)}"
        self._context.offer_undo(words, lambda: self.restore(at.id))

    def restore(self, meeting_id: int) -> None:
        """Take up a cancelled session again."""
        self._edits.write(restore_session, meeting_id)

    # ------------------------------------------------------------ a series

    def extra(self, series_id: int) -> None:
        """Ask for a session beside the rule."""
        now = self._context.ticker.now()
        read = self._context.operations.read(series_outlook, series_id, now)
        read.start(self, self._ask_extra, self._edits.tell)

    def _ask_extra(self, outlook: SeriesOutlook) -> None:
        dialog = SessionDialog(
            _("A session beside the rule"),
            _("One more session of “{series}”. Members are told.").format(
                series=shortened(outlook.name, 80)
            ),
            _("Plan it"),
            outlook.usual,
            self._page,
        )
        self._watch(dialog, outlook.id)

        def submit() -> None:
            said = dialog.said()
            if said is not None:
                write_from(
                    self._edits,
                    dialog,
                    extra_session,
                    outlook.id,
                    said,
                    dialog.key,
                    done=self.planned.emit,
                )

        dialog.submitted.connect(submit)
        dialog.open()

    def _watch(self, dialog: SessionDialog, series_id: int) -> None:
        """Say in the dialog when a unit is closed on the day chosen."""

        def look(day: date) -> None:
            read = self._context.operations.read(is_closed_on, series_id, day)
            read.start(dialog, dialog.show_closed)

        dialog.day_changed.connect(look)

    def end(self, series_id: int) -> None:
        """Ask why a series ends; one that has ended may go on."""
        now = self._context.ticker.now()
        read = self._context.operations.read(series_outlook, series_id, now)
        read.start(self, self._ask_end, self._edits.tell)

    def _ask_end(self, outlook: SeriesOutlook) -> None:
        if outlook.ended_at is not None:
            self._edits.write(resume_series, outlook.id)
            return
        dialog = ReasonDialog(
            _("End the series “{name}”?").format(name=shortened(outlook.name, 80)),
            end_words(outlook.to_come),
            _("End the series"),
            needed=False,
            parent=self._page,
        )

        def ended(cancelled: list[int]) -> None:
            self._context.offer_undo(
                _("The series has ended: {name}").format(name=outlook.name),
                lambda: self._edits.write(resume_series, outlook.id, tuple(cancelled)),
            )

        def submit() -> None:
            write_from(
                self._edits, dialog, end_series, outlook.id, dialog.why(), done=ended
            )

        dialog.submitted.connect(submit)
        dialog.open()
