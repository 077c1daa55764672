"""What every request is asked beside its service's own form."""

from __future__ import annotations

from collections.abc import Iterable

from desktop.domain.forms import FieldKind, FieldSpec
from desktop.i18n import gettext as _

CUSTOMER, CONTACT, BODY = "_customer", "_contact", "_body"
CUSTOMERS = "_customers"
"""The fields every request has; no code of a service begins with an underscore."""

COMMON = frozenset({CUSTOMER, CONTACT, BODY, CUSTOMERS})


def questions_of(
    fields: Iterable[FieldSpec], *, several: bool
) -> tuple[FieldSpec, ...]:
    """Return everything a request is asked, with its service's fields, in order."""
    return (
        *(_customers() if several else _customer()),
        *fields,
        FieldSpec(BODY, _("Anything they should know"), FieldKind.LONG_TEXT),
    )


def _customer() -> tuple[FieldSpec, ...]:
    return (
        FieldSpec(CUSTOMER, _("Customer"), FieldKind.TEXT),
        FieldSpec(CONTACT, _("Phone or e-mail"), FieldKind.TEXT),
    )


def _customers() -> tuple[FieldSpec, ...]:
    hint = _(
        "One a line: a name and, after a tab or a semicolon, a phone or e-mail. Each "
        "gets a request of their own."
    )
    label = _("Customers")
    return (FieldSpec(CUSTOMERS, label, FieldKind.LONG_TEXT, True, hint),)
