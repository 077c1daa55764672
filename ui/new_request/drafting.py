"""The draft of the page: kept while typing, taken up again, put aside, thrown away."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from desktop.i18n import gettext as _
from ui.common.dialog import Question
from ui.common.request_questions import CUSTOMERS
from ui.new_request.draft_keeper import DraftKeeper
from ui.new_request.drafts import Draft, DraftFolder

if TYPE_CHECKING:
    from ui.new_request.page import NewRequestPage

FILES_KEPT = timedelta(days=7)
"""How long a copied file no draft names stays, for the draft of another window."""


class Drafting(QObject):
    """Knows what of the page belongs into a draft, and puts it back."""

    def __init__(self, page: NewRequestPage, folder: DraftFolder) -> None:
        super().__init__(page)
        self._page = page
        context = page.context
        self.keeper = DraftKeeper(
            folder, context.ticker, context.clocks, self._gather, self
        )
        for going in (context.operations.leaving, context.operations.closing):
            going.connect(self.keeper.leave)
        self.keeper.told.connect(self._say)
        self.keeper.listed.connect(self.count)

    def _gather(self) -> None:
        page, draft = self._page, self.keeper.draft
        service = page.form.service()
        draft.service_id = page.wanted_service()
        draft.service = service.name if service is not None else draft.service
        draft.words = page.search.field.text()
        draft.answers = page.form.answers()
        # A list typed and left for one customer is kept, but it is not sent.
        listed = draft.answers.pop(CUSTOMERS, "") or ""
        draft.customers = str(listed) if page.form.is_several() else ""
        draft.is_urgent = page.form.priority.is_urgent()
        draft.urgency_reason = page.form.priority.reason.text()
        draft.files = [one.plain() for one in page.form.kept_files()]

    def restore(self) -> None:
        """Take up the newest draft kept; forget copies nobody names any more."""
        if self.keeper.restore():
            self._show(self.keeper.draft)
        keys = [
            uuid.UUID(str(one["key"]))
            for draft in self.keeper.folder.all()
            for one in draft.files
            if "key" in one
        ]
        now = self._page.context.ticker.now()
        self._page.staging.keep_only(keys, now, FILES_KEPT)
        self.count()

    def take(self, draft: Draft) -> None:
        """Take another draft in hand; the one before stays kept."""
        self.keeper.save()
        self._page.empty()
        self.keeper.take(draft)
        self._show(draft)

    def _show(self, draft: Draft) -> None:
        page = self._page
        page.search.field.setText(draft.words)
        page.form.several.setChecked(bool(draft.customers))
        answers = draft.answers | (
            {CUSTOMERS: draft.customers} if draft.customers else {}
        )
        page.form.set_answers(
            answers, is_urgent=draft.is_urgent, reason=draft.urgency_reason
        )
        page.form.set_files(page.staging.restored(draft.files))
        if draft.service_id is not None:
            page.choose(draft.service_id)
        self.keeper.settle()

    def begin_another(self) -> None:
        """Put what was typed aside as a draft, if anything was, and begin anew."""
        self.keeper.save()
        self._gather()
        if self.keeper.draft.is_empty():
            self.keeper.folder.remove(self.keeper.draft.key)
        self._page.empty()
        self.keeper.take(Draft())

    def begin_with(
        self,
        service_id: int,
        answers: Mapping[str, Any],
        is_urgent: bool,
        reason: str,
    ) -> None:
        """Show a form that starts with answers."""
        page = self._page
        kept = {code: one for code, one in answers.items() if one}
        page.form.set_answers(kept, is_urgent=is_urgent, reason=reason)
        page.go_to(service_id=service_id)
        self.keeper.touch()

    def forget(self) -> None:
        """Forget the draft and its files, sent or thrown away, and begin another."""
        self._page.staging.forget(self._page.form.kept_files())
        self.keeper.forget()
        self._page.empty()
        self.keeper.settle()

    def discard(self) -> None:
        """Throw the draft away; asks once when something was typed."""
        page = self._page
        if page.sending.is_busy:
            return
        self._gather()
        if self.keeper.draft.is_empty():
            self._throw_away()
            return
        service = page.form.service()
        name = service.name if service is not None else _("this request")
        question = Question(
            _("Discard this request?"),
            _("What you typed for {service} will be gone.").format(service=name),
            submit=_("Discard"),
            parent=page,
        )
        question.submitted.connect(question.accept)
        question.submitted.connect(self._throw_away)
        question.open()

    def _throw_away(self) -> None:
        page = self._page
        was_empty = page.form.service() is None and not page.search.field.text()
        self.forget()
        if was_empty:
            page.context.navigate("counter")
        else:
            page.search.field.setFocus()

    def count(self) -> None:
        """Say how many other drafts there are."""
        self._page.search.set_drafts(len(self.keeper.others()))

    def _say(self, words: str, kind: str) -> None:
        self._page.form.draft_chip.set_state(words, kind=kind, icon="device-floppy")
