"""Eight weeks in the demo house: clerks raise, agents work, everybody keeps hours.

Nothing is drawn as a finished row. Customers arrive while the counters are open,
agents take what is due first and need their time for it, questions wait until a clerk
gets to them, and one department is short of a person for two weeks. All of it goes
through the same use cases as in the windows, so the journal is a real one.
"""

from __future__ import annotations

import heapq
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from sqlalchemy import select

from desktop.demo import catalogue
from desktop.demo.answers import form_answers
from desktop.demo.beside import Beside
from desktop.demo.staff import Agent, Service
from desktop.domain.calendars import ServiceCalendar
from desktop.domain.errors import Refusal
from desktop.domain.requests import Audience, RequestState, Side
from desktop.entities.requests import Request
from desktop.entities.units import Unit
from desktop.queries.lookups import PersonRow, people
from desktop.queries.services import find_services, service_form
from desktop.store.unit_of_work import Actor, UnitOfWork
from desktop.use_cases import requests as steps
from desktop.use_cases.raising import NewRequest, raise_request

DEMO_KEYS = uuid.UUID("0b6b9a5e-8f0e-5f5e-9d7e-3f8f7f0f1c11")
WEEKS = 8
ARRIVALS_A_DAY = {"Central counter": 7.0, "North branch": 4.0, "Phone line": 5.0}
WEEKDAY_RUSH = (1.3, 1.0, 1.05, 0.95, 0.75, 0.3, 0.2)
SHORT_STAFFED = "Building permits"
OTHER_DUTIES = {
    "Civil registry": 2.65,
    "Building permits": 1.15,
    "Finance": 2.45,
    "IT support": 3.0,
    "Facilities": 3.6,
}
"""How much longer work takes because of all the rest an agent has to do."""


