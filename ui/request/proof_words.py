"""The proof of a due time in words: its sentence, its lines, what it rests on."""

from __future__ import annotations

from datetime import datetime

from desktop import formats
from desktop.domain.clocks import ClockState
from desktop.domain.promises import PauseCause
from desktop.domain.proofs import ProofKind
from desktop.domain.text import shortened
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from desktop.queries.proof import ProofGround, ProofRow, ProofView
from desktop.reports.target_words import promised_words
from ui.common.request_pane.request_words import (
    PRIORITIES,
    REASONS,
    promise_words,
)

ICONS = {
    ProofKind.COUNTED: "clock",
    ProofKind.HELD: "circle-pause",
    ProofKind.CLOSED: "moon",
    ProofKind.CLOSURE: "flag",
    ProofKind.DUE: "flag",
    ProofKind.NOW: "player-play",
    ProofKind.STOP: "circle-check",
}


NEAR_DAYS = 6
"""So many days apart, two weekdays are enough to tell instants apart."""


def sentence(view: ProofView) -> str:
    """Say when the promise ends or ended, and what did not count."""
    promised = promised_words(view.ground.target)
    due = view.reading.due_at
    if due is None:
        words = _("The promise of {amount} is held: no due time runs.")
    elif view.stopped_at is not None:
        words = _("The promise of {amount} was due on {when}.")
    elif view.reading.state is ClockState.BREACHED:
        words = _("The promise of {amount} ended on {when}.")
    else:
        words = _("The promise of {amount} ends on {when}.")
    when = _on(due, view) if due is not None else ""
    return " ".join((words.format(amount=promised, when=when), _not_counted(view)))


def _on(at: datetime, view: ProofView) -> str:
    day = formats.long_day(at.astimezone(view.zone).date())
    time = formats.clock_time(at, view.zone)
    return _("{day} at {time}").format(day=day, time=time)


def _not_counted(view: ProofView) -> str:
    holds = sum(
        1 for row in view.rows if row.kind is ProofKind.HELD and (row.open_s or row.by)
    )
    days = sum(1 for day in view.days if day.closure)
    held = ngettext("{n} hold", "{n} holds", holds).format(n=holds)
    closed = ngettext("{n} closed day", "{n} closed days", days).format(n=days)
    if holds and days:
        words = _("{holds} and {days} did not count.")
        return words.format(holds=held, days=closed)
    if holds or days:
        return _("{what} did not count.").format(what=held if holds else closed)
    return _("Nothing was left out but the closed hours.")


def row_when(row: ProofRow, view: ProofView) -> str:
    """Return when a line was: an instant, or from and to."""
    zone = view.zone
    start = row.start.astimezone(zone)
    end = row.end.astimezone(zone)
    if row.kind is ProofKind.CLOSURE and (row.end - row.start).days <= 1:
        return formats.day(start.date(), year=_is_other_year(row.start, view))
    if row.start == row.end:
        return _instant(row.start, view)
    if start.date() == end.date():
        until = formats.clock_time(row.end, zone)
    elif _is_near(row, view):
        return _("{start} to {end}").format(
            start=formats.short_instant(row.start, row.end, zone),
            end=formats.short_instant(row.end, row.start, zone),
        )
    else:
        until = _instant(row.end, view)
    return _("{start} to {end}").format(start=_instant(row.start, view), end=until)


def _is_near(row: ProofRow, view: ProofView) -> bool:
    """Tell whether weekdays are enough to tell a line's ends apart."""
    days = (
        row.end.astimezone(view.zone).date() - row.start.astimezone(view.zone).date()
    ).days
    return days <= NEAR_DAYS and not any(
        _is_other_year(at, view) for at in (row.start, row.end)
    )


def _instant(at: datetime, view: ProofView) -> str:
    """Return an instant; with its year where that is not the first line's."""
    return formats.instant(at, view.zone, year=_is_other_year(at, view))


def _is_other_year(at: datetime, view: ProofView) -> bool:
    first = view.started_at.astimezone(view.zone).year
    return at.astimezone(view.zone).year != first


def row_what(row: ProofRow, view: ProofView) -> str:
    """Say what a line tells."""
    first, second = row_lines(row, view)
    return f"{first}, {second}" if second else first


