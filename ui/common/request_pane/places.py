"""What the places of a canned text stand for, on the request shown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from desktop.domain.wordings import Place

if TYPE_CHECKING:
    from desktop.queries.request_details import RequestDetails


def places_of(
    details: RequestDetails | None, me: str, now: datetime, zone: tzinfo
) -> Mapping[Place, str]:
    """Return each place's words; what the request does not know is empty."""
    from desktop.formats import day, instant

    found = {Place.ME: me, Place.TODAY: day(now.astimezone(zone).date())}
    if details is None:
        return found
    due = instant(details.due_at, zone) if details.due_at is not None else ""
    return found | {
        Place.CUSTOMER: details.customer,
        Place.REFERENCE: details.reference,
        Place.SUBJECT: details.subject,
        Place.SERVICE: details.service,
        Place.UNIT: details.unit,
        Place.FRONT_UNIT: details.front_unit,
        Place.REQUESTER: details.requester,
        Place.DUE: due,
    }
