"""Canned texts of a person, a unit, or everybody: saved, changed, deleted."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from sqlalchemy import select

from desktop.domain.errors import Conflict, Forbidden, Invalid
from desktop.domain.text import TITLE_CAP
from desktop.domain.wordings import unknown_places
from desktop.entities.units import PersonRole, Role
from desktop.entities.wordings import CannedText
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.at_the_desk import somebody
from desktop.use_cases.typed_words import needed_text, typed_line


class Sharing(StrEnum):
    """Whose a canned text or a template is."""

    MINE = "mine"
    UNIT = "unit"
    HOUSE = "house"


MAY_SHARE_WITH_ALL: Final = (Role.COORDINATOR, Role.MANAGER, Role.ADMINISTRATOR)


@dataclass(frozen=True)
class CannedDraft:
    """A canned text as typed; ``key`` is made with it, so a retry makes no second."""

    name: str
    text: str
    sharing: Sharing = Sharing.MINE
    key: uuid.UUID = field(default_factory=uuid.uuid4)


def save_canned_text(
    work: UnitOfWork,
    draft: CannedDraft,
    *,
    text_id: int | None = None,
    expected_version: int | None = None,
) -> int:
    """Keep a canned text, new or changed; return its id.

    Refuses with Invalid a missing name or text and places that are none
    (``{costumer}``), with Forbidden what somebody else's role keeps, with Conflict
    what was changed meanwhile.
    """
    me = somebody(work)
    name = typed_line(draft.name, "name", TITLE_CAP)
    if not name:
        raise Invalid("name", "missing")
    text = needed_text(draft.text, "text")
    for place in unknown_places(text):
        raise Invalid("text", "unknown_place", place=place)
    person_id, unit_id = owner_of(work, draft.sharing)
    if text_id is None:
        again = select(CannedText.id).where(CannedText.key == draft.key)
        found = work.session.scalar(again)
        if found is not None:
            return found
        row = CannedText(key=draft.key)
        work.session.add(row)
    else:
        row = work.get(CannedText, text_id)
        _refuse_others(work, row, me)
        if expected_version is not None and row.version != expected_version:
            raise Conflict("changed_meanwhile", reference=row.name)
    row.name, row.text = name, text
    row.person_id, row.unit_id = person_id, unit_id
    work.session.flush()
    return row.id


def delete_canned_text(work: UnitOfWork, text_id: int) -> CannedDraft:
    """Delete a canned text; return it as typed, so that it can be saved again."""
    row = work.get(CannedText, text_id)
    _refuse_others(work, row, somebody(work))
    kept = CannedDraft(row.name, row.text, sharing_of(row.person_id, row.unit_id))
    work.session.delete(row)
    work.session.flush()
    return kept


def sharing_of(person_id: int | None, unit_id: int | None) -> Sharing:
    """Tell whose something is by the columns that say so."""
    if person_id is not None:
        return Sharing.MINE
    return Sharing.HOUSE if unit_id is None else Sharing.UNIT


def owner_of(work: UnitOfWork, sharing: Sharing) -> tuple[int | None, int | None]:
    """Return the person and unit columns of something shared so.

    Refuses with Forbidden who belongs to no unit, or may not write for everybody.
    """
    me = somebody(work)
    if sharing is Sharing.MINE:
        return me, None
    assert work.actor is not None
    if sharing is Sharing.UNIT:
        if work.actor.unit_id is None:
            raise Forbidden("nobody_at_the_desk")
        return None, work.actor.unit_id
    allowed = select(PersonRole.id).where(
        PersonRole.person_id == me, PersonRole.role.in_(MAY_SHARE_WITH_ALL)
    )
    if work.session.scalar(allowed) is None:
        raise Forbidden("not_for_everybody")
    return None, None


def _refuse_others(work: UnitOfWork, row: CannedText, me: int) -> None:
    """What is a person's is theirs; a unit's is its people's; the house's of a few."""
    sharing = sharing_of(row.person_id, row.unit_id)
    if sharing is Sharing.HOUSE:
        owner_of(work, Sharing.HOUSE)
        return
    assert work.actor is not None
    is_mine = row.person_id == me or (
        sharing is Sharing.UNIT and row.unit_id == work.actor.unit_id
    )
    if not is_mine:
        raise Forbidden("not_yours")