def row_lines(row: ProofRow, view: ProofView) -> tuple[str, str]:
    """Say what a line tells, and what there is to add to it."""
    match row.kind:
        case ProofKind.COUNTED:
            return _counted_words(row), ""
        case ProofKind.HELD:
            return _held(row)
        case ProofKind.CLOSED:
            return _("Closed when it arrived"), _("the clock waits for the opening")
        case ProofKind.CLOSURE:
            told = _("not a working day")
            if row.is_inside_hold:
                told = _("inside a hold, and not a working day")
            return row.closure or _("Closed"), told
        case ProofKind.DUE:
            return _("The promise ends"), ""
        case ProofKind.NOW:
            return _("Now"), ""
    words = _("{promise} done").format(promise=promise_words(view.ground.kind))
    return words, _("the clock stops")


def _counted_words(row: ProofRow) -> str:
    if row.left_s < 0:
        return _("Working time, beyond the promise")
    if row.is_ahead:
        return _("Working time, still to come")
    return _("Working time")


def _held(row: ProofRow) -> tuple[str, str]:
    note = shortened(" ".join(row.note.split()), 200)
    if row.cause is PauseCause.ELSEWHERE:
        unit = row.holder or _("Another unit")
        if row.reason is not None:
            words = _("{unit} had it, waiting for {reason}")
            return words.format(unit=unit, reason=_(REASONS[row.reason])), note
        return _("{unit} had it").format(unit=unit), note
    if row.cause is PauseCause.ENDED:
        return _("Done meanwhile"), note
    reason = _(REASONS[row.reason]) if row.reason is not None else _("somebody")
    waits = _("waiting for {reason}").format(reason=reason)
    words = _("Held by {who}").format(who=row.by) if row.by else _("Held")
    return words, f"{waits}: {note}" if note else waits


def row_counted(row: ProofRow) -> str:
    """Return what a line added, or that it did not count."""
    if row.kind is ProofKind.COUNTED:
        return f"+ {formats.working_time(row.counted_s)}"
    if row.kind is ProofKind.HELD and row.open_s:
        return _("{time} not counted").format(time=formats.working_time(row.open_s))
    if row.kind is ProofKind.CLOSURE:
        return _("skipped")
    return ""


def row_total(row: ProofRow) -> str:
    """Return the sum after a counted line."""
    if row.kind is not ProofKind.COUNTED:
        return ""
    return formats.working_time(row.used_s)


def first_line(view: ProofView) -> tuple[str, str]:
    """Return when (with the year) and by whom the clock was started."""
    when = formats.instant(view.started_at, view.zone, year=True)
    if view.started_by:
        words = _("{who} sends it to {unit}")
        return when, words.format(who=view.started_by, unit=view.unit)
    return when, _("{unit} receives it").format(unit=view.unit)


def result(view: ProofView) -> tuple[str, str, str, str]:
    """Return the result: kind, icon, words, and the sum beside it."""
    reading = view.reading
    target = formats.working_time(view.ground.target_s)
    used = formats.working_time(reading.used.total_seconds())
    sums = _("{used} of {target}").format(used=used, target=target)
    if view.is_void:
        return "", "ban", _("Withdrawn: there is no verdict"), sums
    late = formats.working_time(reading.late.total_seconds())
    if view.stopped_at is not None:
        when = formats.instant(view.stopped_at, view.zone, year=True)
        if reading.breached_at is not None:
            words = _("Broken by {time}, done {when}").format(time=late, when=when)
            return "broken", "circle-x", words, sums
        return "ok", "circle-check", _("Kept, done {when}").format(when=when), sums
    if reading.breached_at is not None:
        when = formats.instant(reading.breached_at, view.zone, year=True)
        words = _("Broken since {when}, {time} over").format(when=when, time=late)
        return "broken", "circle-x", words, sums
    if reading.due_at is None:
        left = formats.working_time(reading.left.total_seconds())
        words = _("Held: {time} left once it goes on").format(time=left)
        return "held", "circle-pause", words, sums
    when = _on(reading.due_at, view)
    kind = "risk" if reading.is_at_risk else "ok"
    icon = "alert-triangle" if reading.is_at_risk else "clock"
    return kind, icon, _("Due {when}").format(when=when), sums


