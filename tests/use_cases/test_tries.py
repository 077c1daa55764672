"""A trial written down as a draft with hours of its own, taken back, and kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from desktop.domain.agreement_drafts import TargetDraft
from desktop.domain.agreements import Measure, Target, TargetKind, VersionStage
from desktop.domain.calendars import CalendarSpec, Closure
from desktop.domain.errors import Conflict, Invalid
from desktop.domain.requests import PendingReason
from desktop.domain.working_days import DayEnd, DayRule
from desktop.entities.agreements import Agreement, AgreementVersion
from desktop.entities.calendars import Calendar
from desktop.queries.calendars import calendar_details, calendar_rows
from desktop.queries.kept_trials import TriedSubject, content_of, kept_trials
from desktop.queries.replays import Trial
from desktop.use_cases.agreements import Parties, propose
from desktop.use_cases.tries import (
    Subject,
    TriedDraft,
    TriedTerms,
    draft_tried,
    forget_trial,
    keep_trial,
    take_back_tried,
)
from tests.agreement_lookups import agreement_details
from tests.small_house import SmallHouse

RESOLUTION = TargetKind.RESOLUTION
DECEMBER = datetime(2026, 12, 1, tzinfo=UTC)
NIGHTS = CalendarSpec(
    "Europe/Belgrade",
    {day: [(79_200, 108_000)] for day in range(5)},
    closures=[Closure(date(2026, 12, 24), date(2027, 1, 2), "Quiet weeks")],
    name="Land registry 100%_",
)


@pytest.fixture
def house(any_small_house: SmallHouse) -> SmallHouse:
    """Give a house with a coordinator at the desk."""
    return any_small_house.me("Marko Ivić")


def land(house: SmallHouse) -> Agreement:
    return house.read(
        lambda session: session.scalars(
            select(Agreement).where(
                Agreement.back_unit_id == house.units["Land registry"]
            )
        ).first()
    )


def terms(house: SmallHouse, **more) -> TriedTerms:
    targets = (
        TargetDraft(RESOLUTION, None, seconds=8 * 3600),
        TargetDraft(RESOLUTION, 1, Measure.AROUND_THE_CLOCK, 4 * 3600),
    )
    holds = {RESOLUTION: frozenset({PendingReason.CUSTOMER})}
    return TriedTerms(targets, holds, DECEMBER, house.calendar_id, **more)


def drafted(house: SmallHouse, **more) -> TriedDraft:
    base = house.read(
        lambda session: session.scalar(
            select(AgreementVersion.id).where(
                AgreementVersion.agreement_id == land(house).id
            )
        )
    )
    tried = terms(house, base_version_id=base, **more)
    return house.run(draft_tried, Subject(land(house).id), tried)


def newest(house: SmallHouse, agreement_id: int):
    return house.read(agreement_details, agreement_id, house.now).versions[0]


def test_a_draft_carries_the_hours_that_were_tried(house) -> None:
    before = newest(house, land(house).id)
    made = drafted(house, hours=NIGHTS, note="Tried.")
    version = newest(house, made.saved.agreement_id)
    assert version.stage is VersionStage.DRAFT
    assert version.terms.calendar_id == made.calendar_id
    assert {one.priority: one.seconds for one in version.terms.targets} == {
        None: 8 * 3600, 1: 4 * 3600,
    }  # fmt: skip
    assert version.terms.warn_share == before.terms.warn_share
    assert version.terms.starts is before.terms.starts
    spec = house.read(calendar_details, made.calendar_id).spec
    assert (spec.weekly, spec.closures) == (NIGHTS.weekly, NIGHTS.closures)
    again = drafted(house, hours=NIGHTS)
    names = [one.name for one in house.read(calendar_rows)]
    assert {"Land registry 100%_", "Land registry 100%_ 2"} <= set(names)
    assert again.calendar_id != made.calendar_id


def test_taking_a_draft_back_takes_its_calendar_along(house) -> None:
    calendars = {one.calendar_id for one in house.read(calendar_rows)}
    made = drafted(house, hours=NIGHTS)
    house.run(take_back_tried, made)
    version = newest(house, made.saved.agreement_id)
    assert version.stage is VersionStage.WITHDRAWN
    shown = {one.calendar_id for one in house.read(calendar_rows)}
    assert made.calendar_id not in shown
    assert calendars <= shown


def test_a_draft_that_went_on_or_is_gone_is_not_taken_back(house) -> None:
    made = drafted(house, hours=NIGHTS)
    house.run(propose, made.saved.version_id, expected_version=made.saved.lock)
    with pytest.raises(Conflict):
        house.run(take_back_tried, made)
    assert newest(house, made.saved.agreement_id).stage is VersionStage.PROPOSED
    shown = {one.calendar_id for one in house.read(calendar_rows)}
    assert made.calendar_id in shown


def test_a_calendar_somebody_uses_by_now_stays(house) -> None:
    made = drafted(house, hours=NIGHTS)

    def use(work) -> None:
        version = work.session.scalars(
            select(AgreementVersion).where(AgreementVersion.id != made.saved.version_id)
        ).first()
        version.calendar_id = made.calendar_id

    house.run(use)
    house.run(take_back_tried, made)
    gone = house.read(lambda s: s.get(Calendar, made.calendar_id).withdrawn_at)
    assert gone is None


def test_a_new_agreement_is_drafted_between_the_units_chosen(house) -> None:
    parties = Parties(
        house.units["Phone line"],
        house.units["Building permits"],
        house.services["Building permit"],
    )
    taken = land(house).name
    made = house.run(draft_tried, Subject(None, taken, parties), terms(house))
    told = house.read(agreement_details, made.saved.agreement_id, house.now)
    assert (told.front_unit_id, told.service_id) == (
        parties.front_unit_id, parties.service_id,
    )  # fmt: skip
    assert told.name == f"{taken} 2"
    assert told.versions[0].terms.calendar_id == house.calendar_id
    assert made.calendar_id is None


def test_what_cannot_be_promised_leaves_no_calendar_behind(house) -> None:
    before = len(house.read(calendar_rows))
    tried = terms(house, hours=NIGHTS)
    century = (TargetDraft(RESOLUTION, None, seconds=100 * 366 * 86_400),)
    with pytest.raises(Invalid) as refused:
        house.run(draft_tried, Subject(land(house).id), replace(tried, targets=century))
    assert refused.value.code == "target_too_long"
    assert len(house.read(calendar_rows)) == before


TRIALS = (
    Trial(
        {
            (RESOLUTION, None): Target(8 * 3600),
            (RESOLUTION, 2): Target(
                57_600, Measure.WORKING_DAYS, DayRule(2, DayEnd.END_OF_DAY, 50_400)
            ),
            (TargetKind.UPDATE, None): None,
        },
        NIGHTS,
        {RESOLUTION: frozenset({PendingReason.CUSTOMER, PendingReason.INTERNAL})},
        7,
    ),
    Trial(),
)


def test_a_trial_is_kept_by_name_and_comes_back_as_it_was(house) -> None:
    subject = TriedSubject(None, 1, 2, None, "", "2026-01-01", "2026-03-31")
    made = house.run(keep_trial, "  Shorter \n nights ", content_of(subject, TRIALS))
    (kept,) = house.read(kept_trials)
    assert (kept.trial_id, kept.name, kept.by) == (made, "Shorter nights", "Marko Ivić")
    assert kept.subject == subject
    assert kept.variants == TRIALS
    house.run(
        keep_trial, "Nights", content_of(subject, TRIALS[1:]), trial_id=made,
        expected_version=kept.lock,
    )  # fmt: skip
    (kept,) = house.read(kept_trials)
    assert (kept.name, kept.variants) == ("Nights", TRIALS[1:])
    with pytest.raises(Conflict):
        house.run(forget_trial, made, expected_version=kept.lock - 1)
    house.run(forget_trial, made, expected_version=kept.lock)
    assert house.read(kept_trials) == ()


@pytest.mark.parametrize(
    ("name", "code"), [(" ", "empty"), ("x" * 201, "too_long"), ("Kept", "taken")]
)
def test_a_name_that_cannot_be_found_again_is_refused(house, name, code) -> None:
    content = content_of(TriedSubject(), ())
    house.run(keep_trial, "Kept", content)
    with pytest.raises(Invalid) as refused:
        house.run(keep_trial, name, content)
    assert (refused.value.field, refused.value.code) == ("name", code)


def test_what_nobody_can_read_keeps_its_name(house) -> None:
    house.run(keep_trial, "From tomorrow", {"subject": {"planet": 3}, "variants": []})
    (kept,) = house.read(kept_trials)
    assert (kept.name, kept.variants) == ("From tomorrow", ())
