"""What saving a calendar would move, and whether open requests get the new hours."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.formats import count as amount
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from desktop.queries.calendars import Refund, RefundRow
from ui.calendars.refund_lines import RefundLines
from ui.common.buttons import Button
from ui.common.dialog import Dialog
from ui.common.inputs import CheckInput
from ui.common.labels import PlainLabel
from ui.common.lines import HEIGHT

MOST_SHOWN = 5


def moves_words(refund: Refund) -> str:
    """Return what would move: "7 open requests would be due later"."""
    if not refund.requests:
        return _("No open request would be due at another time.")
    later = {row.request_id for row in refund.rows if _is_later(row)}
    sooner = {row.request_id for row in refund.rows} - later
    if later and sooner:
        return ngettext(
            "{count} open request would be due at another time.",
            "{count} open requests would be due at another time.",
            refund.requests,
        ).format(count=refund.requests)
    if later:
        return ngettext(
            "{count} open request would be due later.",
            "{count} open requests would be due later.",
            refund.requests,
        ).format(count=refund.requests)
    return ngettext(
        "{count} open request would be due sooner.",
        "{count} open requests would be due sooner.",
        refund.requests,
    ).format(count=refund.requests)


def _is_later(row: RefundRow) -> bool:
    if row.due_before is None or row.due_after is None:
        return row.due_before is not None
    return row.due_after > row.due_before


def verdicts_words(refund: Refund) -> str:
    """Return which verdicts of running clocks would change, empty when none."""
    parts = []
    if refund.mended:
        parts.append(
            ngettext(
                "{count} broken clock would be kept again",
                "{count} broken clocks would be kept again",
                refund.mended,
            ).format(count=refund.mended)
        )
    if refund.broken:
        parts.append(
            ngettext(
                "{count} clock would be broken by it",
                "{count} clocks would be broken by it",
                refund.broken,
            ).format(count=refund.broken)
        )
    return "; ".join(parts)


class RefundDialog(Dialog):
    """What would move, with a tick for each open request: give it the new hours?"""

    def __init__(
        self,
        title: str,
        submit: str,
        refund: Refund,
        now: datetime,
        zone: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, moves_words(refund), submit=submit, parent=parent)
        self._requests = refund.requests
        self.resize(640, 0)
        verdicts = verdicts_words(refund)
        if verdicts:
            self.body.addWidget(PlainLabel(verdicts, wraps=True))
        self.list = RefundLines()
        self.list.show_rows(refund.rows, now, ZoneInfo(zone))
        self.list.setFixedHeight(min(MOST_SHOWN, len(refund.rows)) * HEIGHT + 4)
        self.list.ticked.connect(self._count)
        self.body.addWidget(self.list)
        self.count = PlainLabel("", size="small", ink="text2")
        self.all_button = Button(_("Choose all"), kind="quiet")
        self.none_button = Button(_("Choose none"), kind="quiet")
        self.all_button.clicked.connect(lambda: self.list.turn_all(True))
        self.none_button.clicked.connect(lambda: self.list.turn_all(False))
        self.chooser = QWidget()
        row = QHBoxLayout(self.chooser)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.count, 1)
        row.addWidget(self.all_button)
        row.addWidget(self.none_button)
        self.body.addWidget(self.chooser)
        self._count()

    def chosen(self) -> frozenset[int]:
        """Return the requests that are given the new hours."""
        return self.list.chosen_requests()

    def is_everything(self) -> bool:
        """Tell whether all of them are."""
        return self.list.is_everything()

    def _count(self) -> None:
        chosen = self.list.how_many()
        self.count.setText(
            ngettext(
                "{chosen} of {count} open request is given them",
                "{chosen} of {count} open requests are given them",
                self._requests,
            ).format(chosen=amount(chosen), count=amount(self._requests))
        )
        self.none_button.setEnabled(chosen > 0)
        self.all_button.setEnabled(chosen < self._requests)


class SaveDialog(RefundDialog):
    """`is_refund()` tells whether open requests are given the new hours at all."""

    def __init__(
        self,
        name: str,
        refund: Refund,
        now: datetime,
        zone: str,
        changed: str = "",
        parent: QWidget | None = None,
    ) -> None:
        title = _("Save {name}").format(name=name)
        super().__init__(title, _("Save"), refund, now, zone, parent)
        self.changed = PlainLabel(changed, size="small", ink="text2", wraps=True)
        self.body.insertWidget(0, self.changed)
        self.changed.setVisible(bool(changed))
        self.refund = CheckInput(_("Give the new hours to these open requests too"))
        self.refund.toggled.connect(self._offer)
        self.body.insertWidget(self.body.indexOf(self.list), self.refund)
        self.body.addWidget(
            PlainLabel(
                _(
                    "Without it they stay due as promised, and only what begins from "
                    "now on is counted by the new hours. What is closed already keeps "
                    "its verdict either way."
                ),
                size="small",
                ink="text2",
                wraps=True,
            )
        )
        self._offer(False)
        self.start_at(self.refund)

    def is_refund(self) -> bool:
        """Tell whether open requests get the new hours."""
        return self.refund.isChecked() and self.list.how_many() > 0

    def _offer(self, is_on: bool) -> None:
        self.list.set_choosing(is_on)
        self.chooser.setEnabled(is_on)


class GiveDialog(RefundDialog):
    """Asks which open requests are given the newest hours, saved before."""

    def __init__(
        self,
        name: str,
        refund: Refund,
        now: datetime,
        zone: str,
        parent: QWidget | None = None,
    ) -> None:
        title = _("Give {name} to open requests").format(name=name)
        super().__init__(title, _("Give it to them"), refund, now, zone, parent)
        self.list.set_choosing(True)
        self.body.addWidget(
            PlainLabel(
                _(
                    "These are counted by an earlier version. What is closed already "
                    "keeps its verdict."
                ),
                size="small",
                ink="text2",
                wraps=True,
            )
        )
        self.start_at(self.list)
