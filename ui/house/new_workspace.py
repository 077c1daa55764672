"""Starts a workspace: what it begins with, who you are, and where its file goes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout

from desktop.domain.house import House, HousePerson
from desktop.exchange.house_file import read_house
from desktop.exchange.presets import preset_house, preset_houses
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from ui.common.buttons import Button
from ui.common.inputs import LineInput, is_submit
from ui.common.labelled import Labelled
from ui.house.fields import PathInput
from ui.house.making import Making, free_place
from ui.house.source_picker import SourcePicker
from ui.house.start import Part, StartScreen
from ui.house.words import house_words

FIRST_ROLES = ("coordinator", "administrator")
HOUSES = {
    "lipovac": N_("Example: a city’s service centre"),
    "uci498": N_("Example: an IT service desk"),
}


def house_options() -> list[tuple[str, str]]:
    """Return the houses that come along, with what to call them."""
    return [
        (name, _(HOUSES[name]) if name in HOUSES else name) for name in preset_houses()
    ]


def load_house(name: str, path: Path | None) -> House:
    """Return a house that comes along, or the one in a file. Raises BadFile."""
    return preset_house(name) if path is None else read_house(path)


def told_of(house: House) -> str:
    """Say what a house holds, and who could sign in."""
    words = house_words(house)
    if _needs_somebody(house):
        words += "\n" + _("It names nobody who could sign in.")
    return words


def _needs_somebody(house: House) -> bool:
    return not any(person.can_sign_in for person in house.people)


class NewWorkspacePart(Part):
    """Asks for a house and a place; makes the file and opens it."""

    def __init__(self, screen: StartScreen) -> None:
        super().__init__(
            screen,
            _("Start a workspace on this computer"),
            _(
                "A house file says which units, calendars, people, services and "
                "agreements there are."
            ),
        )
        self.house = SourcePicker(
            _("Begin with"),
            house_options(),
            load=load_house,
            describe=told_of,
            run=self.acts.busy,
        )
        self.house.problems.setMinimumHeight(320)
        self.name = LineInput(name=_("Your name"))
        self.name_field = Labelled(
            _("Your name"),
            self.name,
            hint=_("You become coordinator and administrator, and can sign in."),
        )
        self.name_field.hide()
        self.place = PathInput(_("The file goes to"), kind="new_file")
        self.place.set_path(free_place(self.case))
        self.place_field = Labelled(_("The file goes to"), self.place)
        self.start = Button(_("Start"), kind="primary", key="Ctrl+Return")
        for widget in (self.house, self.name_field, self.place_field, self.banners):
            self.column.addWidget(widget)
        self.column.addWidget(self.bar)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.start)
        foot.addWidget(self.back_button())
        foot.addStretch(1)
        self.column.addLayout(foot)
        self.column.addStretch(1)
        self.making = Making(self, self._place_problem, self._look)
        self.start.clicked.connect(self.submit)
        self.name.submitted.connect(self.submit)
        self.place.line.submitted.connect(self.submit)
        self.place.changed.connect(lambda: self.place_field.show_problem(""))
        self.name.textChanged.connect(lambda: self.name_field.show_problem(""))
        self.house.changed.connect(self._look)
        self.setFocusProxy(self.house.choice)
        self._look()

    def _look(self) -> None:
        house = self.house.value
        self.name_field.setVisible(isinstance(house, House) and _needs_somebody(house))
        self.start.setEnabled(house is not None and not self.making.is_busy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Start with Ctrl+Return."""
        if is_submit(event):
            self.submit()
        else:
            super().keyPressEvent(event)

    def submit(self) -> None:
        """Make the file where everything needed is there; else say what is not."""
        house = self.house.value
        if not isinstance(house, House) or self.making.is_busy:
            return
        if _needs_somebody(house):
            name = self.name.text().strip()
            if not name:
                self.name_field.show_problem(_("Write your name."))
                self.name.setFocus()
                return
            house = with_person(house, name)
        self.making.start(house, self.place)

    def _place_problem(self, _field: str, words: str) -> None:
        self.place_field.show_problem(words)


def with_person(house: House, name: str) -> House:
    """Return a house with somebody in it who may do everything there is to set up."""
    fronts = [unit.name for unit in house.units if unit.side == "front"]
    units = fronts or [unit.name for unit in house.units]
    person = HousePerson(name, units[0] if units else None, FIRST_ROLES)
    return replace(house, people=(*house.people, person))
