"""Reminds owners of their actions, and lets them silence one until its day changes."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Table, select
from sqlalchemy.dialects import postgresql, sqlite

from desktop.entities.meetings import Action
from desktop.entities.outgoing import SessionNotice
from desktop.entities.seeing import PersonSetting
from desktop.store.action_reminders import SILENT_ACTIONS, reminders_due
from desktop.store.changes import note_changes
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.at_the_desk import somebody


def remind(work: UnitOfWork, until: datetime) -> int:
    """Tell owners what of theirs is due by ``until``; returns how many were told.

    Many computers may at once: a reminder is named by its occasion, and a second one
    of the same name is not made.
    """
    rows = reminders_due(work.session, until, work.reference.calendars)
    if not rows:
        return 0
    connection = work.session.connection()
    insert: Any = (
        postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    )
    statement = insert(_NOTICE).on_conflict_do_nothing(
        index_elements=["person_id", "mark"]
    )
    # In one order everywhere, so that two servers' clients never wait in a circle.
    rows.sort(key=lambda row: (row["person_id"], row["mark"]))
    done = connection.execute(statement.values(rows).returning(_NOTICE.c.id))
    made = list(done.scalars())
    note_changes(work.session, _NOTICE.name, made)
    return len(made)


def silence_action(work: UnitOfWork, action_id: int, *, silent: bool = True) -> None:
    """Want no reminders of an action until its day changes, or want them again."""
    me = somebody(work)
    action = work.get(Action, action_id)
    kept = work.session.scalars(
        select(PersonSetting).where(
            PersonSetting.person_id == me, PersonSetting.name == SILENT_ACTIONS
        )
    ).first()
    if kept is None:
        kept = PersonSetting(person_id=me, name=SILENT_ACTIONS, value={})
        work.session.add(kept)
    others = {one: day for one, day in kept.value.items() if one != str(action_id)}
    mine = {str(action_id): action.due_on.isoformat()} if silent else {}
    kept.value = others | mine
    work.session.flush()


_table = SessionNotice.__table__
assert isinstance(_table, Table)
_NOTICE: Final = _table
