"""What the customer was told, by whom and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.text import in_line
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
        self.more = PlainLabel(size="small", ink="text2", wraps=True)
        for part in (self._head, self.words, self.more):
            column.addWidget(part)
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
        self.more.setText(_more(details, now, zone))
        self.more.setVisible(bool(self.more.text()))


def _more(details: RequestDetails, now: datetime, zone: tzinfo) -> str:
    """Return when, how and at what price, beside what the agreement promises."""
    from desktop.formats import short_instant

    parts = []
    if details.told_due_at is not None:
        told = short_instant(details.told_due_at, now, zone)
        parts.append(_("Told for {when}").format(when=told))
        if details.due_at is not None and details.due_at != details.told_due_at:
            due = short_instant(details.due_at, now, zone)
            parts.append(_("promised by the agreement for {when}").format(when=due))
    parts += [part for part in (details.told_how, details.told_price) if part]
    return in_line(*parts, wide=True)
