"""How far the upgrade of an earlier workspace has come, as it is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Copying(StrEnum):
    """What is being done for a backup; each told with its share, 0..1, where known."""

    COPY = "copy"
    READ = "read"
    CHECK = "check"
    COMPARE = "compare"


CopyTold = Callable[[Copying, float | None], None]
"""Hears how a backup goes on, often; raising stops it, and nothing of it is left."""


@dataclass(frozen=True, slots=True)
class Upgrading:
    """A step of an upgrade.

    ``backup`` is where the copy made before lies, None until it is made and on a
    server; ``copying`` what is being done for it. ``share`` is how much is done of
    that, then how many of the requests are indexed, None where nobody knows.
    """

    backup: Path | None = None
    share: float | None = None
    copying: Copying | None = None


Told = Callable[[Upgrading], None]
