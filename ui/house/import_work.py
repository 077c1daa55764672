"""What an import does off the GUI thread: it reads, previews, writes, and can stop."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.domain.house import House
from desktop.exchange.history_import import (
    BadRows,
    HistoryPreview,
    preview,
    require_importable,
)
from desktop.exchange.history_source import HistoryFiles
from desktop.exchange.mapping import HistoryMapping, read_mapping
from desktop.exchange.presets import fitting_preset, preset_mapping
from desktop.exchange.problems import BadFile
from desktop.use_cases.imports import HistoryImported, import_history
from ui.house.words import FilesRefused, Stopped

Told = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Plan:
    """What is to be imported, into which house, and what a bad row does."""

    files: HistoryFiles
    mapping: HistoryMapping
    house: House
    on_bad: BadRows


class Stoppable:
    """Passes progress on until somebody asks to stop; then ends the work."""

    def __init__(self, told: Told) -> None:
        self._told = told
        self._stop = threading.Event()

    def stop(self) -> None:
        """Ask the work to end at its next step."""
        self._stop.set()

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Tell how far it is; raises Stopped once that was asked for."""
        if self._stop.is_set():
            raise Stopped
        self._told(stage, done, total)


def load_mapping(name: str, path: Path | None) -> HistoryMapping:
    """Return a mapping that comes along, or the one in a file. Raises BadFile."""
    return preset_mapping(name) if path is None else read_mapping(path)


def find_preset(files: HistoryFiles) -> str | None:
    """Return the preset whose columns the files have, None without one."""
    try:
        return fitting_preset(files)
    except BadFile:
        # What is wrong with the files is said by the preview, with its place.
        return None


def look(plan: Plan, progress: Stoppable) -> HistoryPreview:
    """Return what an import would make. Raises FilesRefused and Stopped."""
    try:
        found = preview(plan.files, plan.mapping, plan.house, progress=progress)
        require_importable(found, BadRows.SKIP)
    except BadFile as bad:
        raise FilesRefused(bad.problems) from bad
    return found


def bring_in(work: Any, plan: Plan, progress: Stoppable) -> HistoryImported:
    """Import, all of it or nothing; a use case. Raises FilesRefused and Stopped."""
    try:
        return import_history(
            work,
            plan.files,
            plan.mapping,
            plan.house,
            on_bad=plan.on_bad,
            progress=progress,
        )
    except BadFile as bad:
        raise FilesRefused(bad.problems) from bad
