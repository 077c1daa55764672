"""One agreement: its versions, who signed, what changed, every term, what to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.agreements import VersionStage
from desktop.formats import count
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.i18n import ngettext
from ui.agreements.signing import Step, sides_of, steps_for
from ui.agreements.stage_cells import stage_cell, use_stages
from ui.agreements.words import (
    STAGES,
    change_lines,
    scope_words,
    signature_words,
    stage_words,
    term_pairs,
    validity_words,
)
from ui.common.banner import BannerArea
from ui.common.buttons import Button
from ui.common.cells import Column, TextCell
from ui.common.empty_state import EmptyState
from ui.common.flow_layout import FlowLayout
from ui.common.labels import PlainLabel, SectionHeading, StateChip
from ui.common.scroll_area import ScrollArea
from ui.common.table_model import TableModel
from ui.common.table_view import TableView

if TYPE_CHECKING:
    from desktop.queries.agreements import AgreementDetails, VersionRow
    from desktop.queries.lookups import PersonRow
    from ui.context import Me

NARROWEST = 432
LEAST = 400
MOST_SHOWN = 4
NARROW_WORD = 1
"""A word without a place to break must not widen the pane: it is cut instead."""


class DetailsPane(QWidget):
    """Shows an agreement at one of its versions; `wanted(step)` when one is chosen."""

    wanted = Signal(object)

    def __init__(self, me: Me, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._me = me
        self._zone: tzinfo | None = None
        self._people: Sequence[PersonRow] = ()
        self.details: AgreementDetails | None = None
        self.version_id: int | None = None
        self.buttons: dict[Step, Button] = {}
        self.setMinimumWidth(LEAST)
        self.setAccessibleName(_("Agreement"))
        self.name = PlainLabel(size="title", wraps=True, selectable=True)
        self.scope = PlainLabel(ink="text2", wraps=True, selectable=True)
        self.stage = StateChip(parent=self)
        self.running = PlainLabel(ink="text2", wraps=True)
        self.changes = PlainLabel(wraps=True, selectable=True)
        for label in (self.name, self.scope, self.changes):
            label.setMinimumWidth(NARROW_WORD)
        self._make_table()
        self.empty = EmptyState(
            _("No agreement is chosen"),
            _("Choose one in the list to see its versions and terms."),
            icon="file-check",
        )
        self._place()

    def _make_table(self) -> None:
        self.model: TableModel[VersionRow] = TableModel(
            [
                Column("number", N_("Version"), self._number, 56),
                Column("stage", N_("Stage"), lambda row: stage_cell(row.stage), 112),
                Column("valid", N_("Valid"), self._valid, 116, stretch=True),
                Column("running", N_("Open"), _running, 48, at_right=True),
            ],
            key=lambda row: row.version_id,
            parent=self,
        )
        self.table = TableView(self.model, name=_("Versions"))
        use_stages(self.table)
        self.table.set_compact(True)
        header = self.table.horizontalHeader()
        header.setSectionsClickable(False)
        header.setSortIndicatorShown(False)
        self.table.current_changed.connect(self._take_version)

    def _place(self) -> None:
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(24, 16, 24, 16)
        self._column.setSpacing(8)
        for part in (self.name, self.scope, self.table, self.stage, self.running):
            self._column.addWidget(part)
        self._signatures = QWidget()
        self._terms = QWidget()
        self._changed_heading = SectionHeading("")
        self._column.addWidget(SectionHeading(_("Signed")))
        self._column.addWidget(self._signatures)
        self._column.addWidget(self._changed_heading)
        self._column.addWidget(self.changes)
        self._column.addWidget(SectionHeading(_("Terms")))
        self._column.addWidget(self._terms)
        self._column.addStretch(1)
        self.area = ScrollArea()
        self.area.setWidget(inner)
        self._foot = QWidget()
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(24, 12, 24, 16)
        self.banners = BannerArea()
        foot.addWidget(self.banners)
        tools = QWidget()
        self._tools = FlowLayout(tools)
        foot.addWidget(tools)
        filled = QWidget()
        whole = QVBoxLayout(filled)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.area, 1)
        whole.addWidget(self._foot)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(filled)

    # ------------------------------------------------------------ showing

    def show_details(
        self,
        details: AgreementDetails | None,
        zone: tzinfo,
        people: Sequence[PersonRow] = (),
    ) -> None:
        """Show an agreement; the version chosen stays chosen where it still is."""
        is_other = (
            details is None
            or self.details is None
            or self.details.agreement_id != details.agreement_id
        )
        self.details, self._zone, self._people = details, zone, people
        if is_other:
            self.say("")
        if details is None or not details.versions:
            self._stack.setCurrentIndex(0)
            self.version_id = None
            return
        self.name.setText(details.name)
        self.scope.setText(
            scope_words(details.front_unit, details.back_unit, details.service)
        )
        kept = None if is_other else self.version_id
        self.model.set_rows(details.versions)
        self.model.beat()
        lines = min(MOST_SHOWN, len(details.versions))
        self.table.setFixedHeight(28 + 32 * lines + 4)
        if kept is None or not self.table.choose(kept):
            self.table.choose_first()
        self._show_version()
        self._stack.setCurrentIndex(1)
        if is_other:
            self.area.verticalScrollBar().setValue(0)

    def say(self, words: str) -> None:
        """Say above the buttons why a step was refused; empty words take it back."""
        self.banners.withdraw("step")
        if words:
            self.banners.tell(words, subject="step", kind="broken")

    def choose_version(self, version_id: int) -> None:
        """Show one of the versions."""
        self.table.choose(version_id)

    def version(self) -> VersionRow | None:
        """Return the version shown."""
        if self.details is None:
            return None
        versions = self.details.versions
        return next(
            (one for one in versions if one.version_id == self.version_id), None
        )

    def _take_version(self, row: VersionRow | None) -> None:
        if row is not None and row.version_id != self.version_id:
            self.version_id = row.version_id
            self.say("")
            self._show_version()

    def _show_version(self) -> None:
        version, details = self.version(), self.details
        if version is None or details is None or self._zone is None:
            return
        _words, icon, kind = STAGES[version.stage]
        told = _("Version {number}: {stage}")
        stage = stage_words(version.stage)
        words = told.format(number=version.number, stage=stage.lower())
        self.stage.set_state(words, kind=kind, icon=icon)
        self.running.setText(running_words(version.running))
        self.running.setVisible(version.running > 0)
        self._signatures = self._pairs(self._signatures, self._signed(version))
        self._terms = self._pairs(self._terms, self.terms_of(version))
        self._show_changes(version)
        sides = sides_of(self._me, details, self._people)
        self._offer(steps_for(self._me, sides, version))

    def terms_of(self, version: VersionRow) -> list[tuple[str, str]]:
        """Return the terms of a version as headings and words."""
        assert self._zone is not None
        return term_pairs(version.terms, version.calendar, self._zone)

    def _signed(self, version: VersionRow) -> list[tuple[str, str]]:
        assert self._zone is not None
        is_agreed = version.stage in (
            VersionStage.AGREED,
            VersionStage.IN_FORCE,
            VersionStage.ENDED,
        )
        if is_agreed and version.front_agreed is None:
            return [(_("Agreed"), _("Outside this program; nobody is named"))]
        signed = (
            (_("Proposed"), version.proposed),
            (_("For the front office"), version.front_agreed),
            (_("For the back office"), version.back_agreed),
        )
        return [
            (heading, signature_words(one, self._zone) or _("Nobody yet"))
            for heading, one in signed
        ]

    def _show_changes(self, version: VersionRow) -> None:
        assert self.details is not None
        older = [one for one in self.details.versions if one.number < version.number]
        before = max(older, key=lambda one: one.number, default=None)
        self._changed_heading.setVisible(before is not None)
        self.changes.setVisible(before is not None)
        if before is None:
            return
        title = _("Changed against version {number}").format(number=before.number)
        self._changed_heading.set_words(title)
        lines = change_lines(self.terms_of(before), self.terms_of(version))
        self.changes.setText("\n".join(lines) or _("Nothing"))

    def _pairs(self, old: QWidget, pairs: list[tuple[str, str]]) -> QWidget:
        fresh = QWidget()
        grid = QGridLayout(fresh)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, 128)
        grid.setColumnStretch(1, 1)
        for line, (heading, words) in enumerate(pairs):
            top = Qt.AlignmentFlag.AlignTop
            title = PlainLabel(heading, ink="text2", wraps=True)
            title.setFixedWidth(128)
            grid.addWidget(title, line, 0, top)
            told = PlainLabel(words, wraps=True, selectable=True)
            told.setMinimumWidth(NARROW_WORD)
            grid.addWidget(told, line, 1, top)
        self._column.replaceWidget(old, fresh)
        old.hide()
        old.deleteLater()
        return fresh

    def _number(self, row: VersionRow) -> TextCell:
        return TextCell(str(row.number))

    def _valid(self, row: VersionRow) -> TextCell:
        assert self._zone is not None
        terms = row.terms
        words = validity_words(terms.valid_from, terms.valid_until, self._zone)
        return TextCell(words, quiet=True)

    # ------------------------------------------------------------ what to do

    def _offer(self, steps: list[Step]) -> None:
        if list(self.buttons) == steps:
            self._foot.setVisible(bool(steps))
            return
        had_focus = any(one.hasFocus() for one in self.buttons.values())
        for button in self.buttons.values():
            self._tools.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = {}
        for number, step in enumerate(steps):
            kind = "primary" if number == 0 and step.is_main else "secondary"
            button = Button(_(step.words), kind=kind, icon=step.icon)  # type: ignore[arg-type]  # one of the kinds
            button.clicked.connect(self._teller(step))
            self.buttons[step] = button
            self._tools.addWidget(button)
        self._foot.setVisible(bool(steps))
        if had_focus and self.buttons:
            next(iter(self.buttons.values())).setFocus()

    def _teller(self, step: Step) -> Callable[[], None]:
        return lambda: self.wanted.emit(step)

    def is_offered(self, step: Step) -> bool:
        """Tell whether a step can be taken on the version shown."""
        return step in self.buttons


def running_words(running: int) -> str:
    """Return how many open requests run under a version, as a sentence."""
    words = ngettext(
        "{count} open request runs under it.",
        "{count} open requests run under it.",
        running,
    )
    return words.format(count=count(running))


def _running(row: VersionRow) -> TextCell:
    """Return how many open requests have a clock under a version."""
    return TextCell(count(row.running) if row.running else "", at_right=True)
