"""Files kept with a template: taken over, replaced, put back, and let go."""

from __future__ import annotations

import uuid
from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from desktop.domain.errors import Conflict, Forbidden, Invalid, NotFound, Transition
from desktop.domain.files import MEGABYTE, MOST_MB_SETTING
from desktop.entities.attachments import FileContent
from desktop.entities.workspace import HouseSetting
from desktop.queries.template_files import template_file_bytes, template_files
from desktop.store.file_checks import file_faults
from desktop.use_cases.attachments import NewFile, let_go
from desktop.use_cases.templates import (
    TemplateDraft,
    delete_template,
    put_back_template_file,
    remove_template_file,
    save_template,
)

PDF = b"%PDF-1.7 plan"
FRONT = "Jelena Marić"


def a_draft(house, *files: NewFile) -> TemplateDraft:
    service = house.services["Title extract"]
    return TemplateDraft("For the bank", service, files=files)


def sizes(house) -> list[int]:
    def read(session: Session) -> list[int]:
        return [len(row.content) for row in session.query(FileContent)]

    return house.read(read)


def faults(house) -> list[object]:
    return house.read(lambda session: list(file_faults(session)))


def names(house, template: int) -> list[str]:
    return [one.name for one in house.read(template_files, template)]


def test_a_template_keeps_its_files_until_it_is_saved_without_them(any_small_house):
    house = any_small_house.me(FRONT)
    draft = a_draft(
        house, NewFile("../plan?.pdf", PDF), NewFile("id.txt", b"me", "proof")
    )
    template = house.run(save_template, draft)
    assert house.run(save_template, draft) == template
    plan, proof = house.read(template_files, template)
    assert (plan.name, plan.size, proof.field) == ("plan_.pdf", len(PDF), "proof")
    assert house.read(template_file_bytes, plan.id).content == PDF
    assert faults(house) == []
    other = NewFile("new.txt", b"new")
    again = replace(draft, files=(draft.files[1], other), key=uuid.uuid4())
    assert house.run(save_template, again) == template
    assert names(house, template) == ["id.txt", "new.txt"]
    with pytest.raises(NotFound):
        house.read(template_file_bytes, plan.id)
    house.later(minutes=11)
    assert house.run(let_go) == 1
    assert sorted(sizes(house)) == [0, 2, 3]
    assert faults(house) == []


def test_a_template_deleted_comes_back_with_its_files_for_ten_minutes(
    any_small_house,
):
    house = any_small_house.me(FRONT)
    template = house.run(save_template, a_draft(house, NewFile("plan.pdf", PDF)))
    kept = house.run(delete_template, template)
    assert house.run(let_go) == 0
    template = house.run(save_template, kept)
    assert names(house, template) == ["plan.pdf"]
    kept = house.run(delete_template, template)
    house.later(minutes=11)
    assert house.run(let_go) == 1
    with pytest.raises(Transition, match="too_late_to_undo"):
        house.run(save_template, kept)
    assert sizes(house) == [0]
    assert faults(house) == []


def test_a_file_no_request_takes_is_refused_and_no_template_is_kept(small_house):
    house = small_house.me(FRONT)
    setting = HouseSetting(name=MOST_MB_SETTING, value=1)
    house.run(lambda work: work.session.add(setting))
    large = NewFile("large.bin", b"x" * (MEGABYTE + 1))
    with pytest.raises(Invalid, match="file_too_large") as refused:
        house.run(save_template, a_draft(house, NewFile("plan.pdf", PDF), large))
    assert refused.value.field == str(large.key)
    assert sizes(house) == []


def test_damaged_bytes_are_named_and_not_taken(small_house):
    house = small_house.me(FRONT)
    template = house.run(save_template, a_draft(house, NewFile("plan.pdf", PDF)))
    (file,) = house.read(template_files, template)

    def damage(work):
        work.session.query(FileContent).update({"content": b"%PDF-1.7 plot"})

    house.run(damage)
    with pytest.raises(Conflict, match="file_damaged"):
        house.read(template_file_bytes, file.id)
    (fault,) = faults(house)
    assert (fault.reference, fault.column) == ("plan.pdf", "sha256")


def test_one_file_is_taken_away_and_put_back_by_who_may_change_the_template(
    any_small_house,
):
    house = any_small_house.me(FRONT)
    files = NewFile("plan.pdf", PDF), NewFile("id.txt", b"me")
    template = house.run(save_template, a_draft(house, *files))
    plan, _other = house.read(template_files, template)
    with pytest.raises(Forbidden):
        house.me("Dušan Kovač").run(remove_template_file, plan.id)
    house.me(FRONT).run(remove_template_file, plan.id)
    assert names(house, template) == ["id.txt"]
    with pytest.raises(NotFound):
        house.run(remove_template_file, plan.id)
    house.run(put_back_template_file, template, plan.id)
    assert names(house, template) == ["plan.pdf", "id.txt"]
    house.run(remove_template_file, plan.id)
    with pytest.raises(Transition, match="too_late_to_undo"):
        house.later(minutes=11).run(put_back_template_file, template, plan.id)
    assert faults(house) == []
