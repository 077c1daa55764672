"""What history makes likely, in words: which requests were compared, and how sure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from desktop.domain.calendars import CalendarSpec, ServiceCalendar
from desktop.queries.promise import Alike, Likely
from ui.new_request.likely_words import comparison_words, likely_words

ZONE = ZoneInfo("Europe/Belgrade")
HOUR = 3600
CALENDAR = ServiceCalendar(
    CalendarSpec(
        name="desk",
        zone=ZONE.key,
        weekly=dict.fromkeys(range(5), ((8 * HOUR, 16 * HOUR),)),
    )
)
NOW = datetime(2026, 11, 9, 9, tzinfo=ZONE)
SEEN = Likely(64, 3, NOW, HOUR, 4 * HOUR, None, 0, 0, ())


@pytest.mark.parametrize(
    ("alike", "words"),
    [
        (Alike.PRIORITY, "Same service and priority"),
        (Alike.SERVICE, "Same service, any priority"),
        (Alike.OFFICE, "Any service of Land registry"),
        (Alike.HOUSE, "Any service of any unit"),
    ],
)
def test_what_was_compared_is_said_with_how_many(alike, words):
    told = comparison_words(replace(SEEN, alike=alike), "Land registry", ZONE)
    assert told == f"{words}: n = 64, raised since 9 Nov 2026, 3 still open"


def test_every_way_of_being_alike_has_words():
    told = {
        comparison_words(replace(SEEN, alike=one), "Land registry", ZONE)
        for one in Alike
    }
    assert len(told) == len(Alike)


def test_both_instants_are_said():
    assert likely_words(SEEN, CALENDAR, NOW) == (
        "8 of 10 like this would be done by 13:00, 5 of 10 already by 10:00"
    )


def test_other_units_requests_are_not_called_like_this():
    told = likely_words(replace(SEEN, alike=Alike.HOUSE), CALENDAR, NOW)
    assert told.startswith("Too few like this are known. Of all requests here, 8 of 10")


def test_what_was_never_seen_is_said_to_be_reckoned():
    told = likely_words(replace(SEEN, is_reckoned=True), CALENDAR, NOW)
    assert told.endswith("None was followed for that long yet.")


def test_what_cannot_be_said_is_not_said():
    half = likely_words(replace(SEEN, eight_s=None), CALENDAR, NOW)
    assert half.endswith("Fewer than 8 of 10 are done yet.")
    neither = replace(SEEN, half_s=None, eight_s=None)
    assert likely_words(neither, CALENDAR, NOW).startswith("Fewer than 5 of 10")
