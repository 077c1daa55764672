"""Today and up to four trials side by side: in all, and by what one chooses."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop import formats
from desktop.domain.agreements import TargetKind
from desktop.i18n import gettext as _
from desktop.queries.replay_results import Count, Group, KindReplay
from desktop.queries.try_choices import TryChoice
from ui.common.buttons import Button, IconButton, SegmentedControl
from ui.common.labels import ElidedLabel, PlainLabel
from ui.tries.figures import MOST_VARIANTS, Variant, changed_words
from ui.tries.trial_words import trial_lines
from ui.tries.words import (
    GROUPINGS,
    NOTHING,
    group_words,
    lengths_words,
    of_words,
    share_words,
)

MOST_ROWS, NAME_PX = 12, 260
SHARES = (0.8, 0.9, 0.95)


class VariantTable(QWidget):
    """`chosen(Variant)` tries one again, `removed(Variant)` leaves it out."""

    chosen = Signal(object)
    removed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._variants: Sequence[Variant] = ()
        self._kind = TargetKind.RESOLUTION
        self._choice: TryChoice | None = None
        self.by = SegmentedControl(
            [(name, _(words)) for name, words in GROUPINGS.items()],
            name=_("Compared by"),
        )
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self.buttons: list[Button] = []
        line = QHBoxLayout()
        line.addWidget(self.by)
        line.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(self._grid)
        layout.addLayout(line)
        self._groups = QGridLayout()
        self._groups.setHorizontalSpacing(16)
        self._groups.setVerticalSpacing(4)
        layout.addLayout(self._groups)
        self.by.chosen.connect(lambda _name: self._show_groups())

    def show_variants(
        self,
        variants: Sequence[Variant],
        kind: TargetKind,
        choice: TryChoice | None = None,
    ) -> None:
        """Show those kept, one column each."""
        self._variants, self._kind, self._choice = variants, kind, choice
        _clear(self._grid)
        self.buttons = []
        self.setVisible(bool(variants))
        if not variants:
            return
        heads = (
            "", _("Target"), _("Hours and holds"), _("Kept"), _("of those judged"),
            _("Gain, lose"), _("Kept 8 in 10"), _("Kept 9 in 10"), _("Kept 19 in 20"),
        )  # fmt: skip
        for row, words in enumerate(heads):
            label = PlainLabel(words, size="small", ink="text2")
            self._grid.addWidget(label, row, 0)
        counted = self._counted()
        if counted:
            first = counted[0]
            now = (
                _("Now"), lengths_words(first.targets_now), _("as agreed"),
                share_words(first.now), of_words(first.now),
            )  # fmt: skip
            self._column(1, now)
        for place, one in enumerate(variants, 2):
            self._variant(place, one)
        for grid in (self._grid, self._groups):
            for place in range(MOST_VARIANTS + 4):
                grid.setColumnStretch(place, place == len(variants) + 3)
        self._show_groups()

    def _counted(self) -> list[KindReplay]:
        return [
            one.replay.kinds[self._kind]
            for one in self._variants
            if one.replay is not None
        ]

    def _column(self, place: int, words: Sequence[str]) -> None:
        for row, one in enumerate(words):
            bold = row in (0, 3)
            self._grid.addWidget(PlainLabel(one, bold=bold), row, place)

    def _variant(self, place: int, one: Variant) -> None:
        if one.replay is not None:
            told = one.replay.kinds[self._kind]
            gains = NOTHING
            if told.is_promised_now:
                gains = _("{gained} gain, {lost} lose").format(
                    gained=formats.count(told.gained), lost=formats.count(told.lost)
                )
            targets = [told.target_for(share) for share in SHARES]
            words = (
                "", lengths_words(told.targets_then), changed_words(one.trial),
                share_words(told.then), of_words(told.then), gains,
                *(NOTHING if at is None else formats.working_time(at)
                  for at in targets),
            )  # fmt: skip
            self._column(place, words)
        head = QWidget()
        line = QHBoxLayout(head)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        name = _("Variant {letter}").format(letter=one.letter)
        button = Button(name)
        if self._choice is not None:
            lines = trial_lines(self._choice, one.trial)
            button.setToolTip(f"<p>{'<br>'.join(map(escape, lines))}</p>")
            button.setAccessibleDescription("; ".join(lines))
        button.clicked.connect(lambda: self.chosen.emit(one))
        remove = IconButton("x", _("Leave {variant} out").format(variant=name))
        remove.clicked.connect(lambda: self.removed.emit(one))
        line.addWidget(button)
        line.addWidget(remove)
        line.addStretch(1)
        self.buttons.append(button)
        self._grid.addWidget(head, 0, place)

    # ------------------------------------------------------------ by what

    def _show_groups(self) -> None:
        """Show the share kept of each service, or of what else is chosen."""
        _clear(self._groups)
        counted = self._counted()
        if len(counted) < len(self._variants) or not counted:
            return
        name = self.by.value()
        found = [_by_key(one, name) for one in counted]
        heads = ["", _("n"), _("Now"), *(one.letter for one in self._variants)]
        for place, words in enumerate(heads):
            label = PlainLabel(words, size="small", ink="text2")
            self._groups.addWidget(label, 0, place)
        for row, group in enumerate(_groups(counted[0], name)[:MOST_ROWS], 1):
            # A name may be of any length and run from right to left: it stands alone.
            named = ElidedLabel(group_words(name, group.key))
            named.setFixedWidth(NAME_PX)
            self._groups.addWidget(named, row, 0)
            n = PlainLabel(formats.count(group.n), ink="text2")
            self._groups.addWidget(n, row, 1)
            now = PlainLabel(_share(group.now), ink="text2")
            self._groups.addWidget(now, row, 2)
            for place, groups in enumerate(found, 3):
                then = groups.get(group.key)
                if then is not None:
                    label = PlainLabel(_share(then.then), ink=_ink(then))
                    self._groups.addWidget(label, row, place)


def _groups(told: KindReplay, name: str) -> Sequence[Group]:
    return {
        "service": told.by_service,
        "front": told.by_front,
        "priority": told.by_priority,
        "weekday": told.by_weekday,
    }[name]


def _by_key(told: KindReplay, name: str) -> dict[int | str | None, Group]:
    return {one.key: one for one in _groups(told, name)}


def _share(count: Count) -> str:
    return NOTHING if count.share is None else f"{formats.number(count.share * 100)} %"


def _ink(group: Group) -> str:
    now, then = group.now.share, group.then.share
    if now is None or then is None or now == then:
        return "text"
    return "ok" if then > now else "broken"


def _clear(grid: QGridLayout) -> None:
    while (item := grid.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
