"""A scripted session of a real window: what an agent and a clerk do, minute by minute.

`python -m tests.benchmarks.session WORKSPACE` plays on the workspace itself and prints
what its heartbeat heard as JSON; `--where` writes what the window did in each pause.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import TextIO

# First, as in the program: after Qt alone, the source of each import would be kept.
import ui  # noqa: F401 - for what it does when it is imported

# isort: split
from PySide6.QtCore import QEventLoop, QSize
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from desktop.domain.rhythms import Rhythm
from desktop.domain.series_drafts import SeriesDraft
from desktop.entities.units import PersonRole, Role
from desktop.store.engine import sqlite_url
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.meeting_series import create_series
from desktop.use_cases.sessions_planning import plan_session
from tests.benchmarks.acts import Agent, Clerk, Coordinator
from tests.benchmarks.generated import read_house
from tests.benchmarks.hand import Hand
from tests.benchmarks.house import NOW, House, open_desk
from tests.heartbeat import Heartbeat, Pause, Witness
from ui.app import make_app
from ui.collector import Collector
from ui.crash import CrashReporter
from ui.main_window import MainWindow
from ui.preferences import Preferences
from ui.program import Program, Wishes
from ui.style import apply_theme

SIZE = QSize(1440, 900)
TURN_S = 60.0
"""Agent and clerk take the window in turns of about so long."""


@dataclass
class Heard:
    """What came of a session."""

    pauses: list[Pause] = field(default_factory=list)
    painted_ms: dict[str, list[float]] = field(default_factory=dict)
    acts: int = 0
    problems: list[str] = field(default_factory=list)
    seconds: float = 0.0
    memory_mb: float = 0.0


def prepare(path: Path, house: House) -> None:
    """Give the people of the session their roles, and a series with a session."""
    desk = open_desk(sqlite_url(path))
    front, back = house.fronts[0], house.backs[0]
    desk.sign_in(house.actor(back))

    def furnish(work: UnitOfWork) -> None:
        if work.session.scalar(select(PersonRole.id).limit(1)) is not None:
            return
        agent, clerk = house.people[back][0], house.people[front][0]
        roles = ((agent, Role.AGENT), (agent, Role.COORDINATOR), (clerk, Role.CLERK))
        work.session.add_all(
            PersonRole(person_id=who, role=role) for who, role in roles
        )
        day = (NOW + timedelta(days=1)).date()
        at = NOW.replace(tzinfo=None).time()
        rule = Rhythm(interval=2, weekdays=(day.weekday(),)).rule("UTC")
        new = SeriesDraft("Counter and office", front, back, rule, day, at, "UTC")
        plan_session(work, create_series(work, new))

    desk.run(furnish)
    desk.close()


class Session:
    """One window on a workspace; its time goes on from the standing one."""

    def __init__(self, path: Path, house: House, folder: Path) -> None:
        self.house = house
        self.heard = Heard()
        begun = monotonic()

        def clock() -> datetime:
            return NOW + timedelta(seconds=monotonic() - begun)

        app = make_app([])
        Collector(app, is_used=lambda: True)
        apply_theme(app, "light")
        preferences = Preferences(folder / "window.ini")
        self.window = MainWindow(preferences)
        self.hand = Hand(self.window)
        self.crash = CrashReporter(lambda: self.window, None, self.window)
        self.crash.report = self._broke  # type: ignore[method-assign]  # nobody reads it
        agent = house.people[house.backs[0]][0]
        wishes = Wishes(str(path), person=str(agent))
        self.program = Program(self.window, preferences, self.crash, clock, wishes)
        self.window.resize(SIZE)
        self.window.show()
        self.window.activateWindow()

    def _broke(self, error: BaseException, context: str) -> None:
        self.heard.problems.append(f"{context}: {error!r}")

    def play(self, seconds: float) -> None:
        """Start the program and let agent and clerk take turns."""
        ends = monotonic() + seconds
        self.hand.doing = "start"
        self.program.start()
        self.hand.until(lambda: self.program.context is not None)
        self.hand.rest(1_000)
        clerk = self.house.people[self.house.fronts[0]][0]
        agent = self.house.people[self.house.backs[0]][0]
        turn = min(TURN_S, seconds / 2)
        while True:
            for kinds, who in (((Agent, Coordinator), agent), ((Clerk,), clerk)):
                self._sit_down(who)
                self._acts([kind(self.hand, self.window) for kind in kinds], turn, ends)
                if monotonic() > ends:
                    return

    def _sit_down(self, person_id: int) -> None:
        context = self.program.context
        if context is not None and context.me.person_id == person_id:
            return
        self.hand.doing = "sit down"
        self.window.change_person.emit()
        self.hand.rest(300)
        self.program.sign_in(person_id)
        self.window.activateWindow()
        self.hand.rest(1_000)

    def _acts(self, people: Sequence[Agent], turn: float, ends: float) -> None:
        acts = [act for one in people for act in one.acts()]
        until = min(ends, monotonic() + turn)
        while True:
            for act in acts:
                if monotonic() > until:
                    return
                self._act(act)

    def _act(self, act: Callable[[], None]) -> None:
        self.hand.doing = act.__name__.replace("_", " ")
        try:
            act()
        except Exception as error:  # noqa: BLE001 - told at the end, the others go on
            self.heard.problems.append(f"{self.hand.doing}: {error!r}")
        dialog = self.hand.dialog()
        if dialog is not None:
            self.heard.problems.append(f"{self.hand.doing}: {dialog.windowTitle()}")
            dialog.reject()
        self.heard.acts += 1
        self.hand.rest(120)

    def close(self) -> None:
        """Take the window down."""
        self.program.close()
        self.window.close()
        self.window.deleteLater()
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)


def play(path: Path, minutes: float, where: TextIO | None = None) -> Heard:
    """Play a session on a workspace and return what was heard."""
    house = read_house(path.with_suffix(".json"))
    prepare(path, house)
    with tempfile.TemporaryDirectory(prefix="counterpart-session-") as folder:
        session = Session(path, house, Path(folder))
        heard = session.heard
        heart = Heartbeat(heard.pauses.append, lambda: session.hand.doing)
        with _witness(heart, session.hand, where):
            begun = monotonic()
            session.play(minutes * 60)
            heard.seconds = monotonic() - begun
        heart.stop()
        heard.painted_ms = dict(session.hand.painted_ms)
        heard.memory_mb = memory_mb()
        session.close()
    return heard


@contextmanager
def _witness(heart: Heartbeat, hand: Hand, where: TextIO | None) -> Iterator[None]:
    """Write down what the window does in each pause, where that is wanted."""
    if where is None:
        yield
        return

    def tell(late: float, places: str) -> None:
        print(f"{late:4.0f} ms, {hand.doing}: {places}", file=where, flush=True)

    witness = Witness(heart, tell)
    witness.start()
    yield
    witness.stop()


def memory_mb() -> float:
    """Return what this process holds of the memory, 0 where nobody says."""
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next(int(one.split()[1]) / 1024 for one in lines if "VmRSS" in one)


def main() -> int:
    """Play on a workspace and print what was heard."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.session")
    parser.add_argument("workspace", type=Path)
    parser.add_argument("--minutes", type=float, default=1.5)
    parser.add_argument("--where", type=Path, help="write what each pause was spent on")
    options = parser.parse_args()
    with ExitStack() as stack:
        where = stack.enter_context(options.where.open("w")) if options.where else None
        heard = play(options.workspace, options.minutes, where)
    print(json.dumps(asdict(heard)))
    return 0


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.exit(main())
