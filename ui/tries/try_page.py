"""Try it: the terms at the left, what would have come of them at the right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop import formats
from desktop.domain.errors import Refusal
from desktop.i18n import current_language
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.messages import refusal_words
from desktop.queries.replay_facts import ReplayScope
from desktop.queries.replay_results import Replay
from desktop.queries.try_choices import TryBoard, try_board
from ui.actions import Action
from ui.common.buttons import Button
from ui.common.empty_state import EmptyState
from ui.common.labels import PlainLabel
from ui.common.paper_out import PaperOut
from ui.common.progress import Progress
from ui.common.refresher import Refresher
from ui.common.spare import Spare
from ui.context import Context
from ui.tries.background import Replays, Wanted
from ui.tries.drafting import propose
from ui.tries.figures import LETTERS, MOST_VARIANTS, Variant
from ui.tries.keeping import Keeping
from ui.tries.results_pane import ResultsPane
from ui.tries.terms_pane import TermsPane
from ui.tries.words import (
    lengths_words,
    of_words,
    period_words,
    share_words,
    subject_words,
)

TABLES = (
    "agreement",
    "agreement_version",
    "calendar",
    "request",
    "unit",
    "service",
)
WAIT_MS = 250


class TryPage(QWidget):
    """Replays 250 ms after the last change, and again what stands beside it."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.replay: Replay | None = None
        self._shown: Wanted | None = None
        self._wanted_agreement: int | None = None
        self.variants: list[Variant] = []
        self.terms = TermsPane(context)
        self.results = ResultsPane()
        self.replays = Replays(context.operations, self)
        self.keeping = Keeping(context, self)
        self.out = PaperOut(
            context, self, self._paper, self._paper_name, "tries.folder"
        )
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._make_states()
        self._place()
        self._connect()
        self._add_actions()
        self._refresher = Refresher(self, context.operations, TABLES, self._reread)
        self._refresher.want()

    def _make_states(self) -> None:
        self.empty = EmptyState(
            _("Nothing to try yet"),
            _("An agreement is with a back office, counted by a calendar. Add both."),
            icon="scale",
            action=_("Agreements"),
            act=lambda: self._context.navigate("agreements"),
        )
        self.nothing = EmptyState(
            _("Nothing was promised in this period"),
            _("Choose other days: the replay counts promises that began in them."),
            icon="calendar",
        )
        self.no_target = EmptyState(
            _("Nothing of this kind is promised"),
            _("Neither agreed nor tried: write a target at the left to try one."),
            icon="scale",
        )
        self.no_days = EmptyState(
            _("These days are no period"),
            _("Write the first and the last day of it, the first one first."),
            icon="calendar",
        )
        self.middle = QStackedWidget()
        self.middle.addWidget(self.results)
        for state in (self.nothing, self.no_target, self.no_days, self.empty):
            self.middle.addWidget(state)

    def _place(self) -> None:
        self.state = PlainLabel("", size="small", ink="text2", wraps=True)
        self.bar = Progress(_("Requests read"))
        self.bar.setFixedWidth(120)
        self.bar.hide()
        self.cancel_button = Button(_("Stop"), kind="quiet", key="Esc")
        self.cancel_button.hide()
        self.keep_button = Button(_("Keep to compare"), icon="plus", key="V")
        self.print_button = Button(_("Print"), icon="printer", key="Ctrl+P")
        self.pdf_button = Button(_("Save PDF"), icon="download")
        head = QHBoxLayout()
        head.setContentsMargins(24, 16, 24, 8)
        head.setSpacing(8)
        head.addWidget(self.state, 1)
        head.addWidget(self.bar)
        buttons = (self.cancel_button, self.keep_button, self.print_button)
        for button in (*buttons, self.pdf_button):
            head.addWidget(button)
        Spare(self, 1000, keys=[self.keep_button, self.print_button])
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addLayout(head)
        right.addWidget(self.middle, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.terms)
        layout.addLayout(right, 1)

    def _connect(self) -> None:
        self._timer.timeout.connect(self._ask)
        self.terms.changed.connect(self._timer.start)
        self.terms.subject_changed.connect(self._forget_variants)
        self.terms.kind_chosen.connect(self._show_kind)
        self.terms.people_changed.connect(self._show)
        self.terms.propose.connect(self.propose)
        self.replays.replayed.connect(self._take)
        self.replays.compared.connect(self._take_beside)
        self.replays.reading.connect(self._tell_reading)
        self.replays.stopped.connect(self._rest)
        self.replays.refused.connect(self._tell_refusal)
        self.results.opened.connect(self._open)
        self.results.judgement.try_target.connect(self.terms.try_target)
        self.results.variants.chosen.connect(lambda one: self.terms.restore(one.trial))
        self.results.variants.removed.connect(self._remove)
        self.cancel_button.clicked.connect(self.replays.cancel)
        self.keep_button.clicked.connect(self.keep)
        self.print_button.clicked.connect(self.out.print_it)
        self.pdf_button.clicked.connect(self.out.ask_where)
        self.terms.name_button.clicked.connect(self.keeping.ask_name)
        self.terms.kept_button.clicked.connect(self.keeping.show_list)

    def _add_actions(self) -> None:
        for name, words, act, key, icon in (
            ("keep", N_("Keep this trial to compare"), self.keep, "V", "plus"),
            (
                "name",
                N_("Keep this trial by name"),
                self.keeping.ask_name,
                "Ctrl+S",
                "device-floppy",
            ),
            ("kept", N_("Open a kept trial"), self.keeping.show_list, "", "list"),
            ("print", N_("Print the trial"), self.out.print_it, "Ctrl+P", "printer"),
            ("pdf", N_("Save the trial as PDF"), self.out.ask_where, "", "download"),
            ("propose", N_("Propose the trial as a draft"), self.propose, "", "send"),
            ("stop", N_("Stop replaying"), self.replays.cancel, "Esc", "player-stop"),
        ):
            made = Action(f"tries.{name}", words, act, key, icon, "tries")
            self._context.actions.add(made, self)

    # ------------------------------------------------------------ reading

    def go_to(self, agreement_id: int | None = None) -> None:
        """Try an agreement."""
        self._wanted_agreement = agreement_id
        self._refresher.want()

    def _reread(self) -> None:
        self.replays.forget()
        now = self._context.ticker.now()
        self._context.operations.read(try_board, now).start(self, self._show_board)

    def _show_board(self, board: TryBoard) -> None:
        wanted, self._wanted_agreement = self._wanted_agreement, None
        self.terms.show_board(board, wanted)
        self.terms.setVisible(self.terms.choice is not None)
        if self.terms.choice is None:
            self.middle.setCurrentWidget(self.empty)
            self._enable(False)
            return
        self._timer.start()

    def _ask(self) -> None:
        if not self.isVisible() or self.terms.choice is None:
            return
        scope, trial = self.terms.scope(), self.terms.trial()
        if scope is None:
            self.replays.cancel()
            self.middle.setCurrentWidget(self.no_days)
            self.state.setText("")
            self._enable(False)
            return
        if trial is None:
            self.replays.cancel()
            self.state.setText(_("Not replayed: a field at the left says why"))
            self._enable(False)
            return
        if self._is_more(scope):
            self.variants = [replace(one, replay=None) for one in self.variants]
        beside = tuple(one.trial for one in self.variants if one.replay is None)
        self.cancel_button.show()
        self.state.setText(_("Replaying"))
        wanted = Wanted(scope, trial, beside)
        self.replays.ask(wanted, self._context.ticker.now())

    def _is_more(self, scope: ReplayScope) -> bool:
        """Tell whether a scope asks for others than those shown, or for more."""
        if self._shown is None:
            return True
        before = self._shown.scope
        if scope.has_updates and not before.has_updates:
            return True
        return replace(scope, has_updates=before.has_updates) != before

    def _show_kind(self) -> None:
        """Show another kind; what was not read for it yet is read now."""
        scope = self.terms.scope()
        if scope is not None and self._is_more(scope):
            self._timer.start()
        self._show()

    def _tell_reading(self, done: int, total: int) -> None:
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(done)
        self.bar.show()
        words = _("{done} of {total} requests read")
        self.state.setText(
            words.format(done=formats.count(done), total=formats.count(total))
        )

    def _rest(self) -> None:
        self.bar.hide()
        self.cancel_button.hide()
        replay = self.replay
        if replay is None:
            self.state.setText("")
            return
        words = _("{n} promises found in {total} requests")
        if not replay.is_whole:
            words = _("Stopped: figures of {done} of {total} requests")
        told = replay.kinds[self.terms.shown_kind()]
        self.state.setText(
            words.format(
                n=formats.count(told.n),
                done=formats.count(replay.read),
                total=formats.count(replay.total),
            )
        )

    def _take(self, wanted: Wanted, replay: Replay) -> None:
        self._shown, self.replay = wanted, replay
        self._show()

    def _take_beside(self, wanted: Wanted, replays: tuple[Replay, ...]) -> None:
        """Take the figures of the variants that were counted again."""
        found = dict(zip(map(id, wanted.beside), replays, strict=True))
        self.variants = [
            replace(one, replay=found.get(id(one.trial), one.replay))
            for one in self.variants
        ]
        self._show()

    def _show(self) -> None:
        replay = self.replay
        if replay is None:
            return
        kind = self.terms.shown_kind()
        told = replay.kinds[kind]
        has_figures = bool(told.n)
        is_promised = any(self.terms.targets.kinds[kind].targets().values())
        missing = self.nothing if is_promised else self.no_target
        self.middle.setCurrentWidget(self.results if has_figures else missing)
        self._enable(has_figures and replay.is_whole)
        if not self.replays.is_busy:
            self._rest()
        if has_figures:
            zone, people = self._context.clocks.zone, self.terms.people.value()
            self.results.show_replay(replay, kind, people, zone)
            self.results.show_variants(self.variants, kind, self.terms.choice)

    def _enable(self, is_possible: bool) -> None:
        self.keep_button.setEnabled(is_possible and len(self.variants) < MOST_VARIANTS)
        for button in (self.pdf_button, self.print_button, self.terms.name_button):
            button.setEnabled(is_possible)
        self.terms.propose_button.setEnabled(is_possible)

    # ------------------------------------------------------------ variants

    def keep(self) -> None:
        """Keep the trial to compare it with others, at most four."""
        if (
            self.replay is None
            or self._shown is None
            or not self.keep_button.isEnabled()
        ):
            return
        used = {one.letter for one in self.variants}
        letter = next(one for one in LETTERS if one not in used)
        self.variants.append(Variant(letter, self._shown.trial, self.replay))
        self._show()

    def _remove(self, variant: Variant) -> None:
        self.variants = [one for one in self.variants if one is not variant]
        self._show()

    def _forget_variants(self) -> None:
        self.variants = []

    # ------------------------------------------------------------ going on

    def _open(self, request_id: object) -> None:
        self._context.navigate("request", request_id=request_id)

    def propose(self) -> None:
        """Write the trial down as a draft of the next version."""
        replay, choice, shown = self.replay, self.terms.choice, self._shown
        if replay is None or choice is None or shown is None or not replay.is_whole:
            return
        told = replay.kinds[self.terms.shown_kind()]
        figures = _("Tried on {period}: {target} kept {share}, {of}.").format(
            period=period_words(replay, self._context.clocks.zone),
            target=lengths_words(told.targets_then),
            share=share_words(told.then),
            of=of_words(told.then),
        )
        propose(self._context, self, choice, shown.trial, figures, self._tell_refusal)

    def _tell_refusal(self, refusal: Refusal) -> None:
        self._context.tell(refusal_words(refusal), kind="broken", subject="tries")

    def shown_trials(self) -> list[Variant]:
        """Return the variants, and the trial on screen where it is none of them."""
        replay, shown = self.replay, self._shown
        trials = list(self.variants)
        if replay is None or shown is None:
            return trials
        if all(one.trial != shown.trial for one in trials):
            trials.append(Variant("", shown.trial, replay))
        return trials

    def show_variants(self, variants: list[Variant]) -> None:
        """Put others side by side, to be counted, and try the first of them."""
        self.variants = variants
        if variants:
            self.terms.restore(variants[0].trial)

    def _paper(self) -> Callable[[], bytes] | None:
        from ui.tries.printing import made, paper_of

        choice = self.terms.choice
        trials = [one for one in self.shown_trials() if one.replay is not None]
        if choice is None or not trials or not self.pdf_button.isEnabled():
            return None
        paper = paper_of(self._context, choice, trials, self.terms.shown_kind())
        language = current_language()
        return lambda: made(paper, language)

    def _paper_name(self) -> str:
        choice = self.terms.choice
        name = subject_words(choice) if choice is not None else ""
        return _("Trial, {agreement}").format(agreement=name[:100])

    def hideEvent(self, event: QHideEvent) -> None:
        """Let others have the reading thread while nobody looks."""
        super().hideEvent(event)
        self._timer.stop()
        self.replays.cancel()

    def showEvent(self, event: QShowEvent) -> None:
        """Go on where it was left."""
        super().showEvent(event)
        is_whole = self.replay is not None and self.replay.is_whole
        if self.terms.choice is not None and not is_whole:
            self._timer.start()
