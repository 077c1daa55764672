"""Obstacles as lists show them: open ones with the longest overdue answer first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from desktop.domain.improvements import ENDED
from desktop.domain.obstacles import ObstacleState
from desktop.domain.text import searchable
from desktop.entities.obstacles import Improvement, Obstacle, ObstacleVoice
from desktop.queries.obstacles import obstacle_lines, requests_of, voices_of

SHOWN: Final = 200
MOST_WORDS: Final = 12


class ObstacleView(StrEnum):
    """Which obstacles a list shows."""

    OPEN = "open"
    ANSWERED = "answered"
    REFUSED = "refused"
    IMPROVING = "improving"
    CLOSED = "closed"
    ALL = "all"


class Whose(StrEnum):
    """Of whom: everybody's, those that stop me, those my unit owes an answer to."""

    ALL = "all"
    MINE = "mine"
    OWED = "owed"


VIEW_STATES: Final[dict[ObstacleView, frozenset[ObstacleState]]] = {
    ObstacleView.OPEN: frozenset({ObstacleState.OPEN}),
    ObstacleView.ANSWERED: frozenset({ObstacleState.ANSWERED}),
    ObstacleView.REFUSED: frozenset({ObstacleState.REFUSED}),
    ObstacleView.IMPROVING: frozenset({ObstacleState.IMPROVING}),
    ObstacleView.CLOSED: frozenset({ObstacleState.CLOSED, ObstacleState.MERGED}),
    ObstacleView.ALL: frozenset(ObstacleState),
}


@dataclass(frozen=True, slots=True)
class Looking:
    """Who looks, at which obstacles, by which words."""

    person_id: int
    unit_id: int | None
    view: ObstacleView = ObstacleView.OPEN
    whose: Whose = Whose.ALL
    words: str = ""


@dataclass(frozen=True, slots=True)
class ObstacleRow:
    """An obstacle as a line of a list.

    ``owing`` is the person who owes the answer, else the unit. ``voices`` counts
    whoever raised it, too. ``proof_on`` is the proof date of what improves it.
    """

    id: int
    version: int
    number: int
    title: str
    state: ObstacleState
    raised_by: str
    unit: str
    raised_at: datetime
    owing_unit_id: int
    owing: str
    due_at: datetime | None
    answered_at: datetime | None
    voices: int
    references: tuple[str, ...]
    proof_on: date | None


@dataclass(frozen=True, slots=True)
class ObstacleList:
    """A list's rows, and how many each view holds under the same words."""

    rows: tuple[ObstacleRow, ...]
    counts: dict[ObstacleView, int]
    has_more: bool


def obstacle_list(
    session: Session, looking: Looking, limit: int = SHOWN
) -> ObstacleList:
    """Return the obstacles somebody looks at: open ones by when they are due.

    The others come latest first. Words are found without case and accents, in any
    order; a number alone finds the obstacle of that number, too.
    """
    narrowed = [*_whose(looking), *_found_by(looking.words)]
    states = VIEW_STATES[looking.view]
    wanted = _rows().where(Obstacle.state.in_(states), *narrowed)
    if looking.view is ObstacleView.OPEN:
        wanted = wanted.order_by(
            Obstacle.answer_due_at.is_(None), Obstacle.answer_due_at, Obstacle.id
        )
    else:
        wanted = wanted.order_by(Obstacle.id.desc())
    rows = obstacle_rows(session, wanted.limit(limit + 1))
    counted = session.execute(
        select(Obstacle.state, func.count()).where(*narrowed).group_by(Obstacle.state)
    ).all()
    counts = {
        view: sum(count for state, count in counted if state in of_view)
        for view, of_view in VIEW_STATES.items()
    }
    return ObstacleList(rows[:limit], counts, len(rows) > limit)


def _whose(looking: Looking) -> list[ColumnElement[bool]]:
    if looking.whose is Whose.MINE:
        voiced = select(ObstacleVoice.obstacle_id).where(
            ObstacleVoice.person_id == looking.person_id
        )
        mine = Obstacle.raised_by_id == looking.person_id
        return [or_(mine, Obstacle.id.in_(voiced))]
    if looking.whose is Whose.OWED:
        of_unit = Obstacle.owing_unit_id == (looking.unit_id or 0)
        return [or_(of_unit, Obstacle.owing_id == looking.person_id)]
    return []


def _found_by(words: str) -> list[ColumnElement[bool]]:
    plain = words.strip().removeprefix("#")
    wanted = contains_all(Obstacle.folded, words)
    if plain.isascii() and plain.isdigit() and len(plain) < 9:
        return [
            or_(Obstacle.number == int(plain), *([and_(*wanted)] if wanted else []))
        ]
    return wanted


