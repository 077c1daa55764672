"""The files that go with a session's items, and one file's bytes."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.errors import Conflict, NotFound
from desktop.domain.requests import Audience
from desktop.entities.attachments import FileContent
from desktop.entities.meetings import AgendaItem
from desktop.entities.sittings import AgendaFile
from desktop.entities.units import Person
from desktop.queries.attachments import FileBytes, FileRow, content_of


def meeting_files(session: Session, meeting_id: int) -> dict[int, tuple[FileRow, ...]]:
    """Return each item's files, oldest first; removed items' too."""
    found: dict[int, list[FileRow]] = defaultdict(list)
    wanted = _files().join(AgendaItem, AgendaItem.id == AgendaFile.agenda_item_id)
    for row in session.execute(wanted.where(AgendaItem.meeting_id == meeting_id)):
        found[row[0].agenda_item_id].append(_row(*row))
    return {item_id: tuple(rows) for item_id, rows in found.items()}


def agenda_file_bytes(
    session: Session,
    file_id: int,
    *,
    told: Callable[[int, int], None] | None = None,
) -> FileBytes:
    """Return one file with its bytes; ``told`` as in `read_file`.

    Refuses with NotFound what was taken away, with Conflict (``file_damaged``) when
    the bytes are not those that were kept.
    """
    wanted = _files().add_columns(FileContent.sha256)
    found = session.execute(wanted.where(AgendaFile.id == file_id)).one_or_none()
    if found is None:
        raise NotFound("not_found", what="attachment", id=file_id)
    file, size, person, sha256 = found
    content = content_of(session, file.content_id, size, told)
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Conflict("file_damaged", name=file.name)
    return FileBytes(_row(file, size, person), content)


def _files() -> Any:
    return (
        select(AgendaFile, FileContent.size, Person.name)
        .join(FileContent, FileContent.id == AgendaFile.content_id)
        .outerjoin(Person, Person.id == AgendaFile.person_id)
        .where(AgendaFile.removed_at.is_(None))
        .order_by(AgendaFile.id)
    )


def _row(file: AgendaFile, size: int, person: str | None) -> FileRow:
    """Return a file as those of requests are told; it belongs to no request."""
    return FileRow(
        id=file.id,
        key=file.key,
        request_id=0,
        name=file.name,
        size=size,
        media_type=file.media_type,
        field="",
        audience=Audience.BOTH,
        person_id=file.person_id,
        person=person or "",
        unit_id=None,
        unit="",
        at=file.at,
    )
