"""The one window: places bar, rail and pages, and routes actions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, Signal
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from desktop.domain.errors import Refusal
from desktop.i18n import gettext as _
from desktop.messages import refusal_words
from ui.actions import Action, Actions
from ui.beforehand import Beforehand
from ui.common.banner import BannerArea
from ui.common.page_stack import PageStack
from ui.common.rail import Rail, RailEntry
from ui.common.top_bar import TopBar
from ui.common.undo_bar import UndoBar
from ui.preferences import Preferences
from ui.style import ThemeChoice, theme, tokens
from ui.window_actions import NEW_REQUEST_PAGE, add_window_actions

if TYPE_CHECKING:
    from ui.common.command_palette import Search
    from ui.context import Context, PageSpec


def seat_of(workspace_name: str, person_id: int) -> str:
    """Return by what the page somebody was on is remembered."""
    return f"{workspace_name}/{person_id}"


class _Side(QWidget):
    """The canvas the rails stand on."""

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), tokens().canvas)


class MainWindow(QMainWindow):
    """Painted empty first; `attach` fills it once the desk is open.

    `seated(context)`: somebody sits here, and their first page is in front.
    """

    seated = Signal(object)
    change_person = Signal()
    about_wanted = Signal()
    closing = Signal()

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self.setWindowTitle("Counterpart")
        self.setMinimumSize(960, 600)
        self.preferences = preferences
        self.actions_known = Actions(self)
        self._context: Context | None = None
        self._start: QWidget | None = None
        self._closes_anyway = False
        self.top = TopBar(self.actions_known)
        self.rail = Rail(_("Pages"))
        self.foot = Rail(_("Settings and help"))
        self.banners = BannerArea()
        self.pages = PageStack()
        self.undo_bar = UndoBar(self)
        self.before = Beforehand(self)
        self._place()
        self._connect()
        add_window_actions(self, self.actions_known)
        self.top.new_button.hide()
        self.rail.setFocus()
        self.resize(1280, 800)
        kept = preferences.value("window.geometry")
        if isinstance(kept, str):
            self.restoreGeometry(QByteArray.fromBase64(QByteArray(kept.encode())))

    def _place(self) -> None:
        side = _Side()
        rails = QVBoxLayout(side)
        rails.setContentsMargins(0, 8, 0, 8)
        rails.setSpacing(0)
        rails.addWidget(self.rail, 1)
        rails.addWidget(self.foot)
        self.foot.hide()
        self._holder = QVBoxLayout()
        self._holder.setContentsMargins(0, 0, 0, 0)
        self._holder.setSpacing(0)
        self._holder.addWidget(self.banners)
        self._holder.addWidget(self.pages, 1)
        lower = QHBoxLayout()
        lower.setContentsMargins(0, 0, 0, 0)
        lower.setSpacing(0)
        lower.addWidget(side)
        lower.addLayout(self._holder, 1)
        middle = QWidget()
        layout = QVBoxLayout(middle)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.top)
        layout.addLayout(lower, 1)
        self.setCentralWidget(middle)
        self.banners.set_margins(24, 8, 24, 0)

    def _connect(self) -> None:
        self.rail.chosen.connect(self.navigate)
        self.foot.chosen.connect(self.navigate)
        self.pages.shown.connect(self._page_shown)
        self.pages.badge_changed.connect(self.rail.set_badge)
        self.top.new_request.connect(lambda: self.navigate(NEW_REQUEST_PAGE))
        self.top.change_person.connect(self.change_person)
        self.top.about.connect(self.about_wanted)
        self.top.theme_chosen.connect(self.choose_theme)
        theme().changed.connect(self._repaint)

    def is_attached(self) -> bool:
        """Tell whether somebody is at the desk."""
        return self._context is not None

    def can_raise(self) -> bool:
        """Tell whether this person has the page for new requests."""
        known = any(spec.id == NEW_REQUEST_PAGE for spec in self.pages.specs)
        return known or self.before.can_raise

    # ------------------------------------------------------------ filling

    def attach(
        self, context: Context, specs: Sequence[PageSpec], search: Search | None = None
    ) -> None:
        """Put a person at the desk: their pages, their name, the last page shown."""
        first = self.before.take()
        # What the one before did is not for this one to take back.
        self.undo_bar.put_away()
        self.show_start(None)
        self._context = context
        me = context.me
        self.top.mark.set_workspace(context.workspace_name)
        self.top.person.set_person(me.name, me.unit_name)
        self.top.field.set_search(search)
        self.pages.attach(context, specs)
        self.top.new_button.setVisible(self.can_raise())
        shown = [spec for spec in self.pages.specs if spec.in_rail]
        at_foot = {one.id for one in shown if one.at_foot}
        entries = [RailEntry(one.id, one.icon, _(one.words)) for one in shown]
        self.rail.set_entries([one for one in entries if one.id not in at_foot])
        self.foot.set_entries([one for one in entries if one.id in at_foot])
        self.show_foot()
        self._add_page_actions(shown)
        context.operations.refused.connect(self._show_refusal)
        page = self.first_page(shown, self._seat())
        self.before.lead_to(page.id if page is not None else "", first)

    def show_foot(self) -> None:
        """Give the lower rail the room its entries need, none without any."""
        count = len(self.foot.entries())
        self.foot.setFixedHeight(64 * count)
        self.foot.setVisible(bool(count))

    def _add_page_actions(self, shown: Sequence[PageSpec]) -> None:
        for number, spec in enumerate(shown, 1):
            self.actions_known.add(
                Action(
                    f"page.{spec.id}",
                    spec.words,
                    self._opener(spec.id),
                    f"Ctrl+{number}" if number < 10 else "",
                    spec.icon,
                ),
                self,
            )

    def _opener(self, page_id: str) -> Callable[[], None]:
        return lambda: self.navigate(page_id)

    def first_page(self, shown: Sequence[PageSpec], seat: str) -> PageSpec | None:
        """Return the page of those shown that somebody finds first on sitting down."""
        last = self._last_pages().get(seat)
        return next((one for one in shown if one.id == last), next(iter(shown), None))

    def _last_pages(self) -> dict[str, str]:
        """Return the page everybody was on, by who and in which workspace."""
        kept = self.preferences.value("window.pages", {})
        return kept if isinstance(kept, dict) else {}

    def _seat(self) -> str:
        context = self._context
        return seat_of(context.workspace_name, context.me.person_id) if context else ""

    def show_start(self, widget: QWidget | None) -> None:
        """Show a start screen instead of pages; None brings the pages back."""
        if self._start is not None:
            self._holder.removeWidget(self._start)
            self._start.hide()
            self._start.deleteLater()
        self._start = widget
        self.before.drop()
        self.pages.setVisible(widget is None)
        if widget is not None:
            self._holder.addWidget(widget, 1)
            self.rail.set_entries([])
            self.top.new_button.hide()
            self.top.bell.hide()
            self.top.person.set_person("", "")
            widget.setFocus()

    def detach(self) -> None:
        """Take the person from the desk: no page stays that could show their work."""
        for spec in self.pages.specs:
            self.actions_known.remove(f"page.{spec.id}")
        if self._context is not None:
            self._context.operations.leaving.emit()
            self._context.operations.refused.disconnect(self._show_refusal)
        self._context = None
        self.pages.clear()
        self.banners.clear()

    # ------------------------------------------------------------ going about

    def navigate(self, page_id: str, **what: Any) -> None:
        """Show a page, with what it should show there; over a first list it waits."""
        if not self.before.puts_off(page_id, what):
            self.pages.show_page(page_id, **what)

    def tell(
        self,
        words: str,
        *,
        kind: str = "",
        subject: str = "",
        action: str = "",
        act: Callable[[], None] | None = None,
    ) -> None:
        """Say something above the page; one banner a subject."""
        self.banners.tell(words, kind=kind, subject=subject, action=action, act=act)

    def offer_undo(self, words: str, undo: Callable[[], None] | None = None) -> None:
        """Say what was done and offer to take it back for some seconds."""
        self.undo_bar.offer(words, undo)

    def _show_refusal(self, refusal: Refusal) -> None:
        self.tell(refusal_words(refusal), kind="broken", subject="refusal")

    def _page_shown(self, page_id: str) -> None:
        self.rail.choose(page_id)
        self.foot.choose(page_id)
        self.top.field.set_group(page_id)
        if not self.rail.hasFocus() and not self.foot.hasFocus():
            self.pages.focus_page()
        self.banners.withdraw("refusal")
        if any(spec.id == page_id and spec.in_rail for spec in self.pages.specs):
            pages = {**self._last_pages(), self._seat(): page_id}
            self.preferences.set_value("window.pages", pages)

    def show_keys(self) -> None:
        """Open the sheet of keys: this page's first, then everywhere's."""
        from ui.common.shortcuts import keys_sheet

        words = {spec.id: _(spec.words) for spec in self.pages.specs}
        keys_sheet(self.actions_known, self.pages.current_id, words, self).open()

    def choose_theme(self, choice: ThemeChoice) -> None:
        """Switch light, dark or the system's colours, and remember it."""
        theme().choose(choice)
        self.preferences.set_value("window.theme", choice)

    def _repaint(self) -> None:
        for child in self.findChildren(QWidget):
            child.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what floats in its place."""
        super().resizeEvent(event)
        self.undo_bar.place()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the window's place, then let the program end its work.

        Asks first while files are on their way into the workspace.
        """
        context = self._context
        if context and context.operations.is_storing and not self._closes_anyway:
            from ui.leaving import ask_to_close

            event.ignore()
            ask_to_close(self, self._close_anyway)
            return
        geometry = self.saveGeometry().toBase64().toStdString()
        self.preferences.set_value("window.geometry", geometry)
        self.preferences.save()
        self.closing.emit()
        super().closeEvent(event)
        event.setAccepted(True)

    def _close_anyway(self) -> None:
        self._closes_anyway = True
        self.close()
