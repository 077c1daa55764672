"""The views of a list: chosen from a menu or by Alt and a figure, saved, shared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from desktop.domain.errors import Refusal
from desktop.domain.list_views import GroupBy, ListView
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.messages import refusal_words
from desktop.queries.lists import ListCounts
from desktop.queries.saved_views import SavedViewRow, saved_views, view_counts
from desktop.use_cases.saved_views import (
    ViewDraft,
    begin_with_view,
    change_view,
    delete_view,
    save_view,
)
from ui.actions import Action
from ui.common.buttons import Chip, without_mnemonic
from ui.common.lists.list_reader import ListReader
from ui.common.lists.view_dialog import ViewDialog
from ui.common.menu import Menu
from ui.common.refresher import Refresher
from ui.context import Context

BY_KEY = 9
"""How many views have a key: Alt+1 is the page's own list, the others follow."""


class ViewsMenu(QObject):
    """Knows the views of a page; its `chip` names the one that is shown.

    `shown` follows once a view is in the reader, so that the page can show its words.
    """

    shown = Signal()

    def __init__(
        self, context: Context, page: QWidget, page_id: str, reader: ListReader
    ) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self._page_id = page_id
        self._reader = reader
        self._rows: tuple[SavedViewRow, ...] = ()
        self._is_first_read = True
        self.current: SavedViewRow | None = None
        self.dialog: ViewDialog | None = None
        self.chip = Chip(_("Saved views"), menu=True)
        self.chip.setCheckable(False)
        self.chip.clicked.connect(self.open_menu)
        reader.view_changed.connect(self._name_chip)
        tables = ("saved_view", "person_setting")
        Refresher(page, context.operations, tables, self.read)
        self._add_actions()
        self.read()

    def _add_actions(self) -> None:
        add, name = self._context.actions.add, self._page_id
        for number, words in (
            (1, N_("The list as it comes")),
            (2, N_("The first saved view, and so on to Alt+9")),
        ):
            add(
                Action(
                    f"{name}.view{number}",
                    words,
                    partial(self.choose, number - 1),
                    f"Alt+{number}",
                    "bookmark",
                    name,
                    is_listed=number == 1,
                ),
                self._page,
            )
        for number in range(3, BY_KEY + 1):
            key = QShortcut(QKeySequence(f"Alt+{number}"), self._page)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(partial(self.choose, number - 1))
        words = N_("Save this view")
        add(
            Action(f"{name}.save_view", words, self.ask_new, "", "bookmark", name),
            self._page,
        )

    # ------------------------------------------------------------ reading

    def read(self) -> None:
        """Read the views anew."""
        asked = self._context.operations.read(
            saved_views, self._page_id, self._reader.reader()
        )
        asked.start(self, self._take)

    def _take(self, rows: Sequence[SavedViewRow]) -> None:
        self._rows = tuple(rows)
        if self.current is not None:
            key = self.current.key
            self.current = next((one for one in rows if one.key == key), None)
        first = next((one for one in rows if one.is_first), None)
        self._reader.first = first.view if first is not None else None
        if self._is_first_read:
            self._is_first_read = False
            if first is not None and not self._reader.is_narrow:
                self.show_row(first)
        self._name_chip()

    def rows(self) -> tuple[SavedViewRow, ...]:
        """Return the views that can be chosen."""
        return self._rows

    # ------------------------------------------------------------ choosing

    def choose(self, number: int) -> None:
        """Show the page's own list (0) or the view at a place (from 1)."""
        if number == 0:
            self.show_own()
        elif number <= len(self._rows):
            self.show_row(self._rows[number - 1])

    def show_own(self) -> None:
        """Show the list as the page has it."""
        self.current = None
        self._show(self._reader.own)

    def show_row(self, row: SavedViewRow) -> None:
        """Show a view."""
        self.current = row
        self._show(row.view)

    def _show(self, view: ListView) -> None:
        self._reader.show_view(view)
        self._name_chip()
        self.shown.emit()

    @property
    def is_changed(self) -> bool:
        """Tell whether the list is no longer as the view shown says."""
        if self.current is None:
            return False
        kept = replace(self.current.view, columns=())
        return kept != replace(self._reader.view, columns=())

    def _name_chip(self) -> None:
        words = self.current.name if self.current is not None else _("Saved views")
        if self.is_changed:
            words = _("{name}, changed").format(name=words[:40])
        self.chip.set_words(words[:48])

    # ------------------------------------------------------------ the menu

    def open_menu(self) -> None:
        """Count the views, then show them."""
        reader = self._reader
        ungrouped = [replace(row.view, group=GroupBy.NONE) for row in self._rows]
        views = [reader.composed(view) for view in ungrouped]
        asked = self._context.operations.read(
            view_counts, views, reader=reader.reader(), moment=reader.moment()
        )
        asked.start(self, self._pop_up)

    def _pop_up(self, counts: Sequence[ListCounts]) -> None:
        menu = self.make_menu(counts)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.chip.mapToGlobal(QPoint(0, self.chip.height() + 4)))

    def make_menu(self, counts: Sequence[ListCounts] = ()) -> QMenu:
        """Make the menu: the views with their counts, and what can be done."""
        menu = Menu(self._page)
        self._add(menu, _("The list as it comes"), self.show_own, "Alt+1")
        if self._rows:
            menu.addSeparator()
        for number, row in enumerate(self._rows, 1):
            words = row.name
            if number <= len(counts):
                words = f"{words}  ({_counted(counts[number - 1])})"
            if not row.is_mine:
                words = _("{view}, by {maker}").format(view=words, maker=row.maker)
            key = f"Alt+{number + 1}" if number < BY_KEY else ""
            self._add(menu, words, partial(self.show_row, row), key)
        menu.addSeparator()
        self._add(menu, _("Save this view…"), self.ask_new)
        if self.current is not None:
            self._add_current(menu, self.current)
        return menu

    def _add_current(self, menu: QMenu, row: SavedViewRow) -> None:
        name = row.name[:40]
        if self.is_changed:
            words = _("Keep the changes in “{name}”").format(name=name)
            self._add(menu, words, self.update_current)
        self._add(menu, _("Rename “{name}”…").format(name=name), self.ask_name)
        first = menu.addAction(_("Begin with it"))
        first.setCheckable(True)
        first.setChecked(row.is_first)
        first.triggered.connect(lambda chosen: self._begin(row.id if chosen else None))
        if row.is_mine:
            words = _("Delete “{name}”").format(name=name)
            self._add(menu, words, self.delete_current)

    def _add(
        self, menu: QMenu, words: str, act: Callable[[], object], key: str = ""
    ) -> None:
        shown = without_mnemonic(words)
        action = menu.addAction(f"{shown}\t{key}" if key else shown)
        action.triggered.connect(lambda _on: act())

    # ------------------------------------------------------------ keeping

    def ask_new(self) -> None:
        """Ask for a name and keep the list as it stands."""
        dialog = ViewDialog(self._context.me.unit_name, parent=self._page.window())
        dialog.submitted.connect(partial(self._save, dialog))
        self._open(dialog)

    def ask_name(self) -> None:
        """Ask for another name of the view that is shown."""
        row = self.current
        if row is None:
            return
        dialog = ViewDialog(
            self._context.me.unit_name,
            row.name,
            is_shared=row.is_shared,
            may_share=row.is_mine,
            parent=self._page.window(),
        )
        dialog.submitted.connect(partial(self._rename, dialog, row))
        self._open(dialog)

    def _open(self, dialog: ViewDialog) -> None:
        self.dialog = dialog
        dialog.destroyed.connect(self._forget_dialog)
        dialog.open()

    def _forget_dialog(self) -> None:
        self.dialog = None

    def _save(self, dialog: ViewDialog) -> None:
        if not dialog.name():
            dialog.show_problem(_("A view needs a name."))
            return
        view = self._reader.kept_view()
        draft = ViewDraft(
            self._page_id, dialog.name(), view, dialog.is_shared(), dialog.key
        )
        dialog.set_busy(True)

        def saved(view_id: int) -> None:
            dialog.accept()
            self.current = SavedViewRow(
                view_id,
                draft.key,
                1,
                draft.name,
                view,
                True,
                draft.is_shared,
                "",
                False,
            )
            self._name_chip()

        write = self._context.operations.write(save_view, draft)
        write.start(dialog, saved, dialog.show_refusal)

    def _rename(self, dialog: ViewDialog, row: SavedViewRow) -> None:
        if not dialog.name():
            dialog.show_problem(_("A view needs a name."))
            return
        dialog.set_busy(True)
        shared = dialog.is_shared() if row.is_mine else None
        write = self._context.operations.write(
            change_view,
            row.id,
            name=dialog.name(),
            is_shared=shared,
            expected_version=row.version,
        )
        write.start(dialog, lambda _version: dialog.accept(), dialog.show_refusal)

    def update_current(self) -> None:
        """Keep the list as it stands in the view that is shown."""
        row = self.current
        if row is None:
            return
        view = self._reader.kept_view()
        before = row.view

        def undo() -> None:
            self._change(row, before, None)

        def kept(_version: int) -> None:
            self.current = replace(row, view=view, version=row.version + 1)
            self._name_chip()
            words = _("“{name}” is kept as it stands").format(name=row.name)
            self._context.offer_undo(words, undo)

        self._change(row, view, kept)

    def _change(
        self, row: SavedViewRow, view: ListView, done: Callable[[int], None] | None
    ) -> None:
        write = self._context.operations.write(
            change_view,
            row.id,
            view=view,
            expected_version=row.version if done is not None else None,
        )
        write.start(self, done, self._tell_refusal)

    def delete_current(self) -> None:
        """Delete the view that is shown; it can be put back for some seconds."""
        row = self.current
        if row is None:
            return
        draft = ViewDraft(self._page_id, row.name, row.view, row.is_shared, row.key)

        def put_back() -> None:
            write = self._context.operations.write(save_view, draft)
            write.start(self, lambda _id: None, self._tell_refusal)

        def gone(_nothing: None) -> None:
            self.current = None
            self._name_chip()
            words = _("“{name}” is deleted").format(name=row.name)
            self._context.offer_undo(words, put_back)

        write = self._context.operations.write(
            delete_view, row.id, expected_version=row.version
        )
        write.start(self, gone, self._tell_refusal)

    def _begin(self, view_id: int | None) -> None:
        write = self._context.operations.write(begin_with_view, self._page_id, view_id)
        write.start(self, lambda _nothing: None, self._tell_refusal)

    def _tell_refusal(self, refusal: Refusal) -> None:
        words = refusal_words(refusal)
        self._context.tell(words, kind="broken", subject="view")
        self.read()


def _counted(counts: ListCounts) -> str:
    return f"{counts.total}+" if counts.is_more else str(counts.total)
