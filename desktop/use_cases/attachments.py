"""Files of a request: attached, taken away with a reason, put back.

Each function is one transaction and can be part of a larger one. All refuse as steps
do (see `stepping`); a file that cannot be kept is refused with Invalid, its `field`
the file's key and `name` among the details. Nothing of a refused call is kept.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from dataclasses import field as made
from datetime import timedelta
from pathlib import Path
from stat import S_ISREG
from typing import Any, Final

from sqlalchemy import func, or_, select, union, update
from sqlalchemy.orm import aliased

from desktop.domain.errors import Conflict, Forbidden, Invalid, Transition
from desktop.domain.files import MEGABYTE, clean_file_name, kind_of
from desktop.domain.requests import Audience, EntryKind
from desktop.entities.attachments import Attachment, FileContent, TemplateFile
from desktop.entities.base import Base
from desktop.entities.requests import Request
from desktop.entities.sittings import AgendaFile
from desktop.queries.house_settings import most_file_bytes
from desktop.store.engine import insert_ignoring_duplicates
from desktop.store.search_index import reindex
from desktop.store.sqlite_files import is_in_use
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.at_the_desk import somebody
from desktop.use_cases.stepping import recorded, step_on
from desktop.use_cases.typed_words import needed_text

MOST_AT_ONCE: Final = 50
CHUNK: Final = 1024**2
PUT_BACK_WITHIN: Final = timedelta(minutes=10)
"""How long whoever took a file away can put it back."""

_CONTENTS: Final = Base.metadata.tables[FileContent.__tablename__]


@dataclass(frozen=True)
class NewFile:
    """A file to attach: its name as given, and its bytes or where they lie.

    A path is read when the file is kept, so that of many files one is in memory at a
    time. ``field`` is the code of the form's question it answers; ``key`` is made with
    the file, so a retry attaches it once.
    """

    name: str
    source: bytes | Path
    field: str = ""
    key: uuid.UUID = made(default_factory=uuid.uuid4)


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file as just attached; ``name`` is the cleaned one."""

    id: int
    key: uuid.UUID
    name: str
    size: int


def attach(
    work: UnitOfWork,
    request_id: int,
    files: Sequence[NewFile],
    *,
    audience: Audience = Audience.BOTH,
) -> tuple[KeptFile, ...]:
    """Attach files to a request, all of them or none; one entry tells of them.

    Files whose key is there already are left as they are and not returned. Contents
    are kept once, however many requests have them.
    """
    if not files:
        return ()
    request = step_on(work, request_id, EntryKind.ATTACHED, None)
    fresh = _not_yet_there(work, request, files)
    if len(fresh) > MOST_AT_ONCE:
        raise Invalid("files", "too_many_files", most=MOST_AT_ONCE)
    most = most_file_bytes(work.session)
    kept = tuple(_kept(work, request, one, audience, most) for one in fresh)
    if kept:
        told = [
            {"key": str(one.key), "name": one.name, "size": one.size} for one in kept
        ]
        recorded(
            work,
            EntryKind.ATTACHED,
            request,
            {},
            audience=audience,
            details={"files": told},
        )
        reindex(work.session, request_id)
    return kept


def remove_file(work: UnitOfWork, attachment_id: int, reason: str) -> int:
    """Take a file away; the journal keeps its name and why. Returns the version.

    Whoever added it, their unit and the unit that has the request may.
    """
    file = work.get(Attachment, attachment_id)
    request = step_on(work, file.request_id, EntryKind.FILE_REMOVED, None)
    work.session.refresh(file)
    me = somebody(work)
    assert work.actor is not None
    if me != file.person_id and work.actor.unit_id not in (
        file.unit_id,
        request.unit_id,
    ):
        raise Forbidden("not_your_file", name=file.name)
    if file.removed_at is not None:
        raise Transition("file_removed_already", name=file.name)
    words = needed_text(reason, "reason")
    file.removed_at, file.removed_by_id = work.now, me
    return _told(work, EntryKind.FILE_REMOVED, request, file, words)


def put_back(work: UnitOfWork, attachment_id: int) -> int:
    """Put a file back that the actor took away in the last ten minutes."""
    file = work.get(Attachment, attachment_id)
    request = step_on(work, file.request_id, EntryKind.FILE_RESTORED, None)
    work.session.refresh(file)
    if file.removed_at is None:
        raise Transition("file_is_there", name=file.name)
    if file.removed_by_id != somebody(work):
        raise Forbidden("not_your_step", step=EntryKind.FILE_REMOVED.value)
    if work.now - file.removed_at > PUT_BACK_WITHIN:
        raise Transition("too_late_to_undo", reference=request.reference)
    file.removed_at = file.removed_by_id = None
    version = _told(work, EntryKind.FILE_RESTORED, request, file)
    reindex(work.session, request.id)
    return version


def _told(
    work: UnitOfWork,
    kind: EntryKind,
    request: Request,
    file: Attachment,
    words: str = "",
) -> int:
    told = [{"key": str(file.key), "name": file.name}]
    details = {"files": told}
    return recorded(
        work, kind, request, {}, words, audience=file.audience, details=details
    )


