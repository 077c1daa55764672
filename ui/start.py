"""What the window shows before anybody is at the desk, and what can be done there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from desktop.config import wall_clock
from desktop.domain.errors import Refusal

if TYPE_CHECKING:
    from desktop.queries.lookups import PersonRow

StartKind = Literal["first", "refused", "who", "nobody"]


@dataclass(frozen=True)
class StartCase:
    """Why the start screen is shown.

    `first`: there is no workspace yet; `refused`: this one cannot be opened, with the
    refusal; `who`: it is open, and somebody has to sit down; `nobody`: it is open and
    nobody is in it who could.
    """

    kind: StartKind
    workspace: str
    refusal: Refusal | None = None
    workspace_name: str = ""
    people: Sequence[PersonRow] = ()


@dataclass(frozen=True)
class StartActs:
    """What a start screen may do: open a workspace, the demo, or sit somebody down.

    `busy` runs work off the GUI thread: `busy(job, done, failed)`, both told on the
    GUI thread. `clock` gives the time of this run, `folder` is where this computer
    keeps what is not saved; None keeps nothing.
    """

    open_workspace: Callable[[str], None]
    open_demo: Callable[[], None]
    sign_in: Callable[[int], None]
    busy: Callable[
        [Callable[[], Any], Callable[[Any], None], Callable[[Refusal], None]],
        None,
    ]
    clock: Callable[[], datetime] = wall_clock
    folder: Path | None = None
