"""`counterpart import history`: what would be made, and making it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli.output import complain, opened, say, workspace_of
from desktop.domain.errors import Refusal
from desktop.formats import count, instant
from desktop.i18n import gettext as _
from desktop.i18n import ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import tzinfo

    from desktop.desk import Desk
    from desktop.domain.house import House
    from desktop.exchange.history_import import HistoryPreview
    from desktop.exchange.history_source import HistoryFiles
    from desktop.exchange.mapping import HistoryMapping
    from desktop.exchange.problems import Problem
    from desktop.use_cases.imports import HistoryImported


def bring_in(options: argparse.Namespace) -> int:
    """Import a history into the workspace, which is made if it is not there."""
    from zoneinfo import ZoneInfo

    from desktop.exchange.history_import import BadRows, preview
    from desktop.exchange.history_source import HistoryFiles
    from desktop.use_cases.imports import import_history

    files = HistoryFiles(options.requests, options.events)
    mapping, house = _rules(options, files)
    progress = _Progress()
    if options.preview:
        found = preview(files, mapping, house, progress=progress)
        progress.end()
        _tell_preview(found, ZoneInfo(house.zone))
        say(_("into the house “{house}”").format(house=house.name))
        return 0
    with _present_or_new(options) as desk:
        made = desk.run(
            import_history,
            files,
            mapping,
            house,
            on_bad=BadRows(options.bad_rows),
            progress=progress,
        ).value
    progress.end()
    _tell_made(made)
    return 0


@contextmanager
def _present_or_new(options: argparse.Namespace) -> Iterator[Desk]:
    """Open the workspace; one that is not there appears with all that is done in it.

    So what is refused or killed leaves no empty workspace behind.
    """
    from desktop.store.durable import place, unfinished_beside
    from desktop.store.migrating import create_workspace
    from desktop.store.workspace_file import require_place_for_new

    named = workspace_of(options)
    path = Path(named)
    if "://" in named or path.exists():
        with opened(options) as desk:
            yield desk
        return
    require_place_for_new(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    with unfinished_beside(path) as unfinished:
        create_workspace(unfinished)
        with opened(argparse.Namespace(workspace=str(unfinished))) as desk:
            yield desk
        place(unfinished, path)


def _rules(
    options: argparse.Namespace, files: HistoryFiles
) -> tuple[HistoryMapping, House]:
    """Find the mapping and the house: named, or the preset the columns fit."""
    from desktop.exchange.house_file import read_house
    from desktop.exchange.mapping import read_mapping
    from desktop.exchange.presets import (
        fitting_preset,
        preset_house,
        preset_mapping,
        preset_mappings,
    )

    fitting = "" if options.mapping and options.house else fitting_preset(files)
    if fitting is None:
        raise Refusal("no_fitting_preset", known=", ".join(preset_mappings()))
    mapping_name: str = options.mapping or fitting
    house_name: str = options.house or fitting
    mapping = (
        read_mapping(Path(mapping_name))
        if Path(mapping_name).suffix == ".toml"
        else preset_mapping(mapping_name)
    )
    house = (
        read_house(Path(house_name))
        if Path(house_name).suffix == ".toml"
        else preset_house(house_name)
    )
    return mapping, house


class _Progress:
    """Rewrites one line on a terminal; says nothing into a file."""

    def __init__(self) -> None:
        self.is_shown = sys.stderr.isatty()

    def __call__(self, stage: str, done: int, total: int) -> None:
        if not self.is_shown:
            return
        words = _("reading") if stage == "reading" else _("writing")
        share = f"{count(done)} / {count(total)}" if total else count(done)
        sys.stderr.write(f"\r{words} {share}      ")
        sys.stderr.flush()

    def end(self) -> None:
        """Leave the line."""
        if self.is_shown:
            sys.stderr.write("\n")


def _tell_preview(found: HistoryPreview, zone: tzinfo) -> None:
    say(
        _(
            "{requests} requests with {events} events, {units} units, {people} people"
        ).format(
            requests=count(found.requests),
            events=count(found.events),
            units=count(len(found.units)),
            people=count(len(found.people)),
        )
    )
    if found.first_at and found.last_at:
        say(
            _("from {first} to {last}").format(
                first=instant(found.first_at, zone, year=True),
                last=instant(found.last_at, zone, year=True),
            )
        )
    _tell_problems(found.bad_rows, found.problems, found.notices)


def _tell_made(made: HistoryImported) -> None:
    _tell_problems(made.bad_rows, made.problems, made.notices)
    if made.is_nothing:
        say(
            ngettext(
                "Nothing new: {n} request was there already.",
                "Nothing new: {n} requests were there already.",
                made.already,
            ).format(n=count(made.already))
        )
        return
    say(
        _(
            "{requests} requests with {entries} journal entries, {legs} legs, "
            "{holds} holds and {clocks} clocks"
        ).format(
            requests=count(made.requests),
            entries=count(made.entries),
            legs=count(made.legs),
            holds=count(made.holds),
            clocks=count(made.clocks),
        )
    )


def _tell_problems(
    bad: int, problems: Iterable[Problem], notices: Iterable[Problem]
) -> None:
    for problem in problems:
        complain(problem.told(_))
    for notice in notices:
        complain(notice.told(_))
    if bad:
        complain(
            ngettext("{n} row left out", "{n} rows left out", bad).format(n=count(bad))
        )
