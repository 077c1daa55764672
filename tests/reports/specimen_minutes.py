"""Minutes of the session whose agenda is the specimen; what was said is made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from desktop.domain.agenda_sections import ActionRow, OpenActions
from desktop.domain.minutes import (
    Attended,
    DecisionRow,
    MinutesItem,
    MinutesPaper,
)
from tests.reports.specimen import HEAD, agenda
from tests.reports.specimen_broken import at


def action(
    number: int, who: str | None, what: str, due: date, topic: str, carried: int = 0
) -> ActionRow:
    state: Any = "overdue" if carried else "open"
    return ActionRow(f"A-{number}", what, topic, who, due, carried, state)


A41 = action(
    41,
    "head of Group 20",
    "Name a holder for every request on arrival",
    date(2016, 5, 18),
    "broken promises",
    3,
)
NEW = {
    5: (
        action(
            49,
            "Group 20 lead",
            "5.1, 5.4, 5.7, 5.8: name a holder and tell the desk when",
            date(2016, 5, 17),
            "broken promises",
        ),
        action(
            50,
            "Resolver 229",
            "5.2, 5.3: finish, or hand on with a reason",
            date(2016, 5, 18),
            "broken promises",
        ),
        action(
            52,
            "coordinator",
            "All 40 broken at Group 20: list by holder, each morning until empty",
            date(2016, 5, 17),
            "broken promises",
        ),
    ),
    6: (
        action(
            53,
            "Group 20 lead",
            "6.1 to 6.3: done or the desk told by 12:00",
            date(2016, 5, 16),
            "due before 30 May",
        ),
    ),
    8: (
        action(
            56,
            "coordinator",
            "Replay 12, 16 and 24 h on 16–29 May",
            date(2016, 5, 27),
            "agreement in rotation",
        ),
    ),
}
DECIDED = {
    1: "The minutes of session 9 are approved without change.",
    2: "A-41 is not carried a fourth time: it goes to the head of Group 20 today.",
    5: "From Tue 17 May every request has a named holder two working hours after it"
    " arrives; without one, the Group 20 lead holds it.",
    6: "The three past the warning (6.1 to 6.3) come before everything else today.",
    8: "The 16 hours stay. To be replayed again when the queue is under 40.",
}
SAID = {
    2: "A-44 and A-46 are done. A-47 and A-48 are not yet due and stay open.",
    3: "Thanks to Resolver 219 and to the whole desk.",
    4: "Both sides accept the figures. 117 requests came, 71 were resolved; 46 more"
    " lie in the queue than two weeks ago.",
    5: "27 of the 56 broken promises never had a name.",
    9: "All decisions and actions read back by the minute-taker.",
}
SPENT = (2, 9, 2, 4, 17, 3, 6, 6, 2)


def minutes() -> MinutesPaper:
    """Return the minutes of session 10, a draft."""
    items: list[MinutesItem] = []
    decided = 0
    for running, spent in zip(agenda().items, SPENT, strict=True):
        number = running.number
        found: tuple[DecisionRow, ...] = ()
        if number in DECIDED:
            decided += 1
            found = (DecisionRow(decided, DECIDED[number]),)
        items.append(
            MinutesItem(
                number=number,
                kind=running.kind,
                minutes=running.minutes,
                spent_s=spent * 60 - 20,
                outcome=running.outcome,
                leader_role=running.leader_role,
                fate="parked" if number == 7 else "done",
                title=running.title,
                leader=running.leader,
                section="Looking back" if number == 2 else "",
                said=SAID.get(number, ""),
                decisions=found,
                actions=(A41,) if number == 2 else NEW.get(number, ()),
                references=("INC0020505", "INC0022627") if number == 5 else (),
                files=("why-so-long.pdf",) if number == 5 else (),
                rule=running.rule,
                counts=running.counts,
                label=running.label,
            )
        )
    everything = (A41, *(one for of in NEW.values() for one in of))
    people = [
        Attended(one.name or "Resolver 77", one.side, one.role, "present")
        for one in agenda().attendance
    ]
    people[4] = replace(people[4], state="apology")
    people[3] = replace(people[3], state="deputy", deputy="Resolver 301")
    return MinutesPaper(
        head=HEAD,
        begun_at=HEAD.starts_at,
        ended_at=HEAD.starts_at + timedelta(minutes=64),
        attendance=tuple(people),
        items=tuple(items),
        actions=OpenActions(everything, len(everything), 1),
        closed=(
            action(44, "desk lead", "List", date(2016, 5, 6), "x"),
            action(46, "desk lead", "Tell", date(2016, 5, 6), "x"),
        ),
        due_again=(A41,),
        informed=("head of service desk", "head of Group 20"),
        next_at=at(5, 30, "10:00"),
    )
