"""Finds requests for the palette: by reference first, then by their words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop.i18n import gettext as _
from desktop.queries.list_narrowing import Moment, Reader
from desktop.queries.queue import QueueRow
from desktop.queries.search import find_requests
from ui.common.command_palette import Found, PaletteItem
from ui.context import Context
from ui.operations import Ticket

_MOST = 8


class PaletteSearch:
    """Asks one question at a time; an older one is dropped when a newer comes."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._ticket: Ticket | None = None

    def __call__(self, words: str, found: Found) -> None:
        """Look for words; `found` is given the lines on the GUI thread."""
        if self._ticket is not None:
            self._ticket.cancel()
        operations = self._context.operations

        def told(rows: Sequence[QueueRow]) -> None:
            items = [self._item(row) for row in rows]
            if len(rows) >= _MOST or any(one in words for one in ':"'):
                items.append(self._all(words))
            found([*items, self._said(words)])

        me, now = self._context.me, self._context.ticker.now()
        question = operations.read(
            find_requests,
            words,
            _MOST,
            reader=Reader(me.person_id, me.unit_id),
            moment=Moment(now, self._context.clocks.zone),
        )
        self._ticket = question.start(operations, told)

    def _item(self, row: QueueRow) -> PaletteItem:
        return PaletteItem(
            f"{row.reference}  {row.subject}",
            self._opener(row.id),
            detail=row.holder,
            icon="file-text",
        )

    def _all(self, words: str) -> PaletteItem:
        """Return the line that shows everything found as a list."""
        return PaletteItem(
            _("Show all that fit as a list"),
            lambda: self._context.navigate("requests", words=words),
            icon="list",
        )

    def _said(self, words: str) -> PaletteItem:
        """Return the line that asks what past sessions said with these words."""
        return PaletteItem(
            _("Search past sessions for these words"),
            lambda: self._context.navigate("session_search", words=words),
            icon="gavel",
        )

    def _opener(self, request_id: int) -> Callable[[], None]:
        return lambda: self._context.navigate("request", request_id=request_id)
