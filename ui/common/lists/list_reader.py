"""Reads a list as its view says, page after page, and lays it out in groups."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, Qt, Signal

from desktop.domain.list_views import ColumnPlace, GroupBy, ListView, SortBy
from desktop.queries.list_narrowing import Moment, Reader
from desktop.queries.lists import (
    PAGE,
    Cursor,
    ListCounts,
    ListPage,
    group_of,
    list_counts,
    list_page,
)
from desktop.queries.search import requests_by_id
from desktop.queries.sections import QueueSection
from ui.common.cells import Section
from ui.common.lists.words import group_title, problem_words
from ui.common.table_view import TableView
from ui.context import Context
from ui.operations import Ticket

if TYPE_CHECKING:
    from desktop.queries.request_rows import QueueRow
    from ui.clocks import Clocks

MOST_REREAD = 1_000
"""How many rows are read anew when something changed; further down only those rows."""

MOST_KEPT = 50_000
"""How many rows are kept to scroll in; who needs others narrows the list."""


class Compose(Protocol):
    """Makes what is asked of what a person chose: the page's own filters added."""

    def __call__(self, view: ListView) -> ListView:
        """Return the view to read."""


class ListReader(QObject):
    """Keeps a view, its rows, and the table in line with each other.

    `laying_out` comes before rows are put into the table, `laid_out` follows;
    `view_changed` when a person sorted, grouped or chose columns. `is_busy` from
    asking for rows until these are laid out.
    """

    laying_out = Signal()
    laid_out = Signal()
    view_changed = Signal()
    counted = Signal(object)
    _is_at_hand = Signal()

    def __init__(
        self,
        context: Context,
        table: TableView,
        compose: Compose,
        own: ListView,
        parent: QObject | None = None,
    ) -> None:
        """Read for a table; ``own`` is the view the page itself has."""
        super().__init__(parent or table)
        self._context = context
        self._table = table
        self._model = table.rows_model
        self._compose = compose
        self.own = own
        self.view = own
        self.first: ListView | None = None
        self.rows: list[QueueRow] = []
        self._laid: dict[Hashable, list[QueueRow]] = {}
        self.problem = ""
        self.is_read = False
        self.is_busy = False
        self._cursor: Cursor | None = None
        self._counts: Mapping[Any, int] = {}
        self._ticket: Ticket | None = None
        self._count_ticket: Ticket | None = None
        self._ahead_ticket: Ticket | None = None
        self._ahead: ListPage | None = None
        self._is_more_wanted = False
        self._model.sorts_itself = False
        self._model.sort_wanted.connect(self._sort)
        self._model.more_wanted.connect(self.read_more)
        queued = Qt.ConnectionType.QueuedConnection
        self._is_at_hand.connect(self._take_more, queued)
        table.columns.chosen.connect(self.view_changed)
        bar = table.verticalScrollBar()
        bar.valueChanged.connect(self._look_ahead)

    # ------------------------------------------------------------ the view

    def reader(self) -> Reader:
        """Return who reads."""
        me = self._context.me
        return Reader(me.person_id, me.unit_id)

    def moment(self) -> Moment:
        """Return when it is read, and where days begin."""
        return Moment(self._context.ticker.now(), self._context.clocks.zone)

    def asked(self) -> ListView:
        """Return what is read now: the view with the page's own filters."""
        return self._compose(self.view)

    def composed(self, view: ListView) -> ListView:
        """Return another view with the page's own filters, as it would be read."""
        return self._compose(view)

    def kept_view(self) -> ListView:
        """Return the view as it is to be saved: with the columns as they stand."""
        columns = self._table.columns.now()
        places = tuple(ColumnPlace(name, width) for name, width in columns)
        return replace(self.view, columns=places)

    def first_view(self) -> ListView:
        """Return the view this list will begin with the next time.

        That is the saved view somebody begins with (`first`), else the page's own,
        sorted as the table will remember it.
        """
        if self.first is not None:
            return self.first
        header = self._table.horizontalHeader()
        section = header.sortIndicatorSection()
        if not 0 <= section < len(self._model.columns):
            return self.own
        try:
            sort = SortBy(self._model.columns[section].id)
        except ValueError:
            return self.own
        turned = header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
        return replace(self.own, sort=sort, is_descending=turned)

    def first_wanted(self, view: ListView) -> dict[str, Any]:
        """Return what a view's first page is asked with, but for how many rows."""
        asked = flat(self._compose(view))
        return {"view": asked, "reader": self.reader(), "moment": self.moment()}

    def show_view(self, view: ListView) -> None:
        """Show another view, its columns and its order too, from its first row."""
        self.view = view
        if view.columns:
            places = [(one.id, one.width) for one in view.columns]
            self._table.columns.show(places)
        is_own = view.sort is self.own.sort and not view.is_descending
        shown = "" if is_own and view.group is self.own.group else view.sort.value
        self._table.columns.show_sort(shown, view.is_descending)
        self.start()

    def change(self, **what: Any) -> None:
        """Change words, group, sort or filters, and read from the first row."""
        self.view = replace(self.view, **what)
        self.start()
        self.view_changed.emit()

    def _sort(self, column: str, descending: bool) -> None:
        if not column:
            self.change(sort=self.own.sort, is_descending=self.own.is_descending)
            return
        try:
            self.change(sort=SortBy(column), is_descending=descending)
        except ValueError:
            return

    # ------------------------------------------------------------ reading

    def start(self) -> None:
        """Read from the first row, whatever is shown."""
        self._cursor = None
        self._read(PAGE)

    def reread(self) -> None:
        """Read what is shown anew; selection and scroll stay."""
        if len(self.rows) > MOST_REREAD:
            self._forget_ahead()
            self._patch(self._ids_in_sight())
        else:
            self._read(max(PAGE, len(self.rows)))

    def _ids_in_sight(self) -> list[int]:
        """Return the ids of the rows on screen, and of some around them."""
        at = self._table.indexAt(self._table.viewport().rect().topLeft()).row()
        around = range(max(0, at - PAGE), at + 2 * PAGE)
        rows = (self._model.entry(place) for place in around)
        return [row.id for row in rows if row is not None]

    def _read(self, limit: int) -> None:
        for ticket in (self._ticket, self._count_ticket):
            if ticket is not None:
                ticket.cancel()
        self._is_more_wanted = False
        self._forget_ahead()
        self.is_busy = True
        operations, view = self._context.operations, self.asked()
        reader, moment = self.reader(), self.moment()
        asked = operations.read(
            page_to_paint,
            self._context.clocks,
            view=flat(view),
            reader=reader,
            moment=moment,
            limit=limit,
        )
        # Counting a whole list takes longer than a page of it: no page waits for it,
        # nor shares the processor with it.
        counts = operations.read_behind(list_counts, view, reader=reader, moment=moment)

        def take(page: ListPage) -> None:
            self._take(page)
            self._count_ticket = counts.start(self, self._take_counts)

        self._ticket = asked.start(self, take)

    def read_more(self) -> None:
        """Put the next page behind what is shown, as soon as it is read."""
        if not self.has_more or self._is_more_wanted:
            return
        self._is_more_wanted = self.is_busy = True
        if self._ahead is not None:
            # Whoever asks may be in the middle of scrolling. What is queued so goes
            # before painting: the rows scrolled to are painted once, with the new ones.
            self._is_at_hand.emit()
        elif self._ahead_ticket is None:
            self._read_ahead()

    def _read_ahead(self) -> None:
        asked = self._context.operations.read_added(
            page_to_paint,
            self._context.clocks,
            view=flat(self.asked()),
            reader=self.reader(),
            moment=self.moment(),
            after=self._cursor,
            limit=PAGE,
        )
        self._ahead_ticket = asked.start(self, self._take_ahead)

    def _forget_ahead(self) -> None:
        """Drop what was read ahead; what somebody waits for is read again."""
        if self._ahead_ticket is not None:
            self._ahead_ticket.cancel()
        self._ahead_ticket = self._ahead = None
        if self._is_more_wanted:
            self._read_ahead()

    def _take_ahead(self, page: ListPage) -> None:
        self._ahead_ticket, self._ahead = None, page
        if self._is_more_wanted:
            self._take_more()

    def _look_ahead(self, value: int) -> None:
        """Ask for the next page before its place is reached."""
        bar = self._table.verticalScrollBar()
        if value > bar.maximum() - 3 * bar.pageStep():
            self.read_more()

    def _take(self, page: ListPage) -> None:
        self.is_read = True
        self.rows = _number_first(page.rows, self.view)
        self._cursor = page.next_cursor
        self.problem = problem_words(page.misread, page.unknown)
        self._table.columns.grow("reference", page.rows, self._table.cells.margin)
        self.lay_out()

    def _take_more(self) -> None:
        """Lay out what was read ahead, and read on: who reads two pages reads more."""
        page = self._ahead
        if page is None or not self._is_more_wanted:
            return
        self._ahead, self._is_more_wanted = None, False
        self._cursor = page.next_cursor
        known = {row.id for row in self.rows}
        fresh = [row for row in page.rows if row.id not in known]
        self.rows += fresh
        if self.has_more:
            self._read_ahead()
        below = self._grouped(fresh)
        # Headings tell how many rows there are; at the end all of them know.
        are_counted = self.has_more or self.view.group is GroupBy.NONE
        if not are_counted or not self._goes_on(list(below)):
            self.lay_out()
            return
        for key, rows in below.items():
            self._laid[key] = [*self._laid.get(key, ()), *rows]
        sections = [self._section(key, self._laid[key]) for key in below]
        self._model.append_sections(sections, has_more=self.has_more)
        self.laid_out.emit()
        self.is_busy = False

    def _goes_on(self, keys: list[Hashable]) -> bool:
        """Tell whether groups stand below what is laid out, the first perhaps in it."""
        laid = list(self._laid)
        if laid and keys and keys[0] == laid[-1]:
            laid.pop()
        together = [*laid, *keys]
        is_new = len(set(together)) == len(together)
        return is_new and together == self._in_order(together)

    def _take_counts(self, counts: ListCounts) -> None:
        self._counts = dict(counts.groups)
        self.counted.emit(counts)
        if self._counts:
            self.lay_out()

    def _patch(self, ids: Sequence[int]) -> None:
        """Read some rows anew where they stand."""
        if not ids:
            return
        asked = self._context.operations.read(requests_by_id, list(ids))
        asked.start(self, self._take_patch)

    def _take_patch(self, found: Sequence[QueueRow]) -> None:
        by_id = {row.id: row for row in found}
        self.rows = [by_id.get(row.id, row) for row in self.rows]
        self.lay_out()

    @property
    def has_more(self) -> bool:
        """Tell whether rows follow those that were read."""
        return self._cursor is not None and len(self.rows) < MOST_KEPT

    @property
    def is_narrow(self) -> bool:
        """Tell whether a person has left anything out."""
        return bool(self.view.words.strip() or self.view.filters)

    # ------------------------------------------------------------ laying out

    def lay_out(self) -> None:
        """Put the rows under their headings as they stand now."""
        self.laying_out.emit()
        self._laid = self._grouped(self.rows)
        sections = [self._section(key, rows) for key, rows in self._laid.items()]
        self._model.set_sections(sections, has_more=self.has_more)
        self.laid_out.emit()
        self.is_busy = False

    def _grouped(self, rows: Sequence[QueueRow]) -> dict[Hashable, list[QueueRow]]:
        """Return rows under the keys of their groups, in the order these stand."""
        group, moment = self.view.group, self.moment()
        if group is GroupBy.NONE:
            return {None: list(rows)}
        found: dict[Hashable, list[QueueRow]] = {}
        for row in rows:
            found.setdefault(group_of(row, group, moment), []).append(row)
        return {key: found[key] for key in self._in_order(list(found))}

    def _in_order(self, keys: list[Hashable]) -> list[Hashable]:
        """Return keys as their groups stand: by due time, else as they came."""
        if self.view.group is not GroupBy.DUE:
            return keys
        return [one for one in QueueSection if one in keys]

    def _section(self, key: Hashable, rows: list[QueueRow]) -> Section[QueueRow]:
        group = self.view.group
        if group is GroupBy.NONE:
            return Section("", "", rows)
        title, kind = group_title(group, key, rows[0])
        # Time goes on between counting and laying out: what is here is counted too.
        count = max(len(rows), self._counts.get(key, 0)) if self.has_more else len(rows)
        return Section(str(key), title, rows, kind=kind, count=count)


def page_to_paint(session: Any, clocks: Clocks, /, **asked: Any) -> ListPage:
    """Read a page, and make what its clocks are counted by ready for painting."""
    page = list_page(session, **asked)
    clocks.lay_out(row.clock for row in page.rows)
    return page


def _number_first(rows: Sequence[QueueRow], view: ListView) -> list[QueueRow]:
    """Put the request whose number was typed before those that only speak of it."""
    typed = view.words.strip().casefold()
    is_newest = view.sort is SortBy.REFERENCE and view.group is GroupBy.NONE
    if not is_newest or not typed:
        return list(rows)
    return sorted(rows, key=lambda row: row.reference.casefold() != typed)


def flat(view: ListView) -> ListView:
    """Return a view to read in its own order where its groups follow from that.

    By due time the sections overdue, today and later come by themselves, and an index
    has that order.
    """
    follows = view.sort is SortBy.DUE and not view.is_descending
    if view.group is GroupBy.DUE and follows:
        return replace(view, group=GroupBy.NONE)
    return view
