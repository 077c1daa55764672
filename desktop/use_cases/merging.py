"""Merging a request that was asked twice into the one that goes on."""

from __future__ import annotations

from sqlalchemy import delete, select

from desktop.domain.errors import Forbidden, Transition
from desktop.domain.links import LinkKind, LinkWay
from desktop.domain.requests import (
    EntryKind,
    RequestState,
    is_allowed,
    may_take_step,
)
from desktop.entities.journal import JournalEntry
from desktop.entities.links import RequestLink
from desktop.entities.notices import Notice
from desktop.entities.requests import Request
from desktop.store.linked import lock_links
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.at_the_desk import somebody
from desktop.use_cases.links import (
    both_locked,
    lock_whole,
    refuse_open_parts,
    refuse_problem,
    tell_dependent,
    told_other,
    write_link,
)
from desktop.use_cases.typed_words import typed_text


def merge(
    work: UnitOfWork,
    request_id: int,
    other_id: int,
    words: str = "",
    *,
    expected_version: int | None = None,
    other_version: int | None = None,
) -> int:
    """End a request without a verdict as a duplicate of another; return its version.

    Its words and files stay where they are, and the other's journal leads to them.
    Refuses with Transition what is not open or has open parts, with Conflict when
    either changed since it was looked at.
    """
    somebody(work)
    lock_links(work.session)
    whole = lock_whole(work, request_id)
    request, other = both_locked(
        work, request_id, other_id, expected_version, other_version
    )
    _refuse_step(work, request)
    refuse_problem(work, LinkKind.DUPLICATE_OF, request, other)
    refuse_open_parts(work, request)
    text = typed_text(words, "words")
    write_link(work, request, LinkKind.DUPLICATE_OF, other)
    work.record(
        EntryKind.MERGED,
        request,
        {"state": RequestState.CANCELLED.value},
        text=text,
        details=told_other(LinkKind.DUPLICATE_OF, LinkWay.IS, other),
    )
    seen = told_other(LinkKind.DUPLICATE_OF, LinkWay.OTHER, request)
    work.record(EntryKind.LINKED, other, {}, text=text, details=seen)
    tell_dependent(work, request, whole)
    work.session.flush()
    return request.version


def undo_merge(
    work: UnitOfWork, request_id: int, *, expected_version: int | None = None
) -> int:
    """Take a merge back while nobody acted on either; return the request's version."""
    somebody(work)
    link = work.session.scalar(
        select(RequestLink).where(
            RequestLink.request_id == request_id,
            RequestLink.kind == LinkKind.DUPLICATE_OF,
        )
    )
    if link is None:
        request = work.get(Request, request_id)
        raise Transition("nothing_to_undo", reference=request.reference)
    other_id = link.other_id
    request, other = both_locked(work, request_id, other_id, expected_version, None)
    _refuse_who(work, request)
    merged, mirrored = _last(work, request), _last(work, other)
    if merged.kind != EntryKind.MERGED or (
        mirrored.kind != EntryKind.LINKED or mirrored.at != merged.at
    ):
        raise Transition("nothing_to_undo", reference=request.reference)
    work.session.execute(
        delete(Notice).where(
            Notice.request_id == request_id,
            Notice.mark == f"entry:{merged.id}",
            Notice.read_at.is_(None),
        )
    )
    work.session.delete(link)
    work.record(EntryKind.UNDONE, request, {"undoes": merged.seq})
    work.record(
        EntryKind.UNLINKED,
        other,
        {},
        details=told_other(LinkKind.DUPLICATE_OF, LinkWay.OTHER, request),
    )
    work.session.flush()
    return request.version


def _refuse_step(work: UnitOfWork, request: Request) -> None:
    if not is_allowed(EntryKind.MERGED, request.state):
        raise Transition(
            "step_not_allowed",
            step=EntryKind.MERGED.value,
            state=request.state.value,
        )
    _refuse_who(work, request)


def _refuse_who(work: UnitOfWork, request: Request) -> None:
    mine = work.actor.unit_id if work.actor else None
    if not may_take_step(
        EntryKind.MERGED, mine, request.unit_id, request.front_unit_id
    ):
        raise Forbidden("not_your_step", step=EntryKind.MERGED.value)


def _last(work: UnitOfWork, request: Request) -> JournalEntry:
    return work.session.scalars(
        select(JournalEntry)
        .where(JournalEntry.request_id == request.id)
        .order_by(JournalEntry.seq.desc())
        .limit(1)
    ).one()
