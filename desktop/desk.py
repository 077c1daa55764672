"""The desk: the one front door to the core, for every write and every read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Concatenate, Generic, ParamSpec, TypeVar

from sqlalchemy.orm import Session

from desktop.apart import Apart
from desktop.domain.errors import Conflict
from desktop.store.engine import data_version
from desktop.store.presence import Looking, Presences
from desktop.store.unit_of_work import Actor, ChangeSet, Happened, Store, UnitOfWork

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Outcome(Generic[T]):
    """What came of a use case: its value, what it changed, what it told."""

    value: T
    changes: ChangeSet
    events: tuple[Happened, ...]


class Desk:
    """Runs use cases and queries on one workspace for one person."""

    def __init__(
        self, store: Store, actor: Actor | None = None, apart: Apart | None = None
    ) -> None:
        """Sit at a workspace's store; ``apart`` has long queries answered elsewhere."""
        self._store = store
        self.actor = actor
        self._apart = apart
        self.presence = Presences(store.engine)
        self._own_moves: dict[int, int] = {}

    @property
    def now(self) -> datetime:
        """Return the instant by the desk's clock."""
        return self._store.clock()

    @property
    def store(self) -> Store:
        """Return the store, for backup, verification and import."""
        return self._store

    def sign_in(self, actor: Actor | None) -> None:
        """Put somebody at the desk; what follows is written down as theirs."""
        self.actor = actor

    def run(
        self,
        use_case: Callable[Concatenate[UnitOfWork, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Outcome[T]:
        """Run a use case in one transaction. Raises Refusal; then nothing changed."""
        with self._store.work(self.actor) as (work, changes):
            value = use_case(work, *args, **kwargs)
            before = self._moved_to()
        after = self._moved_to()
        if before is not None and after is not None and before != after:
            self._own_moves[before] = after
        return Outcome(value, changes.frozen(), tuple(work.events))

    def read(
        self,
        query: Callable[Concatenate[Session, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Ask a query on one snapshot."""
        with self._store.reading() as session:
            return query(session, *args, **kwargs)

    def read_apart(
        self,
        query: Callable[Concatenate[Session, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Ask a query that computes for seconds, in another process if there is one."""
        if self._apart is None:
            return self.read(query, *args, **kwargs)
        return self._apart.read(query, *args, **kwargs)

    def data_version(self) -> int:
        """Return a number that moves when anybody has committed."""
        return data_version(self._store.engine)

    def has_moved_itself(self, known: int, version: int) -> bool:
        """Tell whether what this desk kept is all that lies between two versions.

        In a file only, and as good as certain: what another process commits in the
        instant after a commit of this one counts as this one's.
        """
        while known != version and known in self._own_moves:
            known = self._own_moves.pop(known)
        if known != version:
            self._own_moves.clear()
        return known == version

    def _moved_to(self) -> int | None:
        """Return a file's version; within a transaction nobody else moves it."""
        is_file = self._store.engine.dialect.name == "sqlite"
        return self.data_version() if is_file else None

    def stop_reading_apart(self) -> None:
        """End what another process still computes: nobody waits for it any more."""
        if self._apart is not None:
            self._apart.close()

    def close(self) -> None:
        """Let go of the workspace."""
        self.stop_reading_apart()
        self.presence.close()
        self._store.engine.dispose()


__all__ = ["Actor", "ChangeSet", "Conflict", "Desk", "Happened", "Looking", "Outcome"]
