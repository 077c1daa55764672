"""Make the notices people are due, and let them read and silence them.

`sweep` may run on many computers at once: what it makes is named by its occasion, and
a second one of the same name is not made.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import Table, case, delete, func, insert, literal, select, update
from sqlalchemy.dialects import postgresql, sqlite

from desktop.domain.errors import Forbidden
from desktop.domain.escalation import DEFAULT_RULES, EscalationRule, again_at
from desktop.domain.rule_entries import RuleEntry
from desktop.entities.base import Base, UtcDateTime
from desktop.entities.journal import JournalEntry
from desktop.entities.notices import Notice, NoticeSilence, NoticeSweep
from desktop.entities.requests import Request
from desktop.entities.units import Unit
from desktop.entities.workspace import Workspace
from desktop.store.changes import note_changes
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.notice_making import NoticeMaker, Since

BATCH: Final = 500


def sweep(
    work: UnitOfWork,
    until: datetime,
    rules: Sequence[EscalationRule] = DEFAULT_RULES,
) -> int:
    """Make the notices due by ``until`` since the last sweep; return how many.

    Reads, through indexes, only clocks whose warning or due time passed in between,
    requests somebody acted on, and those to be looked at again.
    """
    since = _since(work, until)
    maker = NoticeMaker(work, since, until, rules)
    rows = maker.rows()
    work.session.execute(
        update(Notice).where(Notice.next_at <= until).values(next_at=None)
    )
    made = _insert(work, rows)
    last = work.session.scalar(select(func.max(JournalEntry.id))) or 0
    work.session.execute(
        update(NoticeSweep)
        .where(NoticeSweep.id == 1, NoticeSweep.until <= until)
        .values(until=until, entry_id=last, rules_stamp=work.reference.stamp)
    )
    return made


def _since(work: UnitOfWork, until: datetime) -> Since:
    """Return how far it was looked, keeping other computers out until the end."""
    session = work.session
    row = session.scalars(
        select(NoticeSweep).where(NoticeSweep.id == 1).with_for_update()
    ).first()
    stamp = session.scalar(select(Workspace.rules_stamp)) or 0
    if row is not None:
        return Since.of(row.until, row.entry_id, row.rules_stamp != stamp, until)
    first = Since.first(until)
    statement = _ignoring(work, _SWEEP, ["id"])
    session.execute(
        statement,
        {"id": 1, "until": first.at, "entry_id": 0, "rules_stamp": stamp},
    )
    return first


def _insert(work: UnitOfWork, rows: list[dict[str, Any]]) -> int:
    """Write the notices that are not there yet; return how many."""
    connection = work.session.connection()
    statement = _ignoring(work, _NOTICE, ["person_id", "request_id", "mark"])
    # In one order everywhere, so that two servers' clients never wait in a circle.
    rows.sort(key=lambda row: (row["person_id"], row["request_id"], row["mark"]))
    made: list[int] = []
    for first in range(0, len(rows), BATCH):
        batch = rows[first : first + BATCH]
        done = connection.execute(statement.values(batch).returning(_NOTICE.c.id))
        made += done.scalars()
    note_changes(work.session, _NOTICE.name, made)
    return len(made)


def _ignoring(work: UnitOfWork, table: Table, unique: list[str]) -> Any:
    dialect = work.session.connection().dialect.name
    made = postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
    return made.on_conflict_do_nothing(index_elements=unique)


def mark_read(work: UnitOfWork, notice_ids: Sequence[int] | None = None) -> int:
    """Mark one's notices shown so far as read, some or all; return how many."""
    wanted = update(Notice).where(
        Notice.person_id == _me(work),
        Notice.read_at.is_(None),
        Notice.at <= work.now,
    )
    if notice_ids is not None:
        wanted = wanted.where(Notice.id.in_(notice_ids))
    done = work.session.execute(wanted.values(read_at=work.now).returning(Notice.id))
    read = list(done.scalars())
    note_changes(work.session, _NOTICE.name, read)
    return len(read)


def silence(
    work: UnitOfWork, request_id: int, *, until_moves: bool = False
) -> datetime | None:
    """Stop one's warnings of a request until tomorrow's opening, or until it moves.

    Returns the instant they begin again, ``None`` where it has to move first. Refuses
    with NotFound and Forbidden (nobody at the desk).
    """
    me = _me(work)
    request = work.get(Request, request_id)
    until = None if until_moves else _tomorrow(work)
    _keep_silence(work, me, request, until)
    _put_off(work, me, request_id, until)
    work.record_rules(
        RuleEntry.NOTICES_SILENCED,
        details={
            "request": request_id,
            "until": until.isoformat() if until else None,
        },
    )
    return until


def _keep_silence(
    work: UnitOfWork, me: int, request: Request, until: datetime | None
) -> None:
    work.session.execute(
        delete(NoticeSilence).where(
            NoticeSilence.person_id == me, NoticeSilence.request_id == request.id
        )
    )
    work.session.execute(
        insert(NoticeSilence).values(
            person_id=me,
            request_id=request.id,
            until=until,
            entries=request.entries if until is None else None,
        )
    )


def _put_off(
    work: UnitOfWork, me: int, request_id: int, until: datetime | None
) -> None:
    """Read one's notices of a request, and look at it again at ``until``."""
    mine = (Notice.person_id == me, Notice.request_id == request_id)
    # The last of them has the sweep look at the request again when it is time.
    last = select(func.max(Notice.id)).where(*mine).scalar_subquery()
    touched = work.session.execute(
        update(Notice)
        .where(*mine)
        .values(
            read_at=func.coalesce(Notice.read_at, literal(work.now, UtcDateTime)),
            next_at=case((Notice.id == last, literal(until, UtcDateTime))),
        )
        .returning(Notice.id),
        execution_options={"synchronize_session": False},
    )
    note_changes(work.session, _NOTICE.name, touched.scalars())


def _tomorrow(work: UnitOfWork) -> datetime:
    """Return when the next working day of the actor's unit begins."""
    assert work.actor is not None
    calendars = work.reference.calendars
    unit = work.session.get(Unit, work.actor.unit_id) if work.actor.unit_id else None
    if unit is not None and unit.calendar_id is not None:
        return again_at(calendars[unit.calendar_id], work.now)
    zone = work.session.scalars(select(Workspace.zone)).one()
    return start_of_tomorrow(zone, work.now)


def start_of_tomorrow(zone: str, now: datetime) -> datetime:
    """Return the next midnight of a zone, for people without working hours."""
    local = now.astimezone(ZoneInfo(zone))
    tomorrow = datetime.combine(local.date() + timedelta(days=1), time(), local.tzinfo)
    return tomorrow.astimezone(UTC)


def _me(work: UnitOfWork) -> int:
    if work.actor is None:
        raise Forbidden("nobody_at_the_desk")
    return work.actor.person_id


def _table(entity: type[Base]) -> Table:
    table = entity.__table__
    assert isinstance(table, Table)
    return table


_NOTICE: Final = _table(Notice)
_SWEEP: Final = _table(NoticeSweep)
