"""The questions of the agreements page: terms, ends, and which agreement applies."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from desktop.domain.agreement_drafts import TermsDraft
from desktop.domain.errors import Refusal
from desktop.i18n import gettext as _
from desktop.messages import refusal_words
from desktop.queries.applying import which_applies
from desktop.use_cases.agreements import (
    Parties,
    VersionSaved,
    agree,
    change_draft,
    draft_agreement,
    draft_version,
    end_agreement,
    propose,
    rename_agreement,
    withdraw,
)
from ui.agreements.choices import Choices, read_choices
from ui.agreements.editor import AgreementEditor, Subject
from ui.agreements.end_dialog import EndDialog
from ui.agreements.rename_dialog import RenameDialog
from ui.agreements.signing import Step
from ui.agreements.which_dialog import WhichDialog
from ui.agreements.words import scope_words
from ui.common.dialog import Question
from ui.common.kept_sheets import keep_dialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.queries.agreements import AgreementDetails, VersionRow
    from ui.context import Context

DAY = timedelta(days=1)
ON_AGREEMENTS = "agreements"
NEW, NEXT = "new", "next"


class Asking(QObject):
    """Opens dialogs, writes what they say.

    `saved(VersionSaved)` after each write, None after a refusal: then `told` says why.
    `renamed` after an agreement got another name.
    """

    saved = Signal(object)
    renamed = Signal()
    told = Signal(str)

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._page = page

    # ------------------------------------------------------------ steps

    def take(self, step: Step, details: AgreementDetails, version: VersionRow) -> None:
        """Take a step on a version, after what has to be asked for it."""
        match step:
            case Step.CHANGE:
                self._edit(_subject(details, version), version.terms)
            case Step.NEW_VERSION:
                self._edit(_subject(details, None), self._next_terms(version))
            case Step.WITHDRAW:
                self._ask_withdraw(details, version)
            case Step.END:
                self._ask_end(details, version)
            case Step.PROPOSE:
                self._write(propose, version, self._refuse)
            case Step.AGREE:
                self._write(agree, version, self._refuse)
            case Step.RENAME:
                self._ask_name(details)

    def _write(
        self,
        use_case: Callable[..., Any],
        version: VersionRow,
        refused: Callable[[Refusal], None],
        *more: Any,
        done: Callable[[], None] | None = None,
    ) -> None:
        def told(saved: VersionSaved) -> None:
            if done is not None:
                done()
            self.saved.emit(saved)

        write = self._context.operations.write
        expected = version.lock
        write(use_case, version.version_id, *more, expected_version=expected).start(
            self, told, refused
        )

    def _refuse(self, refusal: Refusal) -> None:
        self.told.emit(refusal_words(refusal))
        self.saved.emit(None)

    def _ask_withdraw(self, details: AgreementDetails, version: VersionRow) -> None:
        words = _(
            "Version {number} of “{name}” stays to be read, and promises nothing."
        )
        dialog = Question(
            _("Withdraw version {number}?").format(number=version.number),
            words.format(number=version.number, name=details.name),
            submit=_("Withdraw"),
            parent=self._page,
        )
        self._run(dialog, withdraw, version)

    def _ask_end(self, details: AgreementDetails, version: VersionRow) -> None:
        clocks, now = self._context.clocks, self._context.ticker.now()
        dialog = EndDialog(details.name, version.number, clocks.zone, now, self._page)

        def end() -> None:
            at = dialog.instant()
            if at is not None:
                self._send(dialog, end_agreement, version, at)

        dialog.submitted.connect(end)
        dialog.open()

    def _ask_name(self, details: AgreementDetails) -> None:
        dialog = RenameDialog(details.name, self._page)

        def refused(refusal: Refusal) -> None:
            if isValid(dialog):
                dialog.show_refusal(refusal)
            else:
                self._refuse(refusal)

        def renamed(name: str, lock: int) -> None:
            if isValid(dialog):
                dialog.accept()
            self.renamed.emit()
            words = _("“{before}” is now called “{after}”.")
            self._context.offer_undo(
                words.format(before=details.name, after=name),
                lambda: self._rename_back(details, lock),
            )

        def rename() -> None:
            name = dialog.name()
            if name == details.name:
                dialog.reject()
                return
            dialog.set_busy(True)
            self._rename(details, name, details.lock).start(
                self, lambda lock: renamed(name, lock), refused
            )

        dialog.submitted.connect(rename)
        dialog.open()

    def _rename(self, details: AgreementDetails, name: str, lock: int) -> Any:
        return self._context.operations.write(
            rename_agreement, details.agreement_id, name, expected_version=lock
        )

    def _rename_back(self, details: AgreementDetails, lock: int) -> None:
        def done(_lock: int) -> None:
            self.renamed.emit()

        self._rename(details, details.name, lock).start(self, done, self._refuse)

    def _run(self, dialog: Question, use_case: Any, version: VersionRow) -> None:
        dialog.submitted.connect(lambda: self._send(dialog, use_case, version))
        dialog.open()

    def _send(
        self,
        dialog: Question | EndDialog,
        use_case: Any,
        version: VersionRow,
        *more: Any,
    ) -> None:
        dialog.set_busy(True)

        def refused(refusal: Refusal) -> None:
            if isValid(dialog):
                dialog.show_refusal(refusal)
                self.saved.emit(None)
            else:
                self._refuse(refusal)

        def done() -> None:
            if isValid(dialog):
                dialog.accept()

        self._write(use_case, version, refused, *more, done=done)

    # ------------------------------------------------------------ writing terms

    def new_agreement(self) -> None:
        """Ask for a new agreement, with terms to begin from."""
        self._edit(Subject(), None)

    def go_on(self, key: str, known: Iterable[AgreementDetails]) -> None:
        """Open what was written of one of the agreements known and not saved."""
        about, _space, number = key.partition(" ")
        details = next((one for one in known if str(one.agreement_id) == about), None)
        if details is None:
            self.new_agreement()
            return
        drafts = (one for one in details.versions if str(one.version_id) == number)
        draft = next(drafts, None)
        step = Step.NEW_VERSION if draft is None else Step.CHANGE
        self.take(step, details, draft or details.versions[0])

    def _next_terms(self, version: VersionRow) -> TermsDraft:
        begins = self._tomorrow()
        return replace(version.terms, valid_from=begins, valid_until=None)

    def _tomorrow(self) -> datetime:
        zone = self._context.clocks.zone
        day = self._context.ticker.now().astimezone(zone).date() + DAY
        return _midnight(day, zone)

    def _edit(self, subject: Subject, terms: TermsDraft | None) -> None:
        now = self._context.ticker.now()

        def opened(choices: Choices) -> None:
            usual = choices.calendars[0][0] if choices.calendars else 0
            begin = terms or TermsDraft(usual, (), self._tomorrow())
            self._open_editor(choices, subject, begin)

        self._context.operations.read(read_choices, now).start(self, opened)

    def _open_editor(
        self, choices: Choices, subject: Subject, terms: TermsDraft
    ) -> None:
        zone = self._context.clocks.zone
        dialog = AgreementEditor(choices, subject, terms, zone, self._page)
        dialog.submitted.connect(lambda: self._save(dialog))
        keep_dialog(self._context, dialog, ON_AGREEMENTS, _key(subject))
        dialog.open()

    def _save(self, dialog: AgreementEditor) -> None:
        if dialog.missing():
            return
        terms = dialog.terms()
        if terms is None:
            return
        dialog.set_busy(True)
        alive = weakref.ref(dialog)

        def saved(value: VersionSaved) -> None:
            shown = alive()
            if shown is not None and isValid(shown):
                shown.accept()
            self.saved.emit(value)

        def refused(refusal: Refusal) -> None:
            shown = alive()
            if shown is not None and isValid(shown):
                shown.refused(refusal)
            else:
                self._refuse(refusal)

        self._saving(dialog, terms).start(self, saved, refused)

    def _saving(self, dialog: AgreementEditor, terms: TermsDraft) -> Any:
        write, subject = self._context.operations.write, dialog.subject
        if subject.agreement_id is None:
            front, back, service = dialog.unit_ids()
            assert back is not None
            parties = Parties(front, back, service)
            return write(draft_agreement, dialog.name(), parties, terms, key=dialog.key)
        if subject.version_id is None:
            return write(draft_version, subject.agreement_id, terms, key=dialog.key)
        return write(
            change_draft, subject.version_id, terms, expected_version=subject.lock
        )

    # ------------------------------------------------------------ which applies

    def which(self, front_unit_id: int | None = None, back: int | None = None) -> None:
        """Ask which agreement applies, beginning with these units."""
        now = self._context.ticker.now()

        def opened(choices: Choices) -> None:
            zone = self._context.clocks.zone
            dialog = WhichDialog(choices, zone, now, self._page)
            dialog.asked.connect(lambda *asked: self._answer(dialog, *asked))
            dialog.begin(front_unit_id, back)
            dialog.open()

        self._context.operations.read(read_choices, now).start(self, opened)

    def _answer(
        self,
        dialog: WhichDialog,
        front: int,
        back: int,
        service: int | None,
        at: datetime,
    ) -> None:
        read = self._context.operations.read
        read(which_applies, front, back, service, at).start(dialog, dialog.show_answer)


def _key(subject: Subject) -> str:
    if subject.agreement_id is None:
        return NEW
    return f"{subject.agreement_id} {subject.version_id or NEXT}"


def _subject(details: AgreementDetails, version: VersionRow | None) -> Subject:
    return Subject(
        details.agreement_id,
        details.name,
        scope_words(details.front_unit, details.back_unit, details.service),
        version.number if version else 0,
        version.version_id if version else None,
        version.lock if version else 0,
    )


def _midnight(day: date, zone: Any) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)
