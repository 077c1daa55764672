"""Which agreement applies to a request, and why the others do not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.agreement_drafts import TargetDraft
from desktop.domain.agreements import Considered, Why, consider
from desktop.domain.errors import NotFound
from desktop.entities.requests import Request, RequestClock
from desktop.entities.services import Service
from desktop.entities.units import Unit
from desktop.store.agreement_rows import draft_of, targets_of
from desktop.store.reference import terms_of

MOST_SHOWN: Final = 40
"""So many versions are told of; nobody reads on."""

_OF_OTHERS: Final = (Why.OTHER_BACK_UNIT, Why.OTHER_FRONT_UNIT, Why.OTHER_SERVICE)


@dataclass(frozen=True, slots=True)
class ConsideredRow:
    """A version that was looked at for a request, and why it applies or not.

    ``front_unit`` and ``service`` are names, empty where it is for all.
    """

    version_id: int
    agreement: str
    number: int
    why: Why
    front_unit: str
    service: str
    valid_from: datetime
    valid_until: datetime | None
    targets: tuple[TargetDraft, ...]


@dataclass(frozen=True, slots=True)
class Applies:
    """The versions considered, ``chosen``, the one that applies, first.

    ``moved``: somebody put the request under ``chosen`` on purpose.
    """

    considered: tuple[ConsideredRow, ...]
    chosen: ConsideredRow | None
    moved: bool = False

    def others(self) -> list[ConsideredRow]:
        """Return what else would fit the units and the service."""
        return [
            row
            for row in self.considered
            if row.why not in _OF_OTHERS and row != self.chosen
        ]


def which_applies(
    session: Session,
    front_unit_id: int,
    back_unit_id: int,
    service_id: int | None,
    at: datetime,
) -> Applies:
    """Return the version that applies to a request begun at ``at``, and the others.

    A named service outweighs a named front unit, which outweighs neither.
    """
    terms = terms_of(session)
    return _applies(
        session, consider(terms, front_unit_id, back_unit_id, service_id, at)
    )


def why_this(session: Session, request_id: int, clock_position: int) -> Applies:
    """Return why a clock of a request is under its agreement. Raises NotFound."""
    row = session.execute(
        select(RequestClock, Request.service_id)
        .join(Request, Request.id == RequestClock.request_id)
        .where(
            RequestClock.request_id == request_id,
            RequestClock.position == clock_position,
        )
    ).first()
    if row is None:
        raise NotFound("not_found", what="clock", id=clock_position)
    clock, service_id = row
    terms = terms_of(session)
    own = next(one for one in terms if one.version_id == clock.version_id)
    # An answer is promised by the front unit under the same agreement.
    is_back = clock.unit_id == own.back_unit
    front = clock.for_unit_id if is_back else clock.unit_id
    found = consider(terms, front, own.back_unit, service_id, clock.started_at)
    return _applies(session, found, own.version_id)


def _applies(
    session: Session, found: Iterable[Considered], version_id: int | None = None
) -> Applies:
    """Name what was found; a version that is not the one chosen was moved to."""
    shown = list(found)
    chosen = next((one for one in shown if one.why is Why.CHOSEN), None)
    usual = chosen
    if version_id is not None:
        chosen = next(one for one in shown if one.terms.version_id == version_id)
    if chosen is not None:
        shown = [chosen, *(one for one in shown if one is not chosen)]
    rows = _named(session, shown[:MOST_SHOWN])
    return Applies(rows, rows[0] if chosen is not None else None, chosen is not usual)


def _named(session: Session, found: Iterable[Considered]) -> tuple[ConsideredRow, ...]:
    looked = [(one.why, one.terms) for one in found]
    units = _names(session, Unit, {terms.front_unit for _, terms in looked})
    services = _names(session, Service, {terms.service for _, terms in looked})
    targets = targets_of(session, [terms.version_id for _, terms in looked])
    return tuple(
        ConsideredRow(
            terms.version_id,
            terms.name,
            terms.number,
            why,
            units.get(terms.front_unit or 0, ""),
            services.get(terms.service or 0, ""),
            terms.valid_from,
            terms.valid_until,
            tuple(map(draft_of, targets[terms.version_id])),
        )
        for why, terms in looked
    )


def _names(
    session: Session, entity: type[Unit | Service], ids: set[int | None]
) -> dict[int, str]:
    rows = session.execute(select(entity.id, entity.name).where(entity.id.in_(ids)))
    return dict(rows.all())
