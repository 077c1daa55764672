"""Which agreement applies, and why the others do not: a line for each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop import formats
from desktop.domain.agreements import Why
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from ui.common.labels import IconLabel, PlainLabel
from ui.common.request_pane.target_words import targets_line

if TYPE_CHECKING:
    from desktop.queries.applying import Applies, ConsideredRow

WHY: Mapping[Why, str] = {
    Why.CHOSEN: N_("This one applies."),
    Why.OTHER_BACK_UNIT: N_("It is with another back office."),
    Why.OTHER_FRONT_UNIT: N_("It is for another front office."),
    Why.OTHER_SERVICE: N_("It is for another service."),
    Why.NOT_YET: N_("It was not in force yet then: it begins on {day}."),
    Why.ENDED: N_("It was not in force any more: it ended on {day}."),
    Why.LESS_SPECIFIC_SERVICE: N_(
        "It is for all services, and one for this service goes before it."
    ),
    Why.LESS_SPECIFIC_UNIT: N_(
        "It is for all front offices, and one for this front office goes before it."
    ),
    Why.OLDER: N_("Another as specific as this one came in force after it."),
}


def chosen_sentence(row: ConsideredRow) -> str:
    """Say why the chosen one was chosen."""
    if row.service and row.front_unit:
        words = _(
            "It is for {service} and for {front}: nothing is more specific than that."
        )
    elif row.service:
        words = _("It is for {service}: one for a service goes before all others.")
    elif row.front_unit:
        words = _("It is for {front}, and none is for this service.")
    else:
        words = _("It is for all front offices and services, and none is closer.")
    return words.format(service=row.service, front=row.front_unit)


def why_words(row: ConsideredRow, applies: Applies, zone: tzinfo) -> str:
    """Say why a version applies or does not."""
    if applies.moved and row == applies.chosen:
        return _("Somebody put the request under this one on purpose.")
    if row.why is Why.CHOSEN:
        if applies.moved:
            return _("It would apply, had the request not been moved.")
        return chosen_sentence(row)
    at = row.valid_from if row.why is Why.NOT_YET else row.valid_until
    day = at.astimezone(zone).date() if at else None
    told = formats.date_range(day, day) if day else ""
    return _(WHY[row.why]).format(day=told)


class AppliesView(QWidget):
    """The chosen one first, then the others in the core's order."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._rows = QWidget()
        self._layout.addWidget(self._rows)
        self._layout.addStretch(1)
        self.lines: list[tuple[str, str]] = []
        self.applies: Applies | None = None

    def show_applies(self, applies: Applies, zone: tzinfo) -> None:
        """Show an answer; the same one again changes nothing."""
        if applies == self.applies:
            return
        self.applies = applies
        lines = []
        for row in applies.considered:
            name = _("{name}, version {number}")
            why = why_words(row, applies, zone)
            if row == applies.chosen:
                promised = _("It promises: {targets}.")
                words = promised.format(targets=targets_line(row.targets))
                why = f"{why}\n{words}"
            told = name.format(name=row.agreement, number=row.number)
            lines.append((told, why, row == applies.chosen))
        if applies.chosen is None:
            none = _("No agreement applies"), _("Nothing is promised for it."), False
            lines.insert(0, none)
        self.lines = [(name, why) for name, why, _chosen in lines]
        self._fill(lines)

    def _fill(self, lines: list[tuple[str, str, bool]]) -> None:
        fresh = QWidget()
        grid = QGridLayout(fresh)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        top = Qt.AlignmentFlag.AlignTop
        for number, (name, why, is_chosen) in enumerate(lines):
            icon = "circle-check" if is_chosen else "circle-minus"
            mark = IconLabel(icon, ink="ok" if is_chosen else "text2")
            grid.addWidget(mark, 3 * number, 0, top)
            title = PlainLabel(name, bold=is_chosen, wraps=True, selectable=True)
            grid.addWidget(title, 3 * number, 1)
            told = PlainLabel(why, ink="text2", wraps=True, selectable=True)
            grid.addWidget(told, 3 * number + 1, 1)
            for label in (title, told):
                label.setMinimumWidth(1)  # a word that does not break is cut
            grid.setRowMinimumHeight(3 * number + 2, 6)
        self._layout.replaceWidget(self._rows, fresh)
        self._rows.hide()
        self._rows.deleteLater()
        self._rows = fresh