def ground_pairs(view: ProofView) -> list[tuple[str, str]]:
    """Return what the count rests on, as headings and words."""
    ground = view.ground
    valid = formats.day(ground.valid_from.astimezone(view.zone).date(), year=True)
    agreement = _("{name}, version {number}, valid from {day}").format(
        name=ground.agreement, number=ground.number, day=valid
    )
    holidays = ngettext(
        "{n} public holiday", "{n} public holidays", ground.public_holidays
    ).format(n=ground.public_holidays)
    closures = ngettext(
        "{n} closure of its own", "{n} closures of its own", ground.closures
    ).format(n=ground.closures)
    entries = ngettext(
        "Read anew from {n} journal entry",
        "Read anew from {n} journal entries",
        ground.entries,
    )
    return [
        (_("Agreement"), agreement),
        (_("Target"), _target(ground)),
        (_("Calendar"), _calendar(view)),
        (
            _("Closed days"),
            _("{holidays} and {closures} in {year}").format(
                holidays=holidays,
                closures=closures,
                year=view.started_at.astimezone(view.zone).year,
            ),
        ),
        (_("Pause rule"), _pause_rule(view)),
        (_("Journal"), entries.format(n=ground.entries)),
    ]


def _target(ground: ProofGround) -> str:
    target = [ground.service, promise_words(ground.kind)]
    if ground.priority is not None and ground.priority in PRIORITIES:
        target.append(_(PRIORITIES[ground.priority]).lower())
    promised = _("{what}: {amount}").format(
        what=", ".join(part for part in target if part),
        amount=promised_words(ground.target),
    )
    if ground.target.rule is None:
        return promised
    return _("{target}; here {time} of working time").format(
        target=promised, time=formats.working_time(ground.target_s)
    )


def _pause_rule(view: ProofView) -> str:
    reasons = [_(REASONS[one]) for one in view.ground.holds]
    if not reasons:
        return _("Nothing holds this clock while {unit} has it").format(unit=view.unit)
    return _("Waiting for {reasons} holds this clock").format(
        reasons=", ".join(reasons)
    )


def _calendar(view: ProofView) -> str:
    from datetime import date, timedelta

    from babel.dates import format_skeleton

    from desktop.i18n import current_locale

    monday = date(2026, 1, 5)
    groups: list[tuple[list[int], tuple[tuple[int, int], ...]]] = []
    for weekday in range(7):
        hours = tuple(tuple(one) for one in view.ground.weekly.get(weekday, ()))
        if not hours:
            continue
        if groups and groups[-1][1] == hours and groups[-1][0][-1] == weekday - 1:
            groups[-1][0].append(weekday)
        else:
            groups.append(([weekday], hours))  # type: ignore[arg-type]  # pairs by the query
    told = []
    for days, hours in groups:
        names = [
            format_skeleton("E", monday + timedelta(days=one), locale=current_locale())
            for one in (days[0], days[-1])
        ]
        span = names[0] if len(days) == 1 else "–".join(names)
        times = ", ".join(f"{_clock(a)}–{_clock(b)}" for a, b in hours)
        told.append(f"{span} {times}")
    return _("{name}: {hours}; times of {zone}").format(
        name=view.ground.calendar,
        hours="; ".join(told),
        zone=view.ground.zone.replace("_", " "),
    )


def _clock(second: int) -> str:
    return f"{second // 3600:02}:{second % 3600 // 60:02}"


def as_text(view: ProofView) -> str:
    """Return the whole proof as plain text, to paste into a mail."""
    when, what = first_line(view)
    lines = [
        f"{view.reference}  {view.subject}",
        _("Why this time?"),
        sentence(view),
        "",
        f"{when}\t{what}, {_('the clock starts')}",
    ]
    for row in view.rows:
        parts = (
            row_when(row, view),
            row_what(row, view),
            row_counted(row),
            row_total(row),
        )
        lines.append("\t".join(parts).rstrip())
    _kind, _icon, words, sums = result(view)
    lines += [f"{words}\t{sums}", ""]
    lines += [f"{heading}: {words}" for heading, words in ground_pairs(view)]
    return "\n".join(lines)
