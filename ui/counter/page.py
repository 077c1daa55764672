"""Counter, the clerk's home: what needs an answer, what is on its way, what is done."""

from __future__ import annotations

from datetime import UTC, datetime, time

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop import formats
from desktop.domain.errors import Refusal
from desktop.domain.requests import RequestState
from desktop.i18n import gettext as _
from desktop.messages import refusal_words
from desktop.queries.counter import MOST_ROWS, CounterRow, CounterView, counter
from desktop.queries.promise import most_used
from desktop.use_cases.requests import answer, reopen
from ui.common.empty_state import EmptyState
from ui.common.kept_words import ON_REQUESTS, KeptWords
from ui.common.link_marks import LinkMarks
from ui.common.obstacles.concern import ObstacleConcern
from ui.common.refresher import Refresher
from ui.common.scroll_area import ScrollArea
from ui.common.seeing import Seeing
from ui.common.tab_order import tab_as_seen
from ui.context import Context
from ui.counter.confirming import Confirming
from ui.counter.head import ColumnHeads, PageHead
from ui.counter.page_actions import add_page_actions
from ui.counter.reply_panel import PanelKind
from ui.counter.section_view import RowHolder, SectionView
from ui.counter.tiles import Tiles
from ui.counter.words import RowWords, row_words, who_said

AT_ONCE = 8
"""So many rows are there at once, whichever section they are in; the others follow."""

TABLES = ("request", "journal_entry", "service", "person", "unit")


