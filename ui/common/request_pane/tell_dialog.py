"""Asks what the customer was told: in which words, for when, how, at what price."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.domain.requests import EntryKind
from desktop.i18n import gettext as _
from ui.common.form import DateInput
from ui.common.request_pane.step_dialogs import StepDialog
from ui.common.told_fields import ToldFields


@dataclass(frozen=True)
class Told:
    """What the customer was told last."""

    text: str = ""
    due_at: datetime | None = None
    how: str = ""
    price: str = ""


class TellDialog(StepDialog):
    """Begins with what was told before, or with the sentence that fits."""

    def __init__(
        self,
        references: Sequence[str],
        told: Told,
        zone: tzinfo,
        parent: QWidget | None = None,
    ) -> None:
        self._told, self._zone = told, zone
        super().__init__(EntryKind.TOLD, references, parent)
        if self.text is not None:
            self.text.setPlainText(told.text)
        self.ready = DateInput(name=_("Told it is ready on"))
        if told.due_at is not None:
            self.ready.set_value(told.due_at.astimezone(zone).date().isoformat())
        self.ready.submitted.connect(self.submit)
        self._add(_("Told it is ready on"), self.ready)
        self.fields = ToldFields()
        self.fields.set_usual(told.how, told.price)
        for field in (self.fields.how, self.fields.price):
            field.submitted.connect(self.submit)
        self.body.addWidget(self.fields)

    def missing(self) -> str:
        """Ask for words, and for a day that is one."""
        typed = self.ready.value()
        if typed is not None:
            try:
                date.fromisoformat(typed)
            except ValueError:
                return _("“{typed}” is not a date. Choose one.").format(
                    typed=typed[:40]
                )
        return super().missing()

    def arguments(self) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """Return the words and the instant, and how and at what price."""
        more = {
            "how": self.fields.how.text().strip(),
            "price": self.fields.price.text().strip(),
        }
        return (self.typed(), self._due_at()), more

    def _due_at(self) -> datetime | None:
        """Return the instant told; a day alone means until it ends."""
        typed = self.ready.value()
        if typed is None:
            return None
        day = date.fromisoformat(typed)
        before = self._told.due_at
        if before is not None and before.astimezone(self._zone).date() == day:
            return before
        return datetime.combine(day, time(23, 59), self._zone)
