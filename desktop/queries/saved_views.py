"""The views somebody sees on a page: their own and those shared with their unit."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from desktop.domain.list_views import ListView, view_of
from desktop.entities.seeing import PersonSetting, SavedView
from desktop.entities.units import Person
from desktop.queries.list_narrowing import Moment, Reader
from desktop.queries.lists import ListCounts, list_counts

DEFAULT_VIEW = "view."


@dataclass(frozen=True, slots=True)
class SavedViewRow:
    """One view, and whether its reader made it and begins with it."""

    id: int
    key: uuid.UUID
    version: int
    name: str
    view: ListView
    is_mine: bool
    is_shared: bool
    maker: str
    is_first: bool


def saved_views(
    session: Session, page: str, reader: Reader
) -> tuple[SavedViewRow, ...]:
    """Return what somebody sees on a page, by name, their own first. Two statements."""
    is_theirs = SavedView.person_id == (reader.person_id or 0)
    is_units = and_(
        SavedView.unit_id.is_not(None), SavedView.unit_id == (reader.unit_id or 0)
    )
    rows = session.execute(
        select(SavedView, Person.name)
        .join(Person, Person.id == SavedView.person_id)
        .where(SavedView.page == page, or_(is_theirs, is_units))
    ).all()
    first = _first(session, page, reader) if rows else None
    found = [
        SavedViewRow(
            row.id,
            row.key,
            row.version,
            row.name,
            view_of(row.content),
            row.person_id == reader.person_id,
            row.unit_id is not None,
            maker,
            row.id == first,
        )
        for row, maker in rows
    ]
    return tuple(sorted(found, key=lambda one: (not one.is_mine, one.name.casefold())))


def _first(session: Session, page: str, reader: Reader) -> int | None:
    value = session.scalar(
        select(PersonSetting.value).where(
            PersonSetting.person_id == (reader.person_id or 0),
            PersonSetting.name == DEFAULT_VIEW + page,
        )
    )
    found = (value or {}).get("view_id")
    return found if isinstance(found, int) else None


def view_counts(
    session: Session, views: Sequence[ListView], *, reader: Reader, moment: Moment
) -> tuple[ListCounts, ...]:
    """Count the rows of views, in their order; one statement a view."""
    return tuple(
        list_counts(session, view, reader=reader, moment=moment) for view in views
    )
