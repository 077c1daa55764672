"""What a transaction tells afterwards, and that undone rules stay its own."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from desktop.desk import Desk
from desktop.domain.errors import Conflict, Refusal
from desktop.entities.agreements import AgreementVersion
from desktop.entities.journal import JournalEntry
from desktop.entities.requests import Request, RequestClock
from desktop.store.unit_of_work import UnitOfWork
from desktop.store.verification import verify
from desktop.use_cases.raising import NewRequest, raise_request
from desktop.use_cases.requests import retime_open, take
from tests.small_house import SmallHouse


class _Undone(Refusal):
    """Raised to undo a transaction that went well."""


def _draft(house: SmallHouse) -> NewRequest:
    return NewRequest(house.services["Title extract"], "Parcel 1184/2")


def _raised(house: SmallHouse) -> int:
    house.me("Jelena Marić")
    return house.desk.run(raise_request, _draft(house)).value.id


def _warn_at(work: UnitOfWork, share: float) -> None:
    work.session.execute(update(AgreementVersion).values(warn_share=share))
    work.rules_changed()
    assert {one.warn_share for one in work.reference.terms} == {share}


def test_undone_rules_are_never_worked_by(any_small_house: SmallHouse) -> None:
    desk = any_small_house.desk

    def change_and_fail(work: UnitOfWork) -> None:
        _warn_at(work, 0.25)
        raise _Undone("undone")

    def shares(work: UnitOfWork) -> set[float]:
        return {one.warn_share for one in work.reference.terms}

    before = desk.run(shares).value
    with pytest.raises(_Undone):
        desk.run(change_and_fail)
    # The next change gets the number the undone one had: it must not find its rules.
    desk.run(UnitOfWork.rules_changed)
    assert desk.run(shares).value == before
    desk.run(_warn_at, 0.25)
    assert desk.run(shares).value == {0.25}


def test_what_was_written_past_the_session_is_told(any_small_house: SmallHouse) -> None:
    desk = any_small_house.me("Jelena Marić").desk
    raised = desk.run(raise_request, _draft(any_small_house))
    assert raised.changes.ids("request") == {raised.value.id}
    assert len(raised.changes.ids("journal_entry")) == 1
    assert not raised.changes.everything
    any_small_house.me("Dušan Kovač")
    taken = desk.run(take, raised.value.id)
    assert taken.changes.ids("request") == {raised.value.id}
    entry = desk.read(lambda session: session.scalars(_LAST_ENTRY).first())
    assert taken.changes.ids("journal_entry") == {entry}


_LAST_ENTRY = select(JournalEntry.id).order_by(JournalEntry.id.desc()).limit(1)


def test_a_use_case_can_say_that_it_touched_more_than_it_can_tell(
    small_house: SmallHouse,
) -> None:
    outcome = small_house.desk.run(UnitOfWork.touched_everything)
    assert outcome.changes.everything
    assert outcome.changes.touches("meeting")


def test_a_request_saved_by_somebody_else_meanwhile_is_refused(
    any_small_house: SmallHouse,
) -> None:
    request_id = _raised(any_small_house)
    desk = any_small_house.me("Dušan Kovač").desk

    def take_what_moved(work: UnitOfWork) -> None:
        seen = work.get(Request, request_id)
        work.session.connection().execute(_SAVED_BY_ANOTHER)
        take(work, seen.id)

    with pytest.raises(Conflict) as refused:
        desk.run(take_what_moved)
    assert refused.value.code == "changed_meanwhile"
    kinds = desk.read(lambda session: session.scalars(select(JournalEntry.kind)).all())
    assert kinds == ["raised"]


_SAVED_BY_ANOTHER = update(Request.__table__).values(version=Request.version + 1)


def test_promises_that_no_longer_exist_are_taken_away(
    any_small_house: SmallHouse,
) -> None:
    request_id = _raised(any_small_house)
    desk = any_small_house.desk
    wanted = select(RequestClock).where(RequestClock.request_id == request_id)
    assert len(desk.read(lambda session: session.scalars(wanted).all())) == 2

    def end_agreements(work: UnitOfWork) -> int:
        ended = AgreementVersion.valid_from
        work.session.execute(update(AgreementVersion).values(valid_until=ended))
        work.rules_changed()
        return retime_open(work)

    assert desk.run(end_agreements).value == 1
    assert desk.read(lambda session: session.scalars(wanted).all()) == []
    assert desk.read(verify).is_sound


def test_reading_clocks_anew_without_a_new_rule_changes_no_version(
    small_house: SmallHouse,
) -> None:
    _raised(small_house)
    desk: Desk = small_house.desk
    version = select(Request.version)
    before = desk.read(lambda session: session.scalars(version).all())
    assert desk.run(retime_open).changes.ids("request") == frozenset()
    assert desk.read(lambda session: session.scalars(version).all()) == before
