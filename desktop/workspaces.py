"""What is done to a workspace as a whole: started, told of, copied, checked, restored.

Windows may not know the store; they ask here.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from desktop.assembly import open_desk
from desktop.config import Config
from desktop.desk import Desk
from desktop.domain.errors import Conflict, Refusal
from desktop.domain.house import House
from desktop.entities.journal import JournalEntry
from desktop.entities.requests import Request
from desktop.entities.workspace import Workspace
from desktop.exchange.house_writing import house_text
from desktop.queries.houses import house_of
from desktop.store.backup import Restored, backup, restore
from desktop.store.durable import place, unfinished_beside
from desktop.store.engine import SQLITE, sqlite_path
from desktop.store.migrating import create_workspace, schema_of
from desktop.store.rotation import backup_path, backups_in, rotate
from desktop.store.verification import Told, Verification, verify
from desktop.store.workspace_file import Look, require_place_for_new
from desktop.use_cases.houses import apply_house

BACKUPS: Final = "backups"
"""The folder beside a workspace that its backups go to."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a workspace is: `place` is its file or address, `size` in bytes."""

    name: str
    zone: str
    is_demo: bool
    place: str
    is_file: bool
    size: int
    database: str
    schema: int
    requests: int
    entries: int


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of a workspace, and when it was made (UTC)."""

    made_at: datetime
    path: Path


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A copy just made: where, how many rows it holds, how many old ones went."""

    path: Path
    rows: int
    size: int
    removed: int


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found: damage in the file, and what differs from the journal."""

    damage: tuple[str, ...]
    found: Verification

    @property
    def is_sound(self) -> bool:
        """Tell whether nothing was found."""
        return not self.damage and self.found.is_sound


def start_workspace(path: Path, house: House, now: datetime) -> Path:
    """Make a workspace with a house in it; the file appears whole or not at all.

    Refuses with `workspace_<kind>` where no new one may be, with `workspace_place`
    where the folder takes no file, and with what the house itself is refused for.
    """
    with place_named(path):
        require_place_for_new(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        with unfinished_beside(path) as unfinished:
            create_workspace(unfinished)
            desk = open_desk(Config(str(unfinished), lambda: now))
            try:
                desk.run(apply_house, house)
            finally:
                desk.close()
            place(unfinished, path)
    return path


def write_house(desk: Desk, path: Path, *, overwrite: bool = False) -> House:
    """Write the house of a workspace to a file, whole or not at all; return it.

    Refuses with `name_is_taken` instead of replacing one, with `workspace_place`
    where the folder takes no file, and with what `house_of` refuses.
    """
    house = desk.read(house_of, desk.now)
    with place_named(path):
        if path.exists() and not overwrite:
            raise Conflict("name_is_taken", path=str(path))
        with unfinished_beside(path) as unfinished:
            unfinished.write_text(house_text(house), encoding="utf-8")
            place(unfinished, path, overwrite=overwrite)
    return house


@contextmanager
def place_named(path: Path) -> Iterator[None]:
    """Turn a disk that does not take what is written into a refusal."""
    if "\0" in str(path):
        # No system has such a name; Python says so by a ValueError, not an OSError.
        reason = os.strerror(errno.EINVAL)
        raise Refusal("workspace_place", path=str(path), reason=reason)
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Refusal("workspace_place", path=str(path), reason=reason) from error
    except SQLITE.OperationalError as error:
        raise Refusal("workspace_place", path=str(path), reason=str(error)) from error


def facts(session: Session) -> Facts:
    """Return what the workspace is, where it is and how much is in it."""
    row = session.execute(
        select(Workspace.name, Workspace.zone, Workspace.is_demo)
    ).first()
    engine = session.get_bind()
    assert isinstance(engine, Engine)
    path = sqlite_path(engine.url)
    return Facts(
        name=row.name if row else "",
        zone=row.zone if row else "",
        is_demo=bool(row and row.is_demo),
        place=str(path) if path else engine.url.render_as_string(hide_password=True),
        is_file=path is not None,
        size=_size_of(path) if path else 0,
        database=_database_of(session, path is not None),
        schema=schema_of(session.connection()),
        requests=session.scalar(select(func.count(Request.id))) or 0,
        entries=session.scalar(select(func.count(JournalEntry.id))) or 0,
    )


def _size_of(path: Path) -> int:
    """Return the bytes of a file and of what was written but not yet moved into it."""
    both = (path, path.with_name(path.name + "-wal"))
    return sum(one.stat().st_size for one in both if one.exists())


def _database_of(session: Session, is_file: bool) -> str:
    asked = "SELECT sqlite_version()" if is_file else "SHOW server_version"
    version = session.connection().exec_driver_sql(asked).scalar_one()
    return f"{'SQLite' if is_file else 'PostgreSQL'} {str(version).split()[0]}"


def check(session: Session, told: Told | None = None) -> Checked:
    """Read every page and recompute every cached value from the journal.

    told: is called with (requests checked, requests in all); it may raise to stop.
    """
    damage: tuple[str, ...] = ()
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        rows = connection.exec_driver_sql(Look.AT_EVERYTHING.value).scalars()
        damage = tuple(str(row) for row in rows if row != "ok")
    return Checked(damage, verify(session, told))


def backup_folder(desk: Desk) -> Path | None:
    """Return the folder a workspace's backups go to; None for a server."""
    path = sqlite_path(desk.store.engine.url)
    return path.parent / BACKUPS if path else None


def back_up(desk: Desk, folder: Path | None = None) -> BackedUp:
    """Copy the open workspace, prove the copy, and let old copies of it go.

    Old ones go only from the usual folder: seven days and four weeks are kept.
    Refuses: `backup_of_a_server`, `backup_exists`, `backup_damaged`,
    `workspace_place`.
    """
    path = sqlite_path(desk.store.engine.url)
    if path is None:
        raise Refusal("backup_of_a_server")
    usual = path.parent / BACKUPS
    target = backup_path(folder or usual, path, desk.now)
    with place_named(target):
        manifest = backup(path, target, now=desk.now)
        removed = rotate(usual, path) if target.parent == usual else []
        return BackedUp(target, manifest.rows, target.stat().st_size, len(removed))


def backups_of(workspace: Path) -> tuple[Backup, ...]:
    """List the copies that lie beside a workspace or in its backups, newest first.

    Those made before an upgrade count too. A folder that cannot be read has none.
    """
    found: list[Backup] = []
    try:
        for folder in (workspace.parent, workspace.parent / BACKUPS):
            if folder.is_dir():
                for made_at, path in backups_in(folder, workspace):
                    found.append(Backup(made_at, path))
        for path in workspace.parent.glob(f"{workspace.stem}.schema-*"):
            made = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            found.append(Backup(made, path))
    except OSError:
        return ()
    return tuple(sorted(found, key=lambda one: one.made_at, reverse=True))


def put_back(copy: Path, workspace: Path, now: datetime) -> Restored:
    """Put a proven copy in a workspace's place; what was there is kept beside it.

    Refuses what `desktop.store.backup.restore` refuses, and `workspace_place`.
    """
    with place_named(workspace):
        return restore(copy, workspace, now=now)


Progress = Callable[[float], None]


def open_or_make_demo(path: Path, now: datetime, progress: Progress) -> Path:
    """Make the demo where there is none of today's; `progress` hears 0..1.

    Refuses with `workspace_place` where it cannot be written.
    """
    from desktop.demo import ensure_demo

    with place_named(path):
        return ensure_demo(path, now, progress)
