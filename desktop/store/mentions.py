"""Who a text names with an @: people by their whole names, as they are chosen."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.text import fold_for_search
from desktop.entities.units import Person

MOST = 20
"""How many people one text can name; beyond that it is a list, not a mention."""

_LONGEST = 200


def mentioned(
    session: Session, text: str, units: set[int | None], *, only: bool = False
) -> list[int]:
    """Return the ids of the people a text names, in its order.

    Of namesakes those in ``units`` are meant, where there are any; nobody else with
    ``only``.
    """
    if "@" not in text:
        return []
    named: dict[str, list[tuple[int, int | None]]] = defaultdict(list)
    for row in session.execute(
        select(Person.id, Person.name, Person.unit_id).where(
            Person.is_active, Person.can_sign_in
        )
    ):
        named[fold_for_search(row.name)].append((row.id, row.unit_id))
    found: dict[int, None] = {}
    for piece in text.split("@")[1 : MOST + 1]:
        said = fold_for_search(piece[:_LONGEST])
        fits = [name for name in named if name and _begins(said, name)]
        if not fits:
            continue
        people = named[max(fits, key=len)]
        near = [person for person, unit in people if unit in units]
        for person in near or ([] if only else [one for one, _unit in people]):
            found[person] = None
    return list(found)


def _begins(said: str, name: str) -> bool:
    if not said.startswith(name):
        return False
    return len(said) == len(name) or not said[len(name)].isalnum()
