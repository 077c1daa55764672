"""Thousands of clocks counted again at once come out as their journals say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from desktop.domain.agreements import Measure, OnChange, TargetKind
from desktop.domain.calendars import Closure
from desktop.domain.requests import EntryKind
from desktop.entities.agreements import AgreementTarget, AgreementVersion
from desktop.entities.requests import Request, RequestClock
from desktop.store.recounting import given, recount
from desktop.store.unit_of_work import UnitOfWork
from desktop.store.verification import verify
from desktop.use_cases.calendar_saving import spec_of
from desktop.use_cases.calendars import apply_refund, save_calendar
from desktop.use_cases.refund_undoing import take_back_refund
from tests.benchmarks.generated import write_stories
from tests.benchmarks.histories import Entry, Story, Teller
from tests.benchmarks.house import NOW, House, furnish, open_desk

REQUESTS = 240
WET = Closure(date(2026, 10, 19), date(2026, 11, 13), "Wet", 28_800, 39_600)
SHUT = Closure(date(2026, 11, 9), date(2026, 11, 10), "Election")
DONE = (EntryKind.RESOLVED, EntryKind.CONFIRMED)


def filled(work: UnitOfWork, house: House, at_unit: OnChange) -> None:
    work.session.execute(update(AgreementVersion).values(at_unit=at_unit))
    by_date = select(AgreementVersion.id).where(AgreementVersion.id % 5 == 0)
    work.session.execute(
        update(AgreementTarget)
        .where(
            AgreementTarget.kind == TargetKind.RESOLUTION,
            AgreementTarget.version_id.in_(by_date),
        )
        .values(measure=Measure.WORKING_DAYS, days=2)
    )
    work.rules_changed()
    teller = Teller(house, 7, NOW, as_at=NOW)
    told = enumerate(teller.stories(REQUESTS))
    write_stories(work, [left_open(number, story) for number, story in told])


def left_open(number: int, story: Story) -> Story:
    """Leave most of them open, some of these taken up again."""
    if number % 4 == 0:
        return story
    entries = [one for one in story.entries if one.kind not in DONE]
    if number % 4 == 1:
        last = entries[-1]
        entries = [
            *entries,
            Entry(EntryKind.RESOLVED, last.at, last.actor, last.unit, ended()),
            Entry(
                EntryKind.REOPENED,
                last.at + timedelta(hours=3),
                last.actor,
                story.front,
                {"state": "active"},
            ),
        ]
    return replace(story, entries=entries)


def ended() -> dict[str, object]:
    return {"state": "resolved", "pending": None}


@pytest.mark.parametrize("at_unit", list(OnChange))
def test_every_clock_given_a_change_is_what_its_journal_adds_up_to(
    workspace_url: str, at_unit: OnChange
) -> None:
    desk = open_desk(workspace_url)
    desk.run(filled, desk.run(furnish).value, at_unit)
    with desk.store.reading() as session:
        before = session.scalars(
            select(RequestClock.due_at).order_by(RequestClock.id)
        ).all()

    def edit(work: UnitOfWork) -> int:
        spec = spec_of(work.session, 1)
        spec = replace(spec, closures=[WET, SHUT])
        return save_calendar(work, 1, spec, expected_version=1, refund=True).moved

    moved = desk.run(edit).value
    with desk.store.reading() as session:
        after = session.scalars(
            select(RequestClock.due_at).order_by(RequestClock.id)
        ).all()
    assert moved > REQUESTS / 2
    assert before != after
    found = desk.read(verify)
    assert found.checked == REQUESTS
    assert [one for one in found.differences if one.table in ("request", "clock")] == []
    desk.close()


def test_only_what_the_rows_cannot_tell_is_left_to_the_journal(
    sqlite_workspace: str,
) -> None:
    desk = open_desk(sqlite_workspace)
    desk.run(filled, desk.run(furnish).value, OnChange.CONTINUE)

    def left(work: UnitOfWork) -> tuple[set[int], set[int]]:
        ids = work.session.scalars(select(Request.id).where(Request.is_open)).all()
        hours_of = given(1, work.reference.calendars[1])
        _, found = recount(work.session, ids, hours_of, work.reference)
        again = work.session.scalars(
            select(Request.id).where(Request.id.in_(ids), Request.reopens > 0)
        )
        return set(found), set(again)

    found, again = desk.run(left).value
    assert again < found
    assert len(found) < REQUESTS / 2
    desk.close()


@pytest.mark.parametrize("to_all", [True, False])
def test_thousands_taken_back_come_out_as_before_and_as_their_journals_say(
    workspace_url: str, to_all: bool
) -> None:
    desk = open_desk(workspace_url)
    desk.run(filled, desk.run(furnish).value, OnChange.CONTINUE)

    def edit(work: UnitOfWork) -> int:
        spec = replace(spec_of(work.session, 1), closures=[WET, SHUT])
        return save_calendar(work, 1, spec, expected_version=1).version

    def some(session: Session) -> list[int]:
        wanted = select(Request.id).join(RequestClock).where(Request.is_open)
        return sorted(set(session.scalars(wanted.where(Request.id % 3 > 0))))

    def dues(session: Session) -> list[tuple[object, ...]]:
        columns = RequestClock.due_at, RequestClock.calendar_version
        order = RequestClock.request_id, RequestClock.position
        return [
            tuple(row) for row in session.execute(select(*columns).order_by(*order))
        ]

    def sound() -> bool:
        found = desk.read(verify)
        return not [one for one in found.differences if one.table != "search"]

    version = desk.run(edit).value
    before = desk.read(dues)
    only = None if to_all else desk.read(some)
    saved = desk.run(apply_refund, 1, expected_version=version, only=only).value
    assert saved.moved > REQUESTS / 3
    assert desk.read(dues) != before
    assert sound()
    assert saved.at is not None
    undone = desk.run(
        take_back_refund, 1, expected_version=version, given_at=saved.at, only=only
    ).value
    assert undone.moved == saved.moved
    assert desk.read(dues) == before
    assert sound()
    desk.close()
