"""The agenda's scorecard: both directions, both periods, a reading in words."""

from reportlab.platypus import Flowable

from desktop import formats
from desktop.domain.agenda import AgendaPaper, RunningItem
from desktop.domain.agenda_sections import (
    MEASURE_FORMS,
    MEASURE_PARTS,
    Measure,
    ScorecardPart,
    ScoreRow,
)
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.reports.agenda_parts import evidence, wanted
from desktop.reports.paper import text
from desktop.reports.tables import Cell, Column, Look, grid
from desktop.reports.wording import (
    NOTHING,
    Wording,
    hours,
    hours_short,
    percent,
    working_hours,
)
from desktop.reports.writing import strong

MEASURES: dict[Measure, str] = {
    "kept": N_("Promises kept ({hours})"),
    "broken": N_("Promises broken"),
    "turnaround_p50": N_("Turnaround p50, still-open included"),
    "turnaround_p90": N_("Turnaround p90, still-open included"),
    "reopened": N_("Reopened"),
    "rated_top": N_("Could not be better (of those rated)"),
    "answers_kept": N_("Hand-backs answered in {hours}"),
    "answer_p50": N_("Answer time p50, still-open included"),
    "answer_p90": N_("Answer time p90, still-open included"),
    "first_time_right": N_("First time right (not handed back yet)"),
    "urgent": N_("Urgent (priority 1 or 2)"),
    "handbacks_waiting": N_("Hand-backs waiting now"),
    "sent": N_("Sent to {back} for the first time"),
    "resolved": N_("Resolved"),
    "open": N_("Open at the end, all holders"),
}


PARTS: dict[ScorecardPart, str] = {
    "back_to_front": N_("Back to front: {back} for {front}"),
    "front_to_back": N_("Front to back: {front} for {back}"),
    "flow": N_("Flow"),
}


def scorecard(
    paper: AgendaPaper, _item: RunningItem, words: Wording, width: float
) -> list[Flowable]:
    """Return both directions on one yardstick, both periods, with a reading."""
    section = paper.scorecard
    columns = [
        Column(_("Measure"), 61),
        Column(words.period, 24, right=True, bold=True),
        Column(_("n"), 12, right=True),
        Column(words.before, 25, right=True),
        Column(_("n"), 14.5, right=True),
        Column(_("Reading"), 36),
    ]
    by_measure = {row.measure: row for row in section.rows}
    rows: list[list[Cell]] = []
    headings: set[int] = set()
    for part, measures in MEASURE_PARTS.items():
        present = [by_measure[one] for one in measures if one in by_measure]
        if present:
            headings.add(len(rows))
            title = _(PARTS[part]).format(back=words.head.back, front=words.head.front)
            rows.append([text(strong(title))])
            rows += [_score_row(one, paper, words) for one in present]
    told = _(
        "{judged} promises with a verdict in the period, {sent} sent,"
        " {resolved} resolved."
    ).format(
        judged=formats.count(section.judged),
        sent=formats.count(section.sent),
        resolved=formats.count(section.resolved),
    )
    return [
        wanted(_goal(paper)),
        evidence(told),
        grid(columns, rows, width, Look(sections=frozenset(headings), padding=1.9)),
    ]


def _goal(paper: AgendaPaper) -> str:
    """Return what the item is to bring, pointing at the single cases."""
    broken = next((i for i in paper.items if i.kind == "broken"), None)
    goal = _("agree on what the figures say.")
    if broken is not None:
        goal = _(
            "agree on what the figures say; no debate on single cases"
            " (those are item {number})."
        ).format(number=broken.number)
    return goal


def _score_row(one: ScoreRow, paper: AgendaPaper, words: Wording) -> list[Cell]:
    """Return the cells of one measure."""
    promises = {verdict.side: verdict.promise_s for verdict in paper.verdicts}
    side = "front" if one.measure == "answers_kept" else "back"
    promise = working_hours(promises[side]) if side in promises else _("promised time")
    name = _(MEASURES[one.measure]).format(hours=promise, back=words.head.back)
    return [
        name,
        _figure(one, one.value, one.n),
        "" if one.n is None else formats.count(one.n),
        _figure(one, one.before, one.n_before),
        "" if one.n_before is None else formats.count(one.n_before),
        _reading(one),
    ]


def _figure(one: ScoreRow, value: float | None, n: int | None) -> str:
    """Return a value in its own form; a percentile may be out of reach."""
    form = MEASURE_FORMS[one.measure]
    if form == "seconds":
        if value is None:
            return _("not reached") if n else NOTHING
        return _("{hours} h").format(hours=hours(value))
    if form == "share":
        return percent(value)
    return NOTHING if value is None else formats.count(round(value))


def _reading(one: ScoreRow) -> str:
    """Return what the two figures say, in words."""
    change = abs(one.difference) if one.difference is not None else None
    count = formats.count(round(change)) if change is not None else ""
    if one.reading == "no_clear_change":
        if change is not None and MEASURE_FORMS[one.measure] == "share":
            # Of the rounded figures that stand beside it, so a reader's sum agrees.
            moved = round((one.value or 0) * 100) - round((one.before or 0) * 100)
            points = formats.count(abs(moved))
            if abs(moved) >= 3:
                up = moved > 0
                told = (
                    _("– no clear change ({points} up)")
                    if up
                    else _("– no clear change ({points} down)")
                )
                return told.format(points=points)
        return _("– no clear change")
    if one.reading == "worse" and one.over_s is not None:
        return _("▼ worse: over {hours}").format(hours=hours_short(_floor(one.over_s)))
    plain = {
        "worse": _("▼ worse"),
        "better": _("▲ better"),
        "too_few": _("– too few to say"),
        "same": _("as before"),
        "more_waiting": _("▼ more are waiting"),
        "more_than_doubled": _("more than doubled"),
    }
    if one.reading in plain:
        return plain[one.reading]
    counted = {
        "more": _("{count} more"),
        "fewer": _("{count} fewer"),
        "less_than_sent": _("{count} fewer than sent"),
        "more_than_sent": _("{count} more than sent"),
    }
    if one.reading in ("more", "fewer") and one.before and change is not None:
        share = _("{share} more") if one.reading == "more" else _("{share} fewer")
        return share.format(share=percent(change / one.before))
    return counted[one.reading].format(count=count)


def _floor(seconds: int) -> int:
    """Return whole hours, rounded down, so that "over" stays true."""
    return seconds // 3600 * 3600
