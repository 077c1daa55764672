"""One request on a page of its own: its pane, and the proof of its due time beside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.queries.applying import Applies, why_this
from desktop.queries.budgets import promise_budget
from desktop.queries.proof import ProofView, proof
from desktop.queries.request_details import ClockRow, RequestDetails
from ui.actions import Action
from ui.common.empty_state import EmptyState
from ui.common.request_pane.begun_steps import drop_begun_step
from ui.common.request_pane.pane import NARROWEST, RequestPane
from ui.common.request_pane.promise_cards import clocks_to_show
from ui.common.request_pane.steps import Steps, Target
from ui.common.splitter import Divided
from ui.context import Context
from ui.operations import Ticket
from ui.request.moving import Moving
from ui.request.why_panel import WhyPanel
from ui.turns import later

PROOF_PX = 740
"""In which a proof shows all its columns."""


class RequestPage(QWidget):
    """Shows what `go_to(request_id=…, clock=…, back=…)` names."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._clock: int | None = None
        self._back = ""
        self._then = ""
        self._tickets: list[Ticket] = []
        self.pane = RequestPane(context, can_open_full=False)
        self.steps = Steps(context, self, self._targets, "request")
        self.pane.use_steps(self.steps, self, "request")
        self.why = WhyPanel(context)
        self.moving = Moving(context, self)
        self.empty = EmptyState(
            _("Nothing was promised"),
            _(
                "No agreement between these units was in force when it was sent, "
                "so there is no due time to explain."
            ),
            icon="scale",
        )
        self.right = QStackedWidget()
        self.right.addWidget(self.empty)
        self.right.addWidget(self.why)
        self.splitter = Divided()
        self.splitter.addWidget(self.pane)
        self.splitter.addWidget(self.right)
        self.splitter.setStretchFactor(1, 1)
        self._is_divided = False
        self.splitter.splitterMoved.connect(self._divided)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.splitter)
        self.pane.shown.connect(self._shown)
        self.pane.why_wanted.connect(lambda _id, position: self._explain(position))
        self.why.clock_chosen.connect(self._explain)
        self.why.closed.connect(self.close_page)
        self.why.move_button.clicked.connect(self._move)
        context.ticker.beat.connect(self._beat)
        self._add_actions()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the pane a third of the room the proof does not need."""
        super().resizeEvent(event)
        if not self._is_divided:
            more = max(0, self.width() - NARROWEST - PROOF_PX) // 3
            pane = NARROWEST + more
            self.splitter.setSizes([pane, max(1, self.width() - pane)])

    def _divided(self) -> None:
        """Leave the panes as somebody made them."""
        self._is_divided = True

    def _add_actions(self) -> None:
        add = self._context.actions.add
        for name, words, act, key, icon in (
            ("copy", N_("Copy the proof"), self.why.copy_text, "Ctrl+Shift+C", "copy"),
            ("pdf", N_("Save the proof as PDF"), self.why.ask_where, "", "download"),
            ("back", N_("Back"), self.close_page, "Esc", "arrow-left"),
        ):
            add(Action(f"request.{name}", words, act, key, icon, "request"), self)

    def _targets(self) -> Sequence[Target]:
        target = self.pane.target()
        return [target] if target is not None else []

    def go_to(self, **what: Any) -> None:
        """Show a request; ``clock`` is the position of the promise to explain.

        ``then`` is a step that is asked for once it is shown.
        """
        request_id = what.get("request_id", what.get("id"))
        if request_id is None:
            return
        home = "counter" if self._context.me.side == "front" else "queue"
        self._back = str(what.get("back") or home)
        self._clock = what.get("clock")
        self._then = str(what.get("then") or "")
        if request_id == self.pane.request_id and self.pane.details is not None:
            self._shown(self.pane.details)
        else:
            self.right.setCurrentWidget(self.empty)
            self.right.hide()
            self.pane.show_request(int(request_id))

    def close_page(self) -> None:
        """Go back to the page this was opened from."""
        self._context.navigate(self._back or "queue")

    def _shown(self, details: RequestDetails | None) -> None:
        if details is None:
            return
        self.right.show()
        positions = [one.position for one in details.clocks]
        if self._clock not in positions:
            shown = clocks_to_show(details, self._context.me.unit_id)
            self._clock = shown[-1].position if shown else None
        if self._clock is None:
            self.right.setCurrentWidget(self.empty)
        else:
            self._explain(self._clock)
        if self._then:
            then, self._then = self._then, ""
            later(self, 0, lambda: self._go_on(then, details.id))

    def _go_on(self, step: str, request_id: int) -> None:
        if not self._context.actions.run(f"request.{step}"):
            drop_begun_step(self._context, step, request_id)

    def _explain(self, position: int) -> None:
        """Read the proof of one of the request's clocks and show it."""
        details = self.pane.details
        if details is None:
            return
        self._clock = position
        self.why.show_clocks(details, position)
        for ticket in self._tickets:
            ticket.cancel()
        # The request itself, where it is being read anew, comes before.
        read, now = self._context.operations.read_added, self._context.ticker.now()
        zone = self._context.clocks.zone
        self._tickets = [
            read(proof, details.id, position, now).start(self, self._take),
            read(promise_budget, details.id, now).start(
                self, lambda found: self.why.budget.show_budget(found, now, zone)
            ),
            read(why_this, details.id, position).start(self, self._take_agreement),
        ]

    def _take(self, view: ProofView) -> None:
        self.why.show_proof(view)
        self.right.setCurrentWidget(self.why)

    def _take_agreement(self, found: Applies) -> None:
        self.why.applies.show_applies(found, self._context.clocks.zone)
        self.why.move_button.setVisible(self.moving.may(self._shown_clock(), found))

    def _shown_clock(self) -> ClockRow | None:
        details = self.pane.details
        clocks = details.clocks if details is not None else ()
        return next((one for one in clocks if one.position == self._clock), None)

    def _move(self) -> None:
        details, clock = self.pane.details, self._shown_clock()
        applies = self.why.applies.applies
        if details is not None and clock is not None and applies is not None:
            self.moving.ask(details, clock, applies)

    def _beat(self) -> None:
        if self.isVisible() and self._clock is not None:
            self._explain(self._clock)
