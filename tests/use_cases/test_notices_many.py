"""Many computers that sweep at the same moment make each notice once, between them."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

from sqlalchemy import select

from desktop.entities.notices import Notice
from tests.small_house import SmallHouse

ROOT = Path(__file__).resolve().parents[2]
COMPUTERS = 4
SWEEPER = """
import sys
from datetime import datetime
from desktop.desk import Desk
from desktop.store.engine import make_engine
from desktop.store.unit_of_work import Store
from desktop.use_cases.notices import sweep
url, *instants = sys.argv[1:]
desk = Desk(Store(make_engine(url), lambda: datetime.fromisoformat(instants[0])))
desk.data_version()
print("ready", flush=True)
for at in instants:
    sys.stdin.readline()
    print(desk.run(sweep, datetime.fromisoformat(at)).value, flush=True)
"""


def test_four_computers_that_sweep_at_once_tell_each_thing_once(
    any_small_house: SmallHouse, workspace_url: str
) -> None:
    house = any_small_house
    for _ in range(30):
        house.at(9, 9).raised()
    instants = [house.at(day, 12).now.isoformat() for day in (9, 10)]
    started = [_start(workspace_url, instants) for _ in range(COMPUTERS)]
    for one in started:
        assert _line(one) == "ready"
    for _ in instants:
        for one in started:
            assert one.stdin is not None
            one.stdin.write("go\n")
            one.stdin.flush()
        # Two agents of thirty requests; who is not first makes nothing.
        assert sorted(int(_line(one)) for one in started) == [0, 0, 0, 60]
    for one in started:
        one.communicate(timeout=30)
        assert one.returncode == 0
    told = Counter(
        house.read(
            lambda session: [
                (row.person_id, row.request_id, row.clock_kind, row.at)
                for row in session.scalars(select(Notice))
            ]
        )
    )
    assert len(told) == 120
    assert set(told.values()) == {1}


def _start(url: str, instants: list[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", SWEEPER, url, *instants],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _line(one: subprocess.Popen[str]) -> str:
    assert one.stdout is not None
    return one.stdout.readline().strip()
