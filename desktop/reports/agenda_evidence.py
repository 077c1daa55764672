"""The agenda's items from the evidence: what falls due, the ball, the agreement."""

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from desktop import formats
from desktop.domain.agenda import AgendaPaper, RunningItem
from desktop.domain.agenda_sections import (
    AgreementReplay,
    BallAndPasses,
    NearAndDue,
    ReplayRow,
)
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from desktop.reports.agenda_parts import decision, evidence, note, wanted
from desktop.reports.flowables import Bar
from desktop.reports.paper import CELL, text
from desktop.reports.tables import Cell, Column, Look, grid, room
from desktop.reports.wording import (
    NOTHING,
    Wording,
    hours,
    hours_short,
    hours_words,
    percent,
)
from desktop.reports.writing import escape, strong


def near_and_due(
    paper: AgendaPaper, item: RunningItem, words: Wording, width: float
) -> list[Flowable]:
    """Return what falls due before the next session, and the near misses."""
    section = paper.near
    story = [
        wanted(_("a name for every row that falls due first.")),
        evidence(_near_evidence(section, words)),
    ]
    if not section.rows:
        return story
    columns = [
        Column(_("No"), 9.5, right=True, gap=4),
        Column(_("Request"), 22.5, bold=True),
        Column(_("Kind"), 45),
        Column(_("Used, h"), 16, right=True),
        Column(_("Due"), 30.5),
        Column(_("Left, h"), 14.5, right=True),
        Column(_("Holder named"), 23),
        Column(_("Safe"), 9, centre=True, size=9),
    ]
    rows: list[list[Cell]] = [
        [
            f"{item.number}.{at}",
            row.reference,
            row.kind,
            hours(row.used_s),
            f"{'▲' if row.warned else '●'} {words.moment(row.due_at)}",
            hours(row.left_s),
            row.holder or _("nobody"),
            "☐",
        ]
        for at, row in enumerate(section.rows, 1)
    ]
    rest = _rest(section, words) if section.rest else ""
    story.append(grid(columns, rows, width, Look(padding=1.9), rest))
    return story


def _near_evidence(section: NearAndDue, words: Wording) -> str:
    """Return how many fall due, by when, and which were kept only just."""
    told: list[str] = []
    if section.last_due_at is not None and section.total:
        told.append(
            ngettext(
                "{count} running promise falls due by {at}; ▲ {warned} past the"
                " warning at {warning}, ● the others.",
                "{count} running promises fall due by {at}; ▲ {warned} past the"
                " warning at {warning}, ● the others.",
                section.total,
            ).format(
                count=formats.count(section.total),
                at=words.moment(section.last_due_at),
                warned=formats.count(section.warned),
                warning=hours_short(section.warning_s),
            )
        )
    else:
        told.append(_("nothing that runs falls due before the next session."))
    told.append(_near_misses(section))
    return " ".join(told)


def _near_misses(section: NearAndDue) -> str:
    """Return what was kept with little left."""
    if not section.near:
        return _("Near misses: none.")
    named = ", ".join(
        _("{reference} {hours} h").format(
            reference=one.reference, hours=hours(one.used_s)
        )
        for one in section.near[:4]
    )
    return ngettext(
        "Near misses: {count} kept with {left} or less left ({named}).",
        "Near misses: {count} kept with {left} or less left ({named}).",
        len(section.near),
    ).format(
        count=formats.count(len(section.near)),
        left=hours_short(section.target_s - section.warning_s),
        named=named,
    )


def _rest(section: NearAndDue, words: Wording) -> str:
    """Return the rows that are not listed, in one line, at most five by name."""
    named = ", ".join(f"{ref} ({words.moment(at)})" for ref, at in section.rest[:5])
    unnamed = len(section.rest) - 5
    told = ngettext(
        "And {count} more: {named}", "And {count} more: {named}", len(section.rest)
    ).format(count=formats.count(len(section.rest)), named=named)
    return f"{told} …" if unnamed > 0 else f"{told}."


def ball_and_passes(
    paper: AgendaPaper, _item: RunningItem, words: Wording, width: float
) -> list[Flowable]:
    """Return who holds the open requests, and what is passed to and fro."""
    section = paper.ball
    opened = sum(row.open for row in section.rows)
    told = _(
        "{open} open requests that {front} ever sent to {back}. Passes in the period:"
        " {to_back} to {back}, {to_front} back ({in_scope} on requests"
        " {front} had sent)."
    ).format(
        open=formats.count(opened),
        front=words.head.front,
        back=words.head.back,
        to_back=formats.count(section.to_back),
        to_front=formats.count(section.to_front),
        in_scope=formats.count(section.to_front_in_scope),
    )
    story = [
        wanted(
            _(
                "a date for the oldest in each pair of hands; one owner for each"
                " ping-pong case."
            )
        ),
        evidence(told),
    ]
    if section.rows:
        story.append(_ball_table(section, words, width))
    if section.ping_pong:
        story += [Spacer(1, 1 * mm), *_ping_pong(section, words, width)]
    else:
        story.append(note(_("No request was passed to and fro in the period.")))
    return story


