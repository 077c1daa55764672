"""The agenda's items from the evidence: broken promises, due, ball, agreement."""

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from desktop import formats
from desktop.domain.agenda import AgendaPaper, RunningItem
from desktop.domain.agenda_sections import (
    SILENT_AFTER_S,
    AgreementReplay,
    BallAndPasses,
    BrokenPromises,
    BrokenRow,
    GatherRow,
    NearAndDue,
    ReplayRow,
)
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from desktop.reports.agenda_items import decision, evidence, note, wanted
from desktop.reports.flowables import Bar, HeldBar
from desktop.reports.paper import CELL, NOTE, text
from desktop.reports.tables import Cell, Column, Look, grid, room
from desktop.reports.wording import (
    CAUSES,
    NOTHING,
    Wording,
    hours,
    hours_short,
    hours_words,
    percent,
)
from desktop.reports.writing import escape, strong


def broken_promises(
    paper: AgendaPaper, item: RunningItem, words: Wording, width: float
) -> list[Flowable]:
    """Return the worst broken promises one by one, and where all of them gather."""
    section = paper.broken
    if section.total == 0:
        return [note(_("No promise broke in the period."))]
    columns = [
        Column(_("No"), 10, right=True, bold=True),
        Column(_("Request"), 40.5),
        Column(_("Promised by"), 26),
        Column(_("Late h"), 13, right=True, bold=True),
        Column(_("State"), 21),
        Column(_("Back"), 12.5, right=True),
        Column(_("Desk"), 10.5, right=True),
        Column(_("Other"), 13, right=True),
        Column(_("Held by"), 18),
        Column(_("Plan"), 10, centre=True),
    ]
    bar = room(columns, 8, width)
    longest = max((_held(row) for row in section.rows), default=0)
    rows: list[list[Cell]] = []
    for at, row in enumerate(section.rows, 1):
        rows.append(_figures(row, f"{item.number}.{at}", words, bar, longest))
        rows.append(["", text(_why(row, words), NOTE)])
    story: list[Flowable] = [
        wanted(
            _(
                "a cause and one step for the worst; one decision on what would"
                " have kept them."
            )
        ),
        evidence(_broken_evidence(section)),
        grid(columns, rows, width, Look(pairs=True)),
        note(
            _(
                "Who held it, in working hours since the first hand-over: solid ="
                " {back} (counts), hatched = {front}, white = requester or third"
                " group (held, does not count). Plan ☐: failure plan done."
            ).format(back=words.head.back, front=words.head.front)
        ),
    ]
    if section.gather and section.total > len(section.rows):
        story += [Spacer(1, 1.4 * mm), _gather(section, width)]
    return [*story, *decision(width, 3)]


def _held(row: BrokenRow) -> int:
    """Return all working time since the first hand-over, in seconds."""
    return row.back_s + row.desk_s + row.other_s


def _figures(
    row: BrokenRow, number: str, words: Wording, bar: float, longest: int
) -> list[Cell]:
    """Return the row of figures of one broken promise."""
    request = strong(row.reference, 40)
    if row.place:
        request += f" · {escape(row.place, 40)}"
    request += f"<br/>{escape(row.kind, 80)}"
    state: Cell = f"✗ {_('open')}"
    if row.ended_at is not None:
        done = escape(f"✓ {_('done')}")
        state = text(f"{done}<br/>{escape(words.brief(row.ended_at))}")
    return [
        number,
        text(request, CELL),
        words.moment(row.promised_by),
        hours(row.late_s),
        state,
        hours(row.back_s),
        hours(row.desk_s),
        hours(row.other_s),
        HeldBar(bar, (row.back_s, row.desk_s, row.other_s), longest),
        "☐",
    ]


def _why(row: BrokenRow, words: Wording) -> str:
    """Return the cause by rule and two sentences of facts, as markup."""
    told = [_("sent {at}").format(at=words.brief(row.sent_at))]
    if row.turns > 1:
        told.append(
            ngettext("{count} turn", "{count} turns", row.turns).format(
                count=formats.count(row.turns)
            )
        )
    if row.times_back:
        told.append(
            ngettext(
                "handed back once", "handed back {count} times", row.times_back
            ).format(count=formats.count(row.times_back))
        )
    if row.holder:
        told.append(_("with {person}").format(person=row.holder))
    first = ", ".join(told)
    first = first[:1].upper() + first[1:] + "."
    second = ""
    if row.ended_at is not None:
        second = _("Resolved {at}.").format(at=words.brief(row.ended_at))
    elif row.last_act_at is not None and row.silent_s > SILENT_AFTER_S:
        second = _("Silent for {hours}, since {at}.").format(
            hours=_("{hours} h").format(hours=hours(row.silent_s)),
            at=words.brief(row.last_act_at),
        )
    elif row.last_act_at is not None:
        second = _("Last act {at}.").format(at=words.brief(row.last_act_at))
    return f"{strong(_(CAUSES[row.cause]))} {escape(f'{first} {second}'.strip())}"


