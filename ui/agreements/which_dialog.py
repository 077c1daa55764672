"""Why this one? Which agreement applies to a request, and why the others do not."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, tzinfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.i18n import gettext as _
from desktop.queries.applying import Applies
from ui.agreements.choices import ALL, Choices, chosen_id
from ui.common.dialog import Dialog
from ui.common.form import PROBLEM_WORDS, DateInput
from ui.common.inputs import ChoiceInput
from ui.common.labelled import Labelled
from ui.common.request_pane.applies import AppliesView
from ui.common.scroll_area import ScrollArea

NOON = time(12)


class WhichDialog(Dialog):
    """Asked anew at each choice: `asked(front, back, service, instant)`."""

    asked = Signal(object, object, object, object)

    def __init__(
        self,
        choices: Choices,
        zone: tzinfo,
        now: datetime,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            _("Why this one?"),
            _(
                "The most specific agreement in force applies: one for the service "
                "goes before one for the front office, that before one for all."
            ),
            submit=_("Close"),
            key="Esc",
            parent=parent,
        )
        self._choices, self._zone = choices, zone
        self.cancel_button.hide()
        self.setFixedWidth(720)
        fronts = choices.fronts(or_all=False)
        self.front = ChoiceInput(fronts, placeholder=_("Choose"))
        self.back = ChoiceInput(choices.backs(), placeholder=_("Choose"))
        for field in (self.front, self.back):
            if field.count():
                field.setCurrentIndex(0)
        self.service = ChoiceInput()
        self.day = DateInput()
        self.day.set_value(now.astimezone(zone).date().isoformat())
        self._now = now
        self.day_box = Labelled(_("Sent on"), self.day)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        grid.addWidget(Labelled(_("Front office"), self.front), 0, 0)
        grid.addWidget(Labelled(_("Back office"), self.back), 0, 1)
        grid.addWidget(Labelled(_("Service"), self.service), 1, 0)
        grid.addWidget(self.day_box, 1, 1)
        self.body.addLayout(grid)
        self.view = AppliesView()
        area = ScrollArea()
        area.setWidget(self.view)
        area.setFixedHeight(264)
        self.body.addWidget(area)
        self.back.chosen.connect(lambda _one: self._offer_services())
        for field in (self.front, self.service):
            field.chosen.connect(lambda _one: self.ask())
        self.day.changed.connect(self.ask)
        self.submitted.connect(self.accept)
        self.start_at(self.front)

    def begin(self, front_unit_id: int | None = None, back: int | None = None) -> None:
        """Choose units to begin with, where they are known, and ask."""
        for field, value in ((self.front, front_unit_id), (self.back, back)):
            if value is not None:
                field.set_value(value)
        self._offer_services()

    def _offer_services(self) -> None:
        every = _("A service without an agreement of its own")
        options = self._choices.services_of(self.back.value(), every)
        self.service.set_options(options)
        if self.service.value() is None:
            self.service.set_value(ALL)
        self.ask()

    def ask(self) -> None:
        """Ask which agreement applies to what is chosen."""
        front, back = self.front.value(), self.back.value()
        at = self._instant()
        words = "" if at is not None else _(PROBLEM_WORDS["not_a_date"])
        self.day_box.show_problem(words)
        if at is not None and isinstance(front, int) and isinstance(back, int):
            self.asked.emit(front, back, chosen_id(self.service.value()), at)

    def show_answer(self, applies: Applies) -> None:
        """Show which applies."""
        self.view.show_applies(applies, self._zone)

    def _instant(self) -> datetime | None:
        """Return the day's noon, or now where it is today."""
        try:
            day = date.fromisoformat(self.day.value() or "")
            if day == self._now.astimezone(self._zone).date():
                return self._now
            return datetime.combine(day, NOON, self._zone).astimezone(UTC)
        except (ValueError, OverflowError):
            return None
