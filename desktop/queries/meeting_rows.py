"""The rows of the meetings page: frozen, in codes, figures and instants."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from desktop.domain.agenda import AgendaPaper, Candidate, RunningItem
from desktop.domain.pairs import Period
from desktop.domain.requests import RequestState
from desktop.queries.attachments import FileRow

CandidatePlace = Literal["offered", "on_agenda", "removed"]


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One session; ``state`` is ``planned drafted published held cancelled``."""

    id: int
    series_id: int
    number: int
    starts_at: datetime
    minutes: int
    state: str
    agenda_version: int
    zone: str


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """One series; ``next`` is a session to come, ``last`` the latest that is over.

    ``ended_at``: it plans no more.
    """

    id: int
    name: str
    front: str
    back: str
    zone: str
    next: SessionRow | None
    last: SessionRow | None
    sessions: int
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class BoardItem:
    """An item of the running order, with what an editor needs to change it.

    ``title`` is empty where the words of its kind stand; ``weight`` and
    ``is_standing`` decide what is not reached when the session is too short.
    ``candidate`` is what is behind it now, ``fresh`` how many requests of it are new.
    """

    id: int
    version: int
    running: RunningItem
    subject: str
    title: str
    notes: str
    leader_id: int | None
    weight: float
    is_own: bool
    is_standing: bool
    request_ids: tuple[int, ...]
    chair_notes: str = ""
    section: str = ""
    candidate: Candidate | None = None
    fresh: int = 0
    files: tuple[FileRow, ...] = ()


@dataclass(frozen=True, slots=True)
class BoardCandidate:
    """What the evidence proposes, and whether the agenda has it already.

    ``fresh`` counts its requests that came since somebody looked at it.
    """

    candidate: Candidate
    place: CandidatePlace
    item_id: int | None
    fresh: int = 0


@dataclass(frozen=True, slots=True)
class BoardAction:
    """An open action; overdue as on the session's own day."""

    id: int
    version: int
    number: int
    text: str
    topic: str
    owner: str
    due_on: date
    carried: int
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who may lead an item or own an action."""

    person_id: int
    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A request behind a candidate."""

    id: int
    reference: str
    subject: str
    service: str
    unit: str
    state: RequestState


@dataclass(frozen=True, slots=True)
class MeetingBoard:
    """One session as the page shows it; ``paper`` is what would be printed now.

    ``weights`` are the factors its series turned rules to, ``silenced`` the rules it
    never proposes by.
    """

    id: int
    series_id: int
    version: int
    state: str
    agenda_version: int
    minutes: int
    can_change: bool
    can_close: bool
    paper: AgendaPaper
    period: Period
    is_empty: bool
    judged: int
    broken: int
    items: tuple[BoardItem, ...]
    candidates: tuple[BoardCandidate, ...]
    removed: tuple[tuple[int, str, str], ...]
    drafted: tuple[Candidate, ...]
    actions: tuple[BoardAction, ...]
    people: tuple[Member, ...]
    weights: tuple[tuple[str, float], ...] = ()
    silenced: tuple[str, ...] = ()
