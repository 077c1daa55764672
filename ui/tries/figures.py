"""The figures of a trial: numbers first, then the judgement, the variants beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop import formats
from desktop.domain.agreements import TargetKind
from desktop.i18n import gettext as _
from desktop.queries.replay_results import KindReplay, Replay
from desktop.queries.replays import Trial
from ui.common.banner import Banner
from ui.common.buttons import Button, IconButton
from ui.common.labels import PlainLabel
from ui.tries.words import (
    NOTHING,
    lengths_words,
    of_words,
    share_words,
    verdict_words,
)

MOST_VARIANTS = 4
LETTERS = "ABCD"


@dataclass(frozen=True)
class Variant:
    """A trial that was kept to compare: its letter, terms, and figures once counted."""

    letter: str
    trial: Trial
    replay: Replay | None = None


class Numbers(QWidget):
    """Kept now, kept in the trial, what that changes, what would have been kept."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(24)
        self.cells: list[tuple[PlainLabel, PlainLabel, PlainLabel]] = []
        for place in range(5):
            head = PlainLabel("", size="small", ink="text2", wraps=True)
            figure = PlainLabel("", size="title", bold=place == 1)
            below = PlainLabel("", size="small", ink="text2", wraps=True)
            column = QVBoxLayout()
            column.setSpacing(2)
            for label in (head, figure, below):
                column.addWidget(label)
            column.addStretch(1)
            line.addLayout(column, 1)
            self.cells.append((head, figure, below))

    def show_replay(self, told: KindReplay) -> None:
        """Show the figures of one kind of promise."""
        now = _("Kept now, {target}").format(target=lengths_words(told.targets_now))
        then = _("Kept with {target}").format(target=lengths_words(told.targets_then))
        self._set(0, now, share_words(told.now), of_words(told.now))
        self._set(1, then, share_words(told.then), of_words(told.then))
        self._show_broken(told)
        gains = _("{gained} gain, {lost} lose")
        words = gains.format(
            gained=formats.count(told.gained), lost=formats.count(told.lost)
        )
        changed = formats.count(len(told.changes))
        if not told.is_promised_now:
            changed, words = NOTHING, _("nothing was promised before")
        self._set(3, _("Other verdict"), changed, words)
        kept = [(share, told.target_for(share)) for share in (0.8, 0.9, 0.95)]
        figures = [
            NOTHING if one is None else formats.working_time(one)
            for _share, one in kept
        ]
        self._set(4, _("Would have been kept 9 in 10"), figures[1], _(
            "8 in 10: {eight}\n19 in 20: {most}"
        ).format(eight=figures[0], most=figures[2]))  # fmt: skip

    def _show_broken(self, told: KindReplay) -> None:
        more = told.then.broken - told.now.broken
        if not told.is_promised_now:
            broken = formats.count(told.then.broken)
            words = _("of {n}").format(n=formats.count(told.then.judged))
            self._set(2, _("Broken"), broken, words)
            return
        words = _("{then} instead of {now}").format(
            then=formats.count(told.then.broken), now=formats.count(told.now.broken)
        )
        head = _("More broken") if more > 0 else _("Fewer broken")
        if not more:
            head = _("Broken")
        ink = "broken" if more > 0 else "ok" if more < 0 else "text"
        self._set(2, head, formats.count(abs(more) or told.then.broken), words, ink)

    def _set(
        self, place: int, head: str, figure: str, below: str, ink: str = "text"
    ) -> None:
        labels = self.cells[place]
        for label, words in zip(labels, (head, figure, below), strict=True):
            label.setText(words)
        labels[1].set_ink(ink)


class Judgement(QWidget):
    """The banner with the verdict, and the target to try instead."""

    try_target = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self.banner: Banner | None = None
        self._shown: tuple[str, str, str, int | None] | None = None

    def show_replay(self, told: KindReplay) -> None:
        """Judge the figures of one kind of promise."""
        shown = verdict_words(told)
        if shown == self._shown:
            return
        self._shown = shown
        kind, words, advice, target = shown
        if self.banner is not None:
            self.banner.hide()
            self.banner.deleteLater()
        action = ""
        if target is not None:
            action = _("Try {target}").format(target=formats.working_time(target))
        self.banner = Banner(
            f"{words}\n{advice}" if advice else words,
            kind=kind,
            action=action,
            act=(lambda: self.try_target.emit(target)) if target is not None else None,
            closable=False,
        )
        self._layout.addWidget(self.banner)


class VariantTable(QWidget):
    """Now and up to four trials side by side."""

    chosen = Signal(object)
    removed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self.buttons: list[Button] = []

    def show_variants(self, variants: Sequence[Variant], kind: TargetKind) -> None:
        """Show those kept, one column each."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.buttons = []
        self.setVisible(bool(variants))
        if not variants:
            return
        heads = (
            "", _("Target"), _("Hours and holds"), _("Kept"), _("of those judged"),
            _("Gain, lose"), _("Kept 9 in 10"),
        )  # fmt: skip
        for row, words in enumerate(heads):
            label = PlainLabel(words, size="small", ink="text2")
            self._grid.addWidget(label, row, 0)
        counted = [one.replay for one in variants if one.replay is not None]
        if counted:
            first = counted[0].kinds[kind]
            now = (
                _("Now"), lengths_words(first.targets_now), _("as agreed"),
                share_words(first.now), of_words(first.now), "", "",
            )  # fmt: skip
            self._column(1, now)
        for place, one in enumerate(variants, 2):
            self._variant(place, one, kind)
        for place in range(MOST_VARIANTS + 3):
            self._grid.setColumnStretch(place, place == len(variants) + 2)

    def _column(self, place: int, words: Sequence[str]) -> None:
        for row, one in enumerate(words):
            bold = row in (0, 3)
            self._grid.addWidget(PlainLabel(one, bold=bold), row, place)

    def _variant(self, place: int, one: Variant, kind: TargetKind) -> None:
        if one.replay is not None:
            told = one.replay.kinds[kind]
            target = told.target_for(0.9)
            gains = NOTHING
            if told.is_promised_now:
                gains = _("{gained} gain, {lost} lose").format(
                    gained=formats.count(told.gained), lost=formats.count(told.lost)
                )
            words = (
                "", lengths_words(told.targets_then), changed_words(one.trial),
                share_words(told.then), of_words(told.then), gains,
                NOTHING if target is None else formats.working_time(target),
            )  # fmt: skip
            self._column(place, words)
        head = QWidget()
        line = QHBoxLayout(head)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        name = _("Variant {letter}").format(letter=one.letter)
        button = Button(name)
        button.clicked.connect(lambda: self.chosen.emit(one))
        remove = IconButton("x", _("Leave {variant} out").format(variant=name))
        remove.clicked.connect(lambda: self.removed.emit(one))
        line.addWidget(button)
        line.addWidget(remove)
        line.addStretch(1)
        self.buttons.append(button)
        self._grid.addWidget(head, 0, place)


def changed_words(trial: Trial) -> str:
    """Tell what besides targets is other than agreed."""
    if trial.calendar is not None and trial.holds:
        return _("other hours and holds")
    if trial.calendar is not None:
        return _("other hours")
    return _("other holds") if trial.holds else _("as agreed")