def _ball_table(section: BallAndPasses, words: Wording, width: float) -> Flowable:
    """Return one row per holder and the sum."""
    silent = _("Silent over {hours}").format(hours=hours_short(section.silent_after_s))
    columns = [
        Column(_("Who has the ball"), 40, bold=True),
        Column(_("Open"), 12, right=True, bold=True),
        Column(_("Broken"), 15, right=True),
        Column(silent, 30, right=True),
        Column(_("Longest there"), 29),
        Column(_("Since"), 26),
        Column(_("Working h"), 18, right=True),
    ]
    rows: list[list[Cell]] = [
        [
            words.holder(row.holder),
            formats.count(row.open),
            formats.count(row.broken),
            formats.count(row.silent),
            row.longest_reference or NOTHING,
            words.moment(row.since) if row.since else NOTHING,
            hours(row.longest_s),
        ]
        for row in section.rows
    ]
    rows.append(_all_row(section, words))
    last = len(rows) - 1
    look = Look(total=True, bold=frozenset({last}), spans={last: (4, 6)}, padding=1.9)
    return grid(columns, rows, width, look)


def _all_row(section: BallAndPasses, words: Wording) -> list[Cell]:
    """Return the sums, and how it was before."""
    before = _("before, {day}: {open} open, {at_back} at {back}").format(
        day=formats.day(words.day_of(words.head.before_end)),
        open=formats.count(section.open_before),
        at_back=formats.count(section.open_before_at_back),
        back=words.head.back,
    )
    return [
        _("All"),
        *(
            formats.count(sum(figures))
            for figures in zip(
                *((row.open, row.broken, row.silent) for row in section.rows),
                strict=True,
            )
        ),
        text(escape(before), CELL),
    ]


def _ping_pong(section: BallAndPasses, words: Wording, width: float) -> list[Flowable]:
    """Return the requests passed most often, and how passes are counted."""
    columns = [
        Column(_("Ping-pong"), 22.5, bold=True),
        Column(_("Kind"), 44.5),
        Column(_("Passes"), 13, right=True, bold=True),
        Column(_("Handed back"), 20, right=True),
        Column(_("Hand-overs"), 18, right=True),
        Column(_("Back, h"), 14, right=True),
        Column(_("Front, h"), 16, right=True),
        Column(_("Ball now"), 22),
    ]
    rows: list[list[Cell]] = [
        [
            row.reference,
            row.kind,
            formats.count(row.passes),
            formats.count(row.back_to_front),
            formats.count(row.all_handovers),
            hours(row.back_s),
            hours(row.desk_s),
            words.holder(row.ball),
        ]
        for row in section.ping_pong
    ]
    told = _("Passes: hand-overs between the two units, {period}.").format(
        period=words.period
    )
    if section.ping_pong_more:
        told = (
            ngettext(
                "And {count} more.", "And {count} more.", section.ping_pong_more
            ).format(count=formats.count(section.ping_pong_more))
            + f" {told}"
        )
    return [grid(columns, rows, width, Look(padding=1.9), told)]


def agreement(
    paper: AgendaPaper, _item: RunningItem, words: Wording, width: float
) -> list[Flowable]:
    """Return the period replayed under other targets."""
    section = paper.agreement
    if section is None or not section.rows:
        return [note(_("No agreement is in rotation for this session."))]
    columns = _replay_columns()
    bar = room(columns, 5, width)
    reached = _first_enough(section)
    rows: list[list[Cell]] = [
        [
            hours_short(row.target_s),
            formats.count(row.kept),
            formats.count(row.broken),
            formats.count(row.kept + row.broken),
            percent(row.share),
            Bar(bar, row.share),
            _replay_reading(row, reached, section),
        ]
        for row in section.rows
    ]
    in_force = frozenset(at for at, row in enumerate(section.rows) if row.in_force)
    return [
        wanted(
            _("keep the {hours} as they are, or say what else and from when.").format(
                hours=hours_words(section.target_s)
            )
        ),
        evidence(_replay_evidence(section, reached)),
        grid(columns, rows, width, Look(tinted=in_force, padding=1.9)),
        *decision(width),
    ]


def _replay_columns() -> list[Column]:
    """Return the columns of the replay; widths in millimetres of 170."""
    return [
        Column(_("Target"), 14, right=True, bold=True),
        Column(_("Kept"), 14, right=True),
        Column(_("Broken"), 16, right=True),
        Column(_("n"), 14, right=True),
        Column(_("Share kept"), 23, right=True, bold=True),
        Column("", 55),
        Column(_("Reading"), 34),
    ]


def _first_enough(section: AgreementReplay) -> ReplayRow | None:
    """Return the shortest target that would reach the share wanted."""
    return next(
        (row for row in section.rows if (row.share or 0) >= section.wanted_share), None
    )


def _replay_reading(
    row: ReplayRow, reached: ReplayRow | None, section: AgreementReplay
) -> Cell:
    """Return what one target would mean, in words."""
    goal = percent(section.wanted_share)
    if row.in_force:
        return text(strong(_("◄ in force")))
    if row is reached:
        return _("reaches {share}").format(share=goal)
    if reached is None and row is section.rows[-1]:
        return _("still under {share}").format(share=goal)
    return ""


def _replay_evidence(section: AgreementReplay, reached: ReplayRow | None) -> str:
    """Return how the replay was made, and what it shows."""
    if section.calendar:
        told = _(
            "the period replayed under other targets, same calendar ({calendar}) and"
            " same holds."
        ).format(calendar=section.calendar)
    else:
        told = _(
            "the period replayed under other targets, same calendar and same holds."
        )
    goal = percent(section.wanted_share)
    if reached is None:
        verdict = _(
            "Even {hours} would not reach {share}: the queue, not the target, is what"
            " breaks the promise."
        ).format(hours=hours_words(section.rows[-1].target_s), share=goal)
    elif reached.target_s > section.target_s:
        verdict = _("{hours} would have reached {share}.").format(
            hours=hours_words(reached.target_s), share=goal
        )
    else:
        verdict = _("The target in force reaches {share}.").format(share=goal)
    return f"{told} {verdict}"
