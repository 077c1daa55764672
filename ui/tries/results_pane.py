"""The right side of a trial: numbers, judgement, charts, and who changes verdict."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, tzinfo

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop import formats
from desktop.domain.agreements import TargetKind
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from desktop.queries.replay_results import Change, Group, KindReplay, Replay
from desktop.queries.try_choices import TryChoice
from ui.common.labels import PlainLabel
from ui.common.scroll_area import ScrollArea
from ui.common.table_model import TableModel
from ui.common.table_view import TableView
from ui.tries.changes import change_columns
from ui.tries.chart_data import bars_of, curve_of, hand_of
from ui.tries.curve_chart import CurveChart
from ui.tries.figures import Judgement, Numbers, Variant
from ui.tries.group_chart import GroupChart, GroupRow
from ui.tries.variant_table import VariantTable
from ui.tries.words import (
    group_words,
    lengths_words,
    reference_words,
)
from ui.tries.work_chart import HandLine, WorkBars

MOST_ROWS = 8
TABLE_PX = 340
TWO_PX = 700
"""From here on two charts stand beside each other."""
BESIDE = ("curve", "bars", "service", "front", "priority", "weekday")


class Titled(QWidget):
    """A chart under its name and what it is computed from."""

    def __init__(self, title: str, inner: QWidget) -> None:
        super().__init__()
        self.note = PlainLabel("", size="small", ink="text2", wraps=True)
        self.title = PlainLabel(title, bold=True)
        self.inner = inner
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.title)
        layout.addWidget(self.note)
        layout.addWidget(inner)
        layout.addStretch(1)


class ResultsPane(ScrollArea):
    """Shows one replay for one kind of promise."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scroll_sideways()
        self._zone: tzinfo = UTC
        self.numbers = Numbers()
        self.judgement = Judgement()
        self.variants = VariantTable()
        self.variants.hide()
        self.curve = CurveChart()
        self.bars, self.hand = WorkBars(), HandLine()
        self.groups = {
            name: GroupChart() for name in ("service", "front", "priority", "weekday")
        }
        self.model: TableModel[Change] = TableModel(
            change_columns(lambda: self._zone),
            key=lambda row: (row.request_id, row.started_at),
            parent=self,
        )
        self.table = TableView(self.model, name=_("Requests that change verdict"))
        self.table.setMinimumHeight(TABLE_PX)
        self.table.opened.connect(self._open)
        self._place()

    def _place(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 16, 24, 24)
        column.setSpacing(16)
        column.addWidget(self.numbers)
        column.addWidget(self.judgement)
        column.addWidget(self.variants)
        self.charts = self._titled()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(32)
        self._grid.setVerticalSpacing(20)
        self._beside = 0
        self._lay_out(2)
        column.addLayout(self._grid)
        self.changes_title = PlainLabel("", bold=True)
        column.addWidget(self.changes_title)
        column.addWidget(self.table)
        column.addStretch(1)
        self.setWidget(inside)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put charts and figures below each other where they have no room."""
        super().resizeEvent(event)
        self._lay_out(2 if self.width() >= TWO_PX else 1)

    def _lay_out(self, beside: int) -> None:
        if beside == self._beside:
            return
        self._beside = beside
        for place, name in enumerate(BESIDE):
            chart = self.charts[name]
            self._grid.removeWidget(chart)
            self._grid.addWidget(chart, place // beside, place % beside)
        hand = self.charts["hand"]
        self._grid.removeWidget(hand)
        self._grid.addWidget(hand, len(BESIDE) // beside, 0, 1, beside)
        for place in (0, 1):
            self._grid.setColumnStretch(place, 1 if place < beside else 0)
        self.numbers.set_beside(5 if beside == 2 else 3)

    def _titled(self) -> dict[str, Titled]:
        titles = {
            "service": _("By service"),
            "front": _("By front office"),
            "priority": _("By priority"),
            "weekday": _("By the weekday it began"),
        }
        return {
            "curve": Titled(_("Where the promise begins to hold"), self.curve),
            "bars": Titled(_("Work arriving against hours open"), self.bars),
            **{
                name: Titled(titles[name], chart) for name, chart in self.groups.items()
            },
            "hand": Titled(_("In hand at the end of the day"), self.hand),
        }

    def _open(self, row: object) -> None:
        assert isinstance(row, Change)
        self.opened.emit(row.request_id)

    def show_replay(
        self, replay: Replay, kind: TargetKind, people: int, zone: tzinfo
    ) -> None:
        """Show the figures of one kind of promise."""
        told, self._zone = replay.kinds[kind], zone
        reference = reference_words(told, replay, zone)
        self.numbers.show_replay(told)
        self.judgement.show_replay(told)
        self.curve.set_data(curve_of(told))
        note = _("share kept by target, {reference}").format(reference=reference)
        self.charts["curve"].note.setText(note)
        self._show_work(replay, people, reference)
        then = lengths_words(told.targets_then)
        for name, groups in (
            ("service", told.by_service),
            ("front", told.by_front),
            ("priority", told.by_priority),
            ("weekday", told.by_weekday),
        ):
            self._show_groups(name, groups, then, reference)
        self._show_changes(told)

    def _show_groups(
        self, name: str, groups: Sequence[Group], then: str, reference: str
    ) -> None:
        rows = [_row(name, one) for one in groups[:MOST_ROWS]]
        self.groups[name].set_rows(rows, _("trial"))
        words = _("share kept, {reference}, ring: now, dot: with {target}")
        words = words.format(reference=reference, target=then)
        rest = len(groups) - len(rows)
        if rest:
            more = ngettext("{n} more not shown", "{n} more not shown", rest)
            words = f"{words}, {more.format(n=formats.count(rest))}"
        self.charts[name].note.setText(words)

    def _show_work(self, replay: Replay, people: int, reference: str) -> None:
        work = replay.work
        self.bars.set_bars(*bars_of(work, people))
        self.hand.set_data(hand_of(replay))
        has_work = work.handling_s is not None and bool(work.arrived)
        for name in ("bars", "hand"):
            self.charts[name].setVisible(has_work)
        if work.handling_s is None:
            return
        note = _(
            "arrivals a day times {time}, the median of {done} done, from receipt "
            "until done, waiting not counted; it may lie in between, so this is the "
            "most it takes. Line: hours open times {people} at work"
        )
        self.charts["bars"].note.setText(
            note.format(
                time=formats.working_time(work.handling_s),
                done=formats.count(work.done),
                people=formats.count(people),
            )
        )
        self.charts["hand"].note.setText(
            _(
                "resolutions not done at the end of each day, {reference}. Dashed: "
                "in hand at once on average if each took the whole target"
            ).format(reference=reference)
        )

    def _show_changes(self, told: KindReplay) -> None:
        count = len(told.changes)
        words = ngettext(
            "{n} request changes verdict", "{n} requests change verdict", count
        )
        requests = len({one.request_id for one in told.changes})
        if requests < count:
            words = _("{n} promises of {requests} requests change verdict")
        if not count:
            words = _("No request changes verdict")
        self.changes_title.setText(
            words.format(n=formats.count(count), requests=formats.count(requests))
        )
        self.table.setVisible(bool(count))
        self.model.set_rows(told.changes)

    def show_variants(
        self, variants: Sequence[Variant], kind: TargetKind, choice: TryChoice | None
    ) -> None:
        """Show the trials kept to compare."""
        self.variants.show_variants(variants, kind, choice)


def _row(name: str, group: Group) -> GroupRow:
    return GroupRow(
        group_words(name, group.key),
        group.n,
        group.now.share,
        group.then.share,
        group.gained,
        group.lost,
    )
