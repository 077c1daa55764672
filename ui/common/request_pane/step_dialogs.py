"""What a step asks before it is taken: words, a reason, a unit, a person, a date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, tzinfo
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from desktop.domain.requests import EntryKind, PendingReason
from desktop.formats import clock_time
from desktop.i18n import gettext as _
from ui.common.dialog import Dialog
from ui.common.form import DateInput
from ui.common.inputs import ChoiceInput, TextInput
from ui.common.kept_sheets import keep_dialog
from ui.common.kept_words import ON_REQUESTS, KeptWords
from ui.common.labelled import Labelled
from ui.common.request_pane.request_words import PRIORITIES, REASONS
from ui.common.request_pane.step_asking import ASKING

if TYPE_CHECKING:
    from ui.context import Context

NOBODY = 0
MORNING = time(8, 0)
"""When somebody is reminded on the day to look again."""


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
        self._needed: list[QWidget] = []
        self._fill()
        if asking.label:
            self.text = TextInput(name=_(asking.label), lines=4)
            self.text.setMinimumHeight(self.text.sizeHint().height())
            self.text.submitted.connect(self.submit)
            self._words = self._add(_(asking.label), self.text, needed=asking.needed)
            self.start_at(self.text)

    def _fill(self) -> None:
        """Add what stands above the words."""

    def add_tool(self, button: QWidget) -> None:
        """Put a button above the words."""
        self._words.add_tool(button)

    def _add(self, label: str, field: QWidget, *, needed: bool = False) -> Labelled:
        box = Labelled(label, field, needed=needed)
        if needed:
            self._needed.append(field)
        self.body.addWidget(box)
        return box

    def keep_at(self, context: Context, request_ids: Sequence[int]) -> None:
        """Bring back what was written and not sent, and keep what is written now.

        Words stay when it is cancelled; what is chosen comes back after a crash alone.
        """
        about = " ".join([self.step.value, *(str(one) for one in request_ids)])
        text, is_filled = self.text, bool(self.typed())
        if text is not None and not is_filled:
            KeptWords.of(context, ON_REQUESTS).hold(self, about, text)
        besides = () if text is None or is_filled else (text,)
        key = f"chosen {about}"
        keep_dialog(context, self, ON_REQUESTS, key, besides=besides, asks=False)

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
            wanting = self.wanting()
            if wanting is not None:
                wanting.setFocus()
        else:
            super().submit()

    def wanting(self) -> QWidget | None:
        """Return the first field that has to be filled and is not."""
        return next((one for one in self._needed if _is_empty(one)), None)


def _is_empty(field: QWidget) -> bool:
    if isinstance(field, TextInput):
        return not field.toPlainText().strip()
    return isinstance(field, ChoiceInput) and field.value() is None


class HoldDialog(StepDialog):
    """Why a request is held, and when to look at it again."""

    def __init__(
        self,
        references: Sequence[str],
        now: datetime,
        zone: tzinfo,
        parent: QWidget | None = None,
    ) -> None:
        self._today, self._now = now.astimezone(zone).date(), now
        self._zone = zone
        super().__init__(EntryKind.HELD, references, parent)
        self.start_at(self.reason)

    def _fill(self) -> None:
        options = [
            (reason, _("waits for {reason}").format(reason=_(words)))
            for reason, words in REASONS.items()
            if reason not in (PendingReason.FRONT_OFFICE, PendingReason.PARTS)
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
        morning = self._morning_of(day)
        if morning <= self._now:
            words = _("{time} of that day is over. Choose a later one.")
            return words.format(time=clock_time(morning, self._zone))
        return ""

    def _morning_of(self, day: date) -> datetime:
        return datetime.combine(day, MORNING, self._zone)

    def arguments(self) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """Return reason and note, and the instant to look again at."""
        typed = self.follow_up.value()
        at = None
        if typed is not None:
            at = self._morning_of(date.fromisoformat(typed))
        # Qt gives a code back as plain text.
        reason = PendingReason(str(self.reason.value()))
        return (reason, self.typed()), {"follow_up_at": at}


class HandOverDialog(StepDialog):
    """To which unit, to whom there if to anybody, and why."""

    def __init__(
        self,
        references: Sequence[str],
        units: Sequence[tuple[int, str]],
        people: Sequence[tuple[int, str, int | None]] = (),
        parent: QWidget | None = None,
    ) -> None:
        self._units = units
        self._people = people
        super().__init__(EntryKind.HANDED_OVER, references, parent)
        self.start_at(self.unit)

    def _fill(self) -> None:
        self.unit = ChoiceInput(self._units, name=_("Unit"), placeholder=_("Choose"))
        self._add(_("Unit"), self.unit, needed=True)
        self.person = ChoiceInput(
            name=_("Person"), placeholder=_("Whoever takes it first")
        )
        self._add(_("Person"), self.person)
        self.unit.currentIndexChanged.connect(self._offer_people)
        self._offer_people()

    def _offer_people(self) -> None:
        """Offer the people of the unit chosen."""
        unit = self.unit.value()
        there = [(one, name) for one, name, of in self._people if of == unit]
        self.person.set_options([(NOBODY, _("Whoever takes it first")), *there])
        self.person.setEnabled(bool(there) and unit is not None)

    def missing(self) -> str:
        """Ask for a unit and a note."""
        return _("Choose a unit.") if self.unit.value() is None else super().missing()

    def arguments(self) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """Return unit and note, and the person if one was chosen."""
        return (self.unit.value(), self.typed()), {
            "person_id": self.person.value() or None
        }


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


class PriorityDialog(StepDialog):
    """Which priority, and why."""

    def __init__(
        self,
        references: Sequence[str],
        priority: int | None,
        parent: QWidget | None = None,
    ) -> None:
        self._priority = priority
        super().__init__(EntryKind.PRIORITY_CHANGED, references, parent)
        self.start_at(self.priority)

    def _fill(self) -> None:
        options = [(number, _(words)) for number, words in PRIORITIES.items()]
        self.priority = ChoiceInput(
            options, name=_("Priority"), placeholder=_("Choose")
        )
        self.priority.set_value(self._priority)
        self._add(_("Priority"), self.priority, needed=True)

    def missing(self) -> str:
        """Ask for a priority and a reason."""
        if self.priority.value() is None:
            return _("Choose a priority.")
        return super().missing()

    def arguments(self) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """Return priority and reason."""
        return (self.priority.value(), self.typed()), {}
