"""Asks for an action's new date or owner, why it ends, or what is decided of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop import formats
from desktop.domain.action_words import Owner
from desktop.domain.errors import Invalid, Refusal
from desktop.domain.text import in_line
from desktop.i18n import gettext as _
from desktop.messages import refusal_words
from desktop.queries.action_board import ActionLine
from desktop.use_cases.meeting_actions import (
    change_action,
    drop_action,
    escalate_action,
    renew_action,
)
from ui.common.dialog import Dialog
from ui.common.form import PROBLEM_WORDS, DateInput
from ui.common.inputs import ChoiceInput, LineInput
from ui.common.labelled import Labelled

Wanted = tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]
"""A use case with what it takes."""


class ActionAsking(Dialog):
    """What dialogs about one action share; each has ``wanted()``: what to write."""

    def __init__(
        self, line: ActionLine, title: str, submit: str, parent: QWidget | None
    ) -> None:
        super().__init__(
            title.format(label=line.label), line.text, submit=submit, parent=parent
        )
        self.line = line
        self.resize(520, 0)
        self.boxes: dict[str, Labelled] = {}

    def ask(self, name: str, label: str, field: QWidget, *, needed: bool) -> None:
        """Add a field with its label."""
        box = Labelled(label, field, needed=needed)
        field.setAccessibleName(label)
        self.boxes[name] = box
        self.body.addWidget(box)

    def day(self, field: DateInput) -> date | None:
        """Return the day typed, or None after saying what is wrong."""
        said = field.value() or ""
        try:
            return date.fromisoformat(said)
        except ValueError:
            code = "not_a_date" if said else "missing"
            self.boxes["due"].show_problem(_(PROBLEM_WORDS[code]))
            return None

    def refused(self, refusal: Refusal) -> None:
        """Say at the field what is wrong, else above the buttons."""
        self.set_busy(False)
        for box in self.boxes.values():
            box.show_problem("")
        if isinstance(refusal, Invalid) and refusal.field in self.boxes:
            self.boxes[refusal.field].show_problem(refusal_words(refusal))
        else:
            self.show_refusal(refusal)


class ChangeActionDialog(ActionAsking):
    """Another day, another owner."""

    def __init__(
        self, line: ActionLine, owners: Sequence[Owner], parent: QWidget | None = None
    ) -> None:
        super().__init__(line, _("Change {label}"), _("Save"), parent)
        self.due = DateInput()
        self.due.set_value(line.due_on.isoformat())
        self.owner = owner_input(owners)
        self.owner.set_value((line.owner_id, line.owner_unit_id))
        self.ask("due", _("Due"), self.due, needed=True)
        self.ask("owner", _("Owner"), self.owner, needed=True)
        self.due.submitted.connect(self.submit)
        self.start_at(self.due)

    def wanted(self) -> Wanted | None:
        """Return the change."""
        due = self.day(self.due)
        chosen = self.owner.value()
        if due is None:
            return None
        if not isinstance(chosen, tuple):
            self.boxes["owner"].show_problem(_(PROBLEM_WORDS["missing"]))
            return None
        said = {"due_on": due, "owner_id": chosen[0], "owner_unit_id": chosen[1]}
        said["expected_version"] = self.line.version
        return change_action, (self.line.id,), said


class DecideActionDialog(ActionAsking):
    """Carried three times: do it by a new day, drop it, or put it before somebody."""

    def __init__(
        self, line: ActionLine, owners: Sequence[Owner], parent: QWidget | None = None
    ) -> None:
        super().__init__(line, _("Decide {label}"), _("Decide"), parent)
        carried = formats.count(line.carried)
        self.words.setText(
            _("{text}\nCarried {n} times, due {day}.").format(
                text=line.text, n=carried, day=formats.day(line.due_on, year=True)
            )
        )
        self.what = ChoiceInput(
            [
                ("do", _("Do it, by a new day")),
                ("drop", _("Drop it")),
                ("escalate", _("Put it before somebody who decides")),
            ]
        )
        self.what.set_value("do")
        self.due = DateInput()
        people = [one for one in owners if one.person_id is not None]
        self.person = owner_input(people)
        self.why = LineInput(limit=2000)
        self.ask("what", _("Decision"), self.what, needed=True)
        self.ask("due", _("New day"), self.due, needed=True)
        self.ask("person", _("Who decides"), self.person, needed=True)
        self.ask("why", _("Why"), self.why, needed=True)
        self.what.chosen.connect(lambda _what: self._show_fields())
        self.why.submitted.connect(self.submit)
        self._show_fields()
        self.start_at(self.what)

    def _show_fields(self) -> None:
        self.boxes["due"].setVisible(self.what.value() == "do")
        self.boxes["person"].setVisible(self.what.value() == "escalate")
        self.grow()

    def wanted(self) -> Wanted | None:
        """Return the decision."""
        why, more = self.why.text(), {"expected_version": self.line.version}
        if self.what.value() == "drop":
            return drop_action, (self.line.id, why), dict(more)
        if self.what.value() == "do":
            due = self.day(self.due)
            return (renew_action, (self.line.id, due, why), dict(more)) if due else None
        chosen = self.person.value()
        if not isinstance(chosen, tuple):
            self.boxes["person"].show_problem(_(PROBLEM_WORDS["missing"]))
            return None
        return escalate_action, (self.line.id, chosen[0], why), dict(more)


def owner_input(owners: Sequence[Owner]) -> ChoiceInput:
    """Return a choice of people and units, members first."""
    return ChoiceInput(
        [
            (
                (one.person_id, one.unit_id),
                in_line(one.name, one.unit),
            )
            for one in owners
        ],
        placeholder=_("Choose"),
    )
