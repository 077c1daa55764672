"""Which requests belong to which: read while they are changed, and for screens."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from desktop.domain.links import Link, LinkKind, kinds_that_meet
from desktop.entities.links import RequestLink
from desktop.entities.requests import Request
from desktop.entities.workspace import Workspace


class Related(NamedTuple):
    """A request another one names: its id and reference."""

    id: int
    reference: str


def lock_links(session: Session) -> None:
    """Let nobody else link until this transaction ends.

    Two links that are right each for itself may make a circle together.
    """
    session.execute(select(Workspace.id).with_for_update())


def whole_of(session: Session, request_id: int) -> int | None:
    """Return the id of the request this is a part of."""
    return session.scalar(
        select(RequestLink.other_id).where(
            RequestLink.request_id == request_id,
            RequestLink.kind == LinkKind.PART_OF,
        )
    )


def open_wholes_of(session: Session, parts: Iterable[int]) -> dict[int, Request]:
    """Return the open request each of these is a part of, by the part's id."""
    rows = session.execute(
        select(RequestLink.request_id, Request)
        .join(Request, Request.id == RequestLink.other_id)
        .where(
            RequestLink.request_id.in_(list(parts)),
            RequestLink.kind == LinkKind.PART_OF,
            Request.is_open,
        )
    )
    return {row[0]: row[1] for row in rows}


def parts_of(
    session: Session, request_id: int, *, is_open: bool | None = None
) -> list[Related]:
    """Return the parts of a request in the order they were raised."""
    return _those(session, _inwards(request_id, LinkKind.PART_OF), is_open)


def blockers_of(session: Session, request_id: int) -> list[Related]:
    """Return the open requests that block this one."""
    return _those(session, _inwards(request_id, LinkKind.BLOCKS), True)


def blocked_by(session: Session, request_id: int) -> list[Related]:
    """Return the open requests that this one blocks."""
    wanted = select(RequestLink.other_id).where(
        RequestLink.request_id == request_id, RequestLink.kind == LinkKind.BLOCKS
    )
    return _those(session, wanted, True)


def _inwards(request_id: int, kind: LinkKind) -> Select[Any]:
    return select(RequestLink.request_id).where(
        RequestLink.other_id == request_id, RequestLink.kind == kind
    )


def _those(session: Session, ids: Select[Any], is_open: bool | None) -> list[Related]:
    wanted = select(Request.id, Request.reference).where(Request.id.in_(ids))
    if is_open is not None:
        wanted = wanted.where(Request.is_open.is_(is_open))
    return [Related(*row) for row in session.execute(wanted.order_by(Request.id))]


def links_around(session: Session, wanted: Link) -> list[Link]:
    """Return a request's own links, and all that lead on from the other one.

    What the rules of `desktop.domain.links` ask for, in one statement.
    """
    group = kinds_that_meet(wanted.kind)
    reached = select(RequestLink.other_id.label("id")).where(
        RequestLink.request_id == wanted.other, RequestLink.kind.in_(group)
    )
    onwards = reached.cte("onwards", recursive=True)
    onwards = onwards.union(
        select(RequestLink.other_id)
        .join(onwards, RequestLink.request_id == onwards.c.id)
        .where(RequestLink.kind.in_(group))
    )
    rows = session.execute(
        select(RequestLink.request_id, RequestLink.other_id, RequestLink.kind).where(
            or_(
                RequestLink.request_id.in_((wanted.request, wanted.other)),
                RequestLink.request_id.in_(select(onwards.c.id)),
            )
        )
    )
    return [Link(*row) for row in rows]


def whole_with_parts(session: Session, request_id: int) -> dict[int, int | None]:
    """Return a request and all parts below it, each with the one it is a part of."""
    parts = (
        select(RequestLink.request_id.label("id"), RequestLink.other_id.label("whole"))
        .where(RequestLink.other_id == request_id, RequestLink.kind == LinkKind.PART_OF)
        .cte("parts", recursive=True)
    )
    parts = parts.union(
        select(RequestLink.request_id, RequestLink.other_id)
        .join(parts, RequestLink.other_id == parts.c.id)
        .where(RequestLink.kind == LinkKind.PART_OF)
    )
    rows = session.execute(select(parts.c.id, parts.c.whole).order_by(parts.c.id))
    return {request_id: None, **{row[0]: row[1] for row in rows}}


def names_of(those: Iterable[Related]) -> str:
    """Return references as a list to read."""
    return ", ".join(one.reference for one in those)
