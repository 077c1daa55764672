"""What people in the demo house do beside the plain steps, with chances of its own.

Checklists are ticked, papers attached, heads asked for approval, words kept for use
again, work rated. None of it draws from the simulation's own chances, so that more of
it makes no other house.
"""

from __future__ import annotations

import uuid
from datetime import datetime, time, timedelta
from itertools import count
from random import Random
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from desktop.demo import catalogue, files, kept_words
from desktop.domain.links import LinkKind
from desktop.domain.requests import Audience, PendingReason, RequestState
from desktop.entities.checklists import ServiceCheck
from desktop.entities.requests import Request
from desktop.use_cases import approvals
from desktop.use_cases import requests as steps
from desktop.use_cases.attachments import NewFile, attach
from desktop.use_cases.checklists import tick
from desktop.use_cases.links import link
from desktop.use_cases.splitting import PartDraft, split

if TYPE_CHECKING:
    from desktop.demo.simulation import Simulation
    from desktop.demo.staff import Agent

KEYS = uuid.UUID("5b0a3a52-5a0f-5c06-9a55-0b8f8d2f7a10")
ZONE = ZoneInfo("Europe/Belgrade")
BEFORE_END = timedelta(minutes=8)
MOST_LINKED = 8


class Beside:
    """Plays beside one simulation."""

    def __init__(self, simulation: Simulation, seed: int) -> None:
        self.simulation = simulation
        self.work = simulation.work
        self.random = Random(seed)
        self._keys = count(1)
        self._linked = 0
        self.checks: dict[int, list[int]] = {}
        for check in self.work.session.scalars(
            select(ServiceCheck).order_by(ServiceCheck.id)
        ):
            self.checks.setdefault(check.service_id, []).append(check.id)

    def begin(self) -> None:
        """Keep the texts, templates and views people have."""
        kept_words.keep(self.work, self.simulation, self._key)
        calendar = self.simulation.agents[0].calendar
        end = self.simulation.end
        spans = list(calendar.spans(end - timedelta(days=14), end))
        self.simulation.at(spans[-1].end - BEFORE_END, self._last_minutes)

    def _key(self) -> uuid.UUID:
        return uuid.uuid5(KEYS, str(next(self._keys)))

    # ------------------------------------------------------------ raising, working

    def raised(self, request_id: int, service: str, answers: dict[str, Any]) -> None:
        """Attach what the customer brought, to some."""
        papers = catalogue.PAPERS.get(service)
        if papers is None or self.random.random() >= papers.share:
            return
        request = self.work.get(Request, request_id)
        lines = (request.customer, request.subject, request.reference)
        content = {
            "png": lambda: files.sketch(self.random),
            "pdf": lambda: files.letter(("Lipovac", *lines)),
            "txt": lambda: files.note(lines),
        }[papers.name.rpartition(".")[2]]()
        field = "scan" if answers.get("sketch") and papers.field else ""
        attach(
            self.work,
            request_id,
            [NewFile(papers.name, content, field, key=self._key())],
        )

    def finishing(self, agent: Agent, request: Request) -> None:
        """Tick what has to be done, and tell a colleague now and then."""
        for check_id in self.checks.get(request.service_id or 0, ()):
            tick(self.work, request.id, check_id)
        if self.random.random() < 0.03:
            others = [
                one.person.name
                for one in self.simulation.agents
                if one.unit_id == agent.unit_id and one is not agent
            ]
            words = self.random.choice(catalogue.TO_COLLEAGUES)
            named = words.format(name=self.random.choice(others))
            steps.comment(self.work, request.id, named, Audience.INTERNAL)
        self._link(request)

    def _link(self, request: Request) -> None:
        """Say of a few that they follow what the same customer asked before."""
        if self._linked >= MOST_LINKED or self.random.random() >= 0.04:
            return
        before = self.work.session.scalars(
            select(Request)
            .where(
                Request.customer == request.customer,
                Request.service_id == request.service_id,
                Request.id < request.id,
                Request.state == RequestState.CLOSED,
            )
            .order_by(Request.id.desc())
            .limit(1)
        ).first()
        if before is not None:
            self._linked += 1
            link(self.work, request.id, LinkKind.FOLLOWS, before.id)

    # ------------------------------------------------------------ the last minutes

    def _last_minutes(self) -> None:
        """Ask, hold, split and ask for approval shortly before now, and leave it so."""
        for unit, act in (
            ("Civil registry", self._ask),
            ("Finance", self._wait),
            ("Building permits", self._approve),
            ("Building permits", self._split),
        ):
            chosen = self._open_one(unit)
            if chosen is not None:
                agent, request = chosen
                self.simulation.sits(agent.person)
                if request.assignee_id is None:
                    steps.take(self.work, request.id)
                act(agent, request)

    def _open_one(self, unit: str) -> tuple[Agent, Request] | None:
        agents = [one for one in self.simulation.agents if one.person.unit == unit]
        request = self.work.session.scalars(
            select(Request)
            .where(
                Request.unit_id == agents[0].unit_id,
                Request.state.in_((RequestState.NEW, RequestState.ACTIVE)),
            )
            .order_by(Request.id.desc())
            .limit(1)
        ).first()
        if request is None:
            return None
        mine = [one for one in agents if one.person.id == request.assignee_id]
        return (mine or agents)[0], request

    def _ask(self, agent: Agent, request: Request) -> None:
        asked = select(Request.id).where(
            Request.pending == PendingReason.FRONT_OFFICE,
            Request.unit_id == request.unit_id,
        )
        if self.work.session.scalars(asked.limit(1)).first() is not None:
            return
        question = self.random.choice(catalogue.QUESTIONS["Civil registry"])
        reason = catalogue.reason_of(question)
        steps.ask(self.work, request.id, question, reason=reason)

    def _wait(self, agent: Agent, request: Request) -> None:
        note = self.random.choice(catalogue.HOLD_NOTES["third_party"])
        at = self._morning(3)
        reason = PendingReason.THIRD_PARTY
        steps.hold(self.work, request.id, reason, note, follow_up_at=at)

    def _approve(self, agent: Agent, request: Request) -> None:
        self.hold(agent, request, "approval", catalogue.MAY_IT)

    def _split(self, agent: Agent, request: Request) -> None:
        ids = {one.name: one.id for one in self.simulation.services}
        drafts = [
            PartDraft(words, service_id=ids[name], key=self._key())
            for name, words in catalogue.PARTS
        ]
        split(self.work, request.id, drafts, catalogue.PARTS_NOTE, waits=True)

    # ------------------------------------------------------------ waiting

    def hold(self, agent: Agent, request: Request, reason: str, note: str) -> None:
        """Hold a request, with a day to look again; ask who has to approve."""
        if reason == "approval":
            due = self._morning(2)
            approvals.ask_approval(
                self.work, request.id, [[self._head(agent)]], note, due_at=due
            )
            return
        is_dated = self.random.random() < 0.85
        steps.hold(
            self.work,
            request.id,
            PendingReason(reason),
            note,
            follow_up_at=self._morning(self.random.randint(3, 9)) if is_dated else None,
        )

    def resume(self, request_id: int) -> None:
        """Go on: what was asked for is there, or decided."""
        waiting = approvals.open_approvals(self.work, request_id)
        if not waiting:
            steps.resume(self.work, request_id)
            return
        approval = waiting[0]
        person = self.simulation.person(approval.approver_id)
        self.simulation.sits(person)
        is_approved = self.random.random() < 0.85
        words = self.random.choice(
            catalogue.APPROVED if is_approved else catalogue.REFUSED
        )
        approvals.decide(self.work, approval.id, is_approved=is_approved, words=words)

    def _head(self, agent: Agent) -> int:
        """Return who agrees: the head of the unit, for the head the coordinator."""
        wanted = "coordinator" if "manager" in agent.person.roles else "manager"
        staff = self.simulation.staff
        own = [
            one
            for one in staff
            if wanted in one.roles and one.unit == agent.person.unit
        ]
        others = [one for one in staff if wanted in one.roles]
        return (own or others)[0].id

    def _morning(self, days: int) -> datetime:
        day = self.work.now.astimezone(ZONE).date() + timedelta(days=days)
        return datetime.combine(day, time(8, 0), ZONE)

    # ------------------------------------------------------------ afterwards

    def rating(self, request: Request) -> dict[str, Any]:
        """Return what a confirmation says of the work; most say nothing."""
        if request.state is not RequestState.RESOLVED or self.random.random() >= 0.4:
            return {}
        is_top = self.random.random() < 0.72
        words = ""
        if self.random.random() < 0.35:
            words = self.random.choice(
                catalogue.LIKED if is_top else catalogue.DISLIKED
            )
        return {"is_top": is_top, "words": words}
