"""An index that `verify` finds stale is mended by hand, an earlier one on opening."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from desktop.cli.program import main
from desktop.domain.errors import Refusal
from desktop.domain.upgrading import Copying, Upgrading
from desktop.store.migrating import INDEX_SINCE, prepare
from desktop.store.search import index_words
from desktop.store.workspace_file import FileKind, inspect
from tests.small_house import SmallHouse

EARLIER = INDEX_SINCE - 1
KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from desktop.store.migrating import prepare

def told(how):
    if how.share is not None:
        os.kill(os.getpid(), signal.SIGKILL)

prepare(sys.argv[1], datetime(2027, 1, 4, tzinfo=UTC), told)
"""


def test_a_stale_index_is_named_and_mended(
    small_house: SmallHouse, workspace_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    request = small_house.raised()
    small_house.run(lambda work: index_words(work.session, [(request, "other words")]))
    small_house.desk.close()
    workspace = ["--workspace", str(workspace_path)]

    assert main(["verify", *workspace]) == 1
    assert "LR-0001, request_search" in capsys.readouterr().out
    assert main(["reindex", *workspace]) == 0
    assert capsys.readouterr().out == "1 request is found by its words\n"
    assert main(["verify", *workspace]) == 0


def test_an_index_of_an_earlier_program_is_made_anew_on_opening(
    small_house: SmallHouse, workspace_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    request = small_house.raised("Извод")
    small_house.run(lambda work: index_words(work.session, [(request, "извод")]))
    small_house.desk.close()
    with closing(sqlite3.connect(workspace_path)) as connection, connection:
        connection.execute(f"UPDATE alembic_version SET version_num = '{EARLIER:04}'")
        connection.execute("DROP TABLE template_file")
        connection.execute(f"PRAGMA user_version={EARLIER}")
    heard: list[Upgrading] = []

    def stop(how: Upgrading) -> None:
        heard.append(how)
        if how.backup is not None and how.share is not None:
            raise Refusal("upgrade_stopped")

    with pytest.raises(Refusal, match="upgrade_stopped"):
        prepare(workspace_path, small_house.instant, stop)
    done = [one for one in heard if one.copying is None]
    assert [one.share for one in done] == [None, None, 1.0]
    assert list(dict.fromkeys(one.copying for one in heard)) == [None, *Copying]
    assert heard[-1].backup is not None
    assert heard[-1].backup.exists()
    assert inspect(workspace_path).kind is FileKind.OLDER
    killed = subprocess.run([sys.executable, "-c", KILLED, workspace_path], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert inspect(workspace_path, thorough=True).kind is FileKind.OLDER
    assert main(["verify", "--workspace", str(workspace_path)]) == 0
    said = capsys.readouterr().err.splitlines()
    assert said[0] == (
        "An earlier version made this workspace. A backup is made first."
    )
    assert said[-1].endswith("Requests are indexed anew.")
    assert main(["verify", "--workspace", str(workspace_path)]) == 0
