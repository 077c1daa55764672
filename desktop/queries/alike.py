"""Requests of the last days that may be the one just being written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from desktop.domain.requests import RequestState
from desktop.domain.text import fold_for_search
from desktop.entities.requests import Request
from desktop.entities.services import Service
from desktop.store.search import Asked, asked_ids, words_of

WITHIN: Final = timedelta(days=14)
LOOKED_AT: Final = 60
LEAST_LIKENESS: Final = 86
SHORTEST_NAME: Final = 4
SHORTEST_CONTACT: Final = 5
SHORTEST_WORD: Final = 3
MOST_WORDS: Final = 6


@dataclass(frozen=True, slots=True)
class Sought:
    """What was typed so far; ``words`` are the answers in the service's own form."""

    service_id: int | None = None
    customer: str = ""
    contact: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class AlikeRequest:
    """A request like the one being written, and in what it is alike."""

    id: int
    reference: str
    subject: str
    service: str
    customer: str
    state: RequestState
    raised_at: datetime
    is_same_service: bool
    is_same_contact: bool
    is_same_customer: bool


def alike_requests(
    session: Session, sought: Sought, *, now: datetime, limit: int = 3
) -> tuple[AlikeRequest, ...]:
    """Return the requests of the last 14 days that are most like what was typed.

    Alike is the same contact, the same customer (also mistyped), or the same service
    with the same words. Asks the search's index, so a million others cost nothing.
    """
    asked = list(_asked(sought))
    if not asked:
        return ()
    since = now - WITHIN
    # Of the id itself the smallest is sought from the first request ever raised on.
    least = session.scalar(select(func.min(Request.id + 0)).where(_is_late(since)))
    if least is None:
        return ()
    found: dict[int, AlikeRequest] = {}
    for words, of_service in asked:
        wanted = _wanted(session, words, since, least)
        if of_service is not None:
            wanted = wanted.where(Request.service_id == of_service)
        for row in session.execute(wanted):
            one = _judged(row, sought)
            if of_service is not None or one.is_same_contact or one.is_same_customer:
                found.setdefault(one.id, one)
    ordered = sorted(found.values(), key=_rank)
    return tuple(ordered[:limit])


def _asked(sought: Sought) -> Iterator[tuple[str, int | None]]:
    """Yield the words to look for, each with the service they are looked for in."""
    if len(_letters(sought.contact)) >= SHORTEST_CONTACT:
        yield fold_for_search(sought.contact[:200]), None
    if len(_letters(sought.customer)) >= SHORTEST_NAME:
        # One word may be mistyped: either finds them, and then they are compared.
        words = words_of(fold_for_search(sought.customer[:200]))
        for word in sorted(words, key=len, reverse=True)[:2]:
            yield word, None
    words = words_of(fold_for_search(sought.words[:400]))[:MOST_WORDS]
    is_telling = any(len(word) >= SHORTEST_WORD for word in words)
    if is_telling and sought.service_id is not None:
        yield " ".join(words), sought.service_id


def _wanted(
    session: Session, words: str, since: datetime, least: int
) -> Select[*tuple[Any, ...]]:
    # Whole words: of those only, the index is entered where the last days begin.
    asked = [Asked(word, is_phrase=True) for word in words_of(words)]
    ids = asked_ids(session.get_bind().dialect.name, asked)
    identity = ids.selected_columns[0]
    return (
        select(
            Request.id,
            Request.reference,
            Request.subject,
            Service.name,
            Request.customer,
            Request.state,
            Request.raised_at,
            Request.contact,
            Request.service_id,
        )
        .outerjoin(Service, Service.id == Request.service_id)
        .where(
            Request.id.in_(ids.where(identity >= least)),
            _is_late(since),
            Request.state != RequestState.CANCELLED,
        )
        .order_by(Request.raised_at.desc())
        .limit(LOOKED_AT)
    )


def _is_late(since: datetime) -> Any:
    return Request.raised_at >= since


def _judged(row: Any, sought: Sought) -> AlikeRequest:
    return AlikeRequest(
        row.id,
        row.reference,
        row.subject,
        row.name or "",
        row.customer,
        row.state,
        row.raised_at,
        is_same_service=row.service_id is not None
        and row.service_id == sought.service_id,
        is_same_contact=_is_same_contact(row.contact, sought.contact),
        is_same_customer=_is_same_name(row.customer, sought.customer),
    )


def _is_same_contact(one: str, other: str) -> bool:
    mine, theirs = _letters(one), _letters(other)
    return len(mine) >= SHORTEST_CONTACT and mine == theirs


def _is_same_name(one: str, other: str) -> bool:
    mine, theirs = fold_for_search(one), fold_for_search(other[:200])
    if min(len(mine), len(theirs)) < SHORTEST_NAME:
        return False
    if sorted(mine.split()) == sorted(theirs.split()):
        return True
    # Only who has something to compare needs it, so the start of the program does not.
    from rapidfuzz import fuzz

    return fuzz.token_sort_ratio(mine, theirs) >= LEAST_LIKENESS


def _letters(text: str) -> str:
    return "".join(one for one in fold_for_search(text[:400]) if one.isalnum())


def _rank(one: AlikeRequest) -> tuple[int, float]:
    alike = 2 * one.is_same_contact + 2 * one.is_same_customer + one.is_same_service
    return -alike, -one.raised_at.timestamp()
