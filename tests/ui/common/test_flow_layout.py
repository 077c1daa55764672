"""A line of widgets goes on in the next, also where PySide lost one of its items."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from shiboken6 import invalidate

from ui.common.buttons import Button
from ui.common.flow_layout import FlowLayout


def flow_of(qtbot, *words: str) -> tuple[QWidget, FlowLayout, list[Button]]:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow, buttons = FlowLayout(holder), [Button(one) for one in words]
    for button in buttons:
        flow.addWidget(button)
    return holder, flow, buttons


def test_an_item_told_gone_with_another_is_made_anew(qtbot) -> None:
    holder, flow, buttons = flow_of(qtbot, "Refresh", "In session", "Publish")
    before = flow.minimumSize(), flow.heightForWidth(120), flow.heightForWidth(900)
    for place in (0, 2):
        invalidate(flow._items[place])
    assert (
        flow.minimumSize(),
        flow.heightForWidth(120),
        flow.heightForWidth(900),
    ) == before
    holder.resize(900, 60)
    holder.show()
    places = [button.x() for button in buttons]
    assert places == sorted(set(places))
    assert flow.itemAt(2).widget() is buttons[2]


def test_what_is_taken_away_leaves_no_room(qtbot) -> None:
    _holder, flow, buttons = flow_of(qtbot, "Refresh", "In session")
    invalidate(flow._items[0])
    flow.removeWidget(buttons[0])
    assert flow.count() == 1
    assert flow.itemAt(0).widget() is buttons[1]
    taken = flow.takeAt(0)
    assert taken.widget() is buttons[1]
    assert flow.takeAt(0) is None
