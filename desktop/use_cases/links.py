"""Requests that belong together: link and unlink them, and tell what depends on them.

All refuse with NotFound, with Conflict when an expected version is no longer the
stored one, with Forbidden when it is not the actor's to say.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import select

from desktop.domain.errors import Conflict, Forbidden, Invalid, Transition
from desktop.domain.links import Link, LinkKind, LinkWay, problem_of
from desktop.domain.requests import EntryKind, PendingReason, RequestState
from desktop.entities.links import RequestLink
from desktop.entities.requests import Request
from desktop.store.linked import (
    Related,
    blocked_by,
    blockers_of,
    links_around,
    lock_links,
    names_of,
    parts_of,
    whole_of,
    whole_with_parts,
)
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.at_the_desk import somebody
from desktop.use_cases.stepping import changed_by, running


def link(
    work: UnitOfWork,
    request_id: int,
    kind: LinkKind,
    other_id: int,
    *,
    expected_version: int | None = None,
    other_version: int | None = None,
) -> int:
    """Say what a request is to another one; return the request's version.

    Refuses with Transition a request linked to itself or in a circle, ended ones (an
    ended one may be followed), a second whole, and with Conflict what is said already.
    """
    somebody(work)
    lock_links(work.session)
    request, other = both_locked(
        work, request_id, other_id, expected_version, other_version
    )
    refuse_others(work, kind, request, other)
    refuse_problem(work, kind, request, other)
    write_link(work, request, kind, other)
    tell_of(work, EntryKind.LINKED, request, kind, other)
    return request.version


def unlink(
    work: UnitOfWork,
    request_id: int,
    kind: LinkKind,
    other_id: int,
    *,
    expected_version: int | None = None,
    other_version: int | None = None,
) -> int:
    """Take back what a request is to another one; return the request's version.

    Refuses a duplicate that was merged: its merge is undone, not its link alone.
    """
    somebody(work)
    request, other = both_locked(
        work, request_id, other_id, expected_version, other_version
    )
    refuse_others(work, kind, request, other)
    found = _stored(work, request_id, kind, other_id)
    if found is None:
        raise Transition("link_gone", reference=other.reference)
    if kind is LinkKind.DUPLICATE_OF and not request.is_open:
        raise Transition("undo_merge_instead", reference=request.reference)
    work.session.delete(found)
    tell_of(work, EntryKind.UNLINKED, request, kind, other)
    if kind is LinkKind.PART_OF and request.is_open:
        _last_part_done(work, other)
    return request.version


# ------------------------------------------------------------ for steps on requests


def lock_whole(work: UnitOfWork, request_id: int) -> Request | None:
    """Return the request this is a part of, locked; before its part, always."""
    whole = whole_of(work.session, request_id)
    return None if whole is None else work.get(Request, whole, for_update=True)


def refuse_unfinished(work: UnitOfWork, request: Request) -> None:
    """Refuse to end what has open parts, or is blocked; names them."""
    refuse_open_parts(work, request)
    blockers = blockers_of(work.session, request.id)
    if blockers:
        raise Transition(
            "still_blocked", reference=request.reference, blockers=names_of(blockers)
        )


def refuse_open_parts(work: UnitOfWork, request: Request) -> None:
    """Refuse what cannot be done while parts are open; names them."""
    parts = parts_of(work.session, request.id, is_open=True)
    if parts:
        raise Transition(
            "open_parts", reference=request.reference, parts=names_of(parts)
        )


def refuse_without_parts(work: UnitOfWork, request: Request) -> None:
    """Refuse to let a request wait for parts where none is open."""
    if not parts_of(work.session, request.id, is_open=True):
        raise Invalid("reason", "no_open_parts", reference=request.reference)


def parts_below(
    work: UnitOfWork, request: Request, states: Collection[RequestState]
) -> Iterator[Request]:
    """Yield the parts of a request, and theirs, that are in these states; locked."""
    for one in whole_with_parts(work.session, request.id):
        if one != request.id:
            part = work.get(Request, one, for_update=True)
            if part.state in states:
                yield part


def tell_dependent(work: UnitOfWork, request: Request, whole: Request | None) -> None:
    """Tell those who waited for a request that it ended."""
    if whole is not None:
        _last_part_done(work, whole)
    for one in blocked_by(work.session, request.id):
        _unblocked(work, work.get(Request, one.id, for_update=True), request)


def _last_part_done(work: UnitOfWork, whole: Request) -> None:
    """Tell a whole's holder when no part is open any more; it goes on by itself."""
    work.session.flush()
    parts = parts_of(work.session, whole.id)
    if not whole.is_open or parts_of(work.session, whole.id, is_open=True):
        return
    is_waiting = whole.pending is PendingReason.PARTS
    if not parts and not is_waiting:
        return
    work.record(
        EntryKind.PARTS_DONE,
        whole,
        running(whole) if is_waiting else {},
        details={"requests": [_told(one) for one in parts]},
    )


