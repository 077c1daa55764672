"""The three leaves of the import: what to bring in, what would be made, what was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from desktop.exchange.history_import import BadRows, HistoryPreview
from desktop.exchange.history_source import HistoryFiles
from desktop.exchange.mapping import HistoryMapping
from desktop.exchange.presets import preset_mappings
from desktop.formats import count, day
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.i18n import ngettext
from desktop.use_cases.imports import HistoryImported
from ui.common.buttons import SegmentedControl
from ui.common.labelled import Labelled
from ui.common.labels import PlainLabel
from ui.common.progress import Progress
from ui.common.scroll_area import ScrollArea
from ui.house.background import Run
from ui.house.fields import PathInput
from ui.house.import_work import Plan, find_preset, load_mapping
from ui.house.new_workspace import house_options, load_house
from ui.house.problem_list import ProblemList
from ui.house.source_picker import SourcePicker
from ui.house.words import house_words

MAPPINGS = {"uci498": N_("Incident event log (UCI 498)")}
CSV = "CSV (*.csv *.csv.gz)"
_UNITS_NAMED = 8


class ChoosingLeaf(ScrollArea):
    """Two files, a house, a mapping, and what a bad row does."""

    changed = Signal()

    def __init__(self, run: Run, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run = run
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(16)
        self.requests = PathInput(_("Requests"), filters=CSV)
        self.events = PathInput(_("Events"), filters=CSV)
        column.addWidget(Labelled(_("Requests, one row each"), self.requests))
        column.addWidget(Labelled(_("Events, one row for each change"), self.events))
        options = [
            (name, _(MAPPINGS[name]) if name in MAPPINGS else name)
            for name in preset_mappings()
        ]
        self.mapping = SourcePicker(
            _("What the columns mean"),
            options,
            load=load_mapping,
            describe=_mapping_words,
            run=run,
        )
        self.house = SourcePicker(
            _("The house they go into"),
            house_options(),
            load=load_house,
            describe=house_words,
            run=run,
        )
        first = str(self.mapping.choice.value())
        if any(name == first for name, _words in house_options()):
            self.house.choose_preset(first)
        column.addWidget(self.mapping)
        column.addWidget(self.house)
        self.on_bad = SegmentedControl(
            [
                (BadRows.SKIP.value, _("Leave it out and name it")),
                (BadRows.STOP.value, _("Import nothing")),
            ],
            name=_("When a row is bad"),
        )
        column.addWidget(Labelled(_("When a row is bad"), self.on_bad))
        column.addStretch(1)
        self.setWidget(inner)
        for field in (self.requests, self.events):
            field.changed.connect(self._suggest)
        for picker in (self.mapping, self.house):
            picker.changed.connect(self.changed)
        self.setFocusProxy(self.requests)

    def _suggest(self) -> None:
        """Choose the preset the two files fit."""
        self.changed.emit()
        files = self.files()
        if files is None or not (_is_file(files.requests) and _is_file(files.events)):
            return
        self._run(
            lambda: find_preset(files),
            lambda name: self._take_suggestion(files, name),
            lambda _refusal: None,
        )

    def _take_suggestion(self, files: HistoryFiles, name: str | None) -> None:
        if isValid(self) and name is not None and files == self.files():
            self.mapping.choose_preset(name)
            if any(option == name for option, _words in house_options()):
                self.house.choose_preset(name)

    def files(self) -> HistoryFiles | None:
        """Return the two files, None while one is not named."""
        requests, events = self.requests.path(), self.events.path()
        return HistoryFiles(requests, events) if requests and events else None

    def plan(self) -> Plan | None:
        """Return what was chosen, None while something is missing."""
        files = self.files()
        mapping, house = self.mapping.value, self.house.value
        if files is None or mapping is None or house is None:
            return None
        return Plan(files, mapping, house, BadRows(self.on_bad.value()))

    def missing(self) -> str:
        """Say what is still missing, or nothing."""
        if self.requests.path() is None:
            return _("Choose the file with the requests.")
        if self.events.path() is None:
            return _("Choose the file with the events.")
        if self.mapping.value is None:
            return _("Choose what the columns mean.")
        if self.house.value is None:
            return _("Choose the house they go into.")
        return ""


def _mapping_words(mapping: HistoryMapping) -> str:
    columns = [*mapping.requests.columns(), *mapping.events.columns()]
    return _("Reads the columns {columns}; times are local to {zone}").format(
        columns=", ".join(dict.fromkeys(columns)), zone=mapping.zone
    )


class PreviewLeaf(QWidget):
    """What would be made, and every bad row with file, line, column and why."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        self._grid = Figures()
        column.addWidget(self._grid)
        self.problems = ProblemList()
        column.addWidget(self.problems, 1)
        self.notices = ProblemList()
        column.addWidget(self.notices, 1)
        column.addStretch(0)

    def show_preview(self, found: HistoryPreview) -> None:
        """Show what a preview found."""
        self._grid.set_figures(_preview_figures(found))
        many = found.bad_rows
        head = ngettext(
            "{n} row is bad and would be left out",
            "{n} rows are bad and would be left out",
            many,
        ).format(n=count(many))
        more = max(0, many - len(found.problems))
        self.problems.set_problems(found.problems, head, more)
        noticed = ngettext(
            "{n} row would be taken, but not as it stands",
            "{n} rows would be taken, but not as they stand",
            len(found.notices),
        ).format(n=count(len(found.notices)))
        self.notices.set_problems(found.notices, noticed)

    def words(self) -> dict[str, str]:
        """Return the figures shown, by their label."""
        return self._grid.words()