def contains_all(folded: Any, words: str) -> list[ColumnElement[bool]]:
    """Return that a folded text has every word typed, wherever it stands."""
    typed = searchable(words[:400]).split()
    return [
        folded.contains(one, autoescape=True)
        for one in dict.fromkeys(typed[:MOST_WORDS])
    ]


def _rows() -> Any:
    return obstacle_lines(
        Obstacle.version, Obstacle.state, Obstacle.owing_unit_id, Obstacle.answered_at
    )


def obstacle_rows(session: Session, wanted: Any) -> tuple[ObstacleRow, ...]:
    """Return the lines of what was selected, each with its voices and requests."""
    found = session.execute(wanted).all()
    if not found:
        return ()
    ids = [row.id for row in found]
    voices, met_on, proofs = (
        voices_of(session, ids),
        requests_of(session, ids),
        _proofs(session, ids),
    )
    return tuple(
        ObstacleRow(
            id=row.id,
            version=row.version,
            number=row.number,
            title=row.title,
            state=row.state,
            raised_by=row.raised_by,
            unit=row.unit,
            raised_at=row.raised_at,
            owing_unit_id=row.owing_unit_id,
            owing=row.owing_person or row.owing_unit,
            due_at=row.answer_due_at,
            answered_at=row.answered_at,
            voices=1 + voices[row.id],
            references=tuple(reference for _, reference in met_on[row.id]),
            proof_on=proofs.get(row.id),
        )
        for row in found
    )


def _proofs(session: Session, ids: Sequence[int]) -> dict[int, date]:
    rows = session.execute(
        select(Improvement.obstacle_id, Improvement.proof_on).where(
            Improvement.obstacle_id.in_(ids), Improvement.state.not_in(ENDED)
        )
    )
    return {row.obstacle_id: row.proof_on for row in rows}


def obstacles_by_id(session: Session, ids: Sequence[int]) -> tuple[ObstacleRow, ...]:
    """Return some obstacles, the latest first."""
    wanted = _rows().where(Obstacle.id.in_(ids)).order_by(Obstacle.id.desc())
    return obstacle_rows(session, wanted)


def obstacles_of_request(session: Session, request_id: int) -> tuple[ObstacleRow, ...]:
    """Return the obstacles met on a request, the latest first.

    A merged one is told by the one it went on in.
    """
    voiced = select(ObstacleVoice.obstacle_id).where(
        ObstacleVoice.request_id == request_id
    )
    wanted = (
        _rows()
        .where(
            or_(Obstacle.request_id == request_id, Obstacle.id.in_(voiced)),
            Obstacle.state != ObstacleState.MERGED,
        )
        .order_by(Obstacle.id.desc())
    )
    return obstacle_rows(session, wanted)


@dataclass(frozen=True, slots=True)
class ObstacleCounts:
    """What of obstacles concerns somebody: theirs, and their unit's to answer.

    ``answered`` of mine were answered or refused within the last days and are not
    closed; ``open`` of mine wait; ``owed`` wait for my unit, ``overdue`` of them late.
    """

    open: int = 0
    answered: int = 0
    owed: int = 0
    overdue: int = 0


def obstacle_counts(
    session: Session,
    *,
    person_id: int,
    unit_id: int | None,
    now: datetime,
    answered_since: datetime,
) -> ObstacleCounts:
    """Count what of obstacles concerns somebody now."""
    mine = Looking(person_id, unit_id, whose=Whose.MINE)
    owed = Looking(person_id, unit_id, whose=Whose.OWED)
    by_state: dict[ObstacleState, int] = defaultdict(int)
    is_fresh = or_(
        Obstacle.state == ObstacleState.OPEN, Obstacle.answered_at >= answered_since
    )
    for state, count in session.execute(
        select(Obstacle.state, func.count())
        .where(*_whose(mine), is_fresh)
        .group_by(Obstacle.state)
    ):
        by_state[state] = count
    waits = select(func.count()).where(
        *_whose(owed), Obstacle.state == ObstacleState.OPEN
    )
    return ObstacleCounts(
        open=by_state[ObstacleState.OPEN],
        answered=by_state[ObstacleState.ANSWERED] + by_state[ObstacleState.REFUSED],
        owed=session.scalar(waits) or 0,
        overdue=session.scalar(waits.where(Obstacle.answer_due_at < now)) or 0,
    )
