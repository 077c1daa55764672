"""Everything about one request that its pane shows, for a reader of some unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from desktop.domain.agreements import TargetKind
from desktop.domain.errors import NotFound
from desktop.domain.forms import FieldKind
from desktop.domain.history import History, HistoryEvent
from desktop.domain.promises import ClockView
from desktop.domain.requests import (
    Ball,
    EntryKind,
    PendingReason,
    RequestState,
    Side,
)
from desktop.entities.agreements import AgreementTarget
from desktop.entities.journal import JournalEntry
from desktop.entities.requests import Request, RequestClock
from desktop.entities.services import Service
from desktop.queries.ball_split import BallShare, ball_split, split_clock
from desktop.queries.compiled_calendars import compiled_calendar
from desktop.queries.due_moves import MOST, DueMove, due_moves
from desktop.queries.request_names import Names, names_of
from desktop.queries.timeline import Readers, TimelineEntry, timeline_of
from desktop.store.form_rows import asked_as, field_rows
from desktop.store.projection import clock_view
from desktop.store.reference import reference_of


@dataclass(frozen=True, slots=True)
class ClockRow:
    """One promise of the request; ``is_shown`` marks the one lists show.

    ``days``: how many working days were promised, where it counts days, not hours.
    """

    position: int
    unit: str
    for_unit: str
    view: ClockView
    is_shown: bool
    days: int | None = None


@dataclass(frozen=True, slots=True)
class FormAnswer:
    """An answer of the form under its question as it was worded when raised."""

    label: str
    kind: FieldKind
    answer: Any
    currency: str = ""


@dataclass(frozen=True, slots=True)
class LegRow:
    """A stay of the request with one unit."""

    position: int
    unit: str
    start: datetime
    end: datetime | None


@dataclass(frozen=True, slots=True)
class RequestDetails:
    """One request with its clocks, the split of its ball, form and timeline."""

    id: int
    version: int
    reference: str
    subject: str
    body: str
    service: str
    customer: str
    contact: str
    channel: str
    site: str
    front_unit_id: int | None
    front_unit: str
    requester: str
    state: RequestState
    pending: PendingReason | None
    ball: Ball
    ball_since: datetime
    unit_id: int | None
    unit: str
    side: Side | None
    assignee_id: int | None
    assignee: str
    priority: int | None
    raised_at: datetime
    resolved_at: datetime | None
    due_at: datetime | None
    told_text: str
    told_due_at: datetime | None
    told_how: str
    told_price: str
    told_by: str
    told_at: datetime | None
    calendar_id: int | None
    clocks: tuple[ClockRow, ...]
    split: tuple[BallShare, ...]
    form: tuple[FormAnswer, ...]
    entries: tuple[TimelineEntry, ...]
    legs: tuple[LegRow, ...]

    @property
    def shown_clock(self) -> ClockRow | None:
        """Return the clock lists show for this request."""
        return next((one for one in self.clocks if one.is_shown), None)


def request_details(
    session: Session,
    request_id: int,
    *,
    reader_unit_id: int | None,
    now: datetime,
    all_moves: bool = False,
) -> RequestDetails:
    """Return a request as somebody of ``reader_unit_id`` may see it.

    Internal notes are left out unless that unit may read them (see `timeline_of`).
    ``all_moves``: every entry tells how it moved the promise, not the last ones only.
    Refuses with NotFound.
    """
    request, service = _head(session, request_id)
    journal, history = journal_of(session, request_id)
    clocks = _clocks(session, request_id)
    names = names_of(session, request, journal, clocks)
    shown = split_clock(clocks, request)
    calendar = compiled_calendar(session, shown.calendar_id) if shown else None
    readers = Readers(request.front_unit_id, reader_unit_id, history)
    dues = _dues(session, request, journal, all_moves=all_moves)
    return RequestDetails(
        **{name: getattr(request, name) for name in _PLAIN},
        service=service,
        front_unit=names.unit(request.front_unit_id),
        requester=names.person(request.requester_id),
        unit=names.unit(request.unit_id),
        side=names.sides.get(request.unit_id or 0),
        assignee=names.person(request.assignee_id),
        **_told(journal, names),
        calendar_id=shown.calendar_id if shown and calendar else None,
        clocks=_clock_rows(session, clocks, request, names),
        split=ball_split(session, history, names, request, shown, calendar, now),
        form=_form(session, request),
        entries=timeline_of(journal, names, readers, dues),
        legs=_legs(history, names),
    )


_PLAIN = (
    *("id", "version", "reference", "subject", "body", "customer", "contact"),
    *("channel", "site", "front_unit_id", "state", "pending", "ball", "ball_since"),
    *("unit_id", "assignee_id", "priority", "raised_at", "resolved_at", "due_at"),
    *("told_text", "told_due_at", "told_how", "told_price"),
)


def journal_of(
    session: Session, request_id: int
) -> tuple[Sequence[JournalEntry], History]:
    """Return a request's journal in order, and what it adds up to."""
    journal = session.scalars(
        select(JournalEntry)
        .where(JournalEntry.request_id == request_id)
        .order_by(JournalEntry.seq)
    ).all()
    return journal, History.of(_events(journal))


