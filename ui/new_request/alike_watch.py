"""Looks, while somebody types, whether the same was raised in the last days."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop.domain.forms import FieldKind
from desktop.queries.alike import AlikeRequest, Sought, alike_requests
from ui.common.request_questions import CONTACT, CUSTOMER

if TYPE_CHECKING:
    from ui.context import Context
    from ui.new_request.request_form import RequestForm
    from ui.operations import Ticket

AFTER_LAST_KEY_MS = 250
_TELLING = frozenset({FieldKind.TEXT, FieldKind.NUMBER, FieldKind.PERSON})


class AlikeWatch(QObject):
    """Asks off the GUI thread, a moment after the last key; never stands in the way."""

    def __init__(
        self,
        context: Context,
        form: RequestForm,
        show: Callable[[tuple[AlikeRequest, ...]], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._form = form
        self._show = show
        self._asked = Sought()
        self._ticket: Ticket | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(AFTER_LAST_KEY_MS)
        self._timer.timeout.connect(self._ask)

    def touch(self) -> None:
        """Note that something was typed."""
        self._timer.start()

    def reset(self) -> None:
        """Begin anew with an empty form."""
        self._timer.stop()
        self._drop()
        self._asked = Sought()
        self._show(())

    def _ask(self) -> None:
        sought = self._sought()
        if sought == self._asked:
            return
        self._asked = sought
        self._drop()
        read = self._context.operations.read(
            alike_requests, sought, now=self._context.ticker.now()
        )
        # Nobody misses it where the database does not answer.
        self._ticket = read.start(self, self._show, lambda _refusal: self._show(()))

    def _drop(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
            self._ticket = None

    def _sought(self) -> Sought:
        service = self._form.service()
        if service is None or self._form.is_several():
            return Sought()
        own = self._form.own_answers()
        words = " ".join(
            str(own[spec.code])
            for spec in service.fields
            if spec.kind in _TELLING and spec.code in own
        )
        common = self._form.common
        return Sought(service.id, common(CUSTOMER), common(CONTACT), words)