class DoneLeaf(QWidget):
    """What an import made."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        self.verdict = PlainLabel(bold=True, wraps=True)
        column.addWidget(self.verdict)
        self._grid = Figures()
        column.addWidget(self._grid)
        self.problems = ProblemList()
        column.addWidget(self.problems, 1)
        column.addStretch(0)

    def show_made(self, made: HistoryImported) -> None:
        """Show what was made, or that everything was here already."""
        if made.is_nothing and made.already:
            words = ngettext(
                "Nothing was made: the {n} request was here already.",
                "Nothing was made: all {n} requests were here already.",
                made.already,
            ).format(n=count(made.already))
        elif made.is_nothing:
            words = _("Nothing was made: no request could be read.")
        else:
            words = ngettext(
                "{n} request was brought in.",
                "{n} requests were brought in.",
                made.requests,
            ).format(n=count(made.requests))
        self.verdict.setText(words)
        self._grid.set_figures(_made_figures(made))
        head = ngettext(
            "{n} row was bad and left out",
            "{n} rows were bad and left out",
            made.bad_rows,
        ).format(n=count(made.bad_rows))
        more = max(0, made.bad_rows - len(made.problems))
        self.problems.set_problems(made.problems, head, more)

    def words(self) -> dict[str, str]:
        """Return the figures shown, by their label."""
        return self._grid.words()


class RunningLeaf(QWidget):
    """How far it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.told = PlainLabel(ink="text2")
        self.bar = Progress(_("How far it is"))
        column.addWidget(self.told)
        column.addWidget(self.bar)
        column.addStretch(1)

    def begin(self, words: str) -> None:
        """Show that something began, nobody knows yet how long."""
        self.told.setText(words)
        self.bar.setRange(0, 0)
        self.bar.reset()

    def show_progress(self, stage: str, done: int, total: int) -> None:
        """Show how many requests are done."""
        if stage == "writing":
            words = _("{n} of {total} requests written").format(
                n=count(done), total=count(total)
            )
        else:
            words = ngettext("{n} request read", "{n} requests read", done).format(
                n=count(done)
            )
        self.told.setText(words)
        self.bar.setRange(0, total)
        self.bar.setValue(done)


class Figures(QWidget):
    """Labels with their figures, one below the other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._shown: dict[str, str] = {}
        self._labels: list[PlainLabel] = []

    def set_figures(self, figures: list[tuple[str, str]]) -> None:
        """Show other figures; those without words are left out."""
        for label in self._labels:
            self._grid.removeWidget(label)
            label.hide()
            label.deleteLater()
        self._labels = []
        self._shown = {name: words for name, words in figures if words}
        for row, (name, words) in enumerate(self._shown.items()):
            first = PlainLabel(name, ink="text2")
            second = PlainLabel(words, wraps=True, selectable=True)
            self._grid.addWidget(first, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(second, row, 1)
            self._labels += [first, second]

    def words(self) -> dict[str, str]:
        """Return the figures shown, by their label."""
        return dict(self._shown)


def _preview_figures(found: HistoryPreview) -> list[tuple[str, str]]:
    units = ", ".join(found.units[:_UNITS_NAMED])
    more = len(found.units) - _UNITS_NAMED
    if more > 0:
        units = _("{names} and {n} more").format(names=units, n=count(more))
    period = ""
    if found.first_at and found.last_at:
        first, last = found.first_at.date(), found.last_at.date()
        period = _("{first} to {last}").format(
            first=day(first, year=True), last=day(last, year=True)
        )
    return [
        (_("Requests"), count(found.requests)),
        (_("Events"), count(found.events)),
        (_("Period"), period),
        (_("Units"), f"{count(len(found.units))}: {units}" if found.units else ""),
        (_("People named"), count(len(found.people))),
    ]


def _made_figures(made: HistoryImported) -> list[tuple[str, str]]:
    figures: list[tuple[str, Any]] = [
        (_("Requests"), made.requests),
        (_("Journal entries"), made.entries),
        (_("Stays with units"), made.legs),
        (_("Waiting spans"), made.holds),
        (_("Promises"), made.clocks),
        (_("People"), made.people),
        (_("Units"), made.house.created["unit"]),
        (_("Agreements"), made.house.created["agreement"]),
        (_("Here already"), made.already),
    ]
    return [(name, count(many)) for name, many in figures if many]


def _is_file(path: Path) -> bool:
    """Tell whether a typed path is a file; a name too long for any disk is none."""
    try:
        return path.is_file()
    except OSError:
        return False