def _events(journal: Iterable[JournalEntry]) -> list[HistoryEvent]:
    return [
        HistoryEvent(
            one.seq,
            one.at,
            one.kind,
            one.changes,
            one.unit_id,
            one.audience,
            one.recorded_at,
        )
        for one in journal
    ]


def _dues(
    session: Session,
    request: Request,
    journal: Iterable[JournalEntry],
    *,
    all_moves: bool,
) -> Mapping[int, DueMove]:
    rules = reference_of(session).rules(request.service_id)
    most = None if all_moves else MOST
    return due_moves(_events(journal), rules, request.front_unit_id, most)


def _head(session: Session, request_id: int) -> tuple[Request, str]:
    """Return a request and its service's name; refuses with NotFound."""
    row = session.execute(
        select(Request, Service.name)
        .outerjoin(Service, Service.id == Request.service_id)
        .where(Request.id == request_id)
    ).one_or_none()
    if row is None:
        raise NotFound("not_found", what="request", id=request_id)
    return row[0], row[1] or ""


def _clocks(session: Session, request_id: int) -> Sequence[RequestClock]:
    return session.scalars(
        select(RequestClock)
        .where(RequestClock.request_id == request_id)
        .order_by(RequestClock.position)
    ).all()


def _clock_rows(
    session: Session, clocks: Sequence[RequestClock], request: Request, names: Names
) -> tuple[ClockRow, ...]:
    days = _promised_days(session, clocks, request.priority)
    return tuple(
        ClockRow(
            row.position,
            names.unit(row.unit_id),
            names.unit(row.for_unit_id),
            clock_view(row),
            row.position == request.clock_position,
            days.get((row.version_id, row.kind)),
        )
        for row in clocks
    )


def _promised_days(
    session: Session, clocks: Iterable[RequestClock], priority: int | None
) -> dict[tuple[int, TargetKind], int]:
    """Return the working days promised, where the targets count days."""
    versions = {row.version_id for row in clocks}
    if not versions:
        return {}
    # The target of the priority comes last: it wins over the one of all others.
    rows = session.execute(
        select(AgreementTarget.version_id, AgreementTarget.kind, AgreementTarget.days)
        .where(
            AgreementTarget.version_id.in_(versions),
            or_(
                AgreementTarget.priority.is_(None),
                AgreementTarget.priority == priority,
            ),
        )
        .order_by(AgreementTarget.priority.is_not(None))
    )
    found = {(version, kind): days for version, kind, days in rows}
    return {key: days for key, days in found.items() if days is not None}


def _told(journal: Iterable[JournalEntry], names: Names) -> dict[str, Any]:
    """Return who last told the customer something, and when."""
    found: dict[str, Any] = {"told_by": "", "told_at": None}
    for entry in journal:
        if entry.text and entry.kind in (EntryKind.TOLD, EntryKind.RAISED):
            found = {"told_by": names.person(entry.actor_id), "told_at": entry.at}
    return found


def _legs(history: History, names: Names) -> tuple[LegRow, ...]:
    return tuple(
        LegRow(leg.position, names.unit(leg.unit), leg.start, leg.end)
        for leg in history.legs
    )


def _form(session: Session, request: Request) -> tuple[FormAnswer, ...]:
    answers = dict(request.form or {})
    if not answers:
        return ()
    found = []
    for row in field_rows(session, request.service_id or 0):
        if row.code in answers:
            label, kind, currency = asked_as(row, request.raised_at)
            found.append(FormAnswer(label, kind, answers.pop(row.code), currency))
    # An import may have brought what no form of ours ever asked.
    found += [FormAnswer(code, FieldKind.TEXT, it) for code, it in answers.items()]
    return tuple(found)
