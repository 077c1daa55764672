"""What can be done with a list besides reading it: group, save, print, learn words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from desktop.domain.list_views import GroupBy
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from ui.actions import Action
from ui.common.buttons import IconButton, without_mnemonic
from ui.common.lists.list_out import ListOut
from ui.common.lists.list_reader import ListReader
from ui.common.lists.words import GROUPS
from ui.common.menu import Menu
from ui.common.table_view import TableView
from ui.context import Context

if TYPE_CHECKING:
    from ui.common.lists.print_dialog import PrintDialog
    from ui.common.lists.search_help import SearchHelp

if TYPE_CHECKING:
    from ui.common.lists.print_dialog import PrintDialog
    from ui.common.lists.search_help import SearchHelp


class ListMenu(QObject):
    """A button with the menu; what it offers is in the palette too."""

    def __init__(
        self,
        context: Context,
        page: QWidget,
        page_id: str,
        reader: ListReader,
        table: TableView,
        title: Callable[[], str],
    ) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self._reader = reader
        self._table = table
        self._title = title
        self.out = ListOut(context, page, reader, table, title)
        self.dialog: PrintDialog | SearchHelp | None = None
        self.button = IconButton("dots", _("More about this list"))
        self.button.clicked.connect(self._pop_up)
        for name, words, act, key, icon in (
            ("csv", N_("Save the list as CSV"), self._csv, "", "download"),
            ("xlsx", N_("Save the list for Excel"), self._xlsx, "Ctrl+E", "table"),
            ("print", N_("Print the list"), self.print_list, "Ctrl+P", "printer"),
            (
                "group",
                N_("Group the list"),
                self._pop_up_groups,
                "Shift+G",
                "list-details",
            ),
            ("words", N_("Field words"), self.show_help, "", "help-circle"),
        ):
            action = Action(f"{page_id}.list_{name}", words, act, key, icon, page_id)
            context.actions.add(action, page)

    def _csv(self) -> None:
        self.out.ask_where("csv")

    def _xlsx(self) -> None:
        self.out.ask_where("xlsx")

    def print_list(self) -> None:
        """Show the list on paper."""
        from ui.common.lists.print_dialog import PrintDialog

        about = " · ".join(
            part
            for part in (
                self._context.me.unit_name,
                self._reader.view.words.strip(),
                _(GROUPS[self._reader.view.group])
                if self._reader.view.group is not GroupBy.NONE
                else "",
            )
            if part
        )
        # Imported when it is wanted: a list comes with the window's start.

        make = self.out.pdf_maker(about)
        dialog = PrintDialog(self._context, self._title(), make, self._page.window())
        self._open(dialog)

    def show_help(self) -> None:
        """Show the field words."""
        from ui.common.lists.search_help import SearchHelp

        self._open(SearchHelp(self._page.window()))

    def _open(self, dialog: PrintDialog | SearchHelp) -> None:
        self.dialog = dialog
        dialog.destroyed.connect(self._forget)
        dialog.open()

    def _forget(self) -> None:
        self.dialog = None

    # ------------------------------------------------------------ menus

    def _pop_up(self) -> None:
        self._show(self.make_menu())

    def _pop_up_groups(self) -> None:
        menu = Menu(self._page)
        self._add_groups(menu)
        self._show(menu)

    def _show(self, menu: QMenu) -> None:
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.button.mapToGlobal(QPoint(0, self.button.height() + 4)))

    def make_menu(self) -> QMenu:
        """Make the whole menu."""
        menu = Menu(self._page)
        self._add_groups(menu.addMenu(_("Group by")))
        self._table.columns.add_to(menu.addMenu(_("Columns")))
        menu.addSeparator()
        for words, act, key in (
            (_("Save as CSV…"), self._csv, ""),
            (_("Save for Excel…"), self._xlsx, "Ctrl+E"),
            (_("Print…"), self.print_list, "Ctrl+P"),
        ):
            shown = without_mnemonic(words)
            action = menu.addAction(f"{shown}\t{key}" if key else shown)
            action.triggered.connect(lambda _on, act=act: act())
        menu.addSeparator()
        help_words = menu.addAction(without_mnemonic(_("Field words for searching")))
        help_words.triggered.connect(lambda _on: self.show_help())
        return menu

    def _add_groups(self, menu: QMenu) -> None:
        for group, words in GROUPS.items():
            action = menu.addAction(without_mnemonic(_(words)))
            action.setCheckable(True)
            action.setChecked(self._reader.view.group is group)
            action.triggered.connect(
                lambda _chosen, group=group: self._reader.change(group=group)
            )
