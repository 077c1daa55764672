"""The same pictures in a house that bad will or bad luck has filled."""

from __future__ import annotations

from typing import Final

from desktop.demo.hostile_words import hostile_line
from ui.screenshots.scene import Scene, Sitting
from ui.screenshots.scenes import SITTINGS
from ui.screenshots.studio import Studio

PREFIX: Final = "hostile-"
HOUSE: Final = "hostile"


def _who(studio: Studio) -> None:
    studio.open(studio.houses[HOUSE])


def _in_that_house(sitting: Sitting) -> Sitting:
    scenes = tuple(Scene(PREFIX + one.name, one.show) for one in sitting.scenes)
    return Sitting(HOUSE, hostile_line(sitting.person), scenes)


HOSTILE: Final = (
    Sitting("", "", (Scene(f"{PREFIX}start-who", _who),)),
    *(_in_that_house(one) for one in SITTINGS if one.house == "demo"),
)
ALL_SITTINGS: Final = (*SITTINGS, *HOSTILE)