def _unblocked(work: UnitOfWork, request: Request, blocker: Request) -> None:
    details = {"requests": [_told(Related(blocker.id, blocker.reference))]}
    work.record(EntryKind.UNBLOCKED, request, {}, details=details)


# ------------------------------------------------------------ shared with merging


def both_locked(
    work: UnitOfWork,
    request_id: int,
    other_id: int,
    expected_version: int | None,
    other_version: int | None,
) -> tuple[Request, Request]:
    """Return two requests, locked in the order of their ids, as they were expected."""
    locked = {
        one: work.get(Request, one, for_update=True)
        for one in sorted({request_id, other_id})
    }
    expected = {request_id: expected_version, other_id: other_version}
    for one, request in locked.items():
        if expected[one] is not None and request.version != expected[one]:
            raise changed_by(work, request)
    return locked[request_id], locked[other_id]


def refuse_others(
    work: UnitOfWork, kind: LinkKind, request: Request, other: Request
) -> None:
    """Refuse with Forbidden who has nothing to say about this link.

    What a request consists of says whoever has the whole. Everything else whoever has
    one of the two, or sent it.
    """
    mine = work.actor.unit_id if work.actor else None
    concerned = {other.unit_id}
    if kind is not LinkKind.PART_OF:
        concerned |= {request.unit_id, request.front_unit_id, other.front_unit_id}
    if mine is None or mine not in concerned:
        raise Forbidden("not_yours_to_link", reference=other.reference)


def refuse_problem(
    work: UnitOfWork, kind: LinkKind, request: Request, other: Request
) -> None:
    """Refuse a link that makes no sense beside those there are."""
    wanted = Link(request.id, other.id, kind)
    code = problem_of(
        wanted, links_around(work.session, wanted), request.state, other.state
    )
    named = {"reference": request.reference, "other": other.reference}
    if code == "linked_already":
        raise Conflict(code, **named)
    if code is not None:
        raise Transition(code, **named)


def write_link(
    work: UnitOfWork, request: Request, kind: LinkKind, other: Request
) -> None:
    """Store a link; the journal is written by `tell_of`."""
    work.session.add(
        RequestLink(
            request_id=request.id,
            other_id=other.id,
            kind=kind,
            person_id=somebody(work),
            at=work.now,
        )
    )


def tell_of(
    work: UnitOfWork,
    entry: EntryKind,
    request: Request,
    kind: LinkKind,
    other: Request,
) -> None:
    """Write into both journals what one is, or no longer is, to the other."""
    work.session.flush()
    for one, seen, way in (
        (request, other, LinkWay.IS),
        (other, request, LinkWay.OTHER),
    ):
        work.record(entry, one, {}, details=told_other(kind, way, seen))
    work.session.flush()


def told_other(kind: LinkKind, way: LinkWay, other: Request) -> dict[str, Any]:
    """Return what a journal keeps of a link: what, seen from where, to which."""
    told = _told(Related(other.id, other.reference))
    return {"link": kind.value, "way": way.value, "requests": [told]}


def _stored(
    work: UnitOfWork, request_id: int, kind: LinkKind, other_id: int
) -> RequestLink | None:
    return work.session.scalar(
        select(RequestLink).where(
            RequestLink.request_id == request_id,
            RequestLink.other_id == other_id,
            RequestLink.kind == kind,
        )
    )


def _told(one: Related) -> dict[str, Any]:
    return {"id": one.id, "reference": one.reference}
