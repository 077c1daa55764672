"""Checks that the bytes of every file are those that were attached."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from desktop.domain.files import kind_of
from desktop.entities.attachments import Attachment, FileContent, TemplateFile
from desktop.entities.requests import Request
from desktop.entities.sittings import AgendaFile

NOBODY: Final = "–"


class FileFault(NamedTuple):
    """Something wrong with a file's bytes, and the first request that has them.

    Of an agenda's or a template's file ``reference`` is its name and ``request_id``
    its own id.
    """

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
    """Return for every content the first request, agenda or template that has it.

    Its id (0 where nobody has it), its name, what it is said to be, and whether any
    file with these bytes is still there.
    """
    nobody: tuple[int, str, str | None, bool] = (0, NOBODY, None, False)
    found = dict.fromkeys(session.scalars(select(FileContent.id)), nobody)
    for rows in (
        _of_templates(session),
        _of_agendas(session),
        _of_requests(session),
    ):
        for content_id, owner, name, media_type, is_live in rows:
            also = found[content_id][3]
            found[content_id] = (owner, name, media_type, bool(is_live) or also)
    return dict(sorted(found.items()))


def _of_requests(session: Session) -> Iterable[Any]:
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
    return session.execute(
        select(
            first.c.content_id,
            Request.id,
            Request.reference,
            Attachment.media_type,
            first.c.live,
        )
        .join(Attachment, Attachment.id == first.c.first)
        .join(Request, Request.id == Attachment.request_id)
    )


def _of_agendas(session: Session) -> Iterable[Any]:
    return _by_name(session, AgendaFile)


def _of_templates(session: Session) -> Iterable[Any]:
    return _by_name(session, TemplateFile)


def _by_name(
    session: Session, kind: type[AgendaFile] | type[TemplateFile]
) -> Iterable[Any]:
    live = func.sum(case((kind.removed_at.is_(None), 1), else_=0))
    first = (
        select(kind.content_id, func.min(kind.id).label("first"), live.label("live"))
        .group_by(kind.content_id)
        .subquery()
    )
    return session.execute(
        select(
            first.c.content_id, kind.id, kind.name, kind.media_type, first.c.live
        ).join(kind, kind.id == first.c.first)
    )
