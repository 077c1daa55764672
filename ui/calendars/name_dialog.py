"""Asks for the name and the time zone of a calendar, new or known."""

from __future__ import annotations

import uuid

from PySide6.QtWidgets import QWidget

from desktop.domain.calendars import CalendarSpec
from desktop.domain.errors import Refusal
from desktop.i18n import gettext as _
from ui.calendars.words import field_of
from ui.calendars.zone_field import ZoneField, known_zones
from ui.common.dialog import Dialog
from ui.common.inputs import LineInput
from ui.common.labelled import Labelled
from ui.common.week.words import problem_of

OFFICE_HOURS = dict.fromkeys(range(5), ((8 * 3600, 16 * 3600),))
"""What a new calendar starts with, to be changed: Monday to Friday, 08:00 to 16:00."""


class NameDialog(Dialog):
    """`names()` gives name and zone, or None after saying what is missing."""

    def __init__(
        self,
        zone: str,
        kept: CalendarSpec | None = None,
        parent: QWidget | None = None,
    ) -> None:
        words = _("It starts with Monday to Friday, 08:00 to 16:00, to be changed.")
        super().__init__(
            _("Name and time zone") if kept else _("New calendar"),
            "" if kept else words,
            submit=_("Change them") if kept else _("Make the calendar"),
            parent=parent,
        )
        self.key = uuid.uuid4()
        self.name = LineInput()
        self.zone = ZoneField(kept.zone if kept else zone)
        self.boxes = {
            "name": Labelled(_("Name"), self.name),
            "zone": Labelled(_("Time zone"), self.zone),
        }
        for box in self.boxes.values():
            self.body.addWidget(box)
        if kept is not None:
            self.name.setText(kept.name)
        self.start_at(self.name)

    def names(self) -> tuple[str, str] | None:
        """Return name and zone."""
        for box in self.boxes.values():
            box.show_problem("")
        name, zone = " ".join(self.name.text().split()), self.zone.value()
        if not name:
            self.boxes["name"].refuse(_("A calendar needs a name."))
            return None
        if zone not in known_zones():
            words = _("There is no such time zone. Choose one of the list.")
            self.boxes["zone"].refuse(words)
            return None
        return name, zone

    def show_refusal(self, refusal: Refusal) -> None:
        """Say it at the field it is about; everything typed stays."""
        box = self.boxes.get(field_of(refusal))
        if box is None:
            super().show_refusal(refusal)
            return
        self.set_busy(False)
        box.refuse(problem_of(refusal))
