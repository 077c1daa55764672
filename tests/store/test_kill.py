"""Nothing a person was told is saved is lost, however the program dies."""

import os
import random
import select
import signal
import subprocess
import sys
import uuid
from collections import Counter
from pathlib import Path

from sqlalchemy import func
from sqlalchemy import select as ask_for
from sqlalchemy.orm import Session

from desktop.entities.journal import JournalEntry
from desktop.entities.requests import Request
from desktop.store.engine import make_engine, opened, reading, sqlite_url
from desktop.store.verification import verify
from desktop.store.workspace_file import Look, problems_of
from tests.small_house import build_small_house

KILLS = 20
WRITERS = 2

# One process with everything imported, which forks writers on demand: a writer says
# its process id, then one line for each thing it was told is saved.
NURSERY = """
import os, sys, uuid
from datetime import UTC, datetime
from desktop.assembly import open_desk
from desktop.config import Config
from desktop.use_cases.raising import NewRequest, raise_request
from desktop.use_cases.requests import resolve, take
path, clerk, agent, service = sys.argv[1], *map(int, sys.argv[2:])
now = datetime(2026, 11, 9, 9, tzinfo=UTC)

def say(*words):
    os.write(1, (" ".join(map(str, words)) + "\\n").encode())

def write():
    at_counter = open_desk(Config(path, lambda: now, clerk))
    behind = open_desk(Config(path, lambda: now, agent))
    while True:
        key = uuid.uuid4()
        draft = NewRequest(service, "Parcel", key=key)
        raised = at_counter.run(raise_request, draft).value
        say(key)
        for step in (take, resolve):
            behind.run(step, raised.id)
            say(key)

for line in sys.stdin:
    child = os.fork()
    if child == 0:
        say("pid", os.getpid())
        write()
    else:
        say("forked")
"""


class Nursery:
    """Writers on one workspace, and what they were told."""

    def __init__(self, path: Path, *numbers: int) -> None:
        command = [sys.executable, "-c", NURSERY, str(path), *map(str, numbers)]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
        )
        self.acknowledged: Counter[uuid.UUID] = Counter()
        self.writers: list[int] = []
        self.rest = b""

    def fork(self, writers: int) -> None:
        """Let some writers begin."""
        assert self.process.stdin is not None
        self.process.stdin.write(b"\n" * writers)
        while len(self.writers) < writers:
            self.read(60)

    def read(self, seconds: float) -> None:
        """Take down what was said, waiting so long for something."""
        assert self.process.stdout is not None
        ready, _, _ = select.select([self.process.stdout], [], [], seconds)
        if not ready:
            return
        said = os.read(self.process.stdout.fileno(), 65_536)
        *lines, self.rest = (self.rest + said).split(b"\n")
        for line in lines:
            if line.startswith(b"pid"):
                self.writers.append(int(line.split()[1]))
            elif line != b"forked":
                self.acknowledged[uuid.UUID(line.decode())] += 1

    def kill(self) -> None:
        """Kill every writer this instant."""
        for writer in self.writers:
            os.kill(writer, signal.SIGKILL)
        self.writers.clear()
        self.read(0.05)


def test_nothing_acknowledged_is_lost_and_nothing_half_there(
    workspace_path: Path,
) -> None:
    house = build_small_house(sqlite_url(workspace_path))
    house.desk.close()
    people = (house.people["Jelena Marić"], house.people["Ana Petrović"])
    service = house.services["Boundary correction"]
    nursery = Nursery(workspace_path, *people, service)
    chance = random.Random(11)
    for _ in range(KILLS):
        nursery.fork(WRITERS)
        wanted = nursery.acknowledged.total() + chance.randrange(1, 30)
        while nursery.acknowledged.total() < wanted:
            nursery.read(60)
        nursery.read(chance.uniform(0, 0.003))
        nursery.kill()
    nursery.process.kill()
    nursery.process.communicate()
    check(workspace_path, nursery.acknowledged)


def check(path: Path, acknowledged: Counter[uuid.UUID]) -> None:
    assert problems_of(path, Look.AT_EVERYTHING) == []
    engine = make_engine(sqlite_url(path))
    with Session(reading(engine)) as session:
        found = verify(session)
        entries = session.execute(
            ask_for(Request.key, func.count(JournalEntry.id))
            .join(JournalEntry, JournalEntry.request_id == Request.id)
            .group_by(Request.key)
        ).all()
    engine.dispose()
    assert found.is_sound, found.differences
    there = dict(entries)
    lost = {key for key, told in acknowledged.items() if there.get(key, 0) < told}
    assert lost == set()
    assert len(acknowledged) <= found.checked <= len(acknowledged) + KILLS * WRITERS
    with opened(path) as connection:
        searchable = connection.execute("SELECT count(*) FROM request_search")
        assert searchable.fetchone()[0] == found.checked
    assert acknowledged.total() > KILLS
