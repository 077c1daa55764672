"""The obstacles of the demo house: raised at the counters, answered, and one improved.

Told in days before now, so that some are always open, one overdue, and one
improvement ready to be proven. Nothing draws from the simulation's own chances.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from sqlalchemy import select

from desktop.demo.simulation import Simulation
from desktop.domain.improvements import Measure, Span
from desktop.entities.requests import Request
from desktop.queries.evidence import zone_of
from desktop.queries.lookups import PersonRow
from desktop.use_cases.improvements import NewImprovement, plan_improvement
from desktop.use_cases.obstacle_answers import (
    answer_obstacle,
    merge_obstacles,
    refuse_obstacle,
)
from desktop.use_cases.obstacles import NewObstacle, add_voice, raise_obstacle

KEYS: Final = uuid.UUID("9a5d7f1c-6b0a-5c55-8a57-3a1f5c2b7d10")
BASELINE_DAYS: Final = 21


@dataclass(frozen=True)
class Told:
    """One obstacle as the demo tells it; days are counted back from now.

    ``by`` raises it, on a request of the unit ``to`` if ``is_on_request``; ``answer``
    and ``refusal`` follow ``after`` days later; ``voices`` are stopped, too.
    """

    days: float
    by: str
    to: str
    title: str
    text: str = ""
    proposal: str = ""
    voices: tuple[str, ...] = ()
    answer: str = ""
    refusal: str = ""
    after: float = 2.0
    is_on_request: bool = True


TOLD: Final = (
    Told(
        46,
        "Petar Babić",
        "Civil registry",
        "Extracts are signed only in the morning",
        "Who comes after noon has to come again the next day.",
        "Somebody who may sign is there in the afternoon, too.",
        voices=("Sanja Lukić", "Nikola Savić"),
    ),
    Told(
        33,
        "Jelena Marić",
        "Building permits",
        "The form does not ask for the parcel number",
        "The request comes back, and we call the customer a second time.",
        "Ask for the parcel number in the form.",
        voices=("Ivana Tomić",),
        answer="The form asks for it from Monday on, with a hint where to find it.",
    ),
    Told(
        15,
        "Sanja Lukić",
        "Finance",
        "Fees cannot be paid by card",
        "Customers leave for the bank and lose their place.",
        "A card terminal at the counter.",
        refusal="The treasury does not allow it this year; it is asked for in the next "
        "budget.",
        after=4.0,
        is_on_request=False,
    ),
    Told(
        14,
        "Nikola Savić",
        "IT support",
        "The phone shows no customer",
        "We ask for the name again although the caller was just connected.",
        "Show the open requests of the number that calls.",
        voices=("Milica Đorđević",),
        is_on_request=False,
    ),
    Told(
        5,
        "Vesna Horvat",
        "Civil registry",
        "Nobody answers the registry’s telephone after 15:00",
        "We cannot tell the customer whether it is done.",
    ),
    Told(
        2,
        "Ivana Tomić",
        "Civil registry",
        "The registry’s telephone rings out in the afternoon",
    ),
    Told(
        0.9,
        "Jelena Marić",
        "Facilities",
        "The queue number printer jams every day",
        "",
        "A second one, or a new one.",
        is_on_request=False,
    ),
)
COUNTER: Final = "Central counter"
IMPROVED, MERGED, MERGED_INTO = 0, 5, 4
IMPROVED_BEFORE: Final = 26
"""The improvement starts so many days before now; its proof's days are over."""


