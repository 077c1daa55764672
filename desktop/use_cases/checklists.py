"""Ticking what a service's checklist asks for, and what must be done to resolve."""

from __future__ import annotations

from sqlalchemy import delete, select

from desktop.domain.errors import Conflict, NotFound
from desktop.domain.requests import EntryKind
from desktop.entities.checklists import RequestCheck, ServiceCheck
from desktop.entities.requests import Request
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.at_the_desk import somebody
from desktop.use_cases.stepping import recorded, step_on


def tick(
    work: UnitOfWork, request_id: int, check_id: int, *, is_done: bool = True
) -> int:
    """Say that a line of the checklist is done, or not after all; the version.

    Asking for what is so already changes nothing. Refuses with Forbidden whoever is
    not of the unit that has the request, with Transition once it is no longer open.
    """
    kind = EntryKind.CHECKED if is_done else EntryKind.UNCHECKED
    request = step_on(work, request_id, kind, None)
    check = work.get(ServiceCheck, check_id)
    if check.service_id != request.service_id:
        raise NotFound("not_found", what="check", id=check_id)
    done = select(RequestCheck.id).where(
        RequestCheck.request_id == request_id, RequestCheck.check_id == check_id
    )
    if (work.session.scalar(done) is not None) == is_done:
        return request.version
    if is_done:
        work.session.add(
            RequestCheck(
                request_id=request_id,
                check_id=check_id,
                person_id=somebody(work),
                at=work.now,
            )
        )
    else:
        work.session.execute(
            delete(RequestCheck).where(
                RequestCheck.request_id == request_id,
                RequestCheck.check_id == check_id,
            )
        )
    details = {"check": check_id}
    return recorded(work, kind, request, {}, check.text, details=details)


def refuse_unless_checked(work: UnitOfWork, request: Request) -> None:
    """Refuse with Conflict where a line that must be done first is not."""
    if request.service_id is None:
        return
    missing = work.session.scalars(
        select(ServiceCheck.text)
        .outerjoin(
            RequestCheck,
            (RequestCheck.check_id == ServiceCheck.id)
            & (RequestCheck.request_id == request.id),
        )
        .where(
            ServiceCheck.service_id == request.service_id,
            ServiceCheck.is_needed,
            ServiceCheck.is_active,
            RequestCheck.id.is_(None),
        )
        .order_by(ServiceCheck.position)
    ).all()
    if missing:
        raise Conflict(
            "checklist_is_open",
            reference=request.reference,
            first=missing[0],
            count=len(missing),
        )
