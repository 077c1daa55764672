"""Asks from when on a version of an agreement promises nothing any more."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from PySide6.QtWidgets import QWidget

from desktop.domain.errors import Invalid, Refusal
from desktop.i18n import gettext as _
from desktop.messages import refusal_words
from ui.common.dialog import Dialog
from ui.common.form import PROBLEM_WORDS, DateInput
from ui.common.labelled import Labelled


class EndDialog(Dialog):
    """`instant()` gives the end, exclusive; None after saying what is wrong."""

    def __init__(
        self,
        name: str,
        number: int,
        zone: tzinfo,
        now: datetime,
        parent: QWidget | None = None,
    ) -> None:
        words = _(
            "“{name}”, version {number}, promises nothing to requests sent after its "
            "last day. What it promised before is still kept to."
        )
        super().__init__(
            _("End the agreement"),
            words.format(name=name, number=number),
            submit=_("End it"),
            parent=parent,
        )
        self._zone = zone
        self.day = DateInput()
        self.day.set_value(now.astimezone(zone).date().isoformat())
        self.box = Labelled(_("Last day"), self.day, needed=True)
        self.body.addWidget(self.box)
        self.start_at(self.day)

    def instant(self) -> datetime | None:
        """Return the midnight after the last day, in UTC."""
        self.box.show_problem("")
        try:
            day = date.fromisoformat(self.day.value() or "") + timedelta(days=1)
            return datetime.combine(day, time(), self._zone).astimezone(UTC)
        except (ValueError, OverflowError):
            self._say(_(PROBLEM_WORDS["not_a_date"]))
            return None

    def show_refusal(self, refusal: Refusal) -> None:
        """Say at the day what is wrong with it, else above the buttons."""
        if isinstance(refusal, Invalid) and refusal.field == "valid_until":
            self.set_busy(False)
            self._say(refusal_words(refusal))
        else:
            super().show_refusal(refusal)

    def _say(self, words: str) -> None:
        self.box.show_problem(words)
        self.day.setFocus()
