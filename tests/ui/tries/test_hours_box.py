"""The hours a trial counts by are changed once it is known what is tried."""

from __future__ import annotations

from ui.tries.hours_box import HoursBox


def test_nothing_can_be_drawn_before_it_is_known_what_is_tried(qtbot, trying) -> None:
    fresh = HoursBox()
    qtbot.addWidget(fresh)
    assert not fresh.draw_button.isEnabled()
    assert not fresh.calendar.isEnabled()
    shown = trying.page.findChild(HoursBox)
    assert shown.draw_button.isEnabled()
    assert shown.calendar.isEnabled()
