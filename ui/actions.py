"""Everything a person can do, said once; menus, keys and the palette read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QMetaObject, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop.i18n import gettext as _


def _always() -> bool:
    return True


@dataclass(frozen=True)
class Action:
    """One thing to do.

    `words` is a marked source string; `group` says where it belongs ("everywhere" or
    a page's id); `when` tells whether it is possible now. One that is not listed has
    a key but no place in the palette.
    """

    id: str
    words: str
    act: Callable[[], object]
    shortcut: str = ""
    icon: str = ""
    group: str = "everywhere"
    when: Callable[[], bool] = _always
    is_listed: bool = True

    def shown(self) -> str:
        """Return the words in the language spoken."""
        return _(self.words)


class Actions(QObject):
    """The registry; a page adds its actions when it is made and is their scope."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._actions: dict[str, Action] = {}
        self._keys: dict[str, QShortcut] = {}
        self._ends: dict[str, QMetaObject.Connection] = {}

    def add(self, action: Action, scope: QWidget) -> Action:
        """Register an action; its key works while `scope` or a child has the focus.

        With a window as scope the key works everywhere in it. An action of the same id
        is replaced.
        """
        self.remove(action.id)
        self._actions[action.id] = action
        if action.shortcut:
            sequence = QKeySequence(action.shortcut)
            key = QShortcut(sequence, scope)
            in_window = scope.isWindow()
            key.setContext(
                Qt.ShortcutContext.WindowShortcut
                if in_window
                else Qt.ShortcutContext.WidgetWithChildrenShortcut
            )
            key.activated.connect(lambda: self.run(action.id))
            self._keys[action.id] = key
        # Let go of with the action: a window outlives those of all who sat there.
        self._ends[action.id] = scope.destroyed.connect(lambda: self._forget(action))
        self.changed.emit()
        return action

    def _forget(self, action: Action) -> None:
        if self._actions.get(action.id) is action:
            del self._actions[action.id]
            self._keys.pop(action.id, None)
            self._ends.pop(action.id, None)

    def remove(self, action_id: str) -> None:
        """Forget an action, if it is known."""
        self._actions.pop(action_id, None)
        end = self._ends.pop(action_id, None)
        if end is not None:
            QObject.disconnect(end)
        key = self._keys.pop(action_id, None)
        if key is not None:
            key.setEnabled(False)
            key.deleteLater()

    def get(self, action_id: str) -> Action:
        """Return an action; KeyError when there is none."""
        return self._actions[action_id]

    def run(self, action_id: str) -> bool:
        """Do it if it is possible now; tell whether it was."""
        action = self._actions.get(action_id)
        if action is None or not action.when():
            return False
        action.act()
        return True

    def press(self, key: str, group: str) -> bool:
        """Do what a key would do on a page now; tell whether it does anything."""
        pressed = QKeySequence(key)
        for action in self._actions.values():
            is_here = action.group in (group, "everywhere")
            if is_here and action.shortcut and QKeySequence(action.shortcut) == pressed:
                return self.run(action.id)
        return False

    def possible(self, group: str | None = None) -> list[Action]:
        """Return what can be done now, in the order registered."""
        return [
            action
            for action in self._actions.values()
            if (group is None or action.group in (group, "everywhere"))
            and action.is_listed
            and action.when()
        ]

    def all(self, group: str | None = None) -> list[Action]:
        """Return every action of a group, possible now or not."""
        return [
            action
            for action in self._actions.values()
            if group is None or action.group == group
        ]
