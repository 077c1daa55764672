"""Papers handed out are kept as they were, and whoever changes one is found out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.domain.errors import Conflict, NotFound, Refusal
from desktop.entities.sittings import MeetingPaper
from desktop.queries.agenda import meeting_agenda
from desktop.store.meeting_papers import kept_paper
from desktop.store.verification import verify
from desktop.use_cases.meeting_papers import freeze_paper
from tests.small_house import SmallHouse
from tests.use_cases.agendas import drafted


def paper_of(house: SmallHouse, meeting: int):
    return house.read(meeting_agenda, meeting, house.now).paper


def test_a_paper_is_read_back_as_it_was_handed_out(any_small_house):
    house = any_small_house
    house.raised("<b>Ä</b> & დედა")
    meeting = drafted(house)
    paper = paper_of(house, meeting)
    house.run(freeze_paper, meeting, "agenda", 1, paper)
    house.later(days=3)
    assert paper_of(house, meeting) != paper  # it is of another hour by now
    assert house.read(kept_paper, meeting, "agenda", 1) == paper
    assert house.read(verify).is_sound


def test_keeping_the_same_again_keeps_it_once_and_something_else_is_refused(
    small_house,
):
    house = small_house
    meeting = drafted(house)
    paper = paper_of(house, meeting)
    first = house.run(freeze_paper, meeting, "agenda", 1, paper)
    assert house.run(freeze_paper, meeting, "agenda", 1, paper) == first
    other = replace(paper, head=replace(paper.head, place="Elsewhere"))
    with pytest.raises(Conflict, match="paper_kept_already"):
        house.run(freeze_paper, meeting, "agenda", 1, other)
    house.run(freeze_paper, meeting, "agenda", 2, other)
    assert house.read(kept_paper, meeting, "agenda", 1) == paper


def test_a_paper_nobody_handed_out_is_not_found(small_house):
    meeting = drafted(small_house)
    with pytest.raises(NotFound):
        small_house.read(kept_paper, meeting, "minutes", 1)


def test_a_paper_of_another_kind_is_no_paper_of_this(small_house):
    meeting = drafted(small_house)
    with pytest.raises(TypeError):
        small_house.run(
            freeze_paper, meeting, "minutes", 1, paper_of(small_house, meeting)
        )


def test_one_letter_changed_behind_the_programs_back_is_found(any_small_house):
    house = any_small_house
    meeting = drafted(house)
    house.run(freeze_paper, meeting, "agenda", 1, paper_of(house, meeting))

    def tamper(work):
        row = work.session.query(MeetingPaper).one()
        content = {**row.content, "head": {**row.content["head"], "place": "Room 9"}}
        row.content = content

    house.run(tamper)
    with pytest.raises(Refusal, match="paper_not_as_kept"):
        house.read(kept_paper, meeting, "agenda", 1)
    found = house.read(verify)
    [one] = [one for one in found.differences if one.table == "meeting_paper"]
    assert one.column == "sha256"
    assert one.reference.endswith(" 1")
