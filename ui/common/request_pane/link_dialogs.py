"""Linking a request to another, and merging a duplicate into the one that goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.links import LinkKind, LinkWay
from desktop.domain.text import in_line
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from desktop.reports.link_words import LINKS
from ui.common.dialog import Dialog
from ui.common.inputs import ChoiceInput, TextInput
from ui.common.labelled import Labelled
from ui.common.labels import PlainLabel
from ui.common.painting import draw_frame
from ui.common.request_pane.request_finder import RequestFinder
from ui.style import tokens

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from desktop.queries.links import MergeSide
    from desktop.queries.request_rows import QueueRow
    from ui.context import Context

OFFERED: tuple[tuple[LinkKind, LinkWay], ...] = (
    (LinkKind.BLOCKS, LinkWay.OTHER),
    (LinkKind.BLOCKS, LinkWay.IS),
    (LinkKind.FOLLOWS, LinkWay.IS),
    (LinkKind.FOLLOWS, LinkWay.OTHER),
    (LinkKind.PART_OF, LinkWay.OTHER),
    (LinkKind.PART_OF, LinkWay.IS),
)
"""What can be said of two requests; a duplicate is merged instead."""

LONGEST_SHOWN = 600


class LinkDialog(Dialog):
    """What the request is to which other one."""

    def __init__(
        self,
        context: Context,
        request_id: int,
        reference: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            _("Link {reference}").format(reference=reference),
            _("Both requests tell it in their story."),
            submit=_("Link"),
            parent=parent,
        )
        options = [(number, _(LINKS[seen])) for number, seen in enumerate(OFFERED)]
        label = _("What {reference} is").format(reference=reference)
        self.kind = ChoiceInput(options, name=label)
        self.kind.set_value(0)
        self.finder = RequestFinder(context, request_id)
        self.finder.submitted.connect(self.submit)
        self.finder.setMinimumHeight(320)
        self.body.addWidget(Labelled(label, self.kind))
        self.body.addWidget(Labelled(_("The other request"), self.finder, needed=True))
        self.body.addStretch(1)
        self.start_at(self.finder.search)

    def wanted(self) -> tuple[LinkKind, LinkWay, QueueRow] | None:
        """Return what was chosen, None while no request is."""
        row, number = self.finder.row, self.kind.value()
        if row is None or not isinstance(number, int):
            return None
        return (*OFFERED[number], row)

    def submit(self) -> None:
        """Send, unless no request is chosen."""
        if self.wanted() is None:
            self.show_problem(_("Find the other request and choose it."))
        else:
            super().submit()


class MergeDialog(Dialog):
    """Which request goes on, with both shown as they are before they become one."""

    def __init__(
        self,
        context: Context,
        request_id: int,
        reference: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            _("Merge {reference} into another").format(reference=reference),
            _(
                "{reference} is closed as a duplicate, without a verdict on its "
                "promises. Its words and files stay, and the other leads to them."
            ).format(reference=reference),
            submit=_("Merge"),
            parent=parent,
        )
        self._context, self._request_id = context, request_id
        self.sides: tuple[MergeSide, ...] = ()
        self.setMinimumWidth(640)
        self.finder = RequestFinder(context, request_id)
        self.finder.submitted.connect(self.submit)
        self.finder.chosen.connect(self._preview)
        self.preview = QWidget()
        self._cards = QHBoxLayout(self.preview)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(16)
        self.preview.hide()
        self.text = TextInput(name=_("Words to the one who asked"), lines=2)
        self.text.submitted.connect(self.submit)
        self.body.addWidget(Labelled(_("Which goes on"), self.finder, needed=True))
        self.body.addWidget(self.preview)
        self.body.addWidget(Labelled(_("Words to the one who asked"), self.text))
        self.body.addStretch(1)
        self.start_at(self.finder.search)

    def _preview(self, row: QueueRow | None) -> None:
        from desktop.queries.links import merge_sides

        self.sides = ()
        if row is None:
            self.preview.hide()
            return
        self._context.operations.read(merge_sides, (self._request_id, row.id)).start(
            self, self._show, self.show_refusal
        )

    def _show(self, sides: tuple[MergeSide, ...]) -> None:
        if self.finder.row is None or self.finder.row.id != sides[1].id:
            return
        self.sides = sides
        while self._cards.count():
            item = self._cards.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for side, head in zip(sides, (_("Ends here"), _("Goes on")), strict=True):
            self._cards.addWidget(SideCard(side, head, self._context), 1)
        self.preview.show()
        self.grow()

    def submit(self) -> None:
        """Send, unless no request is chosen or its preview is still read."""
        if not self.sides:
            self.show_problem(_("Find the request that goes on and choose it."))
        elif not self.sides[1].is_open:
            self.show_problem(
                _("{reference} is not open any more. Choose another.").format(
                    reference=self.sides[1].reference
                )
            )
        else:
            super().submit()


class SideCard(QWidget):
    """One of the two: what, for whom, who has it, how much is written down."""

    def __init__(self, side: MergeSide, head: str, context: Context) -> None:
        super().__init__()
        from desktop.formats import short_instant

        now, zone = context.ticker.now(), context.clocks.zone
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(4)
        when = short_instant(side.raised_at, now, zone)
        sent = _("{who}, {unit}, {when}").format(
            who=side.requester or _("Somebody"), unit=side.front_unit or "?", when=when
        )
        has_it = in_line(side.unit, side.assignee, wide=True)
        kept = ngettext("{count} entry", "{count} entries", side.entries).format(
            count=side.entries
        )
        files = ngettext("{count} file", "{count} files", side.files).format(
            count=side.files
        )
        lines = (
            (head, "text2", False),
            (f"{side.reference}  {side.subject}", "text", True),
            (side.customer, "text", False),
            (sent, "text2", False),
            (has_it, "text2", False),
            (f"{kept}  ·  {files}", "text2", False),
            (side.body[:LONGEST_SHOWN], "text", False),
        )
        self.lines = [words for words, _ink, _bold in lines if words]
        for words, ink, bold in lines:
            if words:
                label = PlainLabel(words, ink=ink, bold=bold, wraps=True)
                label.setMinimumWidth(1)  # a word that does not break is cut
                column.addWidget(label)
        column.addStretch(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card's ground."""
        from PySide6.QtCore import QRectF
        from PySide6.QtGui import QPainter

        box = QRectF(self.rect())
        draw_frame(QPainter(self), box, ground=tokens().raised, radius=8)
