"""Checks that the bytes of every file are those that were attached."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from desktop.domain.files import kind_of
from desktop.entities.attachments import Attachment, FileContent
from desktop.entities.requests import Request

NOBODY: Final = "–"


class FileFault(NamedTuple):
    """Something wrong with a file's bytes, and the first request that has them."""

    request_id: int
    reference: str
    content_id: int
    column: str
    stored: Any
    expected: Any


def file_faults(session: Session) -> Iterator[FileFault]:
    """Name contents of another size, digest or kind, and those no request has.

    One file is in memory at a time.
    """
    for content_id, owners in list(_owners(session).items()):
        request_id, reference, media_type, is_live = owners
        row = session.execute(
            select(FileContent.sha256, FileContent.size, FileContent.content).where(
                FileContent.id == content_id
            )
        ).one()
        content = bytes(row.content)
        if not content and request_id and not is_live:
            continue  # taken away for good, and let go
        digest = hashlib.sha256(content).hexdigest()
        told = (
            ("size", row.size, len(content)),
            ("sha256", row.sha256, digest),
            ("media_type", media_type, kind_of(content).media_type),
        )
        for column, stored, found in told:
            if stored is not None and stored != found:
                yield FileFault(
                    request_id, reference, content_id, column, stored, found
                )
                break
        if not request_id:
            yield FileFault(0, NOBODY, content_id, "*", row.sha256, None)


def _owners(session: Session) -> dict[int, tuple[int, str, str | None, bool]]:
    """Return for every content the first request that has it, 0 for none.

    And what it is said to be, and whether any file with it is still there.
    """
    live = func.sum(case((Attachment.removed_at.is_(None), 1), else_=0))
    first = (
        select(
            Attachment.content_id,
            func.min(Attachment.id).label("first"),
            live.label("live"),
        )
        .group_by(Attachment.content_id)
        .subquery()
    )
    rows = session.execute(
        select(
            FileContent.id,
            Request.id,
            Request.reference,
            Attachment.media_type,
            first.c.live,
        )
        .outerjoin(first, first.c.content_id == FileContent.id)
        .outerjoin(Attachment, Attachment.id == first.c.first)
        .outerjoin(Request, Request.id == Attachment.request_id)
        .order_by(FileContent.id)
    )
    return {
        row[0]: (row[1] or 0, row[2] or NOBODY, row[3], bool(row[4])) for row in rows
    }
