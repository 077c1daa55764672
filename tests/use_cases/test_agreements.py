"""An agreement comes about step by step, by two signatures, and never overwrites."""

import uuid
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.agreement_drafts import TargetDraft
from desktop.domain.agreements import (
    Measure,
    TargetKind,
    VersionStage,
    Why,
)
from desktop.domain.errors import Conflict, Forbidden, Invalid, Refusal, Transition
from desktop.domain.working_days import DayEnd, DayRule
from desktop.entities.calendars import Calendar
from desktop.entities.journal import JournalEntry
from desktop.entities.requests import Request, RequestClock
from desktop.messages import refusal_words
from desktop.queries.applying import which_applies, why_this
from desktop.queries.previews import preview_move
from desktop.queries.proof import proof
from desktop.store.verification import verify
from desktop.use_cases.agreements import (
    Parties,
    agree,
    change_draft,
    draft_agreement,
    draft_version,
    end_agreement,
    move_request,
    propose,
    rename_agreement,
    withdraw,
)
from desktop.use_cases.requests import resolve, take
from tests.agreement_lookups import agreement_details, agreements
from tests.small_house import ZONE, SmallHouse
from tests.use_cases.agreeing import (
    HOUR,
    LAND,
    RESOLUTION,
    RESPONSE,
    UPDATE,
    agreed,
    back,
    drafted,
    front,
    managers,
    parties,
    target,
    terms,
)


@pytest.fixture
def house(any_small_house: SmallHouse) -> SmallHouse:
    made = any_small_house.at(9, 9)
    managers(made)
    back(made)
    return made


def clocks(house: SmallHouse, request_id: int) -> dict[TargetKind, RequestClock]:
    def read(session: Session) -> dict[TargetKind, RequestClock]:
        rows = session.scalars(
            select(RequestClock).where(RequestClock.request_id == request_id)
        )
        return {row.kind: row for row in rows}

    return house.read(read)


def lock(house: SmallHouse, request_id: int) -> int:
    def read(session: Session) -> int:
        found = session.get(Request, request_id)
        assert found is not None
        return found.version

    return house.read(read)


def test_a_draft_promises_nothing(house: SmallHouse) -> None:
    drafted(house)
    request = house.raised()
    assert clocks(house, request)[RESOLUTION].target_s == 16 * HOUR


def test_both_managers_sign_and_it_is_in_force(house: SmallHouse) -> None:
    saved = drafted(house)
    assert saved.stage is VersionStage.DRAFT
    saved = house.run(propose, saved.version_id, expected_version=saved.lock)
    assert saved.stage is VersionStage.PROPOSED
    saved = house.run(agree, saved.version_id, expected_version=saved.lock)
    assert saved.stage is VersionStage.PROPOSED
    front(house)
    house.at(9, 10)
    saved = house.run(agree, saved.version_id, expected_version=saved.lock)
    assert saved.stage is VersionStage.IN_FORCE
    details = house.read(agreement_details, saved.agreement_id, house.now)
    (version,) = details.versions
    assert version.front_agreed is not None
    assert version.back_agreed is not None
    assert (version.front_agreed.person, version.back_agreed.person) == (
        "Front chief",
        "Back chief",
    )
    # It cannot hold for the hour in which nobody had signed.
    assert version.terms.valid_from == house.now
    request = house.at(9, 11).raised()
    assert clocks(house, request)[RESOLUTION].target_s == 8 * HOUR
    assert house.read(verify).is_sound


def test_what_was_promised_before_stays_under_its_version(house: SmallHouse) -> None:
    before = house.raised()
    agreed(house.at(9, 10), drafted(house))
    after = house.at(9, 11).raised()
    assert clocks(house, before)[RESOLUTION].target_s == 16 * HOUR
    assert clocks(house, after)[RESOLUTION].target_s == 8 * HOUR
    assert house.read(verify).is_sound


def test_a_new_version_ends_the_one_before(house: SmallHouse) -> None:
    first = agreed(house, drafted(house))
    later = house.at(10, 9).now + timedelta(days=7)
    second = house.run(
        draft_version,
        first.agreement_id,
        terms(house, valid_from=later, targets=(target(RESOLUTION, 4),)),
    )
    assert second.number == 2
    second = agreed(house, second)
    assert second.stage is VersionStage.AGREED
    newest, oldest = house.read(
        agreement_details, first.agreement_id, house.now
    ).versions
    assert (newest.terms.valid_from, oldest.terms.valid_until) == (later, later)
    assert oldest.terms.targets[1].seconds == 8 * HOUR
    assert oldest.stage is VersionStage.IN_FORCE


