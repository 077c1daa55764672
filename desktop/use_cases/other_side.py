"""What the one who asked does about work: rate it, and follow up on what is too old."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from desktop.domain.agreements import TargetKind
from desktop.domain.errors import Forbidden, Invalid, Transition
from desktop.domain.links import LinkKind, LinkWay
from desktop.domain.requests import ENDED_STATES, EntryKind, PendingReason, RequestState
from desktop.domain.returns import reopen_until
from desktop.entities.ratings import Rating
from desktop.entities.requests import Request, RequestClock
from desktop.entities.services import Service
from desktop.entities.units import Unit
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.at_the_desk import somebody
from desktop.use_cases.links import told_other, write_link
from desktop.use_cases.raising import RaisedRequest, next_reference
from desktop.use_cases.stepping import recorded, running, step_on
from desktop.use_cases.typed_words import needed_text, typed_text


def take_question_back(
    work: UnitOfWork, request_id: int, *, expected_version: int | None = None
) -> int:
    """Take back the question that was asked; whoever asked has the ball again.

    Refuses with Transition where nothing is asked.
    """
    request = step_on(work, request_id, EntryKind.UNASKED, expected_version)
    if request.pending is not PendingReason.FRONT_OFFICE:
        raise Transition("nothing_asked")
    return recorded(work, EntryKind.UNASKED, request, running(request))


def rate(
    work: UnitOfWork,
    request_id: int,
    is_top: bool,
    words: str = "",
    *,
    expected_version: int | None = None,
) -> int:
    """Say how the work was: could not be better, or could; return the version.

    One rating of one resolution: a second one takes its place.
    """
    request = step_on(work, request_id, EntryKind.RATED, expected_version)
    return write_rating(work, request, is_top, typed_text(words, "words"))


def write_rating(work: UnitOfWork, request: Request, is_top: bool, words: str) -> int:
    """Keep a rating of what was resolved, and tell it in the journal."""
    assert request.resolved_at is not None
    known = work.session.scalar(
        select(Rating).where(
            Rating.request_id == request.id,
            Rating.resolved_at == request.resolved_at,
        )
    )
    if known is None:
        known = Rating(request_id=request.id, resolved_at=request.resolved_at)
        known.unit_id, known.assignee_id = request.unit_id, request.assignee_id
        work.session.add(known)
    known.person_id, known.at = somebody(work), work.now
    known.is_top, known.words = is_top, words
    details = {"is_top": is_top}
    return recorded(work, EntryKind.RATED, request, {}, words, details=details)


def refuse_too_late(work: UnitOfWork, request: Request) -> None:
    """Refuse to send back what was resolved longer ago than its agreement allows."""
    ends = reopening_ends(work, request)
    if ends is not None and work.now >= ends:
        until = (ends - timedelta(microseconds=1)).date()
        raise Transition("reopen_too_late", reference=request.reference, until=until)


def reopening_ends(work: UnitOfWork, request: Request) -> datetime | None:
    """Return until when a request may be sent back, in its zone; None for ever."""
    if request.resolved_at is None:
        return None
    version = work.session.scalar(
        select(RequestClock.version_id)
        .where(
            RequestClock.request_id == request.id,
            RequestClock.kind == TargetKind.RESOLUTION,
            RequestClock.unit_id == request.unit_id,
        )
        .order_by(RequestClock.position.desc())
        .limit(1)
    )
    terms = work.reference.version_of(version) if version is not None else None
    if terms is None or terms.reopen_days is None:
        return None
    zone = work.reference.calendars[terms.calendar].zone
    return reopen_until(request.resolved_at, terms.reopen_days, zone)


def follow_up(
    work: UnitOfWork,
    request_id: int,
    words: str,
    *,
    key: uuid.UUID | None = None,
) -> RaisedRequest:
    """Raise a new request that follows an ended one: same service, customer, answers.

    Refuses with Transition while the first is open, with Forbidden who is not of the
    unit that sent it, with Invalid where its service is no longer offered.
    """
    somebody(work)
    origin = work.get(Request, request_id, for_update=True)
    mine = work.actor.unit_id if work.actor else None
    if mine is None or mine != origin.front_unit_id:
        raise Forbidden("not_your_step", step=EntryKind.REOPENED.value)
    if origin.state not in ENDED_STATES:
        raise Transition("still_open", reference=origin.reference)
    columns = _columns(work, origin, needed_text(words, "words"))
    made = _raised(work, origin, columns | {"key": key or uuid.uuid4()})
    write_link(work, made, LinkKind.FOLLOWS, origin)
    back = told_other(LinkKind.FOLLOWS, LinkWay.OTHER, made)
    work.record(EntryKind.LINKED, origin, {}, details=back)
    work.session.flush()
    return RaisedRequest(made.id, made.reference)


def _raised(work: UnitOfWork, origin: Request, columns: dict[str, Any]) -> Request:
    unit = work.get(Unit, _offered(work, origin).unit_id)
    columns["reference"] = next_reference(work, unit.prefix)
    changes = {
        "state": RequestState.NEW.value,
        "unit": unit.id,
        "from_unit": origin.front_unit_id,
        "priority": origin.priority,
    }
    details = told_other(LinkKind.FOLLOWS, LinkWay.IS, origin)
    key = uuid.uuid5(columns["key"], "raised")
    made = work.open_request(columns, changes, details=details, key=key)
    return work.get(Request, made)


def _offered(work: UnitOfWork, origin: Request) -> Service:
    """Return the service of a request where it is still offered."""
    service = None
    if origin.service_id is not None:
        service = work.get(Service, origin.service_id)
    if service is None or not service.is_active:
        raise Invalid("service", "service_not_offered", reference=origin.reference)
    return service


def _columns(work: UnitOfWork, origin: Request, words: str) -> dict[str, Any]:
    return {
        "subject": origin.subject,
        "service_id": origin.service_id,
        "front_unit_id": origin.front_unit_id,
        "requester_id": somebody(work),
        "customer": origin.customer,
        "contact": origin.contact,
        "channel": origin.channel,
        "site": origin.site,
        "body": words,
        "form": dict(origin.form or {}),
    }
