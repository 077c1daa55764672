"""Applying a house makes what is missing, changes what differs, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.desk import Desk
from desktop.domain.agreements import TargetKind
from desktop.domain.errors import Invalid
from desktop.domain.house import House, hours_of
from desktop.domain.requests import Side
from desktop.entities.agreements import Agreement, AgreementTarget, AgreementVersion
from desktop.entities.calendars import Calendar, CalendarClosure
from desktop.entities.journal import JournalEntry
from desktop.entities.meetings import MeetingSeries, SeriesMember
from desktop.entities.services import FormField
from desktop.entities.units import Person, PersonRole, Unit
from desktop.entities.workspace import Workspace
from desktop.exchange.house_file import house_from_text
from desktop.store.engine import make_engine
from desktop.store.reference import load_reference
from desktop.store.unit_of_work import Store
from desktop.store.verification import verify
from desktop.use_cases.houses import apply_house
from desktop.use_cases.imports import import_history
from tests.exchange.exports import small_house, small_mapping, written
from tests.exchange.test_house_file import TOWN

NOW = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)


@pytest.fixture
def desk(workspace_url: str) -> Iterator[Desk]:
    desk = Desk(Store(make_engine(workspace_url), lambda: NOW))
    yield desk
    desk.close()


@pytest.fixture(scope="module")
def town() -> House:
    return house_from_text(TOWN, "town.house.toml")


def count(session: Session, entity: type) -> int:
    return session.scalar(select(func.count()).select_from(entity)) or 0


def test_a_whole_house_is_made_and_made_only_once(desk: Desk, town: House) -> None:
    made = desk.run(apply_house, town).value
    assert made.created == {
        "calendar": 1,
        "unit": 2,
        "person": 2,
        "service": 1,
        "agreement": 1,
        "meeting_series": 1,
    }
    again = desk.run(apply_house, town).value
    assert again.is_nothing
    with desk.store.reading() as session:
        applied = JournalEntry.kind == "house_applied"
        entry = session.scalars(select(JournalEntry).where(applied)).one()
        assert entry.details["created"] == dict(made.created)
        assert count(session, Unit) == 2
        assert count(session, PersonRole) == 3
        assert count(session, FormField) == 2
        assert count(session, AgreementVersion) == 1
        assert count(session, SeriesMember) == 2
        assert session.scalar(select(Workspace.name)) == "Town service centre"


def test_public_holidays_are_copied_in_for_the_years_around_now_and_those_asked(
    desk: Desk, town: House
) -> None:
    desk.run(apply_house, town, years=[2016])
    with desk.store.reading() as session:
        days = set(
            session.scalars(
                select(CalendarClosure.start).where(CalendarClosure.is_public_holiday)
            )
        )
    assert {day.year for day in days} == {2016, 2025, 2026, 2027, 2028}
    assert date(2026, 2, 16) in days


def test_holidays_of_other_years_stay_when_the_house_is_applied_later(
    desk: Desk, town: House
) -> None:
    desk.run(apply_house, town, years=[2016])
    assert desk.run(apply_house, town).value.is_nothing


def test_new_hours_are_a_new_version_of_the_calendar(desk: Desk, town: House) -> None:
    desk.run(apply_house, town)
    hours = hours_of("09:00-17:00")
    assert hours
    calendar = replace(town.calendars[0], week=(hours,) * 5 + ((), ()))
    changed = desk.run(apply_house, replace(town, calendars=(calendar,))).value
    assert changed.changed == {"calendar": 1}
    with desk.store.reading() as session:
        assert session.scalar(select(Calendar.version)) == 2


def test_new_terms_are_a_new_version_and_the_old_one_ends(
    desk: Desk, town: House
) -> None:
    desk.run(apply_house, town)
    terms = replace(
        town.agreements[0], targets={(TargetKind.RESOLUTION, None): 8 * 3600}
    )
    desk.run(apply_house, replace(town, agreements=(terms,)))
    with desk.store.reading() as session:
        first, second = session.scalars(
            select(AgreementVersion).order_by(AgreementVersion.number)
        )
        assert first.valid_until == second.valid_from
        assert second.valid_until is None
        targets = session.scalars(
            select(AgreementTarget.target_s).where(
                AgreementTarget.version_id == second.id
            )
        ).all()
        assert list(targets) == [28_800]


def test_what_the_house_does_not_name_is_left_alone(desk: Desk, town: House) -> None:
    desk.run(apply_house, town)
    smaller = replace(town, people=(), series=(), services=(), agreements=())
    assert desk.run(apply_house, smaller).value.is_nothing
    with desk.store.reading() as session:
        assert count(session, Person) == 2
        assert count(session, MeetingSeries) == 1


def test_an_agreement_with_every_back_unit_is_one_with_each(desk: Desk) -> None:
    desk.run(apply_house, small_house(), also_units=["Desk", "Keys", "Registry"])
    with desk.store.reading() as session:
        sides = dict(session.execute(select(Unit.name, Unit.side)).all())
        names = session.scalars(select(Agreement.name).order_by(Agreement.name)).all()
    assert sides == {"Desk": Side.FRONT, "Keys": Side.BACK, "Registry": Side.BACK}
    assert names == ["Usual: Keys", "Usual: Registry"]


def test_a_unit_the_house_has_no_rule_for_is_refused(desk: Desk, town: House) -> None:
    with pytest.raises(Invalid) as refusal:
        desk.run(apply_house, town, also_units=["Somewhere"])
    assert refusal.value.code == "no_unit_rule"
    with desk.store.reading() as session:
        assert count(session, Unit) == 0


def test_changed_hours_are_counted_again_on_what_is_there(desk: Desk, tmp_path) -> None:
    house = small_house()
    desk.run(import_history, written(tmp_path), small_mapping(), house)
    hours = hours_of("10:00-12:00")
    assert hours
    calendar = replace(house.calendars[0], week=(hours,) * 5 + ((), ()))
    applied = desk.run(apply_house, replace(house, calendars=(calendar,))).value
    assert applied.retimed == 2
    assert desk.read(verify).difference_count == 0


def test_the_rules_are_compiled_anew_after_a_change(desk: Desk, town: House) -> None:
    desk.run(apply_house, town)
    with desk.store.reading() as session:
        before = desk.store.cache.get(session)
    terms = replace(town.agreements[0], warn_share=0.5)
    desk.run(apply_house, replace(town, agreements=(terms,)))
    with desk.store.reading() as session:
        after = desk.store.cache.get(session)
        assert after.stamp > before.stamp
        assert len(after.terms) == len(load_reference(session, 0).terms) == 2
