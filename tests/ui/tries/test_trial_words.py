"""The terms of a trial in words, all of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from desktop.domain.agreements import Target, TargetKind
from desktop.domain.calendars import CalendarSpec, Closure
from desktop.domain.requests import PendingReason
from desktop.queries.replays import Trial
from desktop.queries.try_choices import TryChoice
from ui.tries.trial_words import trial_lines

RESOLUTION = TargetKind.RESOLUTION
HOLIDAY = Closure(date(2026, 11, 11), date(2026, 11, 11), "Armistice Day")
OFFICE = CalendarSpec("UTC", {0: [(28_800, 57_600)]}, closures=[HOLIDAY], name="Office")
CHOICE = TryChoice(
    1, "Land", None, None, 1, "Land registry", None, None, None, 1, OFFICE, 1
)


def test_what_is_as_agreed_says_so() -> None:
    assert trial_lines(CHOICE, Trial()) == ("as agreed",)


def test_targets_hours_closures_and_holds_are_told() -> None:
    fresh = Closure(date(2026, 11, 2), date(2026, 11, 3), "Moving")
    nights = replace(OFFICE, weekly={4: [(79_200, 108_000)]}, closures=[fresh])
    trial = Trial(
        {
            (RESOLUTION, None): Target(8 * 3600),
            (RESOLUTION, 1): Target(3600),
            (TargetKind.RESPONSE, None): None,
        },
        nights,
        {
            RESOLUTION: frozenset({PendingReason.CUSTOMER}),
            TargetKind.UPDATE: frozenset(),
        },
    )
    assert trial_lines(CHOICE, trial) == (
        "Resolution: 8 h, urgent 1 h",
        "Response: none",
        "Hours: Fri 22:00 to 06:00 next day",
        "Closed too: Moving (2–3 Nov 2026)",
        "Not closed: Armistice Day (11 Nov 2026)",
        "Resolution is held while waiting for: the customer",
        "Update is held while waiting for: nothing",
    )


def test_another_calendar_is_named() -> None:
    lines = trial_lines(CHOICE, Trial(calendar=OFFICE, calendar_id=2))
    assert lines == ("Counted by Office: Mon 08:00 to 16:00",)
