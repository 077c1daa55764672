"""The agreements page of a house whose two units have managers who sign."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from desktop.entities.units import Person, PersonRole, Role
from desktop.queries.agreements import AgreementDetails
from desktop.store.unit_of_work import Actor
from tests.agreement_lookups import agreement_details, agreements
from tests.small_house import SmallHouse
from ui.agreements.agreements_page import AgreementsPage
from ui.agreements.page import PAGES
from ui.agreements.signing import Step
from ui.main_window import MainWindow

FRONT_MANAGER, BACK_MANAGER = "Olga Nikolić", "Rade Simić"
MANAGERS = {FRONT_MANAGER: "Central counter", BACK_MANAGER: "Land registry"}
COORDINATOR = "Marko Ivić"


def add_managers(work: Any, house: SmallHouse) -> None:
    """Put a manager into the counter and one into the registry."""
    for name, unit in MANAGERS.items():
        person = Person(name=name, unit_id=house.units[unit])
        work.session.add(person)
        work.session.flush()
        work.session.add(PersonRole(person_id=person.id, role=Role.MANAGER))
        house.people[name] = person.id


@pytest.fixture
def small_house(small_house: SmallHouse) -> SmallHouse:
    """Give the small house with a manager on each side."""
    small_house.run(add_managers, small_house)
    return small_house


@pytest.fixture
def program(program):
    """Give the program with the page of agreements."""
    program.features = replace(program.features, pages=lambda: list(PAGES))
    return program


@dataclass
class Sitting:
    """The page with somebody before it, and what a test asks of it."""

    house: SmallHouse
    window: MainWindow
    page: AgreementsPage
    qtbot: Any

    def until(self, true: Callable[[], object]) -> None:
        """Wait for something to be so."""
        self.qtbot.waitUntil(lambda: bool(true()), timeout=10_000)

    def click(self, widget: Any) -> None:
        """Click in the middle of a widget that is there."""
        self.until(widget.isVisible)
        assert widget.isEnabled()
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)

    def key(self, key: Qt.Key) -> None:
        """Press a key in the list."""
        self.window.activateWindow()
        self.until(self.window.isActiveWindow)
        self.page.table.setFocus()
        self.qtbot.keyClick(self.page.table, key)

    def choose(self, name: str) -> None:
        """Choose an agreement of the list by its name."""
        model = self.page.model
        rows = (model.entry(at) for at in range(model.rowCount()))
        wanted = next(row for row in rows if row is not None and row.row.name == name)
        assert self.page.table.choose(wanted.id)
        self.until(lambda: self.page.pane.details.name == name)

    def names(self) -> list[str]:
        """Return the agreements in the list."""
        model = self.page.model
        rows = (model.entry(at) for at in range(model.rowCount()))
        return [row.row.name for row in rows if row is not None]

    def step(self, step: Step) -> None:
        """Click the button of a step."""
        self.until(lambda: step in self.page.pane.buttons)
        self.click(self.page.pane.buttons[step])

    def stage(self) -> str:
        """Return the stage of the version shown."""
        version = self.page.pane.version()
        return version.stage.value if version is not None else ""

    def dialog(self, kind: type[QDialog] = QDialog) -> Any:
        """Wait for a dialog and return it."""
        self.until(lambda: self._open(kind))
        return self._open(kind)[0]

    def _open(self, kind: type[QDialog]) -> list[QDialog]:
        return [one for one in self.page.findChildren(kind) if one.isVisible()]

    def no_dialog(self) -> None:
        """Wait until every dialog is closed."""
        self.until(lambda: not self._open(QDialog))

    def actor(self, name: str) -> Actor:
        """Return somebody as the desk knows people."""
        unit = MANAGERS.get(name, "Land registry")
        return Actor(self.house.people[name], self.house.units[unit])

    def stored(self, name: str) -> AgreementDetails:
        """Return an agreement as the workspace has it."""
        rows = self.house.read(agreements, self.house.now)
        found = next(row.agreement_id for row in rows if row.name == name)
        return self.house.read(agreement_details, found, self.house.now)

    def words(self) -> str:
        """Return what the banner over the steps says."""
        return " ".join(self.page.pane.banners.words())


Sit = Callable[[str], Sitting]


@pytest.fixture
def sit(small_house, seat, window, qtbot) -> Sit:
    """Give a way to put somebody before the page."""

    def sit_down(name: str) -> Sitting:
        seat(name)
        window.resize(1440, 900)
        window.show()
        window.navigate("agreements")
        page = window.pages.page("agreements")
        assert isinstance(page, AgreementsPage)
        made = Sitting(small_house, window, page, qtbot)
        made.until(lambda: page._board is not None)
        return made

    return sit_down
