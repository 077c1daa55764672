"""Calendars are changed in versions; what was judged stays, what runs may follow."""

import uuid
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.calendar_changes import HolidayChanges, holiday_changes
from desktop.domain.calendars import CalendarSpec, Closure, Week
from desktop.domain.errors import Conflict, Forbidden, Invalid
from desktop.entities.journal import JournalEntry
from desktop.entities.requests import RequestClock
from desktop.exchange.holiday_refresh import HolidaySource, with_fresh_holidays
from desktop.messages import refusal_words
from desktop.queries.calendars import (
    calendar_details,
    calendar_rows,
    preview_calendar,
)
from desktop.store.verification import verify
from desktop.use_cases.calendars import (
    CalendarSaved,
    apply_refund,
    around_the_clock,
    create_calendar,
    save_calendar,
)
from tests.small_house import ZONE, SmallHouse
from tests.use_cases.agreeing import drafted

HOUR = 3600
SERBIA = HolidaySource("RS")
TUESDAY = Closure(date(2026, 11, 10), date(2026, 11, 10), "Flood")


def spec_of(house: SmallHouse) -> CalendarSpec:
    return house.read(calendar_details, house.calendar_id).spec


def lock_of(house: SmallHouse) -> int:
    return house.read(calendar_details, house.calendar_id).lock


def changed(
    house: SmallHouse,
    *,
    expected: int | None = None,
    refund: bool = False,
    **parts: Any,
) -> CalendarSaved:
    """Save the calendar with some of its parts changed."""
    return house.run(
        save_calendar,
        house.calendar_id,
        replace(spec_of(house), **parts),
        expected_version=lock_of(house) if expected is None else expected,
        refund=refund,
    )


def refreshed(
    house: SmallHouse, source: HolidaySource, year: int
) -> tuple[CalendarSaved, HolidayChanges]:
    """Bring a year's holidays in; return what that changed too."""
    before = spec_of(house)
    after = with_fresh_holidays(before, source, [year])
    saved = changed(
        house, closures=after.closures, overrides=after.overrides, moved=after.moved
    )
    return saved, holiday_changes(before, after)


def due(house: SmallHouse, request_id: int, position: int = 2) -> str:
    def read(session: Session) -> datetime | None:
        return session.scalar(
            select(RequestClock.due_at).where(
                RequestClock.request_id == request_id,
                RequestClock.position == position,
            )
        )

    found = house.read(read)
    assert found is not None
    return found.astimezone(ZONE).strftime("%d %H:%M")


def last_clock(session: Session, request_id: int) -> RequestClock:
    found = session.scalars(
        select(RequestClock)
        .where(RequestClock.request_id == request_id)
        .order_by(RequestClock.position)
    )
    return found.all()[-1]


def flooded(house: SmallHouse, *, refund: bool = False) -> CalendarSaved:
    return changed(house, closures=[*spec_of(house).closures, TUESDAY], refund=refund)


def test_what_begins_after_a_change_is_counted_by_it(small_house: SmallHouse) -> None:
    house = small_house.at(9, 9)
    flooded(house)
    later = house.at(9, 10).raised()
    assert due(house, later) == "13 11:00"
    assert house.read(verify).is_sound


def test_what_began_at_the_same_instant_is_counted_by_it(
    small_house: SmallHouse,
) -> None:
    request = small_house.at(9, 9).raised()
    flooded(small_house)
    assert due(small_house, request) == "13 10:00"
    assert small_house.read(verify).is_sound


def test_each_change_is_one_entry_that_says_what_changed(
    any_small_house: SmallHouse,
) -> None:
    house = any_small_house.me("Marko Ivić")
    flooded(house)

    def entries(session: Session) -> list[JournalEntry]:
        wanted = select(JournalEntry).where(JournalEntry.calendar_id.is_not(None))
        return list(session.scalars(wanted))

    (entry,) = house.read(entries)
    assert entry.kind == "calendar_changed"
    assert entry.actor_id == house.people["Marko Ivić"]
    assert entry.details["closed"] == [TUESDAY.to_data()]
    (now, first) = house.read(calendar_details, house.calendar_id).versions
    assert (now.number, now.by, first.number) == (2, "Marko Ivić", 1)


def test_saving_the_same_again_changes_nothing(small_house: SmallHouse) -> None:
    spec = spec_of(small_house)
    saved = small_house.run(
        save_calendar, small_house.calendar_id, spec, expected_version=1
    )
    assert (saved.before, saved.version) == (1, 1)
    assert spec_of(small_house) == spec


def test_hours_change_from_a_date_on(any_small_house: SmallHouse) -> None:
    house = any_small_house.at(9, 9)
    request = house.raised()
    short = dict.fromkeys(range(5), ((8 * HOUR, 10 * HOUR),))
    changed(house.at(9, 10), later=[Week(date(2026, 11, 12), short)], refund=True)
    # 6.5 hours on Monday, 7.5 on Tuesday, closed on Wednesday, 2 on Thursday.
    assert due(house, request) == "12 10:00"
    assert house.read(verify).is_sound


def test_a_day_gets_hours_of_its_own_and_its_usual_again(
    small_house: SmallHouse,
) -> None:
    house = small_house
    day = date(2026, 11, 14)
    changed(house, overrides={day: [(9 * HOUR, 12 * HOUR)]})
    assert spec_of(house).overrides == {day: ((9 * HOUR, 12 * HOUR),)}
    changed(house, overrides={})
    assert spec_of(house).overrides == {}


