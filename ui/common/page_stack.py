"""Keeps the pages: registered as data, made when first shown, one in front."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.turns import A_TURN_MS, later

if TYPE_CHECKING:
    from ui.context import Context, PageSpec


class PageStack(QStackedWidget):
    """Shows one page; asks a page's `badge()` and passes `go_to(**what)` on."""

    shown = Signal(str)
    badge_changed = Signal(str, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context: Context | None = None
        self._specs: dict[str, PageSpec] = {}
        self._pages: dict[str, QWidget] = {}
        self._current = ""

    @property
    def current_id(self) -> str:
        """Return the id of the page in front, empty before the first one."""
        return self._current

    @property
    def context(self) -> Context | None:
        """Return the context of whom these pages are, None before anybody sat here."""
        return self._context

    @property
    def specs(self) -> list[PageSpec]:
        """Return the pages this person sees."""
        return list(self._specs.values())

    def attach(self, context: Context, specs: Sequence[PageSpec]) -> None:
        """Forget the pages of whoever was here and offer this person's."""
        self.clear()
        self._context = context
        self._specs = {spec.id: spec for spec in specs if spec.is_for(context.me)}

    def clear(self) -> None:
        """Take every page away; one a turn is destroyed, all at once takes too long."""
        for page in self._pages.values():
            self.removeWidget(page)
            page.hide()
        self._destroy(list(self._pages.values()))
        self._pages, self._specs, self._current = {}, {}, ""

    def _destroy(self, pages: list[QWidget]) -> None:
        def one() -> None:
            pages.pop().deleteLater()
            self._destroy(pages)

        if pages:
            later(self, A_TURN_MS, one)

    def page(self, page_id: str) -> QWidget | None:
        """Return a page that was made already."""
        return self._pages.get(page_id)

    def show_page(self, page_id: str, **what: Any) -> bool:
        """Bring a page to the front, making it first; False when there is none."""
        spec = self._specs.get(page_id)
        if spec is None or self._context is None:
            return False
        page = self._pages.get(page_id) or self._made(spec, self._context)
        before = self._pages.get(self._current)
        if before is not None and before is not page:
            leaving = getattr(before, "leaving", None)
            if leaving is not None:
                leaving()
        self._current = page_id
        is_new_to_keys = page.focusWidget() is None
        self.setCurrentWidget(page)
        # Qt takes the first field there is; a page may want to begin elsewhere.
        if is_new_to_keys and page.focusProxy() and page.focusWidget() is not None:
            page.setFocus(Qt.FocusReason.OtherFocusReason)
        go_to = getattr(page, "go_to", None)
        if go_to is not None and what:
            go_to(**what)
        self.shown.emit(page_id)
        return True

    def prepare(self, page_id: str) -> None:
        """Make a page without showing it, so that its badge is seen from any other."""
        spec = self._specs.get(page_id)
        if spec and self._context is not None and page_id not in self._pages:
            self._made(spec, self._context)

    def _made(self, spec: PageSpec, context: Context) -> QWidget:
        page = self._pages[spec.id] = spec.create(context)
        self.addWidget(page)
        self._watch_badge(spec.id, page)
        return page

    def focus_page(self) -> None:
        """Put the keyboard into the page in front, where it wants it to begin."""
        page = self._pages.get(self._current)
        if page is None:
            return
        focus = page.window().focusWidget()
        if focus is not None and page.isAncestorOf(focus) and focus.isVisible():
            return
        target = page if page.focusProxy() is not None else _first_field(page)
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _watch_badge(self, page_id: str, page: QWidget) -> None:
        changed = getattr(page, "badge_changed", None)
        badge = getattr(page, "badge", None)
        if changed is None or badge is None:
            return
        changed.connect(lambda *_args: self.badge_changed.emit(page_id, badge()))
        self.badge_changed.emit(page_id, badge())


def _first_field(page: QWidget) -> QWidget | None:
    """Return what Tab would reach first on a page."""
    at = page.nextInFocusChain()
    while at is not None and at is not page:
        can_focus = at.focusPolicy() & Qt.FocusPolicy.TabFocus
        if can_focus and page.isAncestorOf(at) and at.isVisibleTo(page):
            return at
        at = at.nextInFocusChain()
    return None
