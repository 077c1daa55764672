"""Imports pages behind what is shown: the core's modules elsewhere, windows here.

A class of Qt's is made in the GUI thread only. Made in another thread while this one
paints, it has brought the whole process down.
"""

from __future__ import annotations

import re
import sys
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from PySide6.QtCore import QElapsedTimer, QObject

from desktop.domain.errors import Refusal
from ui.turns import later

CORE = "desktop"
ONE_GO_MS = 4
"""So long modules are imported before the window gets its turn again."""

# At the left margin: what is imported for types only, or later, stands further in.
_NEEDS = re.compile(rf"^from ((?:{CORE}|ui)\.[\w.]+) import ", re.MULTILINE)
# Further in: what is asked as soon as a page is there. Papers are not.
_ASKS = re.compile(
    rf"^ +from ({CORE}\.(?:queries|use_cases)\.\w+) import ", re.MULTILINE
)

Busy = Callable[
    [Callable[[], Any], Callable[[Any], None], Callable[[Refusal], None]], None
]


def import_behind(
    busy: Busy,
    failed: Callable[[Refusal], None],
    owner: QObject,
    modules: Sequence[str],
    done: Callable[[], None] | None = None,
    *,
    at_once: bool = False,
) -> None:
    """Import modules of the windows behind what is shown; ``done`` follows the last.

    ``busy`` runs a job off the GUI thread, as the program's does. Python runs one
    thread at a time: unless they are wanted ``at_once``, the core's modules too are
    imported a few at a time, whenever the window has nothing to do.
    """
    wanted = [one for one in modules if one]

    def go_on(names: Needed) -> None:
        if names.core:
            later(owner, 0, lambda: busy(lambda: _import_some(names), go_on, failed))
        else:
            later(owner, 0, lambda: import_windows(names.windows, owner, done))

    def begin() -> Needed:
        names = _needed(wanted)
        return _import_some(names, None) if at_once else names

    busy(begin, go_on, failed)


def import_core(modules: Iterable[str]) -> deque[str]:
    """Import what some modules of the windows need of the core; any thread may.

    Returns the modules of the windows still to be imported, deepest first.
    """
    return _import_some(_needed(modules), None).windows


@dataclass
class Needed:
    """Modules still to be imported: the core's, and those of windows; deepest first."""

    core: deque[str]
    windows: deque[str]


def _needed(modules: Iterable[str]) -> Needed:
    """Return what some modules of the windows need that is not imported yet.

    What they ask the core for comes last, so that no window waits for an import later.
    It follows their sources; where there are none, or one is missed, it is imported in
    one go.
    """
    wanted: list[str] = []
    asked: list[str] = []
    seen: set[str] = set()

    def visit(name: str) -> None:
        if name in seen or name in sys.modules:
            return
        seen.add(name)
        source = _source(name)
        for needed in _NEEDS.findall(source):
            visit(needed)
        asked.extend(_ASKS.findall(source))
        wanted.append(name)

    for one in modules:
        visit(one)
    core = [name for name in (*wanted, *asked) if name.startswith(CORE)]
    windows = [name for name in wanted if not name.startswith(CORE)]
    return Needed(deque(core), deque(windows))


def _import_some(names: Needed, ms: int | None = ONE_GO_MS) -> Needed:
    """Import modules of the core for so long; all of them without a limit."""
    since = QElapsedTimer()
    since.start()
    while names.core and (ms is None or since.elapsed() < ms):
        import_module(names.core.popleft())
    return names


def _source(name: str) -> str:
    spec = find_spec(name)
    if spec is None or spec.origin is None or name.startswith(CORE):
        return ""
    try:
        return Path(spec.origin).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def import_windows(
    names: deque[str], owner: QObject, done: Callable[[], None] | None = None
) -> None:
    """Import modules in the GUI thread, a few at a time; ``done`` follows the last.

    Nothing follows once ``owner`` is destroyed.
    """
    since = QElapsedTimer()
    since.start()
    while names and since.elapsed() < ONE_GO_MS:
        import_module(names.popleft())
    if names:
        later(owner, 0, lambda: import_windows(names, owner, done))
    elif done is not None:
        done()
