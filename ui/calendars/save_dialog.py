"""What saving a calendar would move, and whether open requests get the new hours."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QWidget

from desktop.domain.agreements import TargetKind
from desktop.formats import short_instant
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.i18n import ngettext
from desktop.queries.calendars import Refund, RefundRow
from ui.calendars.lines import HEIGHT, Line, Lines
from ui.common.dialog import Dialog
from ui.common.inputs import CheckInput
from ui.common.labels import PlainLabel

KINDS = {
    TargetKind.RESPONSE: N_("Response"),
    TargetKind.UPDATE: N_("Update"),
    TargetKind.RESOLUTION: N_("Resolution"),
    TargetKind.ANSWER: N_("Answer"),
}
MOST_SHOWN = 5


def moves_words(refund: Refund) -> str:
    """Return what would move: "7 open requests would be due later"."""
    if not refund.requests:
        return _("No open request would be due at another time.")
    later = {row.request_id for row in refund.rows if _is_later(row)}
    sooner = {row.request_id for row in refund.rows} - later
    if refund.clocks > len(refund.rows) or (later and sooner):
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


class SaveDialog(Dialog):
    """`is_refund()` tells whether open requests are given the new hours."""

    def __init__(
        self,
        name: str,
        refund: Refund,
        now: datetime,
        zone: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            _("Save {name}").format(name=name),
            moves_words(refund),
            submit=_("Save"),
            parent=parent,
        )
        self.resize(640, 0)
        verdicts = verdicts_words(refund)
        if verdicts:
            self.body.addWidget(PlainLabel(verdicts, wraps=True))
        self.list = Lines(_("What would move"), margin=8)
        reader = ZoneInfo(zone)
        self.list.set_lines([_line(row, now, reader) for row in refund.rows])
        self.list.setFixedHeight(min(MOST_SHOWN, len(refund.rows)) * HEIGHT + 4)
        self.body.addWidget(self.list)
        more = refund.clocks - len(refund.rows)
        if more > 0:
            words = ngettext("and {count} more", "and {count} more", more)
            self.body.addWidget(
                PlainLabel(words.format(count=more), size="small", ink="text2")
            )
        self.refund = CheckInput(_("Give the new hours to these open requests too"))
        self.body.addWidget(self.refund)
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
        self.start_at(self.refund)

    def is_refund(self) -> bool:
        """Tell whether open requests get the new hours."""
        return self.refund.isChecked()


def _line(row: RefundRow, now: datetime, zone: ZoneInfo) -> Line:
    before, after = (
        short_instant(at, now, zone) if at is not None else _("not running")
        for at in (row.due_before, row.due_after)
    )
    kind = _(KINDS[row.kind])
    words = _("{before}, would be {after}").format(before=before, after=after)
    right = ""
    if row.was_broken != row.is_broken:
        right = _("would be broken") if row.is_broken else _("kept again")
    state = "broken" if row.is_broken and not row.was_broken else ""
    return Line(
        (row.request_id, row.kind, row.due_before, row.unit),
        f"{row.reference} · {kind} · {row.unit}",
        words,
        right,
        kind=state,
    )
