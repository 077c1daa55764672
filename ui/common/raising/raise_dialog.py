"""Asks what to raise, for the next session of which series."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.domain.errors import Invalid, Refusal
from desktop.formats import short_instant
from desktop.i18n import gettext as _
from desktop.messages import refusal_words
from desktop.queries.raised_items import SeriesChoice
from ui.common.buttons import SegmentedControl
from ui.common.dialog import Dialog
from ui.common.inputs import ChoiceInput, LineInput, TextInput
from ui.common.labelled import Labelled
from ui.common.stepped_inputs import minutes_input

USUAL_MINUTES = 5
LONGEST = 480


class RaiseDialog(Dialog):
    """`values()` is what a use case takes, beside what it is about."""

    def __init__(
        self,
        choices: Sequence[SeriesChoice],
        now: datetime,
        *,
        about: str = "",
        title: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            _("Raise for the next session"),
            _("About {what}").format(what=about) if about else "",
            submit=_("Raise it"),
            parent=parent,
        )
        self.resize(560, 0)
        self.key = uuid.uuid4()
        self.series = ChoiceInput([(one.id, _named(one, now)) for one in choices])
        self.series.set_value(choices[0].id if choices else None)
        self.title = LineInput(placeholder=_("What is to be talked about?"))
        self.title.setText(title[:200])
        self.title.submitted.connect(self.submit)
        self.outcome = SegmentedControl(
            [
                ("decide", _("Decide")),
                ("inform", _("Inform")),
                ("unblock", _("Unblock")),
            ],
            name=_("Outcome wanted"),
        )
        self.minutes = minutes_input(USUAL_MINUTES, 1, LONGEST)
        self.notes = TextInput(lines=4)
        self.notes.submitted.connect(self.submit)
        self._place()
        self.start_at(self.title)

    def _place(self) -> None:
        self.boxes = {
            "series_id": Labelled(_("Series"), self.series),
            "title": Labelled(_("Title"), self.title, needed=True),
            "outcome": Labelled(_("Outcome wanted"), self.outcome),
            "minutes": Labelled(_("Minutes"), self.minutes),
            "notes": Labelled(
                _("What the others should know"),
                self.notes,
                hint=_("Printed under the item, should the agenda take it."),
            ),
        }
        for name in ("series_id", "title"):
            self.body.addWidget(self.boxes[name])
        line = QHBoxLayout()
        line.setSpacing(16)
        for name in ("outcome", "minutes"):
            line.addWidget(self.boxes[name])
        line.addStretch(1)
        self.body.addLayout(line)
        self.body.addWidget(self.boxes["notes"])

    def values(self) -> dict[str, Any]:
        """Return what was said, by the names the use case knows."""
        return {
            "series_id": self.series.value(),
            "title": self.title.text(),
            "outcome": self.outcome.value(),
            "minutes": self.minutes.value(),
            "notes": self.notes.toPlainText(),
            "key": self.key,
        }

    def refused(self, refusal: Refusal) -> None:
        """Say at the field what is wrong, else above the buttons."""
        self.set_busy(False)
        for box in self.boxes.values():
            box.show_problem("")
        if isinstance(refusal, Invalid) and refusal.field in self.boxes:
            self.boxes[refusal.field].show_problem(refusal_words(refusal))
        else:
            self.show_refusal(refusal)


def _named(choice: SeriesChoice, now: datetime) -> str:
    """Return a series with when it meets next."""
    if choice.next_at is None:
        return _("{series} · no session planned").format(series=choice.name)
    when = short_instant(choice.next_at, now, ZoneInfo(choice.zone))
    return _("{series} · next {when}").format(series=choice.name, when=when)
