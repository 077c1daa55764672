"""The files of a request, and one file's bytes, for a reader of some unit."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol

from sqlalchemy import LargeBinary, func, select
from sqlalchemy.orm import Session

from desktop.domain.errors import Conflict, NotFound
from desktop.domain.files import FileKind, kind_by_type
from desktop.domain.requests import Audience, Side
from desktop.entities.attachments import Attachment, FileContent
from desktop.entities.requests import RequestLeg
from desktop.entities.units import Person, Unit

PART: Final = 4 * 1024**2
"""How many bytes are read at once."""


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file as lists show it; its bytes stay where they are."""

    id: int
    key: uuid.UUID
    request_id: int
    name: str
    size: int
    media_type: str
    field: str
    audience: Audience
    person_id: int | None
    person: str
    unit_id: int | None
    unit: str
    at: datetime

    @property
    def kind(self) -> FileKind:
        """Return what it is by its bytes."""
        return kind_by_type(self.media_type)


class AnyFile(Protocol):
    """A file to look at, whatever it goes with."""

    @property
    def id(self) -> int:
        """Return what its query finds it by."""

    @property
    def name(self) -> str:
        """Return its clean name."""

    @property
    def size(self) -> int:
        """Return how many bytes it has."""

    @property
    def kind(self) -> FileKind:
        """Return what it is by its bytes."""


@dataclass(frozen=True, slots=True)
class FileBytes:
    """A file with what is in it, checked."""

    row: AnyFile
    content: bytes


_COLUMNS: Final = (
    *(Attachment.id, Attachment.key, Attachment.request_id, Attachment.name),
    *(FileContent.size, Attachment.media_type, Attachment.field, Attachment.audience),
    Attachment.person_id,
    Person.name.label("person"),
    Attachment.unit_id,
    Unit.name.label("unit"),
    Unit.side.label("side"),
    Attachment.at,
)


def files_of(
    session: Session, request_id: int, *, reader_unit_id: int | None
) -> tuple[FileRow, ...]:
    """Return a request's files, oldest first, as somebody of a unit may see them."""
    rows = session.execute(
        _rows()
        .where(Attachment.request_id == request_id, Attachment.removed_at.is_(None))
        .order_by(Attachment.id)
    ).all()
    hidden = any(one.audience is Audience.INTERNAL for one in rows)
    readable = _readers(session, request_id, reader_unit_id) if hidden else None
    return tuple(_row(one) for one in rows if _may_read(one, reader_unit_id, readable))


def file_bytes(
    session: Session,
    attachment_id: int,
    *,
    reader_unit_id: int | None,
    told: Callable[[int, int], None] | None = None,
) -> FileBytes:
    """Return one file with its bytes; ``told`` as in `read_file`.

    Refuses with NotFound what is taken away or not for this reader, with Conflict
    (``file_damaged``) when the bytes are not those that were attached.
    """
    found = session.execute(
        _rows()
        .add_columns(Attachment.content_id, FileContent.sha256)
        .where(Attachment.id == attachment_id, Attachment.removed_at.is_(None))
    ).one_or_none()
    if found is not None and found.audience is Audience.INTERNAL:
        readable = _readers(session, found.request_id, reader_unit_id)
        found = found if _may_read(found, reader_unit_id, readable) else None
    if found is None:
        raise NotFound("not_found", what="attachment", id=attachment_id)
    content = content_of(session, found.content_id, found.size, told)
    if hashlib.sha256(content).hexdigest() != found.sha256:
        raise Conflict("file_damaged", name=found.name)
    return FileBytes(_row(found), content)


def content_of(
    session: Session,
    content_id: int,
    size: int,
    told: Callable[[int, int], None] | None,
) -> bytes:
    """Read bytes a part at a time, so that a slow server can be waited for or not."""
    parts: list[bytes] = []
    for start in range(0, max(size, 1), PART):
        part = func.substr(FileContent.content, start + 1, PART, type_=LargeBinary)
        found = session.scalar(select(part).where(FileContent.id == content_id))
        parts.append(bytes(found or b""))
        if told is not None:
            told(min(start + PART, size), size)
    return b"".join(parts)


def _rows() -> Any:
    return (
        select(*_COLUMNS)
        .join(FileContent, FileContent.id == Attachment.content_id)
        .outerjoin(Person, Person.id == Attachment.person_id)
        .outerjoin(Unit, Unit.id == Attachment.unit_id)
    )


def _readers(
    session: Session, request_id: int, reader_unit_id: int | None
) -> tuple[bool, Side | None]:
    """Tell whether a unit has had a request, and on which side it is."""
    if reader_unit_id is None:
        return False, None
    had_it = session.scalar(
        select(RequestLeg.id)
        .where(
            RequestLeg.request_id == request_id, RequestLeg.unit_id == reader_unit_id
        )
        .limit(1)
    )
    side = session.scalar(select(Unit.side).where(Unit.id == reader_unit_id))
    return had_it is not None, side


def _may_read(
    row: Any, reader_unit_id: int | None, reader: tuple[bool, Side | None] | None
) -> bool:
    """Tell whether a file is shown: internal ones as internal notes are."""
    if row.audience is Audience.BOTH:
        return True
    if reader_unit_id is None or reader is None:
        return False
    had_it, side = reader
    return row.unit_id == reader_unit_id or (had_it and row.side is side)


def _row(found: Any) -> FileRow:
    return FileRow(
        found.id,
        found.key,
        found.request_id,
        found.name,
        found.size,
        found.media_type,
        found.field,
        found.audience,
        found.person_id,
        found.person or "",
        found.unit_id,
        found.unit or "",
        found.at,
    )
