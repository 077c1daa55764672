"""A coordinator before the services of the small house."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.ui.counter.clerks_window import ClerksWindow
from tests.ui.counter.conftest import sit_down
from ui.catalogue.page import CataloguePage
from ui.catalogue.spec import PAGES

__all__ = ["sit_down"]


@pytest.fixture
def window(sit_down: Callable[..., ClerksWindow]) -> ClerksWindow:
    """Give Marko's window; he coordinates."""
    return sit_down("Marko Ivić")


@pytest.fixture
def page(qtbot, window: ClerksWindow, small_house) -> CataloguePage:
    """Give the services page with "Title extract" on screen."""
    shown: CataloguePage = window.show(PAGES[0])
    title = small_house.services["Title extract"]
    qtbot.waitUntil(lambda: bool(shown.list_pane.list.lines()), timeout=10_000)
    shown.choose(title)
    qtbot.waitUntil(lambda: shown.service.name.text() == "Title extract")
    qtbot.waitUntil(lambda: len(shown.preview.form.fields()) == 7, timeout=10_000)
    return shown
