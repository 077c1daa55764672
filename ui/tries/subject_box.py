"""What is tried: an agreement, or a new one between units of one's choice."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.requests import Side
from desktop.i18n import gettext as _
from desktop.queries.kept_trials import TriedSubject
from desktop.queries.try_choices import TryBoard, TryChoice
from ui.common.inputs import ChoiceInput
from ui.common.labels import PlainLabel
from ui.tries.words import between_words, choice_words

NEW: Final = -1
"""Stands for a new agreement among the agreements."""
ALL: Final = 0
"""Stands for every front unit or service, where a choice needs a value."""


class SubjectBox(QWidget):
    """`chosen(TryChoice)` when somebody chooses; `choice` is None with nothing to."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._board = TryBoard()
        self.choice: TryChoice | None = None
        self.agreement = ChoiceInput(name=_("Agreement"))
        self.between = PlainLabel("", size="small", ink="text2", wraps=True)
        # A name without a gap must not make the pane wider than it is.
        self.between.setMinimumWidth(1)
        self.front = ChoiceInput(name=_("Front office"))
        self.back = ChoiceInput(name=_("Back office"))
        self.service = ChoiceInput(name=_("Service"))
        self._new = QWidget()
        inner = QVBoxLayout(self._new)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(4)
        for label, field in (
            (_("Front office"), self.front),
            (_("Back office"), self.back),
            (_("Service"), self.service),
        ):
            inner.addWidget(PlainLabel(label, size="small", ink="text2"))
            inner.addWidget(field)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.agreement)
        layout.addWidget(self._new)
        layout.addWidget(self.between)
        self._new.hide()
        self.agreement.chosen.connect(lambda _one: self._take())
        self.back.chosen.connect(lambda _one: self._take_back())
        for field in (self.front, self.service):
            field.chosen.connect(lambda _one: self._take())

    def show_board(self, board: TryBoard, wanted: int | None = None) -> None:
        """Offer what can be tried; what was chosen stays chosen where it is there."""
        self._board = board
        options: list[tuple[object, str]] = [
            (one.agreement_id, choice_words(one)) for one in board.choices
        ]
        if board.can_be_new:
            options.append((NEW, _("A new agreement")))
        self.agreement.set_options(options)
        fronts: list[tuple[object, str]] = [(ALL, _("All front offices"))]
        fronts += [(one.unit_id, one.name) for one in board.of_side(Side.FRONT)]
        self.front.set_options(fronts)
        self.back.set_options(
            [(one.unit_id, one.name) for one in board.of_side(Side.BACK)]
        )
        for field in (self.front, self.back):
            if field.currentIndex() < 0 and field.count():
                field.setCurrentIndex(0)
        self._offer_services()
        known = [one for one, _words in options]
        if wanted is not None and wanted in known:
            self.agreement.set_value(wanted)
        elif self.agreement.currentIndex() < 0 and options:
            self.agreement.setCurrentIndex(0)
        self._find()

    def _offer_services(self) -> None:
        back = self.back.value()
        options: list[tuple[object, str]] = [(ALL, _("All services"))]
        if isinstance(back, int):
            offered = self._board.services_of(back)
            options += [(one.service_id, one.name) for one in offered]
        self.service.set_options(options)
        if self.service.currentIndex() < 0:
            self.service.setCurrentIndex(0)

    def _take_back(self) -> None:
        self._offer_services()
        self._take()

    def _take(self) -> None:
        self._find()
        self.chosen.emit()

    def _find(self) -> None:
        """Take what is chosen in the fields."""
        chosen, board = self.agreement.value(), self._board
        is_new = chosen == NEW
        self._new.setVisible(is_new)
        self.choice = None
        back = self.back.value()
        if is_new and isinstance(back, int):
            self.choice = board.new_choice(
                _id(self.front.value()), back, _id(self.service.value())
            )
        elif not is_new:
            self.choice = next(
                (one for one in board.choices if one.agreement_id == chosen), None
            )
        self.between.setText(self._told())

    def _told(self) -> str:
        choice = self.choice
        if choice is None:
            return ""
        if not choice.is_new:
            return between_words(choice)
        if choice.terms is None:
            return _("Nothing is agreed for all of it yet.")
        return _("Starts from what holds there now: {agreement}.").format(
            agreement=choice.terms.name or choice.back_unit
        )

    # ------------------------------------------------------------ kept trials

    def subject(self) -> TriedSubject:
        """Return what is chosen, as it is kept."""
        choice = self.choice
        assert choice is not None
        if not choice.is_new:
            return TriedSubject(choice.agreement_id)
        return TriedSubject(
            None, choice.front_unit_id, choice.back_unit_id, choice.service_id
        )

    def restore(self, subject: TriedSubject) -> bool:
        """Choose what was kept; False where it is not here any more."""
        if subject.agreement_id is not None:
            known = {one.agreement_id for one in self._board.choices}
            if subject.agreement_id not in known:
                return False
            self.agreement.set_value(subject.agreement_id)
        else:
            units = {one.unit_id for one in self._board.units}
            wanted = {subject.back_unit_id, subject.front_unit_id} - {None}
            if subject.back_unit_id is None or not wanted <= units:
                return False
            self.agreement.set_value(NEW)
            self.back.set_value(subject.back_unit_id)
            self._offer_services()
            self.front.set_value(subject.front_unit_id or ALL)
            self.service.set_value(subject.service_id or ALL)
            if self.service.currentIndex() < 0:
                return False
        self._find()
        return self.choice is not None


def _id(value: object) -> int | None:
    return value if isinstance(value, int) and value != ALL else None
