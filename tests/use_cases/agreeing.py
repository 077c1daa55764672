"""Agreements in the small house: two managers, drafts, and how they are signed."""

from dataclasses import replace
from typing import Any

from desktop.domain.agreement_drafts import TargetDraft, TermsDraft
from desktop.domain.agreements import TargetKind, WarningLevel
from desktop.domain.requests import PendingReason
from desktop.entities.units import Person, PersonRole, Role
from desktop.store.unit_of_work import Actor, UnitOfWork
from desktop.use_cases.agreements import (
    Parties,
    VersionSaved,
    agree,
    draft_agreement,
    propose,
)
from tests.small_house import SmallHouse

HOUR = 3600
RESOLUTION, RESPONSE, UPDATE, ANSWER = (
    TargetKind.RESOLUTION,
    TargetKind.RESPONSE,
    TargetKind.UPDATE,
    TargetKind.ANSWER,
)


def target(kind: TargetKind, length: float, priority: int | None = None) -> TargetDraft:
    return TargetDraft(kind, priority, seconds=int(length * HOUR))


def terms(house: SmallHouse, **changes: Any) -> TermsDraft:
    made = TermsDraft(
        calendar_id=house.calendar_id,
        targets=(target(RESPONSE, 1), target(RESOLUTION, 8)),
        valid_from=house.now,
        holds={RESOLUTION: frozenset({PendingReason.CUSTOMER})},
        warnings=(WarningLevel(left_s=HOUR),),
    )
    return replace(made, **changes)


def managers(house: SmallHouse) -> None:
    """Put a manager into each of the two units."""

    def add(work: UnitOfWork) -> None:
        for name, unit in (("Front chief", "Central counter"), ("Back chief", LAND)):
            person = Person(name=name, unit_id=house.units[unit])
            work.session.add(person)
            work.session.flush()
            work.session.add(PersonRole(person_id=person.id, role=Role.MANAGER))
            house.people[name] = person.id

    house.run(add)


LAND = "Land registry"


def sign_in(house: SmallHouse, name: str, unit: str) -> None:
    house.desk.sign_in(Actor(house.people[name], house.units[unit]))


def front(house: SmallHouse) -> None:
    sign_in(house, "Front chief", "Central counter")


def back(house: SmallHouse) -> None:
    sign_in(house, "Back chief", LAND)


def parties(house: SmallHouse) -> Parties:
    """Return between whom, and about what, the drafts are."""
    return Parties(
        house.units["Central counter"],
        house.units[LAND],
        house.services["Title extract"],
    )


def drafted(house: SmallHouse, **changes: Any) -> VersionSaved:
    return house.run(
        draft_agreement, "Extracts", parties(house), terms(house, **changes)
    )


def agreed(house: SmallHouse, saved: VersionSaved) -> VersionSaved:
    saved = house.run(propose, saved.version_id, expected_version=saved.lock)
    back(house)
    saved = house.run(agree, saved.version_id, expected_version=saved.lock)
    front(house)
    return house.run(agree, saved.version_id, expected_version=saved.lock)
