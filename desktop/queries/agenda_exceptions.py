"""Exceptions asked for, requests declined and sent back in a period, for its agenda.

The evidence says on which requests it happened; only their entries are read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Final, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.agenda_topics import (
    REASONS_SHOWN,
    ExceptionRow,
    ReturnCode,
    ReturnReasonRow,
    SenderReturns,
)
from desktop.domain.approvals import ApprovalState
from desktop.domain.candidates import FoundException
from desktop.domain.evidence import PairEvidence
from desktop.domain.requests import EntryKind
from desktop.domain.text import fold_for_search, shortened
from desktop.entities.approvals import Approval
from desktop.entities.journal import JournalEntry
from desktop.entities.requests import Request
from desktop.entities.services import Service
from desktop.queries.returns import returns_among

AT_MOST_IN_ONE: Final = 30_000
REFERENCES_SHOWN: Final = 5
LABEL_CAP: Final = 200


def found_exceptions(
    session: Session, evidence: PairEvidence
) -> tuple[FoundException, ...]:
    """Return exceptions asked for in the period, most often asked first.

    Approvals by service, refusals by their words, folded. Those asked for once are
    there too; the rule leaves them out.
    """
    found = [*_approvals(session, evidence), *_declined(session, evidence)]
    return tuple(
        sorted(found, key=lambda one: (-one.row.asked, one.row.code, one.row.label))
    )


def sender_returns(
    session: Session, evidence: PairEvidence
) -> tuple[SenderReturns, dict[str, tuple[int, ...]]]:
    """Return what came back to the front unit, and the requests behind each reason."""
    period, pair = evidence.period, evidence.pair
    ids = _with(evidence, (EntryKind.ASKED, EntryKind.HANDED_OVER))
    rows = [
        one
        for one in returns_among(session, pair.front, ids, period.start, pair.back)
        if one.at < period.as_at
    ]
    requests: dict[str, dict[int, str]] = defaultdict(dict)
    times: dict[str, int] = defaultdict(int)
    services: dict[str, int] = defaultdict(int)
    for one in rows:
        code = one.reason.value if one.reason else ""
        requests[code][one.request_id] = one.reference
        times[code] += 1
        services[one.service] += 1
    ordered = sorted(times, key=lambda code: (-times[code], code))
    told = SenderReturns(
        reasons=tuple(
            ReturnReasonRow(
                cast("ReturnCode", code),
                times[code],
                tuple(list(requests[code].values())[:REFERENCES_SHOWN]),
            )
            for code in ordered[:REASONS_SHOWN]
        ),
        services=tuple(
            sorted(services.items(), key=lambda one: (-one[1], one[0]))[:REASONS_SHOWN]
        ),
        total=len(rows),
        requests=len({one.request_id for one in rows}),
    )
    return told, {code: tuple(known) for code, known in requests.items()}


def _with(evidence: PairEvidence, kinds: Iterable[EntryKind]) -> list[int]:
    """Return the requests to which one of these happened in the period."""
    wanted = {kind.value for kind in kinds}
    period = evidence.period
    return [
        one.case.request_id
        for one in evidence.now.scope
        if any(
            event.kind in wanted and period.start <= event.at < period.as_at
            for event in one.case.events
        )
    ][:AT_MOST_IN_ONE]


def _approvals(session: Session, evidence: PairEvidence) -> list[FoundException]:
    ids = _with(evidence, (EntryKind.APPROVAL_ASKED,))
    if not ids:
        return []
    period = evidence.period
    rows = session.execute(
        select(
            Approval.state,
            Approval.decided_at,
            Request.id,
            Request.reference,
            Service.name,
            Request.topic,
        )
        .join(Request, Request.id == Approval.request_id)
        .outerjoin(Service, Service.id == Request.service_id)
        .where(
            Approval.request_id.in_(ids),
            Approval.asked_at >= period.start,
            Approval.asked_at < period.as_at,
            Approval.state != ApprovalState.WITHDRAWN,
        )
        .order_by(Approval.asked_at, Approval.id)
    )
    # What was decided after the evidence was gathered is not known to it.
    known: dict[str, list[tuple[str, int, str]]] = defaultdict(list)
    for state, decided_at, request_id, reference, service, topic in rows:
        is_decided = _is_before(decided_at, period.as_at)
        shown = state.value if is_decided else ApprovalState.ASKED.value
        known[service or topic or ""].append((shown, request_id, reference))
    return [
        _exception(ExceptionRow("approval", label, *_counts(asked)), asked)
        for label, asked in known.items()
        if label
    ]


def _is_before(at: datetime | None, limit: datetime) -> bool:
    return at is not None and at < limit


def _counts(asked: list[tuple[str, int, str]]) -> tuple[int, int, int]:
    granted = sum(one[0] == ApprovalState.APPROVED.value for one in asked)
    refused = sum(one[0] == ApprovalState.REFUSED.value for one in asked)
    return len(asked), granted, refused


def _declined(session: Session, evidence: PairEvidence) -> list[FoundException]:
    ids = _with(evidence, (EntryKind.DECLINED,))
    if not ids:
        return []
    period = evidence.period
    rows = session.execute(
        select(JournalEntry.request_id, Request.reference, JournalEntry.text)
        .join(Request, Request.id == JournalEntry.request_id)
        .where(
            JournalEntry.request_id.in_(ids),
            JournalEntry.kind == EntryKind.DECLINED.value,
            JournalEntry.unit_id == evidence.pair.back,
            JournalEntry.at >= period.start,
            JournalEntry.at < period.as_at,
        )
        .order_by(JournalEntry.at, JournalEntry.id)
    )
    words: dict[str, str] = {}
    known: dict[str, list[tuple[str, int, str]]] = defaultdict(list)
    for request_id, reference, text in rows:
        assert request_id is not None
        folded = " ".join(fold_for_search(text).split())
        words.setdefault(folded, shortened(" ".join(text.split()), LABEL_CAP))
        known[folded].append(("", request_id, reference))
    return [
        _exception(
            ExceptionRow("declined", words[folded], len(asked), 0, len(asked)), asked
        )
        for folded, asked in known.items()
        if folded
    ]


def _exception(row: ExceptionRow, asked: list[tuple[str, int, str]]) -> FoundException:
    requests = {request_id: reference for _, request_id, reference in asked}
    told = ExceptionRow(
        row.code,
        row.label,
        row.asked,
        row.granted,
        row.refused,
        tuple(list(requests.values())[:REFERENCES_SHOWN]),
    )
    return FoundException(told, tuple(requests))
