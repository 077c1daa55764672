"""A window on a workspace at a standing instant, made to be pictured."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from ui.crash import CrashReporter
from ui.main_window import MainWindow
from ui.preferences import Preferences
from ui.program import Program, Wishes
from ui.screenshots.settling import settle
from ui.style import tokens

if TYPE_CHECKING:
    from desktop.desk import Desk

W = TypeVar("W", bound=QWidget)


class Studio:
    """The real program; time stands still at `at`.

    `houses` are workspaces by name. `folder` keeps preferences and drafts; nothing of
    the user's is read.
    """

    def __init__(
        self, houses: dict[str, Path], folder: Path, at: datetime, size: QSize
    ) -> None:
        # A caret that blinks makes no two pictures alike.
        QApplication.setCursorFlashTime(0)
        self.houses = houses
        self.folder = folder
        self.preferences = Preferences(folder / "window.ini")
        self.window = MainWindow(self.preferences)
        self.crash = CrashReporter(lambda: self.window, None, self.window)
        self.at = at
        self.size = size
        self.program: Program | None = None
        self._later: list[Callable[[], None]] = []
        self.front: QWidget | None = None
        """A window of its own that is pictured instead of the main one."""

    def open(self, workspace: Path, person: str = "") -> None:
        """Open a workspace as the program does, and seat somebody."""
        self.start_program(Wishes(str(workspace), person=person)).start()
        self.settle()

    def start_program(self, wishes: Wishes | None = None) -> Program:
        """Show the window with nothing open yet."""
        self._end()
        self.program = Program(
            self.window,
            self.preferences,
            self.crash,
            lambda: self.at,
            wishes or Wishes(),
        )
        self.window.show()
        self.window.resize(self.size)
        self.window.activateWindow()
        return self.program

    @property
    def desk(self) -> Desk:
        """Return the desk of the workspace that is open."""
        assert self.program is not None
        assert self.program.opened is not None
        return self.program.opened.desk

    def settle(self) -> None:
        """Wait until everything that was asked for is shown."""
        settle(self.window)

    def show(self, page_id: str, **what: Any) -> None:
        """Bring a page to the front and wait for what it reads."""
        self.window.navigate(page_id, **what)
        self.settle()

    def page(self, kind: type[W]) -> W:
        """Return the page of a kind that is in front."""
        page = self.window.pages.currentWidget()
        assert isinstance(page, kind), page
        return page

    def run(self, action: str) -> None:
        """Do what an action of the window does, and wait for what comes of it."""
        done = self.window.actions_known.run(action)
        assert done, action
        self.settle()

    def dialogs(self) -> list[QDialog]:
        """Return the dialogs that are open, the one on top last."""
        found = [
            one
            for one in QApplication.topLevelWidgets()
            if isinstance(one, QDialog) and one.isVisible()
        ]
        return sorted(found, key=lambda one: one.isActiveWindow())

    def picture(self) -> QPixmap:
        """Return the window as it stands, its dialogs on it."""
        self.settle()
        picture = (self.front or self.window).grab()
        painter = QPainter(picture)
        frame = picture.rect()
        for dialog in self.dialogs():
            painter.fillRect(frame, _shade())
            shown = dialog.grab()
            corner = QPoint(
                (frame.width() - shown.width()) // 2,
                max(0, (frame.height() - shown.height()) // 3),
            )
            painter.drawPixmap(corner, shown)
            painter.setPen(tokens().edge)
            painter.drawRect(QRect(corner, shown.size()).adjusted(-1, -1, 0, 0))
        painter.end()
        return picture

    def later(self, undo: Callable[[], None]) -> None:
        """Have something put back once the picture is taken."""
        self._later.append(undo)

    def tidy(self) -> None:
        """Put away dialogs, the list of the palette, banners and the undo bar."""
        for dialog in self.dialogs():
            dialog.reject()
            if dialog.isVisible():
                dialog.reject()  # a sheet that is changed asks once
        while self._later:
            self._later.pop()()
        self.window.top.field.close_list()
        self.window.banners.clear()
        self.window.undo_bar.put_away()
        self.settle()

    def close(self) -> None:
        """Take the window down and let go of the workspace."""
        self.tidy()
        self._end()
        self.window.close()
        self.window.deleteLater()

    def _end(self) -> None:
        if self.program is not None:
            self.window.change_person.disconnect(self.program.ask_person)
            self.program.close()
            self.program.deleteLater()
            self.program = None


def _shade() -> Any:
    shade = tokens().text if not tokens().is_dark else tokens().canvas
    shade = type(shade)(shade)
    shade.setAlphaF(0.35)
    return shade
