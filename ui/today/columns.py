"""The columns of a day: what it is, who has it, and by when."""

from __future__ import annotations

from collections.abc import Hashable

from desktop.formats import day as day_words
from desktop.formats import short_instant
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.queries.desk_sections import ApprovalRow
from desktop.queries.request_rows import QueueRow
from desktop.queries.today import Line, TodaySession
from ui.common.cells import Cell, Column, LinesCell, TextCell
from ui.common.request_pane.request_columns import RequestCells, telling_of
from ui.context import Context


def key_of(line: Line) -> Hashable:
    """Return a line's lasting identity."""
    if isinstance(line, TodaySession):
        return ("session", line.meeting_id)
    return (type(line).__name__, line.id)


def today_columns(context: Context) -> list[Column[Line]]:
    """Return the columns of the day's list."""
    cells = DayCells(context)
    return [
        Column("number", N_("Number"), cells.number, 128, least=96),
        Column("what", N_("What"), cells.what, 320, stretch=True),
        Column("who", N_("Who"), cells.who, 208, least=112),
        Column("when", N_("When"), cells.when, 200, least=132),
    ]


class DayCells:
    """Makes the cells of a line, whatever it is."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._requests = RequestCells(telling_of(context))

    def number(self, line: Line) -> Cell:
        """Return the request's number, or the session's."""
        if isinstance(line, QueueRow):
            return self._requests.reference(line)
        if isinstance(line, ApprovalRow):
            return LinesCell(line.reference)
        if isinstance(line, TodaySession):
            return LinesCell(_("Session {n}").format(n=line.number))
        return LinesCell(_("Action"))

    def what(self, line: Line) -> Cell:
        """Return what it is about."""
        if isinstance(line, QueueRow):
            return self._requests.subject(line)
        if isinstance(line, ApprovalRow):
            return LinesCell(line.question, line.subject)
        if isinstance(line, TodaySession):
            return LinesCell(line.name, line.units)
        return LinesCell(line.text, line.series)

    def who(self, line: Line) -> Cell:
        """Return who has it, or who asks."""
        if isinstance(line, QueueRow):
            return self._requests.person(line)
        if isinstance(line, ApprovalRow):
            words = _("{name} asks").format(name=line.asked_by)
            return TextCell(words)
        if isinstance(line, TodaySession):
            return TextCell(line.place)
        return TextCell(line.owner)

    def when(self, line: Line) -> Cell:
        """Return its clock, or by when."""
        now, zone = self._context.ticker.now(), self._context.clocks.zone
        if isinstance(line, QueueRow):
            if line.follow_up_at is not None and line.due_at is None:
                at = short_instant(line.follow_up_at, now, zone)
                return TextCell(_("Look again {when}").format(when=at))
            return self._requests.clock(line)
        if isinstance(line, ApprovalRow):
            by = line.due_at
            return TextCell(short_instant(by, now, zone) if by else "")
        if isinstance(line, TodaySession):
            return TextCell(short_instant(line.starts_at, now, zone))
        is_over = line.due_on < now.astimezone(zone).date()
        words = day_words(line.due_on)
        return TextCell(words, kind="broken" if is_over else "")
