"""A service's checklist as rows; a line taken out stays for the requests it was on."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.service_drafts import CheckSpec
from desktop.entities.checklists import ServiceCheck


def write_checks(
    session: Session, service_id: int, checks: Iterable[CheckSpec]
) -> bool:
    """Make these the lines of a service's checklist; tell whether anything changed."""
    rows = {
        one.key: one
        for one in session.scalars(
            select(ServiceCheck).where(ServiceCheck.service_id == service_id)
        )
    }
    has_changed = False
    asked = set()
    for position, spec in enumerate(checks, 1):
        asked.add(spec.key)
        values = {
            "position": position,
            "text": spec.text,
            "is_needed": spec.is_needed,
            "is_active": True,
        }
        row = rows.get(spec.key)
        if row is None:
            made = ServiceCheck(service_id=service_id, **values)
            made.key = spec.key
            session.add(made)
            has_changed = True
            continue
        for name, value in values.items():
            if getattr(row, name) != value:
                setattr(row, name, value)
                has_changed = True
    for key, row in rows.items():
        if key not in asked and row.is_active:
            row.is_active = False
            has_changed = True
    session.flush()
    return has_changed
