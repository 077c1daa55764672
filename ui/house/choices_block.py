"""What the house decides about files and obstacles, in the settings."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.errors import Invalid, Refusal
from desktop.domain.files import LARGEST_MB
from desktop.domain.obstacles import MOST_ANSWER_DAYS
from desktop.i18n import gettext as _
from desktop.messages import refusal_words
from desktop.queries.house_settings import HouseChoices, house_choices
from desktop.use_cases.house_settings import set_house_choices
from ui.common.banner import BannerArea
from ui.common.buttons import Button
from ui.common.labelled import Labelled
from ui.common.stepped_inputs import number_input
from ui.context import Context


class ChoicesBlock(QWidget):
    """Two numbers and one button; who may not set the house up only sees them."""

    def __init__(self, context: Context, *, may_set: bool) -> None:
        super().__init__()
        self._operations = context.operations
        self.file_mb = number_input(1, 1, LARGEST_MB, unit=_(" MB"), width=None)
        self.answer_days = number_input(1, 1, MOST_ANSWER_DAYS, width=None)
        self.boxes = {
            "file_mb": Labelled(
                _("Largest file"),
                self.file_mb,
                hint=_("Files that are there already stay, however large."),
            ),
            "answer_days": Labelled(
                _("Working days to answer an obstacle"),
                self.answer_days,
                hint=_("For obstacles raised from now on."),
            ),
        }
        self.save_button = Button(_("Save"), kind="primary")
        self.save_button.clicked.connect(self.save)
        self.verdict = BannerArea()
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        for column, box in enumerate(self.boxes.values()):
            box.field.setEnabled(may_set)
            grid.addWidget(box, 0, column, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(column, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.save_button)
        foot.addStretch(1)
        column_of_all = QVBoxLayout(self)
        column_of_all.setContentsMargins(0, 0, 0, 0)
        column_of_all.setSpacing(12)
        column_of_all.addLayout(grid)
        column_of_all.addLayout(foot)
        column_of_all.addWidget(self.verdict)
        self.save_button.setVisible(may_set)
        self.read()

    def read(self) -> None:
        """Show what the house chose."""
        self._operations.read(house_choices).start(self, self._show)

    def _show(self, choices: HouseChoices) -> None:
        self.file_mb.setValue(choices.file_mb)
        self.answer_days.setValue(choices.answer_days)

    def save(self) -> None:
        """Keep both numbers for everybody."""
        self.verdict.withdraw()
        for box in self.boxes.values():
            box.show_problem("")
        self.save_button.setEnabled(False)
        choices = HouseChoices(self.file_mb.value(), self.answer_days.value())
        write = self._operations.write(set_house_choices, choices)
        write.start(self, self._saved, self._refuse)

    def _saved(self, _none: None) -> None:
        self.save_button.setEnabled(True)
        self.verdict.tell(_("Saved for everybody."), kind="ok", closable=False)

    def _refuse(self, refusal: Refusal) -> None:
        self.save_button.setEnabled(True)
        words = refusal_words(refusal)
        if isinstance(refusal, Invalid) and refusal.field in self.boxes:
            self.boxes[refusal.field].show_problem(words)
        else:
            self.verdict.tell(words, kind="broken", closable=False)

    def words(self) -> str:
        """Return the verdict shown, or nothing."""
        return " ".join(self.verdict.words())
