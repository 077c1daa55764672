"""Files that go with an agenda's items: kept with it, taken away, put back."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from desktop.domain.errors import Conflict, Invalid, Transition
from desktop.domain.files import clean_file_name, kind_of
from desktop.entities.meetings import AgendaItem
from desktop.entities.sittings import AgendaFile
from desktop.queries.house_settings import most_file_bytes
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.agenda_items import changeable, mark_edited
from desktop.use_cases.at_the_desk import somebody
from desktop.use_cases.attachments import (
    MOST_AT_ONCE,
    PUT_BACK_WITHIN,
    KeptFile,
    NewFile,
    bytes_of,
    content_id_of,
)


def add_files(
    work: UnitOfWork, item_id: int, files: Sequence[NewFile]
) -> tuple[KeptFile, ...]:
    """Put files with an item, all of them or none.

    Files whose key is there already are left as they are and not returned. Refuses
    with Invalid (the file's key) what cannot be kept.
    """
    item = work.get(AgendaItem, item_id)
    meeting = changeable(work, item.meeting_id)
    fresh = _not_yet_there(work, item, files)
    if len(fresh) > MOST_AT_ONCE:
        raise Invalid("files", "too_many_files", most=MOST_AT_ONCE)
    most = most_file_bytes(work.session)
    kept = tuple(_kept(work, item, one, most) for one in fresh)
    if kept:
        mark_edited(meeting)
        told = [{"key": str(one.key), "name": one.name} for one in kept]
        details = {"item": item_id, "files": told}
        work.record_meeting("item_files_added", item.meeting_id, details)
    return kept


def remove_agenda_file(work: UnitOfWork, file_id: int) -> None:
    """Take a file away from its item; it can be put back for ten minutes."""
    file = work.get(AgendaFile, file_id)
    item = work.get(AgendaItem, file.agenda_item_id)
    meeting = changeable(work, item.meeting_id)
    work.session.refresh(file)
    if file.removed_at is not None:
        raise Transition("file_removed_already", name=file.name)
    file.removed_at = work.now
    _told(work, "item_file_removed", item, file)
    mark_edited(meeting)


def put_back_agenda_file(work: UnitOfWork, file_id: int) -> None:
    """Put a file back that was taken away within the last ten minutes."""
    file = work.get(AgendaFile, file_id)
    item = work.get(AgendaItem, file.agenda_item_id)
    meeting = changeable(work, item.meeting_id)
    work.session.refresh(file)
    if file.removed_at is None:
        raise Transition("file_is_there", name=file.name)
    if work.now - file.removed_at > PUT_BACK_WITHIN:
        raise Transition("too_late_to_undo", reference=file.name)
    file.removed_at = None
    _told(work, "item_file_restored", item, file)
    mark_edited(meeting)


def _told(work: UnitOfWork, kind: str, item: AgendaItem, file: AgendaFile) -> None:
    work.session.flush()
    told = [{"key": str(file.key), "name": file.name}]
    work.record_meeting(kind, item.meeting_id, {"item": item.id, "files": told})


def _not_yet_there(
    work: UnitOfWork, item: AgendaItem, files: Sequence[NewFile]
) -> list[NewFile]:
    rows = work.session.execute(
        select(AgendaFile.key, AgendaFile.agenda_item_id).where(
            AgendaFile.key.in_([one.key for one in files])
        )
    )
    there = {row.key: row.agenda_item_id for row in rows}
    if any(where != item.id for where in there.values()):
        raise Conflict("already_there")
    return [one for one in files if one.key not in there]


def _kept(work: UnitOfWork, item: AgendaItem, file: NewFile, most: int) -> KeptFile:
    name = clean_file_name(file.name)
    content = bytes_of(file, name, most)
    row = AgendaFile(
        key=file.key,
        agenda_item_id=item.id,
        content_id=content_id_of(work, content),
        name=name,
        media_type=kind_of(content).media_type,
        person_id=somebody(work),
        at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    return KeptFile(row.id, file.key, name, len(content))
