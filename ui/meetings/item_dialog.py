"""Asks what an agenda item is: title, outcome wanted, leader, minutes, notes."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.domain.errors import Invalid, Refusal
from desktop.i18n import gettext as _
from desktop.messages import refusal_words
from desktop.queries.meeting_rows import BoardItem, Member
from ui.common.buttons import SegmentedControl
from ui.common.dialog import Dialog
from ui.common.inputs import ChoiceInput, LineInput, TextInput
from ui.common.labelled import Labelled
from ui.common.stepped_inputs import minutes_input
from ui.meetings.words import OUTCOMES

LONGEST = 480


class ItemDialog(Dialog):
    """A new item, or one to be changed; `values()` is what a use case takes."""

    def __init__(
        self,
        people: Sequence[Member],
        item: BoardItem | None = None,
        shown_title: str = "",
        role: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            _("Change the item") if item else _("Add an item"),
            submit=_("Save") if item else _("Add"),
            parent=parent,
        )
        self.item = item
        self.key = uuid.uuid4()
        self.resize(560, 0)
        is_own = item is None or item.is_own
        self.title = LineInput(placeholder="" if is_own else shown_title)
        self.title.setText(item.title if item else "")
        self.title.submitted.connect(self.submit)
        self.outcome = SegmentedControl(
            [(code, _(words)) for code, words in OUTCOMES.items()],
            name=_("Outcome wanted"),
        )
        self.minutes = minutes_input(item.running.minutes if item else 5, 1, LONGEST)
        self.leader = ChoiceInput(leaders(people, role or _("chair")))
        self.section = LineInput(placeholder=_("None: it goes on as before"))
        self.section.submitted.connect(self.submit)
        self.notes = TextInput(lines=3)
        self.notes.submitted.connect(self.submit)
        self.chair_notes = TextInput(lines=3)
        self.chair_notes.submitted.connect(self.submit)
        if item is not None:
            self.outcome.set_value(item.running.outcome)
            self.notes.setPlainText(item.notes)
            self.chair_notes.setPlainText(item.chair_notes)
            self.section.setText(item.section)
        self.leader.set_value(item.leader_id if item else None)
        self._place(is_own)
        self.start_at(self.title)

    def _place(self, is_own: bool) -> None:
        hint = "" if is_own else _("Left empty, it is called as it was found.")
        self.boxes = {
            "title": Labelled(_("Title"), self.title, needed=is_own, hint=hint),
            "outcome": Labelled(_("Outcome wanted"), self.outcome),
            "minutes": Labelled(_("Minutes"), self.minutes),
            "leader_id": Labelled(_("Leader"), self.leader),
            "section": Labelled(_("Heading above it"), self.section),
            "notes": Labelled(
                _("Notes"), self.notes, hint=_("Printed under the item’s heading.")
            ),
            "chair_notes": Labelled(
                _("Notes for the chair"),
                self.chair_notes,
                hint=_("Internal: printed on the chair’s copy and nowhere else."),
            ),
        }
        self.body.addWidget(self.boxes["title"])
        line = QHBoxLayout()
        line.setSpacing(16)
        for name in ("outcome", "minutes"):
            line.addWidget(self.boxes[name], 0, Qt.AlignmentFlag.AlignTop)
        line.addStretch(1)
        self.body.addLayout(line)
        for name in ("leader_id", "section", "notes", "chair_notes"):
            self.body.addWidget(self.boxes[name])

    def values(self) -> dict[str, Any]:
        """Return what was said, by the names the use cases know."""
        return {
            "title": self.title.text(),
            "outcome": self.outcome.value(),
            "minutes": self.minutes.value(),
            "leader_id": self.leader.value(),
            "notes": self.notes.toPlainText(),
            "chair_notes": self.chair_notes.toPlainText(),
            "section": self.section.text(),
        }

    def refused(self, refusal: Refusal) -> None:
        """Say at the field what is wrong, else above the buttons."""
        self.set_busy(False)
        for box in self.boxes.values():
            box.show_problem("")
        if isinstance(refusal, Invalid) and refusal.field in self.boxes:
            self.boxes[refusal.field].refuse(refusal_words(refusal))
        else:
            self.show_refusal(refusal)

    def follow(self, item: BoardItem | None) -> None:
        """Hear how the item stands now: only an edit of its words is a conflict."""
        if item is None or self.item is None:
            return
        if _content(item) == _content(self.item):
            self.item = item


def _content(item: BoardItem) -> tuple[object, ...]:
    return (
        item.title,
        item.notes,
        item.leader_id,
        item.running.outcome,
        item.running.minutes,
    )


def leaders(people: Sequence[Member], role: str) -> list[tuple[object, str]]:
    """Return who may lead: the role itself, then people with their units."""
    return [(None, role), *((one.person_id, person_words(one)) for one in people)]


def person_words(one: Member) -> str:
    """Return a name with its unit."""
    return f"{one.name}, {one.unit}" if one.unit else one.name
