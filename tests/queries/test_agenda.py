"""A session's agenda and its evidence, read from a workspace."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from desktop.domain.agenda_sections import ScoreRow
from desktop.domain.agreements import ClockStart
from desktop.domain.errors import NotFound
from desktop.domain.pairs import Period
from desktop.domain.requests import Side
from desktop.entities.agreements import AgreementVersion
from desktop.entities.meetings import AgendaItem, MeetingSeries, SeriesMember
from desktop.queries.agenda import (
    find_meeting,
    meeting_agenda,
    pair_agenda,
    session_start,
)
from desktop.queries.evidence import agenda_evidence, earlier, period_before
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.meetings import (
    add_action,
    add_topic,
    change_item,
    draft_agenda,
    plan_session,
    publish_agenda,
    remove_item,
)
from desktop.use_cases.other_side import rate
from desktop.use_cases.requests import answer, ask, hand_over, resolve, take
from tests.queries.test_queue import statements
from tests.small_house import ZONE, SmallHouse


def lived_in(house: SmallHouse) -> dict[str, int]:
    """Give the registry a week: one kept, one broken, one asked back, one passed on."""
    made = {}
    house.at(9, 8)
    for name in ("kept", "broken", "asked", "passed"):
        made[name] = house.raised(name)
    made["phone"] = house.raised("phone", by="Petar Ilić")
    house.me("Dušan Kovač").at(9, 9)
    house.run(take, made["kept"])
    house.run(ask, made["asked"], "Which parcel?")
    house.me("Jelena Marić").at(9, 10)
    house.run(answer, made["asked"], "1184/2")
    house.me("Dušan Kovač").at(9, 12)
    house.run(resolve, made["kept"], "Sent.")
    house.run(hand_over, made["passed"], house.units["Central counter"], "Not ours")
    house.at(16, 8)
    return made


def a_series(house: SmallHouse) -> int:
    """Let the counter and the registry meet every other Monday at 10.

    Where nobody sits at the desk their coordinator does from now on.
    """
    if house.desk.actor is None:
        house.me("Marko Ivić")

    def make(work: UnitOfWork) -> int:
        series = MeetingSeries(
            name="Counter and registry",
            front_unit_id=house.units["Central counter"],
            back_unit_id=house.units["Land registry"],
            recurrence="FREQ=WEEKLY;INTERVAL=2;BYDAY=MO",
            first_at=datetime(2026, 11, 2, 10, tzinfo=ZONE),
            zone=ZONE.key,
            place="Room 2.14",
            chair_id=house.people["Marko Ivić"],
        )
        work.session.add(series)
        work.session.flush()
        work.session.add(
            SeriesMember(
                series_id=series.id,
                person_id=house.people["Jelena Marić"],
                side=Side.FRONT,
                part="clerk",
            )
        )
        return series.id

    return house.run(make)


def of_pair(house: SmallHouse, front: str = "Central counter"):
    return house.read(
        pair_agenda,
        front_unit_id=house.units[front],
        back_unit_id=house.units["Land registry"],
        starts_at=datetime(2026, 11, 16, 10, tzinfo=ZONE).astimezone(UTC),
        printed_at=house.now,
    )


def test_the_evidence_is_what_happened(any_small_house):
    made = lived_in(any_small_house)
    now = of_pair(any_small_house).evidence.now
    assert {one.case.request_id for one in now.kept} == {made["kept"]}
    assert {one.case.request_id for one in now.broken} == {
        made["broken"],
        made["asked"],
    }
    assert (len(now.sent), now.first_time_right, len(now.open)) == (4, 2, 3)
    assert (now.answers_kept, now.answers_broken, now.waiting) == (1, 1, 1)
    assert (now.to_back.count, now.to_front.count) == (4, 1)


def test_what_the_front_office_said_of_the_work_stands_on_the_scorecard(
    any_small_house,
):
    house = any_small_house
    made = lived_in(house)

    def rated(front: str = "Central counter") -> list[ScoreRow]:
        rows = of_pair(house, front).paper.scorecard.rows
        return [one for one in rows if one.measure == "rated_top"]

    assert rated() == []
    house.at(10, 9).me("Jelena Marić")
    house.run(rate, made["kept"], is_top=True)
    house.me("Dušan Kovač")
    house.run(take, made["broken"])
    house.run(resolve, made["broken"], "Sent.")
    house.me("Jelena Marić")
    house.run(rate, made["broken"], is_top=False, words="Late")
    house.at(16, 8)
    (row,) = rated()
    assert (row.value, row.n, row.before, row.n_before) == (0.5, 2, None, 0)
    assert row.reading == "too_few"
    assert rated("Phone line") == []


def test_the_rows_tell_service_reference_and_people(small_house):
    made = lived_in(small_house)
    small_house.at(13, 9).me("Ana Petrović")
    small_house.run(take, made["broken"])
    rows = of_pair(small_house).evidence.broken.rows
    row = next(one for one in rows if one.request_id == made["broken"])
    assert (row.kind, row.holder) == ("Title extract", "Ana Petrović")
    assert row.reference == "LR-0002"


def test_another_front_unit_has_its_own_evidence(small_house):
    made = lived_in(small_house)
    now = of_pair(small_house, "Phone line").evidence.now
    assert [one.case.request_id for one in now.scope] == [made["phone"]]


def test_the_number_of_statements_does_not_grow(small_house):
    lived_in(small_house)
    with statements(small_house) as few:
        of_pair(small_house)
    for number in range(15):
        small_house.raised(f"more {number}")
    with statements(small_house) as many:
        of_pair(small_house)
    assert len(many) == len(few)


def test_what_happens_after_data_as_at_is_not_read(small_house):
    lived_in(small_house)
    before = of_pair(small_house)
    small_house.at(16, 9)
    small_house.raised("after eight")
    assert of_pair(small_house).evidence.scorecard == before.evidence.scorecard


def test_a_request_done_long_ago_is_not_even_loaded(small_house):
    made = lived_in(small_house)
    late = Period(
        before_start=small_house.at(30, 0).now,
        start=small_house.now + timedelta(days=14),
        end=small_house.now + timedelta(days=28),
        as_at=small_house.now + timedelta(days=28),
    )
    found = small_house.read(
        agenda_evidence,
        front_unit_id=small_house.units["Central counter"],
        back_unit_id=small_house.units["Land registry"],
        period=late,
    )
    loaded = {one.case.request_id for one in found.now.scope}
    assert made["kept"] not in loaded
    assert made["broken"] in loaded


def test_a_promise_begun_at_receipt_is_found_too(any_small_house):
    house = any_small_house

    def at_receipt(work: UnitOfWork) -> None:
        work.session.execute(update(AgreementVersion).values(starts=ClockStart.RECEIPT))
        work.rules_changed()

    house.run(at_receipt)
    through = house.at(9, 8).raised("extension", service="Building permit")
    house.me("Vesna Stojanović").at(9, 9)
    house.run(hand_over, through, house.units["Land registry"], "Boundary first")
    house.at(16, 8)
    assert [one.case.request_id for one in of_pair(house).evidence.now.broken] == [
        through
    ]


def test_requests_are_found_by_index(small_house):
    with statements(small_house) as sent:
        of_pair(small_house)
    wanted = next(one for one in sent if "FROM journal_entry" in one)

    def plan(session: Session) -> list[str]:
        rows = session.connection().exec_driver_sql(
            f"EXPLAIN QUERY PLAN {wanted}", (2, 1, 1, 2) * 2 + (0, 0)
        )
        return [row[3] for row in rows]

    steps = small_house.read(plan)
    assert any("ix_request_open" in step for step in steps)
    assert any("ix_request_resolved_at" in step for step in steps)
    scans = [step for step in steps if step.startswith("SCAN") and "INDEX" not in step]
    assert not [step for step in scans if "anon" not in step]


def test_an_unknown_unit_is_refused(small_house):
    with pytest.raises(NotFound):
        small_house.read(
            pair_agenda,
            front_unit_id=small_house.units["Central counter"],
            back_unit_id=999,
            starts_at=small_house.now,
            printed_at=small_house.now,
        )


def test_an_empty_house_still_has_an_agenda(any_small_house):
    agenda = of_pair(any_small_house)
    assert [item.kind for item in agenda.paper.items] == ["minutes", "other_business"]
    assert agenda.evidence.is_empty


def test_a_planned_session_shows_what_a_draft_would_hold(small_house):
    lived_in(small_house)
    series = a_series(small_house)
    meeting = small_house.at(16, 8).run(plan_session, series)
    agenda = small_house.read(meeting_agenda, meeting, small_house.now)
    head = agenda.paper.head
    assert (head.series, head.number, head.place) == (
        "Counter and registry",
        1,
        "Room 2.14",
    )
    assert (head.chair, head.minute_taker) == ("Marko Ivić", None)
    assert [one.name for one in agenda.paper.attendance] == ["Jelena Marić"]
    assert "broken" in [item.kind for item in agenda.paper.items]
    assert head.starts_at.astimezone(ZONE).isoformat() == "2026-11-16T10:00:00+01:00"
    following = agenda.paper.other.next_at
    assert following.astimezone(ZONE).isoformat() == "2026-11-30T10:00:00+01:00"


def drafted(house: SmallHouse) -> int:
    meeting = house.at(16, 8).run(plan_session, a_series(house))
    found = house.read(meeting_agenda, meeting, house.now)
    house.run(draft_agenda, meeting, found.drafted)
    return meeting


def test_the_agenda_is_as_the_coordinator_left_it(small_house):
    lived_in(small_house)
    meeting = drafted(small_house)
    items = {
        item.kind: item.id
        for item in small_house.read(
            lambda session: list(session.scalars(select(AgendaItem)))
        )
    }
    small_house.run(remove_item, items["scorecard"])
    small_house.run(change_item, items["broken"], minutes=9, title="What broke")
    small_house.run(add_topic, meeting, "Parking", 5)
    agenda = small_house.read(meeting_agenda, meeting, small_house.now)
    told = {item.kind: item for item in agenda.paper.items}
    assert "scorecard" not in told
    assert (told["broken"].title, told["broken"].minutes, told["broken"].count) == (
        "What broke",
        9,
        2,
    )
    titles = [item.title for item in agenda.paper.items if item.kind == "topic"]
    assert "Parking" in titles


def test_figures_are_fresh_though_the_item_is_old(small_house):
    made = lived_in(small_house)
    meeting = drafted(small_house)
    small_house.at(16, 9).me("Dušan Kovač")
    small_house.run(resolve, made["broken"], "Sent.")
    agenda = small_house.read(meeting_agenda, meeting, small_house.later(hours=1).now)
    broken = next(item for item in agenda.paper.items if item.kind == "broken")
    assert dict(broken.counts)["open"] == 1


def test_a_published_agenda_stays_as_at_its_publication(small_house):
    lived_in(small_house)
    meeting = drafted(small_house)
    small_house.me("Marko Ivić").run(publish_agenda, meeting)
    first = small_house.read(meeting_agenda, meeting, small_house.now)
    small_house.at(16, 12)
    small_house.raised("later")
    again = small_house.read(meeting_agenda, meeting, small_house.now)
    assert again.paper.head.data_as_at == first.paper.head.data_as_at
    assert again.paper.scorecard == first.paper.scorecard
    assert again.paper.head.published_at is not None


def test_open_actions_carry_their_owner_and_what_is_overdue(small_house):
    series = a_series(small_house)
    meeting = small_house.at(16, 8).run(plan_session, series)
    for day, text in ((13, "Name a holder"), (16, "Ask"), (20, "Write")):
        small_house.run(
            add_action,
            series,
            text,
            "returns",
            date(2026, 11, day),
            owner_unit_id=small_house.units["Land registry"],
        )
    actions = small_house.read(meeting_agenda, meeting, small_house.now).paper.actions
    assert [(row.label, row.owner, row.state) for row in actions.rows] == [
        ("A-1", "Land registry", "overdue"),
        ("A-2", "Land registry", "due_today"),
        ("A-3", "Land registry", "open"),
    ]
    assert (actions.total, actions.overdue) == (3, 1)


def test_a_planned_session_is_found_by_its_day(small_house):
    meeting = small_house.at(12, 8).run(plan_session, a_series(small_house))
    units = {
        "front_unit_id": small_house.units["Central counter"],
        "back_unit_id": small_house.units["Land registry"],
    }
    at = small_house.read(session_start, date(2026, 11, 16))
    assert small_house.read(find_meeting, day=at, **units) == meeting
    assert small_house.read(find_meeting, day=at + timedelta(days=1), **units) is None


def test_an_unknown_session_is_refused(small_house):
    with pytest.raises(NotFound):
        small_house.read(meeting_agenda, 7, small_house.now)


def test_periods_are_laid_on_local_days_through_a_clock_change():
    on = datetime(2026, 11, 2, 10, tzinfo=ZONE)
    found = period_before(on.astimezone(UTC), ZONE)
    assert [at.astimezone(ZONE).isoformat() for at in (found.start, found.end)] == [
        "2026-10-19T00:00:00+02:00",
        "2026-11-02T00:00:00+01:00",
    ]
    assert found.as_at.astimezone(ZONE).hour == 8
    start = earlier(found.start, found.end, ZONE)
    assert start.astimezone(ZONE).isoformat() == "2026-10-05T00:00:00+02:00"
    assert start == found.before_start
