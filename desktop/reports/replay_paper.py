"""A comparison of trials as a PDF: terms side by side, who gains and loses, which."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from reportlab.platypus import Flowable

from desktop import formats
from desktop.domain.agreements import TargetKind
from desktop.i18n import gettext as _
from desktop.i18n import ngettext, speaking
from desktop.queries.replay_results import Change, Count, Group, KindReplay, Replay
from desktop.reports.binding import Part, printed
from desktop.reports.paper import (
    A4,
    BODY,
    KICKER,
    NOTE,
    SUBHEAD,
    TITLE,
    Imprint,
    PaperSize,
    text,
)
from desktop.reports.tables import Cell, Column, Look, grid
from desktop.reports.writing import escape

CHANGES_SHOWN = 60
GROUPS_SHOWN = 12
_NOTHING = "–"


@dataclass(frozen=True, slots=True)
class PrintedTrial:
    """One trial: its name, what is other than agreed, its figures, and its terms.

    ``terms`` are lines in words: what is promised otherwise, in which hours.
    """

    name: str
    differs: str
    replay: Replay
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReplayPaper:
    """What is printed. ``trials`` are the ones compared, the last is looked into.

    Names of kinds, verdicts, priorities and weekdays come in words.
    """

    agreement: str
    between: str
    owner: str
    zone: str
    printed_at: datetime
    kind: TargetKind
    kind_words: str
    trials: tuple[PrintedTrial, ...]
    priorities: dict[int | None, str]
    weekdays: tuple[str, ...]
    verdicts: dict[str, str]


def replay_pdf(paper: ReplayPaper, language: str = "en", size: PaperSize = A4) -> bytes:
    """Return the comparison in ``language``; the same input gives the same bytes."""
    with speaking(language):
        return printed(lambda: [_part(paper, language, size)], size).pdf


def _part(paper: ReplayPaper, language: str, size: PaperSize) -> Part:
    return Part(_imprint(paper, language), list(_story(paper, size.text_width)))


def _imprint(paper: ReplayPaper, language: str) -> Imprint:
    zone = ZoneInfo(paper.zone)
    last = paper.trials[-1].replay
    told = _("data as at {data} · printed {printed}").format(
        data=formats.instant(last.as_at, zone, year=True),
        printed=formats.instant(paper.printed_at, zone, year=True),
    )
    return Imprint(
        title=_("Try it: {agreement}").format(agreement=paper.agreement),
        subject=_("Trial of an agreement"),
        author=paper.owner,
        language=language,
        head_left=paper.agreement,
        head_right=_("Trial of an agreement"),
        foot=(paper.between, told),
        page_of=lambda page, total: _("page {page} of {total}").format(
            page=page, total=total
        ),
    )


def _story(paper: ReplayPaper, width: float) -> Iterator[Flowable]:
    last = paper.trials[-1]
    told = last.replay.kinds[paper.kind]
    yield text(escape(_("Trial of an agreement")), KICKER)
    yield text(escape(paper.agreement), TITLE)
    words = _("{between}. {kind}, {period}, n = {n}.").format(
        between=paper.between,
        kind=paper.kind_words,
        period=_period(last.replay, ZoneInfo(paper.zone)),
        n=formats.count(told.n),
    )
    yield text(escape(words), BODY)
    yield text(escape(_("Side by side")), SUBHEAD)
    yield _side_by_side(paper, width)
    yield from _terms(paper)
    weekdays: dict[int | None, str] = {}
    weekdays.update(enumerate(paper.weekdays))
    for title, groups, names in (
        (_("By service"), told.by_service, None),
        (_("By front office"), told.by_front, None),
        (_("By priority"), told.by_priority, paper.priorities),
        (_("By the weekday it began"), told.by_weekday, weekdays),
    ):
        if groups:
            yield text(escape(f"{title}: {last.name}"), SUBHEAD)
            yield _groups(groups, names, width)
    yield from _changes(paper, told, width)
    yield text(
        escape(
            _(
                "A promise counts where its clock began. Kept: done without using more "
                "than the target. Shares are of those with a verdict; what is neither "
                "done nor overrun has none."
            )
        ),
        NOTE,
    )


def _side_by_side(paper: ReplayPaper, width: float) -> Flowable:
    columns = [
        Column("", 30, bold=True),
        Column(_("Target"), 26),
        Column(_("Other terms"), 28),
        Column(_("Kept"), 16, right=True),
        Column(_("Of those judged"), 22, right=True),
        Column(_("Gain"), 12, right=True),
        Column(_("Lose"), 12, right=True),
        Column(_("Kept 9 in 10"), 24, right=True),
    ]
    first = paper.trials[0].replay.kinds[paper.kind]
    rows: list[Sequence[Cell]] = [
        (
            _("Now"),
            _lengths(first.targets_now),
            _("as agreed"),
            _share(first.now),
            _of(first.now),
            "",
            "",
            "",
        )
    ]
    for one in paper.trials:
        told = one.replay.kinds[paper.kind]
        target = told.target_for(0.9)
        rows.append(
            (
                one.name,
                _lengths(told.targets_then),
                one.differs,
                _share(told.then),
                _of(told.then),
                formats.count(told.gained),
                formats.count(told.lost),
                _NOTHING if target is None else formats.working_time(target),
            )
        )
    return grid(columns, rows, width, Look(bold=frozenset({0})))


def _terms(paper: ReplayPaper) -> Iterator[Flowable]:
    """Say what each trial promises otherwise than agreed."""
    for one in paper.trials:
        if one.terms:
            yield text(escape(_("Terms: {trial}").format(trial=one.name)), SUBHEAD)
        for line in one.terms:
            yield text(escape(line), BODY)


def _groups(
    groups: Sequence[Group], names: dict[int | None, str] | None, width: float
) -> Flowable:
    columns = [
        Column("", 70),
        Column(_("n"), 16, right=True),
        Column(_("Kept now"), 24, right=True),
        Column(_("In the trial"), 24, right=True),
        Column(_("Gain"), 18, right=True),
        Column(_("Lose"), 18, right=True),
    ]
    rows = []
    for one in groups[:GROUPS_SHOWN]:
        key = one.key
        if names is not None and not isinstance(key, str):
            name = names.get(key, "" if key is None else str(key))
        else:
            name = str(key or _("Not told"))
        rows.append(
            (
                name,
                formats.count(one.n),
                _share(one.now),
                _share(one.then),
                formats.count(one.gained),
                formats.count(one.lost),
            )
        )
    rest = len(groups) - len(rows)
    more = ngettext("{n} more not shown", "{n} more not shown", rest)
    footnote = more.format(n=formats.count(rest)) if rest else ""
    return grid(columns, rows, width, footnote=footnote)


def _changes(paper: ReplayPaper, told: KindReplay, width: float) -> Iterator[Flowable]:
    count = len(told.changes)
    if not count:
        return
    words = ngettext(
        "{n} request changes verdict", "{n} requests change verdict", count
    )
    yield text(escape(words.format(n=formats.count(count))), SUBHEAD)
    columns = [
        Column(_("Request"), 28),
        Column(_("About"), 60),
        Column(_("Used now"), 20, right=True),
        Column(_("In the trial"), 20, right=True),
        Column(_("Now"), 21),
        Column(_("Then"), 21),
    ]
    rows = [_change(one, paper) for one in told.changes[:CHANGES_SHOWN]]
    rest = count - len(rows)
    more = ngettext("{n} more not shown", "{n} more not shown", rest)
    footnote = more.format(n=formats.count(rest)) if rest else ""
    yield grid(columns, rows, width, footnote=footnote)


def _change(one: Change, paper: ReplayPaper) -> tuple[str, ...]:
    return (
        one.reference,
        one.subject or one.label,
        formats.working_time(one.used_now_s),
        formats.working_time(one.used_then_s),
        paper.verdicts[one.now],
        paper.verdicts[one.then],
    )


def _period(replay: Replay, zone: ZoneInfo) -> str:
    first = replay.start.astimezone(zone).date()
    last = (replay.end - timedelta(seconds=1)).astimezone(zone).date()
    return formats.date_range(first, last)


def _share(count: Count) -> str:
    share = count.share
    return _NOTHING if share is None else f"{formats.number(share * 100)} %"


def _of(count: Count) -> str:
    return _("{kept} of {judged}").format(
        kept=formats.count(count.kept), judged=formats.count(count.judged)
    )


def _lengths(seconds: tuple[int, ...]) -> str:
    if not seconds:
        return _NOTHING
    told = [formats.working_time(one) for one in (seconds[0], seconds[-1])]
    if len(seconds) == 1:
        return told[0]
    return _("{shortest} to {longest}").format(shortest=told[0], longest=told[1])
