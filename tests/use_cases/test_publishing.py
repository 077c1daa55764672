"""A published agenda: frozen as handed out, with who was invited, and what changed."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from desktop.domain.errors import Forbidden, Refusal
from desktop.entities.meetings import AgendaItem, SeriesMember
from desktop.entities.outgoing import SessionNotice
from desktop.entities.sittings import AgendaItemRequest, Attendance, MeetingPaper
from desktop.entities.units import PersonRole, Role
from desktop.queries.agenda import meeting_agenda
from desktop.queries.meetings import meeting_board
from desktop.use_cases.meetings import (
    add_action,
    add_topic,
    change_item,
    draft_agenda,
    plan_session,
    publish_agenda,
    reopen_agenda,
)
from tests.queries.test_agenda import a_series, lived_in
from tests.use_cases.agendas import items

_PUBLISHED = select(SessionNotice.mark).where(SessionNotice.kind == "agenda_published")


def a_house(house):
    made = lived_in(house)
    house.me("Marko Ivić")
    series = a_series(house)
    meeting = house.run(plan_session, series)
    agenda = house.read(meeting_agenda, meeting, house.now)
    house.run(draft_agenda, meeting, agenda.drafted, agenda.candidates)
    return made, series, meeting


def paper(house, meeting):
    return house.read(meeting_agenda, meeting, house.now).paper


def test_todays_actions_members_and_names_do_not_change_what_was_handed_out(
    any_small_house,
):
    house = any_small_house
    _made, series, meeting = a_house(house)
    assert house.run(publish_agenda, meeting) == 1
    handed_out = paper(house, meeting)
    house.later(hours=1)
    owner = house.people["Marko Ivić"]
    house.run(add_action, series, "Call", "Fees", house.now.date(), owner_id=owner)

    def leave(work):
        work.session.execute(SeriesMember.__table__.delete())

    house.run(leave)
    assert paper(house, meeting) == handed_out
    assert handed_out.attendance
    assert house.read(meeting_board, meeting, house.now).paper == handed_out


def test_publishing_writes_who_is_invited_and_what_each_item_is_about(any_small_house):
    house = any_small_house
    made, _series, meeting = a_house(house)
    house.run(publish_agenda, meeting)
    (invited,) = house.read(lambda s: list(s.scalars(select(Attendance))))
    assert (invited.name, invited.state) == ("Jelena Marić", "invited")
    rows = house.read(lambda s: list(s.scalars(select(AgendaItemRequest))))
    broken = items(house, meeting)["broken"]
    about = {row.request_id for row in rows if row.agenda_item_id == broken}
    assert about == {made["broken"], made["asked"]}
    house.run(add_topic, meeting, "More", 3)
    house.run(publish_agenda, meeting)
    again = house.read(lambda s: list(s.scalars(select(AgendaItemRequest))))
    assert len(again) == len(rows)
    marks = house.read(lambda s: set(s.scalars(_PUBLISHED)))
    assert marks == {f"agenda:{meeting}:1", f"agenda:{meeting}:2"}


def test_the_next_version_says_what_changed_and_keeps_saying_it(any_small_house):
    house = any_small_house
    _made, _series, meeting = a_house(house)
    house.run(publish_agenda, meeting)
    house.run(change_item, items(house, meeting)["broken"], minutes=3)
    house.run(add_topic, meeting, "Parking", 5)
    draft = paper(house, meeting)
    assert draft.changed_since == 1
    assert sorted(one.code for one in draft.changed) == ["added", "minutes"]
    house.later(hours=1).run(publish_agenda, meeting)
    second = paper(house, meeting)
    assert (second.head.version, second.changed_since) == (2, 1)
    assert second.changed == draft.changed


def test_reopened_and_left_as_it_was_nothing_changed(small_house):
    _made, _series, meeting = a_house(small_house)
    small_house.run(publish_agenda, meeting)
    small_house.run(reopen_agenda, meeting)
    assert paper(small_house, meeting).changed_since is None


def test_only_who_runs_or_administers_publishes(any_small_house):
    house = any_small_house
    _made, _series, meeting = a_house(house)
    house.me("Petar Ilić")
    with pytest.raises(Forbidden, match="not_yours_to_publish"):
        house.run(publish_agenda, meeting)

    def administer(work):
        person = house.people["Petar Ilić"]
        work.session.add(PersonRole(person_id=person, role=Role.ADMINISTRATOR))

    house.run(administer)
    assert house.run(publish_agenda, meeting) == 1


def test_a_paper_changed_from_outside_is_not_shown_as_handed_out(small_house):
    _made, _series, meeting = a_house(small_house)
    small_house.run(publish_agenda, meeting)

    def forge(work):
        row = work.session.scalars(select(MeetingPaper)).one()
        row.content = {**row.content, "verdicts": []}

    small_house.run(forge)
    with pytest.raises(Refusal, match="paper_not_as_kept"):
        paper(small_house, meeting)


def test_three_hundred_long_items_are_published_and_read_back(small_house):
    house = small_house
    _made, _series, meeting = a_house(house)

    def many(work):
        for number in range(299):
            work.session.add(
                AgendaItem(
                    meeting_id=meeting,
                    position=50 + number,
                    kind="topic",
                    subject=f"own:{number}",
                    title=f"Topic {number}",
                    notes="<b>" + "x" * 300,
                    outcome="decide",
                    minutes=5,
                )
            )
        work.session.flush()
        add_topic(work, meeting, "Long", 5, notes="ж" * 100_000)

    house.run(many)
    house.run(publish_agenda, meeting)
    told = paper(house, meeting)
    assert len(told.items) > 300
    assert sum(one.reached for one in told.items) < 20
    board = house.read(meeting_board, meeting, house.now)
    assert max(len(one.notes) for one in board.items) == 100_000
