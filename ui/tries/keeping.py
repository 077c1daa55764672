"""Keeping a trial by name, and coming back to one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.domain.errors import Refusal
from desktop.i18n import gettext as _
from desktop.messages import refusal_words
from desktop.queries.kept_trials import KeptTrial, content_of, kept_trials
from desktop.use_cases.tries import forget_trial, keep_trial
from ui.context import Context
from ui.tries.figures import LETTERS, MOST_VARIANTS, Variant
from ui.tries.kept import KeptDialog, NameDialog
from ui.tries.words import subject_words

if TYPE_CHECKING:
    from ui.tries.try_page import TryPage


class Keeping(QObject):
    """Asks for names, lists what is kept, and brings it back to the page."""

    def __init__(self, context: Context, page: TryPage) -> None:
        super().__init__(page)
        self._context = context
        self._page = page

    def ask_name(self) -> None:
        """Ask by which name what is tried is kept."""
        page, choice = self._page, self._page.terms.choice
        if choice is None or not page.terms.name_button.isEnabled():
            return
        trials = tuple(one.trial for one in page.shown_trials()[:MOST_VARIANTS])
        content = content_of(page.terms.kept_subject(), trials)
        dialog = NameDialog(subject_words(choice)[:200], page)

        def submit() -> None:
            dialog.set_busy(True)
            name = dialog.name.text()
            write = self._context.operations.write(keep_trial, name, content)

            def kept(_trial_id: int) -> None:
                dialog.accept()
                words = _("Kept as {name}").format(name=" ".join(name.split()))
                self._context.offer_undo(words, None)

            write.start(page, kept, dialog.show_refusal)

        dialog.submitted.connect(submit)
        dialog.open()

    def show_list(self) -> None:
        """List the trials kept."""
        dialog = KeptDialog(self._context.clocks.zone, self._page)
        dialog.chosen.connect(self.open_kept)
        dialog.removed.connect(lambda row: self._remove(row, dialog))
        self._read(dialog, dialog.open)

    def _read(self, dialog: KeptDialog, then: Callable[[], None] | None = None) -> None:
        def show(rows: tuple[KeptTrial, ...]) -> None:
            dialog.show_rows(rows)
            if then is not None:
                then()

        self._context.operations.read(kept_trials).start(dialog, show)

    def open_kept(self, kept: KeptTrial) -> None:
        """Try again what was kept, its variants side by side."""
        if not self._page.terms.open_kept(kept.subject):
            words = _("What {name} was tried on is not here any more.")
            self._tell(words.format(name=kept.name), "risk")
            return
        trials = kept.variants[:MOST_VARIANTS]
        self._page.show_variants(
            [
                Variant(letter, trial)
                for letter, trial in zip(LETTERS, trials, strict=False)
            ]
        )

    def _remove(self, kept: KeptTrial, dialog: KeptDialog) -> None:
        write = self._context.operations.write(
            forget_trial, kept.trial_id, expected_version=kept.lock
        )

        def gone(_nothing: None) -> None:
            self._read(dialog)
            words = _("{name} is kept no longer").format(name=kept.name)
            self._context.offer_undo(words, lambda: self._bring_back(kept))

        write.start(self._page, gone, dialog.show_refusal)

    def _bring_back(self, kept: KeptTrial) -> None:
        content = content_of(kept.subject, kept.variants)
        write = self._context.operations.write(keep_trial, kept.name, content)
        write.start(self._page, None, self._refused)

    def _refused(self, refusal: Refusal) -> None:
        self._tell(refusal_words(refusal), "broken")

    def _tell(self, words: str, kind: str) -> None:
        self._context.tell(words, kind=kind, subject="tries")
