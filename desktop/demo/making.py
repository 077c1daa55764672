"""Makes the demo workspace: the house, its eight weeks, relative to today."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from importlib import resources
from pathlib import Path

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from desktop.assembly import open_desk
from desktop.config import Config
from desktop.demo.obstacles import DemoObstacles
from desktop.demo.raised import raise_for_sessions
from desktop.demo.series import plan_series
from desktop.demo.sessions import Sessions
from desktop.demo.simulation import WEEKS, Simulation
from desktop.domain.errors import Refusal
from desktop.domain.series_drafts import start_of_day
from desktop.entities.workspace import Workspace
from desktop.exchange.house_file import house_from_text
from desktop.store.migrating import create_workspace
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.houses import apply_house

PRESET = "lipovac.house.toml"


def ensure_demo(
    path: Path,
    now: datetime,
    progress: Callable[[float], None] = lambda _share: None,
    weeks: int = WEEKS,
) -> Path:
    """Make the demo workspace where there is none of today's.

    A demo lives for a day, so that something in it is always due, late and planned.
    Yesterday's is kept beside it, named "previous".
    """
    if path.exists():
        if _made_on(path) == now.date():
            return path
        path.replace(path.with_name("demo-previous" + path.suffix))
        for leftover in ("-wal", "-shm"):
            path.with_name(path.name + leftover).unlink(missing_ok=True)
    return make_demo(path, now, progress, weeks)


def _made_on(path: Path) -> date | None:
    """Return the day a demo was made, None for what is no demo that opens."""
    try:
        desk = open_desk(Config(str(path)))
    except Refusal:
        return None
    try:
        return desk.read(_created_at)
    finally:
        desk.close()


def _created_at(session: Session) -> date | None:
    created_at = session.scalar(select(Workspace.created_at))
    return created_at.date() if created_at else None


def make_demo(
    path: Path,
    now: datetime,
    progress: Callable[[float], None] = lambda _share: None,
    weeks: int = WEEKS,
) -> Path:
    """Make the demo workspace at ``path`` as it stands at ``now``, after ``weeks``.

    The same instant gives the same house. ``progress`` hears shares from 0 to 1. The
    file appears whole or not at all.
    """
    unfinished = path.with_name(path.name + ".making")
    unfinished.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    create_workspace(unfinished)
    clock = [now]
    desk = open_desk(Config(str(unfinished), lambda: clock[0]))
    try:
        desk.run(play_house, now, progress, weeks)
    finally:
        desk.close()
    unfinished.replace(path)
    return path


def play_house(
    work: UnitOfWork,
    now: datetime,
    progress: Callable[[float], None] = lambda _share: None,
    weeks: int = WEEKS,
) -> int:
    """Put the house into an empty workspace and play it until ``now``.

    Returns how many requests were raised.
    """
    text = resources.files("resources").joinpath("presets", PRESET).read_text("utf-8")
    house = house_from_text(text, PRESET)
    start = start_of_day(now - timedelta(weeks=weeks), house.zone)
    work.now = start
    apply_house(work, house, years=(start.year, now.year))
    work.session.execute(update(Workspace).values(is_demo=True, created_at=now))
    simulation = Simulation(work, start, now, progress)
    sessions = Sessions(simulation)
    sessions.begin()
    DemoObstacles(simulation).begin()
    raised = simulation.run()
    plan_series(work)
    raise_for_sessions(work)
    return raised
