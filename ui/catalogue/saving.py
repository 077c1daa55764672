"""Saving a service that was written, and taking it back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.domain.errors import Refusal
from desktop.domain.service_drafts import ServiceDraft
from desktop.i18n import gettext as _
from desktop.use_cases.catalogue import ServiceSaved, create_service, save_service
from ui.catalogue.opened import Open
from ui.context import Context

if TYPE_CHECKING:
    from ui.catalogue.page import CataloguePage


class Saving(QObject):
    """Writes one service at a time; undoing is saving what it was before."""

    def __init__(self, context: Context, page: CataloguePage) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self.is_busy = False

    def save(self, service_id: int, known: Open) -> None:
        """Write a service as its steps stand."""
        if self.is_busy:
            return
        self.is_busy = True
        draft, write = known.steps.draft, self._context.operations.write

        def done(saved: ServiceSaved) -> None:
            self._saved(service_id, known, draft, saved)

        def refused(refusal: Refusal) -> None:
            self.is_busy = False
            self._page.was_refused(service_id, refusal)

        if known.lock is None:
            write(create_service, draft, key=known.key).start(self, done, refused)
            return
        write(save_service, service_id, draft, expected_version=known.lock).start(
            self, done, refused
        )

    def _saved(
        self, was: int, known: Open, sent: ServiceDraft, saved: ServiceSaved
    ) -> None:
        self.is_busy = False
        known.lock = saved.version
        if known.steps.draft == sent:
            known.steps.load(saved.draft)
        else:
            # Somebody typed on while it was being written.
            known.steps.base = saved.draft
        self._page.was_saved(was, known, saved.service_id)
        words = _("“{name}” is saved").format(name=saved.draft.name)
        self._context.offer_undo(words, lambda: self._take_back(saved))

    def _take_back(self, saved: ServiceSaved) -> None:
        # One just made is not offered any more; it may have been asked for already.
        before = saved.before or replace(saved.draft, is_active=False)
        self._context.operations.write(
            save_service, saved.service_id, before, expected_version=saved.version
        ).start(self, lambda _saved: self._page.refresh(), self._page.tell)
