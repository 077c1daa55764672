"""The bar on top: what this is, one field for everything, New request, the person."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QActionGroup, QHideEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget

from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from ui.actions import Actions
from ui.common.buttons import Button, IconButton, without_mnemonic
from ui.common.command_palette import CommandField
from ui.common.menu import Menu
from ui.common.painting import (
    draw_avatar,
    draw_badge,
    draw_ball,
    draw_focus,
    draw_frame,
    draw_text,
    text_width,
)
from ui.style import ThemeChoice, theme, tokens

HEIGHT = 56


class Mark(QWidget):
    """The two halves, the program's name, and the workspace's below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(280, HEIGHT)
        self.set_workspace("")

    def set_workspace(self, name: str) -> None:
        """Name the workspace that is open."""
        self._name = name
        self.setAccessibleName(f"Counterpart, {name}" if name else "Counterpart")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint mark and names."""
        painter = QPainter(self)
        colours = tokens()
        draw_ball(painter, QRectF(24, 16, 24, 24), "front", colours.accent)
        top = 9 if self._name else 18
        draw_text(
            painter,
            QRectF(60, top, 216, 20),
            "Counterpart",
            colours.text,
            bold=True,
        )
        name = QRectF(60, 29, 216, 18)
        draw_text(painter, name, self._name, colours.text2, size="small")


class PersonButton(QPushButton):
    """Who is at the desk; opens the menu of what is theirs to set."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = self._detail = ""
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.hide()

    def set_person(self, name: str, detail: str) -> None:
        """Show a person and, below, their unit."""
        self._name, self._detail = name, detail
        spoken = _("{name}, {unit}").format(name=name, unit=detail)
        self.setAccessibleName(spoken if detail else name)
        self.setVisible(bool(name))
        self.updateGeometry()
        self.update()

    def minimumSizeHint(self) -> QSize:
        """Return the size of the avatar and the beginning of a name."""
        return QSize(min(140, self.sizeHint().width()), 44)

    def sizeHint(self) -> QSize:
        """Return the size of avatar and words."""
        words = max(text_width(self._name), text_width(self._detail, "small"))
        return QSize(min(220, words + 56), 44)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint avatar and words."""
        painter = QPainter(self)
        colours = tokens()
        box = QRectF(self.rect())
        if self.underMouse():
            draw_frame(painter, box, ground=colours.track)
        draw_avatar(painter, QRectF(6, 6, 32, 32), self._name, own=True)
        words = QRectF(46, 4 if self._detail else 12, box.width() - 52, 19)
        draw_text(painter, words, self._name, colours.text)
        words.translate(0, 18)
        draw_text(painter, words, self._detail, colours.text2, size="small")
        if self.hasFocus():
            draw_focus(painter, box)


class BellButton(IconButton):
    """The bell: how many notices are unread. `gone` when nobody sits here any more."""

    gone = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("bell", _("Notices"), parent=parent)
        self._count = 0
        self.hide()

    def count(self) -> int:
        """Return how many are shown as unread."""
        return self._count

    def set_count(self, count: int) -> None:
        """Show how many notices are unread; none shows only the bell."""
        self._count = count
        words = _("Notices")
        if count:
            words = ngettext(
                "Notices, {n} not read", "Notices, {n} not read", count
            ).format(n=count)
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for the bell and its badge."""
        return QSize(44, 36)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bell, and the count in its upper corner."""
        super().paintEvent(event)
        if self._count:
            draw_badge(QPainter(self), self.width() - 1, 1, self._count)

    def hideEvent(self, event: QHideEvent) -> None:
        """Tell the pane behind the bell, which has to go as well."""
        super().hideEvent(event)
        self.gone.emit()


class TopBar(QWidget):
    """Mark at the left, the field in the middle, acts and person at the right."""

    new_request = Signal()
    change_person = Signal()
    about = Signal()
    theme_chosen = Signal(object)

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 24, 0)
        layout.setSpacing(16)
        self.mark = Mark()
        self.field = CommandField(actions)
        self.field.setMinimumWidth(240)
        self.field.setMaximumWidth(544)
        self.new_button = Button(
            _("New request"), kind="primary", icon="plus", key="Ctrl+N"
        )
        self.new_button.set_height(36)
        self.new_button.clicked.connect(self.new_request)
        self.bell = BellButton()
        self.person = PersonButton()
        self.person.clicked.connect(self._open_menu)
        layout.addWidget(self.mark)
        layout.addStretch(1)
        layout.addWidget(self.field, 8)
        layout.addStretch(1)
        layout.addWidget(self.new_button)
        layout.addWidget(self.bell)
        layout.addWidget(self.person)

    def _open_menu(self) -> None:
        menu = self.make_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        below = QPoint(0, self.person.height() + 4)
        menu.popup(self.person.mapToGlobal(below))

    def make_menu(self) -> QMenu:
        """Make the person's menu: change person, theme, about."""
        menu = Menu(self)
        change = menu.addAction(without_mnemonic(_("Change person")))
        change.triggered.connect(self.change_person)
        menu.addSeparator()
        group = QActionGroup(menu)
        choices: tuple[tuple[ThemeChoice, str], ...] = (
            ("light", _("Light colours")),
            ("dark", _("Dark colours")),
            ("system", _("Colours of the system")),
        )
        for choice, words in choices:
            action = menu.addAction(without_mnemonic(words))
            action.setCheckable(True)
            action.setChecked(theme().choice == choice)
            action.setActionGroup(group)
            action.triggered.connect(
                lambda _on, choice=choice: self.theme_chosen.emit(choice)
            )
        menu.addSeparator()
        menu.addAction(_("About Counterpart")).triggered.connect(self.about)
        return menu

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the canvas."""
        QPainter(self).fillRect(event.rect(), tokens().canvas)
