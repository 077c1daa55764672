"""Trials kept by name: the name asked for, and the list to open one from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop import formats
from desktop.domain.errors import Invalid, Refusal
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.i18n import ngettext
from desktop.messages import refusal_words
from desktop.queries.kept_trials import KeptTrial
from ui.common.buttons import Button
from ui.common.cells import Column, LinesCell, TextCell
from ui.common.dialog import Dialog
from ui.common.inputs import LineInput
from ui.common.labelled import Labelled
from ui.common.labels import PlainLabel
from ui.common.table_model import TableModel
from ui.common.table_view import TableView

LIST_PX, WIDTH_PX = 320, 720


class NameDialog(Dialog):
    """Asks by which name a trial is kept."""

    def __init__(self, suggested: str, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Keep this trial"),
            _("What is tried, the period and the variants are kept, for everybody."),
            submit=_("Keep it"),
            parent=parent,
        )
        self.name = LineInput()
        self.name.setText(suggested)
        self.name.selectAll()
        self.box = Labelled(_("Name"), self.name)
        self.body.addWidget(self.box)
        self.start_at(self.name)

    def show_refusal(self, refusal: Refusal) -> None:
        """Say at the name what is wrong with it."""
        if isinstance(refusal, Invalid) and refusal.field == "name":
            self.set_busy(False)
            words = refusal_words(refusal)
            if refusal.code == "taken":
                words = _("Another trial has this name. Choose another one.")
            self.box.refuse(words)
            return
        super().show_refusal(refusal)


class KeptDialog(Dialog):
    """Lists the trials kept: `chosen(KeptTrial)` opens one, `removed` takes it away."""

    chosen = Signal(object)
    removed = Signal(object)

    def __init__(self, zone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(_("Kept trials"), submit=_("Open it"), parent=parent)
        self.model: TableModel[KeptTrial] = TableModel(
            _columns(zone), key=lambda row: row.trial_id, parent=self
        )
        self.table = TableView(self.model, name=_("Kept trials"))
        self.setMinimumWidth(WIDTH_PX)
        self.table.setMinimumHeight(LIST_PX)
        self.nothing = PlainLabel(
            _("None is kept yet. Keep one by name, and it is found here."), ink="text2"
        )
        self.remove_button = Button(_("Keep it no longer"), icon="trash")
        self.body.addWidget(self.table)
        self.body.addWidget(self.nothing)
        line = QHBoxLayout()
        line.addWidget(self.remove_button)
        line.addStretch(1)
        self.body.addLayout(line)
        self.table.opened.connect(self._open)
        self.submitted.connect(lambda: self._open(self.table.current_row()))
        self.remove_button.clicked.connect(self._remove)
        self.table.current_changed.connect(lambda _row: self._enable())
        self.start_at(self.table)
        self.show_rows(())

    def show_rows(self, rows: Sequence[KeptTrial]) -> None:
        """Show the trials kept."""
        self.model.set_rows(rows)
        self.table.setVisible(bool(rows))
        self.remove_button.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        self._enable()

    def _enable(self) -> None:
        row = self.table.current_row()
        self.submit_button.setEnabled(isinstance(row, KeptTrial) and bool(row.variants))
        self.remove_button.setEnabled(isinstance(row, KeptTrial))

    def _open(self, row: object) -> None:
        if isinstance(row, KeptTrial) and row.variants:
            self.accept()
            self.chosen.emit(row)

    def _remove(self) -> None:
        row = self.table.current_row()
        if isinstance(row, KeptTrial):
            self.removed.emit(row)


def _columns(zone: tzinfo) -> list[Column[KeptTrial]]:
    return [
        Column(
            "name",
            N_("Name"),
            lambda row: LinesCell(row.name, _variants(row)),
            width=300,
            stretch=True,
            sort=lambda row: row.name.casefold(),
        ),
        Column(
            "by",
            N_("By"),
            lambda row: TextCell(row.by, quiet=True),
            width=120,
            sort=lambda row: row.by.casefold(),
        ),
        Column(
            "at",
            N_("Kept at"),
            lambda row: TextCell(formats.instant(row.at, zone, year=True), quiet=True),
            width=190,
            sort=lambda row: row.at,
        ),
    ]


def _variants(row: KeptTrial) -> str:
    count = len(row.variants)
    if not count:
        return _("made by another program, cannot be opened")
    return ngettext("{n} variant", "{n} variants", count).format(n=formats.count(count))
