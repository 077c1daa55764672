"""What a step asks before it is taken: words, a reason, a unit, a person, a date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.requests import EntryKind, PendingReason
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from ui.common.dialog import Dialog
from ui.common.form import DateInput
from ui.common.inputs import ChoiceInput, TextInput
from ui.common.labels import PlainLabel
from ui.common.request_pane.request_words import REASONS


@dataclass(frozen=True)
class Asking:
    """One dialog as data, in marked source strings; `needed`: words must be typed."""

    title: str
    several: str
    label: str
    submit: str
    hint: str = ""
    needed: bool = True


ASKING: dict[EntryKind, Asking] = {
    EntryKind.ASKED: Asking(
        N_("Ask the front office about {what}"),
        N_("Ask the front office about {count} requests"),
        N_("Question"),
        N_("Ask"),
        N_("The front office has the ball until it answers."),
    ),
    EntryKind.ANSWERED: Asking(
        N_("Answer about {what}"),
        N_("Answer about {count} requests"),
        N_("Answer"),
        N_("Answer"),
        N_("The back office has the ball again."),
    ),
    EntryKind.HELD: Asking(
        N_("Hold {what}"),
        N_("Hold {count} requests"),
        N_("Note"),
        N_("Hold"),
        N_("Its clock stops where the agreement says so for this reason."),
        needed=False,
    ),
    EntryKind.HANDED_OVER: Asking(
        N_("Hand {what} over"),
        N_("Hand {count} requests over"),
        N_("Why"),
        N_("Hand over"),
        N_("The other unit reads this first."),
    ),
    EntryKind.RESOLVED: Asking(
        N_("Resolve {what}"),
        N_("Resolve {count} requests"),
        N_("Outcome"),
        N_("Resolve"),
        N_("The front office reads this out to the customer."),
        needed=False,
    ),
    EntryKind.DECLINED: Asking(
        N_("Decline {what}"),
        N_("Decline {count} requests"),
        N_("Reason"),
        N_("Decline"),
        N_("The front office has to explain this to the customer."),
    ),
    EntryKind.REOPENED: Asking(
        N_("Reopen {what}"),
        N_("Reopen {count} requests"),
        N_("What is missing"),
        N_("Reopen"),
        N_("Its clock goes on from where it stopped."),
    ),
    EntryKind.CONFIRMED: Asking(
        N_("Confirm {what}"),
        N_("Confirm {count} requests"),
        N_("Remark"),
        N_("Confirm"),
        N_("It is then closed."),
        needed=False,
    ),
    EntryKind.CANCELLED: Asking(
        N_("Withdraw {what}"),
        N_("Withdraw {count} requests"),
        N_("Reason"),
        N_("Withdraw"),
        N_("The customer no longer needs it. Its promises get no verdict."),
    ),
    EntryKind.TOLD: Asking(
        N_("What the customer was told about {what}"),
        N_("What the customers of {count} requests were told"),
        N_("Words"),
        N_("Write down"),
    ),
    EntryKind.ASSIGNED: Asking(
        N_("Assign {what}"), N_("Assign {count} requests"), "", N_("Assign"), "", False
    ),
}


class StepDialog(Dialog):
    """Asks what one step needs; `arguments()` are those of its use case."""

    def __init__(
        self,
        step: EntryKind,
        references: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        asking = ASKING[step]
        title = _(asking.title).format(what=references[0])
        if len(references) > 1:
            title = _(asking.several).format(count=len(references))
        hint = _(asking.hint) if asking.hint else ""
        super().__init__(title, hint, submit=_(asking.submit), parent=parent)
        self.step = step
        self._asking = asking
        self.text: TextInput | None = None
        self._fill()
        if asking.label:
            self.text = TextInput(name=_(asking.label), lines=4)
            self.text.setMinimumHeight(self.text.sizeHint().height())
            self.text.submitted.connect(self.submit)
            self._add(_(asking.label), self.text, needed=asking.needed)
            self.start_at(self.text)

    def _fill(self) -> None:
        """Add what stands above the words."""

    def _add(self, label: str, field: QWidget, *, needed: bool = False) -> None:
        box = QVBoxLayout()
        box.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(8)
        shown = PlainLabel(label)
        shown.setBuddy(field)
        head.addWidget(shown)
        if needed:
            head.addWidget(PlainLabel(_("needed"), size="small", ink="text2"))
        head.addStretch(1)
        box.addLayout(head)
        box.addWidget(field)
        self.body.addLayout(box)

    def typed(self) -> str:
        """Return what was typed."""
        return self.text.toPlainText().strip() if self.text is not None else ""

    def missing(self) -> str:
        """Return what is still needed, in words; empty when nothing is."""
        if self._asking.needed and not self.typed():
            return _("“{field}” is empty.").format(field=_(self._asking.label))
        return ""

    def arguments(self) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """Return what the use case gets after the request."""
        return (self.typed(),), {}

    def show_problem(self, words: str) -> None:
        """Say what is wrong, and grow by it instead of squeezing the fields."""
        super().show_problem(words)
        layout = self.layout()
        if layout is not None:
            layout.activate()
            wanted = layout.totalHeightForWidth(self.width())
            self.resize(self.width(), max(self.height(), wanted))

    def submit(self) -> None:
        """Send, unless something needed is missing."""
        missing = self.missing()
        if missing:
            self.show_problem(missing)
        else:
            super().submit()


class HoldDialog(StepDialog):
    """Why a request is held, and when to look at it again."""

    def __init__(
        self,
        references: Sequence[str],
        now: datetime,
        zone: tzinfo,
        parent: QWidget | None = None,
    ) -> None:
        self._today = now.astimezone(zone).date()
        self._zone = zone
        super().__init__(EntryKind.HELD, references, parent)
        self.start_at(self.reason)

    def _fill(self) -> None:
        options = [
            (reason, _("waits for {reason}").format(reason=_(words)))
            for reason, words in REASONS.items()
            if reason is not PendingReason.FRONT_OFFICE
        ]
        self.reason = ChoiceInput(
            options, name=_("Why it waits"), placeholder=_("Choose")
        )
        self._add(_("Why it waits"), self.reason, needed=True)
        self.follow_up = DateInput(name=_("Look again on"))
        self.follow_up.submitted.connect(self.submit)
        self._add(_("Look again on"), self.follow_up)

    def missing(self) -> str:
        """Ask for a reason, and for a day that is one and is not over."""
        if self.reason.value() is None:
            return _("Choose why it waits.")
        typed = self.follow_up.value()
        if typed is None:
            return ""
        try:
            day = date.fromisoformat(typed)
        except ValueError:
            return _("“{typed}” is not a date. Choose one.").format(typed=typed[:40])
        if day < self._today:
            return _("The day to look again is over. Choose a later one.")
        return ""

    def arguments(self) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """Return reason and note, and the instant to look again at."""
        typed = self.follow_up.value()
        at = None
        if typed is not None:
            morning = time(8, 0)
            at = datetime.combine(date.fromisoformat(typed), morning, self._zone)
        # Qt gives a code back as plain text.
        reason = PendingReason(str(self.reason.value()))
        return (reason, self.typed()), {"follow_up_at": at}


class HandOverDialog(StepDialog):
    """To which unit, and why."""

    def __init__(
        self,
        references: Sequence[str],
        units: Sequence[tuple[int, str]],
        parent: QWidget | None = None,
    ) -> None:
        self._units = units
        super().__init__(EntryKind.HANDED_OVER, references, parent)
        self.start_at(self.unit)

    def _fill(self) -> None:
        self.unit = ChoiceInput(self._units, name=_("Unit"), placeholder=_("Choose"))
        self._add(_("Unit"), self.unit, needed=True)

    def missing(self) -> str:
        """Ask for a unit and a note."""
        return _("Choose a unit.") if self.unit.value() is None else super().missing()

    def arguments(self) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """Return unit and note."""
        return (self.unit.value(), self.typed()), {}


NOBODY = 0


class AssignDialog(StepDialog):
    """To whom of the unit, or to nobody."""

    def __init__(
        self,
        references: Sequence[str],
        people: Sequence[tuple[int, str]],
        parent: QWidget | None = None,
    ) -> None:
        self._people = [*people, (NOBODY, _("Nobody yet"))]
        super().__init__(EntryKind.ASSIGNED, references, parent)
        self.start_at(self.person)

    def _fill(self) -> None:
        self.person = ChoiceInput(
            self._people, name=_("Person"), placeholder=_("Choose")
        )
        self._add(_("Person"), self.person, needed=True)

    def missing(self) -> str:
        """Ask for a person."""
        return _("Choose somebody.") if self.person.value() is None else ""

    def arguments(self) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """Return the person, None for nobody."""
        chosen = self.person.value()
        return (None if chosen == NOBODY else chosen,), {}


class TellDialog(StepDialog):
    """What the customer was told, with the sentence that fits as a start."""

    def __init__(
        self, references: Sequence[str], told: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(EntryKind.TOLD, references, parent)
        if self.text is not None:
            self.text.setPlainText(told)
