"""New request: service, form, promise, from left to right; sent from the keyboard."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from PySide6.QtGui import (
    QHideEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.domain.errors import Refusal
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.messages import refusal_words
from desktop.queries.promise import PromiseView, promise_for
from desktop.queries.services import (
    ServiceForm,
    ServiceHit,
    service_catalogue,
    service_form,
)
from desktop.use_cases.raising import (
    DEFAULT_PRIORITY,
    NewRequest,
    RaisedRequest,
    raise_request,
)
from ui.actions import Action
from ui.common.customer_words import spoken_instant
from ui.common.dialog import Question
from ui.common.refresher import Refresher
from ui.context import Context, PageSpec
from ui.new_request.draft_keeper import DraftKeeper
from ui.new_request.drafts import DraftFile
from ui.new_request.promise_pane import PromisePane
from ui.new_request.request_form import BODY, CONTACT, CUSTOMER, RequestForm
from ui.new_request.service_search import ServiceSearch
from ui.new_request.whereabouts import drafts_folder_of, subject_of, workspace_of

URGENT = 2
TABLES = (
    "service",
    "form_field",
    "unit",
    "agreement",
    "agreement_version",
    "agreement_target",
    "calendar",
    "calendar_closure",
)
WIDE_ENOUGH = 1300
"""From this width on the hits have room for their figures."""


class NewRequestPage(QWidget):
    """One request being written; a draft of it survives whatever happens."""

    def __init__(
        self,
        context: Context,
        drafts_folder: Path | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._wanted_service: int | None = None
        self._begins_in_form = False
        self._is_sending = False
        self.search = ServiceSearch()
        self.form = RequestForm()
        self.pane = PromisePane(context)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.search)
        layout.addWidget(self.form, 1)
        layout.addWidget(self.pane)
        file = DraftFile(
            drafts_folder or drafts_folder_of(context),
            workspace_of(context),
            context.me.person_id,
        )
        self.keeper = DraftKeeper(
            file, context.ticker, context.clocks, self._gather, self
        )
        self.keeper.told.connect(self._say_draft)
        self._connect()
        self._add_actions()
        self._refresher = Refresher(self, context.operations, TABLES, self.refresh)
        self._refresher.want()
        self._restore()

    def _connect(self) -> None:
        self.search.chosen.connect(self._choose)
        self.search.edited.connect(self._touched)
        self.form.changed.connect(self._touched)
        self.form.priority_changed.connect(self._read_promise)
        self.form.send_wanted.connect(self.send)
        self.form.discard_wanted.connect(self.discard)
        self._context.ticker.beat.connect(self.pane.tick)
        self._context.clocks.changed.connect(self.pane.tick)

    def _add_actions(self) -> None:
        page = "new_request"
        for name, words, act, key, icon in (
            ("send", N_("Send the request"), self._send, "Ctrl+Return", "send"),
            (
                "another",
                N_("Send and start another"),
                self._send_another,
                "Ctrl+Shift+Return",
                "send",
            ),
            (
                "copy",
                N_("Copy what to tell the customer"),
                self.pane.copy,
                "Ctrl+Shift+C",
                "copy",
            ),
            ("discard", N_("Discard the request"), self.discard, "Esc", "trash"),
        ):
            action = Action(f"new_request.{name}", words, act, key, icon, page)
            self._context.actions.add(action, self)

    def _send(self) -> None:
        self.send(False)

    def _send_another(self) -> None:
        self.send(True)

    # ------------------------------------------------------------ coming here

    def go_to(self, service_id: int | None = None) -> None:
        """Begin with a service; what was typed stays."""
        if service_id is not None:
            self._begins_in_form = True
            self.search.set_current(service_id)
            self._choose(service_id)

    def leaving(self) -> None:
        """Save the draft before another page is shown."""
        self.keeper.save()

    def showEvent(self, event: QShowEvent) -> None:
        """Put the keyboard where it is needed first."""
        super().showEvent(event)
        self.pane.tick()
        if self.form.service() is None and self._wanted_service is None:
            self.search.field.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Save the draft when the page goes, for whatever reason."""
        self.keeper.save()
        super().hideEvent(event)

    def refresh(self) -> None:
        """Ask for the services anew, and for the chosen one's promise."""
        me = self._context.me
        self._context.operations.read(
            service_catalogue,
            person_id=me.person_id,
            front_unit_id=me.unit_id,
            now=self._context.ticker.now(),
        ).start(self, self._take_services)
        if self._wanted_service is not None:
            self._read_promise()
            self._context.operations.read(service_form, self._wanted_service).start(
                self, self._form_changed
            )

    def _take_services(self, offered: tuple[ServiceHit, ...]) -> None:
        self.search.set_offered(offered)

    # ------------------------------------------------------------ the service

    def _choose(self, service_id: int) -> None:
        self._wanted_service = service_id
        shown = self.form.service()
        if shown is None or shown.id != service_id:
            self._context.operations.read(service_form, service_id).start(
                self, self._show_form
            )
            self._read_promise()
        self._touched()

    def _show_form(self, form: ServiceForm | None) -> None:
        if form is None or form.id != self._wanted_service:
            return
        self.form.show_service(form)
        self._order_tabs()
        if self._begins_in_form or not self.search.field.hasFocus():
            self.form.form.focus_first()
        self._begins_in_form = False

    def _form_changed(self, form: ServiceForm | None) -> None:
        """Show what a form asks now, when the house changed it meanwhile."""
        shown = self.form.service()
        if (
            form is not None
            and shown is not None
            and (form.id == shown.id)
            and form != shown
        ):
            self._show_form(form)

    def _order_tabs(self) -> None:
        stops = [
            self.search.field,
            *self.form.inputs(),
            self.pane.copy_button,
            self.pane.told,
        ]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _read_promise(self) -> None:
        service_id, unit_id = self._wanted_service, self._context.me.unit_id
        if service_id is None or unit_id is None:
            return
        self._context.operations.read(
            promise_for,
            service_id,
            front_unit_id=unit_id,
            priority=self._priority(),
            now=self._context.ticker.now(),
        ).start(self, self._show_promise)

    def _show_promise(self, view: PromiseView | None) -> None:
        if view is None or view.service_id == self._wanted_service:
            self.pane.show_promise(view)

    def _priority(self) -> int:
        return URGENT if self.form.is_urgent() else DEFAULT_PRIORITY

    # ------------------------------------------------------------ the draft

    def _touched(self) -> None:
        self.keeper.touch()

    def _gather(self) -> None:
        draft = self.keeper.draft
        draft.service_id = self._wanted_service
        draft.words = self.search.field.text()
        draft.answers = self.form.answers()
        draft.is_urgent = self.form.is_urgent()
        draft.urgency_reason = self.form.reason.text()

    def _restore(self) -> None:
        if not self.keeper.restore():
            return
        draft = self.keeper.draft
        self.search.field.setText(draft.words)
        self.form.set_answers(
            draft.answers, is_urgent=draft.is_urgent, reason=draft.urgency_reason
        )
        if draft.service_id is not None:
            self.search.set_current(draft.service_id)
            self._choose(draft.service_id)
        self.keeper.settle()

    def _say_draft(self, words: str, kind: str) -> None:
        self.form.draft_chip.set_state(words, kind=kind, icon="device-floppy")

    # ------------------------------------------------------------ sending

    def send(self, another: bool = False) -> None:
        """Send the request; a refusal stands at its field and nothing is lost."""
        service = self.form.service()
        if self._is_sending or service is None:
            return
        if service.id != self._wanted_service or not self.form.check():
            return
        self.keeper.save()
        self._set_sending(True)
        self._context.operations.write(raise_request, self._request(service)).start(
            self, lambda raised: self._sent(raised, another), self._refused
        )

    def _request(self, service: ServiceForm) -> NewRequest:
        told = self.pane.told_words()
        return NewRequest(
            service.id,
            subject_of(service, self.form.own_answers()),
            customer=self.form.common(CUSTOMER),
            contact=self.form.common(CONTACT),
            body=self.form.common(BODY),
            form=self.form.own_answers(),
            priority=self._priority(),
            urgency_reason=self.form.reason.text() if self.form.is_urgent() else "",
            told_text=told,
            told_due_at=self.pane.due() if told else None,
            key=self.keeper.draft.key,
        )

    def _sent(self, raised: RaisedRequest, another: bool) -> None:
        self._set_sending(False)
        due, now = self.pane.due(), self._context.ticker.now()
        words = _("{reference} is sent.").format(reference=raised.reference)
        if due is not None:
            when = spoken_instant(due, now, self._context.clocks.zone)
            words = f"{words} " + _("It is promised for {when}.").format(when=when)
        self.keeper.forget()
        self._empty()
        self._refresher.want()
        self._context.tell(
            words,
            kind="ok",
            subject="sent",
            action=_("Open it"),
            act=lambda: self._context.navigate("request", request_id=raised.id),
        )
        if another:
            self.search.field.setFocus()
        else:
            self._context.navigate("counter")

    def _refused(self, refusal: Refusal) -> None:
        self._set_sending(False)
        if not self.form.show_refusal(refusal):
            self._context.tell(refusal_words(refusal), kind="broken", subject="refusal")

    def _set_sending(self, sending: bool) -> None:
        self._is_sending = sending
        self.form.set_busy(sending)

    # ------------------------------------------------------------ discarding

    def discard(self) -> None:
        """Throw the draft away; asks once when something was typed."""
        if self._is_sending:
            return
        self._gather()
        if self.keeper.draft.is_empty():
            self._throw_away()
            return
        service = self.form.service()
        name = service.name if service is not None else _("this request")
        question = Question(
            _("Discard this request?"),
            _("What you typed for {service} will be gone.").format(service=name),
            submit=_("Discard"),
            parent=self,
        )
        question.submitted.connect(question.accept)
        question.submitted.connect(self._throw_away)
        question.open()

    def _throw_away(self) -> None:
        was_empty = self.form.service() is None and not self.search.field.text()
        self.keeper.forget()
        self._empty()
        if was_empty:
            self._context.navigate("counter")
        else:
            self.search.field.setFocus()

    def _empty(self) -> None:
        self._wanted_service = None
        self.search.reset()
        self.form.show_service(None)
        self.form.set_answers({}, is_urgent=False, reason="")
        self.pane.show_promise(None)
        self.pane.told.setChecked(True)
        self.keeper.settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrow the hits and the promise where the window is narrow."""
        super().resizeEvent(event)
        width = self.width()
        if width >= WIDE_ENOUGH:
            search, pane = (344 if width >= 1400 else 320), 440
        else:
            search, pane = (236, 400) if width >= 1100 else (192, 288)
        self.search.setFixedWidth(search)
        self.pane.setFixedWidth(pane)


PAGES = [
    PageSpec(
        "new_request",
        "plus",
        N_("New request"),
        NewRequestPage,
        roles=frozenset({"clerk"}),
        in_rail=False,
    )
]
