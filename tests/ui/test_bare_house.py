"""A house with nobody but its founder: every page opens, and says what to do next."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from ui.agreements.agreements_page import AgreementsPage
from ui.common.empty_state import EmptyState
from ui.notices.inbox_page import InboxPage
from ui.obstacles.page import ObstaclesPage
from ui.request.requests_page import RequestsPage
from ui.screenshots.scenes_empty import FIRST_DAY
from ui.screenshots.studio import Studio
from ui.screenshots.taking import AT

SAY_IT_OTHERWISE = {"new-request", "escalation", "settings"}
"""Pages that are not a list alone; what is missing is said beside their fields."""


@pytest.fixture(scope="module")
def studio(
    qapp: QApplication, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Studio]:
    made = Studio({}, tmp_path_factory.mktemp("bare"), AT, QSize(1280, 800))
    FIRST_DAY.scenes[0].show(made)
    yield made
    made.close()


def test_every_list_says_what_it_is_for(studio: Studio) -> None:
    for scene in FIRST_DAY.scenes:
        name = scene.name.removeprefix("bare-")
        if name in SAY_IT_OTHERWISE or name.endswith(("-dialog", "-editor")):
            continue
        scene.show(studio)
        studio.settle()
        page = studio.window.pages.currentWidget()
        said = [one for one in page.findChildren(EmptyState) if one.isVisible()]
        assert len(said) == 1, (name, [one._title.text() for one in said])
        assert said[0]._words.text(), name
        studio.tidy()


def test_nothing_is_beside_a_list_without_rows(studio: Studio) -> None:
    for page_id, kind in (
        ("requests", RequestsPage),
        ("obstacles", ObstaclesPage),
        ("agreements", AgreementsPage),
        ("inbox", InboxPage),
    ):
        studio.show(page_id)
        assert not studio.page(kind).pane.isVisible(), page_id


def test_who_belongs_to_no_unit_is_told_why_no_obstacle_can_be_raised(
    studio: Studio,
) -> None:
    studio.show("obstacles")
    nothing = studio.page(ObstaclesPage).nothing
    assert nothing.button is not None
    assert not nothing.button.isVisible()
    studio.run("obstacles.new")
    assert "you belong to none yet" in " ".join(studio.window.banners.words())
    assert studio.dialogs() == []
    studio.tidy()


def test_a_name_without_a_unit_is_spoken_alone(studio: Studio) -> None:
    assert studio.window.top.person.accessibleName() == "Vesna Horvat"
