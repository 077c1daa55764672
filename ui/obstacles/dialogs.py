"""What a step on an obstacle asks: words, a unit and a person, a day, another one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from ui.common.date_input import DateInput
from ui.common.dialog import Dialog
from ui.common.inputs import ChoiceInput, LineInput, SearchField, TextInput
from ui.common.labelled import Labelled
from ui.common.lines import Line, Lines

if TYPE_CHECKING:
    from desktop.queries.lookups import PersonRow, UnitRow
    from desktop.queries.obstacle_details import ObstacleDetails
    from desktop.queries.obstacle_lists import ObstacleList, ObstacleRow
    from ui.context import Context

NOBODY = 0
TYPING_MS = 200
END_OF_DAY = time(17)
MOST = 8
MINUTES = (3, 5, 10, 15, 20, 30)
OUTCOMES = {
    "decide": N_("Decide"),
    "inform": N_("Inform"),
    "unblock": N_("Unblock"),
}


@dataclass(frozen=True)
class Asking:
    """A dialog that asks for words, in marked source strings."""

    title: str
    label: str
    submit: str
    hint: str = ""
    is_needed: bool = True


ASKING = {
    "answer": Asking(
        N_("Answer #{number}"),
        N_("Answer"),
        N_("Answer"),
        N_("Everybody it stops reads this."),
    ),
    "refuse": Asking(
        N_("Refuse #{number}"),
        N_("Reason"),
        N_("Refuse"),
        N_("Everybody it stops reads why."),
    ),
    "reopen": Asking(
        N_("Open #{number} again"),
        N_("Why"),
        N_("Open again"),
        N_("The answer is due anew."),
    ),
    "close": Asking(
        N_("Close #{number}"),
        N_("Why"),
        N_("Close"),
        N_("Nothing more is to be done about it."),
        is_needed=False,
    ),
    "drop": Asking(
        N_("Give the improvement of #{number} up"),
        N_("Why"),
        N_("Give up"),
        N_("The obstacle waits for an answer again."),
    ),
}


class WordsDialog(Dialog):
    """Asks for words; `needed` ones have to be there."""

    def __init__(
        self, asking: Asking, details: ObstacleDetails, parent: QWidget | None = None
    ) -> None:
        number, title = details.row.number, details.row.title
        super().__init__(
            _(asking.title).format(number=number),
            "  ·  ".join(part for part in (title, _(asking.hint)) if part),
            submit=_(asking.submit),
            parent=parent,
        )
        self._asking = asking
        self.text = TextInput(lines=4)
        self.text.submitted.connect(self.submit)
        note = _("needed") if asking.is_needed else _("optional")
        self.field = Labelled(_(asking.label), self.text, note=note)
        self.body.addWidget(self.field)
        self.start_at(self.text)

    def typed(self) -> str:
        """Return what was typed."""
        return self.text.toPlainText().strip()

    def submit(self) -> None:
        """Send, unless words are still needed."""
        if self._asking.is_needed and not self.typed():
            self.field.show_problem(_("Write something first."))
            self.text.setFocus()
            self.grow()
        else:
            super().submit()


class GiveDialog(Dialog):
    """Which unit, and who of it, owes the answer."""

    def __init__(
        self,
        details: ObstacleDetails,
        units: Sequence[UnitRow],
        people: Sequence[PersonRow],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            _("Who answers #{number}").format(number=details.row.number),
            _("They are told. By when it is due stays as it is."),
            submit=_("Give"),
            parent=parent,
        )
        self._people = people
        self.unit = ChoiceInput([(one.id, one.name) for one in units])
        self.person = ChoiceInput()
        self.body.addWidget(Labelled(_("Unit"), self.unit))
        self.body.addWidget(Labelled(_("Person"), self.person, note=_("optional")))
        self.body.addStretch(1)
        self.unit.set_value(details.row.owing_unit_id)
        self.unit.chosen.connect(lambda _unit: self._offer_people())
        self._offer_people()
        self.person.set_value(details.owing_id or NOBODY)
        self.start_at(self.unit)

    def _offer_people(self) -> None:
        there = [one for one in self._people if one.unit_id == self.unit.value()]
        self.person.set_options(
            [(NOBODY, _("Nobody by name")), *((one.id, one.name) for one in there)]
        )
        if self.person.value() is None:
            self.person.set_value(NOBODY)

    def wanted(self) -> tuple[int, int | None]:
        """Return the unit and the person chosen."""
        unit, person = self.unit.value(), self.person.value()
        assert isinstance(unit, int)
        return unit, person if isinstance(person, int) and person else None


class DueDialog(Dialog):
    """By when it is answered, and why that changed."""

    def __init__(
        self, details: ObstacleDetails, zone: tzinfo, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            _("By when #{number} is answered").format(number=details.row.number),
            _("Everybody it stops is told."),
            submit=_("Change"),
            parent=parent,
        )
        self._zone = zone
        self._before = details.row.due_at
        self.day = DateInput(name=_("Day"))
        if self._before is not None:
            self.day.set_value(self._before.astimezone(zone).date().isoformat())
        self.day.submitted.connect(self.submit)
        self.why = LineInput()
        self.why.submitted.connect(self.submit)
        self.field = Labelled(_("Day"), self.day, needed=True)
        self.body.addWidget(self.field)
        self.body.addWidget(Labelled(_("Why"), self.why, note=_("optional")))
        self.body.addStretch(1)
        self.start_at(self.day.line)

    def due_at(self) -> datetime | None:
        """Return the instant: the time of day it was due before, else 17:00."""
        try:
            day = date.fromisoformat(self.day.value() or "")
        except ValueError:
            return None
        if self._before is not None:
            at = self._before.astimezone(self._zone).time()
        else:
            at = END_OF_DAY
        return datetime.combine(day, at, self._zone)

    def submit(self) -> None:
        """Send, unless there is no day."""
        if self.due_at() is None:
            self.field.show_problem(_("Choose a day."))
            self.day.line.setFocus()
            self.grow()
        else:
            super().submit()


class MergeDialog(Dialog):
    """In which other obstacle this one goes on."""

    def __init__(
        self, context: Context, details: ObstacleDetails, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            _("Merge #{number} into another").format(number=details.row.number),
            _("Its voices and requests go on there, and it is answered there."),
            submit=_("Merge"),
            parent=parent,
        )
        self._context, self._own = context, details.row.id
        self.rows: tuple[ObstacleRow, ...] = ()
        self.search = SearchField(_("Number or words"))
        self.search.setText("")
        self.found = Lines(name=_("Obstacles found"))
        self.found.setMinimumHeight(240)
        self.body.addWidget(self.search)
        self.body.addWidget(self.found)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self.look)
        self.search.textEdited.connect(lambda _words: self._typing.start())
        self.search.submitted.connect(self.submit)
        self.search.returnPressed.connect(self.found.setFocus)
        self.found.acted.connect(lambda _row: self.submit())
        self.start_at(self.search)
        self.look()

    def look(self) -> None:
        """Find open obstacles by the words typed; without any, the latest due."""
        from desktop.queries.obstacle_lists import Looking, obstacle_list

        me = self._context.me
        looking = Looking(me.person_id, me.unit_id, words=self.search.text())
        self._context.operations.read(obstacle_list, looking, MOST + 1).start(
            self, self._show
        )

    def _show(self, found: ObstacleList) -> None:
        self.rows = tuple(one for one in found.rows if one.id != self._own)[:MOST]
        self.found.set_lines(
            [
                Line(one.id, f"#{one.number}  {one.title}", one.raised_by)
                for one in self.rows
            ]
        )
        if len(self.rows) == 1:
            self.found.choose(self.rows[0].id)

    def into(self) -> ObstacleRow | None:
        """Return the one chosen."""
        chosen = self.found.what()
        return next((one for one in self.rows if one.id == chosen), None)

    def submit(self) -> None:
        """Send, unless none is chosen."""
        if self.into() is None:
            self.show_problem(_("Choose the obstacle that goes on."))
        else:
            super().submit()


class AgendaDialog(Dialog):
    """For which series it is raised, how long it takes, and what is wanted."""

    def __init__(
        self,
        details: ObstacleDetails,
        series: Sequence[tuple[int, str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            _("Put #{number} on an agenda").format(number=details.row.number),
            _("It waits for the next session; its chair is told and decides."),
            submit=_("Put on the agenda"),
            parent=parent,
        )
        self.series = ChoiceInput(series)
        self.minutes = ChoiceInput(
            [(one, _("{count} minutes").format(count=one)) for one in MINUTES]
        )
        self.outcome = ChoiceInput([(one, _(words)) for one, words in OUTCOMES.items()])
        self.field = Labelled(_("Series"), self.series)
        self.body.addWidget(self.field)
        self.body.addWidget(Labelled(_("Time"), self.minutes))
        self.body.addWidget(Labelled(_("Outcome wanted"), self.outcome))
        self.body.addStretch(1)
        self.series.setCurrentIndex(0)
        self.minutes.set_value(5)
        self.outcome.set_value("decide")
        self.start_at(self.series)

    def submit(self) -> None:
        """Send, unless there is no series."""
        if self.series.value() is None:
            self.field.show_problem(_("There is no series of sessions yet."))
            self.grow()
        else:
            super().submit()


class ChangeDialog(Dialog):
    """The words of an obstacle, to be mended."""

    def __init__(self, details: ObstacleDetails, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Change the words of #{number}").format(number=details.row.number),
            submit=_("Change"),
            parent=parent,
        )
        self.setMinimumWidth(560)
        self.title = LineInput()
        self.title.setText(details.row.title)
        self.text, self.proposal = TextInput(lines=3), TextInput(lines=3)
        self.text.setPlainText(details.text)
        self.proposal.setPlainText(details.proposal)
        optional = _("optional")
        self.field = Labelled(_("What gets in the way"), self.title)
        self.body.addWidget(self.field)
        self.body.addWidget(Labelled(_("What happens then"), self.text, note=optional))
        self.body.addWidget(
            Labelled(_("What would help"), self.proposal, note=optional)
        )
        for field in (self.title, self.text, self.proposal):
            field.submitted.connect(self.submit)
        self.start_at(self.title)

    def submit(self) -> None:
        """Send, unless there is no title."""
        if not self.title.text().strip():
            self.field.show_problem(_("Write something first."))
            self.title.setFocus()
            self.grow()
        else:
            super().submit()
