"""The head of a calendar: its name, zone and hours, and what is not saved yet."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.formats import count
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from desktop.queries.calendars import CalendarRow
from ui.calendars.draft import Draft
from ui.common.buttons import Button, IconButton, SegmentedControl
from ui.common.labels import ElidedLabel, PlainLabel
from ui.common.meanwhile import NotSaved
from ui.common.week.words import weekly_words

WEEK, YEAR, VERSIONS = "week", "year", "versions"


class Head(QWidget):
    """Buttons ask: `save`, `discard`, `undo`, `rename`; `turned(part)` another part."""

    save = Signal()
    discard = Signal()
    undo = Signal()
    rename = Signal()
    turned = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = ElidedLabel("", size="title")
        self.hours = ElidedLabel("", size="small", ink="text2")
        self.used = ElidedLabel("", size="small", ink="text2")
        self.problem = PlainLabel("", ink="broken", wraps=True)
        self.rename_button = IconButton("pencil", _("Name and time zone"))
        self.parts = SegmentedControl(
            [(WEEK, _("Week")), (YEAR, _("Year")), (VERSIONS, _("Versions"))],
            name=_("What is shown"),
        )
        self.unsaved = NotSaved()
        self.undo_button = IconButton("arrow-back-up", _("Undo"), key="Ctrl+Z")
        self.discard_button = Button(_("Discard"), kind="quiet")
        self.save_button = Button(_("Save"), kind="primary", key="Ctrl+S")
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.name)
        top.addWidget(self.rename_button)
        top.addStretch(1)
        for part in (self.unsaved, self.undo_button):
            top.addWidget(part)
        top.addWidget(self.discard_button)
        top.addWidget(self.save_button)
        below = QHBoxLayout()
        below.setSpacing(16)
        below.addWidget(self.parts)
        below.addWidget(self.used, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 0)
        layout.setSpacing(4)
        layout.addLayout(top)
        layout.addWidget(self.hours)
        layout.addWidget(self.problem)
        layout.addSpacing(8)
        layout.addLayout(below)
        self.problem.hide()
        self.rename_button.clicked.connect(self.rename)
        self.save_button.clicked.connect(self.save)
        self.discard_button.clicked.connect(self.discard)
        self.undo_button.clicked.connect(self.undo)
        self.parts.chosen.connect(self.turned)

    def show_draft(
        self, draft: Draft, today: date, *, is_locked: bool, since: str = ""
    ) -> None:
        """Show a calendar as it would be saved, with the hours that hold today.

        ``since`` is when what came back and is not saved was kept.
        """
        spec = draft.spec
        self.name.setText(spec.name)
        words = _("{zone} time: {hours}").format(
            zone=spec.zone.replace("_", " "), hours=weekly_words(spec.weekly_on(today))
        )
        self.hours.setText(words)
        self.unsaved.show_since(draft.is_changed, since)
        self.discard_button.setVisible(draft.is_changed)
        self.undo_button.setVisible(draft.can_undo())
        self.rename_button.setVisible(not is_locked)
        self.save_button.setVisible(not is_locked)
        self.save_button.setEnabled(draft.is_changed)

    def show_use(self, row: CalendarRow | None) -> None:
        """Say who counts by the calendar."""
        self.used.setText(use_words(row) if row is not None else "")

    def show_problem(self, words: str) -> None:
        """Say what is wrong with name or zone."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))


def use_words(row: CalendarRow) -> str:
    """Return who counts by a calendar: "Used by 4 units and 2 agreement versions"."""
    if row.is_around_the_clock:
        return _("Always open. It belongs to the program and cannot be changed.")
    if not row.units and not row.agreements:
        return _("Version {number}. Nobody counts by it yet.").format(number=row.lock)
    units = ngettext("{count} unit", "{count} units", row.units)
    versions = ngettext(
        "{count} agreement version", "{count} agreement versions", row.agreements
    )
    return _("Version {number}. Used by {units} and {versions}.").format(
        number=row.lock,
        units=units.format(count=count(row.units)),
        versions=versions.format(count=count(row.agreements)),
    )
