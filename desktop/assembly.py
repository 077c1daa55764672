"""Builds a desk from a configuration: the only place that knows every part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.apart import Apart
from desktop.config import Config
from desktop.desk import Actor, Desk
from desktop.entities.units import Person
from desktop.store.engine import make_engine
from desktop.store.unit_of_work import Store

if TYPE_CHECKING:
    from desktop.domain.upgrading import Told


def open_desk(config: Config, told: Told | None = None) -> Desk:
    """Open a workspace that is there and of this program's version.

    ``config.workspace`` is a file's path or a database URL. Refuses with the codes of
    ``store.workspace_file`` what is not a workspace; upgrades an older one after a
    verified backup, telling `told` how it goes on (see `prepare`).
    """
    from desktop.store.migrating import prepare

    url = prepare(config.workspace, config.clock(), told)
    desk = Desk(Store(make_engine(url), config.clock), apart=Apart(url))
    if config.person_id is not None:
        desk.sign_in(desk.read(actor_of, config.person_id))
    return desk


def actor_of(session: Session, person_id: int) -> Actor | None:
    """Return somebody as the desk knows people, or None if not known here."""
    row = session.execute(
        select(Person.id, Person.unit_id).where(Person.id == person_id)
    ).first()
    return Actor(row.id, row.unit_id) if row else None
