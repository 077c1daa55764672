"""Calendars: the list, and the chosen one's week, year and versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.calendars import Interval
from desktop.domain.errors import Conflict, NotFound, Refusal
from desktop.i18n import gettext as _
from desktop.queries.calendars import (
    CalendarDetails,
    CalendarRow,
    calendar_details,
    calendar_rows,
)
from desktop.use_cases.calendars import CalendarSaved
from ui.calendars.asking import Asking
from ui.calendars.draft import Draft, is_same, week_since, with_week
from ui.calendars.head import VERSIONS, WEEK, YEAR, Head
from ui.calendars.keeping import Keeping, Open
from ui.calendars.keys import add_actions
from ui.calendars.list_pane import ListPane
from ui.calendars.saving import Saving, Wanted
from ui.calendars.versions_pane import VersionsPane
from ui.calendars.week_pane import WeekPane
from ui.calendars.words import field_of
from ui.calendars.year_pane import YearPane
from ui.common.banner import BannerArea
from ui.common.empty_state import EmptyState
from ui.common.meanwhile import offer_both, say_both, since_words
from ui.common.refresher import Refresher
from ui.common.splitter import Splitter
from ui.common.week.words import problem_of
from ui.context import Context

TABLES = (
    "calendar",
    "calendar_interval",
    "calendar_override",
    "calendar_closure",
    "calendar_version",
    "agreement_version",
    "unit",
)
SUBJECT = "calendars"
_PARTS = {"weekly": WEEK, "later": WEEK}


class CalendarsPage(QWidget):
    """One calendar at a time; what is not saved is kept for each until it is."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._rows: tuple[CalendarRow, ...] = ()
        self._open: dict[int, Open] = {}
        self._none = Draft(self)
        self._has_read = False
        self.keeping = Keeping(context, self)
        self.calendar_id: int | None = None
        self.asking = Asking(context, self)
        self.saving = Saving(context, self, self._saved, self._refused, self._tell)
        self.list_pane = ListPane()
        self.head = Head()
        self.banners = BannerArea()
        self.banners.set_margins(24, 16, 24, 0)
        self.week, self.year = WeekPane(), YearPane()
        self.versions = VersionsPane()
        self.empty = EmptyState(
            _("No calendars yet"),
            _("A calendar says when a unit works. Promises are counted by it."),
            icon="calendar",
            action=_("New calendar"),
            act=self.asking.new_calendar,
        )
        self._place()
        self._connect()
        add_actions(context, self)
        self._refresher = Refresher(self, context.operations, TABLES, self.refresh)
        self._refresher.want()

    def _place(self) -> None:
        self.parts = QStackedWidget()
        for part in (self.week, self.year, self.versions):
            self.parts.addWidget(part)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banners)
        column.addWidget(self.head)
        column.addWidget(self.parts, 1)
        self.splitter = Splitter(self._context.preferences, "calendars.split")
        self.splitter.addWidget(self.list_pane)
        self.splitter.addWidget(right)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.restore([240, 1000])
        self.whole = QStackedWidget()
        self.whole.addWidget(self.splitter)
        self.whole.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.whole)

    def _connect(self) -> None:
        asking, year = self.asking, self.year
        self.list_pane.chosen.connect(self.choose)
        self.list_pane.new.connect(asking.new_calendar)
        self.head.save.connect(self.save)
        self.head.discard.connect(self.discard)
        self.head.undo.connect(self.undo)
        self.head.rename.connect(asking.rename)
        self.head.turned.connect(self.show_part)
        self.week.edited.connect(self._edit_week)
        self.week.add_week.connect(asking.add_week)
        self.week.remove_week.connect(asking.remove_week)
        year.close_days.connect(asking.close_days)
        year.give_hours.connect(asking.give_hours)
        year.usual_hours.connect(asking.usual_hours)
        year.edit.connect(asking.edit)
        year.remove.connect(asking.remove)
        year.holidays.connect(asking.holidays)
        year.read_file.connect(asking.read_file)
        year.for_good.connect(asking.close_for_good)
        self.versions.restore.connect(asking.restore)
        self.versions.give.connect(self.give)
        self.keeping.told.connect(self.head.unsaved.show_kept)

    # ------------------------------------------------------------ reading

    @property
    def draft(self) -> Draft:
        """Return the calendar on screen as it would be saved."""
        found = self._chosen()
        return found.draft if found is not None else self._none

    def _chosen(self) -> Open | None:
        return self._open.get(self.calendar_id) if self.calendar_id else None

    @property
    def is_locked(self) -> bool:
        """Tell whether the calendar on screen cannot be changed."""
        found = self._chosen()
        return found is None or found.details.is_around_the_clock

    def refresh(self) -> None:
        """Read the list anew, then the calendar chosen."""
        read = self._context.operations.read(calendar_rows)
        read.start(self, self._show_rows, self._tell)

    def _show_rows(self, rows: tuple[CalendarRow, ...]) -> None:
        self._rows = rows
        if not self._has_read:
            self._has_read = True
            self._take_up()
        self.whole.setCurrentWidget(self.splitter if rows else self.empty)
        ids = [one.calendar_id for one in rows]
        if self.calendar_id not in ids:
            kept = self._context.preferences.value("calendars.chosen")
            self.calendar_id = kept if kept in ids else next(iter(ids), None)
        self._show_list()
        if self.calendar_id is not None:
            self._read(self.calendar_id)

    def _show_list(self) -> None:
        unsaved = {one for one, kept in self._open.items() if kept.draft.is_changed}
        unsaved |= self.keeping.left()
        self.list_pane.show_rows(self._rows, self.calendar_id, unsaved)

    def _take_up(self) -> None:
        """Show again what was drawn and not saved before the program ended."""
        self.keeping.take_up()
        for calendar_id in self.keeping.left() & self._open.keys():
            self._put_back(self._open[calendar_id])

    def _put_back(self, known: Open) -> None:
        both = self.keeping.put_back(known)
        if both is not None:
            subject = f"{SUBJECT} {known.key}"
            time = since_words(self._context, both)
            say_both(self.banners, subject, known.draft.spec.name, time)

    def _read(self, calendar_id: int) -> None:
        read = self._context.operations.read(calendar_details, calendar_id)
        read.start(self, self._show_details, self._read_refused)

    def _read_refused(self, refusal: Refusal) -> None:
        if isinstance(refusal, NotFound):
            self._open.pop(self.calendar_id or 0, None)
            self.calendar_id = None
        else:
            self._tell(refusal)

    def _tell(self, refusal: Refusal) -> None:
        self.say(problem_of(refusal))

    def say(self, words: str) -> None:
        """Say above the calendar what was not possible."""
        self.banners.tell(words, kind="broken", subject=SUBJECT)

    def _show_details(self, details: CalendarDetails) -> None:
        known = self._open.get(details.calendar_id)
        is_new = known is None
        if known is None:
            known = Open(Draft(self), details.lock, details)
            known.load()
            self._open[details.calendar_id] = known
            self._put_back(known)
            known.draft.changed.connect(partial(self._changed, known))
        known.details = details
        if known.is_behind():
            is_other = not is_same(known.draft.plan, known.stored)
            if known.draft.is_changed and is_other:
                name = details.spec.name
                offer_both(self.banners, SUBJECT, name, known.put_together)
            else:
                known.load()
        if details.calendar_id == self.calendar_id:
            self._show()
            if is_new:
                self.year.begin(self.asking.today())

    def _changed(self, known: Open) -> None:
        self.keeping.keep(known)
        self._show()

    def _show(self) -> None:
        """Show the calendar chosen as its draft stands."""
        found = self._chosen()
        if found is None:
            return
        spec, is_locked = found.draft.spec, self.is_locked
        since = since_words(self._context, found.kept_at)
        today = self.asking.today()
        self.head.show_draft(found.draft, today, is_locked=is_locked, since=since)
        row = next((r for r in self._rows if r.calendar_id == self.calendar_id), None)
        self.head.show_use(row)
        self.show_problem("", "")
        self.week.show_spec(spec, is_locked=is_locked)
        self.year.show_spec(spec, is_locked=is_locked)
        self.versions.show_versions(
            found.details.versions,
            found.details.lock,
            ZoneInfo(found.details.spec.zone),
            is_locked=is_locked,
        )
        self._show_list()

    # ------------------------------------------------------------ going about

    def go_to(self, calendar_id: int | None = None, part: str = "") -> None:
        """Show a calendar, and its `week`, `year` or `versions`."""
        if part:
            self.show_part(part)
        if calendar_id is not None:
            self.choose(calendar_id)

    def choose(self, calendar_id: int) -> None:
        """Show another calendar; what is not saved of this one stays."""
        self.calendar_id = calendar_id
        self._context.preferences.set_value("calendars.chosen", calendar_id)
        self.banners.withdraw(SUBJECT)
        self.week.choose(None)
        self._show()
        self.refresh()

    def show_part(self, part: str) -> None:
        """Show the week, the year or the versions."""
        shown = {WEEK: self.week, YEAR: self.year, VERSIONS: self.versions}
        self.head.parts.set_value(part)
        before = self.parts.currentWidget()
        had_keys = before.isAncestorOf(self.focusWidget()) if before else False
        self.parts.setCurrentWidget(shown[part])
        if had_keys:
            shown[part].setFocus()

    # ------------------------------------------------------------ changing

    def week_hours(self) -> Mapping[int, Sequence[Interval]]:
        """Return the weekly hours on screen."""
        return week_since(self.draft.spec, self.week.chosen())

    def _edit_week(
        self, since: date | None, weekly: Mapping[int, Sequence[Interval]]
    ) -> None:
        self.draft.put_spec(with_week(self.draft.spec, since, weekly))

    def undo(self) -> None:
        """Take the last step that is not saved back."""
        self.draft.undo()

    def discard(self) -> None:
        """Go back to what is stored; undo brings the changes again."""
        self.draft.discard()

    def can_save(self) -> bool:
        """Tell whether there is something to save."""
        return not self.is_locked and self.draft.is_changed

    def save(self) -> None:
        """Save the calendar on screen, saying first what it would move."""
        found = self._chosen()
        if found is None or self.calendar_id is None or not self.can_save():
            return
        wanted = Wanted(
            self.calendar_id, found.draft.plan, found.lock, found.details.spec
        )
        self.saving.save(wanted)

    def restore(self, number: int) -> None:
        """Bring an earlier version back."""
        found = self._chosen()
        if found is not None and self.calendar_id is not None:
            name = found.details.spec.name
            self.saving.restore(self.calendar_id, number, found.lock, name)

    def give(self) -> None:
        """Ask which open requests are given the newest version."""
        found = self._chosen()
        if found is not None and self.calendar_id is not None:
            spec = found.details.spec
            self.saving.give(self.calendar_id, found.lock, spec.name, spec.zone)

    def _saved(self, wanted: Wanted, saved: CalendarSaved) -> None:
        self.banners.withdraw(SUBJECT)
        known = self._open[wanted.calendar_id]
        known.lock = saved.version
        if known.draft.plan is wanted.plan:
            known.draft.load(wanted.plan)
        else:
            known.draft.base = wanted.plan
            self._changed(known)
        self._refresher.want()

    def _refused(self, wanted: Wanted, refusal: Refusal) -> None:
        if isinstance(refusal, Conflict):
            self._read(wanted.calendar_id)
            return
        field = field_of(refusal)
        if not field:
            self._tell(refusal)
        elif wanted.calendar_id == self.calendar_id:
            self.show_problem(field, problem_of(refusal))

    def show_problem(self, field: str, words: str) -> None:
        """Say what is wrong at the field it is about; empty words take all back."""
        self.head.show_problem(words if field in ("name", "zone") else "")
        self.week.show_problem(words if field in _PARTS else "")
        in_year = words and field not in (*_PARTS, "name", "zone")
        self.year.show_problem(words if in_year else "")
        if words and field not in ("name", "zone"):
            self.show_part(_PARTS.get(field, YEAR))

    # ------------------------------------------------------------ coming and going

    def showEvent(self, event: QShowEvent) -> None:
        """Take up what another window left meanwhile."""
        super().showEvent(event)
        if self._has_read:
            self._take_up()
            self._show()
            self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what is not saved, whatever happens to the program."""
        self.keeping.save()
        super().hideEvent(event)

    # ------------------------------------------------------------ the keyboard

    def event(self, event: QEvent) -> bool:
        """Keep Ctrl+Z for the steps of the draft while there are any."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(
            event, QKeyEvent
        ):
            undo = event.matches(QKeySequence.StandardKey.Undo)
            if (undo and self.draft.can_undo()) or event.matches(
                QKeySequence.StandardKey.Redo
            ):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a step back, or again."""
        if event.matches(QKeySequence.StandardKey.Undo):
            self.draft.undo()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.draft.redo()
        else:
            super().keyPressEvent(event)