def test_who_is_no_manager_of_either_does_not_sign(house: SmallHouse) -> None:
    saved = drafted(house)
    saved = house.run(propose, saved.version_id, expected_version=saved.lock)
    house.me("Jelena Marić")
    with pytest.raises(Forbidden):
        house.run(agree, saved.version_id, expected_version=saved.lock)


def test_one_side_signs_once(house: SmallHouse) -> None:
    saved = drafted(house)
    saved = house.run(propose, saved.version_id, expected_version=saved.lock)
    saved = house.run(agree, saved.version_id, expected_version=saved.lock)
    with pytest.raises(Transition) as refused:
        house.run(agree, saved.version_id, expected_version=saved.lock)
    assert refused.value.code == "signed_already"


def test_a_changed_proposal_is_a_draft_again(house: SmallHouse) -> None:
    saved = drafted(house)
    saved = house.run(propose, saved.version_id, expected_version=saved.lock)
    saved = house.run(agree, saved.version_id, expected_version=saved.lock)
    changed = terms(house, targets=(target(RESOLUTION, 6),))
    saved = house.run(
        change_draft, saved.version_id, changed, expected_version=saved.lock
    )
    assert saved.stage is VersionStage.DRAFT
    (version,) = house.read(agreement_details, saved.agreement_id, house.now).versions
    assert (version.proposed, version.back_agreed) == (None, None)
    assert version.terms.targets == changed.targets


def test_an_agreed_version_is_never_overwritten(house: SmallHouse) -> None:
    saved = agreed(house, drafted(house))
    lock_of = {"expected_version": saved.lock}
    with pytest.raises(Transition):
        house.run(change_draft, saved.version_id, terms(house), **lock_of)
    with pytest.raises(Transition):
        house.run(withdraw, saved.version_id, **lock_of)


def test_two_at_once_are_told_apart(house: SmallHouse) -> None:
    saved = drafted(house)
    house.run(change_draft, saved.version_id, terms(house), expected_version=saved.lock)
    with pytest.raises(Conflict):
        house.run(
            change_draft, saved.version_id, terms(house), expected_version=saved.lock
        )


def test_a_rival_of_equal_specificity_is_refused_at_its_date(house: SmallHouse) -> None:
    agreed(house, drafted(house))
    rival = house.run(draft_agreement, "Extracts again", parties(house), terms(house))
    with pytest.raises(Invalid) as refused:
        house.run(propose, rival.version_id, expected_version=rival.lock)
    assert (refused.value.field, refused.value.code) == (
        "valid_from",
        "agreement_overlaps",
    )
    assert "“Extracts”, version 1," in refusal_words(refused.value)


def test_it_may_begin_where_the_other_ends(house: SmallHouse) -> None:
    saved = agreed(house, drafted(house))
    until = house.now + timedelta(days=3)
    house.run(end_agreement, saved.version_id, until, expected_version=saved.lock)
    rival = house.run(
        draft_agreement,
        "Extracts again",
        parties(house),
        terms(house, valid_from=until),
    )
    assert agreed(house, rival).stage is VersionStage.AGREED


def test_targets_in_days_and_around_the_clock_are_kept_as_written(
    house: SmallHouse,
) -> None:
    rule = DayRule(2, DayEnd.END_OF_DAY, cutoff_s=14 * HOUR)
    wanted = (
        TargetDraft(RESOLUTION, None, Measure.WORKING_DAYS, None, rule),
        TargetDraft(RESPONSE, None, Measure.AROUND_THE_CLOCK, 12 * HOUR),
        TargetDraft(UPDATE, None, Measure.WORKING_TIME, 3 * HOUR),
    )
    saved = agreed(house, drafted(house, targets=wanted))
    (version,) = house.read(agreement_details, saved.agreement_id, house.now).versions
    assert set(version.terms.targets) == set(wanted)
    request = house.at(9, 10).raised()
    found = clocks(house, request)
    # Wednesday is a holiday: two working days end on Thursday.
    expected = {RESOLUTION: (12, 16), RESPONSE: (9, 22), UPDATE: (9, 13)}
    for kind, (day, hour) in expected.items():
        minute = 30 if kind is UPDATE else 0
        due = datetime(2026, 11, day, hour, minute, tzinfo=ZONE)
        assert found[kind].due_at == due, kind
    position = found[RESPONSE].position
    proven = house.read(proof, request, position, house.now)
    assert proven.reading.due_at == found[RESPONSE].due_at
    assert house.read(verify).is_sound
    calendar_id = found[RESPONSE].calendar_id

    def is_always(session: Session) -> bool:
        calendar = session.get(Calendar, calendar_id)
        assert calendar is not None
        return calendar.is_around_the_clock

    assert house.read(is_always)


