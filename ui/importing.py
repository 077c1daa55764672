"""Imports pages behind what is shown: the core's modules elsewhere, windows here.

A class of Qt's is made in the GUI thread only. Made in another thread while this one
paints, it has brought the whole process down.
"""

from __future__ import annotations

import re
import sys
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from PySide6.QtCore import QElapsedTimer, QObject, QTimer

from desktop.domain.errors import Refusal

CORE = "desktop"
ONE_GO_MS = 8
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
) -> None:
    """Import modules of the windows behind what is shown; ``done`` follows the last.

    ``busy`` runs a job off the GUI thread, as the program's does.
    """
    busy(
        lambda: import_core(one for one in modules if one),
        lambda names: import_windows(names, owner, done),
        failed,
    )


def import_core(modules: Iterable[str]) -> deque[str]:
    """Import what some modules of the windows need of the core; any thread may.

    What they ask it for comes last, so that no window waits for an import later.
    Returns the modules of the windows still to be imported, deepest first. It follows
    their sources; where there are none, or one is missed, it is imported in one go.
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
    for name in (*wanted, *asked):
        if name.startswith(CORE):
            import_module(name)
    return deque(name for name in wanted if not name.startswith(CORE))


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
        # A timer of the owner's own, so that whoever looks can see it is not done.
        turn = QTimer(owner)
        turn.setSingleShot(True)
        turn.timeout.connect(turn.deleteLater)
        turn.timeout.connect(lambda: import_windows(names, owner, done))
        turn.start(0)
    elif done is not None:
        done()
