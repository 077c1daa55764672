"""`counterpart new`, `verify`, `reindex`, `backup`, `restore`: whole workspaces."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop.cli.output import opened, say, workspace_file
from desktop.config import wall_clock
from desktop.formats import count
from desktop.i18n import gettext as _
from desktop.i18n import ngettext


def new(options: argparse.Namespace) -> int:
    """Start a workspace with a house in it."""
    from desktop.exchange.house_file import read_house
    from desktop.exchange.presets import preset_house
    from desktop.workspaces import start_workspace

    named = Path(options.house)
    house = (
        read_house(named) if named.suffix == ".toml" else preset_house(options.house)
    )
    path = start_workspace(workspace_file(options), house, wall_clock())
    say(_("{name} is ready: {path}").format(name=house.name, path=path))
    return 0


def verify(options: argparse.Namespace) -> int:
    """Recompute every stored figure from the journal and say what differs."""
    from desktop.workspaces import check

    with opened(options) as desk:
        checked = desk.read(check)
    for damage in checked.damage:
        say(_("The file is damaged: {what}").format(what=damage))
    found = checked.found
    for one in found.differences:
        say(
            _("{reference}, {place}: stored {stored}, should be {expected}").format(
                reference=one.reference,
                place=" ".join(
                    str(part)
                    for part in (one.table, one.position, one.column)
                    if part is not None
                ),
                stored=one.stored,
                expected=one.expected,
            )
        )
    say(
        ngettext(
            "{requests} requests and {entries} journal entries: {n} difference",
            "{requests} requests and {entries} journal entries: {n} differences",
            found.difference_count,
        ).format(
            requests=count(found.checked),
            entries=count(found.entries),
            n=count(found.difference_count),
        )
    )
    return 0 if checked.is_sound else 1


def reindex(options: argparse.Namespace) -> int:
    """Make every request found by its words again."""
    from desktop.use_cases.indexing import index_anew

    with opened(options) as desk:
        done = desk.run(index_anew).value
    words = ngettext(
        "{n} request is found by its words",
        "{n} requests are found by their words",
        done,
    )
    say(words.format(n=count(done)))
    return 0


def back_up(options: argparse.Namespace) -> int:
    """Copy the workspace as it is at one moment, and prove the copy."""
    from desktop.store.backup import backup
    from desktop.workspaces import place_named

    with place_named(options.target):
        manifest = backup(
            workspace_file(options),
            options.target,
            now=wall_clock(),
            overwrite=options.overwrite,
        )
    say(
        _("{rows} rows copied and checked: {path}").format(
            rows=count(manifest.rows), path=options.target
        )
    )
    return 0


def restore(options: argparse.Namespace) -> int:
    """Bring a backup back; what it replaces is kept beside it."""
    from desktop.workspaces import put_back

    restored = put_back(options.backup, workspace_file(options), wall_clock())
    say(_("{rows} rows are back").format(rows=count(restored.manifest.rows)))
    if restored.replaced:
        say(_("What was there is kept: {path}").format(path=restored.replaced))
    return 0
