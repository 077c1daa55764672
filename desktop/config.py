"""What a desk needs to know to open: which workspace, and who sits there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import platformdirs

APPLICATION = "counterpart"
WORKSPACE_VARIABLE = "COUNTERPART_WORKSPACE"


def wall_clock() -> datetime:
    """Return the computer's time; the only place in the program that reads it."""
    return datetime.now(UTC)  # noqa: TID251 - the one place that may


def data_folder() -> Path:
    """Return the folder that holds this user's workspaces."""
    return Path(platformdirs.user_data_dir(APPLICATION, appauthor=False))


def settings_folder() -> Path:
    """Return the folder that holds this user's preferences."""
    return Path(platformdirs.user_config_dir(APPLICATION, appauthor=False))


def default_workspace() -> Path:
    """Return the workspace file that is opened when none is named."""
    return data_folder() / "workspace.counterpart"


def demo_workspace() -> Path:
    """Return the file of the demo workspace."""
    return data_folder() / "demo.counterpart"


@dataclass(frozen=True)
class Config:
    """A workspace's address (file path or database URL) and the clock it runs by."""

    workspace: str
    clock: Callable[[], datetime] = wall_clock
    person_id: int | None = None
