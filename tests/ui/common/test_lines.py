"""Rows of two lines: what a thing is called is not cut for the words beside it."""

from __future__ import annotations

from tests.ui.painted import painted_texts
from ui.common.lines import Line, Lines

LONG = "Building permit, small works"


def shown(qtbot, first: str, width: int) -> list[str]:
    lines = Lines("Services")
    qtbot.addWidget(lines)
    lines.resize(width, 120)
    lines.set_lines([Line(1, first, "Building permits", "not saved", kind="risk")])
    lines.show()
    return painted_texts(lines)


def test_a_long_name_is_whole_and_the_words_beside_it_step_down(qtbot) -> None:
    texts = shown(qtbot, LONG, 240)
    assert texts[0] == LONG
    assert "not saved" in texts


def test_a_short_name_leaves_the_words_beside_it_where_they_are(qtbot) -> None:
    assert shown(qtbot, "Permit", 240)[0] == "not saved"
