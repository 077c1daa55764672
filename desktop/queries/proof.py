"""The proof of a due time: what was counted, what was not, and by which rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.domain.agreements import Target, TargetKind
from desktop.domain.calendars import ServiceCalendar
from desktop.domain.clocks import ClockReading, Pause
from desktop.domain.errors import NotFound
from desktop.domain.history import History
from desktop.domain.promises import PauseCause, PauseLabel, Promise, promises_of
from desktop.domain.proof_paper import JournalLine
from desktop.domain.proofs import ProofKind, ProofLine, proof_of
from desktop.domain.requests import Audience, EntryKind, PendingReason, RequestState
from desktop.entities.calendars import Calendar, CalendarClosure
from desktop.entities.journal import JournalEntry
from desktop.entities.requests import Request
from desktop.entities.services import Service
from desktop.entities.units import Person, Unit
from desktop.queries.request_details import journal_of
from desktop.store.reference import Reference, load_reference


@dataclass(frozen=True, slots=True)
class ProofRow:
    """One line of the proof; durations are seconds of open time.

    A held row says why: its ``cause``, the ``reason`` it waited for, who had the
    request (``holder``), who put it so (``by``) and with which words (``note``). A
    closure row has the closure's name; ``is_inside_hold`` when it took nothing
    because the clock was held then.
    """

    kind: ProofKind
    start: datetime
    end: datetime
    open_s: int
    counted_s: int
    used_s: int
    left_s: int
    is_ahead: bool
    cause: PauseCause | None = None
    reason: PendingReason | None = None
    holder: str = ""
    by: str = ""
    note: str = ""
    closure: str = ""
    is_inside_hold: bool = False


@dataclass(frozen=True, slots=True)
class DayPart:
    """A stretch of one day: counted or held open time. Seconds of the local day."""

    kind: ProofKind
    from_s: int
    to_s: int
    is_ahead: bool
    is_late: bool = False

    @property
    def seconds(self) -> int:
        """Return how long it is."""
        return self.to_s - self.from_s


@dataclass(frozen=True, slots=True)
class ProofDay:
    """One day of the strip: its parts, what counted, and the closure it fell on."""

    day: date
    parts: tuple[DayPart, ...]
    counted_s: int
    closure: str = ""


@dataclass(frozen=True, slots=True)
class ProofGround:
    """What the count rests on.

    ``target_s`` is what ``target`` came to, in open seconds from its start.
    ``weekly`` holds the open hours by weekday (0 Monday) in seconds of the day;
    ``closures`` how many closures of its own and how many public holidays the
    calendar has in the year the clock started. ``entries`` is the number of journal
    entries counted from.
    """

    agreement: str
    number: int
    valid_from: datetime
    valid_until: datetime | None
    kind: TargetKind
    target: Target
    target_s: int
    priority: int | None
    service: str
    calendar: str
    calendar_version: int
    zone: str
    country: str
    weekly: Mapping[int, Sequence[tuple[int, int]]]
    public_holidays: int
    closures: int
    holds: tuple[PendingReason, ...]
    warn_share: float
    entries: int


@dataclass(frozen=True, slots=True)
class ProofView:
    """A promise's clock, explained as at ``now``."""

    request_id: int
    reference: str
    subject: str
    unit: str
    for_unit: str
    started_by: str
    now: datetime
    started_at: datetime
    stopped_at: datetime | None
    is_void: bool
    reading: ClockReading
    rows: tuple[ProofRow, ...]
    days: tuple[ProofDay, ...]
    ground: ProofGround
    due_without_holds: datetime | None = None
    journal: tuple[JournalLine, ...] = ()

    @property
    def zone(self) -> ZoneInfo:
        """Return the zone its times are told in: the calendar's."""
        return ZoneInfo(self.ground.zone)


