"""`counterpart demo`: the demo workspace, and one day played in it without a screen."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from desktop.cli.output import say
from desktop.config import demo_workspace, wall_clock
from desktop.i18n import gettext as _

Pictures = Callable[[Path, Path, datetime], Sequence[Path]]
"""Pictures the main windows of a workspace into a folder, as at an instant."""


def make(options: argparse.Namespace) -> int:
    """Make the demo workspace; with ``--play`` also a day in it, and say what came."""
    from desktop.demo import ensure_demo, make_demo

    if not options.play:
        path = ensure_demo(demo_workspace(), wall_clock())
        say(_("The demo is ready: {path}").format(path=path))
        return 0
    return _play(options, make_demo)


def _play(options: argparse.Namespace, make_demo: Callable[..., Path]) -> int:
    from desktop.cli.day import play_day, working_moment
    from desktop.reports.turnaround_table import turnaround_table

    folder = options.out or demo_workspace().parent / "demo-day"
    folder.mkdir(parents=True, exist_ok=True)
    now = working_moment(wall_clock())
    workspace = make_demo(folder / "demo.counterpart", now)
    day = play_day(workspace, folder, now)
    for line in day.told:
        say(line)
    say("")
    say(turnaround_table(day.turnaround))
    say("")
    say(_("The agenda: {path}").format(path=day.agenda))
    for path in day.others:
        say(_("Another paper of the sessions: {path}").format(path=path))
    say(_("The proof of a due time: {path}").format(path=day.proof))
    if options.pictures is not None:
        for picture in options.pictures(workspace, folder / "windows", day.ended_at):
            say(_("A window: {path}").format(path=picture))
    return 0
