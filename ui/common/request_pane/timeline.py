"""What happened to a request: events in a line, words in frames, oldest first."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.requests import Audience, EntryKind
from desktop.domain.text import shortened
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from desktop.reports.entry_words import (
    audience_words,
    entry_notes,
    entry_words,
    is_change,
    written_words,
)
from ui.common.buttons import SegmentedControl
from ui.common.labels import AvatarLabel, ElidedLabel, IconLabel, LinkLabel, PlainLabel
from ui.common.painting import draw_frame
from ui.common.request_pane.request_words import audience_icon, entry_icon
from ui.style import tokens

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from desktop.queries.timeline import TimelineEntry

SHOWN_AT_FIRST = 30
"""More entries than these wait behind a link: each is a widget of its own."""


class Timeline(QWidget):
    """Entries with a choice of all, words, changes, or what the reader did."""

    def __init__(self, me: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._me = me
        self._entries: Sequence[TimelineEntry] = ()
        self._is_whole = False
        self._moment: tuple[datetime, tzinfo] | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(PlainLabel(_("What happened"), bold=True))
        head.addStretch(1)
        options = [
            ("all", _("All")),
            ("words", _("Words")),
            ("changes", _("Changes")),
            ("mine", _("Mine")),
        ]
        self.choice = SegmentedControl(options, name=_("Which entries"))
        self.choice.chosen.connect(lambda _option: self._fill())
        head.addWidget(self.choice)
        layout.addLayout(head)
        self._body = QVBoxLayout()
        self._body.setSpacing(8)
        layout.addLayout(self._body)
        self.rows: list[EventLine | NoteFrame] = []

    def set_entries(
        self, entries: Sequence[TimelineEntry], now: datetime, zone: tzinfo
    ) -> None:
        """Show other entries; nothing is rebuilt when they are the same."""
        moment = (now, zone)
        is_same = entries == self._entries and self._moment is not None
        is_same_day = (
            is_same
            and self._moment is not None
            and (self._moment[0].astimezone(zone).date() == now.astimezone(zone).date())
        )
        if is_same_day:
            return
        if not entries or not self._entries or entries[0].id != self._entries[0].id:
            self._is_whole = False
        self._entries, self._moment = entries, moment
        self._fill()

    def _chosen(self) -> list[TimelineEntry]:
        match self.choice.value():
            case "words":
                return [one for one in self._entries if written_words(one)]
            case "changes":
                return [one for one in self._entries if is_change(one)]
            case "mine":
                return [one for one in self._entries if one.actor_id == self._me]
        return list(self._entries)

    def _fill(self) -> None:
        while self._body.count():
            item = self._body.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.rows = []
        chosen = self._chosen()
        hidden = 0 if self._is_whole else max(0, len(chosen) - SHOWN_AT_FIRST)
        if hidden:
            words = ngettext(
                "Show {count} earlier entry", "Show {count} earlier entries", hidden
            )
            link = LinkLabel(words.format(count=hidden))
            link.clicked.connect(self._show_whole)
            self._body.addWidget(link)
        assert self._moment is not None
        now, zone = self._moment
        for entry in chosen[hidden:]:
            row: EventLine | NoteFrame
            if written_words(entry):
                row = NoteFrame(entry, now, zone, own=entry.actor_id == self._me)
            else:
                row = EventLine(entry, now, zone)
            self.rows.append(row)
            self._body.addWidget(row)
        if not chosen:
            self._body.addWidget(PlainLabel(_("Nothing here yet"), ink="text2"))

    def _show_whole(self) -> None:
        self._is_whole = True
        self._fill()


def _notes(entry: TimelineEntry, now: datetime, zone: tzinfo) -> str:
    """Return the lines that say the rest of an entry."""
    from desktop.formats import short_instant

    return "\n".join(entry_notes(entry, partial(short_instant, now=now, zone=zone)))


class EventLine(QWidget):
    """A small line: an icon, what happened, when; below it how the promise moved."""

    def __init__(self, entry: TimelineEntry, now: datetime, zone: tzinfo) -> None:
        super().__init__()
        from desktop.formats import short_instant

        layout = QHBoxLayout(self)
        layout.setContentsMargins(4, 2, 0, 2)
        layout.setSpacing(12)
        top = Qt.AlignmentFlag.AlignTop
        self.is_internal = entry.audience is Audience.INTERNAL
        ink = "held" if self.is_internal else "text2"
        icon = "lock" if self.is_internal else entry_icon(entry.kind)
        self.words, self.notes = entry_words(entry), _notes(entry, now, zone)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(PlainLabel(self.words, size="small", ink=ink, wraps=True))
        if self.is_internal:
            readers = audience_words(entry)
            column.addWidget(PlainLabel(readers, size="small", ink=ink, wraps=True))
        if self.notes:
            column.addWidget(PlainLabel(self.notes, size="small", wraps=True))
        layout.addWidget(IconLabel(icon, ink=ink), 0, top)
        layout.addLayout(column, 1)
        at = PlainLabel(short_instant(entry.at, now, zone), size="small", ink="text2")
        layout.addWidget(at, 0, top)


class NoteFrame(QWidget):
    """What somebody wrote: public words on soft, internal ones in a dashed outline."""

    def __init__(
        self, entry: TimelineEntry, now: datetime, zone: tzinfo, *, own: bool
    ) -> None:
        super().__init__()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        avatar = AvatarLabel(entry.actor or entry.unit, own=own)
        layout.addWidget(avatar, 0, Qt.AlignmentFlag.AlignTop)
        self.frame = _Frame(entry, now, zone)
        layout.addWidget(self.frame, 1)


class _Frame(QWidget):
    def __init__(self, entry: TimelineEntry, now: datetime, zone: tzinfo) -> None:
        super().__init__()
        from desktop.formats import short_instant

        self.is_internal = entry.audience is Audience.INTERNAL
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 10)
        layout.setSpacing(4)
        when = PlainLabel(short_instant(entry.at, now, zone), size="small", ink="text2")
        icon, words = audience_icon(entry), audience_words(entry)
        ink = "held" if self.is_internal else "accent"
        self.audience = ElidedLabel(words, size="small", ink=ink)
        head, readers = QHBoxLayout(), QHBoxLayout()
        head.setSpacing(8)
        readers.setSpacing(8)
        if entry.kind is EntryKind.COMMENTED:
            head.addWidget(ElidedLabel(entry.actor or entry.unit, bold=True))
            readers = head
        else:
            head.addWidget(PlainLabel(entry_words(entry), bold=True, wraps=True), 1)
        readers.addWidget(IconLabel(icon, ink=ink))
        readers.addWidget(self.audience, 1)
        head.addWidget(when, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(head)
        if readers is not head:
            layout.addLayout(readers)
        words = shortened(entry.text, LONGEST_SHOWN)
        self.text = PlainLabel(words, wraps=True, selectable=True)
        # A word without end is cut at its card's edge, and widens nothing else.
        self.text.setMinimumWidth(1)
        layout.addWidget(self.text)
        self.notes = _notes(entry, now, zone)
        if self.notes:
            rest = PlainLabel(self.notes, size="small", ink="text2", wraps=True)
            layout.addWidget(rest)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground, or the dashed outline of an internal note."""
        painter = QPainter(self)
        colours = tokens()
        box = QRectF(self.rect())
        if not self.is_internal:
            draw_frame(painter, box, ground=colours.soft, radius=8)
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(colours.heldbar, 1)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)


LONGEST_SHOWN = 6000
"""Longer words are cut in the pane; laying out 100,000 letters would stall it."""
