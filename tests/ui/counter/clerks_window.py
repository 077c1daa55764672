"""A window on a real small house, with a clerk at its desk and pages to look at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desktop.queries.lookups import calendars
from tests.small_house import PEOPLE, ZONE, SmallHouse
from ui.actions import Actions
from ui.clocks import Clocks
from ui.common.banner import BannerArea
from ui.common.undo_bar import UndoBar
from ui.context import Context, Me, PageSpec
from ui.icons import icons
from ui.operations import Operations
from ui.preferences import Preferences
from ui.style import apply_theme, theme
from ui.ticker import Ticker


@dataclass
class ClerksWindow:
    """A page in a window of its own, and what it asked the window to do."""

    house: SmallHouse
    context: Context
    window: QWidget
    page: Any = None
    went: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    offered: list[tuple[str, Callable[[], None]]] = field(default_factory=list)
    undos: list[Callable[[], None] | None] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def show(self, spec: PageSpec, width: int = 1344, height: int = 844) -> Any:
        """Make a page and bring it to the screen."""
        self.page = spec.create(self.context)
        self.window.layout().addWidget(self.page)
        self.window.resize(width, height)
        self.window.show()
        self.window.activateWindow()
        return self.page

    def beat(self) -> None:
        """Strike the minute."""
        self.context.ticker.beat.emit()

    def close(self) -> None:
        """Take everything down."""
        self.window.close()
        self.context.operations.close()
        self.window.deleteLater()


def open_window(
    house: SmallHouse,
    folder: Path,
    who: str = "Jelena Marić",
    choice: str = "light",
    application: Callable[[], QApplication] | None = None,
) -> ClerksWindow:
    """Sit somebody down before an empty window."""
    app = application() if application else QApplication.instance()
    assert isinstance(app, QApplication)
    apply_theme(app, "dark" if choice == "dark" else "light")
    house.me(who)
    window = QWidget()
    window.setWindowTitle("Counterpart")
    layout = QVBoxLayout(window)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    banners = BannerArea()
    layout.addWidget(banners)
    made: ClerksWindow

    def report(error: BaseException, context: str) -> None:
        made.broken.append(f"{context}: {error!r}")

    def tell(words: str, **how: Any) -> None:
        made.told.append(words)
        if how.get("act") is not None:
            made.offered.append((how["action"], how["act"]))

    def navigate(page_id: str, **what: Any) -> None:
        made.went.append((page_id, what))

    def undo(words: str, undo: Callable[[], None] | None = None) -> None:
        made.told.append(words)
        made.undos.append(undo)
        bar.offer(words)

    operations = Operations(house.desk, report, window)
    ticker = Ticker(lambda: house.instant, window)
    clocks = Clocks(operations, ticker, window)
    clocks.set(house.read(calendars), ZONE.key)
    bar = UndoBar(window)
    unit = PEOPLE[who][0]
    me = Me(
        house.people[who], who, house.units[unit], unit, "front", frozenset({"clerk"})
    )
    context = Context(
        operations=operations,
        icons=icons(),
        preferences=Preferences(folder / "preferences.ini", window),
        me=me,
        ticker=ticker,
        clocks=clocks,
        theme=theme(),
        actions=Actions(window),
        navigate=navigate,
        tell=tell,
        offer_undo=undo,
        workspace_name="City of Lipovac",
    )
    made = ClerksWindow(house, context, window)
    return made
