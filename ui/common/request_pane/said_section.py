"""What did we decide about this? Obstacles met on a request, and what sessions said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.text import in_line, shortened
from desktop.i18n import gettext as _
from ui.common.labels import ElidedLabel, IconLabel, LinkLabel, PlainLabel
from ui.common.refresher import Refresher

if TYPE_CHECKING:
    from desktop.queries.obstacle_lists import ObstacleRow
    from desktop.queries.request_details import RequestDetails
    from desktop.queries.session_search import AboutRequest, Said
    from ui.context import Context
    from ui.operations import Ticket

TABLES = ("obstacle", "obstacle_voice", "decision", "action", "agenda_item_request")
CHAIRS = frozenset({"coordinator", "manager", "administrator"})
"""Who has the page of sessions."""
LONGEST = 400
Act = Callable[[], None]


class SaidSection(QWidget):
    """Hidden while no obstacle and no session has to do with the request."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._request_id: int | None = None
        self._ticket: Ticket | None = None
        self._shown: AboutRequest | None = None
        self.lines: list[str] = []
        self.openers: list[LinkLabel] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._rows = QWidget()
        self._layout.addWidget(self._rows)
        self.hide()
        Refresher(parent or self, context.operations, TABLES, self._reread)

    def show_details(self, details: RequestDetails) -> None:
        """Read what was said about a request and show it."""
        if self._request_id != details.id:
            self._shown = None
            self.hide()
        self._request_id = details.id
        self._reread()

    def _reread(self) -> None:
        from desktop.queries.session_search import about_request

        if self._ticket is not None:
            self._ticket.cancel()
        if self._request_id is not None:
            self._ticket = self._context.operations.read_behind(
                about_request, self._request_id
            ).start(self, self._take)

    def _take(self, about: AboutRequest) -> None:
        if about == self._shown:
            return
        self._shown = about
        self._fill(about)
        self.setVisible(bool(about.obstacles or about.said))

    def _fill(self, about: AboutRequest) -> None:
        fresh = QWidget()
        column = QVBoxLayout(fresh)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.lines, self.openers = [], []
        own = [one for one in about.said if not one.is_near]
        near = [one for one in about.said if one.is_near]
        for title, rows in (
            (_("Obstacles"), [self._waiting(one) for one in about.obstacles]),
            (_("Decided about this"), self._said(own)),
            (_("Decided about the same service"), self._said(near)),
        ):
            if rows:
                if column.count():
                    column.addSpacing(10)
                column.addWidget(PlainLabel(title, bold=True))
                for row in rows:
                    column.addWidget(row)
        self._layout.replaceWidget(self._rows, fresh)
        self._rows.hide()
        self._rows.deleteLater()
        self._rows = fresh

    def _now(self) -> tuple[datetime, tzinfo]:
        return self._context.ticker.now(), self._context.clocks.zone

    def _waiting(self, one: ObstacleRow) -> QWidget:
        from desktop.formats import short_instant

        now, zone = self._now()
        stands = one.owing
        if one.due_at is not None:
            due = short_instant(one.due_at, now, zone)
            told = _("{who} answers by {due}")
            if one.due_at < now:
                told = _("{who} should have answered by {due}")
            stands = told.format(who=one.owing, due=due)
        return self._line(
            "barrier-block",
            f"#{one.number}",
            lambda: self._context.navigate("obstacles", obstacle_id=one.id),
            one.title,
            stands,
        )

    def _said(self, found: Sequence[Said]) -> list[QWidget]:
        from desktop.queries.session_search import SaidKind
        from desktop.reports.said_words import (
            KINDS,
            said_kind_words,
            said_line,
            session_words,
            standing_words,
        )

        now, zone = self._now()
        lines = []
        for one in found:
            act = None
            if one.kind is SaidKind.OBSTACLE:
                act = self._obstacle_opener(one)
            elif CHAIRS & self._context.me.roles and one.meeting_id is not None:
                act = self._session_opener(one)
            below = (session_words(one, zone), standing_words(one, now, zone))
            lines.append(
                self._line(
                    KINDS[one.kind][0],
                    said_kind_words(one),
                    act,
                    shortened(said_line(one), LONGEST),
                    in_line(*below, wide=True),
                )
            )
        return lines

    def _obstacle_opener(self, one: Said) -> Act:
        return lambda: self._context.navigate("obstacles", obstacle_id=one.id)

    def _session_opener(self, one: Said) -> Act:
        return lambda: self._context.navigate(
            "meetings", series_id=one.series_id, meeting_id=one.meeting_id
        )

    def _line(
        self, icon: str, name: str, act: Act | None, words: str, below: str
    ) -> QWidget:
        """Return a line: what it is, a link where it can be opened, and its words."""
        line = QWidget()
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(IconLabel(icon), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(8)
        if act is None:
            head.addWidget(PlainLabel(name, size="small", ink="text2"))
        else:
            opener = LinkLabel(name)
            opener.clicked.connect(act)
            self.openers.append(opener)
            head.addWidget(opener)
        head.addWidget(ElidedLabel(below, size="small", ink="text2"), 1)
        column.addLayout(head)
        told = PlainLabel(words, wraps=True, selectable=True)
        told.setMinimumWidth(1)  # a word that does not break is cut
        column.addWidget(told)
        layout.addLayout(column, 1)
        self.lines.append(f"{name}: {words}")
        return line
