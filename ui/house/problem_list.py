"""Every problem of a file from outside: where it is, what is wrong, what to do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.errors import Refusal
from desktop.exchange.problems import Problem
from desktop.formats import count
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from ui.common.buttons import Button
from ui.common.labels import PlainLabel
from ui.common.painting import draw_frame
from ui.common.scroll_area import ScrollArea
from ui.style import tokens

MOST_SHOWN = 60
"""How many are shown one below the other; a copy has all there are."""


class _Entry(QWidget):
    """One problem: its place, what is wrong, what to do about it."""

    def __init__(self, problem: Problem, parent: QWidget) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(2)
        place = place_words(problem)
        layout.addWidget(PlainLabel(place, size="small", ink="text2", wraps=True))
        layout.addWidget(PlainLabel(problem.what(_), wraps=True, selectable=True))
        layout.addWidget(PlainLabel(problem.remedy(_), ink="text2", wraps=True))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the edge that marks where one begins and ends."""
        edge = QRectF(0, 4, 3, self.height() - 8)
        draw_frame(QPainter(self), edge, ground=tokens().riskbar, radius=1)


def place_words(problem: Problem) -> str:
    """Return file, line and column or key in words."""
    parts = [problem.file]
    if problem.line:
        parts.append(_("line {n}").format(n=count(problem.line)))
    if problem.where:
        parts.append(problem.where)
    return ", ".join(parts)


class ProblemList(QWidget):
    """A count, a scrolling list, and a button that copies all of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self._head = PlainLabel(bold=True, wraps=True)
        self._copy = Button(_("Copy"), icon="copy")
        self._copy.clicked.connect(self.copy)
        head = QHBoxLayout()
        head.addWidget(self._head, 1)
        head.addWidget(self._copy)
        layout.addLayout(head)
        self._area = ScrollArea()
        self._area.setMinimumHeight(120)
        layout.addWidget(self._area, 1)
        self._problems: tuple[Problem, ...] = ()
        self.hide()

    def problems(self) -> tuple[Problem, ...]:
        """Return what is listed."""
        return self._problems

    def set_problems(
        self, problems: Sequence[Problem], head: str = "", more: int = 0
    ) -> None:
        """List problems, hiding itself when there are none.

        `more` counts those that are known only by number.
        """
        self._problems = tuple(problems)
        self.setVisible(bool(problems))
        total = len(problems) + more
        self._head.setText(
            head
            or ngettext("{n} thing is wrong", "{n} things are wrong", total).format(
                n=count(total)
            )
        )
        inner = QWidget()
        lines = QVBoxLayout(inner)
        lines.setContentsMargins(0, 0, 8, 0)
        lines.setSpacing(8)
        for problem in self._problems[:MOST_SHOWN]:
            lines.addWidget(_Entry(problem, inner))
        hidden = total - min(len(problems), MOST_SHOWN)
        if hidden > 0:
            words = ngettext("and {n} more", "and {n} more", hidden)
            lines.addWidget(PlainLabel(words.format(n=count(hidden)), ink="text2"))
        lines.addStretch(1)
        self._area.setWidget(inner)

    def show_refusal(self, refusal: Refusal) -> bool:
        """List the problems a refusal carries; False when it carries none."""
        problems = getattr(refusal, "problems", ())
        self.set_problems(problems)
        return bool(problems)

    def copy(self) -> None:
        """Put every problem on the clipboard, one a line."""
        text = "\n".join(problem.told(_) for problem in self._problems)
        QGuiApplication.clipboard().setText(text)
