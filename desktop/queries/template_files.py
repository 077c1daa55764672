"""The files a template's requests start with, and one file's bytes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.errors import Conflict, NotFound
from desktop.entities.attachments import FileContent, TemplateFile
from desktop.queries.attachments import content_of


@dataclass(frozen=True, slots=True)
class TemplateFileRow:
    """A template's file; ``field`` is the code of the question it answers."""

    id: int
    name: str
    size: int
    field: str


def template_files(session: Session, template_id: int) -> tuple[TemplateFileRow, ...]:
    """Return a template's files, in the order they were kept."""
    rows = session.execute(
        select(TemplateFile.id, TemplateFile.name, FileContent.size, TemplateFile.field)
        .join(FileContent, FileContent.id == TemplateFile.content_id)
        .where(TemplateFile.template_id == template_id)
        .order_by(TemplateFile.id)
    )
    return tuple(TemplateFileRow(*row) for row in rows)


def template_file_bytes(session: Session, file_id: int) -> bytes:
    """Return one file's bytes.

    Refuses with NotFound what was taken away, with Conflict (``file_damaged``) when
    the bytes are not those that were kept.
    """
    found = session.execute(
        select(TemplateFile.name, FileContent.id, FileContent.size, FileContent.sha256)
        .join(FileContent, FileContent.id == TemplateFile.content_id)
        .where(TemplateFile.id == file_id, TemplateFile.removed_at.is_(None))
    ).one_or_none()
    if found is None:
        raise NotFound("not_found", what="attachment", id=file_id)
    name, content_id, size, sha256 = found
    content = content_of(session, content_id, size, None)
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Conflict("file_damaged", name=name)
    return content
