"""Somebody before the page on which an agreement is tried."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QCheckBox
from sqlalchemy import select

from desktop.domain.agreements import TargetKind
from desktop.entities.units import PersonRole, Role
from desktop.use_cases.requests import resolve, take
from tests.small_house import SmallHouse
from ui.tries.page import PAGES
from ui.tries.try_page import TryPage

RESOLUTION = TargetKind.RESOLUTION


@dataclass
class Trying:
    """The page with somebody before it."""

    house: SmallHouse
    page: TryPage
    qtbot: Any

    def until(self, true: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(true()), timeout=15_000)

    def replayed(self) -> None:
        """Wait until the last change is counted."""
        page = self.page
        self.until(lambda: not page._timer.isActive() and not page.replays.is_busy)

    def click(self, widget: Any) -> None:
        assert widget.isVisible()
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)

    def click_in_terms(self, widget: Any) -> None:
        """Click what may have to be scrolled to first."""
        self.page.terms.area.ensureWidgetVisible(widget)
        if isinstance(widget, QCheckBox):
            place = QPoint(10, widget.height() // 2)
            self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place)
        else:
            self.click(widget)

    def type_hours(self, words: str, kind: TargetKind = RESOLUTION) -> None:
        """Type a target as a person does."""
        stepper = self.stepper(kind)
        stepper.setFocus()
        stepper.selectAll()
        self.qtbot.keyClicks(stepper, words)
        self.qtbot.keyClick(stepper, Qt.Key.Key_Return)
        self.counted()

    def stepper(self, kind: TargetKind = RESOLUTION, priority: int | None = None):
        """Return the field of a target."""
        return self.page.terms.targets.row((kind, priority)).stepper

    def counted(self) -> None:
        """Wait until a change was noticed and counted."""
        self.until(self.page._timer.isActive)
        self.replayed()

    def choose_period(self, name: str) -> None:
        """Choose a period by its name."""
        field = self.page.terms.period.period
        field.set_value(name)
        field.chosen.emit(name)

    def kept(self) -> tuple[str, str]:
        """Return the shares on the screen, now and in the trial."""
        cells = self.page.results.numbers.cells
        return cells[0][2].text(), cells[1][2].text()


def lived_in(house: SmallHouse) -> None:
    """Raise four requests, done after 1, 3, 5 and 20 hours of the clock on the wall."""
    house.at(9, 8)
    for hours in (1, 3, 5, 23):
        house.at(9, 8)
        request_id = house.raised(f"Done after {hours}")
        house.later(minutes=10)
        house.me("Dušan Kovač").run(take, request_id)
        house.at(9, 8).later(hours=hours)
        house.run(resolve, request_id, "It is done.")
    house.at(18, 9)


@pytest.fixture
def trying(seat, window, small_house, qtbot, request: pytest.FixtureRequest) -> Trying:
    """Seat a coordinator before the page, over a week with four requests in it."""
    if getattr(request, "param", True):
        lived_in(small_house)
    house = small_house

    def coordinate(work: Any) -> None:
        person = house.people["Marko Ivić"]
        roles = work.session.scalars(
            select(PersonRole.role).where(PersonRole.person_id == person)
        )
        if Role.COORDINATOR not in set(roles):
            work.session.add(PersonRole(person_id=person, role=Role.COORDINATOR))

    house.run(coordinate)
    context = seat("Marko Ivić")
    window.detach()
    window.attach(context, PAGES)
    window.resize(1280, 800)
    window.show()
    qtbot.waitExposed(window)
    window.navigate("tries")
    page = window.pages.page("tries")
    assert isinstance(page, TryPage)
    made = Trying(house, page, qtbot)
    agreement = page.terms.subject.agreement
    made.until(lambda: agreement.count())
    land = agreement.findText("Land registry", Qt.MatchFlag.MatchContains)
    agreement.setCurrentIndex(max(0, land))
    agreement.chosen.emit(agreement.value())
    made.until(lambda: page.replay is not None)
    made.replayed()
    return made
