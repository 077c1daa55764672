"""Opens the dialogs of series and sessions, and writes what was said in them."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.domain.errors import Refusal
from desktop.domain.series_changes import SessionChange
from desktop.domain.series_drafts import SeriesDraft
from desktop.domain.series_templates import Beginning
from desktop.i18n import gettext as _
from desktop.messages import refusal_words
from desktop.queries.series_editor import (
    BeginningRow,
    DaysAhead,
    EditorChoices,
    SeriesForm,
    change_effects,
    days_ahead,
    editor_choices,
    series_form,
)
from desktop.use_cases.meeting_series import change_series, create_series
from desktop.use_cases.series_templates import remove_template, save_template
from ui.common.kept_sheets import OfferKept, keep_dialog
from ui.context import Context
from ui.meetings.edits import Edits
from ui.meetings.series.editor import SeriesEditor, begin_series
from ui.meetings.series.session_dialogs import EffectsDialog, NameDialog

ON_SERIES = "series"
NEW = "new"


class Asking(Protocol):
    """A dialog that says at its fields what is wrong."""

    def refused(self, refusal: Refusal) -> None:
        """Say what is wrong."""

    def set_busy(self, busy: bool) -> None:
        """Refuse further clicks while the write runs."""

    def accept(self) -> None:
        """Close, for it is done."""


class SeriesActs(QObject):
    """One dialog at a time; it stays, as typed, when it is refused."""

    made = Signal(int)

    def __init__(self, context: Context, edits: Edits, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._edits = edits
        self._page = page
        OfferKept(context, page, ON_SERIES, self.go_on)

    # ------------------------------------------------------------ the editor

    def new(self) -> None:
        """Ask for a new series."""
        read = self._context.operations.read(editor_choices)
        read.start(self, self._ask_new, self._edits.tell)

    def go_on(self, key: str) -> None:
        """Open what was written of a series and not saved."""
        number = key.rpartition(" ")[2]
        if key == NEW:
            self.new()
        else:
            self.change(int(number))

    def _ask_new(self, known: EditorChoices) -> None:
        zone = self._context.clocks.zone
        today = self._context.ticker.now().astimezone(zone).date()
        me = self._context.me.person_id
        knows_me = any(one.id == me for one in known.people)
        said = begin_series(today, str(zone), me if knows_me else None)
        editor = SeriesEditor(known, said, is_new=True, parent=self._page)

        def submit() -> None:
            wanted = editor.said()
            if wanted is not None:
                self._write(editor, create_series, wanted, done=self.made.emit)

        editor.beginning.removed.connect(lambda row: self._let_go(editor, row))
        editor.beginning.wanted_back.connect(lambda row: self._put_back(editor, row))
        self._open(editor, NEW, submit)

    def change(self, series_id: int) -> None:
        """Ask how a series should be."""

        def with_form(form: SeriesForm) -> None:
            read = self._context.operations.read(editor_choices)
            read.start(self, lambda known: self._ask_change(known, form))

        read = self._context.operations.read(series_form, series_id)
        read.start(self, with_form, self._edits.tell)

    def _ask_change(self, known: EditorChoices, form: SeriesForm) -> None:
        if form.ended_at is not None:
            self._context.tell(
                _("This series has ended. Let it go on first."),
                kind="risk",
                subject="meeting",
            )
            return
        editor = SeriesEditor(
            known, form.said, is_new=False, version=form.version, parent=self._page
        )

        def submit() -> None:
            wanted = editor.said()
            if wanted is None:
                return
            editor.set_busy(True)
            now = self._context.ticker.now()
            read = self._context.operations.read(change_effects, form.id, wanted, now)
            read.start(
                self, partial(self._confirm, editor, form, wanted), editor.refused
            )

        self._open(editor, f"series {form.id}", submit)

    def _confirm(
        self,
        editor: SeriesEditor,
        form: SeriesForm,
        wanted: SeriesDraft,
        changes: tuple[SessionChange, ...],
    ) -> None:
        """Tell what becomes of planned sessions before it does."""
        if not isValid(editor):
            return
        editor.set_busy(False)
        if not changes:
            self._change(editor, form, wanted, False)
            return
        dialog = EffectsDialog(changes, wanted.zone, editor)

        def again(moves_published: bool) -> None:
            now = self._context.ticker.now()
            read = self._context.operations.read(
                change_effects, form.id, wanted, now, moves_published
            )
            read.start(dialog, dialog.show_changes)

        def submit() -> None:
            moves = dialog.move_published.isChecked()
            dialog.accept()
            self._change(editor, form, wanted, moves)

        dialog.published.connect(again)
        dialog.submitted.connect(submit)
        dialog.open()

    def _change(
        self,
        editor: SeriesEditor,
        form: SeriesForm,
        wanted: SeriesDraft,
        moves_published: bool,
    ) -> None:
        self._write(
            editor,
            change_series,
            form.id,
            wanted,
            moves_published=moves_published,
            expected_version=editor.version,
        )

    def _open(self, editor: SeriesEditor, key: str, submit: Callable[[], None]) -> None:
        def work_out() -> None:
            said = editor.draft()
            if said is None:
                editor.show_no_days(_("Say when it meets to see its days."))
                return
            now = self._context.ticker.now()
            read = self._context.operations.read(days_ahead, said, now)

            def show(found: DaysAhead) -> None:
                if editor.draft() == said:
                    editor.show_days(found)

            def refused(refusal: Refusal) -> None:
                editor.show_no_days(refusal_words(refusal))

            read.start(editor, show, refused)

        editor.asked.connect(work_out)
        editor.submitted.connect(submit)
        keep_dialog(self._context, editor, ON_SERIES, key, besides=(editor.beginning,))
        editor.open()
        work_out()

    # ------------------------------------------------------------ templates

    def keep_template(self, series_id: int) -> None:
        """Ask under which name a series is kept as a template."""

        def ask(form: SeriesForm) -> None:
            dialog = NameDialog(form.said.name, self._page)

            def submit() -> None:
                self._write(
                    dialog,
                    save_template,
                    dialog.name.text(),
                    Beginning.like(form.said),
                    dialog.key,
                    done=lambda _id: self._context.offer_undo(
                        _("Kept as a template. New series can begin like it.")
                    ),
                )

            dialog.submitted.connect(submit)
            dialog.open()

        read = self._context.operations.read(series_form, series_id)
        read.start(self, ask, self._edits.tell)

    def _let_go(self, editor: SeriesEditor, row: BeginningRow) -> None:
        """Delete a template, which can be undone; the editor stays as typed."""

        def offer(known: EditorChoices) -> None:
            if isValid(editor):
                editor.beginning.offer(known.beginnings)

        def read() -> None:
            self._context.operations.read(editor_choices).start(self, offer)

        def removed(_value: object) -> None:
            if isValid(editor):
                editor.beginning.tell_gone(row)
            read()

        self._edits.write(
            remove_template, row.template_id, done=removed, refused=editor.show_refusal
        )

    def _put_back(self, editor: SeriesEditor, row: BeginningRow) -> None:
        """Have a template again that was deleted a moment ago."""

        def offer(known: EditorChoices) -> None:
            if isValid(editor):
                editor.beginning.tell_gone(None)
                editor.beginning.offer(known.beginnings)

        def read(_id: object) -> None:
            self._context.operations.read(editor_choices).start(self, offer)

        kept = (save_template, row.name, row.begun, uuid.uuid4())
        self._edits.write(*kept, done=read, refused=editor.show_refusal)

    # ------------------------------------------------------------ writing

    def _write(
        self,
        dialog: Asking,
        use_case: Callable[..., Any],
        *args: Any,
        done: Callable[[Any], object] | None = None,
        **kwargs: Any,
    ) -> None:
        """Write what a dialog says; refused it stays, as typed."""
        write_from(self._edits, dialog, use_case, *args, done=done, **kwargs)


def write_from(
    edits: Edits,
    dialog: Asking,
    use_case: Callable[..., Any],
    *args: Any,
    done: Callable[[Any], object] | None = None,
    **kwargs: Any,
) -> None:
    """Write what a dialog says; it closes when that is done, and stays when not."""
    dialog.set_busy(True)

    def finished(value: Any) -> None:
        if isValid(dialog):
            dialog.accept()
        if done is not None:
            done(value)

    def refused(refusal: Refusal) -> None:
        if isValid(dialog):
            dialog.refused(refusal)
        else:
            edits.tell(refusal)

    edits.write(use_case, *args, done=finished, refused=refused, **kwargs)
