"""Copy a workspace while it is used, prove the copy, and put it back.

A backup is one file: a workspace with a manifest inside, which says how many rows
each table had and what they add up to. So a backup can neither be half-written nor be
parted from its proof, and a bit flipped in a row is found, which SQLite itself misses.
"""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

from sqlalchemy.engine import URL

from desktop.domain.errors import Conflict, NotFound, Refusal
from desktop.domain.upgrading import Copying, CopyTold
from desktop.store.durable import SIDE_FILES, beside, flush_to_disk, place
from desktop.store.durable import unfinished_beside as unfinished
from desktop.store.engine import SQLITE, opened, sqlite_path
from desktop.store.faults import place_faults_named
from desktop.store.sqlite_files import stoppable
from desktop.store.workspace_file import (
    Look,
    WorkspaceRefused,
    has_pending_log,
    inspect,
    problems_of,
    require_usable,
)

MANIFEST_TABLE: Final = "backup_manifest"
FILES: Final = "file_content"
ROWS_AT_ONCE: Final = 2_000
PAGES_AT_ONCE: Final = 2_000
LOCKED_ELSEWHERE: Final = 5  # SQLITE_BUSY


@dataclass(frozen=True)
class TableDigest:
    """What one table held: its rows and the SHA-256 over them in order of identity."""

    name: str
    rows: int
    digest: str


@dataclass(frozen=True)
class Manifest:
    """What a backup holds and when it was made (UTC)."""

    made_at: datetime
    schema: int
    tables: tuple[TableDigest, ...]

    @property
    def rows(self) -> int:
        """Count the rows of all tables."""
        return sum(table.rows for table in self.tables)

    def to_json(self) -> str:
        """Write it down; the same manifest gives the same text."""
        told = {
            "made_at": self.made_at.astimezone(UTC).isoformat(),
            "schema": self.schema,
            "tables": [[table.name, table.rows, table.digest] for table in self.tables],
        }
        return json.dumps(told, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "Manifest":
        """Read what `to_json` wrote. Raises ValueError, KeyError or TypeError."""
        told = json.loads(text)
        return cls(
            datetime.fromisoformat(told["made_at"]),
            int(told["schema"]),
            tuple(TableDigest(*row) for row in told["tables"]),
        )


@dataclass(frozen=True)
class Restored:
    """What came back, and where the file it replaced was put (None: there was none)."""

    manifest: Manifest
    replaced: Path | None


def untold(_doing: Copying, _share: float | None) -> None:
    """Tell nobody."""


def backup(
    source: Path | str | URL,
    target: Path,
    *,
    now: datetime,
    overwrite: bool = False,
    told: CopyTold = untold,
) -> Manifest:
    """Copy a workspace file as it is at one moment, prove the copy, then name it.

    Others may go on working; the target appears whole or not at all. ``told`` hears
    how it goes on, and stops it by raising.
    Refuses: `backup_of_a_server` (its own tools do that), `backup_exists`,
    `backup_onto_itself`, `backup_damaged` when the copy does not hold what the
    workspace holds or is damaged, and Fault where the disk does not take it.
    """
    path = _file_of(source)
    require_usable(path)
    if target.exists() and target.samefile(path):
        # Whoever has the workspace open would go on writing into a file without a name.
        raise Conflict("backup_onto_itself", path=str(target))
    if target.exists() and not overwrite:
        raise Conflict("backup_exists", path=str(target))
    target.parent.mkdir(parents=True, exist_ok=True)
    with place_faults_named(), unfinished(target) as copy:
        expected = _copy_snapshot(path, copy, now, told)
        _write_manifest(copy, expected)
        if check_backup(copy, told) != expected:
            raise Refusal("backup_damaged", path=str(path), problem="rows")
        try:
            place(copy, target, overwrite=overwrite)
        except FileExistsError as error:
            raise Conflict("backup_exists", path=str(target)) from error
    return expected


def _file_of(source: Path | str | URL) -> Path:
    path = source if isinstance(source, Path) else sqlite_path(source)
    if path is None:
        raise Refusal("backup_of_a_server")
    return path


def _copy_snapshot(path: Path, copy: Path, now: datetime, told: CopyTold) -> Manifest:
    """Copy inside one snapshot, so that copy and digests see the same."""

    def copied(_status: int, left: int, pages: int) -> None:
        told(Copying.COPY, 1 - left / max(1, pages))

    with opened(path) as connection, opened(copy, "rwc") as destination:
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        connection.backup(destination, pages=PAGES_AT_ONCE, progress=copied)
        manifest = _manifest_of(connection, now, partial(told, Copying.READ))
        connection.execute("ROLLBACK")
    return manifest


def _manifest_of(
    connection: Any, made_at: datetime, told: Callable[[float | None], None]
) -> Manifest:
    """Add up every table; ``told`` hears which share of all rows is read."""
    schema = connection.execute("PRAGMA user_version").fetchone()[0]
    names = [
        name
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE "
            "'CREATE VIRTUAL%' AND name NOT LIKE 'request\\_search\\_%' ESCAPE '\\' "
            "AND name NOT IN ('backup_manifest') ORDER BY name"
        )
    ]
    with stoppable(connection, lambda: told(None)):
        count = 'SELECT count(*) FROM "{}"'
        rows = sum(connection.execute(count.format(one)).fetchone()[0] for one in names)
    done = 0
    digests: list[TableDigest] = []

    def read(more: int) -> None:
        nonlocal done
        done += more
        told(done / max(1, rows))

    for name in names:
        digests.append(_digest_of(connection, name, read))
    return Manifest(made_at.astimezone(UTC), schema, tuple(digests))


