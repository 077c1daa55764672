"""A session's items and candidates as its board shows them, each with what is new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from desktop.domain.agenda import Candidate, RunningItem
from desktop.domain.candidates import looked_key
from desktop.entities.meetings import AgendaItem
from desktop.queries.agenda import SessionAgenda
from desktop.queries.agenda_entries import OWN_WEIGHT
from desktop.queries.attachments import FileRow
from desktop.queries.meeting_rows import BoardCandidate, BoardItem, CandidatePlace

OWN_SUBJECT: Final = "own:"
Looked = Mapping[str, Sequence[int]]


def board_items(
    rows: Sequence[AgendaItem],
    agenda: SessionAgenda,
    looked: Looked,
    files: Mapping[int, Sequence[FileRow]],
) -> tuple[BoardItem, ...]:
    """Return the items on the agenda, in its order, as its paper tells them."""
    if not rows:
        return ()
    found = {(one.kind, one.subject): one for one in agenda.candidates}
    told = {(str(one.kind), one.subject): one for one in agenda.paper.items}
    board = []
    for row in rows:
        item = told.get((row.kind, row.subject))
        if row.is_removed or item is None:
            continue
        behind = found.get((item.kind, row.subject))
        board.append(
            BoardItem(
                id=row.id,
                version=row.version,
                running=item,
                subject=row.subject,
                title=row.title,
                notes=row.notes,
                leader_id=row.leader_id,
                weight=behind.weight if behind else _weight_once(row, item),
                is_own=row.subject.startswith(OWN_SUBJECT),
                is_standing=behind.is_standing
                if behind
                else bool(row.evidence.get("is_standing")),
                request_ids=behind.request_ids if behind else (),
                chair_notes=row.chair_notes,
                section=row.section,
                candidate=behind,
                fresh=_fresh(behind, looked) if behind else 0,
                files=tuple(files.get(row.id, ())),
            )
        )
    return tuple(board)


def _weight_once(row: AgendaItem, item: RunningItem) -> float:
    """Return what an item weighed when it was found; one's own weighs most."""
    return float(row.evidence.get("weight") or 0.0) if item.rule else OWN_WEIGHT


def _fresh(candidate: Candidate, looked: Looked) -> int:
    """Count what came since somebody looked; itself counts where it was not there."""
    if not looked or candidate.is_standing:
        return 0
    known = looked.get(looked_key(candidate))
    if known is None:
        return max(1, len(candidate.request_ids))
    return len(set(candidate.request_ids) - set(known))


def board_candidates(
    rows: Sequence[AgendaItem], found: Sequence[Candidate], looked: Looked
) -> tuple[BoardCandidate, ...]:
    """Return every candidate with where it is, and how much of it is new."""
    known = {(row.kind, row.subject): row for row in rows}
    told = []
    for candidate in found:
        row = known.get((candidate.kind, candidate.subject))
        place: CandidatePlace = "offered"
        if row is not None:
            place = "removed" if row.is_removed else "on_agenda"
        fresh = _fresh(candidate, looked)
        told.append(BoardCandidate(candidate, place, row.id if row else None, fresh))
    return tuple(told)


def removed_items(
    rows: Sequence[AgendaItem], agenda: SessionAgenda
) -> tuple[tuple[int, str, str], ...]:
    """Return id, kind and title of removed items that no candidate stands for."""
    found = {(str(one.kind), one.subject) for one in agenda.candidates}
    return tuple(
        (row.id, row.kind, row.title)
        for row in rows
        if row.is_removed and (row.kind, row.subject) not in found
    )
