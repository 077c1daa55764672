"""A workspace nobody can sign in to: add yourself, and go on."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout
from shiboken6 import isValid

from desktop.config import Config
from desktop.domain.errors import Refusal
from desktop.i18n import gettext as _
from ui.common.buttons import Button
from ui.common.inputs import ChoiceInput, LineInput, is_submit
from ui.common.labelled import Labelled
from ui.common.labels import PlainLabel
from ui.house.start import Part, StartScreen
from ui.house.words import HONESTY

if TYPE_CHECKING:
    from desktop.queries.lookups import UnitRow


class NobodyPart(Part):
    """Asks for a name and a unit; without any unit it leads to a house."""

    def __init__(self, screen: StartScreen) -> None:
        super().__init__(
            screen,
            _("Nobody in this workspace can sign in yet"),
            screen.case.workspace,
        )
        self.name = LineInput(name=_("Your name"))
        self.name_field = Labelled(
            _("Your name"),
            self.name,
            hint=_("You become coordinator and administrator."),
        )
        self.unit = ChoiceInput(name=_("Your unit"))
        self.unit_field = Labelled(_("Your unit"), self.unit)
        self.add = Button(_("Add me and go on"), kind="primary", key="Ctrl+Return")
        self.add.setEnabled(False)
        other = Button(_("Begin another way"))
        other.clicked.connect(self._begin_differently)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.add)
        foot.addWidget(other)
        foot.addStretch(1)
        for widget in (self.name_field, self.unit_field, self.banners):
            self.column.addWidget(widget)
        self.column.addLayout(foot)
        self.column.addWidget(PlainLabel(_(HONESTY), size="small", ink="text2"))
        self.column.addStretch(1)
        self.add.clicked.connect(self.submit)
        self.name.submitted.connect(self.submit)
        self.name.textChanged.connect(lambda: self.name_field.show_problem(""))
        self.setFocusProxy(self.name)
        self.acts.busy(partial(_units, self._config()), self._offer, self._refuse)

    def _offer(self, units: tuple[UnitRow, ...]) -> None:
        if not isValid(self):
            return
        if not units:
            self._say_empty()
            return
        self.unit.set_options([(unit.id, unit.name) for unit in units])
        self.unit.setCurrentIndex(0)
        self.add.setEnabled(True)

    def _say_empty(self) -> None:
        self.name_field.hide()
        self.unit_field.hide()
        self.add.hide()
        self.say(
            _(
                "There are no units in it either, so there is nothing to work with. "
                "Start a workspace from a house file, or import a history into this "
                "one with: counterpart import history"
            )
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Ctrl+Return."""
        if is_submit(event):
            self.submit()
        else:
            super().keyPressEvent(event)

    def submit(self) -> None:
        """Add the person and open the workspace again."""
        name = self.name.text().strip()
        if not name:
            self.name_field.show_problem(_("Write your name."))
            self.name.setFocus()
            return
        if not self.add.isEnabled():
            return
        self.add.setEnabled(False)
        unit = self.unit.value()
        assert isinstance(unit, int)
        job = partial(_add, self._config(), name, unit)
        self.acts.busy(job, lambda _done: self._open(), self._refuse)

    def _config(self) -> Config:
        return Config(self.case.workspace, self.acts.clock)

    def _open(self) -> None:
        if isValid(self):
            self.acts.open_workspace(self.case.workspace)

    def _refuse(self, refusal: Refusal) -> None:
        if isValid(self):
            self.add.setEnabled(self.unit.count() > 0)
            self.say_refusal(refusal)

    def _begin_differently(self) -> None:
        from ui.house.first import FirstPart

        self.stage.go(FirstPart)


def _units(config: Config) -> tuple[UnitRow, ...]:
    from desktop.assembly import open_desk
    from desktop.queries.lookups import units

    desk = open_desk(config)
    try:
        return desk.read(units)
    finally:
        desk.close()


def _add(config: Config, name: str, unit_id: int) -> int:
    from desktop.assembly import open_desk
    from desktop.use_cases.people import add_first_person

    desk = open_desk(config)
    try:
        return desk.run(add_first_person, name, unit_id).value
    finally:
        desk.close()
