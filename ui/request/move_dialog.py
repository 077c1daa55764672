"""Puts a promise under another version on purpose, after showing what would change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop import formats
from desktop.domain.agreements import TargetKind
from desktop.i18n import gettext as _
from ui.common.dialog import Dialog
from ui.common.inputs import ChoiceInput
from ui.common.labels import PlainLabel
from ui.common.request_pane.request_words import promise_words

if TYPE_CHECKING:
    from desktop.domain.promises import ClockView
    from desktop.queries.applying import ConsideredRow
    from desktop.queries.previews import ClockChange
    from desktop.queries.request_details import ClockRow

MOVERS = frozenset({"coordinator", "manager", "administrator"})


def parties_of(clock: ClockRow) -> tuple[int, int]:
    """Return who promised and for whom: an answer is owed the other way round."""
    view = clock.view
    if view.kind is TargetKind.ANSWER:
        return view.for_unit, view.unit
    return view.unit, view.for_unit


def clock_state(view: ClockView | None, zone: tzinfo) -> str:
    """Say in a few words what a clock promises: "16 h, due Fri 13 Nov 09:00"."""
    if view is None:
        return _("no promise")
    time = formats.working_time(view.target_s)
    if view.stopped_at is not None:
        return _("{time}, stopped").format(time=time)
    if view.due_at is None:
        return _("{time}, held").format(time=time)
    when = formats.instant(view.due_at, zone)
    return _("{time}, due {when}").format(time=time, when=when)


def change_lines(
    changes: Sequence[ClockChange], units: Mapping[int, str], zone: tzinfo
) -> list[str]:
    """Say what would change, a line a clock."""
    lines = []
    for one in changes:
        before, after = (clock_state(view, zone) for view in (one.before, one.after))
        if one.is_change and before != after:
            words = _("{promise} of {unit}: {before} → {after}")
            lines.append(
                words.format(
                    promise=promise_words(one.kind),
                    unit=units.get(one.unit, ""),
                    before=before,
                    after=after,
                )
            )
    return lines


class MoveDialog(Dialog):
    """Asked anew at each choice: `asked(version id)`."""

    asked = Signal(int)

    def __init__(
        self,
        rows: Sequence[ConsideredRow],
        units: Mapping[int, str],
        zone: tzinfo,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            _("Put it under another version"),
            _("What has stopped already keeps what it was promised."),
            submit=_("Move it"),
            parent=parent,
        )
        self.setFixedWidth(640)
        self._units, self._zone = units, zone
        name = _("{name}, version {number}")
        self.version = ChoiceInput(
            [
                (one.version_id, name.format(name=one.agreement, number=one.number))
                for one in rows
            ],
            name=_("Version"),
        )
        self.version.set_value(rows[0].version_id)
        self.preview = PlainLabel(wraps=True, selectable=True)
        self.preview.setMinimumWidth(1)  # a word that does not break is cut
        # The preview comes when the dialog is open: it keeps room for three lines.
        self.preview.setMinimumHeight(72)
        self.preview.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(self.version)
        self.body.addWidget(PlainLabel(_("What would change"), bold=True))
        self.body.addWidget(self.preview)
        self.submit_button.setEnabled(False)
        self.version.chosen.connect(lambda _one: self.ask())
        self.start_at(self.version)

    def version_id(self) -> int:
        """Return the version chosen."""
        value = self.version.value()
        assert isinstance(value, int)
        return value

    def ask(self) -> None:
        """Ask what the version chosen would change; it cannot be sent until known."""
        self.submit_button.setEnabled(False)
        self.asked.emit(self.version_id())

    def show_changes(self, version_id: int, changes: Sequence[ClockChange]) -> None:
        """Show what a version would change, if it is still the one chosen."""
        if version_id != self.version_id():
            return
        lines = change_lines(changes, self._units, self._zone)
        self.preview.setText("\n".join(lines) or _("No due time and no target."))
        self.submit_button.setEnabled(True)
