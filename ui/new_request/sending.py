"""Sending a new request, or one for each of several customers, and taking it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.domain.errors import Invalid, Refusal
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from desktop.messages import refusal_words
from desktop.use_cases.raising import (
    DEFAULT_PRIORITY,
    NewRequest,
    RaisedRequest,
    raise_request,
)
from desktop.use_cases.raising_many import (
    TakenBack,
    customers_of,
    raise_for_customers,
    take_back,
)
from ui.common.customer_words import spoken_instant
from ui.common.request_questions import BODY, CONTACT, CUSTOMER
from ui.new_request.whereabouts import subject_of

if TYPE_CHECKING:
    from desktop.queries.services import ServiceForm
    from ui.new_request.page import NewRequestPage

URGENT = 2


class Sending(QObject):
    """Writes what the page holds; a refusal stands at its field, nothing is lost."""

    def __init__(self, page: NewRequestPage, done: Callable[[bool], None]) -> None:
        """Call ``done(another)`` once it is acknowledged."""
        super().__init__(page)
        self._page = page
        self._context = page.context
        self._done = done
        self.is_busy = False

    def send(self, another: bool = False) -> None:
        """Send the request, or one for each customer of the list."""
        page = self._page
        service = page.form.service()
        if self.is_busy or service is None or service.id != page.wanted_service():
            return
        if not page.form.check():
            return
        page.keeper.save()
        draft = self._request(service)
        if page.form.is_several():
            self._send_several(draft, another)
            return
        self._set_busy(True)
        self._context.operations.write(raise_request, draft).start(
            self, lambda raised: self._sent(raised, another), self._refused
        )

    def priority(self) -> int:
        """Return the priority chosen."""
        return URGENT if self._page.form.priority.is_urgent() else DEFAULT_PRIORITY

    def _request(self, service: ServiceForm) -> NewRequest:
        form, pane = self._page.form, self._page.pane
        told = pane.told_words()
        return NewRequest(
            service.id,
            subject_of(service, form.own_answers()),
            customer=form.common(CUSTOMER),
            contact=form.common(CONTACT),
            body=form.common(BODY),
            form=form.own_answers(),
            priority=self.priority(),
            urgency_reason=form.priority.reason.text()
            if form.priority.is_urgent()
            else "",
            told_text=told,
            told_due_at=pane.due() if told else None,
            told_how=pane.told_how() if told else "",
            told_price=pane.told_price() if told else "",
            files=tuple(one.new_file() for one in form.sent_files()),
            key=self._page.keeper.draft.key,
        )

    # ------------------------------------------------------------ one

    def _sent(self, raised: RaisedRequest, another: bool) -> None:
        self._set_busy(False)
        page = self._page
        due, now = page.pane.due(), self._context.ticker.now()
        words = _("{reference} is sent.").format(reference=raised.reference)
        if due is not None:
            when = spoken_instant(due, now, self._context.clocks.zone)
            words = f"{words} " + _("It is promised for {when}.").format(when=when)
        self._done(another)
        sent = _("{reference} is sent").format(reference=raised.reference)
        self._context.offer_undo(sent, lambda: self._take_back([raised.id]))
        self._context.tell(
            words,
            kind="ok",
            subject="sent",
            action=_("Open it"),
            act=lambda: self._context.navigate("request", request_id=raised.id),
        )

    # ------------------------------------------------------------ several

    def _send_several(self, draft: NewRequest, another: bool) -> None:
        try:
            customers = customers_of(self._page.form.customers(), draft.key)
        except Invalid as refusal:
            self._refused(refusal)
            return
        self._set_busy(True)
        self._context.operations.write(raise_for_customers, draft, customers).start(
            self, lambda raised: self._sent_several(raised, another), self._refused
        )

    def _sent_several(self, raised: Sequence[RaisedRequest], another: bool) -> None:
        self._set_busy(False)
        self._done(another)
        count = len(raised)
        words = ngettext(
            "{first} is sent.", "{count} requests are sent: {first} to {last}.", count
        ).format(count=count, first=raised[0].reference, last=raised[-1].reference)
        ids = [one.id for one in raised]
        self._context.offer_undo(words, lambda: self._take_back(ids))

    def _take_back(self, ids: Sequence[int]) -> None:
        reason = _("Sent by mistake; taken back by whoever sent it.")
        self._context.operations.write(take_back, ids, reason).start(
            self, self._taken_back, self._tell
        )

    def _taken_back(self, back: TakenBack) -> None:
        count = len(back.cancelled)
        words = ngettext(
            "{count} request is taken back.", "{count} requests are taken back.", count
        ).format(count=count)
        if back.left:
            left = ngettext(
                "{count} is in work already and stays.",
                "{count} are in work already and stay.",
                len(back.left),
            )
            words = f"{words} {left.format(count=len(back.left))}"
        self._context.tell(words, kind="ok", subject="sent")

    # ------------------------------------------------------------ refusals

    def _refused(self, refusal: Refusal) -> None:
        self._set_busy(False)
        if not self._page.form.show_refusal(refusal):
            self._tell(refusal)

    def _tell(self, refusal: Refusal) -> None:
        self._context.tell(refusal_words(refusal), kind="broken", subject="refusal")

    def _set_busy(self, busy: bool) -> None:
        self.is_busy = busy
        self._page.form.foot.set_busy(busy)
