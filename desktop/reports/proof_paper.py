"""The proof of a promise as a PDF: why this time, to be checked by hand."""

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Table

from desktop import formats
from desktop.domain.agreements import Measure
from desktop.domain.proof_paper import HolderOf, ProofPaper, ProofStretch
from desktop.domain.proofs import ProofKind
from desktop.domain.text import unbroken
from desktop.i18n import gettext as _
from desktop.i18n import speaking
from desktop.reports.binding import Part, printed
from desktop.reports.flowables import HeldBar
from desktop.reports.paper import (
    A4,
    BODY,
    INK,
    KEY_FIGURE,
    KICKER,
    NOTE,
    SUBHEAD,
    TITLE,
    Imprint,
    Kept,
    PaperSize,
    text,
)
from desktop.reports.proof_journal import journal_behind
from desktop.reports.proof_wording import (
    HELD,
    PROMISES,
    RUNS,
    STATES,
    clock_of,
    holder_name,
)
from desktop.reports.tables import Cell, Column, Look, grid, room
from desktop.reports.target_words import promised_words
from desktop.reports.wording import CONFIDENTIALITY, NOTHING, hours, working_hours
from desktop.reports.writing import escape, strong

_BY_HAND_AT_MOST: Final = 12


def proof_pdf(paper: ProofPaper, language: str = "en", size: PaperSize = A4) -> bytes:
    """Return the printed proof in `language`; the same input gives the same bytes."""
    with speaking(language):
        return printed(lambda: [proof_part(paper, language, size.text_width)], size).pdf


def proof_part(paper: ProofPaper, language: str, width: float, name: str = "") -> Part:
    """Return the proof as a part of a PDF."""
    return Part(_imprint(paper, language), _Proof(paper).story(width), name)


def _imprint(paper: ProofPaper, language: str) -> Imprint:
    """Return what head, foot and properties of the proof say."""
    zone = ZoneInfo(paper.zone)
    first = _("clock proof of {reference}").format(reference=paper.reference)
    if paper.item:
        first = _("{proof} · attachment to item {item}").format(
            proof=first, item=paper.item
        )
    return Imprint(
        title=_("Why this time? {reference}").format(reference=paper.reference),
        subject=_("Clock proof"),
        author=paper.owner,
        language=language,
        head_left=first,
        head_right=_("Clock proof"),
        foot=(
            first,
            _("data as at {data} · printed {printed} · {confidentiality}").format(
                data=formats.instant(paper.data_as_at, zone, year=True),
                printed=formats.instant(paper.printed_at, zone, year=True),
                confidentiality=_(CONFIDENTIALITY[paper.confidentiality]),
            ),
        ),
        page_of=lambda number, total: _("page {number} of {total}").format(
            number=number, total=total
        ),
    )


