"""Lists people keep: saved, renamed, changed, shared with a unit, deleted, put back."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import or_, select

from desktop.domain.errors import Conflict, Forbidden, Invalid, NotFound
from desktop.domain.list_views import ListView, view_data
from desktop.entities.seeing import PersonSetting, SavedView
from desktop.entities.units import Person
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.at_the_desk import somebody
from desktop.use_cases.typed_words import typed_line

NAME_CAP: Final = 60
MOST_VIEWS: Final = 50
DEFAULT_VIEW: Final = "view."
"""Before a page's id: the setting that names the view a person begins with there."""


@dataclass(frozen=True)
class ViewDraft:
    """A view as it is to be kept; ``key`` is made with it, so a retry makes no second.

    ``page`` is where it is shown. A shared one is seen by everybody of the unit of
    whoever saves it.
    """

    page: str
    name: str
    view: ListView
    is_shared: bool = False
    key: uuid.UUID = field(default_factory=uuid.uuid4)


def save_view(work: UnitOfWork, draft: ViewDraft) -> int:
    """Keep a new view, or one deleted before (of the same key); return its id.

    Refuses with Invalid a missing, long or taken name, and more than 50 views.
    """
    me = somebody(work)
    again = work.session.scalar(select(SavedView.id).where(SavedView.key == draft.key))
    if again is not None:
        return again
    row = SavedView(key=draft.key, page=draft.page, person_id=me)
    row.unit_id = _unit_for(work, draft.is_shared)
    row.name = _free_name(work, row, draft.name)
    row.content = view_data(draft.view)
    work.session.add(row)
    work.session.flush()
    return row.id


def change_view(
    work: UnitOfWork,
    view_id: int,
    *,
    name: str | None = None,
    view: ListView | None = None,
    is_shared: bool | None = None,
    expected_version: int | None = None,
) -> int:
    """Rename a view, keep another list under its name, or share it; return its version.

    Whoever sees a shared view may change it; only who made it may stop sharing it.
    Refuses with Conflict what somebody else changed meanwhile.
    """
    row = _seen(work, view_id, expected_version)
    if is_shared is not None and is_shared != (row.unit_id is not None):
        _require_maker(work, row)
        row.unit_id = _unit_for(work, is_shared)
    if name is not None:
        row.name = _free_name(work, row, name)
    if view is not None:
        row.content = view_data(view)
    work.session.flush()
    return row.version


def delete_view(
    work: UnitOfWork, view_id: int, *, expected_version: int | None = None
) -> None:
    """Delete a view; only who made it may. ``save_view`` with its key puts it back."""
    row = _seen(work, view_id, expected_version)
    _require_maker(work, row)
    work.session.delete(row)
    work.session.flush()


def begin_with_view(work: UnitOfWork, page: str, view_id: int | None) -> None:
    """Begin with a view on a page from now on; None begins with the page's own list."""
    me = somebody(work)
    if view_id is not None:
        _seen(work, view_id, None)
    name = DEFAULT_VIEW + page
    row = work.session.scalar(
        select(PersonSetting).where(
            PersonSetting.person_id == me, PersonSetting.name == name
        )
    )
    if row is None:
        row = PersonSetting(person_id=me, name=name)
        work.session.add(row)
    row.value = {"view_id": view_id}
    work.session.flush()


def _unit_for(work: UnitOfWork, is_shared: bool) -> int | None:
    if not is_shared:
        return None
    if work.actor is None or work.actor.unit_id is None:
        raise Invalid("unit", "view_without_unit")
    return work.actor.unit_id


def _seen(work: UnitOfWork, view_id: int, expected: int | None) -> SavedView:
    """Return a view the actor sees, locked; refuse one that was changed meanwhile."""
    me = somebody(work)
    row = work.session.get(SavedView, view_id, with_for_update=True)
    unit = work.actor.unit_id if work.actor else None
    if row is None or not (row.person_id == me or row.unit_id == unit is not None):
        raise NotFound("view_gone")
    if expected is not None and row.version != expected:
        raise Conflict("view_changed", name=row.name)
    return row


def _require_maker(work: UnitOfWork, row: SavedView) -> None:
    if row.person_id != somebody(work):
        raise Forbidden(
            "view_of_other", name=row.name, maker=work.get(Person, row.person_id).name
        )


def _free_name(work: UnitOfWork, row: SavedView, name: str) -> str:
    """Return a clean name that no other view seen at the same place has."""
    cleaned = typed_line(name, "name", NAME_CAP)
    if not cleaned:
        raise Invalid("name", "missing")
    others = work.session.execute(
        select(SavedView.key, SavedView.name).where(
            SavedView.page == row.page,
            or_(SavedView.person_id == row.person_id, SavedView.unit_id == row.unit_id),
        )
    ).all()
    others = [one for one in others if one.key != row.key]
    if any(one.name.casefold() == cleaned.casefold() for one in others):
        raise Invalid("name", "view_name_taken", name=cleaned)
    if len(others) >= MOST_VIEWS:
        raise Invalid("name", "too_many_views", most=MOST_VIEWS)
    return cleaned
