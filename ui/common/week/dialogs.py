"""Asks how days are closed, or what hours of their own they have."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from desktop.domain.calendars import Closure, Interval
from desktop.domain.errors import Invalid
from desktop.i18n import gettext as _
from ui.common.dialog import Dialog
from ui.common.form import DateInput
from ui.common.inputs import CheckInput, LineInput
from ui.common.labelled import Labelled
from ui.common.week.fields import date_of, field_words, side_by_side
from ui.common.week.hours import hours_text, parse_hours, time_text


class ClosureDialog(Dialog):
    """`closure()` gives what was typed, or None after saying what is wrong."""

    def __init__(
        self,
        first: date,
        last: date,
        kept: Closure | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            _("Change the closure") if kept else _("Close days"),
            submit=_("Change it") if kept else _("Close them"),
            parent=parent,
        )
        self._kept = kept
        self.name = LineInput()
        self.first, self.last = DateInput(), DateInput()
        self.hours = LineInput(limit=40, placeholder=_("the whole day"))
        self.yearly = CheckInput(_("Every year on these days"))
        self.boxes = {
            "name": Labelled(_("Name"), self.name, hint=_("Proofs name it.")),
            "start": Labelled(_("First day"), self.first),
            "end": Labelled(_("Last day"), self.last),
            "hours": Labelled(
                _("Closed hours of each day"),
                self.hours,
                hint=_("For a part of the day, like 12:00-24:00."),
            ),
        }
        self.body.addWidget(self.boxes["name"])
        self.body.addLayout(side_by_side(self.boxes["start"], self.boxes["end"]))
        self.body.addWidget(self.boxes["hours"])
        self.body.addWidget(self.yearly)
        self.first.set_value(first.isoformat())
        self.last.set_value(last.isoformat())
        if kept is not None:
            self._show(kept)
        self.start_at(self.name)

    def _show(self, kept: Closure) -> None:
        self.name.setText(kept.name)
        self.first.set_value(kept.start.isoformat())
        self.last.set_value(kept.end.isoformat())
        self.yearly.setChecked(kept.yearly)
        if not kept.is_whole_day:
            start, end = kept.hours
            self.hours.setText(f"{time_text(start)}-{time_text(end)}")

    def closure(self) -> Closure | None:
        """Return the closure typed, None after saying what is wrong with it."""
        for box in self.boxes.values():
            box.show_problem("")
        try:
            return self._read()
        except Invalid as problem:
            field = {"closures": "end"}.get(problem.field, problem.field)
            if problem.code == "bad_hours":
                field = "hours"
            self.boxes[field].refuse(field_words(problem))
            return None

    def _read(self) -> Closure:
        first = date_of(self.first, "start")
        last = date_of(self.last, "end")
        hours = parse_hours(self.hours.text())
        if len(hours) > 1:
            raise Invalid("hours", "one_span_only")
        start, end = hours[0] if hours else (None, None)
        return Closure(
            first,
            last,
            " ".join(self.name.text().split()),
            start,
            end,
            yearly=self.yearly.isChecked(),
            is_public_holiday=self._kept.is_public_holiday if self._kept else False,
        )


class HoursDialog(Dialog):
    """`hours()` gives the hours of the days chosen: none says closed."""

    def __init__(
        self,
        days: str,
        hours: tuple[Interval, ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            _("Other hours"),
            _("{days}: these hours hold instead of the weekly ones.").format(days=days),
            submit=_("Give these hours"),
            parent=parent,
        )
        self.line = LineInput(limit=400)
        self.line.setText(hours_text(hours))
        self.box = Labelled(
            _("Hours"), self.line, hint=_("For example 08:00-12:00, 12:30-16:00.")
        )
        self.body.addWidget(self.box)
        self.start_at(self.line)

    def hours(self) -> list[Interval] | None:
        """Return the hours typed, None after saying what is wrong with them."""
        try:
            found = parse_hours(self.line.text())
            if not found:
                raise Invalid("hours", "hours_missing")
        except Invalid as problem:
            self.box.refuse(field_words(problem))
            return None
        self.box.show_problem("")
        return found


class DateDialog(Dialog):
    """`day()` gives a date from which something holds."""

    def __init__(
        self,
        title: str,
        words: str,
        label: str,
        day: date,
        *,
        submit: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, words, submit=submit, parent=parent)
        self.date = DateInput()
        self.date.set_value(day.isoformat())
        self.box = Labelled(label, self.date)
        self.body.addWidget(self.box)
        self.start_at(self.date)

    def day(self) -> date | None:
        """Return the date typed, None after saying what is wrong with it."""
        self.box.show_problem("")
        try:
            return date_of(self.date, "date")
        except Invalid as problem:
            self.box.refuse(field_words(problem))
            return None

    def refuse(self, words: str) -> None:
        """Say at the field why it cannot be this date."""
        self.box.refuse(words)
