"""Writes in three sheets in a process of its own, waiting to be killed.

Run: python -m tests.ui.common.sheets_killed ADDRESS FOLDER HOUSE
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from desktop.domain.agreements import TargetKind
from desktop.domain.escalation import Again
from tests.small_house import SmallHouse
from tests.ui.counter.clerks_window import open_window
from tests.ui.killing import write_until_killed
from ui.agreements.editor import AgreementEditor
from ui.agreements.page import PAGES as AGREEMENTS
from ui.escalation.editor import EscalationEditor
from ui.escalation.spec import PAGES as ESCALATION
from ui.meetings.series.editor import SeriesEditor
from ui.meetings.spec import PAGES as MEETINGS

LEFT_OUT = date(2026, 12, 24)


def chosen(field: Any, value: object) -> None:
    """Choose as a person does."""
    field.set_value(value)
    field.chosen.emit(field.value())


def write_agreement(editor: AgreementEditor, house: SmallHouse) -> None:
    """Write a new agreement, one of its lengths half typed."""
    assert editor.scope is not None
    editor.scope.name.setText("Counter with registry")
    chosen(editor.scope.back, house.units["Land registry"])
    chosen(editor.scope.service, house.services["Title extract"])
    resolution = editor.fields.kinds[TargetKind.RESOLUTION]
    for words in ("16", "2 h and a"):
        resolution.add_button.click()
        resolution.rows[-1].amount.setText(words)
    editor.fields.warnings.add_button.click()
    editor.fields.warnings.rows[-1].amount.setText("9")
    editor.fields.note.setPlainText("As agreed\nin May")


def write_rule(editor: EscalationEditor, house: SmallHouse) -> None:
    """Write a new rule of escalation."""
    chosen(editor.unit, house.units["Land registry"])
    chosen(editor.again, Again.EVERY_HOURS)
    editor.every.setText("7")


def write_series(editor: SeriesEditor, house: SmallHouse) -> None:
    """Write a new series, its first day half typed."""
    editor.name.setText("Counter and registry")
    chosen(editor.front, house.units["Central counter"])
    editor.members.add_button.click()
    chosen(editor.members.rows[0].fields["person_id"], house.people["Ana Petrović"])
    for title in ("Parcels", "Safety first"):
        editor.standing.add_button.click()
        editor.standing.rows[-1].fields["title"].setText(title)
    editor.standing.rows[1].up_button.click()
    editor.when.skip(LEFT_OUT)
    editor.when.starts_on.line.setText("16 Nov")


WRITTEN: tuple[tuple[type[Any], Callable[[Any, SmallHouse], None]], ...] = (
    (AgreementEditor, write_agreement),
    (EscalationEditor, write_rule),
    (SeriesEditor, write_series),
)


def sit(house: SmallHouse, folder: Path) -> Callable[[], bool]:
    """Open the three sheets and write in each; say when all is on the disk."""
    desk = open_window(house, folder, "Marko Ivić")
    agreements = desk.show(AGREEMENTS[0])
    escalation = desk.show(ESCALATION[0])
    meetings = desk.show(MEETINGS[0])
    agreements.asking.new_agreement()
    meetings.wiring.series.new()
    left = dict(WRITTEN)

    def step() -> bool:
        if escalation.editor is None:
            escalation.add()
        for kind, write in tuple(left.items()):
            editor = desk.window.findChild(kind)
            if editor is not None:
                write(editor, house)
                del left[kind]
        return not left and len(list(folder.glob("drafts/words-*.json"))) == 3

    return step


if __name__ == "__main__":
    write_until_killed(sit)