def test_a_request_is_moved_on_purpose_after_a_preview(house: SmallHouse) -> None:
    request = house.raised()
    saved = agreed(house.at(9, 10), drafted(house))
    house.at(9, 12)
    units = {
        "unit_id": house.units[LAND],
        "for_unit_id": house.units["Central counter"],
    }
    shown = house.read(preview_move, request, saved.version_id, **units, now=house.now)
    change = next(one for one in shown if one.kind is RESOLUTION)
    assert change.before is not None
    assert change.after is not None
    assert (change.before.target_s, change.after.target_s) == (16 * HOUR, 8 * HOUR)
    assert clocks(house, request)[RESOLUTION].target_s == 16 * HOUR
    house.run(
        move_request,
        request,
        saved.version_id,
        **units,
        expected_version=lock(house, request),
    )
    moved = clocks(house, request)[RESOLUTION]
    assert (moved.target_s, moved.due_at) == (8 * HOUR, change.after.due_at)
    assert house.read(verify).is_sound
    applies = house.read(why_this, request, moved.position)
    assert applies.moved
    assert applies.chosen is not None
    assert applies.chosen.version_id == saved.version_id


def test_what_is_done_is_not_moved(house: SmallHouse) -> None:
    request = house.raised()
    house.me("Dušan Kovač")
    house.run(take, request)
    house.run(resolve, request, "Done")
    back(house)
    saved = agreed(house.at(9, 10), drafted(house))
    with pytest.raises(Refusal) as refused:
        house.run(
            move_request,
            request,
            saved.version_id,
            unit_id=house.units[LAND],
            for_unit_id=house.units["Central counter"],
            expected_version=lock(house, request),
        )
    assert refused.value.code == "nothing_to_move"


def test_a_version_between_others_is_refused(house: SmallHouse) -> None:
    request = house.raised(service="Building permit")
    saved = agreed(house, drafted(house))
    with pytest.raises(Invalid) as refused:
        house.run(
            move_request,
            request,
            saved.version_id,
            unit_id=house.units["Building permits"],
            for_unit_id=house.units["Central counter"],
            expected_version=lock(house, request),
        )
    assert refused.value.code == "other_units"


def test_the_list_shows_the_version_in_force(house: SmallHouse) -> None:
    saved = agreed(house, drafted(house))
    house.run(draft_version, saved.agreement_id, terms(house))
    rows = {one.name: one for one in house.read(agreements, house.now)}
    row = rows["Extracts"]
    assert (row.stage, row.open_versions) == (VersionStage.IN_FORCE, 1)
    assert (row.front_unit, row.service) == ("Central counter", "Title extract")
    assert rows[f"Counters with {LAND}"].front_unit == ""


def test_why_this_agreement_names_the_others_too(house: SmallHouse) -> None:
    saved = agreed(house, drafted(house))
    found = house.read(
        which_applies,
        front_unit_id=house.units["Central counter"],
        back_unit_id=house.units[LAND],
        service_id=house.services["Title extract"],
        at=house.now,
    )
    assert found.chosen is not None
    assert found.chosen.version_id == saved.version_id
    assert [(one.agreement, one.why) for one in found.considered] == [
        ("Extracts", Why.CHOSEN),
        (f"Counters with {LAND}", Why.LESS_SPECIFIC_SERVICE),
    ]


def test_each_step_is_written_down(house: SmallHouse) -> None:
    saved = agreed(house, drafted(house))

    def kinds(session: Session) -> list[str]:
        wanted = select(JournalEntry.kind).where(
            JournalEntry.agreement_id == saved.agreement_id
        )
        return list(session.scalars(wanted.order_by(JournalEntry.id)))

    steps = ("drafted", "proposed", "signed", "agreed")
    assert house.read(kinds) == [f"agreement_{step}" for step in steps]


def test_a_retry_makes_no_second_agreement(house: SmallHouse) -> None:
    once = ("Once", Parties(None, house.units[LAND]), terms(house))
    key = uuid.uuid4()
    made = [house.run(draft_agreement, *once, key=key) for _ in range(2)]
    assert made[0] == made[1]


def test_a_name_is_given_once_and_may_be_changed(house: SmallHouse) -> None:
    saved = drafted(house)
    with pytest.raises(Invalid) as refused:
        drafted(house)
    assert refused.value.code == "taken"
    house.run(
        rename_agreement, saved.agreement_id, "Title extracts", expected_version=1
    )
    details = house.read(agreement_details, saved.agreement_id, house.now)
    assert details.name == "Title extracts"
