"""Agreements between units: their targets, and which one applies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desktop.domain.requests import PendingReason


class TargetKind(StrEnum):
    """What is promised.

    ``response``: the back unit's first act; ``resolution``: its part of the work;
    ``answer``: the front unit's answer to what is asked or handed back.
    """

    RESPONSE = "response"
    RESOLUTION = "resolution"
    ANSWER = "answer"


class ClockStart(StrEnum):
    """What starts a back unit's clocks.

    ``front_handover``: the first direct hand-over from the front unit (raising is
    one). ``receipt``: the first time the unit receives the request, from anybody.
    """

    FRONT_HANDOVER = "front_handover"
    RECEIPT = "receipt"


@dataclass(frozen=True, slots=True)
class AgreementTerms:
    """One version of an agreement, as the rules read it.

    ``front_unit`` or ``service`` ``None`` means all of them. ``targets`` maps a kind
    and a priority (``None``: every priority not named) to seconds. ``holds`` names the
    pending reasons that hold each kind. ``valid_from`` and ``valid_until`` are aware
    instants, the second exclusive and ``None`` while it is in force.
    """

    version_id: int
    agreement_id: int
    number: int
    name: str
    front_unit: int | None
    back_unit: int
    service: int | None
    calendar: int
    targets: Mapping[tuple[TargetKind, int | None], int]
    holds: Mapping[TargetKind, frozenset[PendingReason]]
    warn_share: float
    starts: ClockStart
    valid_from: datetime
    valid_until: datetime | None = None

    def target_s(self, kind: TargetKind, priority: int | None) -> int | None:
        """Return the seconds promised, ``None`` where nothing is."""
        exact = self.targets.get((kind, priority))
        return exact if exact is not None else self.targets.get((kind, None))

    def is_held_by(self, kind: TargetKind, reason: PendingReason) -> bool:
        """Tell whether waiting for ``reason`` stops the clock of ``kind``."""
        return reason in self.holds.get(kind, frozenset())


def choose(
    terms: Iterable[AgreementTerms],
    front_unit: int,
    back_unit: int,
    service: int | None,
    at: datetime,
) -> AgreementTerms | None:
    """Return the most specific version in force at ``at``.

    A named service outweighs a named front unit, which outweighs neither; among
    equals the latest in force wins.
    """
    fitting = [
        one
        for one in terms
        if one.back_unit == back_unit
        and one.front_unit in (None, front_unit)
        and one.service in (None, service)
        and one.valid_from <= at
        and (one.valid_until is None or at < one.valid_until)
    ]
    return max(
        fitting,
        key=lambda one: (
            one.service is not None,
            one.front_unit is not None,
            one.valid_from,
            one.version_id,
        ),
        default=None,
    )
