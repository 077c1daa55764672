"""Where the hours of a week lie on the week editor, and what a drag makes of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from desktop.domain.calendars import Interval
from desktop.domain.instants import DAY_S
from ui.common.week.hours import (
    FINE_S,
    LATEST_START_S,
    STEP_S,
    moved,
    snapped,
    with_end,
    with_start,
)

AXIS = 28
ROW = 44
TALLEST_ROW = 60
LEFT = 120
RIGHT = 80
GRIP = 6

Hours = list[list[Interval]]


def as_lists(weekly: Mapping[int, Sequence[Interval]]) -> Hours:
    """Return the hours of the seven days, Monday first, in a list each."""
    return [list(weekly.get(day, ())) for day in range(7)]


def as_weekly(hours: Hours) -> dict[int, tuple[Interval, ...]]:
    """Return the days that have hours, as a calendar keeps them."""
    return {day: tuple(sorted(one)) for day, one in enumerate(hours) if one}


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of an interval that lies on one day's row.

    `at` is its place among the intervals that begin on `day`; what runs over midnight
    goes on in the row of the next day.
    """

    day: int
    at: int
    row: int
    start: int
    end: int
    is_head: bool
    is_tail: bool


def pieces_of(hours: Hours) -> list[Piece]:
    """Return every piece, those on top last."""
    found = []
    for day, intervals in enumerate(hours):
        for at, (start, end) in enumerate(intervals):
            over = end > DAY_S
            found.append(
                Piece(day, at, day, start, min(end, DAY_S), True, end <= DAY_S)
            )
            if over:
                found.append(
                    Piece(
                        day,
                        at,
                        (day + 1) % 7,
                        0,
                        min(end - DAY_S, DAY_S),
                        False,
                        is_tail=True,
                    )
                )
    return found


@dataclass(frozen=True, slots=True)
class Layout:
    """The pixels of the rows for the size there is."""

    width: float
    height: float = 0

    @property
    def row(self) -> float:
        """Return how high a day is."""
        return min(TALLEST_ROW, max(ROW, (self.height - AXIS) // 7))

    @property
    def hours_width(self) -> float:
        """Return how wide 24 hours are."""
        return max(96.0, self.width - LEFT - RIGHT)

    def x(self, seconds: float) -> float:
        """Return where a time of day lies."""
        return LEFT + self.hours_width * seconds / DAY_S

    def seconds(self, x: float) -> float:
        """Return the time of day at a place; past the right edge it is the next day."""
        return (x - LEFT) * DAY_S / self.hours_width

    def row_box(self, row: int) -> QRectF:
        """Return the box of a day's 24 hours."""
        return QRectF(LEFT, AXIS + row * self.row, self.hours_width, self.row)

    def row_at(self, y: float) -> int:
        """Return the row nearest a place."""
        return min(6, max(0, int((y - AXIS) // self.row)))

    def box(self, piece: Piece) -> QRectF:
        """Return the box of a piece."""
        left, right = self.x(piece.start), self.x(piece.end)
        top = AXIS + piece.row * self.row + 5
        return QRectF(left, top, max(3.0, right - left), self.row - 10)


@dataclass(frozen=True, slots=True)
class Grab:
    """What the pointer took: `make`, `move`, `start` or `end` of an interval."""

    how: str
    day: int
    at: int
    origin: Interval
    from_s: float
    row: int
    hours: Hours


def grab(hours: Hours, layout: Layout, point: QPointF, step: int) -> Grab | None:
    """Return what is taken at a point; None beside the rows."""
    row = layout.row_at(point.y())
    seconds = layout.seconds(point.x())
    inside = AXIS <= point.y() < AXIS + 7 * layout.row
    if not inside or not -0.01 * DAY_S <= seconds <= 1.01 * DAY_S:
        return None
    for piece in reversed(pieces_of(hours)):
        box = layout.box(piece)
        if not box.adjusted(-GRIP, 0, GRIP, 0).contains(point):
            continue
        how = _how(piece, box, point)
        origin = hours[piece.day][piece.at]
        return Grab(how, piece.day, piece.at, origin, seconds, row, hours)
    start = min(max(0, snapped(seconds, step)), LATEST_START_S)
    at = len(hours[row])
    return Grab("make", row, at, (start, start), seconds, row, hours)


def _how(piece: Piece, box: QRectF, point: QPointF) -> str:
    edge = min(GRIP, box.width() / 4)
    if piece.is_tail and point.x() >= box.right() - edge:
        return "end"
    if piece.is_head and point.x() <= box.left() + edge:
        return "start"
    return "move"


def dragged(
    taken: Grab, layout: Layout, point: QPointF, step: int
) -> tuple[Hours, int, int]:
    """Return the hours while dragging, and the day and place of what is dragged."""
    hours = [list(one) for one in taken.hours]
    by = layout.seconds(point.x()) - taken.from_s
    start, end = taken.origin
    if taken.how == "make":
        other = snapped(layout.seconds(point.x()), step)
        first, last = min(start, other), max(start, other)
        if last - first < FINE_S:
            return hours, taken.day, -1
        hours[taken.day].append(with_end((max(0, first), last), last))
        return hours, taken.day, taken.at
    if taken.how == "end":
        hours[taken.day][taken.at] = with_end(taken.origin, snapped(end + by, step))
        return hours, taken.day, taken.at
    if taken.how == "start":
        hours[taken.day][taken.at] = with_start(taken.origin, snapped(start + by, step))
        return hours, taken.day, taken.at
    shift = snapped(start + by, step) - start if abs(by) >= step / 2 else 0
    result = moved(taken.origin, shift)
    day = min(6, max(0, taken.day + layout.row_at(point.y()) - taken.row))
    if day == taken.day:
        hours[day][taken.at] = result
        return hours, day, taken.at
    del hours[taken.day][taken.at]
    hours[day].append(result)
    return hours, day, len(hours[day]) - 1


def step_of(is_fine: bool) -> int:
    """Return the step of a drag: 15 minutes, fine ones 5."""
    return FINE_S if is_fine else STEP_S
