"""The pane of one request: head, clocks, story, composer and the steps possible now."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from desktop import formats
from desktop.domain.errors import NotFound, Refusal
from desktop.domain.requests import EntryKind, is_allowed, may_take_step
from desktop.domain.wordings import Place
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.messages import refusal_words
from ui.actions import Action
from ui.common.attachments.section import FilesSection
from ui.common.canned import CannedTexts
from ui.common.empty_state import EmptyState
from ui.common.kept_words import ON_REQUESTS, KeptWords
from ui.common.labels import PlainLabel
from ui.common.mentions import Mentions
from ui.common.refresher import Refresher
from ui.common.request_pane.action_bar import ActionBar
from ui.common.request_pane.actions_section import ActionsSection
from ui.common.request_pane.answers import Answers
from ui.common.request_pane.begun_steps import offer_begun_steps
from ui.common.request_pane.company import Company
from ui.common.request_pane.composer import Composer
from ui.common.request_pane.customer_told import CustomerTold
from ui.common.request_pane.desk_sections import DeskSections
from ui.common.request_pane.file_acts import FileActs
from ui.common.request_pane.link_acts import LinkActs
from ui.common.request_pane.links_section import LinksSection
from ui.common.request_pane.pane_head import PaneHead
from ui.common.request_pane.places import places_of
from ui.common.request_pane.promise_cards import PromiseCards
from ui.common.request_pane.raising_again import RaisingAgain
from ui.common.request_pane.raising_for_session import RaisingForSession
from ui.common.request_pane.raising_obstacle import RaisingObstacle
from ui.common.request_pane.said_section import SaidSection
from ui.common.request_pane.split_bar import SplitBar
from ui.common.request_pane.steps import Steps, Target
from ui.common.request_pane.timeline import Timeline
from ui.common.scroll_area import ScrollArea
from ui.style import tokens

if TYPE_CHECKING:
    from desktop.domain.requests import Audience
    from desktop.queries.request_details import RequestDetails
    from ui.context import Context
    from ui.operations import Ticket

NARROWEST = 448
LEAST = 400
HEAD_SHARE = 0.4
TABLES = ("request", "journal_entry", "person", "unit", "agreement_version")


class RequestPane(QWidget):
    """Shows the request of an id; the steps are the page's, given with `use_steps`.

    `why_wanted(request id, clock position)`, `full_wanted(request id)`.
    """

    why_wanted = Signal(int, int)
    full_wanted = Signal(int)
    shown = Signal(object)

    def __init__(
        self,
        context: Context,
        *,
        can_open_full: bool = True,
        empty: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._steps: Steps | None = None
        self._ticket: Ticket | None = None
        self.request_id: int | None = None
        self.details: RequestDetails | None = None
        self.setMinimumWidth(LEAST)
        self.setAccessibleName(_("Request"))
        self.head = PaneHead(context, self._open_full if can_open_full else None)
        self.cards = PromiseCards()
        self.split = SplitBar()
        self.told = CustomerTold()
        self.desk = DeskSections(context)
        self.agreed = ActionsSection(context)
        self.links = LinksSection(context)
        self.said = SaidSection(context, self)
        self._link_acts: LinkActs | None = None
        self._file_acts: FileActs | None = None
        self._again: RaisingAgain | None = None
        self._obstacle: RaisingObstacle | None = None
        self._session: RaisingForSession | None = None
        self.answers = Answers()
        self.files = FilesSection(context)
        self.timeline = Timeline(context.me.person_id)
        self.composer = Composer(KeptWords.of(context, ON_REQUESTS))
        self.canned = CannedTexts(context, self.composer.field, self.places)
        self.composer.add_tool(self.canned.button)
        self.company = Company(context, self)
        Mentions(context, self.composer.field)
        self.bar = ActionBar()
        self.several = PlainLabel("", size="small", ink="text2", wraps=True)
        self.several.hide()
        self.empty = EmptyState(
            _("No request is chosen"),
            empty or _("Choose one in the list to see it here."),
            icon="file-text",
        )
        self._place()
        self.cards.why_wanted.connect(self._ask_why)
        self.links.changed.connect(self.refresh_steps)
        self.composer.sent.connect(self._comment)
        self.composer.left.connect(self.scroll_area.setFocus)
        context.ticker.beat.connect(self._beat)
        context.clocks.changed.connect(self._beat)
        Refresher(self, context.operations, TABLES, self._reread)

    def _place(self) -> None:
        self._middle = QWidget()
        middle = QVBoxLayout(self._middle)
        middle.setContentsMargins(24, 4, 24, 16)
        middle.setSpacing(16)
        for part in (
            *(self.cards, self.split, self.told, self.desk, self.agreed, self.links),
            *(self.answers, self.files, self.said, self.timeline),
        ):
            middle.addWidget(part)
        middle.addStretch(1)
        inner = QWidget()
        self._inside = QVBoxLayout(inner)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(0)
        self._inside.addWidget(self._middle, 1)
        self.scroll_area = ScrollArea()
        self.scroll_area.setWidget(inner)
        self._foot = _Foot()
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(24, 12, 24, 16)
        foot.setSpacing(8)
        foot.addWidget(self.company)
        foot.addWidget(self.composer)
        foot.addWidget(self.several)
        foot.addWidget(self.bar)
        filled = QWidget()
        self._column = QVBoxLayout(filled)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.head)
        self._column.addWidget(self.scroll_area, 1)
        self._column.addWidget(self._foot)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(filled)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See again whether the head has room above what scrolls."""
        super().resizeEvent(event)
        self._place_head()

    def _place_head(self) -> None:
        """Let a head that would take half of the pane scroll with the rest."""
        scrolls = self.head.heightForWidth(self.width()) > self.height() * HEAD_SHARE
        wanted = self._inside if scrolls else self._column
        if wanted.indexOf(self.head) < 0:
            wanted.insertWidget(0, self.head)

    def use_steps(self, steps: Steps, scope: QWidget, group: str) -> None:
        """Take the page's steps for the buttons, and C for writing."""
        self._steps = steps
        steps.places = self.places
        self._link_acts = LinkActs(
            self._context, scope, group, lambda: self.details, self.links
        )
        self._again = RaisingAgain(self._context, scope, group, lambda: self.details)
        self._obstacle = RaisingObstacle(
            self._context, scope, group, lambda: self.details
        )
        self._session = RaisingForSession(
            self._context, scope, group, lambda: self.details
        )
        self._file_acts = FileActs(self._context, scope, group, self)
        offer_begun_steps(self._context, scope, group)
        self._context.actions.add(
            Action(
                f"{group}.comment",
                N_("Write to the other side"),
                lambda: self.composer.field.setFocus(),
                "C",
                "message",
                group,
                lambda: self.details is not None and self._foot.isVisible(),
            ),
            scope,
        )

    # ------------------------------------------------------------ showing

    def show_request(self, request_id: int | None) -> None:
        """Show a request, or that none is chosen."""
        if request_id == self.request_id:
            return
        self.request_id = request_id
        if request_id is None:
            self.details = None
            self._stack.setCurrentIndex(0)
            self.shown.emit(None)
        else:
            self._reread()

    def _reread(self) -> None:
        if self.request_id is None:
            return
        from desktop.queries.request_details import request_details

        if self._ticket is not None:
            self._ticket.cancel()
        self._ticket = self._context.operations.read(
            request_details,
            self.request_id,
            reader_unit_id=self._context.me.unit_id,
            now=self._context.ticker.now(),
        ).start(self, self._take, self._refuse)

    def _refuse(self, refusal: Refusal) -> None:
        self.details = None
        self.empty.set_words(
            _("This request is not here")
            if isinstance(refusal, NotFound)
            else _("This request cannot be shown"),
            refusal_words(refusal),
        )
        self._stack.setCurrentIndex(0)

    def _take(self, details: RequestDetails) -> None:
        is_other = self.details is None or self.details.id != details.id
        self.details = details
        self._fill()
        self.desk.show_details(details)
        self.agreed.show_details(details)
        self.links.show_details(details)
        self.files.show_details(details)
        self.said.show_details(details)
        self._stack.setCurrentIndex(1)
        if is_other:
            self.scroll_area.verticalScrollBar().setValue(0)
        self.shown.emit(details)

    def _fill(self) -> None:
        details = self.details
        if details is None:
            return
        clocks, now = self._context.clocks, self._context.ticker.now()
        self.head.show_details(details, clocks)
        self._place_head()
        self.cards.show_details(details, clocks, self._context.me.unit_id)
        self.split.set_shares(details.split)
        self.told.show_details(details, now, clocks.zone)
        self.links.beat()
        self.answers.show_details(details)
        self.timeline.set_entries(details.entries, now, clocks.zone)
        self._fill_foot(details)

    def _fill_foot(self, details: RequestDetails) -> None:
        me = self._context.me.unit_id
        may_write = is_allowed(EntryKind.COMMENTED, details.state) and may_take_step(
            EntryKind.COMMENTED, me, details.unit_id, details.front_unit_id
        )
        self.composer.setVisible(may_write)
        is_front = me == details.front_unit_id and me != details.unit_id
        self.composer.set_subject(details.id, is_front=is_front)
        self.refresh_steps()
        has_steps = bool(self.bar.buttons or self.bar.menu_actions())
        self._foot.setVisible(may_write or has_steps)

    def refresh_steps(self) -> None:
        """Offer the steps possible on what is selected now."""
        if self._steps is not None:
            self._say_how_many(self._steps.count())
            shown, rest = self._steps.offered()
            if self._link_acts is not None:
                rest = [*rest, *self._link_acts.offered()]
            if self._again is not None:
                rest = [*rest, *self._again.offered()]
            if self._obstacle is not None:
                rest = [*rest, *self._obstacle.offered()]
            if self._session is not None:
                rest = [*rest, *self._session.offered()]
            if self._file_acts is not None:
                rest = [*rest, *self._file_acts.offered()]
            self.bar.set_actions(shown, rest)
            self.bar.setVisible(bool(shown or rest))
        else:
            self.bar.hide()

    def _say_how_many(self, count: int) -> None:
        words = _("{count} requests are chosen: the steps are for all of them.")
        self.several.setText(words.format(count=formats.count(count)))
        self.several.setVisible(count > 1)

    def places(self) -> Mapping[Place, str]:
        """Return what canned texts are filled with for the request shown."""
        clocks, now = self._context.clocks, self._context.ticker.now()
        return places_of(self.details, self._context.me.name, now, clocks.zone)

    def target(self) -> Target | None:
        """Return the request shown, as a step needs it."""
        return Target.of(self.details) if self.details is not None else None

    def _beat(self) -> None:
        if self.details is not None and self.isVisible():
            self._fill()

    # ------------------------------------------------------------ acting

    def _open_full(self) -> None:
        if self.request_id is not None:
            self.full_wanted.emit(self.request_id)

    def _ask_why(self, position: int) -> None:
        if self.request_id is not None:
            self.why_wanted.emit(self.request_id, position)

    def _comment(self, words: str, audience: Audience) -> None:
        target = self.target()
        if target is None or self._steps is None:
            return
        done = partial(self._commented, target.id)
        self._steps.comment(target, words, audience, done)

    def _commented(self, request_id: int, is_sent: bool) -> None:
        self.composer.finish(request_id, is_sent=is_sent)


class _Foot(QWidget):
    """The foot under a hairline."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), 1, tokens().line)
