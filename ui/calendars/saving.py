"""Saving a calendar: what it would move, the answer, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from desktop.domain.calendars import CalendarSpec
from desktop.domain.errors import Refusal
from desktop.exchange.holiday_refresh import HolidaySource
from desktop.formats import count as amount
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from desktop.queries.calendars import Refund, preview_calendar, preview_refund
from desktop.use_cases.calendars import (
    CalendarSaved,
    apply_refund,
    restore_calendar,
    save_calendar,
)
from desktop.use_cases.refund_undoing import take_back_refund
from ui.calendars.change_words import change_words
from ui.calendars.draft import Plan
from ui.calendars.save_dialog import GiveDialog, RefundDialog, SaveDialog
from ui.context import Context
from ui.operations import Ticket


@dataclass(frozen=True, slots=True)
class Given:
    """To whom a change is given: to everything open, to some of it, or to nobody."""

    refund: bool = False
    only: frozenset[int] = frozenset()

    @classmethod
    def by(cls, dialog: RefundDialog) -> Given:
        """Return what was chosen there."""
        if dialog.is_everything():
            return cls(refund=True)
        return cls(only=dialog.chosen())


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be saved: which calendar, how, from which version on, and what of."""

    calendar_id: int
    plan: Plan
    lock: int
    before: CalendarSpec


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
        if any(one.isVisible() for one in self._page.findChildren(RefundDialog)):
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
                self._write(wanted, Given(), None)

        self._looking = reading.start(
            self._page, show, lambda why: self._refuse(wanted, why, None)
        )

    def _ask(self, wanted: Wanted, refund: Refund) -> None:
        spec = wanted.plan.spec
        now = self._context.ticker.now()
        changed = change_words(wanted.before, spec)
        dialog = SaveDialog(spec.name, refund, now, spec.zone, changed, self._page)
        dialog.submitted.connect(
            lambda: self._write(
                wanted, Given.by(dialog) if dialog.is_refund() else Given(), dialog
            )
        )
        dialog.open()

    def _write(self, wanted: Wanted, given: Given, dialog: SaveDialog | None) -> None:
        if dialog is not None:
            dialog.set_busy(True)
        plan = wanted.plan
        writing = self._context.operations.write(
            save_calendar,
            wanted.calendar_id,
            plan.spec,
            expected_version=wanted.lock,
            holidays=HolidaySource(plan.country, plan.subdivision),
            refund=given.refund,
            only=given.only,
        )

        def done(saved: CalendarSaved) -> None:
            if dialog is not None:
                dialog.accept()
            self._saved(wanted, saved)
            self._offer(plan.spec.name, saved, given)

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
            lambda saved: self._offer(name, saved, Given()),
            self._tell,
        )

    def give(self, calendar_id: int, lock: int, name: str, zone: str) -> None:
        """Ask which open requests are given the newest version, saved before."""
        now = self._context.ticker.now()
        reading = self._context.operations.read(preview_refund, calendar_id, now)

        def show(refund: Refund) -> None:
            if not refund.requests:
                words = _("Every open request is counted by the newest hours already.")
                self._context.offer_undo(words)
                return
            dialog = GiveDialog(name, refund, now, zone, self._page)
            dialog.submitted.connect(lambda: self._give(calendar_id, lock, dialog))
            dialog.open()

        reading.start(self._page, show, self._tell)

    def _give(self, calendar_id: int, lock: int, dialog: GiveDialog) -> None:
        given = Given.by(dialog)
        if not given.refund and not given.only:
            dialog.show_problem(_("No request is chosen."))
            return
        dialog.set_busy(True)
        writing = self._context.operations.write(
            apply_refund,
            calendar_id,
            expected_version=lock,
            only=None if given.refund else given.only,
        )

        def done(saved: CalendarSaved) -> None:
            dialog.accept()
            words = ngettext(
                "{count} open request is due by the newest hours.",
                "{count} open requests are due by the newest hours.",
                saved.moved,
            )
            self._context.offer_undo(
                words.format(count=amount(saved.moved)),
                lambda: self._take_back(saved, given),
            )

        writing.start(self._page, done, dialog.show_refusal)

    def _take_back(self, saved: CalendarSaved, given: Given) -> None:
        """Take back what was given later; refused where something came of it since."""
        assert saved.at is not None
        self._say_counting()
        writing = self._context.operations.write(
            take_back_refund,
            saved.calendar_id,
            expected_version=saved.version,
            given_at=saved.at,
            only=None if given.refund else given.only,
        )

        def done(undone: CalendarSaved) -> None:
            words = ngettext(
                "{count} open request is due as before.",
                "{count} open requests are due as before.",
                undone.moved,
            )
            self._context.offer_undo(words.format(count=amount(undone.moved)))

        writing.start(self._page, done, self._tell)

    def _say_counting(self) -> None:
        # Thousands take seconds; until then it would look as if nothing came of it.
        self._context.offer_undo(_("Counting open requests as before …"))

    def _offer(self, name: str, saved: CalendarSaved, given: Given) -> None:
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
            words = moved.format(name=name, count=amount(saved.moved))
        self._context.offer_undo(words, lambda: self._undo(saved, name, given))

    def _undo(self, saved: CalendarSaved, name: str, given: Given) -> None:
        if saved.moved:
            self._say_counting()
        writing = self._context.operations.write(
            restore_calendar,
            saved.calendar_id,
            saved.before,
            expected_version=saved.version,
            refund=given.refund,
            only=given.only,
        )
        writing.start(
            self._page,
            lambda _saved: self._context.offer_undo(
                _("{name} is as it was.").format(name=name)
            ),
            self._tell,
        )
