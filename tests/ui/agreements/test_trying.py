"""From an agreement to trying it on what happened."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from tests.ui.agreements.conftest import COORDINATOR
from ui.agreements.page import PAGES
from ui.tries.page import PAGES as TRIES
from ui.tries.try_page import TryPage


@pytest.fixture
def program(program):
    """Give the program with the page that replays beside that of agreements."""
    program.features = replace(program.features, pages=lambda: [*PAGES, *TRIES])
    return program


def test_the_agreement_shown_is_tried_by_key(sit):
    sitting = sit(COORDINATOR)
    sitting.choose("Counters with Building permits")
    sitting.key(Qt.Key.Key_T)
    sitting.until(lambda: isinstance(sitting.window.pages.currentWidget(), TryPage))
