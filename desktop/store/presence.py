"""Who looks at which request now: told in heartbeats, outside the journal.

Beside a workspace file it is kept in a small file of its own, so that nobody reads
their lists anew because somebody opened a request. On a server it is a table.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine, create_engine, delete, event, insert, select
from sqlalchemy import update as change
from sqlalchemy.exc import SQLAlchemyError

from desktop.entities.seeing import Presence
from desktop.store.engine import SQLITE, sqlite_path

log = logging.getLogger(__name__)

STALE: Final = timedelta(seconds=60)
_SUFFIX: Final = "-presence"
_AT = Presence.__table__.c

_MADE: Final = """
CREATE TABLE IF NOT EXISTS presence (
    id INTEGER PRIMARY KEY,
    request_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    is_writing BOOLEAN NOT NULL,
    seen_at BIGINT NOT NULL,
    UNIQUE (request_id, person_id)
)
"""


@dataclass(frozen=True, slots=True)
class Looking:
    """Somebody who has a request open, and whether they are writing."""

    request_id: int
    person_id: int
    is_writing: bool


class Presences:
    """Tells who is where. It is a courtesy: what cannot be kept is left out."""

    def __init__(self, engine: Engine) -> None:
        self._main = engine
        self._engine: Engine | None = None
        self._lock = threading.Lock()
        self._has_failed = False

    def look(
        self, person_id: int, request_id: int, now: datetime, *, is_writing: bool
    ) -> None:
        """Say that somebody has a request open at this moment."""
        mine = (_AT.person_id == person_id, _AT.request_id == request_id)
        told = {"is_writing": is_writing, "seen_at": now}

        def write(engine: Engine) -> None:
            with engine.begin() as connection:
                if connection.execute(
                    change(Presence).where(*mine).values(told)
                ).rowcount:
                    return
                where = {"person_id": person_id, "request_id": request_id}
                connection.execute(insert(Presence).values({**where, **told}))

        self._try(write)

    def leave(self, person_id: int, request_id: int) -> None:
        """Say that somebody closed a request."""
        mine = (_AT.person_id == person_id, _AT.request_id == request_id)

        def write(engine: Engine) -> None:
            with engine.begin() as connection:
                connection.execute(delete(Presence).where(*mine))

        self._try(write)

    def others(self, person_id: int, now: datetime) -> tuple[Looking, ...]:
        """Return where everybody else was seen within the last minute."""
        wanted = (
            select(_AT.request_id, _AT.person_id, _AT.is_writing)
            .where(_AT.seen_at > now - STALE, _AT.person_id != person_id)
            .order_by(_AT.request_id, _AT.person_id)
        )
        found: list[Looking] = []

        def read(engine: Engine) -> None:
            with engine.connect() as connection:
                found.extend(Looking(*row) for row in connection.execute(wanted))

        self._try(read)
        return tuple(found)

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._engine is not None and self._engine is not self._main:
                self._engine.dispose()
            self._engine = None

    def _try(self, act: Any) -> None:
        try:
            act(self._opened())
        except (SQLAlchemyError, OSError):
            if not self._has_failed:
                self._has_failed = True
                log.info("who looks at what could not be kept", exc_info=True)

    def _opened(self) -> Engine:
        with self._lock:
            if self._engine is None:
                path = sqlite_path(self._main.url)
                self._engine = self._main if path is None else _file(path)
            return self._engine


def _file(path: Path) -> Engine:
    beside = path.with_name(path.name + _SUFFIX)
    engine = create_engine(
        f"sqlite:///{beside}", module=SQLITE, connect_args={"timeout": 0.5}
    )
    event.listen(engine, "connect", _prepare)
    with engine.begin() as connection:
        connection.exec_driver_sql(_MADE)
    return engine


def _prepare(connection: Any, _entry: object) -> None:
    # It holds nothing that is missed after a power cut.
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("PRAGMA journal_mode=MEMORY")
