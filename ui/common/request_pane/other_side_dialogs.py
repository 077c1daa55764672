"""What steps between the sides ask: why it comes back, how the work was, what now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import Refusal
from desktop.domain.requests import EntryKind
from desktop.domain.returns import ReturnReason
from desktop.i18n import gettext as _
from ui.common.buttons import Button, SegmentedControl
from ui.common.inputs import ChoiceInput
from ui.common.request_pane.step_dialogs import HandOverDialog, StepDialog
from ui.common.return_words import RETURN_REASONS

_NONE = ""
_NOT_SAID = "not_said"


def reason_choice() -> ChoiceInput:
    """Return the choice of why something comes back; no reason at first."""
    options = [(one.value, _(words)) for one, words in RETURN_REASONS.items()]
    made = ChoiceInput([(_NONE, _("No reason named")), *options], name=_label())
    made.set_value(_NONE)
    return made


def reason_of(choice: ChoiceInput) -> dict[str, Any]:
    """Return the reason as a use case takes it, nothing where none is named."""
    chosen = choice.value()
    return {"reason": ReturnReason(str(chosen))} if chosen else {}


def _label() -> str:
    return _("Why it comes back")


class AskDialog(StepDialog):
    """The question, and what was missing in what was sent."""

    def __init__(self, references: Sequence[str], parent: QWidget | None = None):
        super().__init__(EntryKind.ASKED, references, parent)

    def _fill(self) -> None:
        self.reason = reason_choice()
        self._add(_label(), self.reason)

    def arguments(self) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """Return the question and the reason."""
        words, more = super().arguments()
        return words, more | reason_of(self.reason)


class HandBackDialog(HandOverDialog):
    """Asks for the reason too, where it goes back to the unit that sent it."""

    def __init__(
        self,
        references: Sequence[str],
        units: Sequence[tuple[int, str]],
        people: Sequence[tuple[int, str, int | None]],
        fronts: frozenset[int | None],
        parent: QWidget | None = None,
    ) -> None:
        self._fronts = fronts
        super().__init__(references, units, people, parent)

    def _fill(self) -> None:
        super()._fill()
        self.reason = reason_choice()
        self._add(_label(), self.reason)
        self.unit.currentIndexChanged.connect(self._offer_reason)
        self._offer_reason()

    def _offer_reason(self) -> None:
        self.reason.setEnabled(self.unit.value() in self._fronts)

    def arguments(self) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """Return what a hand-over takes, and the reason where it goes back."""
        words, more = super().arguments()
        return words, more | (reason_of(self.reason) if self.reason.isEnabled() else {})


class ConfirmDialog(StepDialog):
    """How the work was, in one click, with a word where there is one."""

    def __init__(self, references: Sequence[str], parent: QWidget | None = None):
        super().__init__(EntryKind.CONFIRMED, references, parent)

    def _fill(self) -> None:
        self.rating = SegmentedControl(
            [
                (_NOT_SAID, _("Not said")),
                ("top", _("Could not be better")),
                ("not", _("Could be better")),
            ],
            name=_("How the work was"),
        )
        self.rating.set_value(_NOT_SAID)
        self._add(_("How the work was"), self.rating)

    def arguments(self) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """Return the words, and the rating where it was said."""
        words, more = super().arguments()
        chosen = self.rating.value()
        is_said = chosen != _NOT_SAID
        return words, more | ({"is_top": chosen == "top"} if is_said else {})


class ReopenDialog(StepDialog):
    """Offers to send a request that follows, once it is too late to send back.

    `follow_wanted` carries the words typed.
    """

    follow_wanted = Signal(str)

    def __init__(self, references: Sequence[str], parent: QWidget | None = None):
        super().__init__(EntryKind.REOPENED, references, parent)
        self.follow_button = Button(_("Send it as a new request"), icon="send")
        self.follow_button.clicked.connect(self._follow)
        self.follow_button.hide()
        self.body.addWidget(self.follow_button)

    def _follow(self) -> None:
        if self.missing():
            self.show_problem(self.missing())
        else:
            self.follow_wanted.emit(self.typed())

    def show_refusal(self, refusal: Refusal) -> None:
        """Say why, and offer the way on where it is too late."""
        if refusal.code == "reopen_too_late":
            self.follow_button.show()
        super().show_refusal(refusal)
