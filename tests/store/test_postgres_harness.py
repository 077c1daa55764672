"""The PostgreSQL the tests stand on starts by itself and leaves nothing behind."""

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tests.postgres import OWNER, binaries, running_server


@pytest.mark.parametrize("folder", binaries(), ids=str)
def test_every_postgresql_found_runs_and_is_recent(folder: Path) -> None:
    with running_server(folder) as server, server.administering() as connection:
        assert connection.info.server_version >= 150_000
        home = Path(server.host)
        assert home.exists()
    assert not home.exists()


ABORTED = """
import sys
from tests.postgres import running_server
with running_server() as server:
    print(server.host, flush=True)
    sys.stdin.read()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="Linux alone ends such children")
def test_an_aborted_run_leaves_no_server() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", ABORTED],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as aborted:
        assert aborted.stdout is not None
        host = aborted.stdout.readline().strip()
        connection = psycopg.connect(host=host, user=OWNER, dbname="postgres")
        aborted.send_signal(signal.SIGKILL)
    # The server closes its connections as it goes: this waits for it, and no longer.
    with pytest.raises(psycopg.OperationalError):
        connection.execute("SELECT pg_sleep(30)")
    connection.close()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(host=host, user=OWNER, dbname="postgres")
    # The dying server removes files of its own meanwhile.
    while Path(host).exists():
        shutil.rmtree(host, ignore_errors=True)
