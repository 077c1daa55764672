"""Find the service a clerk means, and give its form."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.domain.forms import FieldSpec
from desktop.domain.text import fold_for_search, latinised
from desktop.entities.requests import Request
from desktop.entities.services import FormField, Service
from desktop.entities.units import Unit
from desktop.store.form_rows import form_specs

USED_WITHIN = timedelta(days=90)
LEAST_LIKENESS = 72
MOST_TYPED = 200
MOST_WORDS = 12

_NAME, _OTHER, _UNIT, _ASKED = 1.0, 0.9, 0.6, 0.5
"""What a word is worth by where it stands: name, other names, unit, description and
the form's questions."""

_STEPS: Final = 2
"""Fits closer together than half a point count as the same; use decides there."""


@dataclass(frozen=True, slots=True)
class ServiceHit:
    """A service that fits what was typed, or a template of a request of it.

    ``used`` counts the person's own requests of the last 90 days, ``asks`` are the
    questions of its form. A template has its own name, and its service's as synonym.
    """

    id: int
    name: str
    unit_id: int
    unit: str
    synonyms: tuple[str, ...]
    description: str
    used: int
    used_by_unit: int
    asks: tuple[str, ...] = ()
    template_id: int | None = None


@dataclass(frozen=True, slots=True)
class ServiceForm:
    """A service with the questions it asks, and what a customer is told of it."""

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

    Forgiving: begun words, left-out accents, another script, typing slips, the other
    names a service goes by, what its form asks and the unit's name all find it.
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
    """Return every service offered, with how often it was used in 90 days.

    Three statements; a window keeps it and searches a ``ServiceIndex`` at each key.
    """
    used, asks = _used_by(session, person_id, front_unit_id, now), _asks(session)
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
        ServiceHit(
            *row[:4],
            tuple(row[4] or ()),
            row[5],
            *used.get(row[0], (0, 0)),
            tuple(asks[row[0]]),
        )
        for row in rows
    )


def matching(
    offered: Iterable[ServiceHit], words: str, limit: int = 8
) -> tuple[ServiceHit, ...]:
    """Return the services that fit ``words``, best first, then the most used."""
    return ServiceIndex(offered).matching(words, limit)


class ServiceIndex:
    """The services offered, by their words: each word is compared once a search."""

    def __init__(self, offered: Iterable[ServiceHit]) -> None:
        """Take the services to search; nothing is read later."""
        self.hits = tuple(offered)
        self._places: dict[str, dict[int, float]] = {}
        for at, hit in enumerate(self.hits):
            for text, worth in (
                (hit.name, _NAME),
                (" ".join(hit.synonyms), _OTHER),
                (hit.unit, _UNIT),
                (f"{hit.description[:2_000]} {' '.join(hit.asks)}", _ASKED),
            ):
                for word in latinised(fold_for_search(text)).split():
                    places = self._places.setdefault(word, {})
                    places[at] = max(worth, places.get(at, 0.0))
        self._words = list(self._places)
        self._by_use = sorted(self.hits, key=_use)

    def matching(self, words: str, limit: int = 8) -> tuple[ServiceHit, ...]:
        """Return the services that have every word, best first, then the most used."""
        typed = latinised(fold_for_search(words[:MOST_TYPED])).split()[:MOST_WORDS]
        if not typed:
            return tuple(self._by_use[:limit])
        scores: dict[int, float] = {}
        for number, word in enumerate(dict.fromkeys(typed)):
            best = self._scores(word)
            scores = {
                at: scores.get(at, 0.0) + score
                for at, score in best.items()
                if number == 0 or at in scores
            }
        count = len(dict.fromkeys(typed))
        order = [
            (-math.floor(_STEPS * score / count), _use(self.hits[at]), -score, at)
            for at, score in scores.items()
        ]
        order.sort()
        return tuple(self.hits[one[-1]] for one in order[:limit])

    def _scores(self, word: str) -> Mapping[int, float]:
        """Return how well the services that have a word like this one do, by place."""
        found: dict[int, float] = {}
        for candidate, likeness in self._alike(word):
            for at, worth in self._places[candidate].items():
                score = likeness * worth
                if score > found.get(at, 0.0):
                    found[at] = score
        return found

    def _alike(self, word: str) -> Iterable[tuple[str, float]]:
        is_found = False
        for candidate in self._words:
            if word not in candidate:
                continue
            if candidate == word:
                likeness = 3.0
            elif candidate.startswith(word):
                likeness = 2.0 + len(word) / (len(candidate) * 2)
            elif len(word) >= 3:
                likeness = 1.5
            else:
                continue
            is_found = True
            yield candidate, likeness
        # A slip of the hand is looked for only where nothing was meant exactly.
        if not is_found and len(word) >= 4:
            yield from self._slips(word)

    def _slips(self, word: str) -> Iterable[tuple[str, float]]:
        # Only who mistypes needs it, so the start of the program does not.
        from rapidfuzz import fuzz, process

        begun = [candidate[: len(word) + 1] for candidate in self._words]
        for _begin, ratio, at in process.extract(
            word, begun, scorer=fuzz.ratio, score_cutoff=LEAST_LIKENESS, limit=None
        ):
            yield self._words[at], ratio / 100


def _asks(session: Session) -> Mapping[int, list[str]]:
    """Return what the forms ask, by service."""
    asks: dict[int, list[str]] = defaultdict(list)
    for service_id, label in session.execute(
        select(FormField.service_id, FormField.label)
        .where(FormField.is_active)
        .order_by(FormField.service_id, FormField.position)
    ):
        asks[service_id].append(label)
    return asks


def _use(hit: ServiceHit) -> tuple[int, int, str]:
    return -hit.used, -hit.used_by_unit, hit.name


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
        .where(Service.id == service_id, Service.is_active, Unit.is_active)
    ).first()
    if row is None:
        return None
    return ServiceForm(*row[:5], form_specs(session, service_id), *row[5:])
