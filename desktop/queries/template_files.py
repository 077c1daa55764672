"""The files a template's requests start with, and one file's bytes."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.errors import Conflict, NotFound
from desktop.domain.files import FileKind, kind_by_type
from desktop.entities.attachments import FileContent, TemplateFile
from desktop.queries.attachments import FileBytes, content_of


@dataclass(frozen=True, slots=True)
class TemplateFileRow:
    """A template's file; ``field`` is the code of the question it answers."""

    id: int
    template_id: int
    name: str
    size: int
    media_type: str
    field: str

    @property
    def kind(self) -> FileKind:
        """Return what it is by its bytes."""
        return kind_by_type(self.media_type)


def template_files(session: Session, template_id: int) -> tuple[TemplateFileRow, ...]:
    """Return a template's files, in the order they were kept."""
    return files_of_templates(session, [template_id]).get(template_id, ())


def files_of_templates(
    session: Session, template_ids: Sequence[int]
) -> dict[int, tuple[TemplateFileRow, ...]]:
    """Return the files of templates that have some, in the order they were kept."""
    found: dict[int, list[TemplateFileRow]] = defaultdict(list)
    wanted = _files().where(TemplateFile.template_id.in_(template_ids))
    for *columns, _content, _sha256 in session.execute(wanted):
        row = TemplateFileRow(*columns)
        found[row.template_id].append(row)
    return {template_id: tuple(rows) for template_id, rows in found.items()}


def template_file_bytes(
    session: Session,
    file_id: int,
    *,
    told: Callable[[int, int], None] | None = None,
) -> FileBytes:
    """Return one file with its bytes; ``told`` as in `read_file`.

    Refuses with NotFound what was taken away, with Conflict (``file_damaged``) when
    the bytes are not those that were kept.
    """
    wanted = _files().where(
        TemplateFile.id == file_id, TemplateFile.template_id.is_not(None)
    )
    found = session.execute(wanted).one_or_none()
    if found is None:
        raise NotFound("not_found", what="attachment", id=file_id)
    *columns, content_id, sha256 = found
    row = TemplateFileRow(*columns)
    content = content_of(session, content_id, row.size, told)
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Conflict("file_damaged", name=row.name)
    return FileBytes(row, content)


def _files() -> Any:
    return (
        select(
            TemplateFile.id,
            TemplateFile.template_id,
            TemplateFile.name,
            FileContent.size,
            TemplateFile.media_type,
            TemplateFile.field,
            FileContent.id,
            FileContent.sha256,
        )
        .join(FileContent, FileContent.id == TemplateFile.content_id)
        .order_by(TemplateFile.id)
    )
