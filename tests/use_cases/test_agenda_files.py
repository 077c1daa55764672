"""Files of agenda items: kept with them, and never let go of while one has them."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from desktop.domain.errors import Invalid, NotFound, Transition
from desktop.entities.attachments import FileContent
from desktop.queries.agenda import meeting_agenda
from desktop.queries.agenda_files import agenda_file_bytes, meeting_files
from desktop.store.file_checks import file_faults
from desktop.use_cases.agenda_files import (
    add_files,
    put_back_agenda_file,
    remove_agenda_file,
)
from desktop.use_cases.attachments import NewFile, attach, let_go, remove_file
from tests.use_cases.agendas import drafted, items

PDF = b"%PDF-1.7 plan"


def an_item(house) -> tuple[int, int]:
    meeting = drafted(house)
    return meeting, items(house, meeting)["broken"]


def faults(house) -> list[object]:
    return house.read(lambda session: list(file_faults(session)))


def sizes(house) -> list[int]:
    def read(session: Session) -> list[int]:
        return [len(row.content) for row in session.query(FileContent)]

    return house.read(read)


def test_a_file_goes_with_its_item_and_is_named_on_paper(any_small_house):
    house = any_small_house
    meeting, item = an_item(house)
    file = NewFile("../plan?.pdf", PDF)
    (kept,) = house.run(add_files, item, [file])
    assert house.run(add_files, item, [file]) == ()
    (row,) = house.read(meeting_files, meeting)[item]
    assert (row.name, row.person, row.kind.code) == (kept.name, "Marko Ivić", "pdf")
    assert house.read(agenda_file_bytes, row.id).content == PDF
    paper = house.read(meeting_agenda, meeting, house.now).paper
    assert [one.files for one in paper.items if one.kind == "broken"] == [(row.name,)]
    assert faults(house) == []


def test_a_file_taken_away_can_be_put_back_for_ten_minutes(any_small_house):
    house = any_small_house
    meeting, item = an_item(house)
    (kept,) = house.run(add_files, item, [NewFile("plan.pdf", PDF)])
    house.run(remove_agenda_file, kept.id)
    assert house.read(meeting_files, meeting) == {}
    with pytest.raises(NotFound):
        house.read(agenda_file_bytes, kept.id)
    house.run(put_back_agenda_file, kept.id)
    house.run(remove_agenda_file, kept.id)
    with pytest.raises(Transition, match="file_removed_already"):
        house.run(remove_agenda_file, kept.id)
    house.later(minutes=11)
    with pytest.raises(Transition, match="too_late_to_undo"):
        house.run(put_back_agenda_file, kept.id)
    assert house.run(let_go) == 1
    assert sizes(house) == [0]
    assert faults(house) == []


def test_bytes_stay_while_a_request_or_an_agenda_has_them(any_small_house):
    house = any_small_house
    _meeting, item = an_item(house)
    request = house.raised("sketch", by="Jelena Marić")
    house.me("Jelena Marić")
    (of_request,) = house.run(attach, request, [NewFile("plan.pdf", PDF)])
    house.me("Marko Ivić")
    (of_item,) = house.run(add_files, item, [NewFile("plan.pdf", PDF)])
    house.me("Jelena Marić").run(remove_file, of_request.id, "Wrong one")
    house.later(minutes=11)
    assert house.run(let_go) == 0
    assert house.read(agenda_file_bytes, of_item.id).content == PDF
    house.me("Marko Ivić").run(remove_agenda_file, of_item.id)
    house.later(minutes=11)
    assert house.run(let_go) == 1
    assert faults(house) == []


def test_a_damaged_file_is_named(small_house):
    _meeting, item = an_item(small_house)
    small_house.run(add_files, item, [NewFile("plan.pdf", PDF)])

    def damage(work):
        work.session.query(FileContent).update({"content": b"%PDF-1.7 plot"})

    small_house.run(damage)
    (fault,) = faults(small_house)
    assert (fault.reference, fault.column) == ("plan.pdf", "sha256")


def test_what_cannot_be_kept_is_refused_at_its_file(small_house):
    _meeting, item = an_item(small_house)
    empty = NewFile("plan.pdf", b"")
    with pytest.raises(Invalid, match="file_empty") as refused:
        small_house.run(add_files, item, [NewFile("good.pdf", PDF), empty])
    assert refused.value.field == str(empty.key)
    assert sizes(small_house) == []
