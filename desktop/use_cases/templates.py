"""Templates of requests of a person, a unit, or everybody: saved and deleted."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import select

from desktop.domain.errors import Forbidden, Invalid
from desktop.domain.text import BODY_CAP, TITLE_CAP, clean
from desktop.entities.services import Service
from desktop.entities.wordings import RequestTemplate
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.at_the_desk import somebody
from desktop.use_cases.typed_words import typed_line
from desktop.use_cases.wordings import Sharing, owner_of, sharing_of

MOST_ANSWERS: Final = 200


@dataclass(frozen=True)
class TemplateDraft:
    """A template as saved; ``key`` is made with it, so a retry makes no second.

    ``answers`` are by the code of the question, those every request has included.
    """

    name: str
    service_id: int
    answers: Mapping[str, Any] = field(default_factory=dict)
    is_urgent: bool = False
    urgency_reason: str = ""
    sharing: Sharing = Sharing.MINE
    key: uuid.UUID = field(default_factory=uuid.uuid4)


def save_template(work: UnitOfWork, draft: TemplateDraft) -> int:
    """Keep a template; return its id. One of the same name and owner is replaced.

    Refuses with Invalid a missing name, with Forbidden what only a coordinator
    writes for everybody.
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
    return row.id


def delete_template(work: UnitOfWork, template_id: int) -> TemplateDraft:
    """Delete a template; return it as it was, so that it can be saved again."""
    me = somebody(work)
    row = work.get(RequestTemplate, template_id)
    sharing = sharing_of(row.person_id, row.unit_id)
    if sharing is Sharing.HOUSE:
        owner_of(work, Sharing.HOUSE)
    elif (row.person_id or me) != me or _is_of_another_unit(work, row):
        raise Forbidden("not_yours")
    kept = TemplateDraft(
        row.name,
        row.service_id,
        row.content.get("answers", {}),
        bool(row.content.get("is_urgent")),
        str(row.content.get("urgency_reason") or ""),
        sharing,
    )
    work.session.delete(row)
    work.session.flush()
    return kept


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
