"""The columns lists of requests share: reference, subject, holder, clock, person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Protocol

from desktop.domain.requests import RequestState
from desktop.domain.text import in_line
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.reports.request_words import PRIORITIES, STATES
from ui.common.cells import (
    BallCell,
    ClockCell,
    Column,
    LinesCell,
    PersonCell,
    TextCell,
)
from ui.common.clock_words import ClockWords
from ui.common.request_pane.row_words import (
    row_holder,
    short_name,
    since_words,
    waiting_words,
)

if TYPE_CHECKING:
    from desktop.domain.clock_views import ClockView
    from desktop.queries.list_rows import QueueRow
    from ui.context import Context

_A_WEEK = timedelta(days=6)


class Time(Protocol):
    """Tells the time; the ticker does."""

    def now(self) -> datetime:
        """Return the instant, aware."""


class ClockFaces(Protocol):
    """Puts clocks into words, in the workspace's zone; `Clocks` does."""

    zone: tzinfo

    def words(self, view: ClockView | None) -> ClockWords:
        """Put a promise's clock into words as it stands now."""


class News(Protocol):
    """What is new to somebody, and who else looks; `Seeing` knows."""

    def is_unread(self, request_id: int, entries: int) -> bool:
        """Tell whether a row has news."""

    def others(self, request_id: int) -> str:
        """Return who else looks at it, in words."""


class Marks(Protocol):
    """What a request belongs with; `LinkMarks` knows."""

    def words(self, request_id: int) -> str:
        """Return it in words, empty where it stands alone."""


@dataclass(frozen=True)
class RowTelling:
    """Whom rows are shown to, and what they ask to be shown."""

    person_id: int
    time: Time
    clocks: ClockFaces
    news: News
    marks: Marks


def telling_of(context: Context) -> RowTelling:
    """Return what a page's rows ask."""
    from ui.common.link_marks import LinkMarks
    from ui.common.seeing import Seeing

    return RowTelling(
        context.me.person_id,
        context.ticker,
        context.clocks,
        Seeing.of(context),
        LinkMarks.of(context),
    )


class RequestCells:
    """Makes the cells of a row; they speak of the ticker's time."""

    def __init__(self, telling: RowTelling) -> None:
        self._person_id = telling.person_id
        self._time = telling.time
        self._clocks = telling.clocks
        self._news = telling.news
        self._marks = telling.marks

    def reference(self, row: QueueRow) -> LinesCell:
        """Return the reference over when it was raised."""
        from desktop.formats import day, short_instant

        now, zone = self._time.now(), self._clocks.zone
        raised = short_instant(row.raised_at, now, zone)
        if now - row.raised_at > _A_WEEK:
            # The hour no longer matters, and has no room beside the date.
            raised = day(row.raised_at.astimezone(zone).date())
        return LinesCell(row.reference, self._news.others(row.id) or raised)

    def subject(self, row: QueueRow) -> LinesCell:
        """Return the subject over service and front unit."""
        parts = (self._marks.words(row.id), row.service, row.front_unit)
        is_new = self._news.is_unread(row.id, row.entries)
        return LinesCell(row.subject, in_line(*parts, wide=True), bold=is_new)

    def holder(self, row: QueueRow) -> BallCell:
        """Return who has to move next over since when, or what is waited for."""
        now, zone = self._time.now(), self._clocks.zone
        second = since_words(row.ball_since, now, zone)
        if row.pending is not None and row.ball == "back":
            second = waiting_words(row.pending)
        if row.follow_up_at is not None:
            from desktop.formats import short_instant

            at = short_instant(row.follow_up_at, now, zone)
            second = _("look again {when}").format(when=at)
        if row.resolved_at is not None:
            second = _(STATES[row.state])
        return BallCell(row.ball.value, row_holder(row), second)

    def clock(self, row: QueueRow) -> ClockCell:
        """Return the clock of the promise the row is under."""
        if row.state is RequestState.DECLINED:
            words = _("Declined")
            return ClockCell(ClockWords("declined", words, "", 1.0, words))
        return ClockCell(self._clocks.words(row.clock))

    def person(self, row: QueueRow) -> PersonCell:
        """Return who works on it."""
        if row.assignee_id is None:
            return PersonCell(None, _("Nobody"))
        own = row.assignee_id == self._person_id
        return PersonCell(row.assignee, short_name(row.assignee), own=own)

    def instant(self, name: str) -> Callable[[QueueRow], TextCell]:
        """Return what makes the cell of an instant of a row."""

        def cell(row: QueueRow) -> TextCell:
            from desktop.formats import short_instant

            at: datetime | None = getattr(row, name)
            now, zone = self._time.now(), self._clocks.zone
            return TextCell(short_instant(at, now, zone) if at else "", quiet=True)

        return cell


def request_columns(context: Context) -> list[Column[QueueRow]]:
    """Return the columns lists of requests have; some are shown only when chosen.

    Their ids are those a list is sorted by (`SortBy`).
    """
    return row_columns(telling_of(context))


def row_columns(telling: RowTelling) -> list[Column[QueueRow]]:
    """Return those columns for rows shown before there is a context."""
    cells = RequestCells(telling)
    return [
        Column("reference", N_("Reference"), cells.reference, 104),
        Column("subject", N_("What is asked"), cells.subject, 260, stretch=True),
        Column("holder", N_("Who holds it"), cells.holder, 160, gives_way=True),
        Column("due", N_("Due"), cells.clock, 192, least=132),
        Column("person", N_("Assigned to"), cells.person, 116, least=60),
        *_more_columns(cells),
    ]


def _more_columns(cells: RequestCells) -> list[Column[QueueRow]]:
    """Return the columns that are hidden until somebody chooses them."""
    words: list[tuple[str, str, Callable[[QueueRow], TextCell], int]] = [
        ("state", N_("State"), lambda row: TextCell(_(STATES[row.state])), 96),
        ("priority", N_("Urgency"), _urgency, 88),
        ("service", N_("Service"), lambda row: TextCell(row.service), 144),
        ("front", N_("Front unit"), lambda row: TextCell(row.front_unit), 128),
        ("customer", N_("Customer"), lambda row: TextCell(row.customer), 144),
        ("requester", N_("Asked for by"), lambda row: TextCell(row.requester), 128),
        ("raised", N_("Raised"), cells.instant("raised_at"), 128),
        ("changed", N_("Last changed"), cells.instant("last_at"), 128),
        ("resolved", N_("Resolved"), cells.instant("resolved_at"), 128),
        ("follow_up", N_("Look again on"), cells.instant("follow_up_at"), 128),
    ]
    return [
        Column(name, heading, cell, width, is_hidden=True)
        for name, heading, cell, width in words
    ]


def _urgency(row: QueueRow) -> TextCell:
    words = PRIORITIES.get(row.priority or 0)
    return TextCell(_(words) if words else "")
