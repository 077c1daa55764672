"""Make workspaces and bring older ones up to date, whole or not at all."""

from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import Session

from desktop.domain.errors import Refusal
from desktop.domain.upgrading import Copying, Told, Upgrading
from desktop.store.backup import backup
from desktop.store.durable import place, unfinished_beside
from desktop.store.engine import (
    connect_file,
    make_engine,
    opened,
    sqlite_path,
    sqlite_url,
    writing,
)
from desktop.store.faults import place_faults_named
from desktop.store.search_index import reindex_all
from desktop.store.statistics import count_tables
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

INDEX_SINCE: Final = 6
"""The revision since which the search index keeps what it keeps today."""

MIGRATION_LOCK: Final = APPLICATION_ID
"""The advisory lock that lets one client at a time upgrade a server."""


def create_workspace(path: Path) -> None:
    """Make a new workspace file, which appears whole or not at all.

    Refuses where something is already there, or where no workspace may live.
    """
    require_place_for_new(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    with place_faults_named(), unfinished_beside(path) as unfinished:
        connect_file(unfinished, "rwc").close()
        upgrade_file(unfinished)
        with opened(unfinished) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        try:
            place(unfinished, path)
        except FileExistsError as error:
            raise WorkspaceRefused(inspect_file(path)) from error


def prepare(workspace: str | Path, now: datetime, told: Told | None = None) -> str:
    """Make a workspace ready to be opened and give its address.

    workspace: a file's path, or a database address. A file is looked at before it is
    opened and refused, untouched, when it is not a usable workspace (WorkspaceRefused,
    also when it is missing); before an upgrade a verified backup is put beside it.
    ``told`` hears how an upgrade goes on and may raise to stop it: the workspace is
    then as it was, and begins anew the next time.
    Refuses with `workspace_address` what is no address, and with Fault what is out of
    reach.
    """
    url = address_of(workspace)
    _require_address(url)
    path = sqlite_path(url)
    with place_faults_named():
        if path is None:
            _prepare_server(url, told)
        elif (found := require_usable(path)).kind is FileKind.OLDER:
            _tell(told, Upgrading())
            kept = back_up_before_upgrade(path, found.schema, now, told)
            _tell(told, Upgrading(kept))
            upgrade_file(path, told, kept)
    return url


def _require_address(url: str) -> None:
    """Refuse what names neither a file nor a server this program knows."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise Refusal("workspace_address") from error
    backend = parsed.get_backend_name()
    if backend != "postgresql" and not (backend == "sqlite" and parsed.database):
        raise Refusal("workspace_address")


def _tell(told: Told | None, how: Upgrading) -> None:
    if told is not None:
        told(how)


def _prepare_server(url: str, told: Told | None) -> None:
    engine = make_engine(url)
    try:
        upgrade(engine, told)
    finally:
        engine.dispose()


def address_of(workspace: str | Path) -> str:
    """Give the address of a workspace named by a file's path or by an address.

    Refuses with `workspace_name` a file whose name is no text.
    """
    if isinstance(workspace, str) and "://" in workspace:
        return workspace
    try:
        return sqlite_url(Path(workspace))
    except UnicodeEncodeError as error:
        raise Refusal("workspace_name") from error


def back_up_before_upgrade(
    path: Path, schema: int, now: datetime, told: Told | None = None
) -> Path:
    """Put a verified copy of an older workspace beside it and give its path."""
    name = f"{path.stem}.schema-{schema}.{now:%Y%m%dT%H%M%SZ}{path.suffix}"
    target = path.with_name(name)

    def copied(doing: Copying, share: float | None) -> None:
        _tell(told, Upgrading(share=share, copying=doing))

    backup(path, target, now=now, overwrite=True, told=copied)
    return target


def upgrade_file(
    path: Path, told: Told | None = None, kept: Path | None = None
) -> None:
    """Bring a workspace file up to date in one transaction, foreign keys checked."""
    engine = make_engine(sqlite_url(path))
    # Tables are rebuilt by revisions, which foreign keys would forbid row by row; the
    # pragma does nothing inside a transaction, so it is set before.
    event.listen(engine, "connect", lambda raw, _: raw.execute(_KEYS_OFF))
    try:
        upgrade(engine, told, kept)
    finally:
        engine.dispose()


_KEYS_OFF = "PRAGMA foreign_keys=OFF"


def upgrade(engine: Engine, told: Told | None = None, kept: Path | None = None) -> None:
    """Bring a workspace up to date inside one transaction.

    Raises WorkspaceRefused, having changed nothing, when the workspace is newer.
    """
    with writing(engine).begin() as connection:
        if connection.dialect.name == "postgresql":
            _upgrade_server(connection, told)
        else:
            _upgrade_file(connection, told, kept)


def _upgrade_server(connection: Connection, told: Told | None) -> None:
    lock = text("SELECT pg_advisory_xact_lock(:key)")
    connection.execute(lock, {"key": MIGRATION_LOCK})
    present = schema_of(connection)
    if present > SCHEMA:
        name = Path(str(connection.engine.url.database))
        raise WorkspaceRefused(WorkspaceFile(name, FileKind.NEWER, schema=present))
    if present < SCHEMA:
        _run_revisions(connection)
        _index_anew(connection, present, told, None)


def _upgrade_file(connection: Connection, told: Told | None, kept: Path | None) -> None:
    present = schema_of(connection)
    _run_revisions(connection)
    _index_anew(connection, present, told, kept)
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        raise RuntimeError(f"the upgrade broke {len(broken)} references")
    connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA}")


def _index_anew(
    connection: Connection, present: int, told: Told | None, kept: Path | None
) -> None:
    """Index requests once more where less was kept of them, and count the tables."""
    if not 0 < present < SCHEMA:
        return
    with Session(connection) as session:
        if present < INDEX_SINCE:
            reindex_all(session, lambda share: _tell(told, Upgrading(kept, share)))
        count_tables(session)


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
