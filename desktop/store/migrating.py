"""Make workspaces and bring older ones up to date, whole or not at all."""

import os
import secrets
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, event, inspect, text
from sqlalchemy.engine import URL

from desktop.store.engine import (
    connect_file,
    make_engine,
    opened,
    sqlite_path,
    sqlite_url,
    writing,
)
from desktop.store.workspace_file import (
    APPLICATION_ID,
    SCHEMA,
    FileKind,
    WorkspaceFile,
    WorkspaceRefused,
    require_place_for_new,
    require_usable,
)
from desktop.store.workspace_file import inspect as inspect_file

MIGRATION_LOCK: Final = APPLICATION_ID
"""The advisory lock that lets one client at a time upgrade a server."""


def create_workspace(path: Path) -> None:
    """Make a new workspace file, which appears whole or not at all.

    Refuses where something is already there, or where no workspace may live.
    """
    require_place_for_new(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    try:
        connect_file(unfinished, "rwc").close()
        upgrade_file(unfinished)
        _settle(unfinished)
        _appear(unfinished, path)
    finally:
        for suffix in ("", "-wal", "-shm"):
            unfinished.with_name(unfinished.name + suffix).unlink(missing_ok=True)


def open_workspace(url: str | URL) -> Engine:
    """Open a workspace, upgraded first when an older program made it.

    A file is looked at before it is opened and refused, untouched, when it is not a
    usable workspace; before an upgrade a verified backup is put beside it.
    """
    path = sqlite_path(url)
    if path is None:
        engine = make_engine(url)
        upgrade(engine)
        return engine
    found = require_usable(path)
    if found.kind is FileKind.OLDER:
        back_up_before_upgrade(path, found.schema)
        upgrade_file(path)
    return make_engine(url)


def back_up_before_upgrade(path: Path, schema: int) -> Path:
    """Put a verified copy of an older workspace beside it and give its path."""
    from desktop.store.backup import backup

    target = path.with_name(f"{path.stem}.before-{SCHEMA}.from-{schema}{path.suffix}")
    backup(sqlite_url(path), target, overwrite=True)
    return target


def upgrade_file(path: Path) -> None:
    """Bring a workspace file up to date in one transaction, foreign keys checked."""
    engine = make_engine(sqlite_url(path))
    # Tables are rebuilt by revisions, which foreign keys would forbid row by row; the
    # pragma does nothing inside a transaction, so it is set before.
    event.listen(engine, "connect", lambda raw, _: raw.execute(_KEYS_OFF))
    try:
        upgrade(engine)
    finally:
        engine.dispose()


_KEYS_OFF = "PRAGMA foreign_keys=OFF"


def upgrade(engine: Engine) -> None:
    """Bring a workspace up to date inside one transaction.

    Raises WorkspaceRefused, having changed nothing, when the workspace is newer.
    """
    with writing(engine).begin() as connection:
        if connection.dialect.name == "postgresql":
            _upgrade_server(connection)
        else:
            _upgrade_file(connection)


def _upgrade_server(connection: Connection) -> None:
    lock = text("SELECT pg_advisory_xact_lock(:key)")
    connection.execute(lock, {"key": MIGRATION_LOCK})
    present = schema_of(connection)
    if present > SCHEMA:
        name = Path(str(connection.engine.url.database))
        raise WorkspaceRefused(WorkspaceFile(name, FileKind.NEWER, schema=present))
    if present < SCHEMA:
        _run_revisions(connection)


def _upgrade_file(connection: Connection) -> None:
    _run_revisions(connection)
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        raise RuntimeError(f"the upgrade broke {len(broken)} references")
    connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA}")


def schema_of(connection: Connection) -> int:
    """Give the number of a workspace's newest revision; 0 where there is none."""
    if connection.dialect.name == "sqlite":
        return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
    if not inspect(connection).has_table("alembic_version"):
        return 0
    found = connection.execute(text("SELECT max(version_num) FROM alembic_version"))
    return int(found.scalar() or 0)


def _run_revisions(connection: Connection) -> None:
    """Run what is missing; Alembic costs a tenth of a second, so only now."""
    from alembic import command
    from alembic.config import Config

    folder = Path(__file__).with_name("migrations")
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _settle(path: Path) -> None:
    """Bring everything out of the log into the file, and the file onto the disk."""
    with opened(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    flush_to_disk(path)


def _appear(unfinished: Path, path: Path) -> None:
    """Give the finished file its name, unless somebody made one meanwhile."""
    try:
        os.link(unfinished, path)
    except FileExistsError as error:
        raise WorkspaceRefused(inspect_file(path)) from error
    except OSError:
        # A file system without links (exFAT); Windows refuses to replace by renaming.
        require_place_for_new(path)
        unfinished.rename(path)
    flush_to_disk(path.parent)


def flush_to_disk(path: Path) -> None:
    """Wait until a file, or the names in a folder, would survive a power cut."""
    is_folder = path.is_dir()
    if is_folder and os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY if is_folder else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
