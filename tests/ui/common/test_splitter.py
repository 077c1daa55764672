"""The splitter: panes keep their sizes between runs; nonsense is not believed."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from ui.common.busy import BusyView
from ui.common.splitter import Splitter


def splitter(preferences, qtbot) -> Splitter:
    made = Splitter(preferences, "queue.split")
    made.addWidget(QWidget())
    made.addWidget(QWidget())
    made.resize(1007, 300)
    qtbot.addWidget(made)
    made.show()
    return made


def test_sizes_survive_a_restart(preferences, qtbot) -> None:
    first = splitter(preferences, qtbot)
    first.restore([500, 500])
    first.moveSplitter(700, 1)
    again = splitter(preferences, qtbot)
    again.restore([500, 500])
    assert again.sizes() == first.sizes()
    assert again.sizes()[0] == 700


@pytest.mark.parametrize("kept", ["wide", [1], [0, 900], [None, 3], {}])
def test_what_does_not_fit_is_left_out(kept, preferences, qtbot) -> None:
    preferences.set_value("queue.split", kept)
    made = splitter(preferences, qtbot)
    made.restore([600, 400])
    assert made.sizes() == [600, 400]


def test_progress_is_shown_only_when_work_lasts(qtbot) -> None:
    view = BusyView("Preparing the demo")
    qtbot.addWidget(view)
    view.show()
    assert not view.bar.isVisible()
    qtbot.waitUntil(view.bar.isVisible)
    view.set_share(0.25)
    assert view.bar.value() == 250
