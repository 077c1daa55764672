"""An agenda with every section from records; obstacles and changes are made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from desktop.domain.agenda import AgendaChange, AgendaPaper, ItemKind, RunningItem
from desktop.domain.agenda_topics import (
    ChangeRow,
    ChangesAhead,
    ExceptionRow,
    ImprovementRow,
    Obstacles,
    RaisedRow,
    ReturnReasonRow,
    SenderReturns,
    StandardRow,
)
from desktop.domain.obstacles import ObstacleLine
from tests.reports.specimen import HEAD, agenda
from tests.reports.specimen_broken import at

OBSTACLES = tuple(
    ObstacleLine(
        id=number,
        number=number,
        title=title,
        raised_by=who,
        unit=unit,
        days_open=days,
        owing=owing,
        due_at=at(5, 20),
        proposal=proposal,
        voices=voices,
        references=("INC0020505", "INC0022627"),
        is_overdue=number == 12,
    )
    for number, title, who, unit, days, owing, proposal, voices in (
        (
            12,
            "No reason is recorded with a hand-back",
            "Resolver 13",
            "Service desk",
            24,
            "Group 20 lead",
            "Ask for one of five reasons.",
            4,
        ),
        (
            14,
            "Requests wait without a name",
            "Resolver 17",
            "Service desk",
            11,
            "Group 20",
            "",
            1,
        ),
    )
)


def recorded() -> AgendaPaper:
    """Return the agenda of session 10 with what records add to it."""
    whole = agenda()
    first = whole.items[0]

    def item(number: int, kind: ItemKind, **more: Any) -> RunningItem:
        return replace(first, number=number, kind=kind, title=None, **more)

    raised = item(10, "topic", rule="raised", label="Parking", subject="raised-1")
    more = (
        raised,
        item(11, "obstacles", rule="obstacles", section="Unblocking"),
        item(12, "changes", rule="changes", label="Corpus Christi"),
        item(13, "exceptions", rule="exceptions"),
        item(14, "standards", rule="standards"),
        item(15, "improvements", rule="improvements"),
        item(
            16,
            "topic",
            rule="returns",
            label="Service desk",
            counts=(("returned", 31), ("sent", 117)),
        ),
        item(17, "topic", rule="action_stuck", label="A-41", counts=(("carried", 3),)),
    )
    return replace(
        whole,
        items=(*whole.items, *more),
        obstacles=Obstacles(OBSTACLES, 5, 1),
        changes=ChangesAhead(
            (
                ChangeRow(
                    "closure",
                    "Corpus Christi",
                    at(5, 26),
                    at(5, 27),
                    "back",
                    taken_s=36_000,
                ),
                ChangeRow("agreement", "Group 20 for all", at(6, 1), number=4),
            ),
            2,
        ),
        exceptions=(
            ExceptionRow("approval", "Express parcel", 9, 8, 1, ("INC0020505",) * 9),
        ),
        returns=SenderReturns(
            (
                ReturnReasonRow("missing_fact", 12, ("INC0020505",)),
                ReturnReasonRow("", 19),
            ),
            (("Category 26", 9),),
            31,
            28,
        ),
        standards=(
            StandardRow("Category 26", ("form", "checklist"), at(5, 9), "Resolver 77"),
        ),
        improvements=(
            ImprovementRow(
                "Reason on every hand-back",
                "first_time_right",
                date(2016, 5, 27),
                "Resolver 13",
                0.735,
                117,
                0.85,
            ),
        ),
        raised=(
            RaisedRow(
                "raised-1", "Parking", "Resolver 50", at(5, 10), "", "INC0020505"
            ),
        ),
        changed_since=1,
        changed=(
            AgendaChange("place"),
            AgendaChange("added", raised),
            AgendaChange("minutes", whole.items[4], whole.items[4], (10, 14)),
            AgendaChange("removed", whole.items[2], whole.items[2]),
        ),
        head=replace(HEAD, version=2),
    )
