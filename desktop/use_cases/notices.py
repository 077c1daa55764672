"""Make the notices people are due.

`sweep` may run on many computers at once: what it makes is named by its occasion, and
a second one of the same name is not made.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Table, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from desktop.domain.escalation import EscalationRule
from desktop.entities.base import Base
from desktop.entities.journal import JournalEntry
from desktop.entities.notices import Notice, NoticeSweep
from desktop.entities.workspace import Workspace
from desktop.store.changes import note_changes
from desktop.store.escalation_rows import rules_in_force
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.action_reminders import remind
from desktop.use_cases.notice_making import NoticeMaker, Since

BATCH: Final = 500


def sweep(
    work: UnitOfWork,
    until: datetime,
    rules: Sequence[EscalationRule] | None = None,
) -> int:
    """Make the notices due by ``until`` since the last sweep; return how many.

    Reads, through indexes, only clocks whose warning or due time passed in between,
    requests somebody acted on, and those to be looked at again. ``rules`` are the
    house's own where none are given. Owners are reminded of their actions, too.
    """
    since = _since(work, until)
    if rules is None:
        rules = rules_in_force(work.session)
    maker = NoticeMaker(work, since, until, rules)
    rows = maker.rows()
    work.session.execute(
        update(Notice).where(Notice.next_at <= until).values(next_at=None)
    )
    made = _insert(work, rows) + remind(work, until)
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


def _table(entity: type[Base]) -> Table:
    table = entity.__table__
    assert isinstance(table, Table)
    return table


_NOTICE: Final = _table(Notice)
_SWEEP: Final = _table(NoticeSweep)
