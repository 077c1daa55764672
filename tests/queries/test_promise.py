"""What is promised for a request about to be sent, and what history makes likely."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from desktop.domain.agreements import TargetKind
from desktop.domain.requests import PendingReason
from desktop.entities.agreements import AgreementTarget, AgreementVersion
from desktop.queries.promise import (
    FEWEST_COMPARED,
    PromiseView,
    most_used,
    promise_for,
)
from desktop.use_cases.requests import cancel, hold, resolve
from tests.queries.test_counter import statements
from tests.small_house import ZONE, SmallHouse

FRONT, BACK = "Jelena Marić", "Dušan Kovač"


def promise(
    house: SmallHouse, service: str = "Title extract", priority: int = 3
) -> PromiseView:
    found = house.read(
        promise_for,
        house.services[service],
        front_unit_id=house.units["Central counter"],
        priority=priority,
        now=house.now,
    )
    assert found is not None
    return found


def local(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


def worked(house: SmallHouse, minutes: list[int | None]) -> SmallHouse:
    """Raise requests on Monday at eight; each is done after so many minutes, or not.

    Afterwards it is Monday at half past eleven: nobody has had lunch yet.
    """
    for spent in minutes:
        house.at(9, 8)
        made = house.raised()
        if spent is not None:
            house.me(BACK).later(minutes=spent)
            house.run(resolve, made)
    return house.me(FRONT).at(9, 11, 30)


def test_the_agreement_promises_an_instant_by_its_calendar(any_small_house):
    shown = promise(any_small_house.at(9, 9))
    assert (shown.agreement, shown.version) == ("Counters with Land registry", 3)
    assert (shown.target_s, shown.response_s) == (16 * 3600, 2 * 3600)
    assert shown.due_at == local(12, 10)
    assert shown.response_due == local(9, 11)
    assert (shown.unit, shown.zone) == ("Land registry", "Europe/Belgrade")


def test_closures_before_then_are_named_and_later_ones_are_not(any_small_house):
    before = promise(any_small_house.at(9, 9))
    assert [(one.name, one.start, one.end) for one in before.closures] == [
        ("Armistice Day", date(2026, 11, 11), date(2026, 11, 11))
    ]
    assert promise(any_small_house.at(12, 9)).closures == ()


def test_urgent_has_its_own_target_where_one_is_agreed(any_small_house):
    house = any_small_house.at(9, 9)

    def agree(work) -> None:
        version = work.session.query(AgreementVersion).order_by("id").first()
        work.session.add(
            AgreementTarget(
                version_id=version.id,
                kind=TargetKind.RESOLUTION,
                priority=2,
                target_s=4 * 3600,
            )
        )
        work.rules_changed()

    house.run(agree)
    assert promise(house, priority=2).due_at == local(9, 13, 30)
    assert promise(house, priority=3).target_s == 16 * 3600


def test_without_an_agreement_nothing_is_promised(any_small_house):
    house = any_small_house.at(9, 9)
    house.instant -= timedelta(days=365)
    shown = promise(house)
    assert (shown.agreement, shown.target_s, shown.due_at) == (None, None, None)
    assert (shown.closures, shown.likely) == ((), None)


def test_a_service_that_is_not_there_has_no_promise(any_small_house):
    assert (
        any_small_house.read(
            promise_for, 4242, front_unit_id=1, priority=3, now=any_small_house.now
        )
        is None
    )


def test_nothing_is_called_likely_from_fewer_than_twenty(any_small_house):
    house = worked(any_small_house, [10] * (FEWEST_COMPARED - 1))
    assert promise(house).likely is None
    house.at(9, 8).raised()
    house.at(9, 11, 30)
    likely = promise(house).likely
    assert likely is not None
    assert (likely.n, likely.unfinished) == (20, 1)


def test_half_and_eight_of_ten_are_what_was_worked(any_small_house):
    likely = promise(worked(any_small_house, list(range(5, 105, 5)))).likely
    assert likely is not None
    assert likely.half_s == 50 * 60
    assert likely.eight_s == 80 * 60
    assert likely.eight_at == local(9, 13, 20)
    assert likely.since == local(9, 8)
    assert (likely.kept, likely.judged, likely.unfinished) == (20, 20, 0)


def test_what_is_still_open_counts_as_at_least_this_long(any_small_house):
    done = [10] * 8 + [20] * 8
    likely = promise(worked(any_small_house, [*done, None, None, None, None])).likely
    assert likely is not None
    assert (likely.n, likely.unfinished, likely.judged) == (20, 4, 16)
    assert likely.eight_s == 20 * 60
    slower = promise(worked(any_small_house, [None])).likely
    assert slower is not None
    # One more that is not done: eight of ten never were, so that is reckoned.
    assert (slower.n, slower.is_reckoned, slower.usual_at) == (21, True, None)
    assert slower.eight_s > 20 * 60
    assert slower.bins == ()


def test_an_open_one_already_over_its_target_counts_as_broken(any_small_house):
    house = worked(any_small_house, [*[10] * 20, None])
    likely = promise(house.at(13, 15)).likely
    assert likely is not None
    assert (likely.kept, likely.judged) == (20, 21)


def test_time_waiting_for_the_customer_is_not_the_unit_s(any_small_house):
    house = worked(any_small_house, [60] * 19)
    house.at(9, 8)
    made = house.raised()
    house.me(BACK).later(minutes=30)
    house.run(hold, made, PendingReason.CUSTOMER)
    house.at(9, 11)
    house.run(resolve, made)
    likely = promise(house.at(9, 11, 30)).likely
    assert likely is not None
    assert likely.eight_s == 60 * 60


def test_withdrawn_other_services_other_priorities_and_old_ones_are_not_compared(
    any_small_house,
):
    house = worked(any_small_house, [10] * 20)
    gone = house.raised()
    house.run(cancel, gone, "No longer needed.")
    house.raised(service="Boundary correction")
    house.raised(priority=2, urgency_reason="Court")
    likely = promise(house).likely
    assert likely is not None
    assert likely.n == 20
    house.later(days=190)
    assert promise(house).likely is None


@pytest.mark.parametrize(
    "minutes",
    [
        [*range(5, 105, 5)],
        [7] * 20,
        [1, *[90] * 19],
        [*[3] * 17, 100, 150, 180],
        [
            11,
            13,
            17,
            19,
            23,
            29,
            31,
            37,
            41,
            43,
            47,
            53,
            59,
            61,
            67,
            71,
            73,
            79,
            83,
            89,
        ],
    ],
    ids=["even", "equal", "late", "tail", "primes"],
)
def test_the_bars_end_exactly_at_eight_of_ten_and_count_everything_before(
    small_house, minutes
):
    likely = promise(worked(small_house, minutes)).likely
    assert likely is not None
    assert likely.eight_s is not None
    edges = [one.end_s for one in likely.bins]
    width = edges[0]
    place = likely.eight_s / width
    assert place == pytest.approx(round(place))
    filled = sum(one.count for one in likely.bins[: round(place)])
    assert filled == sum(60 * one <= likely.eight_s for one in minutes)
    assert filled >= 16
    assert edges == pytest.approx([width * (at + 1) for at in range(len(edges))])
    assert likely.bins[-1].count > 0


def test_more_history_takes_no_more_statements(any_small_house):
    sent = []
    for number in (20, 40):
        house = worked(any_small_house, [10] * number)
        with statements(house) as seen:
            promise(house)
        sent.append(len(seen))
    assert sent[0] == sent[1]


def test_the_most_used_services_come_with_what_is_promised(any_small_house):
    house = any_small_house
    house.raised(service="Building permit")
    tiles = house.read(
        most_used,
        person_id=house.people[FRONT],
        front_unit_id=house.units["Central counter"],
        now=house.now,
    )
    assert [one.name for one in tiles] == [
        "Building permit",
        "Boundary correction",
        "Title extract",
    ]
    assert [one.target_s for one in tiles] == [40 * 3600, 16 * 3600, 16 * 3600]
    assert {one.calendar_id for one in tiles} == {house.calendar_id}
