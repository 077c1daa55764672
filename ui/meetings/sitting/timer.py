"""The quiet timer: what is left of the item's time-box, in words, colour and a bar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop import formats
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from desktop.queries.sitting import SittingBoard
from ui.common.labels import IconLabel
from ui.common.painting import draw_frame
from ui.meetings.sitting.big import BigLabel, Scale
from ui.meetings.sitting.words import minutes_and_seconds
from ui.style import tokens

TimeState = Literal["on_time", "nearly", "over", "held"]
NEARLY_S = 60
NEARLY_SHARE = 0.2
LOOKS = {
    "on_time": ("clock", "text2"),
    "nearly": ("hourglass", "risk"),
    "over": ("alert-triangle", "broken"),
    "held": ("circle-pause", "held"),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """Seconds used and given, and how that stands."""

    used_s: int
    given_s: int
    state: TimeState

    @property
    def left_s(self) -> int:
        """Return the seconds left, below zero when it is over."""
        return self.given_s - self.used_s


def item_reading(board: SittingBoard, now: datetime) -> Reading | None:
    """Return how the time of the item under discussion stands; None without one."""
    item = board.find(board.item_id)
    if item is None:
        return None
    used = item.item.spent_s
    if board.item_since is not None:
        used += max(0, round((now - board.item_since).total_seconds()))
    return reading(used, item.item.minutes * 60, is_held=board.item_since is None)


def reading(used_s: int, given_s: int, *, is_held: bool = False) -> Reading:
    """Judge seconds used of those given."""
    left = given_s - used_s
    state: TimeState = "on_time"
    if left < 0:
        state = "over"
    elif is_held:
        state = "held"
    elif left <= max(NEARLY_S, round(given_s * NEARLY_SHARE)):
        state = "nearly"
    return Reading(used_s, given_s, state)


def words_of(found: Reading, *, is_held: bool) -> tuple[str, str]:
    """Return the time in figures, and how it stands in words."""
    shown = minutes_and_seconds(abs(found.left_s))
    given = _("of {minutes} min").format(minutes=formats.count(found.given_s // 60))
    words = {
        "on_time": _("left {given}"),
        "nearly": _("left {given}, nearly over"),
        "over": _("over {given}"),
        "held": _("left {given}"),
    }[found.state].format(given=given)
    return (
        f"+{shown}" if found.left_s < 0 else shown,
        _("{words}, timer held").format(words=words) if is_held else words,
    )


def session_words(board: SittingBoard, now: datetime) -> tuple[str, str]:
    """Return what is left of the whole session, and the ink it is written in."""
    ends = formats.clock_time(board.head.ends_at, ZoneInfo(board.head.zone))
    left = round((board.head.ends_at - now).total_seconds() / 60)
    if left < 0:
        words = ngettext(
            "{n} minute over, planned until {time}",
            "{n} minutes over, planned until {time}",
            -left,
        )
        return words.format(n=formats.count(-left), time=ends), "broken"
    words = ngettext(
        "{n} minute left, until {time}", "{n} minutes left, until {time}", left
    )
    ink = "risk" if left <= 5 else "text2"
    return words.format(n=formats.count(left), time=ends), ink


class TimerPanel(QWidget):
    """Figures, words with an icon, and a bar; nothing blinks."""

    def __init__(self, scale: Scale, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.found: Reading | None = None
        self.figures = BigLabel(scale, 3.4, bold=True)
        self.icon = IconLabel("clock", size=20)
        self.words = BigLabel(scale, 1.1, ink="text2")
        self.bar = _TimeBar()
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.icon)
        line.addWidget(self.words, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.figures)
        layout.addWidget(self.bar)
        layout.addLayout(line)

    def show_time(self, board: SittingBoard, now: datetime) -> None:
        """Show how the item's time stands now."""
        self.found = item_reading(board, now)
        self.setVisible(self.found is not None)
        if self.found is None:
            return
        is_held = board.item_since is None
        figures, words = words_of(self.found, is_held=is_held)
        icon, ink = LOOKS["held" if is_held else self.found.state]
        figure_ink = LOOKS[self.found.state][1]
        self.figures.setText(figures)
        self.figures.set_ink("text" if figure_ink == "text2" else figure_ink)
        self.words.setText(words)
        self.words.set_ink(ink)
        self.icon.set_icon(icon, ink)
        self.bar.show_reading(self.found)
        self.setAccessibleName(f"{figures} {words}")


class _TimeBar(QWidget):
    """How much of the time-box is used."""

    def __init__(self) -> None:
        super().__init__()
        self._found: Reading | None = None
        self.setFixedHeight(8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_reading(self, found: Reading) -> None:
        self._found = found
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._found is None:
            return
        painter, colours, box = QPainter(self), tokens(), QRectF(self.rect())
        draw_frame(painter, box, ground=colours.track, radius=4)
        share = min(1.0, self._found.used_s / max(1, self._found.given_s))
        box.setWidth(max(8.0, box.width() * share))
        kinds = {"nearly": "risk", "over": "broken", "held": "held"}
        kind = kinds.get(self._found.state, "")
        draw_frame(
            painter, box, ground=colours.bar(kind) if kind else colours.accent, radius=4
        )
