"""The sessions of the demo house: drafted the day before, held, actions carried."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from itertools import count

from sqlalchemy import select

from desktop.demo.catalogue import ACTIONS
from desktop.demo.simulation import DEMO_KEYS, Simulation
from desktop.demo.sittings import Sittings
from desktop.domain.running_orders import draft
from desktop.entities.meetings import (
    Action,
    ActionState,
    Meeting,
    MeetingSeries,
    SeriesMember,
)
from desktop.queries.agenda import meeting_agenda
from desktop.store.unit_of_work import Actor
from desktop.use_cases import meetings

DRAFTED_BEFORE = timedelta(hours=20)


class Sessions:
    """Plays every series in the simulated time; the next session stays planned."""

    def __init__(self, simulation: Simulation) -> None:
        self.simulation = simulation
        self.work = simulation.work
        self.numbers = count(1)
        self.sittings = Sittings(simulation)

    def begin(self) -> None:
        """Plan the first session of each series."""
        for series in self.work.session.scalars(select(MeetingSeries)):
            self._plan(series.id)

    def _plan(self, series_id: int) -> None:
        self._chairs(series_id)
        meeting_id = meetings.plan_session(self.work, series_id)
        meeting = self.work.get(Meeting, meeting_id)
        self._then(meeting.starts_at - DRAFTED_BEFORE, lambda: self._draft(meeting_id))
        self.sittings.plan(meeting_id)
        ends_at = meeting.starts_at + timedelta(minutes=meeting.minutes)
        self._then(ends_at, lambda: self._hold(meeting_id))

    def _draft(self, meeting_id: int) -> None:
        meeting = self.work.get(Meeting, meeting_id)
        if meeting.starts_at >= self.simulation.end:
            return
        self._chairs(meeting.series_id)
        session = meeting_agenda(self.work.session, meeting_id, self.work.now)
        chosen = draft(session.candidates, meeting.minutes)
        meetings.draft_agenda(self.work, meeting_id, chosen)
        meetings.publish_agenda(self.work, meeting_id)

    def _hold(self, meeting_id: int) -> None:
        meeting = self.work.get(Meeting, meeting_id)
        self._chairs(meeting.series_id)
        random = self.simulation.random
        for action in self.work.session.scalars(
            select(Action)
            .where(
                Action.series_id == meeting.series_id,
                Action.state == ActionState.OPEN,
            )
            .order_by(Action.number)
        ):
            if self.sittings.is_left(action):
                continue
            if random.random() < 0.55:
                meetings.close_action(self.work, action.id)
        self.sittings.hold(meeting_id)
        members = self.work.session.scalars(
            select(SeriesMember.person_id)
            .where(SeriesMember.series_id == meeting.series_id)
            .order_by(SeriesMember.position)
        ).all()
        for text, topic in random.sample(ACTIONS, random.choice((1, 2, 2))):
            due = self.work.now + timedelta(days=random.choice((7, 12, 14, 21)))
            meetings.add_action(
                self.work,
                meeting.series_id,
                text,
                topic,
                due.date(),
                owner_id=random.choice(members),
                meeting_id=meeting_id,
                agenda_item_id=self.sittings.place(meeting_id),
                key=uuid.uuid5(DEMO_KEYS, f"action {next(self.numbers)}"),
            )
        self._plan(meeting.series_id)

    def _then(self, at: datetime, act: object) -> None:
        assert callable(act)
        self.simulation.at(max(at, self.work.now), act)

    def _chairs(self, series_id: int) -> None:
        chair = self.work.get(MeetingSeries, series_id).chair_id
        if chair is not None:
            self.work.actor = Actor(chair, None)
