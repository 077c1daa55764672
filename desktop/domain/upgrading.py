"""How far the upgrade of an earlier workspace has come, as it is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Upgrading:
    """A step of an upgrade.

    ``backup`` is where the copy made before lies, None until it is made and on a
    server; ``share`` is how many of the requests are indexed, None before that.
    """

    backup: Path | None = None
    share: float | None = None


Told = Callable[[Upgrading], None]