class Simulation:
    """Plays the house from ``start`` until ``end`` in the transaction of ``work``."""

    def __init__(
        self,
        work: UnitOfWork,
        start: datetime,
        end: datetime,
        progress: Callable[[float], None] = lambda _share: None,
        seed: int = 311,
    ) -> None:
        self.work, self.start, self.end = work, start, end
        self.random = Random(seed)
        # Words have their own: other answers must not make another house.
        self.words = Random(seed + 1)
        self.progress = progress
        self._queue: list[tuple[datetime, int, Callable[[], None]]] = []
        self._planned = 0
        self._raised = 0
        session = work.session
        calendars = work.reference.calendars
        units = {row.id: row for row in session.scalars(select(Unit))}
        self.calendars = {
            one.id: calendars[one.calendar_id]
            for one in units.values()
            if one.calendar_id
        }
        self.staff = people(session)
        self.clerks = {
            unit.id: [one for one in self.staff if one.unit_id == unit.id]
            for unit in units.values()
            if unit.side is Side.FRONT
        }
        self.names = {unit.id: unit.name for unit in units.values()}
        self.agents = [
            Agent(one, one.unit_id, self.calendars[one.unit_id], self._away(one))
            for one in self.staff
            if one.unit_id and one.side is Side.BACK
        ]
        self.services = self._services()
        self.beside = Beside(self, seed + 2)

    def _services(self) -> list[Service]:
        hits = find_services(
            self.work.session,
            "",
            person_id=None,
            front_unit_id=None,
            now=self.start,
            limit=99,
        )
        return [
            Service(hit.id, hit.name, hit.unit_id, hit.unit, form.fields)
            for hit in hits
            if (form := service_form(self.work.session, hit.id))
            and hit.name in catalogue.WORK
        ]

    def run(self) -> int:
        """Play; returns how many requests were raised."""
        self.beside.begin()
        self._plan_arrivals()
        for agent in self.agents:
            self.at(agent.calendar.next_open(self.start), self._looks(agent))
        while self._queue:
            at, _order, act = heapq.heappop(self._queue)
            if at >= self.end:
                break
            self.work.now = at
            act()
        self.progress(1.0)
        self.work.now = self.end
        self.work.actor = None
        return self._raised

    # Arrivals -----------------------------------------------------------------

    def _plan_arrivals(self) -> None:
        day = self.start
        while day < self.end:
            for unit_id in sorted(self.clerks):
                spans = list(
                    self.calendars[unit_id].spans(day, day + timedelta(days=1))
                )
                if spans:
                    self._plan_day(unit_id, spans[0].start, spans[-1].end)
            day += timedelta(days=1)

    def _plan_day(self, unit_id: int, opens: datetime, closes: datetime) -> None:
        rush = WEEKDAY_RUSH[opens.weekday()]
        mean = ARRIVALS_A_DAY.get(self.names[unit_id], 4.0) * rush
        count = max(0, round(self.random.gauss(mean, mean**0.5 * 0.7)))
        length = (closes - opens).total_seconds()
        for _number in range(count):
            # Mornings are fuller than afternoons.
            share = self.random.betavariate(1.6, 2.4)
            self.at(opens + timedelta(seconds=share * length), self._comes(unit_id))

    def _comes(self, unit_id: int) -> Callable[[], None]:
        return lambda: self._raise(unit_id)

    def _raise(self, unit_id: int) -> None:
        clerk = self.random.choice(self.clerks[unit_id])
        weights = [catalogue.WORK[one.name].weight for one in self.services]
        service = self.random.choices(self.services, weights)[0]
        customer = self.random.choice(catalogue.CUSTOMERS)
        is_urgent = self.random.random() < 0.06
        subject = catalogue.subject(self.words, service.name)
        today = self.work.now.date()
        self._raised += 1
        self.sits(clerk)
        key = uuid.uuid5(DEMO_KEYS, str(self._raised))
        answers = form_answers(self.words, service.fields, today, customer, subject)
        raised = raise_request(
            self.work,
            NewRequest(
                service.id,
                subject,
                customer=customer,
                contact=f"06{self.random.randint(0, 9)} 555 {self._raised % 900 + 100}",
                form=answers,
                priority=2 if is_urgent else 3,
                urgency_reason="The customer travels tomorrow" if is_urgent else "",
                channel="phone" if self.names[unit_id] == "Phone line" else "counter",
                key=key,
            ),
        )
        self.beside.raised(raised.id, service.name, answers)
        calendar = self.calendars[service.unit_id]
        glance = self._after(calendar, self.random.lognormvariate(3.3, 0.8))
        self.at(glance, lambda: self._triage(key))
        self._wake(service.unit_id)

    # Work ---------------------------------------------------------------------

    def _looks(self, agent: Agent) -> Callable[[], None]:
        return lambda: self._look(agent)

    def _look(self, agent: Agent) -> None:
        """Take the next request, or wait until one comes."""
        now = self.work.now
        if agent.away and agent.away[0] <= now < agent.away[1]:
            self.at(agent.calendar.next_open(agent.away[1]), self._looks(agent))
            return
        request = self._next_for(agent)
        if request is None:
            agent.waits = True
            return
        self.sits(agent.person)
        if request.assignee_id is None:
            steps.take(self.work, request.id)
        self.at(
            self._after(agent.calendar, self._minutes(request)),
            lambda: self._work_on(agent, request.id),
        )

    def _triage(self, key: uuid.UUID) -> None:
        """Let a colleague who is there glance at what came in and put a name to it."""
        session = self.work.session
        request = session.scalars(select(Request).where(Request.key == key)).one()
        if request.assignee_id is not None or request.state is not RequestState.NEW:
            return
        there = [
            agent
            for agent in self.agents
            if agent.unit_id == request.unit_id
            and not (agent.away and agent.away[0] <= self.work.now < agent.away[1])
        ]
        if there and self.random.random() < 0.85:
            self.sits(self.random.choice(there).person)
            steps.take(self.work, request.id)

    def _next_for(self, agent: Agent) -> Request | None:
        """Own work first, then what nobody has; due first, but not always."""
        base = select(Request).where(
            Request.unit_id == agent.unit_id,
            Request.state.in_((RequestState.NEW, RequestState.ACTIVE)),
        )
        mine = base.where(Request.assignee_id == agent.person.id)
        free = base.where(Request.assignee_id.is_(None))
        for wanted in (mine, free):
            found = self.work.session.scalars(
                wanted.order_by(Request.due_at, Request.id).limit(4)
            ).all()
            if found:
                is_human = self.random.random() < 0.15
                return self.random.choice(found) if is_human else found[0]
        return None

    def _work_on(self, agent: Agent, request_id: int) -> None:
        """Come to the end of a piece of work: done, or not yet and why."""
        self.sits(agent.person)
        request = self.work.get(Request, request_id)
        service = self._service(request)
        kind = catalogue.WORK[service.name]
        draw = self.random.random()
        is_fresh = request.entries <= 3
        try:
            if is_fresh and draw < kind.ask * self._sloppiness(request):
                self._ask(request, service)
            elif is_fresh and draw < kind.ask + kind.wait:
                self._hold(agent, request)
            elif is_fresh and draw > 0.985:
                self._pass_on(request, service)
            elif draw > 0.955:
                steps.decline(
                    self.work, request.id, self.random.choice(catalogue.DECLINED)
                )
                self._confirm_later(request)
            else:
                self._finish(agent, request, service)
        except Refusal:
            # Somebody else moved it meanwhile, as happens; the agent goes on.
            pass
        pause = self.random.randint(1, 9)
        self.at(self._after(agent.calendar, pause), self._looks(agent))

    def _ask(self, request: Request, service: Service) -> None:
        question = self.random.choice(catalogue.QUESTIONS[service.unit])
        steps.ask(self.work, request.id, question, reason=catalogue.reason_of(question))
        front = request.front_unit_id
        assert front is not None
        delay = self.random.lognormvariate(4.2, 0.9)
        calendar = self.calendars[front]
        self.at(self._after(calendar, delay), lambda: self._answer(request.id, front))

    def _answer(self, request_id: int, front: int) -> None:
        request = self.work.get(Request, request_id)
        self.sits(self.random.choice(self.clerks[front]))
        steps.answer(self.work, request_id, self.random.choice(catalogue.ANSWERS))
        self._wake(request.unit_id)

    def _hold(self, agent: Agent, request: Request) -> None:
        reasons = ["customer", "third_party"]
        if agent.person.unit == SHORT_STAFFED:
            reasons.append("approval")
        reason = self.random.choice(reasons)
        note = self.random.choice(catalogue.HOLD_NOTES[reason])
        self.beside.hold(agent, request, reason, note)
        days = self.random.lognormvariate(0.9, 0.8)
        self.at(
            self._after(agent.calendar, days * 420),
            lambda: self._resume(agent, request.id),
        )

    def _resume(self, agent: Agent, request_id: int) -> None:
        self.sits(agent.person)
        self.beside.resume(request_id)
        self._wake(agent.unit_id)

    def _pass_on(self, request: Request, service: Service) -> None:
        others = sorted({one.unit_id for one in self.services} - {service.unit_id})
        steps.hand_over(
            self.work, request.id, self.random.choice(others), "This is yours, I think."
        )
        self._wake(request.unit_id)

    def _finish(self, agent: Agent, request: Request, service: Service) -> None:
        self.beside.finishing(agent, request)
        if self.random.random() < 0.10:
            note = self.random.choice(catalogue.NOTES)
            steps.comment(self.work, request.id, note, Audience.INTERNAL)
        unit = self.names[request.unit_id or service.unit_id]
        outcome = self.random.choice(catalogue.OUTCOMES.get(unit, ("Done.",)))
        steps.resolve(self.work, request.id, outcome)
        self._confirm_later(request)

    # Afterwards ---------------------------------------------------------------

    def _confirm_later(self, request: Request) -> None:
        front = request.front_unit_id
        assert front is not None
        delay = self.random.lognormvariate(4.6, 1.0)
        self.at(
            self._after(self.calendars[front], delay),
            lambda: self._confirm(request.id, front),
        )

    def _confirm(self, request_id: int, front: int) -> None:
        request = self.work.get(Request, request_id)
        self.sits(self.random.choice(self.clerks[front]))
        if request.state is RequestState.CLOSED:
            return  # with the whole it was a part of
        is_done = request.state is RequestState.RESOLVED
        if is_done and request.reopens == 0 and self.random.random() < 0.035:
            reason = self.random.choice(catalogue.REOPENED)
            steps.reopen(self.work, request_id, reason)
            self._wake(request.unit_id)
        else:
            steps.confirm(self.work, request_id, **self.beside.rating(request))

    # Small things -------------------------------------------------------------

    def at(self, at: datetime, act: Callable[[], None]) -> None:
        """Plan that something happens at an instant."""
        self._planned += 1
        heapq.heappush(self._queue, (at, self._planned, act))
        if self._planned % 200 == 0:
            spent = (self.work.now - self.start) / (self.end - self.start)
            self.progress(max(0.0, min(spent, 1.0)))

    def _after(self, calendar: ServiceCalendar, minutes: float) -> datetime:
        return calendar.due(self.work.now, timedelta(minutes=minutes))

    def person(self, person_id: int) -> PersonRow:
        """Return somebody of the house."""
        return next(one for one in self.staff if one.id == person_id)

    def sits(self, person: PersonRow) -> None:
        """Let somebody act from now on."""
        self.work.actor = Actor(person.id, person.unit_id)

    def _wake(self, unit_id: int | None) -> None:
        for agent in self.agents:
            if agent.unit_id == unit_id and agent.waits:
                agent.waits = False
                self.at(self._after(agent.calendar, 6), self._looks(agent))

    def _minutes(self, request: Request) -> float:
        minutes = float(catalogue.WORK[self._service(request).name].minutes)
        minutes *= OTHER_DUTIES.get(self.names.get(request.unit_id or 0, ""), 1.0)
        return max(4.0, self.random.lognormvariate(0.0, 0.6) * minutes)

    def _service(self, request: Request) -> Service:
        return next(one for one in self.services if one.id == request.service_id)

    def _sloppiness(self, request: Request) -> float:
        """The phone line cannot see the papers, so it is asked more often."""
        front = self.names.get(request.front_unit_id or 0)
        return 1.5 if front == "Phone line" else 0.9

    def _away(self, person: PersonRow) -> tuple[datetime, datetime] | None:
        """One of the permits people is away for the last two weeks but three days."""
        if person.unit != SHORT_STAFFED or "manager" in person.roles:
            return None
        zone = ZoneInfo("Europe/Belgrade")
        until = (self.end - timedelta(days=3)).astimezone(zone)
        return until - timedelta(days=11), until
