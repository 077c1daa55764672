"""The same request for several customers at once, and taking back what was raised."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from desktop.domain.errors import Forbidden, Invalid
from desktop.domain.requests import RequestState
from desktop.domain.text import TITLE_CAP, clean, clean_line
from desktop.entities.requests import Request
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.at_the_desk import somebody
from desktop.use_cases.raising import NewRequest, RaisedRequest, raise_request
from desktop.use_cases.requests import cancel

MOST_CUSTOMERS: Final = 100
_CONTACT: Final = ("\t", ";", "|")


@dataclass(frozen=True, slots=True)
class ForCustomer:
    """One customer of a list; ``key`` becomes the request's, so none is made twice."""

    name: str
    contact: str = ""
    key: uuid.UUID = uuid.NAMESPACE_OID


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What became of requests that were to be taken back."""

    cancelled: tuple[int, ...]
    left: tuple[int, ...]


def customers_of(text: str, key: uuid.UUID) -> tuple[ForCustomer, ...]:
    """Return the customers of a list, one a line: a name, and a contact after a tab.

    A semicolon or a bar divides them too, so that a pasted table is read. Each has a
    key made of ``key``, its place and its words: the same list gives the same keys.
    Refuses with Invalid, naming the line, what is too long, and too many.
    """
    found: list[ForCustomer] = []
    for number, line in enumerate(clean(text).split("\n"), 1):
        if not line.strip():
            continue
        name, contact = _parts(line)
        if len(name) > TITLE_CAP or len(contact) > TITLE_CAP:
            raise Invalid("customers", "line_too_long", line=number, most=TITLE_CAP)
        if len(found) == MOST_CUSTOMERS:
            raise Invalid("customers", "too_many_customers", most=MOST_CUSTOMERS)
        own = uuid.uuid5(key, f"{number}\n{name}\n{contact}")
        found.append(ForCustomer(name, contact, own))
    return tuple(found)


def _parts(line: str) -> tuple[str, str]:
    for divider in _CONTACT:
        name, is_divided, contact = line.partition(divider)
        if is_divided and clean_line(name):
            return clean_line(name), clean_line(contact.replace(divider, " "))
    return clean_line(line), ""


def raise_for_customers(
    work: UnitOfWork, draft: NewRequest, customers: Sequence[ForCustomer]
) -> tuple[RaisedRequest, ...]:
    """Raise the same request for each customer: all of them, or none.

    Files are attached to each. Refuses as raising one does.
    """
    if not customers:
        raise Invalid("customers", "missing")
    if len(customers) > MOST_CUSTOMERS:
        raise Invalid("customers", "too_many_customers", most=MOST_CUSTOMERS)
    return tuple(raise_request(work, for_customer(draft, one)) for one in customers)


def for_customer(draft: NewRequest, customer: ForCustomer) -> NewRequest:
    """Return a draft made out to one customer of a list."""
    files = tuple(
        replace(one, key=uuid.uuid5(customer.key, one.key.hex)) for one in draft.files
    )
    return replace(
        draft,
        customer=customer.name,
        contact=customer.contact or draft.contact,
        files=files,
        key=customer.key,
    )


def take_back(work: UnitOfWork, ids: Sequence[int], reason: str) -> TakenBack:
    """Cancel the actor's own requests nobody has touched; leave the others alone."""
    me = somebody(work)
    cancelled, left = [], []
    for request_id in ids:
        request = work.get(Request, request_id, for_update=True)
        if request.requester_id != me:
            raise Forbidden("not_your_step", step="cancelled")
        if request.state is RequestState.NEW and request.assignee_id is None:
            cancel(work, request_id, reason)
            cancelled.append(request_id)
        else:
            left.append(request_id)
    return TakenBack(tuple(cancelled), tuple(left))
