"""Find the service a clerk means, and give its form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from rapidfuzz import fuzz
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.domain.forms import FieldSpec
from desktop.domain.text import fold_for_search
from desktop.entities.requests import Request
from desktop.entities.services import Service
from desktop.entities.units import Unit
from desktop.store.form_rows import form_specs

USED_WITHIN = timedelta(days=90)
LEAST_LIKENESS = 72


@dataclass(frozen=True, slots=True)
class ServiceHit:
    """A service that fits what was typed; ``used`` counts the person's own requests."""

    id: int
    name: str
    unit_id: int
    unit: str
    synonyms: tuple[str, ...]
    description: str
    used: int
    used_by_unit: int


@dataclass(frozen=True, slots=True)
class ServiceForm:
    """A service with the questions it asks."""

    id: int
    name: str
    unit_id: int
    unit: str
    description: str
    fields: tuple[FieldSpec, ...]
    told_when: str = ""
    told_how: str = ""
    told_price: str = ""


def find_services(
    session: Session,
    words: str,
    *,
    person_id: int | None,
    front_unit_id: int | None,
    now: datetime,
    limit: int = 8,
) -> tuple[ServiceHit, ...]:
    """Return the services that fit ``words``, best first; the most used without any.

    Forgiving: begun words, left-out accents, typing slips, the other names a service
    goes by, and the unit's name all find it.
    """
    offered = service_catalogue(
        session, person_id=person_id, front_unit_id=front_unit_id, now=now
    )
    return matching(offered, words, limit)


def service_catalogue(
    session: Session,
    *,
    person_id: int | None,
    front_unit_id: int | None,
    now: datetime,
) -> tuple[ServiceHit, ...]:
    """Return every service offered, with how often it was used in half a year.

    Two statements; a window keeps it and searches it with ``matching`` at each key.
    """
    used = _used_by(session, person_id, front_unit_id, now)
    rows = session.execute(
        select(
            Service.id,
            Service.name,
            Service.unit_id,
            Unit.name,
            Service.synonyms,
            Service.description,
        )
        .join(Unit, Unit.id == Service.unit_id)
        .where(Service.is_active, Unit.is_active)
        .order_by(Service.name, Service.id)
    )
    return tuple(
        ServiceHit(*row[:4], tuple(row[4] or ()), row[5], *used.get(row[0], (0, 0)))
        for row in rows
    )


def matching(
    offered: Iterable[ServiceHit], words: str, limit: int = 8
) -> tuple[ServiceHit, ...]:
    """Return the services that fit ``words``, best first, then the most used."""
    folded = fold_for_search(words[:200]).split()
    found = []
    for hit in offered:
        score = fit(folded, hit)
        if score > 0:
            found.append(((-score, -hit.used, -hit.used_by_unit, hit.name), hit))
    found.sort(key=lambda one: one[0])
    return tuple(hit for _order, hit in found[:limit])


def fit(words: list[str], hit: ServiceHit) -> float:
    """Return how well a service fits folded words, 0 where it does not."""
    if not words:
        return 1.0
    name = fold_for_search(hit.name).split()
    others = fold_for_search(" ".join(hit.synonyms)).split()
    unit = fold_for_search(hit.unit).split()
    total = 0.0
    for word in words:
        best = max(
            _likeness(word, name),
            0.9 * _likeness(word, others),
            0.6 * _likeness(word, unit),
        )
        if best == 0:
            return 0.0
        total += best
    return total / len(words)


def _likeness(word: str, candidates: list[str]) -> float:
    best = 0.0
    for candidate in candidates:
        if candidate == word:
            return 3.0
        if candidate.startswith(word):
            best = max(best, 2.0 + len(word) / (len(candidate) * 2))
        elif len(word) >= 3 and word in candidate:
            best = max(best, 1.5)
        elif len(word) >= 4:
            ratio = fuzz.ratio(word, candidate[: len(word) + 1])
            if ratio >= LEAST_LIKENESS:
                best = max(best, ratio / 100)
    return best


def _used_by(
    session: Session, person_id: int | None, unit_id: int | None, now: datetime
) -> dict[int, tuple[int, int]]:
    """Count the recent requests of a unit by service: by this person, and in all."""
    if unit_id is None:
        return {}
    counts: dict[int, tuple[int, int]] = {}
    for service, person, count in session.execute(
        select(Request.service_id, Request.requester_id, func.count())
        .where(
            Request.front_unit_id == unit_id,
            Request.last_at >= now - USED_WITHIN,
        )
        .group_by(Request.service_id, Request.requester_id)
    ):
        if service is None:
            continue
        mine, ours = counts.get(service, (0, 0))
        counts[service] = (mine + (count if person == person_id else 0), ours + count)
    return counts


def service_form(session: Session, service_id: int) -> ServiceForm | None:
    """Return a service with its form, None if it is not offered any more."""
    row = session.execute(
        select(
            Service.id,
            Service.name,
            Service.unit_id,
            Unit.name,
            Service.description,
            Service.told_when,
            Service.told_how,
            Service.told_price,
        )
        .join(Unit, Unit.id == Service.unit_id)
        .where(Service.id == service_id, Service.is_active)
    ).first()
    if row is None:
        return None
    return ServiceForm(*row[:5], form_specs(session, service_id), *row[5:])
