"""An empty list: its lines are balanced, its action is offered where it helps."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextLayout, QTextOption

from tests.ui.painted import clipped_texts
from ui.common.empty_state import WIDTH, EmptyState
from ui.common.labels import PlainLabel

SENTENCES = (
    "Requests sent to Civil registry appear here, the next due one first.",
    "A calendar says when a unit works. Promises are counted by it.",
    "What is agreed in a session, and who does it by when, comes here.",
)


def lines_of(label: PlainLabel) -> list[float]:
    """Return how wide each line is that a label's words break into."""
    layout = QTextLayout(label.text(), label.font())
    layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignHCenter))
    layout.beginLayout()
    widths = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(label.width())
        widths.append(line.naturalTextWidth())
    layout.endLayout()
    return widths


@pytest.mark.parametrize("words", SENTENCES)
def test_no_last_word_stands_alone(qtbot, words: str) -> None:
    state = EmptyState("Nothing here", words)
    qtbot.addWidget(state)
    state.resize(WIDTH + 100, 300)
    state.show()
    widths = lines_of(state._words)
    assert len(widths) == 2
    assert widths[-1] > 0.6 * widths[0]
    assert clipped_texts(state) == []


def test_a_single_word_is_not_cut(qtbot) -> None:
    state = EmptyState("Nichtzuständigkeitserklärung")
    qtbot.addWidget(state)
    state.resize(WIDTH + 100, 300)
    state.show()
    assert len(lines_of(state._title)) == 1
    assert state._title.width() >= state._title.minimumSizeHint().width()


def test_saying_it_again_changes_nothing(qtbot) -> None:
    state = EmptyState("Nothing to do here")
    qtbot.addWidget(state)
    state.show()
    before = (state._title.width(), state._title.height())
    for words in (*SENTENCES, ""):
        state.set_words("Nothing to do here", words)
    assert len(lines_of(state._title)) == 1
    assert (state._title.minimumWidth(), state._title.minimumHeight()) == before


def test_the_action_is_offered_only_where_it_helps(qtbot) -> None:
    pressed: list[str] = []
    state = EmptyState("None yet", action="New", act=lambda: pressed.append("new"))
    qtbot.addWidget(state)
    state.show()
    assert state.button is not None
    qtbot.mouseClick(state.button, Qt.MouseButton.LeftButton)
    state.set_words("Nothing fits", offers=False)
    assert not state.button.isVisible()
    state.set_words("None yet")
    assert state.button.isVisible()
    assert pressed == ["new"]
