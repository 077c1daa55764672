"""What a replay counts: promises as flat arrays, read once for many trials."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from desktop.domain.agreements import (
    AgreementTerms,
    TargetKind,
)
from desktop.domain.calendars import ServiceCalendar
from desktop.domain.requests import PendingReason
from desktop.store.bulk_clocks import Pauses

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

KINDS: Final = (
    TargetKind.RESOLUTION,
    TargetKind.RESPONSE,
    TargetKind.UPDATE,
    TargetKind.ANSWER,
)
REASONS: Final = tuple(PendingReason)


@dataclass(frozen=True, slots=True)
class ReplayScope:
    """Which promises are replayed: those begun from ``start`` until ``end``.

    By agreement, or by units and service, ``None`` being all of them. ``calendar_id``
    says that a new agreement is tried: it counts what nothing was agreed about, and
    takes the place of what is agreed unless that is more specific; clocks still begin
    and restart as agreed there. ``has_updates``
    reads "keep informed" promises too, which takes longer.
    """

    start: datetime
    end: datetime
    agreement_id: int | None = None
    front_unit_id: int | None = None
    back_unit_id: int | None = None
    service_id: int | None = None
    calendar_id: int | None = None
    has_updates: bool = False


@dataclass(frozen=True, slots=True)
class Requested:
    """What a table tells of a request."""

    reference: str
    subject: str
    service_id: int | None
    topic: str


@dataclass(frozen=True, slots=True)
class Names:
    """The names of what figures are told by."""

    units: Mapping[int, str]
    services: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Basis:
    """What one group of promises was made by: the version (None: nothing agreed)."""

    terms: AgreementTerms | None
    kind: TargetKind
    priority: int | None


@dataclass(slots=True)
class ReplayFacts:
    """Promises as columns, one entry each; instants in microseconds since 1970.

    ``stops`` are NEVER while undone; ``bases`` and ``calendars`` are told by index, and
    ``calendar`` is the agreement's own, also where a target counts around the clock.
    ``reasons`` is each pause's place in REASONS, -1 where it always is one.
    """

    scope: ReplayScope
    as_at: datetime
    zone: ZoneInfo
    names: Names
    requests: Mapping[int, Requested]
    bases: Sequence[Basis]
    calendars: Sequence[ServiceCalendar]
    request_ids: NDArray[np.int64]
    basis: NDArray[np.int64]
    calendar: NDArray[np.int64]
    fronts: NDArray[np.int64]
    backs: NDArray[np.int64]
    starts: NDArray[np.int64]
    stops: NDArray[np.int64]
    is_void: NDArray[np.bool_]
    is_superseded: NDArray[np.bool_]
    pauses: Pauses
    reasons: NDArray[np.int64]
    read: int = 0
    total: int = 0

    def __len__(self) -> int:
        return len(self.starts)
