"""The choices of the print dialog: which papers, with what, on which paper."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.print_options import PaperCode, PrintOptions
from desktop.i18n import gettext as _
from ui.common.buttons import SegmentedControl
from ui.common.inputs import CheckInput
from ui.common.labels import LinkLabel, PlainLabel


class Choices(QWidget):
    """Boxes to tick, grouped; `changed` follows what changes the pages."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.agenda = CheckInput(_("Agenda"))
        self.minutes = CheckInput(_("Minutes"))
        self.short = CheckInput(_("Short form, one page"))
        self.slips = CheckInput(_("Action slips per owner"))
        self.register = CheckInput(_("Action register"))
        self.chair_copy = CheckInput(_("Chair’s copy, with notes"))
        self.proofs = CheckInput(_("Clock proofs of what broke"))
        self.full_list = CheckInput(_("Full at-risk list"))
        self.note_lines = CheckInput(_("Lines for notes"))
        self.calendar = CheckInput(_("Calendar file"))
        self.mail_text = CheckInput(_("E-mail text"))
        self.paper_size = SegmentedControl(
            [("a4", _("A4")), ("letter", _("Letter"))], name=_("Paper size")
        )
        self.colour = SegmentedControl(
            [("colour", _("Colour")), ("grey", _("Black and white"))], name=_("Colour")
        )
        self.book = LinkLabel(_("Minutes book of a year"))
        self.all_actions = LinkLabel(_("Actions of all series"))
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        papers = (self.agenda, self.minutes, self.short, self.slips, self.register)
        parts = (self.chair_copy, self.proofs, self.full_list, self.note_lines)
        self._group(column, _("Papers"), papers)
        self._group(column, _("The agenda with"), parts)
        files = (self.calendar, self.mail_text)
        self._group(column, _("Saved beside the PDF"), files)
        self._group(column, _("Printed on"), (self.paper_size, self.colour))
        self._group(column, _("Over many sessions"), (self.book, self.all_actions))
        column.addStretch(1)
        self.setFixedWidth(296)

    def _group(
        self, column: QVBoxLayout, heading: str, parts: Iterable[QWidget]
    ) -> None:
        if column.count():
            column.addSpacing(14)
        column.addWidget(PlainLabel(heading, size="small", ink="text2"))
        column.addSpacing(2)
        for part in parts:
            column.addWidget(part)
            if isinstance(part, SegmentedControl):
                column.addSpacing(8)

    def _connect(self) -> None:
        beside = (self.calendar, self.mail_text)
        boxes = [one for one in self._boxes().values() if one not in beside]
        for box in (self.agenda, self.minutes, *boxes):
            box.toggled.connect(self._tell)
        self.paper_size.chosen.connect(lambda _size: self.changed.emit())
        self.colour.chosen.connect(lambda _colour: self.changed.emit())

    def _tell(self) -> None:
        self._allow()
        self.changed.emit()

    def _boxes(self) -> dict[str, CheckInput]:
        """Return the boxes a series remembers, by the option's name."""
        return {
            "short": self.short,
            "slips": self.slips,
            "register": self.register,
            "chair_copy": self.chair_copy,
            "proofs": self.proofs,
            "full_list": self.full_list,
            "note_lines": self.note_lines,
            "calendar": self.calendar,
            "mail_text": self.mail_text,
        }

    def _allow(self) -> None:
        """Let only what goes with the papers chosen be ticked."""
        for box in (self.chair_copy, self.proofs, self.full_list, self.note_lines):
            box.setEnabled(self.agenda.isChecked())

    def begin(self, options: PrintOptions, *, minutes: bool) -> None:
        """Show what a series remembers; where there are minutes, they are printed."""
        before = self.blockSignals(True)
        for name, box in self._boxes().items():
            box.setChecked(bool(getattr(options, name)))
        self.minutes.setVisible(minutes)
        self.minutes.setChecked(minutes)
        self.agenda.setChecked(not minutes)
        self.paper_size.set_value(options.size)
        self.colour.set_value("grey" if options.is_grey else "colour")
        self._allow()
        self.blockSignals(before)

    def options(self) -> PrintOptions:
        """Return what is ticked."""
        chosen = {name: box.isChecked() for name, box in self._boxes().items()}
        return PrintOptions(
            **chosen,
            size="letter" if self.paper_size.value() == "letter" else "a4",
            is_grey=self.colour.value() == "grey",
        )

    def papers(self) -> tuple[PaperCode, ...]:
        """Return the papers chosen, in the order they are printed."""
        boxes: dict[PaperCode, CheckInput] = {
            "agenda": self.agenda,
            "minutes": self.minutes,
            "short": self.short,
            "slips": self.slips,
            "register": self.register,
        }
        return tuple(code for code, box in boxes.items() if box.isChecked())
