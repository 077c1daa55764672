"""What those who owe an answer do with an obstacle: answer, refuse, pass on, merge."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from desktop.domain.errors import Conflict, Invalid, Transition
from desktop.domain.obstacles import ALLOWED_FROM, ObstacleState, ObstacleStep
from desktop.entities.journal import JournalEntry
from desktop.entities.obstacles import Obstacle, ObstacleVoice
from desktop.entities.outgoing import SessionNotice
from desktop.entities.sittings import RaisedItem, RaisedState
from desktop.entities.units import Person, Unit
from desktop.store.obstacle_people import end_of_merges, leaders_of, stopped_by
from desktop.store.session_notices import tell_people
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.at_the_desk import somebody
from desktop.use_cases.obstacle_reminders import remind_when_due
from desktop.use_cases.obstacle_steps import obstacle_for
from desktop.use_cases.obstacles import due_of
from desktop.use_cases.raising_items import raise_item
from desktop.use_cases.typed_words import needed_text, typed_text


def answer_obstacle(
    work: UnitOfWork,
    obstacle_id: int,
    answer: str,
    *,
    expected_version: int | None = None,
) -> int:
    """Answer an obstacle: everybody it stops is told. Returns its new version.

    Refuses with Invalid (field ``answer``) where nothing is said.
    """
    words = needed_text(answer, "answer")
    return _ended(work, obstacle_id, ObstacleStep.ANSWERED, words, expected_version)


def refuse_obstacle(
    work: UnitOfWork,
    obstacle_id: int,
    reason: str,
    *,
    expected_version: int | None = None,
) -> int:
    """Say no, and why: everybody it stops is told. Returns its new version.

    Refuses with Invalid (field ``answer``) where no reason is given.
    """
    words = needed_text(reason, "answer")
    return _ended(work, obstacle_id, ObstacleStep.REFUSED, words, expected_version)


def _ended(
    work: UnitOfWork,
    obstacle_id: int,
    step: ObstacleStep,
    words: str,
    expected: int | None,
) -> int:
    obstacle = obstacle_for(work, obstacle_id, step, expected)
    told = {"was": obstacle.state.value}
    is_answer = step is ObstacleStep.ANSWERED
    obstacle.state = ObstacleState.ANSWERED if is_answer else ObstacleState.REFUSED
    obstacle.answer = words
    obstacle.answered_by_id = somebody(work)
    obstacle.answered_at = work.now
    return recorded(work, step, obstacle, told, words)


def recorded(
    work: UnitOfWork,
    step: ObstacleStep,
    obstacle: Obstacle,
    details: dict[str, Any] | None = None,
    text: str = "",
    *,
    people: tuple[int | None, ...] | None = None,
) -> int:
    """Write a step down and tell ``people`` (whom it stops, where None) of it.

    Returns the obstacle's new version, by which the notices are named, too.
    """
    work.session.flush()
    work.record_obstacle(step, obstacle.id, details, text=text)
    tell_people(
        work,
        stopped_by(work.session, obstacle) if people is None else people,
        step,
        _mark(obstacle, step),
        obstacle_id=obstacle.id,
        words=obstacle.title,
    )
    remind_when_due(work, obstacle)
    return obstacle.version


def _mark(obstacle: Obstacle, step: str) -> str:
    return f"obstacle:{obstacle.id}:{step}:{obstacle.version}"


def assign_obstacle(
    work: UnitOfWork,
    obstacle_id: int,
    unit_id: int,
    person_id: int | None = None,
    *,
    expected_version: int | None = None,
) -> int:
    """Say which unit, and who of it, owes the answer; when it is due stays.

    Refuses with Invalid (``owing_unit``, ``owing``) a closed unit and who is not of
    that unit.
    """
    step = ObstacleStep.ASSIGNED
    obstacle = obstacle_for(work, obstacle_id, step, expected_version)
    if not work.get(Unit, unit_id).is_active:
        raise Invalid("owing_unit", "not_a_choice")
    if person_id is not None:
        person = work.get(Person, person_id)
        if person.unit_id != unit_id or not person.is_active or not person.can_sign_in:
            raise Invalid("owing", "not_a_choice")
    before = {"from_unit": obstacle.owing_unit_id, "from_person": obstacle.owing_id}
    told = {"owing_unit": unit_id, "owing": person_id, **before}
    obstacle.owing_unit_id, obstacle.owing_id = unit_id, person_id
    people = (person_id,) if person_id else leaders_of(work.session, unit_id)
    return recorded(work, step, obstacle, told, people=people)


def postpone_obstacle(
    work: UnitOfWork,
    obstacle_id: int,
    due_at: datetime,
    why: str = "",
    *,
    expected_version: int | None = None,
) -> int:
    """Change by when an obstacle is answered; whom it stops is told.

    Refuses with Invalid (``due_at``) an instant that is over.
    """
    step = ObstacleStep.POSTPONED
    obstacle = obstacle_for(work, obstacle_id, step, expected_version)
    if due_at <= work.now:
        raise Invalid("due_at", "in_the_past")
    before = obstacle.answer_due_at
    told = {
        "due_at": due_at.isoformat(),
        "from_due_at": before.isoformat() if before else "",
    }
    obstacle.answer_due_at = due_at
    return recorded(work, step, obstacle, told, typed_text(why, "why"))


def merge_obstacles(
    work: UnitOfWork,
    obstacle_id: int,
    into_id: int,
    *,
    expected_version: int | None = None,
) -> int:
    """Let one obstacle go on in another: its voices and requests are kept there.

    Returns the id of the one that goes on. Refuses with Invalid (field ``into``) one
    merged into itself or in a circle, and with Transition one that does not go on.
    """
    if into_id == obstacle_id:
        raise Invalid("into", "itself")
    into_id = end_of_merges(work.session, into_id)
    if into_id == obstacle_id:
        raise Invalid("into", "circle")
    # Both are locked in one order, so that two who merge at once never wait in a ring.
    for key in sorted((obstacle_id, into_id)):
        work.get(Obstacle, key, for_update=True)
    step = ObstacleStep.MERGED
    obstacle = obstacle_for(work, obstacle_id, step, expected_version)
    into = work.get(Obstacle, into_id)
    if into.state not in ALLOWED_FROM[ObstacleStep.VOICED]:
        raise Transition("obstacle_not_so", state=into.state.value)
    told = {
        "was": obstacle.state.value,
        "into": into.id,
        "voices": _move_voices(work, obstacle, into),
    }
    obstacle.state, obstacle.merged_into_id = ObstacleState.MERGED, into.id
    recorded(work, step, obstacle, told)
    work.record_obstacle(step, into.id, {"from": obstacle.id})
    return into.id


def _move_voices(work: UnitOfWork, source: Obstacle, into: Obstacle) -> list[int]:
    """Let everybody the one stops be heard at the other; return who was not yet."""
    heard = set(stopped_by(work.session, into))
    of_source = select(ObstacleVoice).where(ObstacleVoice.obstacle_id == source.id)
    met = {source.raised_by_id: (source.request_id, source.raised_at)}
    for voice in work.session.scalars(of_source):
        met.setdefault(voice.person_id, (voice.request_id, voice.at))
    added = sorted(met.keys() - heard)
    for person_id in added:
        request_id, at = met[person_id]
        voice = ObstacleVoice(
            obstacle_id=into.id, person_id=person_id, request_id=request_id, at=at
        )
        work.session.add(voice)
    return added


def put_on_agenda(
    work: UnitOfWork,
    obstacle_id: int,
    series_id: int,
    *,
    minutes: int = 5,
    outcome: str = "decide",
    key: uuid.UUID | None = None,
    expected_version: int | None = None,
) -> int:
    """Raise an obstacle for the next session of a series; returns the item's id.

    Refuses with Conflict where it waits for that series already, and as
    `raise_item` does.
    """
    step = ObstacleStep.PLACED
    obstacle = obstacle_for(work, obstacle_id, step, expected_version)
    key = key or uuid.uuid4()
    waiting = select(RaisedItem.id).where(
        RaisedItem.series_id == series_id,
        RaisedItem.obstacle_id == obstacle_id,
        RaisedItem.state == RaisedState.WAITING,
        RaisedItem.key != key,
    )
    if work.session.scalar(waiting.limit(1)) is not None:
        raise Conflict("on_agenda_already")
    raised_id = raise_item(
        work,
        series_id,
        obstacle.title,
        notes=obstacle.proposal,
        minutes=minutes,
        outcome=outcome,
        request_id=obstacle.request_id,
        obstacle_id=obstacle.id,
        key=key,
    )
    recorded(work, step, obstacle, {"series": series_id})
    return raised_id


def close_obstacle(
    work: UnitOfWork,
    obstacle_id: int,
    why: str = "",
    *,
    expected_version: int | None = None,
) -> int:
    """Say that nothing more is to be done, or, as who raised it, that it is gone."""
    step = ObstacleStep.CLOSED
    obstacle = obstacle_for(work, obstacle_id, step, expected_version)
    told = {"was": obstacle.state.value}
    obstacle.state = ObstacleState.CLOSED
    return recorded(work, step, obstacle, told, typed_text(why, "why"))


def reopen_obstacle(
    work: UnitOfWork,
    obstacle_id: int,
    why: str,
    *,
    expected_version: int | None = None,
) -> int:
    """Open an obstacle again, and say why; the answer is due anew.

    Refuses with Invalid (field ``why``) where no reason is given.
    """
    step = ObstacleStep.REOPENED
    obstacle = obstacle_for(work, obstacle_id, step, expected_version)
    words = needed_text(why, "why")
    told: dict[str, Any] = {"was": obstacle.state.value}
    last = obstacle.answered_by_id
    if obstacle.state is ObstacleState.MERGED:
        _part_again(work, obstacle)
    _open(obstacle)
    obstacle.answer_due_at = due_of(work, obstacle.owing_unit_id)
    leaders = leaders_of(work.session, obstacle.owing_unit_id)
    people = (obstacle.owing_id, last, *leaders)
    return recorded(work, step, obstacle, told, words, people=people)


def undo_obstacle_step(
    work: UnitOfWork, obstacle_id: int, *, expected_version: int
) -> int:
    """Take the last answer, refusal, merge or closing back, as whoever did it.

    Nothing may have happened since; notices nobody has read yet are taken back, too.
    Refuses with Transition what cannot be taken back.
    """
    obstacle = obstacle_for(work, obstacle_id, ObstacleStep.REOPENED, expected_version)
    last = work.session.scalars(
        select(JournalEntry)
        .where(JournalEntry.obstacle_id == obstacle_id)
        .order_by(JournalEntry.id.desc())
        .limit(1)
    ).one()
    is_mine = last.actor_id == somebody(work)
    if not is_mine or last.kind not in _TAKEN_BACK:
        raise Transition("obstacle_not_so", state=obstacle.state.value)
    work.session.execute(
        delete(SessionNotice).where(
            SessionNotice.obstacle_id == obstacle_id,
            SessionNotice.mark == _mark(obstacle, last.kind),
            SessionNotice.read_at.is_(None),
        )
    )
    if obstacle.state is ObstacleState.MERGED:
        _part_again(work, obstacle)
    if last.kind == ObstacleStep.CLOSED:
        obstacle.state = ObstacleState(last.details["was"])
    else:
        _open(obstacle)
    told = {"undone": last.kind}
    return recorded(work, ObstacleStep.REOPENED, obstacle, told, people=())


_TAKEN_BACK = frozenset(
    {
        ObstacleStep.ANSWERED.value,
        ObstacleStep.REFUSED.value,
        ObstacleStep.MERGED.value,
        ObstacleStep.CLOSED.value,
    }
)


def _open(obstacle: Obstacle) -> None:
    obstacle.state = ObstacleState.OPEN
    obstacle.answer, obstacle.answered_by_id = "", None
    obstacle.answered_at, obstacle.merged_into_id = None, None


def _part_again(work: UnitOfWork, obstacle: Obstacle) -> None:
    """Take away the voices the last merge brought to the one that goes on."""
    merged = work.session.scalars(
        select(JournalEntry.details)
        .where(
            JournalEntry.obstacle_id == obstacle.id,
            JournalEntry.kind == ObstacleStep.MERGED,
        )
        .order_by(JournalEntry.id.desc())
    )
    details = next(one for one in merged if "into" in one)
    work.session.execute(
        delete(ObstacleVoice).where(
            ObstacleVoice.obstacle_id == details["into"],
            ObstacleVoice.person_id.in_(details["voices"]),
        )
    )
