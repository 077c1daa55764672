"""Shows the list one left off at before the core is there, and remembers it."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from desktop.domain.errors import Refusal
from ui.first_paint import FirstPaint
from ui.importing import import_core, import_windows
from ui.main_window import MainWindow
from ui.preferences import Preferences
from ui.remembered import FirstPage, Remembered, forget, keep, recall

if TYPE_CHECKING:
    from datetime import datetime

    from desktop.queries.first_rows import FirstRows
    from ui.context import Context

log = logging.getLogger(__name__)

Busy = Callable[
    [Callable[[], Any], Callable[[Any], None], Callable[[Refusal], None]], None
]


class FirstStart:
    """One for a window: `begin` once at the start, `remember` as often as is wanted."""

    def __init__(
        self,
        window: MainWindow,
        preferences: Preferences,
        clock: Callable[[], datetime],
        busy: Busy,
    ) -> None:
        self._window = window
        self._preferences = preferences
        self._clock = clock
        self._busy = busy

    # ------------------------------------------------------------ showing

    def begin(
        self, workspace: str, wished: str, last: object, go_on: Callable[[], None]
    ) -> None:
        """Show the list remembered of who will sit down, then go on in any case."""
        kept = recall(self._preferences.folder)
        if kept is None or not kept.is_for(workspace, wished, last):
            go_on()
            return

        def read() -> tuple[FirstRows | None, deque[str]]:
            from desktop.queries.first_rows import FirstList, first_rows

            try:
                asked = FirstList.from_data(kept.asked)
            except (LookupError, TypeError, ValueError):
                return None, deque()
            rows = first_rows(Path(workspace), asked, self._clock())
            return rows, import_core(["ui.first_list"])

        def import_list(read: tuple[FirstRows | None, deque[str]]) -> None:
            import_windows(read[1], self._window, partial(show, read[0]))

        def show(rows: FirstRows | None) -> None:
            seen = self._show(kept, rows) if rows is not None and rows.rows else None
            if seen is None:
                go_on()
            else:
                FirstPaint(seen).seen.connect(go_on)

        self._busy(read, import_list, lambda _refusal: go_on())

    def _show(self, kept: Remembered, rows: FirstRows) -> QWidget | None:
        from ui.first_list import FirstList

        window = self._window
        try:
            first = FirstList(window.pages, kept, rows, self._preferences)
            window.before.show(first, kept)
        except (LookupError, TypeError, ValueError):
            # Somebody wrote in the file.
            log.warning("the first list was not shown", exc_info=True)
            window.before.drop()
            return None
        return first.table.viewport()

    # ------------------------------------------------------------ remembering

    def remember(self, context: Context, workspace: str) -> None:
        """Remember the list in front, where there is one, off the GUI thread."""
        from desktop.domain.list_views import GroupBy

        folder = self._preferences.folder
        page: Any = self._window.pages.page(self._window.pages.current_id)
        reader: Any = getattr(page, "reader", None)
        view = None if reader is None else reader.first_view()
        # What words mean is looked up; filters are as they are.
        known = (GroupBy.NONE, GroupBy.DUE)
        if view is None or view.words or view.group not in known:
            context.operations.work(lambda: forget(folder)).start(self._window, _done)
            return
        placed = _placed(self._window, page, view)
        wanted = reader.first_wanted(view)

        def note() -> None:
            from desktop.queries.first_lists import first_list

            try:
                asked = context.operations.desk.read(first_list, **wanted)
                if asked is None:
                    forget(folder)
                    return
                me, house = context.me, context.workspace_name
                unit = me.unit_name
                who = (workspace, house, me.person_id, me.name, unit)
                keep(folder, Remembered(*who, placed, asked._asdict()))
            except Exception:  # the next start is only slower
                log.warning("the first list was not remembered", exc_info=True)

        context.operations.work(note).start(self._window, _done)


def _done(_nothing: None) -> None:
    """Wait for nothing: it is remembered, or it is not."""


def _placed(window: MainWindow, page: Any, view: Any) -> FirstPage:
    """Say where the list stands in its page, and what stands in the rails."""

    def box(widget: QWidget) -> tuple[int, int, int, int]:
        corner = widget.mapTo(page, widget.rect().topLeft())
        return (corner.x(), corner.y(), widget.width(), widget.height())

    rails = [
        [(one.id, one.icon, one.words) for one in rail.entries()]
        for rail in (window.rail, window.foot)
    ]
    return FirstPage(
        id=window.pages.current_id,
        words=page.title.text(),
        is_grouped=bool(view.group.value),
        columns=[(one.id, one.width) for one in view.columns],
        sort=(view.sort.value, view.is_descending),
        table=box(page.table),
        title=box(page.title),
        size=(page.width(), page.height()),
        rail=rails[0],
        foot=rails[1],
        can_raise=window.can_raise(),
    )
