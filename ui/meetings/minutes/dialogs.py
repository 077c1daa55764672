"""Asks for other words of a decision, and for a correction of approved minutes."""

from __future__ import annotations

import uuid

from PySide6.QtWidgets import QWidget

from desktop.i18n import gettext as _
from desktop.queries.sitting import DecisionLine, SittingBoard
from ui.common.dialog import Dialog
from ui.common.inputs import ChoiceInput, TextInput
from ui.common.labelled import Labelled
from ui.meetings.sitting.words import title_of


class DecisionDialog(Dialog):
    """A decision in other words."""

    def __init__(self, line: DecisionLine, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Decision {number}").format(number=f"D-{line.number}"),
            submit=_("Save"),
            parent=parent,
        )
        self.line = line
        self.resize(560, 0)
        self.text = TextInput(limit=2_000, lines=4, name=_("What was decided"))
        self.text.setPlainText(line.text)
        self.body.addWidget(Labelled(_("What was decided"), self.text))
        self.text.submitted.connect(self.submit)
        self.start_at(self.text)


class AddendumDialog(Dialog):
    """A correction, to stand after minutes that stay as they are."""

    def __init__(self, board: SittingBoard, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Add a correction"),
            _(
                "The approved minutes stay as they are. The correction stands after "
                "them with your name and the time."
            ),
            submit=_("Add"),
            parent=parent,
        )
        self.key = uuid.uuid4()
        self.resize(560, 0)
        options: list[tuple[object, str]] = [(0, _("The minutes as a whole"))]
        options += [
            (one.id, f"{one.item.number}  {title_of(board, one)}")
            for one in board.items
        ]
        self.item = ChoiceInput(options, name=_("About"))
        self.item.set_value(0)
        self.text = TextInput(limit=100_000, lines=5, name=_("Correction"))
        self.body.addWidget(Labelled(_("About"), self.item))
        self.body.addWidget(Labelled(_("Correction"), self.text))
        self.text.submitted.connect(self.submit)
        self.start_at(self.text)

    def item_id(self) -> int | None:
        """Return the item it is about, None for the minutes as a whole."""
        chosen = self.item.value()
        return chosen if isinstance(chosen, int) and chosen else None
