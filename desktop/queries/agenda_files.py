"""The files that go with a session's items, and one file's bytes."""

from __future__ import annotations

import hashlib
import uuid
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.errors import Conflict, NotFound
from desktop.domain.files import FileKind, kind_by_type
from desktop.entities.attachments import FileContent
from desktop.entities.meetings import AgendaItem
from desktop.entities.sittings import AgendaFile
from desktop.entities.units import Person
from desktop.queries.attachments import content_of


@dataclass(frozen=True, slots=True)
class AgendaFileRow:
    """A file of an item as lists show it; its bytes stay where they are."""

    id: int
    key: uuid.UUID
    item_id: int
    name: str
    size: int
    media_type: str
    person: str
    at: datetime

    @property
    def kind(self) -> FileKind:
        """Return what it is by its bytes."""
        return kind_by_type(self.media_type)


@dataclass(frozen=True, slots=True)
class AgendaFileBytes:
    """A file with what is in it, checked."""

    row: AgendaFileRow
    content: bytes


def meeting_files(session: Session, meeting_id: int) -> tuple[AgendaFileRow, ...]:
    """Return the files of a session's items, oldest first; removed items' too."""
    rows = session.execute(
        select(AgendaFile, FileContent.size, Person.name)
        .join(AgendaItem, AgendaItem.id == AgendaFile.agenda_item_id)
        .join(FileContent, FileContent.id == AgendaFile.content_id)
        .outerjoin(Person, Person.id == AgendaFile.person_id)
        .where(AgendaItem.meeting_id == meeting_id, AgendaFile.removed_at.is_(None))
        .order_by(AgendaFile.id)
    )
    return tuple(_row(file, size, person) for file, size, person in rows)


def file_names(session: Session, meeting_id: int) -> dict[int, tuple[str, ...]]:
    """Return the names of each item's files."""
    found: dict[int, list[str]] = defaultdict(list)
    for one in meeting_files(session, meeting_id):
        found[one.item_id].append(one.name)
    return {item_id: tuple(names) for item_id, names in found.items()}


def agenda_file_bytes(
    session: Session,
    file_id: int,
    *,
    told: Callable[[int, int], None] | None = None,
) -> AgendaFileBytes:
    """Return one file with its bytes; ``told`` as in `read_file`.

    Refuses with NotFound what was taken away, with Conflict (``file_damaged``) when
    the bytes are not those that were kept.
    """
    found = session.execute(
        select(AgendaFile, FileContent.size, FileContent.sha256, Person.name)
        .join(FileContent, FileContent.id == AgendaFile.content_id)
        .outerjoin(Person, Person.id == AgendaFile.person_id)
        .where(AgendaFile.id == file_id, AgendaFile.removed_at.is_(None))
    ).one_or_none()
    if found is None:
        raise NotFound("not_found", what="attachment", id=file_id)
    file, size, sha256, person = found
    content = content_of(session, file.content_id, size, told)
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Conflict("file_damaged", name=file.name)
    return AgendaFileBytes(_row(file, size, person), content)


def _row(file: AgendaFile, size: int, person: str | None) -> AgendaFileRow:
    return AgendaFileRow(
        file.id,
        file.key,
        file.agenda_item_id,
        file.name,
        size,
        file.media_type,
        person or "",
        file.at,
    )