def _not_yet_there(
    work: UnitOfWork, request: Request, files: Sequence[NewFile]
) -> list[NewFile]:
    keys = [one.key for one in files]
    there = {
        row.key: row.request_id
        for row in work.session.execute(
            select(Attachment.key, Attachment.request_id).where(
                Attachment.key.in_(keys)
            )
        )
    }
    if any(where != request.id for where in there.values()):
        raise Conflict("already_there")
    return [one for one in files if one.key not in there]


def _kept(
    work: UnitOfWork, request: Request, file: NewFile, audience: Audience, most: int
) -> KeptFile:
    name = clean_file_name(file.name)
    content = bytes_of(file, name, most)
    kind = kind_of(content)
    row = Attachment(
        key=file.key,
        request_id=request.id,
        content_id=content_id_of(work, content),
        name=name,
        media_type=kind.media_type,
        field=file.field,
        audience=audience,
        person_id=somebody(work),
        unit_id=work.actor.unit_id if work.actor else None,
        at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    return KeptFile(row.id, file.key, name, len(content))


def bytes_of(file: NewFile, name: str, most: int) -> bytes:
    """Return a file's bytes, ``most`` of them.

    Refuses with Invalid what is none, empty or too large.
    """
    content = file.source
    if isinstance(content, Path):
        content = read_file(content, name, str(file.key), most)
    if not content:
        raise Invalid(str(file.key), "file_empty", name=name)
    if len(content) > most:
        raise too_large(str(file.key), name, most)
    return content


def read_file(
    path: Path,
    name: str,
    where: str,
    most: int,
    told: Callable[[int, int], None] | None = None,
) -> bytes:
    """Read a file of at most ``most`` bytes; refuses with Invalid what cannot be read.

    ``told`` is called with (bytes read, bytes in all) for each megabyte, and may raise
    to stop.
    """
    parts: list[bytes] = []
    done = 0
    try:
        if is_in_use(path):
            raise Invalid(where, "file_is_open_workspace", name=name)
        found = path.stat()
        # Opening a pipe would wait for whoever writes into it.
        if not S_ISREG(found.st_mode):
            raise Invalid(where, "file_is_none", name=name)
        with path.open("rb") as opened:
            # Counted while reading, since a file may grow meanwhile.
            while part := opened.read(CHUNK):
                parts.append(part)
                done += len(part)
                if max(done, found.st_size) > most:
                    raise too_large(where, name, most)
                if told is not None:
                    told(done, found.st_size)
    except FileNotFoundError as error:
        raise Invalid(where, "file_is_gone", name=name) from error
    except PermissionError as error:
        raise Invalid(where, "file_not_allowed", name=name) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Invalid(where, "file_not_readable", name=name, reason=reason) from error
    return b"".join(parts)


def too_large(where: str, name: str, most: int) -> Invalid:
    """Return the refusal of a file of more than ``most`` bytes."""
    return Invalid(where, "file_too_large", name=name, most=most // MEGABYTE)


def content_id_of(work: UnitOfWork, content: bytes) -> int:
    """Keep bytes, unless they are kept already; return where."""
    digest = hashlib.sha256(content).hexdigest()
    length = func.length(FileContent.content)
    wanted = select(FileContent.id, length).where(FileContent.sha256 == digest)
    # Held, so that nobody lets go of these bytes before this file has them.
    wanted = wanted.with_for_update(read=True)
    found = work.session.execute(wanted).first()
    if found is None:
        # Two may attach the same file at once: both find the one row.
        row: dict[str, Any] = {
            "sha256": digest,
            "size": len(content),
            "content": content,
        }
        insert_ignoring_duplicates(work.session, _CONTENTS, [row], ("sha256",))
        found = work.session.execute(wanted).one()
    identity, kept = found
    if not kept:
        # It was let go once, and comes again.
        again = update(_CONTENTS).where(_CONTENTS.c.id == identity)
        work.session.execute(again.values(content=content))
    return int(identity)


_OWNERS: Final[tuple[Any, ...]] = (Attachment, AgendaFile, TemplateFile)
_KEPT = tuple(aliased(owner) for owner in _OWNERS)


def let_go(work: UnitOfWork) -> int:
    """Empty the bytes of files taken away for good; returns of how many.

    Nobody can put them back any more, and no other file has the same bytes: neither
    of a request nor of an agenda or a template.
    """
    limit = work.now - PUT_BACK_WITHIN
    gone = union(
        *(select(owner.content_id).where(owner.removed_at < limit) for owner in _OWNERS)
    )
    still = [
        select(kept.id)
        .where(
            kept.content_id == FileContent.id,
            or_(kept.removed_at.is_(None), kept.removed_at >= limit),
        )
        .exists()
        for kept in _KEPT
    ]
    unwanted = (
        select(FileContent.id)
        .where(
            FileContent.id.in_(gone),
            func.length(FileContent.content) > 0,
            *(~one for one in still),
        )
        .order_by(FileContent.id)
    )
    # Asked twice: between the two, whoever attaches the same bytes now has done so.
    locked = work.session.scalars(unwanted.with_for_update()).all()
    emptied = [one for one in work.session.scalars(unwanted) if one in locked]
    if emptied:
        rows = _CONTENTS.c.id.in_(emptied)
        work.session.execute(update(_CONTENTS).where(rows).values(content=b""))
    return len(emptied)
