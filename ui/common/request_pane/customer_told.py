"""What the customer was told, by whom and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import gettext as _
from ui.common.labels import IconLabel, PlainLabel

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from desktop.queries.request_details import RequestDetails


class CustomerTold(QWidget):
    """The sentence a clerk said, as written down; hidden when there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(IconLabel("message-question"), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(2)
        self._head = PlainLabel(size="small", ink="text2", wraps=True)
        self.words = PlainLabel(wraps=True, selectable=True)
        column.addWidget(self._head)
        column.addWidget(self.words)
        layout.addLayout(column, 1)

    def show_details(
        self, details: RequestDetails, now: datetime, zone: tzinfo
    ) -> None:
        """Show what was told about this request."""
        from desktop.formats import short_instant

        self.setVisible(bool(details.told_text))
        self.words.setText(details.told_text)
        head = _("The customer was told")
        if details.told_at is not None:
            when = short_instant(details.told_at, now, zone)
            head = _("The customer was told, {who} {when}").format(
                who=details.told_by, when=when
            )
        self._head.setText(head)
