"""The columns lists of requests share: reference, subject, holder, clock, person."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from desktop.domain.requests import RequestState
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from ui.common.cells import BallCell, ClockCell, Column, LinesCell, PersonCell
from ui.common.clock_words import ClockWords
from ui.common.link_marks import LinkMarks
from ui.common.request_pane.request_words import (
    STATES,
    row_holder,
    short_name,
    since_words,
    waiting_words,
)
from ui.common.seeing import Seeing

if TYPE_CHECKING:
    from desktop.queries.queue import QueueRow
    from ui.context import Context

_A_WEEK = timedelta(days=6)


class RequestCells:
    """Makes the cells of a row; they speak of the ticker's time."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._seeing = Seeing.of(context)
        self._marks = LinkMarks.of(context)

    def reference(self, row: QueueRow) -> LinesCell:
        """Return the reference over when it was raised."""
        from desktop.formats import day, short_instant

        now, zone = self._context.ticker.now(), self._context.clocks.zone
        raised = short_instant(row.raised_at, now, zone)
        if now - row.raised_at > _A_WEEK:
            # The hour no longer matters, and has no room beside the date.
            raised = day(row.raised_at.astimezone(zone).date())
        return LinesCell(row.reference, self._seeing.others(row.id) or raised)

    def subject(self, row: QueueRow) -> LinesCell:
        """Return the subject over service and front unit."""
        parts = (self._marks.words(row.id), row.service, row.front_unit)
        is_new = self._seeing.is_unread(row.id, row.entries)
        return LinesCell(
            row.subject, "  ·  ".join(part for part in parts if part), bold=is_new
        )

    def holder(self, row: QueueRow) -> BallCell:
        """Return who has to move next over since when, or what is waited for."""
        now, zone = self._context.ticker.now(), self._context.clocks.zone
        second = since_words(row.ball_since, now, zone)
        if row.pending is not None and row.ball == "back":
            second = waiting_words(row.pending)
        if row.resolved_at is not None:
            second = _(STATES[row.state])
        return BallCell(row.ball.value, row_holder(row), second)

    def clock(self, row: QueueRow) -> ClockCell:
        """Return the clock of the promise the row is under."""
        if row.state is RequestState.DECLINED:
            words = _("Declined")
            return ClockCell(ClockWords("declined", words, "", 1.0, words))
        return ClockCell(self._context.clocks.words(row.clock))

    def person(self, row: QueueRow) -> PersonCell:
        """Return who works on it."""
        if row.assignee_id is None:
            return PersonCell(None, _("Nobody"))
        own = row.assignee_id == self._context.me.person_id
        return PersonCell(row.assignee, short_name(row.assignee), own=own)


def request_columns(context: Context) -> list[Column[QueueRow]]:
    """Return the columns lists of requests have."""
    cells = RequestCells(context)
    return [
        Column("reference", N_("Reference"), cells.reference, 112, sort=lambda r: r.id),
        Column(
            "subject",
            N_("What is asked"),
            cells.subject,
            260,
            stretch=True,
            sort=lambda r: r.subject.casefold(),
        ),
        Column("holder", N_("Who holds it"), cells.holder, 138, sort=row_holder),
        Column("due", N_("Due"), cells.clock, 192, sort=lambda r: r.due_at),
        Column(
            "person",
            N_("Assigned to"),
            cells.person,
            116,
            sort=lambda r: r.assignee.casefold() or None,
        ),
    ]
