"""A window killed while it writes: what it was told is kept is kept."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import uuid
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.assembly import open_desk
from desktop.config import Config
from desktop.entities.requests import Request
from desktop.store.verification import verify
from tests.conftest import ROOT

WRITTEN = (3, 17, 40)
"""After how many acknowledged requests each window is killed."""

# The window's own program, told by its own `done` that a write is kept.
AT_WORK = """
import os, sys, uuid
from pathlib import Path
from PySide6.QtCore import QTimer
from desktop.queries.lookups import people
from desktop.queries.services import service_catalogue
from desktop.use_cases.raising import NewRequest, raise_request
from desktop.use_cases.requests import comment
from tests.end_to_end.conftest import Clock, Seat
from ui.app import make_app

workspace, folder = map(Path, sys.argv[1:])
app = make_app([])
seat = Seat(workspace, folder, Clock()).sits("Sanja Lukić")
desk, operations = seat.program.opened.desk, seat.program.operations
me = seat.program.context.me
offered = desk.read(service_catalogue, person_id=me.person_id,
                    front_unit_id=me.unit_id, now=seat.clock.now)
service = next(one for one in offered if one.name == "Residence certificate")
answers = {"born": "1984-03-09", "address": "Vinogradska 14"}

def write():
    key = uuid.uuid4()
    draft = NewRequest(service.id, "Killed on the way", key=key, form=answers)
    def kept(raised):
        os.write(1, f"{key}\\n".encode())
        operations.write(comment, raised.id, "And a word to it").start(seat.window)
        write()
    def refused(refusal):
        sys.exit(f"refused: {refusal.code}")
    operations.write(raise_request, draft).start(seat.window, kept, refused)

QTimer.singleShot(0, write)
app.exec()
"""


def kept_until_killed(workspace: Path, folder: Path, written: int) -> set[uuid.UUID]:
    """Let a window write, kill it, and return what it was told is kept."""
    process = subprocess.Popen(
        [sys.executable, "-c", AT_WORK, str(workspace), str(folder)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    kept = set()
    for line in process.stdout:
        kept.add(uuid.UUID(line.strip()))
        if len(kept) == written:
            break
    assert len(kept) == written, "the window ended by itself"
    process.send_signal(signal.SIGKILL)
    # What it still said before it died was acknowledged too.
    kept.update(uuid.UUID(line.strip()) for line in process.stdout if len(line) == 37)
    process.stdout.close()
    assert process.wait() == -signal.SIGKILL
    return kept


def test_nothing_acknowledged_is_lost_and_nothing_is_half_there(
    demo_path: Path, tmp_path: Path
) -> None:
    acknowledged: set[uuid.UUID] = set()
    for number, written in enumerate(WRITTEN):
        folder = tmp_path / str(number)
        folder.mkdir()
        acknowledged |= kept_until_killed(demo_path, folder, written)
    assert len(acknowledged) >= sum(WRITTEN)

    def keys(session: Session) -> set[uuid.UUID]:
        return set(session.scalars(select(Request.key)))

    desk = open_desk(Config(str(demo_path)))
    try:
        assert acknowledged <= desk.read(keys)
        found = desk.read(verify)
        assert found.is_sound, found.differences
    finally:
        desk.close()
