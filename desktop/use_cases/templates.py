"""Templates of requests of a person, a unit, or everybody: saved and deleted."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import select

from desktop.domain.errors import Forbidden, Invalid, NotFound, Transition
from desktop.domain.files import clean_file_name, kind_of
from desktop.domain.text import BODY_CAP, TITLE_CAP, clean
from desktop.entities.attachments import TemplateFile
from desktop.entities.services import Service
from desktop.entities.wordings import RequestTemplate
from desktop.queries.house_settings import most_file_bytes
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.at_the_desk import somebody
from desktop.use_cases.attachments import (
    MOST_AT_ONCE,
    PUT_BACK_WITHIN,
    NewFile,
    bytes_of,
    content_id_of,
)
from desktop.use_cases.typed_words import typed_line
from desktop.use_cases.wordings import Sharing, owner_of, sharing_of

MOST_ANSWERS: Final = 200


@dataclass(frozen=True)
class TemplateDraft:
    """A template as saved; ``key`` is made with it, so a retry makes no second.

    ``answers`` are by the code of the question, those every request has included.
    ``kept`` are the keys of files a deleted template had, to be put back with it.
    """

    name: str
    service_id: int
    answers: Mapping[str, Any] = field(default_factory=dict)
    is_urgent: bool = False
    urgency_reason: str = ""
    sharing: Sharing = Sharing.MINE
    key: uuid.UUID = field(default_factory=uuid.uuid4)
    files: tuple[NewFile, ...] = ()
    kept: tuple[uuid.UUID, ...] = ()


def save_template(work: UnitOfWork, draft: TemplateDraft) -> int:
    """Keep a template; return its id. One of the same name and owner is replaced.

    Refuses with Invalid a missing name and files that cannot be kept (see
    `attachments`), with Forbidden what only a coordinator writes for everybody.
    """
    name = typed_line(draft.name, "name", TITLE_CAP)
    if not name:
        raise Invalid("name", "missing")
    person_id, unit_id = owner_of(work, draft.sharing)
    work.get(Service, draft.service_id)
    same = select(RequestTemplate).where(
        (RequestTemplate.key == draft.key)
        | (
            (RequestTemplate.name == name)
            & RequestTemplate.person_id.is_not_distinct_from(person_id)
            & RequestTemplate.unit_id.is_not_distinct_from(unit_id)
        )
    )
    row = work.session.scalars(same.limit(1)).first()
    if row is None:
        row = RequestTemplate(key=draft.key)
        work.session.add(row)
    row.name, row.service_id = name, draft.service_id
    row.person_id, row.unit_id = person_id, unit_id
    row.content = {
        "answers": _kept(draft.answers),
        "is_urgent": draft.is_urgent,
        "urgency_reason": typed_line(draft.urgency_reason, "urgency_reason", 2_000),
    }
    work.session.flush()
    _keep_files(work, row.id, draft)
    return row.id


def delete_template(work: UnitOfWork, template_id: int) -> TemplateDraft:
    """Delete a template; return it as it was, so that it can be saved again."""
    row = _mine(work, template_id)
    sharing = sharing_of(row.person_id, row.unit_id)
    kept = TemplateDraft(
        row.name,
        row.service_id,
        row.content.get("answers", {}),
        bool(row.content.get("is_urgent")),
        str(row.content.get("urgency_reason") or ""),
        sharing,
        kept=_let_go(work, _files_of(work, row.id)),
    )
    work.session.delete(row)
    work.session.flush()
    return kept


def remove_template_file(work: UnitOfWork, file_id: int) -> None:
    """Take one file away from its template; ``put_back_template_file`` undoes it.

    Refuses as deleting the template does, with NotFound what is gone already.
    """
    file = work.get(TemplateFile, file_id)
    if file.template_id is None:
        raise NotFound("not_found", what="attachment", id=file_id)
    _mine(work, file.template_id)
    _let_go(work, [file])


def put_back_template_file(work: UnitOfWork, template_id: int, file_id: int) -> None:
    """Give a template a file back that was taken away from it."""
    row, file = _mine(work, template_id), work.get(TemplateFile, file_id)
    _give_back(work, row, [file])


def _mine(work: UnitOfWork, template_id: int) -> RequestTemplate:
    """Return a template that the actor may change."""
    me = somebody(work)
    row = work.get(RequestTemplate, template_id)
    if sharing_of(row.person_id, row.unit_id) is Sharing.HOUSE:
        owner_of(work, Sharing.HOUSE)
    elif (row.person_id or me) != me or _is_of_another_unit(work, row):
        raise Forbidden("not_yours")
    return row


def _files_of(work: UnitOfWork, template_id: int) -> list[TemplateFile]:
    mine = select(TemplateFile).where(TemplateFile.template_id == template_id)
    return list(work.session.scalars(mine.order_by(TemplateFile.id)))


def _let_go(work: UnitOfWork, files: Sequence[TemplateFile]) -> tuple[uuid.UUID, ...]:
    for one in files:
        one.template_id, one.removed_at = None, work.now
    work.session.flush()
    return tuple(one.key for one in files)


def _keep_files(work: UnitOfWork, template_id: int, draft: TemplateDraft) -> None:
    """Let a template have exactly these files, all of them or none."""
    if len(draft.files) > MOST_AT_ONCE:
        raise Invalid("files", "too_many_files", most=MOST_AT_ONCE)
    wanted = {*draft.kept, *(one.key for one in draft.files)}
    there = _files_of(work, template_id)
    _let_go(work, [one for one in there if one.key not in wanted])
    _put_back(work, template_id, draft)
    most, present = most_file_bytes(work.session), {one.key for one in there}
    for one in draft.files:
        if one.key not in present:
            _add(work, template_id, one, most)


def _put_back(work: UnitOfWork, template_id: int, draft: TemplateDraft) -> None:
    """Give a template deleted by mistake the files it had."""
    mine = TemplateFile.key.in_(draft.kept) & TemplateFile.template_id.is_(None)
    files = work.session.scalars(select(TemplateFile).where(mine)).all()
    _give_back(work, work.get(RequestTemplate, template_id), files)


def _give_back(
    work: UnitOfWork, template: RequestTemplate, files: Iterable[TemplateFile]
) -> None:
    for one in files:
        if one.removed_at is None or work.now - one.removed_at > PUT_BACK_WITHIN:
            raise Transition("too_late_to_undo", reference=template.name)
        one.template_id, one.removed_at = template.id, None
    work.session.flush()


def _add(work: UnitOfWork, template_id: int, file: NewFile, most: int) -> None:
    name = clean_file_name(file.name)
    content = bytes_of(file, name, most)
    work.session.add(
        TemplateFile(
            key=file.key,
            template_id=template_id,
            content_id=content_id_of(work, content),
            name=name,
            media_type=kind_of(content).media_type,
            field=file.field,
        )
    )
    work.session.flush()


def _is_of_another_unit(work: UnitOfWork, row: RequestTemplate) -> bool:
    assert work.actor is not None
    return row.unit_id is not None and row.unit_id != work.actor.unit_id


def _kept(answers: Mapping[str, Any]) -> dict[str, Any]:
    if len(answers) > MOST_ANSWERS:
        raise Invalid("answers", "too_long", most=MOST_ANSWERS)
    return {clean(code): _clean(one, code) for code, one in answers.items()}


def _clean(answer: Any, where: str) -> Any:
    if isinstance(answer, str):
        if len(answer) > BODY_CAP:
            raise Invalid(where, "too_long", most=BODY_CAP)
        return clean(answer)
    if isinstance(answer, list):
        return [_clean(one, where) for one in answer]
    return answer
