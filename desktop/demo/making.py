"""Makes the demo workspace: the house, its eight weeks, relative to today."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from importlib import resources
from pathlib import Path

from sqlalchemy import update

from desktop.assembly import open_desk
from desktop.config import Config
from desktop.demo.sessions import Sessions
from desktop.demo.simulation import WEEKS, Simulation
from desktop.entities.workspace import Workspace
from desktop.exchange.house_file import house_from_text
from desktop.store.migrating import create_workspace
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.houses import apply_house
from desktop.use_cases.meetings import start_of_day

PRESET = "lipovac.house.toml"


def make_demo(
    path: Path,
    now: datetime,
    progress: Callable[[float], None] = lambda _share: None,
) -> Path:
    """Make the demo workspace at ``path`` as it stands at ``now``.

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
        desk.run(play_house, now, progress)
    finally:
        desk.close()
    unfinished.replace(path)
    return path


def play_house(
    work: UnitOfWork,
    now: datetime,
    progress: Callable[[float], None] = lambda _share: None,
) -> int:
    """Put the house into an empty workspace and play it until ``now``.

    Returns how many requests were raised.
    """
    text = resources.files("resources").joinpath("presets", PRESET).read_text("utf-8")
    house = house_from_text(text, PRESET)
    start = start_of_day(now - timedelta(weeks=WEEKS), house.zone)
    work.now = start
    apply_house(work, house, years=(start.year, now.year))
    work.session.execute(update(Workspace).values(is_demo=True))
    simulation = Simulation(work, start, now, progress)
    sessions = Sessions(simulation)
    sessions.begin()
    raised = simulation.run()
    return raised