def test_a_unit_that_closes_for_good_keeps_its_requests_countable(
    any_small_house: SmallHouse,
) -> None:
    house = any_small_house.at(9, 9)
    request = house.raised()
    house.at(9, 10)
    changed(house, closed_from=date(2026, 11, 10))
    house.run(apply_refund, house.calendar_id, expected_version=2)

    assert house.read(last_clock, request).due_at is None
    assert house.read(verify).is_sound
    late = house.at(12, 9).raised(subject="After the end")
    assert late
    assert house.read(verify).is_sound


def test_public_holidays_of_a_year_are_brought_in(small_house: SmallHouse) -> None:
    house = small_house
    _saved, found = refreshed(house, SERBIA, 2027)
    assert date(2027, 1, 1) in [one.start for one in found.added]
    assert found.removed == ()
    # The year nobody asked for keeps what it had.
    assert date(2026, 11, 11) in [one.start for one in spec_of(house).closures]
    again, found = refreshed(house, SERBIA, 2027)
    assert found.is_nothing
    assert again.version == 2


def test_a_renamed_and_a_removed_holiday_are_told(small_house: SmallHouse) -> None:
    (own,) = spec_of(small_house).closures
    gone = Closure(
        date(2026, 11, 12), date(2026, 11, 12), "Once", is_public_holiday=True
    )
    odd = replace(own, name="Another name")
    changed(small_house, closures=[gone, odd])
    _saved, found = refreshed(small_house, SERBIA, 2026)
    assert [before.name for before, _ in found.renamed] == ["Another name"]
    assert found.removed == (gone,)


def test_moved_working_days_come_with_the_holidays(small_house: SmallHouse) -> None:
    refreshed(small_house, HolidaySource("RU"), 2024)
    spec = spec_of(small_house)
    saturday = date(2024, 4, 27)
    assert saturday in spec.moved
    assert spec.overrides[saturday] == spec.weekly[4]


def test_two_at_once_are_told_apart(small_house: SmallHouse) -> None:
    flooded(small_house)
    with pytest.raises(Conflict):
        changed(small_house, closures=[], expected=1)
    assert TUESDAY in spec_of(small_house).closures


MANY = [TUESDAY] * 10_001
FOREVER = Closure(date(2026, 1, 1), date(2099, 12, 31), "Closed")


@pytest.mark.parametrize(
    ("changed", "field", "code"),
    [
        ({"zone": "Europe/Atlantis"}, "zone", "unknown_zone"),
        ({"weekly": {}}, "weekly", "never_open"),
        ({"closures": [FOREVER]}, "closures", "closed_all_along"),
        ({"closures": MANY}, "closures", "too_many"),
        ({"name": " "}, "name", "empty"),
        ({"name": "x" * 201}, "name", "too_long"),
        (
            {"closures": [Closure(date(1901, 1, 1), date(1901, 1, 1))]},
            "closures",
            "out_of_years",
        ),
    ],
)
def test_what_cannot_be_counted_with_is_refused_at_its_field(
    small_house: SmallHouse, changed: dict[str, Any], field: str, code: str
) -> None:
    spec = spec_of(small_house)
    with pytest.raises(Invalid) as refused:
        small_house.run(
            save_calendar,
            small_house.calendar_id,
            replace(spec, **changed),
            expected_version=1,
        )
    assert (refused.value.field, refused.value.code) == (field, code)
    assert not refusal_words(refused.value).startswith("This cannot be accepted")
    assert spec_of(small_house) == spec


def test_a_name_is_given_once(small_house: SmallHouse) -> None:
    with pytest.raises(Invalid) as refused:
        small_house.run(create_calendar, spec_of(small_house))
    assert refused.value.code == "taken"


def test_around_the_clock_is_made_once_and_never_edited(
    small_house: SmallHouse,
) -> None:
    made = small_house.run(around_the_clock, ZONE.key)
    assert small_house.run(around_the_clock, ZONE.key) == made
    with pytest.raises(Forbidden):
        small_house.run(save_calendar, made, spec_of(small_house), expected_version=1)
    rows = small_house.read(calendar_rows)
    assert [row.is_around_the_clock for row in rows] == [True, False]


def test_a_calendar_is_made_once_by_its_key(small_house: SmallHouse) -> None:
    key = uuid.uuid4()
    spec = replace(spec_of(small_house), name="Summer")
    first = small_house.run(create_calendar, spec, key=key)
    assert small_house.run(create_calendar, spec, key=key) == first


def test_a_change_is_looked_at_before_it_is_saved(small_house: SmallHouse) -> None:
    house = small_house.at(9, 9)
    house.raised()
    spec = spec_of(house)
    changed = replace(spec, closures=[*spec.closures, TUESDAY])
    found = house.read(preview_calendar, house.calendar_id, changed, house.now)
    assert (len(found.rows), found.mended, found.broken) == (1, 0, 0)
    assert house.read(calendar_details, house.calendar_id).lock == 1


def test_a_closure_that_swallows_an_agreements_whole_validity_is_refused(
    small_house: SmallHouse,
) -> None:
    house = small_house.at(9, 9)
    spec = spec_of(house)
    house.me("Marko Ivić")
    drafted(
        house,
        valid_from=datetime(2026, 11, 16, tzinfo=ZONE),
        valid_until=datetime(2026, 11, 21, tzinfo=ZONE),
    )

    def closed_until(last: date) -> None:
        closed = Closure(date(2026, 11, 13), last, "Move")
        changed = replace(spec, closures=[*spec.closures, closed])
        house.run(
            save_calendar, house.calendar_id, changed, expected_version=lock_of(house)
        )

    with pytest.raises(Invalid) as refused:
        closed_until(date(2026, 11, 20))
    assert (refused.value.field, refused.value.code) == (
        "closures",
        "closes_an_agreement",
    )
    words = refusal_words(refused.value)
    assert words.startswith("With these closures nothing would be open")
    closed_until(date(2026, 11, 19))
    assert lock_of(house) == 2