class CounterPage(QWidget):
    """The three sections of one clerk, or of the whole unit."""

    badge_changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._view: CounterView | None = None
        self._rows: dict[int, CounterRow] = {}
        self._is_fresh = True
        self._tabbed: list[QWidget] = []
        self._marks = LinkMarks.of(context)
        self._marks.changed.connect(self._fill)
        self._seeing = Seeing.of(context)
        self._seeing.changed.connect(self._fill)
        self._confirming = Confirming(context, self, self._go_on)
        self._kept = KeptWords.of(context, ON_REQUESTS)
        self.head = PageHead(context)
        self.tiles = Tiles(context)
        self.obstacles = ObstacleConcern(context, self)
        self.obstacles.setContentsMargins(0, 0, 0, 8)
        self.needs_you = SectionView(
            _("Needs you"),
            _("a question, something to confirm, something declined"),
            _("Nothing needs you now."),
        )
        self.on_the_way = SectionView(
            _("On the way"),
            _("nothing to do, only to know"),
            _("Nothing is under way."),
        )
        self.done_today = SectionView(
            _("Done today"), "", _("Nothing was finished today yet.")
        )
        self.sections = (self.needs_you, self.on_the_way, self.done_today)
        self.empty = EmptyState(
            _("Nothing raised yet"),
            _("What you raise appears here until it is done."),
            icon="bell-school",
            action=_("New request"),
            act=lambda: context.navigate("new_request"),
            key="Ctrl+N",
        )
        self._place()
        self._connect()
        add_page_actions(context, self)
        self._refresher = Refresher(self, context.operations, TABLES, self.refresh)
        self._refresher.want()

    def _place(self) -> None:
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(24, 12, 24, 24)
        layout.setSpacing(0)
        layout.addWidget(self.head)
        layout.addSpacing(8)
        layout.addWidget(self.tiles)
        layout.addSpacing(12)
        layout.addWidget(self.obstacles)
        self._heads = ColumnHeads()
        layout.addWidget(self._heads)
        for section in self.sections:
            layout.addWidget(section)
            layout.addSpacing(16)
        layout.addWidget(self.empty, 1)
        layout.addStretch(0)
        self._scroll = ScrollArea()
        self._scroll.setWidget(content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)
        self.tiles.hide()
        self.empty.hide()
        self._show_body(False)

    def _connect(self) -> None:
        for section in self.sections:
            section.wanted.connect(self._do)
            section.sent.connect(self._send)
            section.moved.connect(self._move)
        self.tiles.chosen.connect(
            lambda service: self._context.navigate("new_request", service_id=service)
        )
        self.needs_you.filled.connect(self._filled)
        self.head.whose_changed.connect(lambda: self._refresher.want())
        self._context.ticker.beat.connect(self.tick)
        self._context.clocks.changed.connect(self.tick)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._mark_key)

    # ------------------------------------------------------------ reading

    def badge(self) -> int:
        """Return how many requests need this clerk."""
        return len(self._view.needs_you) if self._view is not None else 0

    def refresh(self) -> None:
        """Ask for the rows anew."""
        me, operations = self._context.me, self._context.operations
        if me.unit_id is None:
            self._show_no_unit()
            return
        now, zone = self._context.ticker.now(), self._context.clocks.zone
        midnight = datetime.combine(now.astimezone(zone).date(), time(), zone)
        operations.read(
            counter,
            unit_id=me.unit_id,
            person_id=None if self.head.is_whole_unit() else me.person_id,
            day_start=midnight.astimezone(UTC),
        ).start(self, self._show)
        operations.read(
            most_used, person_id=me.person_id, front_unit_id=me.unit_id, now=now
        ).start(self, self.tiles.show_tiles)

    def _show_no_unit(self) -> None:
        words = _("A counter belongs to a unit. Ask who keeps the house for one.")
        self.empty.set_words(_("You belong to no unit"), words, offers=False)
        self.empty.show()

    def _show(self, view: CounterView) -> None:
        self._view = view
        shown = (view.needs_you, view.on_the_way, view.done_today)
        self._rows = {row.id: row for rows in shown for row in rows}
        self._fill()
        self._show_body(bool(self._rows))
        self.empty.setVisible(not self._rows)
        self._open_first_question()
        self._mark_key()
        self.badge_changed.emit()
        self.obstacles.look()

    def _show_body(self, is_there: bool) -> None:
        self._heads.setVisible(is_there)
        for section in self.sections:
            section.setVisible(is_there)

    def _fill(self) -> None:
        if self._view is None:
            return
        parts = (self._view.needs_you, self._view.on_the_way, self._view.done_today)
        left = AT_ONCE
        for section, rows in zip(self.sections, parts, strict=True):
            is_cut = self._view.is_cut and len(rows) >= MOST_ROWS
            ids = [row.id for row in rows]
            section.show_rows(ids, self._words_of, at_once=left, is_cut=is_cut)
            left = max(0, left - len(ids))

    def _words_of(self, request_id: int) -> RowWords:
        """Put a request into words as it stands now."""
        row, clocks = self._rows[request_id], self._context.clocks
        now, me = self._context.ticker.now(), self._context.me.name
        mark = self._seeing.others(row.id) or self._marks.words(row.id)
        is_new = self._seeing.is_unread(row.id, row.entries)
        return row_words(row, clocks, now, me, mark, is_new=is_new)

    def _filled(self) -> None:
        self._mark_key()
        self._open_first_question()

    def tick(self) -> None:
        """Say anew how much time is left; asks no database."""
        self.head.tick()
        self.tiles.tick()
        self._fill()
        self._mark_key()

    def _open_first_question(self) -> None:
        """Open the first question's field when the page is new to the eye."""
        if not self._is_fresh or self._view is None:
            return
        asked = (one for one in self._view.needs_you if _is_question(one))
        first = next(asked, None)
        if first is not None and self._holder(first.id) is None:
            return  # its row is still to come, and asks again
        self._is_fresh = False
        if first is not None:
            self._open(first.id, "answer", focus=not self._is_typing())
        else:
            self._begin_in_rows()

    def _begin_in_rows(self) -> None:
        """Put the keyboard that is elsewhere on the page into the first row."""
        focused, rows = QApplication.focusWidget(), self._row_views()
        if rows and focused not in rows and focused and self.isAncestorOf(focused):
            rows[0].setFocus()

    def _row_views(self, without: int = 0) -> list[QWidget]:
        holders = (one for section in self.sections for one in section.holders())
        return [one.view for one in holders if one.request_id != without]

    def _is_typing(self) -> bool:
        if any(one.has_words() for part in self.sections for one in part.holders()):
            return True
        return isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit)

    # ------------------------------------------------------------ doing

    def _holder(self, request_id: int) -> RowHolder | None:
        return next(
            (found for one in self.sections if (found := one.holder(request_id))), None
        )

    def _do(self, request_id: int, act: str) -> None:
        row = self._rows.get(request_id)
        if act == "closed" and row not in (self._view.needs_you if self._view else ()):
            self.needs_you.forget(request_id)
        if row is None:
            return
        match act:
            case "open":
                self._context.navigate("request", request_id=request_id)
            case "copy":
                self._copy(request_id)
            case "confirm" | "top" | "not_top":
                self._confirming.confirm(row, act)
            case "answer":
                self._open(request_id, "answer")
            case "reopen":
                self._open(request_id, "reopen")
            case "why":
                self._open(request_id, "why")

    def _open(self, request_id: int, kind: PanelKind, *, focus: bool = True) -> None:
        row, holder = self._rows[request_id], self._holder(request_id)
        if holder is None:
            return
        zone, now = self._context.clocks.zone, self._context.ticker.now()
        said = row.said
        when = formats.short_instant(said.at, now, zone) if said else ""
        panel = holder.open_panel(
            kind, head=who_said(row), when=when, text=said.text if said else ""
        )
        panel.keep_in(self._kept, f"{kind} {request_id}")
        if focus:
            (panel if kind == "why" else panel.field).setFocus()
        QTimer.singleShot(0, panel, lambda: self._reveal(panel))

    def _reveal(self, panel: QWidget) -> None:
        self._scroll.ensureWidgetVisible(panel, 0, 24)

    def _send(self, request_id: int, typed: str) -> None:
        row, holder = self._rows.get(request_id), self._holder(request_id)
        if row is None or holder is None or holder.panel is None:
            return
        panel = holder.panel
        if not typed.strip():
            panel.show_problem(_("Write something first."))
            panel.field.setFocus()
            return
        panel.set_busy(True)
        use_case = answer if panel.kind == "answer" else reopen
        words = _("Answer sent") if panel.kind == "answer" else _("Sent back")

        def done(_version: int) -> None:
            panel.forget()
            holder.close_panel()
            self._context.offer_undo(f"{words}, {row.reference}")
            self._go_on(request_id)

        def refused(refusal: Refusal) -> None:
            panel.set_busy(False)
            panel.show_problem(refusal_words(refusal))
            panel.field.setFocus()
            if refusal.code == "reopen_too_late":
                panel.offer_follow_up(
                    lambda: self._confirming.follow(row, panel, holder.close_panel)
                )
            self._refresher.want()

        self._context.operations.write(
            use_case, request_id, typed, expected_version=row.version
        ).start(self, done, refused)

    def _go_on(self, after: int) -> None:
        """Put the keyboard on what needs the clerk next."""
        waiting = self._view.needs_you if self._view else ()
        rest = [row for row in waiting if row.id != after]
        if not rest:
            next(iter(self._row_views(without=after)), self).setFocus()
            return
        following = next((r for r in rest if r.state is RequestState.PENDING), None)
        if following is not None:
            self._open(following.id, "answer")
            return
        holder = self.needs_you.holder(rest[0].id)
        if holder is not None:
            holder.view.setFocus()

    def confirm_one(self, act: str = "confirm") -> None:
        """Confirm the row in focus, else the first there is."""
        holder = self._confirmable()
        if holder is not None:
            self._do(holder.request_id, act)

    def _confirmable(self) -> RowHolder | None:
        ended = [
            one for one in self.needs_you.holders() if one.view.words.act == "confirm"
        ]
        focused = QApplication.focusWidget()
        for holder in ended:
            if focused is not None and (
                holder is focused or holder.isAncestorOf(focused)
            ):
                return holder
        return ended[0] if ended else None

    def _mark_key(self, *_args: object) -> None:
        chosen = self._confirmable()
        for holder in self.needs_you.holders():
            holder.view.set_key("C" if holder is chosen else "")

    def copy_one(self) -> None:
        """Copy what to tell the customer of the row in focus."""
        focused = QApplication.focusWidget()
        for section in self.sections:
            for holder in section.holders():
                if focused is not None and holder.isAncestorOf(focused):
                    self._copy(holder.request_id)
                    return

    def _copy(self, request_id: int) -> None:
        holder = self._holder(request_id)
        if holder is not None:
            QGuiApplication.clipboard().setText(holder.view.words.told)
            self._context.offer_undo(_("Copied: what to tell the customer"))

    def _move(self, view: QWidget, by: int) -> None:
        views = self._row_views()
        places = [place for place, one in enumerate(views) if one is view]
        if places and 0 <= places[0] + by < len(views):
            following = views[places[0] + by]
            following.setFocus()
            self._scroll.ensureWidgetVisible(following, 0, 24)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Let Tab follow the rows as they stand, with the panels opened in them."""
        content = self._scroll.widget()
        if content is not None:
            self._tabbed = tab_as_seen(content, self._tabbed)
        return super().focusNextPrevChild(forward)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with the time that passed elsewhere."""
        super().showEvent(event)
        self._is_fresh = True
        self.tick()
        self._open_first_question()


def _is_question(row: CounterRow) -> bool:
    return row.state is RequestState.PENDING
