"""Journals of many requests, read as the fold reads them."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from sqlalchemy import ColumnElement, Connection, select
from sqlalchemy.orm import Session

from desktop.domain.history import HistoryEvent
from desktop.entities.journal import JournalEntry

_EVENTS: Final = select(
    JournalEntry.request_id,
    JournalEntry.seq,
    JournalEntry.at,
    JournalEntry.kind,
    JournalEntry.changes,
    JournalEntry.unit_id,
    JournalEntry.audience,
    JournalEntry.recorded_at,
).order_by(JournalEntry.request_id, JournalEntry.seq)


def events_where(
    source: Session | Connection, *conditions: ColumnElement[bool]
) -> defaultdict[int, list[HistoryEvent]]:
    """Return the events of the journal entries that fit, in order, by request."""
    found: defaultdict[int, list[HistoryEvent]] = defaultdict(list)
    for request_id, *columns in source.execute(_EVENTS.where(*conditions)):
        found[request_id].append(HistoryEvent(*columns))
    return found
