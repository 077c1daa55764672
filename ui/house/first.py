"""The first start: one question, how to begin."""

from __future__ import annotations

from pathlib import Path

from desktop.config import data_folder
from desktop.i18n import gettext as _
from ui.house.choice_card import ChoiceCard
from ui.house.fields import file_dialog
from ui.house.start import Part, StartScreen


class FirstPart(Part):
    """Try the demo, start a workspace here, or open one that is there."""

    def __init__(self, screen: StartScreen) -> None:
        super().__init__(
            screen,
            _("How do you want to begin?"),
            _("There is no workspace on this computer yet.")
            if screen.case.kind == "first"
            else "",
        )
        self.demo = ChoiceCard(
            _("Try the demo"),
            _(
                "A city’s service centre with eight weeks of work in it, made anew "
                "each day. Nothing you do there can harm anything."
            ),
            icon="player-play",
        )
        self.describe = ChoiceCard(
            _("Describe your house"),
            _(
                "Its units, people and services in a few lines. You can begin to work "
                "in minutes, and change everything later."
            ),
            icon="pencil",
        )
        self.new = ChoiceCard(
            _("Start from a house file"),
            _(
                "One file, with your units, people and agreements out of a house file, "
                "or with one of the examples that come along."
            ),
            icon="building-community",
        )
        self.open = ChoiceCard(
            _("Open a workspace that is already there"),
            _("A file that was made here before, or brought from another computer."),
            icon="folder-open",
        )
        for card in (self.demo, self.describe, self.new, self.open):
            self.column.addWidget(card)
        if self.stage.can_go_back():
            self.column.addWidget(self.back_button())
        self.column.addStretch(1)
        self.demo.clicked.connect(self.acts.open_demo)
        self.describe.clicked.connect(self._describe)
        self.new.clicked.connect(self._start_new)
        self.open.clicked.connect(self._choose)
        self.setFocusProxy(self.demo)

    def _describe(self) -> None:
        from ui.house.assistant import AssistantPart

        self.stage.go(AssistantPart)

    def _start_new(self) -> None:
        from ui.house.new_workspace import NewWorkspacePart

        self.stage.go(NewWorkspacePart)

    def _choose(self) -> None:
        choose_workspace(self, data_folder())


def choose_workspace(part: Part, folder: Path) -> None:
    """Let a workspace file be chosen, and open it."""
    filters = _("Workspaces (*.counterpart);;All files (*)")
    dialog = file_dialog(part, _("Open a workspace"), "file", filters)
    dialog.setDirectory(str(folder))
    dialog.fileSelected.connect(part.acts.open_workspace)
    dialog.open()