def _digest_of(connection: Any, table: str, read: Callable[[int], None]) -> TableDigest:
    """Add up a table's rows; texts are taken as bytes, since damage may break them."""
    digest, count = hashlib.sha256(), 0
    cursor = connection.cursor()
    usual, connection.text_factory = connection.text_factory, bytes
    try:
        cursor.execute(f'SELECT * FROM "{table}" ORDER BY rowid')  # noqa: S608 - from the schema
        # A row of a file is as large as the file: one at a time, and not written out.
        while rows := cursor.fetchmany(1 if table == FILES else ROWS_AT_ONCE):
            count += len(rows)
            read(len(rows))
            told = (
                [tuple(map(_digested, row)) for row in rows] if table == FILES else rows
            )
            digest.update(repr(told).encode())
    finally:
        connection.text_factory = usual
    return TableDigest(table, count, digest.hexdigest())


def _digested(value: Any) -> Any:
    return hashlib.sha256(value).digest() if isinstance(value, bytes) else value


def _write_manifest(copy: Path, manifest: Manifest) -> None:
    with opened(copy) as connection:
        connection.execute(f"DROP TABLE IF EXISTS {MANIFEST_TABLE}")
        connection.execute(f"CREATE TABLE {MANIFEST_TABLE} (manifest TEXT NOT NULL)")
        connection.execute(
            f"INSERT INTO {MANIFEST_TABLE} VALUES (?)",  # noqa: S608 - our own name
            (manifest.to_json(),),
        )
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def check_backup(path: Path, told: CopyTold = untold) -> Manifest:
    """Read a whole backup and give its manifest when everything is as it says.

    ``told`` hears how it goes on, and stops it by raising.
    Refuses: WorkspaceRefused for a file that is none, `backup_without_manifest`, and
    `backup_damaged` with the first problem found. The file is not written to.
    """
    found = inspect(path)
    if not found.is_usable and found.kind not in ("read_only", "network", "synced"):
        raise WorkspaceRefused(found)
    look = partial(told, Copying.CHECK, None)
    look()
    problems = problems_of(path, Look.AT_EVERYTHING, look)
    if problems:
        raise Refusal("backup_damaged", path=str(path), problem=problems[0])
    with _unchanging(path) as connection:
        try:
            row = connection.execute(
                f"SELECT manifest FROM {MANIFEST_TABLE}"  # noqa: S608 - our own name
            ).fetchone()
        except SQLITE.OperationalError as error:
            raise NotFound("backup_without_manifest", path=str(path)) from error
        try:
            manifest = Manifest.from_json(row[0])
        except (ValueError, KeyError, TypeError) as error:
            raise Refusal(
                "backup_damaged", path=str(path), problem="manifest"
            ) from error
        compared = partial(told, Copying.COMPARE)
        present = _manifest_of(connection, manifest.made_at, compared)
    for expected, is_there in zip(manifest.tables, present.tables, strict=False):
        if expected != is_there:
            raise Refusal("backup_damaged", path=str(path), problem=expected.name)
    if present != manifest:
        raise Refusal("backup_damaged", path=str(path), problem="manifest")
    return manifest


@contextmanager
def _unchanging(path: Path) -> Iterator[Any]:
    """Open a file that nobody changes; nothing appears beside it."""
    with opened(path, "ro" if has_pending_log(path) else "ro&immutable=1") as opening:
        yield opening


def restore(source: Path, workspace: Path, *, now: datetime) -> Restored:
    """Put a proven backup in a workspace's place in one step.

    The file it replaces stays beside it under a name with the date.
    Refuses what `check_backup` refuses, and `workspace_in_use` while anybody has the
    workspace open.
    """
    manifest = check_backup(source)
    workspace.parent.mkdir(parents=True, exist_ok=True)
    with unfinished(workspace) as copy:
        shutil.copyfile(source, copy)
        if check_backup(copy) != manifest:
            raise Refusal("backup_damaged", path=str(source), problem="copy")
        with opened(copy) as connection:
            connection.execute(f"DROP TABLE {MANIFEST_TABLE}")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        replaced = _set_aside(workspace, now) if workspace.exists() else None
        place(copy, workspace, overwrite=replaced is not None)
    return Restored(manifest, replaced)


def _set_aside(workspace: Path, now: datetime) -> Path:
    """Keep the present file under a second name; the first stays until it is replaced.

    A log that a crash left beside a damaged file goes with it: it would be played
    into the restored one.
    """
    _require_unused(workspace)
    stamp = f"{now.astimezone(UTC):%Y%m%dT%H%M%S.%fZ}"
    aside = workspace.with_name(f"{workspace.stem}.replaced-{stamp}{workspace.suffix}")
    with unfinished(aside) as copy:
        shutil.copyfile(workspace, copy)
        place(copy, aside)
    for suffix in SIDE_FILES:
        if beside(workspace, suffix).exists():
            beside(workspace, suffix).replace(beside(aside, suffix))
    flush_to_disk(workspace.parent)
    return aside


def _require_unused(workspace: Path) -> None:
    """Refuse while anybody has the file open: leaving WAL needs it to oneself.

    What cannot be opened at all is damaged, which is what a restore is for.
    """
    try:
        with opened(workspace) as connection:
            connection.execute("PRAGMA busy_timeout=200")
            connection.execute("PRAGMA journal_mode=DELETE").fetchone()
    except SQLITE.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF == LOCKED_ELSEWHERE or (
            "locked" in str(error)
        ):
            raise Conflict("workspace_in_use", path=str(workspace)) from error
