"""What did we decide about …: words typed, and what past sessions said with them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.i18n import ngettext
from desktop.queries.session_search import SHOWN, Said, SaidKind, find_said
from desktop.reports.said_words import (
    said_kind_words,
    said_line,
    session_words,
    standing_words,
    topic_words,
)
from ui.actions import Action
from ui.common.buttons import Button
from ui.common.cells import Column, LinesCell, Section, TextCell
from ui.common.empty_state import EmptyState
from ui.common.inputs import SearchField
from ui.common.labels import PlainLabel
from ui.common.refresher import Refresher
from ui.common.request_pane.said_section import CHAIRS
from ui.common.table_model import TableModel
from ui.common.table_view import TableView
from ui.context import Context
from ui.operations import Ticket

GROUP = "session_search"
TABLES = ("decision", "action", "agenda_item", "obstacle")
TYPING_MS = 200


class SessionSearchPage(QWidget):
    """One field; decisions, actions, items and answers by session, the latest first."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._ticket: Ticket | None = None
        self.search = SearchField(_("What did we decide about …"))
        self.model: TableModel[Said] = TableModel(
            self._columns(), key=lambda one: (one.kind, one.id), parent=self
        )
        self.table = TableView(self.model, name=_("What was said"), margin=24)
        self.about = PlainLabel("", ink="text2")
        self.open_button = Button(_("Open"), icon="arrow-right", key="O")
        self._place()
        self._connect()
        self.table.restore_state(context.preferences, "session_search.table")

    def _columns(self) -> list[Column[Said]]:
        def what(one: Said) -> TextCell:
            return TextCell(said_kind_words(one))

        def said(one: Said) -> LinesCell:
            topic = topic_words(one)
            line = said_line(one)
            return LinesCell(line, topic if topic != line else "")

        def whose(one: Said) -> LinesCell:
            now, zone = self._context.ticker.now(), self._context.clocks.zone
            owner, _dot, stands = standing_words(one, now, zone).partition("  ·  ")
            return LinesCell(owner, stands)

        return [
            Column("what", N_("What"), what, 130),
            Column("said", N_("Said"), said, 320, stretch=True),
            Column("whose", N_("Whose"), whose, 220),
        ]

    def _place(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(24, 0, 16, 0)
        head.setSpacing(12)
        head.addWidget(PlainLabel(_("Past sessions"), size="title"))
        head.addWidget(self.about, 1)
        head.addWidget(self.open_button)
        line = QHBoxLayout()
        line.setContentsMargins(24, 0, 24, 0)
        self.search.setMaximumWidth(640)
        line.addWidget(self.search, 1)
        line.addStretch(0)
        # The line keeps its height where there is nothing to open.
        stays = self.open_button.sizePolicy()
        stays.setRetainSizeWhenHidden(True)
        self.open_button.setSizePolicy(stays)
        self.empty = EmptyState(*_nothing(""), icon="gavel")
        self.lists = QStackedWidget()
        self.lists.addWidget(self.empty)
        self.lists.addWidget(self.table)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 16, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addLayout(line)
        layout.addWidget(self.lists, 1)
        self.setFocusProxy(self.search)

    def _connect(self) -> None:
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self.look)
        self.search.textChanged.connect(lambda _words: self._typing.start())
        self.search.returnPressed.connect(self._into_list)
        self.table.opened.connect(self.open_hit)
        self.table.current_changed.connect(self._show_may_open)
        self.open_button.clicked.connect(self.open_current)
        self._context.actions.add(
            Action(
                f"{GROUP}.open_hit",
                N_("Open what is chosen"),
                self.open_current,
                "O",
                "arrow-right",
                GROUP,
                lambda: self._may_open(self.table.current_row()),
            ),
            self.table,
        )
        Refresher(self, self._context.operations, TABLES, self.look)
        self._show_may_open(None)

    # ------------------------------------------------------------ looking

    def go_to(self, words: str = "") -> None:
        """Look for words, as the palette sends them."""
        self.search.setText(words)
        self.look()

    def look(self) -> None:
        """Look for the words typed."""
        self._typing.stop()
        if self._ticket is not None:
            self._ticket.cancel()
        words = self.search.text()
        read = self._context.operations.read(find_said, words)
        self._ticket = read.start(self, self._show)

    def _show(self, found: Sequence[Said]) -> None:
        zone = self._context.clocks.zone
        sections: dict[str, list[Said]] = {}
        for one in found:
            where = _("Answers to obstacles")
            if one.kind is not SaidKind.OBSTACLE:
                where = session_words(one, zone)
            sections.setdefault(where, []).append(one)
        self.model.set_sections(
            [Section(name, name, rows) for name, rows in sections.items()]
        )
        self._say(len(found))
        self.lists.setCurrentWidget(self.table if found else self.empty)
        if found and self.table.current_row() is None:
            self.table.choose_first()
        self._show_may_open(self.table.current_row())

    def _say(self, count: int) -> None:
        self.empty.set_words(*_nothing(self.search.text().strip()))
        told = ngettext("{count} found", "{count} found", count).format(count=count)
        if count >= SHOWN:
            told = _("The latest {count}").format(count=count)
        self.about.setText(told if count else "")

    # ------------------------------------------------------------ going there

    def _into_list(self) -> None:
        if self.lists.currentWidget() is self.table:
            self.table.setFocus()

    def _may_open(self, one: Said | None) -> bool:
        if one is None:
            return False
        is_chair = bool(CHAIRS & self._context.me.roles)
        return one.kind is SaidKind.OBSTACLE or (is_chair and one.series_id is not None)

    def _show_may_open(self, one: Said | None) -> None:
        self.open_button.setVisible(self._may_open(one))

    def open_current(self) -> None:
        """Open the session or the obstacle of what is chosen."""
        one = self.table.current_row()
        if one is not None:
            self.open_hit(one)

    def open_hit(self, one: Said) -> None:
        """Open the session something was said in, or the obstacle answered."""
        if not self._may_open(one):
            return
        if one.kind is SaidKind.OBSTACLE:
            self._context.navigate("obstacles", obstacle_id=one.id)
        else:
            self._context.navigate(
                "meetings", series_id=one.series_id, meeting_id=one.meeting_id
            )

    def hideEvent(self, event: QHideEvent) -> None:
        """Remember the columns."""
        super().hideEvent(event)
        self.table.save_state(self._context.preferences, "session_search.table")


def _nothing(words: str) -> tuple[str, str]:
    """Return what stands where nothing is shown: what to type, or that none fits."""
    if words:
        return (
            _("Nothing was said with these words"),
            _("Try fewer words, or only how they begin."),
        )
    return (
        _("What did we decide about it?"),
        _(
            "Type a few words: decisions, actions, items of agendas and minutes, "
            "and answers to obstacles are found, with or without accents."
        ),
    )