def _broken_evidence(section: BrokenPromises) -> str:
    """Return how many broke, how late, and what they have in common."""
    return _(
        "{total} broken in the period (n = {n}; before: {before} of {n_before});"
        " {open} still open; {unnamed} never had a name; {single} broke in a single"
        " turn. Median late {median} working hours, worst {worst}."
    ).format(
        total=formats.count(section.total),
        n=formats.count(section.n),
        before=formats.count(section.total_before),
        n_before=formats.count(section.n_before),
        open=formats.count(section.open),
        unnamed=formats.count(section.never_named),
        single=formats.count(section.single_turn),
        median=hours(section.median_late_s),
        worst=hours(section.worst_late_s),
    )


def _gather(section: BrokenPromises, width: float) -> Flowable:
    """Return the table that counts all of them by kind."""
    more = section.total - len(section.rows)
    title = ngettext(
        "And {more} more: where all {total} gather",
        "And {more} more: where all {total} gather",
        more,
    ).format(more=formats.count(more), total=formats.count(section.total))
    columns = [
        Column(title, 64),
        Column(_("Broken"), 16, right=True, bold=True),
        Column(_("Open"), 16, right=True),
        Column(_("Median late, h"), 26, right=True),
        Column(_("No name"), 20, right=True),
        Column(_("Worst"), 28),
    ]
    rows: list[list[Cell]] = [
        [
            _gather_kind(row),
            formats.count(row.broken),
            formats.count(row.open),
            hours(row.median_late_s),
            formats.count(row.never_named),
            row.worst_reference,
        ]
        for row in section.gather
    ]
    return grid(columns, rows, width, Look(padding=1.9))


def _gather_kind(row: GatherRow) -> str:
    """Return a kind's own words, or how many others there are."""
    if row.kind is not None:
        return row.kind
    return ngettext("{count} other kind", "{count} other kinds", row.kinds).format(
        count=formats.count(row.kinds)
    )


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
        Column(_("No"), 10, right=True),
        Column(_("Request"), 24, bold=True),
        Column(_("Kind"), 38),
        Column(_("Used, h"), 17, right=True),
        Column(_("Due"), 31),
        Column(_("Left, h"), 15, right=True),
        Column(_("Holder named"), 25),
        Column(_("Safe"), 10, centre=True),
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
    story.append(grid(columns, rows, width, Look(padding=1.9)))
    if section.rest:
        story.append(note(_rest(section, words)))
    return story


def _near_evidence(section: NearAndDue, words: Wording) -> str:
    """Return how many fall due, by when, and which were kept only just."""
    told: list[str] = []
    if section.last_due_at is not None and section.total:
        told.append(
            ngettext(
                "{count} running promise falls due by {at}; ▲ {warned} past the"
                " {warning} warning, ● the others.",
                "{count} running promises fall due by {at}; ▲ {warned} past the"
                " {warning} warning, ● the others.",
                section.total,
            ).format(
                count=formats.count(section.total),
                at=words.moment(section.last_due_at),
                warned=formats.count(section.warned),
                warning=hours_words(section.warning_s),
            )
        )
    else:
        told.append(_("nothing that runs falls due before the next session."))
    if section.near:
        named = ", ".join(
            f"{one.reference} {hours_short(one.used_s)}" for one in section.near[:4]
        )
        told.append(
            ngettext(
                "Near misses: {count} kept with {left} or less left ({named}).",
                "Near misses: {count} kept with {left} or less left ({named}).",
                len(section.near),
            ).format(
                count=formats.count(len(section.near)),
                left=hours_short(section.target_s - section.warning_s),
                named=named,
            )
        )
    else:
        told.append(_("Near misses: none."))
    return " ".join(told)


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
    before = _("before, {day}: {open} open, {at_back} at {back}").format(
        day=formats.day(words.day_of(words.head.before_end)),
        open=formats.count(section.open_before),
        at_back=formats.count(section.open_before_at_back),
        back=words.head.back,
    )
    rows.append(
        [
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
    )
    last = len(rows) - 1
    look = Look(total=True, bold=frozenset({last}), spans={last: (4, 6)}, padding=1.9)
    return grid(columns, rows, width, look)


def _ping_pong(section: BallAndPasses, words: Wording, width: float) -> list[Flowable]:
    """Return the requests passed most often, and how passes are counted."""
    columns = [
        Column(_("Ping-pong"), 25, bold=True),
        Column(_("Kind"), 39),
        Column(_("Passes"), 14, right=True, bold=True),
        Column(_("Back to desk"), 21, right=True),
        Column(_("All hand-overs"), 24, right=True),
        Column(_("Back, h"), 14, right=True),
        Column(_("Desk, h"), 15, right=True),
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
    return [grid(columns, rows, width, Look(padding=1.9)), note(told)]


def agreement(
    paper: AgendaPaper, _item: RunningItem, words: Wording, width: float
) -> list[Flowable]:
    """Return the period replayed under other targets."""
    section = paper.agreement
    if section is None or not section.rows:
        return [note(_("No agreement is in rotation for this session."))]
    columns = [
        Column(_("Target"), 14, right=True, bold=True),
        Column(_("Kept"), 14, right=True),
        Column(_("Broken"), 16, right=True),
        Column(_("n"), 14, right=True),
        Column(_("Share kept"), 23, right=True, bold=True),
        Column("", 55),
        Column(_("Reading"), 34),
    ]
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