class DemoObstacles:
    """Plays the obstacles in the simulated time, each step in somebody's hours."""

    def __init__(self, simulation: Simulation) -> None:
        self.simulation, self.work = simulation, simulation.work
        self.people = {one.name: one for one in simulation.staff}
        self.units = {name: key for key, name in simulation.names.items()}
        self.raised: dict[int, int] = {}

    def begin(self) -> None:
        """Plan what happens, as far as the house is old enough for it."""
        for number, told in enumerate(TOLD):
            at = self._at(told.days, told.by)
            if at < self.simulation.start:
                continue
            self._plan(at, partial(self._raise, number))
            for place, name in enumerate(told.voices, 1):
                at = self._at(told.days - place, name)
                self._plan(at, partial(self._join, number, name))
            if told.answer or told.refusal:
                leader = self._leader(told.to)
                at = self._at(told.days - told.after, leader.name)
                self._plan(at, partial(self._answer, number))
        registry = self._leader(TOLD[MERGED].to)
        self._plan(self._at(TOLD[MERGED].days - 1, registry.name), self._merge)
        signing = self._leader(TOLD[IMPROVED].to)
        self._plan(self._at(IMPROVED_BEFORE, signing.name), self._improve)

    def _plan(self, at: datetime, act: Callable[[], None]) -> None:
        self.simulation.at(max(at, self.simulation.start), act)

    def _at(self, days: float, name: str) -> datetime:
        """Return an instant so many days ago in the hours of somebody's unit."""
        at = self.simulation.end - timedelta(days=days)
        unit_id = self.people[name].unit_id
        calendar = self.simulation.calendars.get(unit_id or 0)
        return calendar.next_open(at) if calendar is not None else at

    def _leader(self, unit: str) -> PersonRow:
        """Return who answers for a unit: its head, else anybody there."""
        there = [one for one in self.simulation.staff if one.unit == unit]
        heads = [one for one in there if {"manager", "coordinator"} & set(one.roles)]
        return (heads or there)[0]

    # ------------------------------------------------------------ what happens

    def _raise(self, number: int) -> None:
        told = TOLD[number]
        person, unit_id = self.people[told.by], self.units[told.to]
        self.simulation.sits(person)
        request_id = None
        if told.is_on_request:
            request_id = self.work.session.scalar(
                select(Request.id)
                .where(
                    Request.front_unit_id == person.unit_id, Request.unit_id == unit_id
                )
                .order_by(Request.id.desc())
                .limit(1)
            )
        draft = NewObstacle(
            told.title,
            told.text,
            told.proposal,
            request_id=request_id,
            owing_unit_id=unit_id,
            key=uuid.uuid5(KEYS, str(number)),
        )
        self.raised[number] = raise_obstacle(self.work, draft).id

    def _join(self, number: int, name: str) -> None:
        if number in self.raised:
            self.simulation.sits(self.people[name])
            add_voice(self.work, self.raised[number])

    def _answer(self, number: int) -> None:
        told = TOLD[number]
        if number not in self.raised:
            return
        self.simulation.sits(self._leader(told.to))
        if told.answer:
            answer_obstacle(self.work, self.raised[number], told.answer)
        else:
            refuse_obstacle(self.work, self.raised[number], told.refusal)

    def _merge(self) -> None:
        if not {MERGED, MERGED_INTO} <= self.raised.keys():
            return
        self.simulation.sits(self._leader(TOLD[MERGED].to))
        merge_obstacles(self.work, self.raised[MERGED], self.raised[MERGED_INTO])

    def _improve(self) -> None:
        """Plan it as of that day: measured over the three weeks before."""
        if IMPROVED not in self.raised:
            return
        told = TOLD[IMPROVED]
        leader = self._leader(told.to)
        self.simulation.sits(leader)
        today = self.work.now.astimezone(zone_of(self.work.session)).date()
        day = timedelta(days=1)
        draft = NewImprovement(
            title="Extracts are signed in the afternoon, too",
            text="The deputy head signs at 14:00.",
            owner_id=leader.id,
            measure=Measure.TURNAROUND_P50,
            front_unit_id=self.units[COUNTER],
            back_unit_id=self.units[told.to],
            baseline=Span(today - BASELINE_DAYS * day, today - day),
            starts_on=today,
            proof_on=today + (BASELINE_DAYS + 1) * day,
            target=2 * 3600.0,
            key=uuid.uuid5(KEYS, "improvement"),
        )
        plan_improvement(self.work, self.raised[IMPROVED], draft)
