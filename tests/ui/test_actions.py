"""What can be done, registered under its name and let go of with its scope."""

from __future__ import annotations

import gc
import weakref

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget

from ui.actions import Action, Actions


def test_an_action_that_was_replaced_is_let_go_of(qtbot) -> None:
    """As those of everybody who sat at a window before."""
    window = QWidget()
    qtbot.addWidget(window)
    actions = Actions(window)

    class Person:
        def act(self) -> None:
            """Do nothing."""

    first = Person()
    gone = weakref.ref(first)
    actions.add(Action("act", "Act", first.act, "A"), window)
    actions.add(Action("act", "Act", Person().act, "A"), window)
    del first
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert gone() is None
