"""What tests of sessions share: candidates, a drafted session, items and journal."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from desktop.domain.agenda import Candidate, RuleCode
from desktop.entities.journal import JournalEntry
from desktop.entities.meetings import AgendaItem
from desktop.use_cases.meetings import draft_agenda, plan_session
from tests.queries.test_agenda import a_series
from tests.small_house import SmallHouse

HOSTILE = "<b>Ä</b> &amp; {x} %s =1+1 \u202eabc\x00'; DROP TABLE agenda_item; --"


def candidate(kind: str, subject: str = "", **more: Any) -> Candidate:
    rules: dict[str, RuleCode] = {"topic": "pattern", "agreement": "agreement_missed"}
    values: dict[str, Any] = {
        "rule": rules.get(kind, kind),
        "kind": kind,
        "subject": subject,
        "weight": 3.5,
        "counts": (("broken", 4), ("open", 1)),
        "request_ids": (1, 2),
        "outcome": "decide",
        "leader_role": "back_lead",
        "minutes": 5,
        "is_standing": kind in ("minutes", "other_business"),
    }
    return Candidate(**(values | more))


def planned(house: SmallHouse) -> int:
    house.at(12, 8).me("Marko Ivić")
    return house.run(plan_session, a_series(house))


def drafted(house: SmallHouse, *kinds: str) -> int:
    meeting = planned(house)
    wanted = kinds or ("minutes", "broken", "near", "other_business")
    house.run(draft_agenda, meeting, [candidate(kind) for kind in wanted])
    return meeting


def items(house: SmallHouse, meeting: int, *, removed: bool = False) -> dict[str, int]:
    """Return ids by kind or title, in the order of the agenda."""
    wanted = (
        select(AgendaItem)
        .where(AgendaItem.meeting_id == meeting, AgendaItem.is_removed == removed)
        .order_by(AgendaItem.position, AgendaItem.id)
    )
    rows = house.read(lambda session: list(session.scalars(wanted)))
    return {row.title or row.kind: row.id for row in rows}


def order(house: SmallHouse, meeting: int) -> list[str]:
    return list(items(house, meeting))


def one(house: SmallHouse, entity: type, identity: int) -> Any:
    return house.read(lambda session: session.get(entity, identity))


def journal(house: SmallHouse, meeting: int) -> list[str]:
    wanted = (
        select(JournalEntry)
        .where(JournalEntry.meeting_id == meeting)
        .order_by(JournalEntry.id)
    )
    return [one.kind for one in house.read(lambda s: list(s.scalars(wanted)))]
