"""The workspaces the benchmarks run on: generated once, used by all, then deleted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop.desk import Desk
from desktop.store.engine import PRAGMAS, connect_file, make_engine, sqlite_url
from desktop.store.migrating import create_workspace, upgrade, upgrade_file
from tests.benchmarks.generated import (
    BLOCK,
    FORGOTTEN,
    generate,
    optimise,
    read_house,
    write_house,
)
from tests.benchmarks.house import House, furnish, open_desk
from tests.postgres import Server, running_server


@dataclass
class Floor:
    """The bare driver on the same database: what nothing above it can beat."""

    connection: Any
    is_server: bool

    def rows(self, sql: str, *values: object) -> list[Any]:
        """Run a statement with ``?`` for values and fetch everything."""
        if self.is_server:
            sql = sql.replace("?", "%s")
        found: list[Any] = self.connection.execute(sql, values).fetchall()
        return found

    def many(self, sql: str, rows: list[tuple[Any, ...]]) -> None:
        """Run a statement for many rows."""
        if self.is_server:
            with self.connection.cursor() as cursor:
                cursor.executemany(sql.replace("?", "%s"), rows)
        else:
            self.connection.executemany(sql, rows)

    def write(self, *statements: tuple[str, tuple[Any, ...]]) -> None:
        """Run statements as one durable transaction."""
        begin = "BEGIN" if self.is_server else "BEGIN IMMEDIATE"
        self.connection.execute(begin)
        for sql, values in statements:
            if self.is_server:
                sql = sql.replace("?", "%s")
            self.connection.execute(sql, values)
        self.connection.execute("COMMIT")


@dataclass
class Place:
    """One workspace with a house in it: the program's way in and the bare one."""

    url: str
    desk: Desk
    house: House
    floor: Floor


@dataclass
class Workspaces:
    """Makes workspaces in a folder or on a server, each size once."""

    folder: Path
    server: Server | None = None
    told: Any = None
    _stack: ExitStack = field(default_factory=ExitStack)
    _made: dict[tuple[int, float], Place] = field(default_factory=dict)

    @property
    def is_server(self) -> bool:
        """Tell whether they are on a server."""
        return self.server is not None

    def of(self, size: int, forgotten: float = FORGOTTEN) -> Place:
        """Return the workspace with that many requests, that share of them open."""
        if (size, forgotten) not in self._made:
            self._made[size, forgotten] = self._generated(size, forgotten)
        return self._made[size, forgotten]

    @contextmanager
    def empty(self, name: str) -> Iterator[Place]:
        """Give a fresh workspace with a house and no request; gone afterwards."""
        path = self.folder / f"{name}.counterpart"
        url = self._create(path)
        desk = open_desk(url)
        house = desk.run(furnish).value
        place = Place(url, desk, house, self._floor(url, path))
        yield place
        place.floor.connection.close()
        desk.close()
        self._drop(path)

    def close(self) -> None:
        """Let go of all of them."""
        for place in self._made.values():
            place.floor.connection.close()
            place.desk.close()
        self._stack.close()

    def _generated(self, size: int, forgotten: float) -> Place:
        more = "" if forgotten == FORGOTTEN else f"-{forgotten * 100:g}"
        path = self.folder / f"{size}{more}.counterpart"
        kept = path.with_suffix(".json")
        if not self.is_server and path.exists() and kept.exists():
            upgrade_file(path)
            url = sqlite_url(path)
            return Place(url, open_desk(url), read_house(kept), self._floor(url, path))
        if self.told:
            self.told(f"generating {size:,} requests …")
        url = self._create(path)
        desk = open_desk(url)
        house = desk.run(generate, size, BLOCK, forgotten).value
        optimise(desk)
        write_house(house, kept)
        return Place(url, desk, house, self._floor(url, path))

    def _create(self, path: Path) -> str:
        if self.server is None:
            for old in path.parent.glob(f"{path.name}*"):
                old.unlink()
            create_workspace(path)
            return sqlite_url(path)
        self.server.create(path.stem)
        url = self.server.url(path.stem)
        engine = make_engine(url)
        upgrade(engine)
        engine.dispose()
        return url.render_as_string(hide_password=False)

    def _drop(self, path: Path) -> None:
        for old in path.parent.glob(f"{path.name}*"):
            old.unlink()

    def _floor(self, url: str, path: Path) -> Floor:
        if self.server is None:
            connection = connect_file(path)
            for pragma in PRAGMAS:
                connection.execute(pragma)
            return Floor(connection, is_server=False)
        import psycopg

        bare = url.replace("postgresql+psycopg://", "postgresql://")
        return Floor(psycopg.connect(bare, autocommit=True), is_server=True)


@contextmanager
def workspaces(folder: Path, database: str, told: Any) -> Iterator[Workspaces]:
    """Give workspaces on one kind of database, and clean up behind them."""
    with ExitStack() as stack:
        server = stack.enter_context(running_server()) if database != "sqlite" else None
        made = Workspaces(folder, server, told)
        try:
            yield made
        finally:
            made.close()
