"""One obstacle: what it is, who answers by when, its story, and the steps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from desktop import formats
from desktop.domain.errors import NotFound, Refusal
from desktop.domain.obstacles import ObstacleState, ObstacleStep
from desktop.domain.text import shortened
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.messages import refusal_words
from desktop.queries.improvements import ImprovementRow, improvements_of
from desktop.queries.obstacle_details import ObstacleDetails, obstacle_details
from desktop.reports.obstacle_words import STATES, story_words
from ui.common.empty_state import EmptyState
from ui.common.flow_layout import FlowLayout
from ui.common.labels import ElidedLabel, LinkLabel, PlainLabel, StateChip
from ui.common.request_pane.action_bar import ActionBar
from ui.common.scroll_area import ScrollArea
from ui.context import Context
from ui.obstacles.improvement_card import ImprovementCard
from ui.operations import Ticket
from ui.style import Size

NARROWEST = 368
LONGEST_SHOWN = 6_000
"""Letters of one text laid out at once; the rest is shown when asked for."""
STATE_LOOKS = {
    ObstacleState.OPEN: ("", "hourglass"),
    ObstacleState.ANSWERED: ("ok", "circle-check"),
    ObstacleState.REFUSED: ("", "ban"),
    ObstacleState.MERGED: ("", "corner-up-right"),
    ObstacleState.IMPROVING: ("held", "bulb"),
    ObstacleState.CLOSED: ("", "circle-minus"),
}
AGENDA_STATES = {
    "waiting": N_("waits for the next session"),
    "placed": N_("on the agenda"),
    "withdrawn": N_("taken back"),
    "refused": N_("not taken"),
}


class ObstaclePane(QWidget):
    """Shows the obstacle of an id; `shown` tells its details, or None."""

    shown = Signal(object)
    improvement_wanted = Signal(str, object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._ticket: Ticket | None = None
        self._second: Ticket | None = None
        self.obstacle_id: int | None = None
        self.details: ObstacleDetails | None = None
        self.improvements: tuple[ImprovementRow, ...] = ()
        self.cards: list[ImprovementCard] = []
        self.openers: dict[str, LinkLabel] = {}
        self.setMinimumWidth(NARROWEST)
        self.setAccessibleName(_("Obstacle"))
        self.bar = ActionBar()
        self.empty = EmptyState(
            _("No obstacle is chosen"),
            _("Choose one in the list to see it here."),
            icon="barrier-block",
        )
        self.scroll_area = ScrollArea()
        filled = QWidget()
        column = QVBoxLayout(filled)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.scroll_area, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(24, 12, 24, 16)
        foot.addWidget(self.bar)
        column.addLayout(foot)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(filled)
        self.setFocusProxy(self.scroll_area)
        context.ticker.beat.connect(self._beat)

    # ------------------------------------------------------------ reading

    def show_obstacle(self, obstacle_id: int | None) -> None:
        """Show an obstacle as it stands now, or that none is chosen."""
        if obstacle_id != self.obstacle_id:
            self.improvements = ()
        self.obstacle_id = obstacle_id
        if obstacle_id is None:
            self.details = None
            self._stack.setCurrentIndex(0)
            self.shown.emit(None)
            return
        for ticket in (self._ticket, self._second):
            if ticket is not None:
                ticket.cancel()
        me = self._context.me
        self._ticket = self._context.operations.read(
            obstacle_details,
            obstacle_id,
            person_id=me.person_id,
            unit_id=me.unit_id,
            roles=me.roles,
        ).start(self, self._take, self._refuse)

    def _refuse(self, refusal: Refusal) -> None:
        self.details = None
        title = _("This obstacle cannot be shown")
        if isinstance(refusal, NotFound):
            title = _("This obstacle is not here")
        self.empty.set_words(title, refusal_words(refusal))
        self._stack.setCurrentIndex(0)
        self.shown.emit(None)

    def _take(self, details: ObstacleDetails) -> None:
        is_same = details == self.details
        self.details = details
        if not is_same or self._stack.currentIndex() == 0:
            self._fill()
        self._stack.setCurrentIndex(1)
        self.shown.emit(details)
        self._read_improvements(details)

    def _read_improvements(self, details: ObstacleDetails) -> None:
        """Read the figures beside the words: they take longer to count."""
        if not any(one.kind.startswith("improvement_") for one in details.story):
            return
        now = self._context.ticker.now()
        read = self._context.operations.read_behind(
            improvements_of, details.row.id, now
        )
        self._second = read.start(self, self._take_improvements)

    def _take_improvements(self, rows: tuple[ImprovementRow, ...]) -> None:
        if rows != self.improvements:
            self.improvements = rows
            self._fill()
            self.shown.emit(self.details)

    def _beat(self) -> None:
        if self.details is not None and self.isVisible():
            self.due.setText(self._due_words(self.details))

    # ------------------------------------------------------------ filling

    def _fill(self) -> None:
        details = self.details
        if details is None:
            return
        at = self.scroll_area.verticalScrollBar().value()
        inner = QWidget()
        self.openers = {}
        column = QVBoxLayout(inner)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(16)
        self._add_head(column, details)
        self._add_links(column, details)
        for title, words in (
            (_("What happens then"), details.text),
            (_("What would help"), details.proposal),
            (self._answer_title(details), details.answer),
        ):
            if words:
                column.addWidget(_titled(title, words))
        self._add_improvements(column)
        self._add_story(column, details)
        column.addStretch(1)
        self.scroll_area.setWidget(inner)
        self.scroll_area.verticalScrollBar().setValue(at)

    def _when(self, at: datetime) -> str:
        now, zone = self._context.ticker.now(), self._context.clocks.zone
        return formats.short_instant(at, now, zone)

    def _add_head(self, column: QVBoxLayout, details: ObstacleDetails) -> None:
        row = details.row
        head = QVBoxLayout()
        head.setSpacing(6)
        line = QWidget()
        flow = FlowLayout(line)
        flow.addWidget(_as_high_as_a_chip(PlainLabel(f"#{row.number}", ink="text2")))
        kind, icon = STATE_LOOKS[row.state]
        flow.addWidget(StateChip(_(STATES[row.state]), kind=kind, icon=icon))
        head.addWidget(line)
        title = _wrapped(row.title, size="title")
        head.addWidget(title)
        raised = _("{who}, {unit}, {when}").format(
            who=row.raised_by, unit=row.unit, when=self._when(row.raised_at)
        )
        head.addWidget(_wrapped(raised, ink="text2"))
        self.due = _wrapped(self._due_words(details))
        head.addWidget(self.due)
        if details.voices:
            names = ", ".join(one.name for one in details.voices)
            told = _("It stops {names}, too.").format(names=names)
            head.addWidget(_wrapped(told, ink="text2"))
        column.addLayout(head)

    def _due_words(self, details: ObstacleDetails) -> str:
        row = details.row
        if row.state != ObstacleState.OPEN:
            return _("{who} owed the answer.").format(who=row.owing)
        if row.due_at is None:
            return _("{who} owes the answer.").format(who=row.owing)
        told = _("{who} owes the answer by {due}.")
        if row.due_at < self._context.ticker.now():
            told = _("{who} has owed the answer since {due}.")
        return told.format(who=row.owing, due=self._when(row.due_at))

    def _answer_title(self, details: ObstacleDetails) -> str:
        if details.row.answered_at is None:
            return _("Answer")
        told = _("{who} answered, {when}")
        if details.row.state == ObstacleState.REFUSED:
            told = _("{who} refused, {when}")
        when = self._when(details.row.answered_at)
        return told.format(who=details.answered_by, when=when)

    def _add_links(self, column: QVBoxLayout, details: ObstacleDetails) -> None:
        """Add what a click leads to: requests, merged ones, agendas."""
        lines = self._links(details)
        if not lines and not details.agendas:
            return
        box = QVBoxLayout()
        box.setSpacing(4)
        for name, words, act in lines:
            line = QWidget()
            flow = FlowLayout(line)
            opener = LinkLabel(name)
            opener.clicked.connect(lambda _on=False, act=act: act())
            self.openers[name] = opener
            flow.addWidget(opener)
            flow.addWidget(ElidedLabel(words))
            box.addWidget(line)
        for agenda in details.agendas:
            state = _(AGENDA_STATES.get(agenda.state, agenda.state))
            told = f"{agenda.series}: {state}"
            if agenda.number is not None:
                told = _("{told}, session {number}").format(
                    told=told, number=agenda.number
                )
            box.addWidget(_wrapped(told, ink="text2"))
        column.addLayout(box)

    def _links(
        self, details: ObstacleDetails
    ) -> list[tuple[str, str, Callable[..., None]]]:
        """Return requests and obstacles: a name, words, and what opens it."""
        navigate = self._context.navigate
        lines: list[tuple[str, str, Callable[..., None]]] = [
            (
                one.reference,
                one.subject,
                partial(navigate, "request", request_id=one.id),
            )
            for one in details.requests
        ]
        merged = [*details.merged_here]
        if details.merged_into is not None:
            merged.append(details.merged_into)
        for other in merged:
            is_into = other is details.merged_into
            words = _("it goes on here") if is_into else _("merged into this one")
            lines.append(
                (
                    f"#{other.number}",
                    f"{other.title} ({words})",
                    partial(navigate, "obstacles", obstacle_id=other.id),
                )
            )
        return lines

    def _add_improvements(self, column: QVBoxLayout) -> None:
        self.cards = []
        for one in self.improvements:
            card = ImprovementCard(one, may_act=self._may_prove(one))
            card.wanted.connect(
                lambda act, row=one: self.improvement_wanted.emit(act, row)
            )
            self.cards.append(card)
            column.addWidget(card)

    def _may_prove(self, one: ImprovementRow) -> bool:
        is_mine = one.owner_id == self._context.me.person_id
        details = self.details
        return is_mine or (details is not None and ObstacleStep.IMPROVED in details.may)

    def _add_story(self, column: QVBoxLayout, details: ObstacleDetails) -> None:
        box = QVBoxLayout()
        box.setSpacing(8)
        box.addWidget(PlainLabel(_("Story"), bold=True))
        self.story: list[str] = []
        for entry in reversed(details.story):
            words = story_words(entry, self._when)
            self.story.append(words)
            part = QVBoxLayout()
            part.setSpacing(0)
            part.addWidget(_wrapped(words))
            when = PlainLabel(self._when(entry.at), size="small", ink="text2")
            part.addWidget(when)
            is_shown = entry.kind in _IN_THE_HEAD or entry.text == details.answer
            if entry.text and not is_shown:
                told = shortened(entry.text, LONGEST_SHOWN)
                part.addWidget(_wrapped(told, ink="text2"))
            box.addLayout(part)
        column.addLayout(box)


_IN_THE_HEAD = frozenset({"obstacle_raised", "improvement_planned"})
"""Entries whose text is the title, which stands above as the answer does."""


def _as_high_as_a_chip(label: PlainLabel) -> PlainLabel:
    label.setMinimumHeight(24)
    return label


def _wrapped(words: str, *, ink: str = "text", size: Size = "body") -> PlainLabel:
    label = PlainLabel(words, ink=ink, size=size, wraps=True, selectable=True)
    label.setMinimumWidth(1)  # a word that does not break is cut
    return label


def _titled(title: str, words: str) -> QWidget:
    """Return words under their title; very long ones are shown whole when asked."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    column.addWidget(PlainLabel(title, bold=True, wraps=True))
    text = _wrapped(shortened(words, LONGEST_SHOWN))
    column.addWidget(text)
    if len(words) > LONGEST_SHOWN:
        more = LinkLabel(_("Show all of it"))
        more.clicked.connect(lambda: text.setText(words))
        more.clicked.connect(more.hide)
        column.addWidget(more)
    return box