def proof(
    session: Session, request_id: int, clock_position: int, now: datetime
) -> ProofView:
    """Explain one clock of a request (``clock_position`` from 1) as at ``now``.

    Refuses with NotFound. Read anew from the journal: it proves the stored clock.
    """
    request = session.get(Request, request_id)
    if request is None:
        raise NotFound("not_found", what="request", id=request_id)
    journal, history = journal_of(session, request_id)
    reference = load_reference(session, 0)
    promises = promises_of(
        history, reference.rules(request.service_id), request.front_unit_id
    )
    if not 1 <= clock_position <= len(promises):
        raise NotFound("not_found", what="clock", id=clock_position)
    promise = promises[clock_position - 1]
    calendar = promise.calendar
    clock = promise.clock()
    words = _Words.read(session, journal)
    rows = tuple(_rows(proof_of(clock, now), clock.pauses, words))
    return ProofView(
        request_id=request_id,
        reference=request.reference,
        subject=request.subject,
        unit=words.units.get(promise.unit, ""),
        for_unit=words.units.get(promise.for_unit, ""),
        started_by=words.actor_of(_starter(words, promise)),
        now=now,
        started_at=promise.start,
        stopped_at=promise.stop if promise.stop and promise.stop <= now else None,
        is_void=promise.is_void,
        reading=clock.reading(now, promise.warn_share),
        rows=rows,
        days=tuple(_days(rows, calendar)),
        ground=_ground(session, request, promise, reference, len(journal), history),
        due_without_holds=_due_without_holds(promise),
        journal=tuple(_journal_lines(journal, words, now)),
    )


def _due_without_holds(promise: Promise) -> datetime | None:
    """Return when it would have been due, None where nothing held it."""
    if not promise.pauses:
        return None
    return replace(promise, pauses=(), stop=None).clock().due_at(promise.start)


def _journal_lines(
    journal: Iterable[JournalEntry], words: _Words, now: datetime
) -> Iterable[JournalLine]:
    """Give the entries that moved the request, with where it stood after each."""
    unit: int | None = None
    state, pending = "", None
    for entry in journal:
        moved = {"unit", "state", "pending"} & entry.changes.keys()
        if entry.at > now or not moved:
            continue
        unit = entry.changes.get("unit", unit)
        state = entry.changes.get("state", state)
        pending = entry.changes.get("pending", pending)
        is_waiting = state == RequestState.PENDING
        yield JournalLine(
            entry.at,
            words.units.get(unit) if unit is not None else None,
            state,
            pending if is_waiting else None,
        )


@dataclass(frozen=True, slots=True)
class _Words:
    """Names, and what was written when."""

    units: Mapping[int, str]
    people: Mapping[int, str]
    journal: Sequence[JournalEntry]

    @classmethod
    def read(cls, session: Session, journal: Sequence[JournalEntry]) -> _Words:
        units = {
            row.id: row.name for row in session.execute(select(Unit.id, Unit.name))
        }
        actors = {one.actor_id for one in journal if one.actor_id is not None}
        people = session.execute(
            select(Person.id, Person.name).where(Person.id.in_(actors))
        )
        return cls(units, {row.id: row.name for row in people}, journal)

    def at(self, at: datetime, changed: str) -> JournalEntry | None:
        """Return the entry that changed something at an instant; the last of them."""
        fitting = [
            one for one in self.journal if one.at == at and changed in one.changes
        ]
        return fitting[-1] if fitting else None

    def actor_of(self, entry: JournalEntry | None) -> str:
        """Return who made an entry."""
        return self.people.get(entry.actor_id or 0, "") if entry else ""


def _starter(words: _Words, promise: Promise) -> JournalEntry | None:
    """Return the entry a promise's clock began with: a hand-over, or a question."""
    changed = "pending" if promise.kind is TargetKind.ANSWER else "unit"
    return words.at(promise.start, changed) or words.at(promise.start, "unit")


def _rows(
    lines: Iterable[ProofLine], pauses: Sequence[Pause], words: _Words
) -> Iterable[ProofRow]:
    for line in lines:
        row = ProofRow(
            line.kind,
            line.start,
            line.end,
            _seconds(line.open_time),
            _seconds(line.counted),
            _seconds(line.used),
            _seconds(line.left),
            line.is_ahead,
        )
        if line.closure is not None:
            held = any(
                one.start <= line.start and (one.end is None or line.end <= one.end)
                for one in pauses
            )
            row = replace(row, closure=line.closure.closure.name, is_inside_hold=held)
        label = pauses[line.pause].label if line.pause is not None else None
        if isinstance(label, PauseLabel) and line.pause is not None:
            row = _explained(row, label, pauses[line.pause].start, words)
        yield row


