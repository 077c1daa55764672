"""The file sheet: one request as a PDF, with all that was asked, done and told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Table

from desktop import formats
from desktop.domain.approvals import ApprovalState
from desktop.domain.clocks import ClockState
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.i18n import speaking
from desktop.queries.file_sheet import FileSheet, SheetClock
from desktop.reports.answer_words import answer_words
from desktop.reports.binding import Part, printed
from desktop.reports.faces import REGULAR
from desktop.reports.file_sheet_story import happened
from desktop.reports.file_words import kind_words, size_words
from desktop.reports.flowables import ItemHeading
from desktop.reports.link_words import LINKS
from desktop.reports.paper import (
    A4,
    BODY,
    KICKER,
    NOTE,
    TITLE,
    Imprint,
    PaperSize,
    text,
)
from desktop.reports.request_words import (
    HOLDERS,
    STATES,
    channel_words,
    priority_words,
    promise_words,
)
from desktop.reports.tables import Cell, Column, grid
from desktop.reports.writing import escape, paragraphs, quiet, strong

NOTHING: Final = "–"
WHOLE_TEXT: Final = 200_000
"""More than any text of a request has: nothing of it is left out."""

_QUESTION_WIDTH: Final = 42 * mm
_TITLE: Final = TITLE.clone("sheet-title", spaceAfter=2 * mm)
_QUESTION: Final = BODY.clone("question", textColor=NOTE.textColor)
_ANSWER: Final = BODY.clone("answer", leftIndent=_QUESTION_WIDTH)
_APPROVALS: Final = {
    ApprovalState.WAITING: N_("is asked later"),
    ApprovalState.ASKED: N_("is asked"),
    ApprovalState.APPROVED: N_("approved"),
    ApprovalState.REFUSED: N_("refused"),
    ApprovalState.WITHDRAWN: N_("was not needed"),
}


def file_sheet_pdf(
    sheet: FileSheet, language: str = "en", size: PaperSize = A4
) -> bytes:
    """Return the sheet in ``language``; the same input gives the same bytes."""
    with speaking(language):
        return printed(lambda: [_part(sheet, language, size)], size).pdf


def _part(sheet: FileSheet, language: str, size: PaperSize) -> Part:
    story = list(_Sheet(sheet, size.text_width).story())
    return Part(_imprint(sheet, language), story)


def _imprint(sheet: FileSheet, language: str) -> Imprint:
    details, zone = sheet.details, ZoneInfo(sheet.zone)
    told = _("as at {when}").format(when=formats.instant(sheet.as_at, zone, year=True))
    if sheet.with_internal:
        told = _("{told} · with internal notes, for this house only").format(told=told)
    return Imprint(
        title=f"{details.reference}: {details.subject}",
        subject=_("File sheet"),
        author=sheet.house,
        language=language,
        head_left=f"{details.reference} · {details.subject}",
        head_right=_("File sheet"),
        foot=(sheet.house, told),
        page_of=lambda page, total: _("page {page} of {total}").format(
            page=page, total=total
        ),
    )


class _Sheet:
    """One sheet with its zone and width at hand."""

    def __init__(self, sheet: FileSheet, width: float) -> None:
        self.sheet = sheet
        self.width = width
        self.zone = ZoneInfo(sheet.zone)

    def story(self) -> Iterator[Flowable]:
        """Return the whole document, one part after the other."""
        details = self.sheet.details
        kicker = escape(_("File sheet")) + f" {strong(details.reference, 60)}"
        if details.service:
            kicker += f" · {escape(details.service)}"
        yield text(kicker, KICKER)
        yield text(escape(details.subject), _TITLE)
        yield from self._pairs(self._facts())
        for key, title, part in (
            ("asked", _("What was asked"), self._asked()),
            ("told", _("What the customer was told"), self._told()),
            ("promises", _("Promises"), self._promises()),
            ("checklist", _("Checklist and approvals"), self._beside()),
            ("links", _("Belongs together"), self._links()),
            ("files", _("Files"), self._files()),
            ("happened", _("What happened"), happened(self.sheet, self.when)),
        ):
            yield from self._part(key, title, list(part))

    def _part(
        self, key: str, title: str, part: Sequence[Flowable]
    ) -> Iterator[Flowable]:
        """Give a part its heading and outline entry; an empty one is left out."""
        if part:
            heading = ItemHeading(self.width, key, "", title, "", ())
            heading.keepWithNext = 1
            yield heading
            yield from part

    def when(self, at: datetime) -> str:
        """Write an instant, with its year where that is not the sheet's."""
        year = at.astimezone(self.zone).year != self._year
        return formats.instant(at, self.zone, year=year)

    @property
    def _year(self) -> int:
        return self.sheet.as_at.astimezone(self.zone).year

    # ------------------------------------------------------------ questions, answers

    def _facts(self) -> list[tuple[str, str]]:
        details = self.sheet.details
        stands = _(STATES[details.state])
        holder = details.unit or _(HOLDERS[details.ball])
        people = [one for one in (holder, details.assignee) if one]
        customer = " · ".join(one for one in (details.customer, details.contact) if one)
        sent = " · ".join(one for one in (details.requester, details.front_unit) if one)
        done, due = details.resolved_at, details.due_at
        return [
            (_("Stands"), stands),
            (_("With"), " · ".join(people)),
            (_("Sent by"), sent),
            (_("Sent"), self._dated(details.raised_at)),
            (_("Due"), self._dated(due) if due else ""),
            (_("Done"), self._dated(done) if done else ""),
            (_("Priority"), priority_words(details.priority)),
            (_("Customer"), customer),
            (_("Channel"), channel_words(details.channel)),
            (_("Site"), details.site),
        ]

    def _dated(self, at: datetime) -> str:
        return formats.instant(at, self.zone, year=True)

    def _asked(self) -> Iterator[Flowable]:
        details = self.sheet.details
        pairs = [
            (one.label, answer_words(one.answer, one.kind, one.currency))
            for one in details.form
        ]
        pairs.append((_("In their words"), details.body))
        yield from self._pairs(pairs)

    def _told(self) -> Iterator[Flowable]:
        details = self.sheet.details
        due, at = details.told_due_at, details.told_at
        by = " · ".join(one for one in (details.told_by, at and self.when(at)) if one)
        if not details.told_text and not due:
            return
        yield from self._pairs(
            [
                (_("The words"), details.told_text),
                (_("For when"), self._dated(due) if due else ""),
                (_("How"), details.told_how),
                (_("Price"), details.told_price),
                (_("By whom"), by),
            ]
        )

    def _pairs(self, pairs: Sequence[tuple[str, str]]) -> Iterator[Flowable]:
        """Set questions at the left and answers at the right; long ones flow on."""
        for label, words in pairs:
            pieces, _left_out = paragraphs(words, WHOLE_TEXT)
            if not pieces:
                continue
            # A row of a table is never cut: only its first piece stands in one.
            yield Table(
                [[text(escape(label), _QUESTION), text(pieces[0], BODY)]],
                colWidths=[_QUESTION_WIDTH, self.width - _QUESTION_WIDTH],
                style=_PAIR_STYLE,
            )
            for piece in pieces[1:]:
                yield text(piece, _ANSWER)

    # ------------------------------------------------------------ tables

    def _promises(self) -> Iterator[Flowable]:
        clocks = self.sheet.clocks
        if not clocks:
            return
        columns = [
            Column(_("Promise"), 24, bold=True),
            Column(_("Of"), 30),
            Column(_("For"), 30),
            Column(_("Promised"), 20, right=True),
            Column(_("Used"), 18, right=True),
            Column(_("Due"), 30),
            Column(_("Verdict"), 36),
        ]
        yield grid(columns, [self._promise(one) for one in clocks], self.width)

    def _promise(self, clock: SheetClock) -> list[Cell]:
        view, reading = clock.row.view, clock.reading
        due = reading.due_at if reading is not None else view.due_at
        used = reading.used.total_seconds() if reading is not None else view.used_s
        return [
            promise_words(view.kind),
            clock.row.unit,
            clock.row.for_unit,
            formats.working_time(view.target_s),
            formats.working_time(used),
            self.when(due) if due else NOTHING,
            self._verdict(clock),
        ]

    def _verdict(self, clock: SheetClock) -> str:
        view, reading = clock.row.view, clock.reading
        if view.is_void or reading is None:
            return _("No verdict")
        late = formats.working_time(reading.late.total_seconds())
        left = formats.working_time(reading.left.total_seconds())
        if reading.breached_at is not None or reading.late:
            return _("Broken, {time} over").format(time=late)
        if view.stopped_at is not None:
            return _("Kept, {time} early").format(time=left)
        if reading.state is ClockState.PAUSED:
            return _("Held, {time} left").format(time=left)
        return _("Running, {time} left").format(time=left)

    def _beside(self) -> Iterator[Flowable]:
        checks, approvals = self.sheet.checks, self.sheet.approvals
        if checks:
            columns = [
                Column("", 8),
                Column(_("To be done"), 92),
                Column(_("By whom"), 40),
                Column(_("When"), 30),
            ]
            rows = [
                [
                    "☒" if one.done_at else "☐",
                    one.text,
                    one.done_by or NOTHING,
                    self.when(one.done_at) if one.done_at else NOTHING,
                ]
                for one in checks
            ]
            yield grid(columns, rows, self.width)
        if approvals:
            columns = [
                Column(_("Approval of"), 44, bold=True),
                Column(_("Stands"), 30),
                Column(_("When"), 30),
                Column(_("Asked, and in whose words"), 66),
            ]
            rows = [
                [
                    one.delegate or one.approver,
                    _(_APPROVALS[one.state]),
                    self.when(one.decided_at) if one.decided_at else NOTHING,
                    " · ".join(word for word in (one.question, one.words) if word),
                ]
                for one in approvals
            ]
            yield grid(columns, rows, self.width)

    def _links(self) -> Iterator[Flowable]:
        links = self.sheet.links
        if not links:
            return
        columns = [
            Column(_("It"), 32),
            Column(_("Request"), 26, bold=True),
            Column(_("About"), 82),
            Column(_("Stands"), 30),
        ]
        rows = [
            [
                _(LINKS[one.kind, one.way]),
                one.row.reference,
                one.row.subject,
                _(STATES[one.row.state]),
            ]
            for one in links
        ]
        yield grid(columns, rows, self.width)

    def _files(self) -> Iterator[Flowable]:
        files = self.sheet.files
        if not files:
            return
        columns = [
            Column(_("Name"), 72, bold=True),
            Column(_("Kind"), 28),
            Column(_("Size"), 16, right=True),
            Column(_("Added by"), 32),
            Column(_("When"), 30),
        ]
        rows = []
        for one in files:
            name = one.name
            if one.audience.value == "internal":
                name = _("{name} (internal)").format(name=name)
            rows.append(
                [
                    name,
                    kind_words(one.kind),
                    size_words(one.size),
                    one.person or one.unit,
                    self.when(one.at),
                ]
            )
        yield grid(columns, rows, self.width)
        yield text(quiet(_("Files are listed here; they are kept with the request.")))


_PAIR_STYLE: Final = [
    ("FONTNAME", (0, 0), (-1, -1), REGULAR),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 4),
    ("TOPPADDING", (0, 0), (-1, -1), 1),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
]
