"""Asks for an action: what is to be done, about what, by whom, by when."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.domain.errors import Invalid, Refusal
from desktop.i18n import gettext as _
from desktop.messages import refusal_words
from desktop.queries.meeting_rows import Member
from ui.common.completer import Completer
from ui.common.dialog import Dialog
from ui.common.form import PROBLEM_WORDS, DateInput
from ui.common.inputs import ChoiceInput, LineInput
from ui.common.labelled import Labelled
from ui.meetings.item_dialog import person_words


class ActionDialog(Dialog):
    """A new action; `text topic owner_id due_on` are what a use case takes."""

    def __init__(
        self,
        people: Sequence[Member],
        topics: Sequence[str],
        topic: str,
        due_on: date,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            _("Add an action"),
            _("It is on every agenda of this series until it is done or dropped."),
            submit=_("Add"),
            parent=parent,
        )
        self.key = uuid.uuid4()
        self.resize(560, 0)
        self.text = LineInput(limit=2000)
        self.topic = LineInput()
        self.topic.setText(topic)
        completer = Completer(topics, self.topic)
        self.topic.setCompleter(completer)
        self.owner = ChoiceInput(
            [(one.person_id, person_words(one)) for one in people],
            placeholder=_("Choose"),
        )
        self.due = DateInput()
        self.due.set_value(due_on.isoformat())
        for line in (self.text, self.topic, self.due):
            line.submitted.connect(self.submit)
        self.boxes = {
            "text": Labelled(_("What is to be done"), self.text, needed=True),
            "topic": Labelled(_("Topic"), self.topic, needed=True),
            "owner": Labelled(_("Owner"), self.owner, needed=True),
            "due": Labelled(_("Due"), self.due, needed=True),
        }
        self.body.addWidget(self.boxes["text"])
        self.body.addWidget(self.boxes["topic"])
        foot = QHBoxLayout()
        foot.setSpacing(16)
        foot.addWidget(self.boxes["owner"], 1)
        foot.addWidget(self.boxes["due"], 1)
        self.body.addLayout(foot)
        self.start_at(self.text)

    def due_on(self) -> date | None:
        """Return the day, or None after saying that there is none."""
        said = self.due.value() or ""
        try:
            return date.fromisoformat(said)
        except ValueError:
            code = "not_a_date" if said else "missing"
            self.boxes["due"].refuse(_(PROBLEM_WORDS[code]))
            return None

    def owner_id(self) -> int | None:
        """Return the owner's id, None when nobody was chosen."""
        chosen = self.owner.value()
        return chosen if isinstance(chosen, int) else None

    def refused(self, refusal: Refusal) -> None:
        """Say at the field what is wrong, else above the buttons."""
        self.set_busy(False)
        for box in self.boxes.values():
            box.show_problem("")
        if isinstance(refusal, Invalid) and refusal.field in self.boxes:
            self.boxes[refusal.field].refuse(refusal_words(refusal))
        else:
            self.show_refusal(refusal)
