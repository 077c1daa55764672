"""What becomes of planned sessions when their series changes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.series_changes import PlannedSession, changes_to
from desktop.domain.session_days import Occurrence

MONDAY = datetime(2026, 11, 16, 9, tzinfo=UTC)


def day(count: float) -> datetime:
    return MONDAY + timedelta(days=count)


def planned(number: int, at: datetime, rule_at: datetime | None = None, **more):
    values = {"is_fixed": False, **more}
    return PlannedSession(number, number, at, rule_at or at, **values)


def held(*days: float) -> list[Occurrence]:
    return [Occurrence(day(one), day(one), "rule") for one in days]


def told(sessions, occurrences):
    return [
        (one.fate, (one.starts_at - MONDAY).days)
        for one in changes_to(sessions, occurrences)
    ]


def test_another_weekday_moves_each_session_to_the_nearest_one():
    sessions = [planned(1, day(0)), planned(2, day(7))]
    assert told(sessions, held(1, 8, 15)) == [("moves", 1), ("moves", 8)]


def test_what_the_new_rule_gives_too_stays():
    sessions = [planned(1, day(0)), planned(2, day(14))]
    assert told(sessions, held(0, 7, 14)) == [("stays", 0), ("stays", 14)]


def test_a_session_between_two_that_stay_falls():
    sessions = [planned(count, day(7 * count)) for count in range(3)]
    assert told(sessions, held(0, 14)) == [
        ("stays", 0),
        ("cancelled", 7),
        ("stays", 14),
    ]


def test_a_day_left_out_cancels_only_its_session():
    occurrences = held(0, 7, 14)
    occurrences[1] = Occurrence(day(7), None, "skipped")
    sessions = [planned(count, day(7 * count)) for count in range(3)]
    assert [fate for fate, _at in told(sessions, occurrences)] == [
        "stays",
        "cancelled",
        "stays",
    ]


def test_a_published_session_stays_and_stands_for_the_new_occurrence():
    published = planned(1, day(0), is_fixed=True, is_published=True)
    (one,) = changes_to([published], held(1, 8))
    assert (one.fate, one.starts_at, one.rule_at) == ("kept", day(0), day(1))


def test_a_session_moved_by_hand_stays_where_it_was_put():
    moved = planned(1, day(3), rule_at=day(0), is_fixed=True)
    assert told([moved], held(0, 7)) == [("stays", 3)]
    (one,) = changes_to([moved], held(1, 8))
    assert (one.fate, one.rule_at) == ("kept", day(1))


def test_a_session_beside_the_rule_stays_beside_it():
    extra = PlannedSession(1, 1, day(2), None, is_fixed=False)
    (one,) = changes_to([extra], held(0, 7))
    assert (one.fate, one.rule_at) == ("stays", None)


@given(
    before=st.sets(st.integers(0, 60), max_size=12),
    after=st.sets(st.integers(0, 60), max_size=12),
    fixed=st.sets(st.integers(0, 60)),
)
def test_no_two_sessions_stand_for_one_occurrence_and_none_overtakes(
    before, after, fixed
):
    sessions = [planned(one, day(one), is_fixed=one in fixed) for one in sorted(before)]
    changes = changes_to(sessions, held(*sorted(after)))
    assert [one.session for one in changes] == sessions
    stands = [one.rule_at for one in changes if one.rule_at is not None]
    assert stands == sorted(set(stands))
    for one in changes:
        assert one.rule_at is None or (one.rule_at - MONDAY).days in after
        assert one.fate != "cancelled" or not one.session.is_fixed
        if one.fate == "moves":
            assert one.starts_at == one.rule_at