class _Proof:
    """One proof with its zone at hand."""

    def __init__(self, paper: ProofPaper) -> None:
        self.paper = paper
        self.zone = ZoneInfo(paper.zone)
        told = [line.start for line in paper.lines] or [paper.data_as_at]
        self.first, self.last = self._day(min(told)), self._day(max(told))

    def story(self, width: float) -> list[Flowable]:
        """Return the whole document."""
        paper = self.paper
        about = [paper.kind, paper.place or ""]
        if paper.item:
            about.append(_("item {number}").format(number=paper.item))
        kicker = escape(_("Clock proof for")) + f" {strong(paper.reference, 60)}"
        kicker += "".join(f" · {escape(one, 80)}" for one in about if one)
        kicker += f" · {escape(formats.date_range(self.first, self.last))}"
        story = [
            text(escape(_("Why this time?")), TITLE),
            text(kicker, KICKER),
            self._result(width),
            text(self._promise(), BODY.clone("promise", spaceBefore=2.2 * mm)),
            text(self._calendar(), BODY.clone("calendar", spaceBefore=1.2 * mm)),
            Kept(
                [
                    text(escape(_("Line by line")), SUBHEAD),
                    self._lines(width),
                ]
            ),
            self._holders(width),
        ]
        by_hand = self._by_hand()
        if by_hand:
            heading = text(escape(_("Check it by hand")), SUBHEAD)
            story.append(Kept([heading, text(by_hand, BODY)]))
        if paper.journal:
            story.append(journal_behind(paper.journal, self._short, width))
        return story

    def _moment(self, at: datetime | None) -> str:
        """Return an instant; with its year where that is not the first one's."""
        if at is None:
            return NOTHING
        return formats.instant(at, self.zone, year=self._is_other_year(at))

    def _is_other_year(self, at: datetime) -> bool:
        return self._day(at).year != self.first.year

    def _day(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def _short(self, at: datetime) -> str:
        day = self._day(at)
        shown = formats.date_range(day, day, year=self._is_other_year(at))
        return unbroken(f"{shown} {formats.clock_time(at, self.zone)}")

    def _result(self, width: float) -> Table:
        """Return the answer first: five key figures."""
        paper = self.paper
        mark, word = STATES[paper.state]
        late = _("{hours} h").format(hours=hours(paper.late_s))
        shown = [
            (Column(_("Promised by"), 38), self._moment(paper.promised_by)),
            (
                Column(_("Used so far"), 27),
                _("{hours} h").format(hours=hours(paper.used_s)),
            ),
            (Column(_("Late by"), 26), late if paper.late_s > 0 else NOTHING),
        ]
        if paper.due_without_holds is not None:
            without = self._moment(paper.due_without_holds)
            shown.append((Column(_("Due without the holds"), 42), without))
        shown.append((Column(_("State"), 37), f"{mark} {_(word)}"))
        columns = [column for column, _figure in shown]
        figures = [figure for _column, figure in shown]
        row: list[Cell] = [text(escape(one), KEY_FIGURE) for one in figures]
        return grid(columns, [row], width, Look(padding=3))

    def _promise(self) -> str:
        """Return what was promised, and when the clock runs."""
        paper = self.paper
        told = _(
            "{amount} ({exact}) to the {promise}, promised by {owner} to {other}"
        ).format(
            amount=self._amount(),
            exact=clock_of(paper.target_s),
            promise=_(PROMISES[paper.promise]),
            owner=paper.owner,
            other=paper.promised_to,
        )
        if paper.agreement:
            told += _(", agreement “{name}”").format(name=paper.agreement)
        if paper.agreement_version is not None:
            told += _(", version {number}").format(number=paper.agreement_version)
        told += ". " + _(
            "The clock runs while {owner} has the request and is held while anybody"
            " else does."
        ).format(owner=paper.owner)
        return f"{strong(_('The promise.'))} {escape(told, 500)}"

    def _amount(self) -> str:
        """Return what was promised: hours, or the rule that counts working days."""
        if self.paper.target.measure is Measure.WORKING_TIME:
            return working_hours(self.paper.target_s)
        return promised_words(self.paper.target)

    def _calendar(self) -> str:
        """Return the hours the clock counts, and what was closed in the span."""
        told = escape(self.paper.calendar or _("no name on record"))
        closed = [line for line in self.paper.lines if line.kind is ProofKind.CLOSURE]
        named: list[str] = []
        for line in closed[:6]:
            day = formats.day(
                self._day(line.start), year=self._is_other_year(line.start)
            )
            named.append(f"{day}, {line.closure}" if line.closure else day)
        if named:
            told += ". " + escape(
                _("Closed in this span: {days}").format(days="; ".join(named)), 500
            )
            told += "." if len(closed) <= 6 else " …"
        else:
            told += "."
        zone = _("Times are those of {zone}.").format(zone=self.paper.zone)
        return f"{strong(_('The calendar.'))} {told} {escape(zone)}"

    def _lines(self, width: float) -> Table:
        """Return one row per stretch, with a heavy line where the promise breaks."""
        columns = [
            Column("", 8, right=True, gap=4),
            Column(_("From"), 29),
            Column(_("To"), 29),
            Column(_("Who had it"), 29),
            Column(_("Clock"), 23),
            Column(_("Open h"), 14, right=True),
            Column(_("Counted"), 15, right=True),
            Column(_("Used"), 12, right=True),
            Column(_("Left"), 13, right=True),
        ]
        rows: list[list[Cell]] = []
        tinted: set[int] = set()
        due_row: int | None = None
        number = 0
        for line in self.paper.lines:
            if line.kind is ProofKind.DUE:
                due_row = len(rows)
                rows.append(self._due_row(line))
            elif line.kind in (ProofKind.COUNTED, ProofKind.HELD):
                number += 1
                if line.kind is ProofKind.HELD:
                    tinted.add(len(rows))
                rows.append(self._stretch(number, line))
        spans = {} if due_row is None else {due_row: (2, 8)}
        look = Look(tinted=frozenset(tinted), spans=spans)
        table = grid(columns, rows, width, look, self._legend())
        if due_row is not None:
            above, below = (0, due_row + 1), (-1, due_row + 1)
            table.setStyle(
                [
                    ("LINEABOVE", above, below, 1.4, INK),
                    ("LINEBELOW", above, below, 0.6, INK),
                ]
            )
        return table

    def _due_row(self, line: ProofStretch) -> list[Cell]:
        """Return the row of the due time itself."""
        told = _("Due: the promise ends here")
        if self.paper.late_s > 0:
            told = _("Due: the promise breaks here")
        return [
            "",
            text(strong(self._moment(line.start))),
            text(strong(told)),
        ]

    def _stretch(self, number: int, line: ProofStretch) -> list[Cell]:
        """Return the row of one stretch."""
        held = line.kind is ProofKind.HELD
        if held:
            state = f"{HELD} {_('held')}"
        elif line.is_ahead:
            state = f"{RUNS} {_('to come')}"
        elif line.is_late:
            state = f"{RUNS} {_('runs, late')}"
        else:
            state = f"{RUNS} {_('runs')}"
        broken = held and line.left_s < 0
        return [
            str(number),
            self._moment(line.start),
            self._moment(line.end),
            self._who(line.holder),
            state,
            clock_of(line.open_s),
            NOTHING if held else clock_of(line.counted_s),
            clock_of(line.used_s),
            _("broken") if broken else clock_of(line.left_s),
        ]

    def _who(self, holder: HolderOf | None) -> str:
        return holder_name(holder, self.paper.owner)

    def _legend(self) -> str:
        """Return how to read the lines."""
        return _(
            "Hours and minutes. Tinted rows with {held} are holds: open hours pass,"
            " nothing is counted. Nights and weekends are closed and have no line."
            " A minus in the last column is time over the promise."
        ).format(held=HELD)

    def _holders(self, width: float) -> Flowable:
        """Return who held it how long, as figures and as a bar."""
        held = self.paper.held_by()
        shown = held if len(held) <= 5 else held[:4]
        rest = sum(amount for _who, amount in held[len(shown) :])
        columns = [
            Column(self._who(holder), 24, bold=holder is None) for holder, _s in shown
        ]
        if rest:
            columns.append(Column(_("others"), 24))
        columns += [Column(_("All"), 20), Column("", max(26, 126 - 24 * len(columns)))]
        figures = [clock_of(amount) for _who, amount in shown]
        if rest:
            figures.append(clock_of(rest))
        everything = sum(amount for _who, amount in held)
        front = sum(
            amount for who, amount in held if who is not None and who.ball == "front"
        )
        owner = held[0][1]
        parts = (owner, front, everything - owner - front)
        bar = HeldBar(room(columns, len(columns) - 1, width), parts, everything)
        row: list[Cell] = [*figures, clock_of(everything), bar]
        told = _(
            "Solid: {owner}, counted. Hatched: front office. White: requester and"
            " others. Held in all {held}."
        ).format(owner=self.paper.owner, held=clock_of(everything - owner))
        return Kept(
            [
                text(escape(_("Who held it")), SUBHEAD),
                grid(columns, [row], width),
                text(escape(told, 400), NOTE),
            ]
        )

    def _by_hand(self) -> str:
        """Return the sum to redo with a pencil, up to the due time, as markup."""
        due = next((x for x in self.paper.lines if x.kind is ProofKind.DUE), None)
        if due is None:
            return ""
        counted = [
            line
            for line in self.paper.lines
            if line.kind is ProofKind.COUNTED and line.end <= due.start
        ]
        if not counted or len(counted) > _BY_HAND_AT_MOST:
            return ""
        told = [self._step(line, first=at == 0) for at, line in enumerate(counted[:-1])]
        last = counted[-1]
        end = _("{left} are left: {start} + {left} =").format(
            left=clock_of(last.counted_s), start=self._short(last.start)
        )
        shown = f"{escape(' '.join([*told, end]), 900)} "
        shown += f"{strong(self._moment(due.start))}."
        moved = self.paper.due_without_holds
        if moved is not None and moved != due.start:
            shown += " " + escape(
                _("The holds before that moment moved the due time from {at}.").format(
                    at=self._moment(moved)
                )
            )
        return shown

    def _step(self, line: ProofStretch, *, first: bool) -> str:
        """Return one stretch of the sum, and the sum so far."""
        same_day = self._day(line.start) == self._day(line.end)
        end = (
            formats.clock_time(line.end, self.zone)
            if same_day
            else self._short(line.end)
        )
        told = _("{start}–{end} is {counted}").format(
            start=self._short(line.start), end=end, counted=clock_of(line.counted_s)
        )
        if first:
            return f"{told}."
        return _("{step}, together {used}.").format(
            step=told, used=clock_of(line.used_s)
        )
