"""Fresh workspaces for tests, on both databases, each migrated only once a run."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.store.engine import make_engine, sqlite_url
from desktop.store.migrating import create_workspace, upgrade
from tests.postgres import Server, running_server
from tests.postgres_rows import Lender

TEMPLATE = "counterpart_template"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """Run one PostgreSQL for the whole test run, started when first asked for."""
    with running_server() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_lender(postgres_server: Server) -> Lender:
    """Give whoever lends migrated, empty databases."""
    postgres_server.create(TEMPLATE)
    engine = make_engine(postgres_server.url(TEMPLATE))
    upgrade(engine)
    engine.dispose()
    return Lender(postgres_server, TEMPLATE)


@pytest.fixture(scope="session")
def workspace_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a migrated workspace file to copy."""
    path = tmp_path_factory.mktemp("template") / "workspace.counterpart"
    create_workspace(path)
    return path


@pytest.fixture
def workspace_path(workspace_template: Path, tmp_path: Path) -> Path:
    """Give a fresh, migrated, empty workspace file."""
    path = tmp_path / "workspace.counterpart"
    shutil.copyfile(workspace_template, path)
    return path


@pytest.fixture
def sqlite_workspace(workspace_path: Path) -> str:
    """Give the address of a fresh workspace file."""
    return sqlite_url(workspace_path)


@pytest.fixture
def postgresql_workspace(postgres_lender: Lender) -> Iterator[str]:
    """Give the address of a fresh workspace on the server."""
    with postgres_lender.lent() as url:
        yield url.render_as_string(hide_password=False)


@pytest.fixture(params=["sqlite", "postgresql"])
def workspace_url(request: pytest.FixtureRequest) -> str:
    """Give the address of a fresh workspace: the test runs on each database."""
    url: str = request.getfixturevalue(f"{request.param}_workspace")
    return url
