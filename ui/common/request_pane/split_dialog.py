"""Splitting a request: a row for each part, who does what, whether the whole waits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.errors import Invalid, Refusal
from desktop.domain.text import in_line
from desktop.i18n import gettext as _
from desktop.messages import refusal_words
from desktop.use_cases.splitting import MOST_PARTS, PartDraft
from ui.common.buttons import Button, IconButton
from ui.common.dialog import Dialog
from ui.common.inputs import CheckInput, ChoiceInput, LineInput, TextInput
from ui.common.labelled import Labelled
from ui.common.labels import PlainLabel
from ui.common.tab_order import tab_as_seen
from ui.common.written import take_out

if TYPE_CHECKING:
    from desktop.queries.links import PartChoice
    from desktop.queries.lookups import PersonRow

ANYBODY = 0
AT_FIRST = 2


class PartRow(QWidget):
    """One part: by which unit and service, what it is, and who does it."""

    removed = Signal()
    submitted = Signal()

    def __init__(
        self,
        choices: Sequence[PartChoice],
        people: dict[int, list[tuple[int, str]]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._choices, self._people = choices, people
        options = [
            (number, in_line(one.unit, one.service, wide=True))
            for number, one in enumerate(choices)
        ]
        self.done_by = ChoiceInput(
            options, name=_("Unit and service"), placeholder=_("Unit and service")
        )
        self.done_by.chosen.connect(lambda _one: self._offer_people())
        self.what = LineInput(name=_("What"), placeholder=_("What is to be done"))
        self.what.submitted.connect(self.submitted)
        self.who = ChoiceInput((), name=_("Who"))
        self.remove = IconButton("x", _("Take this part out"))
        self.remove.clicked.connect(self.removed)
        self.problem = PlainLabel(size="small", ink="broken", wraps=True)
        self.problem.hide()
        line = QHBoxLayout()
        line.setSpacing(8)
        for field, share in ((self.done_by, 5), (self.what, 6), (self.who, 4)):
            line.addWidget(field, share)
        line.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(line)
        column.addWidget(self.problem)
        self._offer_people()

    def _choice(self) -> PartChoice | None:
        number = self.done_by.value()
        return self._choices[number] if isinstance(number, int) else None

    def _offer_people(self) -> None:
        choice = self._choice()
        people = self._people.get(choice.unit_id, []) if choice else []
        self.who.set_options([(ANYBODY, _("Whoever is free")), *people])
        if self.who.value() is None:
            self.who.set_value(ANYBODY)

    def is_empty(self) -> bool:
        """Tell whether nothing was chosen or typed."""
        return self._choice() is None and not self.what.text().strip()

    def draft(self) -> PartDraft:
        """Return the part as typed."""
        choice, who = self._choice(), self.who.value()
        return PartDraft(
            self.what.text(),
            choice.service_id if choice else None,
            choice.unit_id if choice else None,
            who if isinstance(who, int) and who != ANYBODY else None,
        )

    def show_problem(self, words: str) -> None:
        """Say what is wrong with this part; nothing when words are empty."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def missing(self) -> str:
        """Return what is still needed, in words; empty when nothing is."""
        if self._choice() is None:
            return _("Choose who does this part.")
        return "" if self.what.text().strip() else _("Say what is to be done.")


class SplitDialog(Dialog):
    """One row per part, a note to all of them, and whether the whole waits."""

    def __init__(
        self,
        reference: str,
        choices: Sequence[PartChoice],
        people: Sequence[PersonRow],
        *,
        can_wait: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            _("Split {reference} into parts").format(reference=reference),
            _(
                "Each part becomes a request of its own, for the same customer, under "
                "the agreement of the unit that does it."
            ),
            submit=_("Split"),
            parent=parent,
        )
        self.setMinimumWidth(760)
        self._tabbed: list[QWidget] = []
        self._choices = choices
        self._people: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for one in people:
            if one.unit_id is not None:
                self._people[one.unit_id].append((one.id, one.name))
        self.rows: list[PartRow] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(8)
        self.body.addLayout(self._column)
        self.add_button = Button(_("Another part"), icon="plus", key="Alt+A")
        self.add_button.setShortcut("Alt+A")
        self.add_button.clicked.connect(lambda: self.add_row().done_by.setFocus())
        line = QHBoxLayout()
        line.addWidget(self.add_button)
        line.addStretch(1)
        self.body.addLayout(line)
        self.note = TextInput(name=_("Note to all of them"), lines=2)
        self.note.submitted.connect(self.submit)
        self.body.addWidget(Labelled(_("Note to all of them"), self.note))
        self.waits = CheckInput(
            _("Hold {reference} until its parts are done").format(reference=reference)
        )
        self.body.addWidget(self.waits)
        self.waits.setVisible(can_wait)
        self.body.addStretch(1)
        for _number in range(AT_FIRST):
            self.add_row()
        self.start_at(self.rows[0].done_by)

    def add_row(self) -> PartRow:
        """Add a row for another part."""
        row = PartRow(self._choices, self._people)
        row.removed.connect(lambda: self._remove(row))
        row.submitted.connect(self.submit)
        self.rows.append(row)
        self._column.addWidget(row)
        self._fit()
        return row

    def beside(self) -> int:
        """Return how many rows there are."""
        return len(self.rows)

    def put_beside(self, content: int) -> None:
        """Have as many, to be filled."""
        for row in self.rows[max(1, content) :]:
            self._remove(row)
        while len(self.rows) < min(content, MOST_PARTS):
            self.add_row()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Let Tab come to parts added later where they stand."""
        self._tabbed = tab_as_seen(self, self._tabbed)
        return super().focusNextPrevChild(forward)

    def _remove(self, row: PartRow) -> None:
        if len(self.rows) == 1:
            return
        place = self.rows.index(row)
        self.rows.remove(row)
        self._column.removeWidget(row)
        take_out(row)
        self.rows[min(place, len(self.rows) - 1)].done_by.setFocus()
        self._fit()

    def _fit(self) -> None:
        for row in self.rows:
            row.remove.setEnabled(len(self.rows) > 1)
        self.add_button.setEnabled(len(self.rows) < MOST_PARTS)
        self.grow()

    def filled(self) -> list[PartRow]:
        """Return the rows something was typed in."""
        return [row for row in self.rows if not row.is_empty()]

    def drafts(self) -> list[PartDraft]:
        """Return the parts as typed, without empty rows."""
        return [row.draft() for row in self.filled()]

    def submit(self) -> None:
        """Send, unless a part is incomplete or there is none."""
        filled = self.filled()
        for row in self.rows:
            row.show_problem(row.missing() if row in filled else "")
        self.grow()
        wrong = [row for row in filled if row.missing()]
        if not filled:
            self.show_problem(_("Write down at least one part."))
        elif wrong:
            field = wrong[0].what if wrong[0].done_by.value() is not None else None
            (field or wrong[0].done_by).setFocus()
        else:
            super().submit()

    def show_refusal(self, refusal: Refusal) -> None:
        """Say why at the part it is about, where it is about one."""
        if isinstance(refusal, Invalid) and refusal.field.startswith("parts."):
            place = int(refusal.field.split(".")[1])
            self.set_busy(False)
            self.filled()[place].show_problem(refusal_words(refusal))
        else:
            super().show_refusal(refusal)
