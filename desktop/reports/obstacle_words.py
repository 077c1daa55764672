"""Obstacles and improvements in words: states, their story, figures, what is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from desktop import formats
from desktop.domain.improvements import (
    PROOF_DUE,
    READINGS,
    Figure,
    ImprovementState,
    ImprovementStep,
    Measure,
    ProofCode,
)
from desktop.domain.obstacles import ObstacleState, ObstacleStep
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.i18n import ngettext
from desktop.queries.obstacle_details import StoryEntry

STATES: Final[Mapping[ObstacleState, str]] = {
    ObstacleState.OPEN: N_("Open"),
    ObstacleState.ANSWERED: N_("Answered"),
    ObstacleState.REFUSED: N_("Refused"),
    ObstacleState.MERGED: N_("Merged"),
    ObstacleState.IMPROVING: N_("Improving"),
    ObstacleState.CLOSED: N_("Closed"),
}
IMPROVEMENT_STATES: Final[Mapping[ImprovementState, str]] = {
    ImprovementState.PLANNED: N_("Planned"),
    ImprovementState.RUNNING: N_("Under way"),
    ImprovementState.PROVEN: N_("Proven"),
    ImprovementState.NOT_PROVEN: N_("Not proven"),
    ImprovementState.DROPPED: N_("Given up"),
}
MEASURES: Final[Mapping[Measure, str]] = {
    Measure.KEPT: N_("Kept promises"),
    Measure.TURNAROUND_P50: N_("Turnaround, half are done within"),
    Measure.TURNAROUND_P90: N_("Turnaround, 9 in 10 are done within"),
    Measure.RETURNS: N_("Handed back at least once"),
    Measure.REOPENED: N_("Reopened"),
    Measure.FIRST_TIME_RIGHT: N_("First time right"),
    Measure.SENT: N_("Requests sent"),
}
MEASURED_OF: Final[Mapping[Measure, str]] = {
    Measure.KEPT: N_("Of the promises judged in the period."),
    Measure.TURNAROUND_P50: N_(
        "Working time of requests sent in the period; open ones count as at least so "
        "long."
    ),
    Measure.TURNAROUND_P90: N_(
        "Working time of requests sent in the period; open ones count as at least so "
        "long."
    ),
    Measure.RETURNS: N_("Of the requests sent in the period."),
    Measure.REOPENED: N_("Of the requests that ended in the period."),
    Measure.FIRST_TIME_RIGHT: N_(
        "Neither handed back nor asked about, of the requests sent in the period."
    ),
    Measure.SENT: N_("Requests sent for the first time in the period."),
}
_PROOFS: Final[Mapping[ProofCode, str]] = {
    ProofCode.BETTER: N_("Better, and more than chance explains."),
    ProofCode.BETTER_NOT_ENOUGH: N_("Better, but the target is not reached."),
    ProofCode.NO_CLEAR_CHANGE: N_("No clear change: chance may explain it."),
    ProofCode.WORSE: N_("Worse, and more than chance explains."),
    ProofCode.TOO_FEW: N_("Too few to say."),
}
_OF_DURATIONS: Final[Mapping[ProofCode, str]] = {
    ProofCode.BETTER: N_("Better: shorter by more than a quarter."),
    ProofCode.NO_CLEAR_CHANGE: N_("No clear change: less than a quarter either way."),
    ProofCode.WORSE: N_("Worse: longer by more than a quarter."),
}


def proof_words(measure: Measure, code: ProofCode) -> str:
    """Say what two figures prove; durations are no shares, and tested otherwise."""
    if READINGS[measure].form == "seconds" and code in _OF_DURATIONS:
        return _(_OF_DURATIONS[code])
    return _(_PROOFS[code])


def figure_words(measure: Measure, figure: Figure) -> str:
    """Return a figure in the form of its measure: "79 %", "4 h 30", "12"."""
    if figure.value is None:
        return _("not reached") if figure.n else _("nothing to count")
    return value_words(measure, figure.value)


def value_words(measure: Measure, value: float) -> str:
    """Return a value in the form of its measure."""
    form = READINGS[measure].form
    if form == "share":
        return formats.share(value)
    return formats.working_time(value) if form == "seconds" else _whole(value)


def _whole(value: float) -> str:
    return formats.count(round(value))


def of_words(figure: Figure) -> str:
    """Return of how many a figure was taken: "n = 12"."""
    return _("n = {n}").format(n=formats.count(figure.n))


def voices_words(voices: int) -> str:
    """Return how many people it stops."""
    return ngettext("stops {count} person", "stops {count} people", voices).format(
        count=formats.count(voices)
    )


def story_words(entry: StoryEntry, when: Callable[[datetime], str]) -> str:
    """Say in one line what an entry of an obstacle's story tells.

    ``when`` writes instants as the place it stands in writes them.
    """
    who = entry.actor or _("Somebody")
    if entry.kind == ObstacleStep.ASSIGNED:
        told = _("{who} gave it to {name}")
        return told.format(who=who, name=entry.person or entry.unit)
    if entry.kind == ObstacleStep.MERGED and entry.other is not None:
        is_from = "from" in entry.details
        told = (
            _("{who} merged #{number} into it")
            if is_from
            else _("{who} merged it into #{number}")
        )
        return told.format(who=who, number=entry.other.number)
    if entry.kind == ObstacleStep.POSTPONED:
        due = when(datetime.fromisoformat(entry.details["due_at"]))
        return _("{who} wants the answer by {when}").format(who=who, when=due)
    if entry.kind == ObstacleStep.PLACED:
        told = _("{who} wants it on the agenda of {series}")
        return told.format(who=who, series=entry.series)
    if entry.kind == ObstacleStep.REOPENED and "undone" in entry.details:
        return _("{who} took that back").format(who=who)
    if entry.kind in (ObstacleStep.RAISED, ObstacleStep.VOICED) and entry.reference:
        told = _(_ON_REQUEST[entry.kind])
        return told.format(who=who, reference=entry.reference)
    if entry.kind in _FIGURES:
        return f"{_plain(entry.kind, who)}: {_figures(entry)}"
    return _plain(entry.kind, who)


def _plain(kind: str, who: str) -> str:
    return _(_STORY.get(kind, N_("{who} changed it"))).format(who=who)


def _figures(entry: StoryEntry) -> str:
    """Return before, and after where it is known, with their n."""
    measure = Measure(entry.details["measure"])
    before = Figure(entry.details["baseline_value"], entry.details["baseline_n"])
    told = f"{figure_words(measure, before)} ({of_words(before)})"
    if "proof_n" not in entry.details:
        return f"{_(MEASURES[measure])}, {told}"
    after = Figure(entry.details["proof_value"], entry.details["proof_n"])
    then = f"{figure_words(measure, after)} ({of_words(after)})"
    return f"{_(MEASURES[measure])}, {told} → {then}"


_ON_REQUEST: Final[Mapping[str, str]] = {
    ObstacleStep.RAISED: N_("{who} raised it on {reference}"),
    ObstacleStep.VOICED: N_("It stops {who}, too, on {reference}"),
}
_FIGURES: Final = frozenset(
    {
        ImprovementStep.PLANNED,
        ImprovementStep.CHANGED,
        ImprovementStep.PROVEN,
        ImprovementStep.NOT_PROVEN,
    }
)
_STORY: Final[Mapping[str, str]] = {
    ObstacleStep.RAISED: N_("{who} raised it"),
    ObstacleStep.CHANGED: N_("{who} changed its words"),
    ObstacleStep.VOICED: N_("It stops {who}, too"),
    ObstacleStep.UNVOICED: N_("It does not stop {who} any more"),
    ObstacleStep.ANSWERED: N_("{who} answered it"),
    ObstacleStep.REFUSED: N_("{who} refused it"),
    ObstacleStep.MERGED: N_("{who} merged it"),
    ObstacleStep.CLOSED: N_("{who} closed it"),
    ObstacleStep.REOPENED: N_("{who} opened it again"),
    ImprovementStep.PLANNED: N_("{who} planned an improvement"),
    ImprovementStep.CHANGED: N_("{who} changed the improvement"),
    ImprovementStep.PROVEN: N_("{who} confirmed that it is proven"),
    ImprovementStep.NOT_PROVEN: N_("{who} confirmed that it is not proven"),
    ImprovementStep.DROPPED: N_("{who} gave the improvement up"),
}

NOTICES: Final[Mapping[str, tuple[str, str, str]]] = {
    ObstacleStep.RAISED: (
        "barrier-block",
        "text2",
        N_("{name} raised an obstacle your unit answers"),
    ),
    ObstacleStep.ASSIGNED: (
        "user",
        "text2",
        N_("{name} gave you an obstacle to answer"),
    ),
    ObstacleStep.POSTPONED: (
        "calendar-event",
        "text2",
        N_("{name} changed when your obstacle is answered"),
    ),
    ObstacleStep.ANSWERED: ("circle-check", "ok", N_("{name} answered your obstacle")),
    ObstacleStep.REFUSED: ("ban", "text2", N_("{name} refused your obstacle")),
    ObstacleStep.MERGED: (
        "corner-up-right",
        "text2",
        N_("{name} merged your obstacle into another"),
    ),
    ObstacleStep.PLACED: (
        "users",
        "text2",
        N_("{name} wants your obstacle on an agenda"),
    ),
    ObstacleStep.CLOSED: ("circle-minus", "text2", N_("{name} closed your obstacle")),
    ObstacleStep.REOPENED: (
        "arrow-back-up",
        "text2",
        N_("{name} opened an obstacle again"),
    ),
    ImprovementStep.PLANNED: ("bulb", "text2", N_("{name} planned an improvement")),
    ImprovementStep.PROVEN: ("bulb", "ok", N_("An improvement is proven")),
    ImprovementStep.NOT_PROVEN: ("bulb", "text2", N_("An improvement is not proven")),
    ImprovementStep.DROPPED: ("bulb", "text2", N_("{name} gave an improvement up")),
    "obstacle_due": ("clock", "risk", N_("An obstacle waits for its answer today")),
    PROOF_DUE: ("bulb", "risk", N_("Today an improvement is to be proven")),
}
"""Icon, ink and sentence of what people are told, by the kind of the notice."""
