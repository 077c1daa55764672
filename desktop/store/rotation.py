"""Name backups by their time, and keep seven days and four weeks of them."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

DAYS_KEPT: Final = 7
WEEKS_KEPT: Final = 4
STAMP: Final = "%Y%m%dT%H%M%SZ"


def backup_path(folder: Path, workspace: Path, now: datetime) -> Path:
    """Give the name of a backup made now."""
    return folder / f"{workspace.stem}.{now.astimezone(UTC):{STAMP}}.backup"


def backups_in(folder: Path, workspace: Path) -> list[tuple[datetime, Path]]:
    """List a workspace's backups with their times (UTC), the newest first."""
    pattern = re.compile(rf"{re.escape(workspace.stem)}\.(\d{{8}}T\d{{6}}Z)\.backup")
    found = []
    for path in folder.glob("*.backup"):
        if match := pattern.fullmatch(path.name):
            made = datetime.strptime(match[1], STAMP).replace(tzinfo=UTC)
            found.append((made, path))
    return sorted(found, reverse=True)


def rotate(folder: Path, workspace: Path) -> list[Path]:
    """Remove backups no longer kept and give their names.

    Kept: the newest of each of the seven newest days, and of the four newest weeks
    (Monday to Sunday, UTC). Files with other names are left alone.
    """
    days: dict[object, Path] = {}
    weeks: dict[object, Path] = {}
    backups = backups_in(folder, workspace)
    for made, path in backups:
        days.setdefault(made.date(), path)
        weeks.setdefault(made.isocalendar()[:2], path)
    kept = {*list(days.values())[:DAYS_KEPT], *list(weeks.values())[:WEEKS_KEPT]}
    removed = [path for _, path in backups if path not in kept]
    for path in removed:
        path.unlink()
    return removed
