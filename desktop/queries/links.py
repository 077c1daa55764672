"""What belongs together with a request, as its pane, lists and dialogs show it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from desktop.domain.errors import NotFound
from desktop.domain.links import LinkKind, LinkWay
from desktop.entities.attachments import Attachment
from desktop.entities.links import RequestLink
from desktop.entities.requests import Request
from desktop.entities.services import Service
from desktop.entities.units import Person, Unit
from desktop.queries.request_rows import QueueRow
from desktop.queries.search import find_requests, requests_by_id


@dataclass(frozen=True, slots=True)
class LinkedRow:
    """A request that belongs to another, which is ``kind`` seen ``way``.

    ``PART_OF`` seen ``IS``: the row is the whole. Seen ``OTHER``: the row is a part.
    """

    kind: LinkKind
    way: LinkWay
    row: QueueRow

    @property
    def is_open(self) -> bool:
        """Tell whether it still has to be worked on."""
        return self.row.resolved_at is None


# What keeps a request from ending comes first, then what it is for, then the rest.
_ORDER: Final = (
    (LinkKind.PART_OF, LinkWay.IS),
    (LinkKind.BLOCKS, LinkWay.OTHER),
    (LinkKind.PART_OF, LinkWay.OTHER),
    (LinkKind.BLOCKS, LinkWay.IS),
    (LinkKind.DUPLICATE_OF, LinkWay.IS),
    (LinkKind.DUPLICATE_OF, LinkWay.OTHER),
    (LinkKind.FOLLOWS, LinkWay.IS),
    (LinkKind.FOLLOWS, LinkWay.OTHER),
)


def links_of(session: Session, request_id: int) -> tuple[LinkedRow, ...]:
    """Return what belongs together with a request, in two statements."""
    link = RequestLink
    found = session.execute(
        select(link.request_id, link.other_id, link.kind).where(
            or_(link.request_id == request_id, link.other_id == request_id)
        )
    ).all()
    seen = [
        (kind, LinkWay.IS, other) if one == request_id else (kind, LinkWay.OTHER, one)
        for one, other, kind in found
    ]
    rows = {row.id: row for row in requests_by_id(session, [one[2] for one in seen])}
    linked = [LinkedRow(kind, way, rows[one]) for kind, way, one in seen]
    linked.sort(key=lambda one: (_ORDER.index((one.kind, one.way)), one.row.id))
    return tuple(linked)


class LinkMark(NamedTuple):
    """What a list says of a request that does not stand alone.

    ``parts`` of which ``open_parts`` are open; how many open ones block it; the
    reference of the request it is a part of, empty where it is none.
    """

    parts: int = 0
    open_parts: int = 0
    blockers: int = 0
    whole: str = ""


def link_marks(session: Session, requests: Sequence[int]) -> dict[int, LinkMark]:
    """Return the marks of those requests that have any; two statements."""
    if not requests:
        return {}
    link = RequestLink
    counted: dict[int, LinkMark] = defaultdict(LinkMark)
    for other, kind, is_open, count in session.execute(
        select(link.other_id, link.kind, Request.is_open, func.count())
        .join(Request, Request.id == link.request_id)
        .where(
            link.other_id.in_(requests),
            link.kind.in_((LinkKind.PART_OF, LinkKind.BLOCKS)),
        )
        .group_by(link.other_id, link.kind, Request.is_open)
    ):
        mark, still = counted[other], count if is_open else 0
        if kind is LinkKind.PART_OF:
            mark = mark._replace(
                parts=mark.parts + count, open_parts=mark.open_parts + still
            )
        else:
            mark = mark._replace(blockers=mark.blockers + still)
        counted[other] = mark
    for request_id, reference in session.execute(
        select(link.request_id, Request.reference)
        .join(Request, Request.id == link.other_id)
        .where(link.request_id.in_(requests), link.kind == LinkKind.PART_OF)
    ):
        counted[request_id] = counted[request_id]._replace(whole=reference)
    return {one: mark for one, mark in counted.items() if mark != LinkMark()}


def linkable(
    session: Session, request_id: int, words: str, limit: int = 8
) -> tuple[QueueRow, ...]:
    """Return requests to link to, by reference or words; never the request itself."""
    found = find_requests(session, words, limit + 1)
    return tuple(row for row in found if row.id != request_id)[:limit]


@dataclass(frozen=True, slots=True)
class MergeSide:
    """One of two requests that are to become one; files are those not removed."""

    id: int
    version: int
    reference: str
    subject: str
    body: str
    customer: str
    unit: str
    assignee: str
    front_unit: str
    requester: str
    raised_at: datetime
    is_open: bool
    entries: int
    files: int


_Holder, _Front = aliased(Unit), aliased(Unit)
_Assignee, _Requester = aliased(Person), aliased(Person)


def merge_sides(session: Session, requests: Sequence[int]) -> tuple[MergeSide, ...]:
    """Return what a merge dialog compares, in the order asked; two statements.

    Refuses with NotFound.
    """
    rows = session.execute(
        select(Request, _Holder.name, _Assignee.name, _Front.name, _Requester.name)
        .outerjoin(_Holder, _Holder.id == Request.unit_id)
        .outerjoin(_Assignee, _Assignee.id == Request.assignee_id)
        .outerjoin(_Front, _Front.id == Request.front_unit_id)
        .outerjoin(_Requester, _Requester.id == Request.requester_id)
        .where(Request.id.in_(requests))
    )
    files = {
        row[0]: row[1]
        for row in session.execute(
            select(Attachment.request_id, func.count())
            .where(Attachment.request_id.in_(requests), Attachment.removed_at.is_(None))
            .group_by(Attachment.request_id)
        )
    }
    found = {row[0].id: _side(*row, files=files.get(row[0].id, 0)) for row in rows}
    for one in requests:
        if one not in found:
            raise NotFound("not_found", what="request", id=one)
    return tuple(found[one] for one in requests)


def _side(
    request: Request,
    unit: str | None,
    assignee: str | None,
    front: str | None,
    requester: str | None,
    *,
    files: int,
) -> MergeSide:
    return MergeSide(
        request.id,
        request.version,
        request.reference,
        request.subject,
        request.body,
        request.customer,
        unit or "",
        assignee or "",
        front or "",
        requester or "",
        request.raised_at,
        request.is_open,
        request.entries,
        files,
    )


@dataclass(frozen=True, slots=True)
class PartChoice:
    """What a part may be for: a service of a unit, or a unit without naming one."""

    unit_id: int
    unit: str
    service_id: int | None
    service: str


def part_choices(session: Session) -> tuple[PartChoice, ...]:
    """Return every active service by its unit's name, each unit itself first."""
    units = session.execute(
        select(Unit.id, Unit.name).where(Unit.is_active).order_by(Unit.name)
    ).all()
    services: dict[int, list[PartChoice]] = defaultdict(list)
    names = {row.id: row.name for row in units}
    for service_id, name, unit_id in session.execute(
        select(Service.id, Service.name, Service.unit_id)
        .where(Service.is_active, Service.unit_id.in_(names))
        .order_by(Service.name)
    ):
        choice = PartChoice(unit_id, names[unit_id], service_id, name)
        services[unit_id].append(choice)
    return tuple(
        choice
        for unit_id, name in names.items()
        for choice in (PartChoice(unit_id, name, None, ""), *services[unit_id])
    )
