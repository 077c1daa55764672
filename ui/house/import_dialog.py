"""Brings another system's history in: choose, preview, import, or stop on the way."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget
from shiboken6 import isValid

from desktop.desk import ChangeSet
from desktop.domain.errors import Refusal
from desktop.exchange.history_import import BadRows, HistoryPreview
from desktop.formats import count
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from desktop.messages import refusal_words
from desktop.use_cases.imports import HistoryImported
from ui.common.buttons import Button
from ui.common.dialog import Dialog
from ui.context import Context
from ui.house.background import Background
from ui.house.import_parts import ChoosingLeaf, DoneLeaf, PreviewLeaf, RunningLeaf
from ui.house.import_work import Plan, Stoppable, bring_in, look
from ui.house.problem_list import ProblemList
from ui.house.words import Stopped


class ImportDialog(Dialog):
    """One question at a time; what was chosen stays until the dialog is closed."""

    heard = Signal(str, int, int)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Import a history"),
            _(
                "Requests and events of another system become requests here, with "
                "their journal. Nothing is made before you have seen what would be."
            ),
            submit=_("Preview"),
            parent=parent,
        )
        self.context = context
        self.background = Background(self)
        self.choosing = ChoosingLeaf(self.background.run)
        self.running = RunningLeaf()
        self.preview = PreviewLeaf()
        self.done_leaf = DoneLeaf()
        self.leaves = QStackedWidget()
        for leaf in (self.choosing, self.running, self.preview, self.done_leaf):
            self.leaves.addWidget(leaf)
        self.body.addWidget(self.leaves, 1)
        self.refused = ProblemList()
        self.body.addWidget(self.refused, 1)
        self.back_button = Button(_("Back"), kind="quiet", icon="arrow-left")
        self.back_button.clicked.connect(self.choose_again)
        self._plan: Plan | None = None
        self._found: HistoryPreview | None = None
        self._work: Stoppable | None = None
        self._made = False
        self.setMinimumWidth(760)
        self.leaves.setMinimumHeight(480)
        layout = self.layout()
        assert layout is not None
        foot = layout.itemAt(layout.count() - 1)
        assert isinstance(foot, QHBoxLayout)
        foot.insertWidget(0, self.back_button)
        self.submitted.connect(self._go_on)
        self.heard.connect(self._hear)
        self.choosing.changed.connect(self._forget_refusal)
        self.start_at(self.choosing.requests.line)
        self.choose_again()

    # ------------------------------------------------------------ choosing

    def choose_again(self) -> None:
        """Go back to what was chosen."""
        self._found = None
        self._forget_refusal()
        self._show(self.choosing, _("Preview"))

    def _forget_refusal(self) -> None:
        self.refused.set_problems(())
        self.banners.withdraw("refusal")

    def _show(self, leaf: QWidget, submit: str) -> None:
        self.leaves.setCurrentWidget(leaf)
        self.submit_button.set_words(submit)
        running = leaf is self.running
        self.set_busy(running)
        self.submit_button.setVisible(not running)
        self.back_button.setVisible(leaf is self.preview)
        self.cancel_button.setVisible(leaf is not self.done_leaf)
        self.cancel_button.set_words(_("Stop") if running else _("Cancel"))
        self.words.setVisible(leaf is self.choosing)
        if not running and leaf is not self.choosing:
            self.submit_button.setFocus()

    def _go_on(self) -> None:
        if self._made:
            self.accept()
        elif self._found is not None and self._plan is not None:
            self._import(self._plan)
        else:
            self._look()

    # ------------------------------------------------------------ preview

    def _look(self) -> None:
        plan = self.choosing.plan()
        if plan is None:
            self.show_problem(self.choosing.missing())
            return
        self._forget_refusal()
        self._plan = plan
        work = self._begin(_("Reading the files"))
        self.background.run(partial(look, plan, work), self._preview, self._refuse)

    def _begin(self, words: str) -> Stoppable:
        heard = self.heard

        def told(stage: str, done: int, total: int) -> None:
            if isValid(self):
                heard.emit(stage, done, total)

        self._work = Stoppable(told)
        self.running.begin(words)
        self._show(self.running, "")
        return self._work

    def _hear(self, stage: str, done: int, total: int) -> None:
        self.running.show_progress(stage, done, total)

    def _preview(self, found: HistoryPreview) -> None:
        self._work = None
        self.preview.show_preview(found)
        assert self._plan is not None
        stops = self._plan.on_bad is BadRows.STOP and found.bad_rows
        if stops or not found.requests:
            self._found = None
            self._show(self.preview, _("Import"))
            self.submit_button.setEnabled(False)
            self.show_problem(
                _("Bad rows stop this import, as you asked. Correct them, or go back.")
                if stops
                else _("There is no request in these files that could be brought in.")
            )
            self.back_button.setFocus()
            return
        self._found = found
        self._show(self.preview, self._import_words())

    # ------------------------------------------------------------ importing

    def _import(self, plan: Plan) -> None:
        work = self._begin(_("Bringing the requests in"))
        operations = self.context.operations
        operations.write(bring_in, plan, work).start(self, self._done, self._refuse)

    def _done(self, made: HistoryImported) -> None:
        self._work = None
        self._made = True
        self.done_leaf.show_made(made)
        self._show(self.done_leaf, _("Close"))
        if not made.is_nothing:
            # Rows were written in bulk, past what a transaction notes by itself.
            self.context.operations.changed.emit(ChangeSet(everything=True), self)

    def _refuse(self, refusal: Refusal) -> None:
        self._work = None
        if isinstance(refusal, Stopped) and self._found is not None:
            self._show(self.preview, self._import_words())
        else:
            self._found = None
            self._show(self.choosing, _("Preview"))
            self.refused.show_refusal(refusal)
            self.reveal(self.refused)
        if isinstance(refusal, Stopped):
            words = refusal_words(refusal)
            self.banners.tell(words, subject="refusal", closable=False)
        else:
            self.show_refusal(refusal)

    def _import_words(self) -> str:
        assert self._found is not None
        many = self._found.requests
        words = ngettext("Import {n} request", "Import {n} requests", many)
        return words.format(n=count(many))

    def reject(self) -> None:
        """Stop what runs; with nothing running, close."""
        if self._work is not None:
            self._work.stop()
        else:
            super().reject()
