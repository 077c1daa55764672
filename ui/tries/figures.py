"""The figures of a trial: numbers first, then the judgement, the variants beside."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop import formats
from desktop.i18n import gettext as _
from desktop.queries.replay_results import KindReplay, Replay
from desktop.queries.replays import Trial
from ui.common.banner import Banner
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
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(12)
        self._columns: list[QVBoxLayout] = []
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
            self._columns.append(column)
            self.cells.append((head, figure, below))
        self.set_beside(5)

    def set_beside(self, count: int) -> None:
        """Put so many figures beside each other, and the others below them."""
        for place, column in enumerate(self._columns):
            self._grid.removeItem(column)
            column.setParent(None)
            self._grid.addLayout(column, place // count, place % count)
            self._grid.setColumnStretch(place, 1 if place < count else 0)

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


def changed_words(trial: Trial) -> str:
    """Tell what besides targets is other than agreed."""
    if trial.calendar is not None and trial.holds:
        return _("other hours and holds")
    if trial.calendar is not None:
        return _("other hours")
    return _("other holds") if trial.holds else _("as agreed")
