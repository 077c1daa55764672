"""Opens a session's own window; asks once before it begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.domain.errors import Refusal
from desktop.i18n import gettext as _
from desktop.use_cases.sitting import begin_session
from ui.common.dialog import Question
from ui.meetings.sitting.window import SittingWindow

if TYPE_CHECKING:
    from ui.context import Context


class Sittings(QObject):
    """The windows of sessions opened from a page: one a session."""

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self._open: dict[int, SittingWindow] = {}
        page.destroyed.connect(lambda: _close_all(self._open))

    def start(self, meeting_id: int, number: int, *, is_draft: bool = False) -> None:
        """Ask once, begin the session, and show it on a screen of its own."""
        words = _(
            "Its agenda stays as it is from now on. Whoever types the minutes sees the "
            "same on their own screen."
        )
        if is_draft:
            words = _("The agenda was not published: it is taken as it stands. {rest}")
            words = words.format(
                rest=_("Whoever types the minutes sees the same on their own screen.")
            )
        question = Question(
            _("Begin session {number}?").format(number=number),
            words,
            submit=_("Begin"),
            parent=self._page,
        )
        question.start_at(question.submit_button)

        def begun(_value: object) -> None:
            if isValid(question):
                question.accept()
            self.show(meeting_id)

        def refused(refusal: Refusal) -> None:
            if isValid(question):
                question.show_refusal(refusal)

        def submit() -> None:
            question.set_busy(True)
            write = self._context.operations.write(begin_session, meeting_id)
            write.start(self, begun, refused)

        question.submitted.connect(submit)
        question.open()

    def show(self, meeting_id: int) -> SittingWindow:
        """Show a session's window, the one there is if it is open."""
        window = self._open.get(meeting_id)
        if window is None or not isValid(window):
            window = SittingWindow(self._context, meeting_id)
            self._open[meeting_id] = window
            window.closed.connect(lambda: self._open.pop(meeting_id, None))
        main = self._page.window()
        main.installEventFilter(self)
        window.open_beside(main)
        return window

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close the sessions' windows with the main one: without it nothing is kept."""
        is_gone = event.type() == QEvent.Type.Hide and not event.spontaneous()
        if is_gone and watched is self._page.window():
            _close_all(self._open)
        return super().eventFilter(watched, event)


def _close_all(windows: dict[int, SittingWindow]) -> None:
    for window in list(windows.values()):
        if isValid(window):
            window.close()
    windows.clear()
