"""Saving a calendar: what it would move, the answer, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from desktop.domain.errors import Refusal
from desktop.exchange.holiday_refresh import HolidaySource
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from desktop.queries.calendars import Refund, preview_calendar
from desktop.use_cases.calendars import CalendarSaved, restore_calendar, save_calendar
from ui.calendars.draft import Plan
from ui.calendars.save_dialog import SaveDialog
from ui.context import Context
from ui.operations import Ticket


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be saved: which calendar, how, and from which version on."""

    calendar_id: int
    plan: Plan
    lock: int


class Saving:
    """Asks, writes and offers the way back.

    `saved` and `refused` tell the page what came of a save, `tell` of anything else.
    """

    def __init__(
        self,
        context: Context,
        page: QWidget,
        saved: Callable[[Wanted, CalendarSaved], None],
        refused: Callable[[Wanted, Refusal], None],
        tell: Callable[[Refusal], None],
    ) -> None:
        self._context = context
        self._page = page
        self._saved = saved
        self._refused = refused
        self._tell = tell
        self._looking: Ticket | None = None

    def save(self, wanted: Wanted) -> None:
        """Look at what would move, then ask or save."""
        if any(one.isVisible() for one in self._page.findChildren(SaveDialog)):
            return
        if self._looking is not None:
            self._looking.cancel()
        reading = self._context.operations.read(
            preview_calendar,
            wanted.calendar_id,
            wanted.plan.spec,
            self._context.ticker.now(),
        )

        def show(refund: Refund) -> None:
            if refund.requests:
                self._ask(wanted, refund)
            else:
                self._write(wanted, is_refund=False, dialog=None)

        self._looking = reading.start(
            self._page, show, lambda why: self._refuse(wanted, why, None)
        )

    def _ask(self, wanted: Wanted, refund: Refund) -> None:
        spec = wanted.plan.spec
        now = self._context.ticker.now()
        dialog = SaveDialog(spec.name, refund, now, spec.zone, self._page)
        dialog.submitted.connect(
            lambda: self._write(wanted, is_refund=dialog.is_refund(), dialog=dialog)
        )
        dialog.open()

    def _write(
        self, wanted: Wanted, *, is_refund: bool, dialog: SaveDialog | None
    ) -> None:
        if dialog is not None:
            dialog.set_busy(True)
        plan = wanted.plan
        writing = self._context.operations.write(
            save_calendar,
            wanted.calendar_id,
            plan.spec,
            expected_version=wanted.lock,
            holidays=HolidaySource(plan.country, plan.subdivision),
            refund=is_refund,
        )

        def done(saved: CalendarSaved) -> None:
            if dialog is not None:
                dialog.accept()
            self._saved(wanted, saved)
            self._offer(plan.spec.name, saved, is_refund=is_refund)

        writing.start(self._page, done, lambda why: self._refuse(wanted, why, dialog))

    def _refuse(
        self, wanted: Wanted, refusal: Refusal, dialog: SaveDialog | None
    ) -> None:
        """Close the question: what is wrong is said where it can be mended."""
        if dialog is not None:
            dialog.reject()
        self._refused(wanted, refusal)

    def restore(self, calendar_id: int, number: int, lock: int, name: str) -> None:
        """Make a calendar what it was in an earlier version; that can be undone too."""
        writing = self._context.operations.write(
            restore_calendar, calendar_id, number, expected_version=lock
        )
        writing.start(
            self._page,
            lambda saved: self._offer(name, saved, is_refund=False),
            self._tell,
        )

    def _offer(self, name: str, saved: CalendarSaved, *, is_refund: bool) -> None:
        if saved.before == saved.version:
            self._context.offer_undo(_("Nothing was changed."))
            return
        words = _("{name} is saved.").format(name=name)
        if saved.moved:
            moved = ngettext(
                "{name} is saved; {count} open request moved.",
                "{name} is saved; {count} open requests moved.",
                saved.moved,
            )
            words = moved.format(name=name, count=saved.moved)
        self._context.offer_undo(
            words, lambda: self._undo(saved, name, is_refund=is_refund)
        )

    def _undo(self, saved: CalendarSaved, name: str, *, is_refund: bool) -> None:
        writing = self._context.operations.write(
            restore_calendar,
            saved.calendar_id,
            saved.before,
            expected_version=saved.version,
            refund=is_refund,
        )
        writing.start(
            self._page,
            lambda _saved: self._context.offer_undo(
                _("{name} is as it was.").format(name=name)
            ),
            self._tell,
        )
