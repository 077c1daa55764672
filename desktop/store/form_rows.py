"""A service's form as rows: read as the rules describe one, and written down.

A question once asked is never deleted: requests answered it. Taken out it is no
longer asked; reworded it keeps what it was called until then.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from desktop.domain.forms import FieldKind, FieldSpec, Rules
from desktop.entities.services import FormField

MOST_WORDINGS: Final = 100


def form_specs(session: Session, service_id: int) -> tuple[FieldSpec, ...]:
    """Return the questions a service asks, in order."""
    rows = session.connection().execute(_ASKED, {"of_service": service_id})
    return tuple(spec_of(one) for one in rows)


def spec_of(row: Any) -> FieldSpec:
    """Return a row of a form as the rules describe a question."""
    return FieldSpec(
        row.code,
        row.label,
        row.kind,
        row.is_needed,
        row.hint,
        tuple(row.choices or ()),
        Rules.of(row.settings),
    )


def field_rows(session: Session, service_id: int) -> Sequence[FormField]:
    """Return the questions a service asks or ever asked, those it asks first."""
    return session.scalars(
        select(FormField)
        .where(FormField.service_id == service_id)
        .order_by(FormField.is_active.desc(), FormField.position, FormField.id)
    ).all()


def write_form(
    session: Session, service_id: int, fields: Iterable[FieldSpec], now: datetime
) -> bool:
    """Make a service ask exactly these questions; tell whether anything changed."""
    rows = {one.code: one for one in field_rows(session, service_id)}
    has_changed = False
    asked: set[str] = set()
    for position, spec in enumerate(fields, 1):
        asked.add(spec.code)
        row = rows.get(spec.code)
        if row is None:
            session.add(FormField(service_id=service_id, **_values(spec, position)))
            has_changed = True
        else:
            has_changed |= _change(row, _values(spec, position), now)
    for code, row in rows.items():
        if code not in asked and row.is_active:
            row.is_active = False
            has_changed = True
    session.flush()
    return has_changed


def asked_as(row: FormField, at: datetime) -> tuple[str, FieldKind, str]:
    """Return what a question was called at an instant, its kind and its currency."""
    for one in row.wordings:
        if datetime.fromisoformat(one["until"]) > at:
            return one["label"], FieldKind(one["kind"]), one.get("currency", "")
    return row.label, row.kind, Rules.of(row.settings).currency


def _values(spec: FieldSpec, position: int) -> dict[str, Any]:
    return {
        "position": position,
        "code": spec.code,
        "label": spec.label,
        "kind": spec.kind,
        "is_needed": spec.is_needed,
        "hint": spec.hint,
        "choices": list(spec.choices),
        "settings": spec.rules.settings(),
        "is_active": True,
    }


def _change(row: FormField, values: dict[str, Any], now: datetime) -> bool:
    different = {key: one for key, one in values.items() if getattr(row, key) != one}
    if not different:
        return False
    currency = Rules.of(row.settings).currency
    is_reworded = "label" in different or "kind" in different
    if is_reworded or currency != values["settings"].get("currency", ""):
        was = {
            "until": now.astimezone(UTC).isoformat(),
            "label": row.label,
            "kind": row.kind.value,
        }
        if currency:
            was["currency"] = currency
        row.wordings = [*row.wordings, was][-MOST_WORDINGS:]
    for key, one in different.items():
        setattr(row, key, one)
    return True


_ASKED: Final = (
    select(
        FormField.code,
        FormField.label,
        FormField.kind,
        FormField.is_needed,
        FormField.hint,
        FormField.choices,
        FormField.settings,
    )
    .where(FormField.service_id == bindparam("of_service"), FormField.is_active)
    .order_by(FormField.position)
)
