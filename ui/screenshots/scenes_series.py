"""Pictures of the dialogs of series and their sessions."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QDialog

from ui.screenshots.scene import Scene
from ui.screenshots.scenes_meetings import _page
from ui.screenshots.studio import Studio

if TYPE_CHECKING:
    from ui.meetings.series.editor import SeriesEditor

Shown = TypeVar("Shown", bound=QDialog)
LONG = "Vorstandsabteilung für Grundstücksverkehrsgenehmigungen & <b>Bau</b> " * 2
TYPED = ("Safety first", LONG)


def _opened(studio: Studio, kind: type[Shown]) -> Shown:
    return next(one for one in _page(studio).findChildren(kind) if one.isVisible())


def _editor(part: str, studio: Studio) -> SeriesEditor:
    from desktop.domain.series_drafts import StandingDraft
    from ui.meetings.series.editor import SeriesEditor

    _page(studio)
    studio.run("meetings.change_series")
    studio.settle()
    editor = _opened(studio, SeriesEditor)
    if part == "standing":
        editor.standing.take(
            [
                StandingDraft("Safety first", 5, "inform", None, "minutes"),
                StandingDraft(LONG, 60, "decide"),
            ]
        )
    editor.show_part(part)
    studio.settle()
    return editor


def _show_editor(part: str, studio: Studio) -> None:
    _editor(part, studio)


def _refused(studio: Studio) -> None:
    from desktop.domain.errors import Invalid

    editor = _editor("who", studio)
    editor.name.setText(LONG)
    editor.refused(Invalid("name", "taken"))


def _monthly(studio: Studio) -> None:
    editor = _editor("when", studio)
    editor.when.rhythm.unit.set_value("months")
    editor.when.rhythm.unit.chosen.emit("months")
    editor.when.rhythm.ends.set_value("times")
    editor.when.rhythm.ends.chosen.emit("times")
    studio.settle()
    for button in editor.when.days.buttons[1:3]:
        button.click()
    studio.settle()


def _effects(studio: Studio) -> None:
    editor = _editor("when", studio)
    for chip in editor.when.rhythm.weekdays:
        chip.setChecked(not chip.isChecked())
    editor.submit()
    studio.settle()


def _new(studio: Studio) -> None:
    _page(studio)
    studio.run("meetings.series")
    studio.settle()


def _template(studio: Studio) -> None:
    from ui.meetings.series.editor import SeriesEditor

    _new(studio)
    choice = _opened(studio, SeriesEditor).beginning.choice
    choice.setCurrentIndex(1)
    choice.chosen.emit(choice.value())


def _act(action: str, studio: Studio) -> None:
    _page(studio)
    studio.run(f"meetings.{action}")
    studio.settle()


SERIES = (
    Scene("series-new", _new),
    Scene("series-template", _template),
    *(
        Scene(f"series-{part}", partial(_show_editor, part))
        for part in ("members", "standing", "printed")
    ),
    Scene("series-refused", _refused),
    Scene("series-monthly", _monthly),
    Scene("series-effects", _effects),
    *(
        Scene(f"session-{name}", partial(_act, action))
        for name, action in (
            ("move", "move"),
            ("cancel", "cancel"),
        )
    ),
    Scene("series-end", partial(_act, "end_series")),
)
