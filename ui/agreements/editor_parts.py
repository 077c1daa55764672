"""The parts of the agreement editor: between whom, and every term."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop.domain.agreement_drafts import LONGEST_NOTE, TargetDraft, TermsDraft
from desktop.domain.agreements import ClockStart, TargetKind
from desktop.domain.errors import Invalid
from desktop.i18n import gettext as _
from desktop.messages import refusal_words
from ui.agreements.change_fields import ChangeField
from ui.agreements.choices import ALL, Choices
from ui.agreements.fields import small_line
from ui.agreements.holds_grid import HoldsGrid
from ui.agreements.target_rows import KindTargets
from ui.agreements.warning_rows import WarningRows
from ui.agreements.words import CHANGES, STARTS, last_day
from ui.common.form import PROBLEM_WORDS, DateInput
from ui.common.inputs import ChoiceInput, LineInput, TextInput
from ui.common.labelled import Labelled
from ui.common.labels import SectionHeading

DAY = timedelta(days=1)
NO_NUMBER = -1
_TOP = Qt.AlignmentFlag.AlignTop


class ScopeFields(QWidget):
    """Name, front unit or all, back unit, service or all."""

    def __init__(self, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = choices
        self.name = LineInput()
        self.front = ChoiceInput(choices.fronts())
        self.front.set_value(ALL)
        self.back = ChoiceInput(choices.backs(), placeholder=_("Choose"))
        self.service = ChoiceInput()
        self.boxes = {
            "name": Labelled(_("Name"), self.name, needed=True),
            "front_unit": Labelled(_("Front office"), self.front),
            "back_unit": Labelled(_("Back office"), self.back, needed=True),
            "service": Labelled(_("Service"), self.service),
        }
        grid = grid_of(self, 3)
        grid.addWidget(self.boxes["name"], 0, 0, 1, 3)
        for column, name in enumerate(("front_unit", "back_unit", "service")):
            grid.addWidget(self.boxes[name], 1, column, _TOP)
        self.back.chosen.connect(lambda _one: self._offer_services())
        self._offer_services()

    def _offer_services(self) -> None:
        every = _("All services")
        self.service.set_options(self._choices.services_of(self.back.value(), every))
        if self.service.value() is None:
            self.service.set_value(ALL)

    def say_missing(self) -> bool:
        """Say what is missing, at the first such field; tell whether something is."""
        self.clear_problems()
        words = _(PROBLEM_WORDS["missing"])
        if not self.name.text().strip():
            return self.show_problem("name", words)
        if self.back.value() is None:
            return self.show_problem("back_unit", words)
        return False

    def clear_problems(self) -> None:
        """Take all complaints back."""
        for box in self.boxes.values():
            box.show_problem("")

    def show_problem(self, field: str, words: str) -> bool:
        """Say what is wrong with a field, and go there; False when it is not here."""
        box = self.boxes.get(field.removesuffix("_id"))
        if box is None:
            return False
        box.show_problem(words)
        box.field.setFocus()
        return True


class TermFields(QWidget):
    """Every term of a version."""

    def __init__(
        self,
        choices: Choices,
        terms: TermsDraft,
        zone: tzinfo,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._zone = zone
        self.calendar = ChoiceInput(list(choices.calendars), placeholder=_("Choose"))
        self.calendar.set_value(terms.calendar_id)
        self.starts = ChoiceInput([(one, _(words)) for one, words in STARTS.items()])
        self.starts.set_value(terms.starts)
        self.kinds = {
            kind: KindTargets(kind, tuple(_of_kind(terms, kind))) for kind in TargetKind
        }
        self.holds = HoldsGrid(terms.holds)
        self.warnings = WarningRows(terms.warn_share, terms.warnings)
        self.changes = {
            name: ChangeField(name, getattr(terms, name)) for name in CHANGES
        }
        self.reopen_days = small_line(_("Can be sent back for"), _("ever"))
        if terms.reopen_days is not None:
            self.reopen_days.setText(str(terms.reopen_days))
        self.valid_from, self.valid_until = DateInput(), DateInput()
        self.valid_from.set_value(_day(terms.valid_from, zone))
        if terms.valid_until is not None:
            self.valid_until.set_value(last_day(terms.valid_until, zone).isoformat())
        self.note = TextInput(limit=LONGEST_NOTE, lines=3)
        self.note.setPlainText(terms.note)
        self._typed_from = self.valid_from.value()
        self._typed_until = self.valid_until.value()
        self._place()

    def _place(self) -> None:
        none = _("Leave it empty while no end is known.")
        self.boxes = {
            "calendar": Labelled(_("Calendar"), self.calendar, needed=True),
            "starts": Labelled(_("The clock starts"), self.starts),
            "valid_from": Labelled(_("First day"), self.valid_from, needed=True),
            "valid_until": Labelled(_("Last day"), self.valid_until, hint=none),
            "note": Labelled(_("Note"), self.note),
            "reopen_days": Labelled(
                _("Days in which it can be sent back"),
                self.reopen_days,
                hint=_("Counted from the day it was resolved. Empty: for ever."),
            ),
        }
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(SectionHeading(_("What is promised")))
        for one in self.kinds.values():
            layout.addWidget(one)
        layout.addSpacing(8)
        layout.addLayout(_pair(self.boxes["calendar"], self.boxes["starts"]))
        layout.addWidget(SectionHeading(_("What holds the clock")))
        layout.addWidget(self.holds)
        layout.addWidget(SectionHeading(_("When it is worth a warning")))
        layout.addWidget(self.warnings)
        layout.addWidget(SectionHeading(_("When the request changes")))
        for change in self.changes.values():
            layout.addWidget(change)
        layout.addWidget(self.boxes["reopen_days"])
        layout.addWidget(SectionHeading(_("When it is valid")))
        layout.addLayout(_pair(self.boxes["valid_from"], self.boxes["valid_until"]))
        layout.addWidget(self.boxes["note"])

    def first_field(self) -> QWidget:
        """Return the field people begin with."""
        for kind in self.kinds.values():
            if kind.rows:
                return kind.rows[0].amount
        return self.kinds[TargetKind.RESPONSE].add_button

    # ------------------------------------------------------------ reading

    def terms(self, began_with: TermsDraft) -> TermsDraft | None:
        """Return the terms; None after saying what cannot be read."""
        targets: list[TargetDraft] = []
        for kind in self.kinds.values():
            found = kind.targets()
            if found is None:
                return None
            targets += found
        calendar_id = self.calendar.value()
        if not isinstance(calendar_id, int):
            self.show_problem("calendar", _(PROBLEM_WORDS["missing"]))
            return None
        levels = self.warnings.levels()
        if levels is None:
            return None
        reopen_days = self._reopen_days()
        if reopen_days == NO_NUMBER:
            return None
        valid_from = self._first(began_with)
        if valid_from is None:
            return None
        is_typed = bool(self.valid_until.value())
        valid_until = self._last(began_with) if is_typed else None
        if is_typed and valid_until is None:
            return None
        chosen = {name: one.value() for name, one in self.changes.items()}
        starts = self.starts.value()
        return TermsDraft(
            calendar_id=calendar_id,
            targets=tuple(targets),
            valid_from=valid_from,
            valid_until=valid_until,
            holds=self.holds.holds(),
            starts=starts if isinstance(starts, ClockStart) else began_with.starts,
            warn_share=levels[0],
            warnings=levels[1],
            note=self.note.toPlainText(),
            reopen_days=reopen_days,
            **chosen,
        )

    def _reopen_days(self) -> int | None:
        """Return the days as typed, None where it is empty, else NO_NUMBER."""
        typed = self.reopen_days.text().strip()
        if not typed:
            return None
        if not typed.isdecimal():
            self.show_problem("reopen_days", refusal_words(Invalid("", "not_a_number")))
            return NO_NUMBER
        return int(typed)

    def _first(self, began_with: TermsDraft) -> datetime | None:
        if self.valid_from.value() == self._typed_from:
            return began_with.valid_from
        return self._midnight("valid_from", self.valid_from.value(), 0)

    def _last(self, began_with: TermsDraft) -> datetime | None:
        if self.valid_until.value() == self._typed_until:
            return began_with.valid_until
        return self._midnight("valid_until", self.valid_until.value(), 1)

    def _midnight(self, field: str, typed: str | None, later: int) -> datetime | None:
        """Return the midnight a typed day begins with, or the one after it."""
        if not typed:
            self.show_problem(field, _(PROBLEM_WORDS["missing"]))
            return None
        try:
            day = date.fromisoformat(typed) + later * DAY
            return datetime.combine(day, time(), self._zone).astimezone(UTC)
        except (ValueError, OverflowError):
            self.show_problem(field, _(PROBLEM_WORDS["not_a_date"]))
            return None

    # ------------------------------------------------------------ refusals

    def clear_problems(self) -> None:
        """Take all complaints back."""
        for kind in self.kinds.values():
            kind.clear_problems()
        for box in self.boxes.values():
            box.show_problem("")
        self.warnings.problem.say("")

    def show_problem(self, field: str, words: str) -> bool:
        """Say what is wrong with a field, and go there; False when it is not here."""
        name, _dot, rest = field.partition(".")
        if name == "targets":
            kind, _dot, priority = rest.partition(".")
            known = {one.value: one for one in TargetKind}
            at = self.kinds[known.get(kind, TargetKind.RESPONSE)]
            number = int(priority) if priority.isdecimal() else None
            at.show_problem(number, words)
            if not at.rows:
                at.add_button.setFocus()
            return True
        if name in ("warnings", "warn_share"):
            self.warnings.problem.say(words)
            self.warnings.rows[0].amount.setFocus()
            return True
        box = self.boxes.get(name.removesuffix("_id"))
        if box is None:
            return False
        box.show_problem(words)
        box.field.setFocus()
        return True


def grid_of(owner: QWidget | None, columns: int) -> QGridLayout:
    """Return a grid of equal columns."""
    grid = QGridLayout(owner) if owner is not None else QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(12)
    for column in range(columns):
        grid.setColumnStretch(column, 1)
    return grid


def _pair(first: QWidget, second: QWidget) -> QGridLayout:
    grid = grid_of(None, 2)
    grid.addWidget(first, 0, 0, _TOP)
    grid.addWidget(second, 0, 1, _TOP)
    return grid


def _of_kind(terms: TermsDraft, kind: TargetKind) -> list[TargetDraft]:
    return [one for one in terms.targets if one.kind is kind]


def _day(at: datetime, zone: tzinfo) -> str:
    return at.astimezone(zone).date().isoformat()