def _explained(
    row: ProofRow, label: PauseLabel, start: datetime, words: _Words
) -> ProofRow:
    entry = words.at(start, _MOVED[label.cause])
    told = entry is not None and entry.audience is Audience.BOTH
    is_words = entry is not None and entry.kind in _WITH_WORDS
    return replace(
        row,
        cause=label.cause,
        reason=label.reason,
        holder=words.units.get(label.unit or 0, ""),
        by=words.actor_of(entry),
        note=entry.text if entry is not None and told and is_words else "",
    )


_MOVED = {
    PauseCause.WAITING: "pending",
    PauseCause.ELSEWHERE: "unit",
    PauseCause.ENDED: "state",
}
_WITH_WORDS = (EntryKind.HELD, EntryKind.ASKED, EntryKind.HANDED_OVER)


def _days(rows: Iterable[ProofRow], calendar: ServiceCalendar) -> Iterable[ProofDay]:
    """Lay counted and held rows out by day; days on which nothing was have none."""
    zone = calendar.zone
    parts: dict[date, list[DayPart]] = {}
    closures: dict[date, str] = {}
    for row in rows:
        if row.kind in (ProofKind.COUNTED, ProofKind.HELD):
            for day, part in _parts(row, calendar):
                parts.setdefault(day, []).append(part)
        elif row.kind is ProofKind.CLOSURE:
            day = row.start.astimezone(zone).date()
            last = (row.end - timedelta(seconds=1)).astimezone(zone).date()
            while day <= last:
                closures[day] = row.closure
                day += timedelta(days=1)
    for day in sorted({*parts, *closures}):
        found = tuple(sorted(parts.get(day, ()), key=lambda one: one.from_s))
        counted = sum(one.seconds for one in found if one.kind is ProofKind.COUNTED)
        yield ProofDay(day, found, counted, closures.get(day, ""))


def _parts(row: ProofRow, calendar: ServiceCalendar) -> Iterable[tuple[date, DayPart]]:
    """Cut the open time of a row at each midnight of the calendar's zone."""
    zone = calendar.zone
    is_late = row.kind is ProofKind.COUNTED and row.left_s < 0
    for span in calendar.spans(row.start, row.end):
        start = span.start.astimezone(zone)
        while start < span.end:
            day = start.date()
            midnight = datetime.combine(day + timedelta(days=1), time(0), zone)
            end = min(span.end.astimezone(zone), midnight)
            until = _second_of_day(end) or 86_400
            yield (
                day,
                DayPart(row.kind, _second_of_day(start), until, row.is_ahead, is_late),
            )
            start = midnight


def _ground(
    session: Session,
    request: Request,
    promise: Promise,
    reference: Reference,
    entries: int,
    history: History,
) -> ProofGround:
    terms, spec = promise.terms, promise.calendar.spec
    country = session.scalar(
        select(Calendar.country).where(Calendar.id == promise.calendar_id)
    )
    closed = _closures(session, promise.calendar_id, promise.start.year)
    service = session.get(Service, request.service_id) if request.service_id else None
    return ProofGround(
        agreement=terms.name,
        number=terms.number,
        valid_from=terms.valid_from,
        valid_until=terms.valid_until,
        kind=promise.kind,
        target=promise.target,
        target_s=promise.target_s,
        priority=history.priority,
        service=service.name if service else "",
        calendar=spec.name,
        calendar_version=spec.version,
        zone=spec.zone,
        country=country or "",
        weekly=spec.weekly,
        public_holidays=closed.get(True, 0),
        closures=closed.get(False, 0),
        holds=tuple(sorted(terms.holds.get(promise.kind, ()))),
        warn_share=terms.warn_share,
        entries=entries,
    )


def _closures(session: Session, calendar_id: int, year: int) -> dict[bool, int]:
    """Count a year's public holidays (True) and closures of one's own (False)."""
    rows = session.execute(
        select(CalendarClosure.is_public_holiday, func.count())
        .where(
            CalendarClosure.calendar_id == calendar_id,
            CalendarClosure.start >= date(year, 1, 1),
            CalendarClosure.start <= date(year, 12, 31),
        )
        .group_by(CalendarClosure.is_public_holiday)
    )
    return {row[0]: row[1] for row in rows}


def _second_of_day(at: datetime) -> int:
    return at.hour * 3600 + at.minute * 60 + at.second


def _seconds(span: timedelta) -> int:
    return int(span.total_seconds())
