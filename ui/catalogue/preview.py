"""The form as a clerk gets it, while it is being written; it can be tried at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.forms import FieldSpec, problems_of
from desktop.i18n import gettext as _
from ui.common.attachments.staged import StagingFolder
from ui.common.attachments.well import FileWell
from ui.common.buttons import Button
from ui.common.form import FilesInput, Form
from ui.common.labels import ElidedLabel, PlainLabel
from ui.common.request_questions import questions_of
from ui.common.scroll_area import ScrollArea

if TYPE_CHECKING:
    from desktop.domain.service_drafts import ServiceDraft
    from ui.context import Context

TWO_PX = 388
AFTER_LAST_KEY_MS = 120


class Preview(QWidget):
    """Shows a draft's form a moment after the last key; answers tried are kept."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._fields: tuple[FieldSpec, ...] = ()
        self._wanted: tuple[FieldSpec, ...] = ()
        self.title = ElidedLabel("", size="title")
        self.told = PlainLabel("", ink="text2", wraps=True)
        self.form = Form(make_files=self._make_well)
        self.form.setSizePolicy(
            QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum
        )
        self.check = Button(_("Check the answers"), kind="quiet", icon="check")
        self.check.clicked.connect(self._check)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(AFTER_LAST_KEY_MS)
        self._timer.timeout.connect(self._show)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(24, 16, 24, 24)
        column.setSpacing(8)
        column.addWidget(PlainLabel(_("As a clerk sees it"), size="small", ink="text2"))
        column.addWidget(self.title)
        column.addWidget(self.told)
        column.addSpacing(8)
        column.addWidget(self.form)
        column.addSpacing(8)
        column.addWidget(self.check, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        area = ScrollArea()
        area.scroll_sideways()
        area.setWidget(inner)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the questions below each other where two have no room."""
        super().resizeEvent(event)
        self.form.set_columns(2 if self.width() >= TWO_PX else 1)

    def show_draft(self, draft: ServiceDraft) -> None:
        """Show a service as it would be saved."""
        self.title.setText(draft.name.strip() or _("New service"))
        told = (draft.told_when, draft.told_how, draft.told_price)
        words = "  ·  ".join(one.strip() for one in told if one.strip())
        self.told.setText(words)
        self.told.setVisible(bool(words))
        named = (
            one if one.label.strip() else replace(one, label=_("New question"))
            for one in draft.fields
        )
        self._wanted = questions_of(named, several=False)
        if self._wanted != self._fields:
            self._timer.start()

    def _show(self) -> None:
        self._fields = self._wanted
        typed = self.form.typed()
        now = self._context.ticker.now()
        today = now.astimezone(self._context.clocks.zone).date()
        self.form.set_fields(self._fields, today=today)
        self.form.set_values(typed)

    def _make_well(self, spec: FieldSpec, name: str) -> FilesInput:
        # It shows where files would go; it takes none, so nothing is copied anywhere.
        well = FileWell(self._context, StagingFolder(Path()), name=name)
        well.setEnabled(False)
        return well

    def _check(self) -> None:
        now = self._context.ticker.now()
        today = now.astimezone(self._context.clocks.zone).date()
        self.form.show_problems(problems_of(self._fields, self.form.values(), today))
