"""Raising an obstacle from where it happens, mending its words, and saying "me too"."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select

from desktop.domain.errors import Forbidden, Invalid
from desktop.domain.obstacles import ObstacleState, ObstacleStep
from desktop.domain.text import TITLE_CAP
from desktop.entities.obstacles import Obstacle, ObstacleVoice
from desktop.entities.requests import Request
from desktop.entities.units import Unit
from desktop.queries import obstacle_places
from desktop.store.obstacle_people import leaders_of
from desktop.store.session_notices import tell_people
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.at_the_desk import somebody
from desktop.use_cases.obstacle_reminders import remind_when_due
from desktop.use_cases.obstacle_steps import obstacle_for
from desktop.use_cases.raising import next_number
from desktop.use_cases.typed_words import needed_line, typed_text

COUNTED_AS: Final = "#OBST"
"""What obstacles are counted under; no unit's references can begin with it."""


@dataclass(frozen=True)
class NewObstacle:
    """What was typed; ``key`` is made with it, so a retry raises no second.

    Without ``owing_unit_id`` the unit that has or last had the request owes the
    answer, else the one that offers the service, else the unit of who raises it.
    """

    title: str
    text: str = ""
    proposal: str = ""
    request_id: int | None = None
    service_id: int | None = None
    owing_unit_id: int | None = None
    key: uuid.UUID = field(default_factory=uuid.uuid4)


@dataclass(frozen=True, slots=True)
class RaisedObstacle:
    """An obstacle as just raised."""

    id: int
    number: int


def raise_obstacle(work: UnitOfWork, draft: NewObstacle) -> RaisedObstacle:
    """Raise an obstacle: who owes the answer is told, and by when it is due.

    It is due at the end of the day ``obstacle_answer_days`` (a setting of the house;
    5 where it is not set) working days of the owing unit later.
    Refuses with Invalid (fields ``title text proposal``), NotFound an unknown request,
    service or unit. The same key raises it once.
    """
    again = work.session.execute(
        select(Obstacle.id, Obstacle.number).where(Obstacle.key == draft.key)
    ).first()
    if again is not None:
        return RaisedObstacle(again.id, again.number)
    obstacle = _made(work, draft)
    work.session.add(obstacle)
    work.session.flush()
    told: dict[str, Any] = {
        "number": obstacle.number,
        "owing_unit": obstacle.owing_unit_id,
    }
    if draft.request_id is not None:
        told["request"] = draft.request_id
    work.record_obstacle(ObstacleStep.RAISED, obstacle.id, told, text=obstacle.title)
    tell_people(
        work,
        leaders_of(work.session, obstacle.owing_unit_id),
        ObstacleStep.RAISED,
        f"obstacle:{obstacle.id}:raised",
        obstacle_id=obstacle.id,
        words=obstacle.title,
    )
    remind_when_due(work, obstacle)
    return RaisedObstacle(obstacle.id, obstacle.number)


def _made(work: UnitOfWork, draft: NewObstacle) -> Obstacle:
    """Return what was typed as it is stored, or refuse it."""
    me, unit_id = somebody(work), _my_unit(work)
    title = needed_line(draft.title, "title", TITLE_CAP)
    text = typed_text(draft.text, "text")
    proposal = typed_text(draft.proposal, "proposal")
    place = obstacle_places.place_of(
        work.session,
        unit_id=unit_id,
        request_id=draft.request_id,
        service_id=draft.service_id,
        owing_unit_id=draft.owing_unit_id,
    )
    if not work.get(Unit, place.owing_unit_id).is_active:
        raise Invalid("owing_unit", "not_a_choice")
    return Obstacle(
        key=draft.key,
        number=next_number(work, COUNTED_AS),
        title=title,
        text=text,
        proposal=proposal,
        raised_by_id=me,
        raised_at=work.now,
        unit_id=unit_id,
        request_id=draft.request_id,
        service_id=place.service_id,
        owing_unit_id=place.owing_unit_id,
        answer_due_at=due_of(work, place.owing_unit_id),
        state=ObstacleState.OPEN,
    )


def _my_unit(work: UnitOfWork) -> int:
    assert work.actor is not None
    if work.actor.unit_id is None:
        raise Forbidden("nobody_at_the_desk")
    return work.actor.unit_id


def due_of(work: UnitOfWork, owing_unit_id: int) -> datetime:
    """Return by when a unit is to answer what is raised now."""
    calendars = work.reference.calendars
    return obstacle_places.due_of(work.session, calendars, owing_unit_id, work.now)


@dataclass(frozen=True)
class ObstacleWords:
    """An obstacle's words as typed."""

    title: str
    text: str = ""
    proposal: str = ""


def change_obstacle(
    work: UnitOfWork,
    obstacle_id: int,
    words: ObstacleWords,
    *,
    expected_version: int | None = None,
) -> ObstacleWords:
    """Mend the words of an open obstacle; return what they were."""
    obstacle = obstacle_for(work, obstacle_id, ObstacleStep.CHANGED, expected_version)
    before = ObstacleWords(obstacle.title, obstacle.text, obstacle.proposal)
    obstacle.title = needed_line(words.title, "title", TITLE_CAP)
    obstacle.text = typed_text(words.text, "text")
    obstacle.proposal = typed_text(words.proposal, "proposal")
    if before != ObstacleWords(obstacle.title, obstacle.text, obstacle.proposal):
        work.session.flush()
        work.record_obstacle(ObstacleStep.CHANGED, obstacle.id, {"title": before.title})
    return before


def add_voice(
    work: UnitOfWork, obstacle_id: int, *, request_id: int | None = None
) -> bool:
    """Say that the same obstacle stops me too; tell whether that is new.

    Whoever raised it is heard already. A merged one passes the voice on to the one
    that goes on.
    """
    me = somebody(work)
    if request_id is not None:
        work.get(Request, request_id)
    obstacle = obstacle_for(work, obstacle_id, ObstacleStep.VOICED, None, follow=True)
    if me == obstacle.raised_by_id or _voice(work, obstacle.id, me) is not None:
        return False
    work.session.add(
        ObstacleVoice(
            obstacle_id=obstacle.id, person_id=me, request_id=request_id, at=work.now
        )
    )
    work.session.flush()
    told = {} if request_id is None else {"request": request_id}
    work.record_obstacle(ObstacleStep.VOICED, obstacle.id, told)
    return True


def take_voice_back(work: UnitOfWork, obstacle_id: int) -> bool:
    """Say that it does not stop me after all; tell whether it was ever said."""
    me = somebody(work)
    obstacle = obstacle_for(work, obstacle_id, ObstacleStep.UNVOICED, None, follow=True)
    voice = _voice(work, obstacle.id, me)
    if voice is None:
        return False
    work.session.delete(voice)
    work.session.flush()
    work.record_obstacle(ObstacleStep.UNVOICED, obstacle.id)
    return True


def _voice(work: UnitOfWork, obstacle_id: int, person_id: int) -> ObstacleVoice | None:
    return work.session.scalar(
        select(ObstacleVoice).where(
            ObstacleVoice.obstacle_id == obstacle_id,
            ObstacleVoice.person_id == person_id,
        )
    )
