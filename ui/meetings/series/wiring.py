"""Joins series and their sessions to the meetings page: menus, keys, planning ahead."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QWidget

from desktop.i18n import gettext_noop as N_
from desktop.queries.meeting_rows import SessionRow
from desktop.queries.series_editor import is_planning_due
from desktop.use_cases.sessions_planning import plan_all
from ui.actions import Action
from ui.common.buttons import without_mnemonic
from ui.common.menu import Menu
from ui.context import Context
from ui.meetings.series.acting import SeriesActs
from ui.meetings.series.calendar_out import CalendarOut
from ui.meetings.series.session_acts import SessionActs

if TYPE_CHECKING:
    from ui.meetings.page import MeetingsPage

OF_A_SESSION = ("move", "cancel", "restore", "calendar")
OF_A_SERIES = (
    "change_series",
    "extra",
    "series_calendar",
    "template",
    "end_series",
    "resume_series",
    "series",
)
TO_COME = ("planned", "drafted", "published")
Row = tuple[str, str, Callable[[], object], str, str, Callable[[], bool]]
"""Name, words, act, key, icon, and when it can be done."""


class SeriesWiring(QObject):
    """What can be done with the series and the session chosen on a page."""

    def __init__(self, context: Context, page: MeetingsPage) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self._looked: datetime | None = None
        self.series = SeriesActs(context, page.edits, page)
        self.sessions = SessionActs(context, page.edits, page)
        self.calendar = CalendarOut(context, page)
        self.series.made.connect(page.choose_series)
        self.sessions.planned.connect(page.choose_session)
        pane = page.series_pane
        pane.new_series.connect(self.series.new)
        pane.series_menu.connect(lambda at: self._menu(OF_A_SERIES, at))
        pane.session_menu.connect(lambda at: self._menu(OF_A_SESSION, at))
        self._add_actions()
        context.ticker.beat.connect(self._beat)
        self.plan_ahead()

    # ------------------------------------------------------------ planning ahead

    def _beat(self) -> None:
        now = self._context.ticker.now()
        looked = self._looked
        if looked is None or (now - looked).total_seconds() >= 3600:
            self.plan_ahead()

    def plan_ahead(self) -> None:
        """Plan the sessions that are due to be planned; looked at again each hour."""
        now = self._looked = self._context.ticker.now()
        read = self._context.operations.read(is_planning_due, now)
        read.start(self, self._plan, lambda _refusal: None)

    def _plan(self, is_due: bool) -> None:
        if is_due:
            # Nobody asked for it: where it is refused, whoever plans is told why.
            self._page.edits.write(plan_all, refused=lambda _refusal: None)

    # ------------------------------------------------------------ actions

    def _add_actions(self) -> None:
        for name, words, act, key, icon, when in (*self._of_a_session(), *self._all()):
            made = Action(f"meetings.{name}", words, act, key, icon, "meetings", when)
            self._context.actions.add(made, self._page)

    def _of_a_session(self) -> list[Row]:
        acts, out, on = self.sessions, self.calendar, self._with_session
        move = N_("Move the session")
        cancel = N_("Cancel the session")
        restore = N_("Take the session up again")
        save = N_("Save the calendar file of the session")
        return [
            ("move", move, on(acts.move), "V", "calendar-event", self._is_to_come),
            ("cancel", cancel, on(acts.cancel), "", "circle-x", self._may_fall),
            (
                "restore",
                restore,
                on(acts.restore),
                "",
                "arrow-back-up",
                self._has_fallen,
            ),
            ("calendar", save, on(out.session), "", "calendar", self._has_session),
        ]

    def _all(self) -> list[Row]:
        acts, series, on = self.sessions, self.series, self._with_series
        change = N_("Change the series")
        extra = N_("Plan a session beside the rule")
        save = N_("Save the calendar file of the whole series")
        keep = N_("Keep the series as a template")
        end, resume = N_("End the series"), N_("Let the series go on")
        whole, back = on(self.calendar.series), "arrow-back-up"
        return [
            ("change_series", change, on(series.change), "", "pencil", self._goes_on),
            ("extra", extra, on(acts.extra), "", "plus", self._goes_on),
            ("series_calendar", save, whole, "", "calendar", self._has_series),
            ("template", keep, on(series.keep_template), "", "copy", self._has_series),
            ("end_series", end, on(acts.end), "", "ban", self._goes_on),
            ("resume_series", resume, on(acts.end), "", back, self._has_ended),
            ("series", N_("New series"), series.new, "", "users", lambda: True),
        ]

    def _with_session(self, act: Callable[[int], object]) -> Callable[[], object]:
        def run() -> None:
            if self._page.meeting_id is not None:
                act(self._page.meeting_id)

        return run

    def _with_series(self, act: Callable[[int], object]) -> Callable[[], object]:
        def run() -> None:
            if self._page.series_id is not None:
                act(self._page.series_id)

        return run

    def _session(self) -> SessionRow | None:
        return self._page.chosen_session()

    def _is_to_come(self) -> bool:
        row = self._session()
        now = self._context.ticker.now()
        return row is not None and row.state in TO_COME and row.starts_at > now

    def _may_fall(self) -> bool:
        row = self._session()
        return row is not None and row.state in TO_COME

    def _has_fallen(self) -> bool:
        row = self._session()
        now = self._context.ticker.now()
        return row is not None and row.state == "cancelled" and row.starts_at > now

    def _has_session(self) -> bool:
        return self._session() is not None

    def _has_ended(self) -> bool:
        return self._has_series() and not self._goes_on()

    def _has_series(self) -> bool:
        return self._page.series_id is not None

    def _goes_on(self) -> bool:
        row = self._page.chosen_series()
        return row is not None and row.ended_at is None

    def _menu(self, names: tuple[str, ...], button: QWidget) -> None:
        """Offer below a button what can be done now, with its keys."""
        menu = Menu(button)
        for name in names:
            action = self._context.actions.get(f"meetings.{name}")
            if not action.when():
                continue
            words = without_mnemonic(action.shown())
            if action.shortcut:
                words = f"{words}\t{action.shortcut}"
            entry = menu.addAction(words)
            entry.triggered.connect(
                lambda _on=False, made=action: self._context.actions.run(made.id)
            )
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(QPoint(0, button.height() + 4)))
