"""The demo's sessions as they sit: what was said, decided, parked, and approved."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from itertools import count
from random import Random
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from desktop.demo.simulation import DEMO_KEYS
from desktop.entities.meetings import (
    Action,
    AgendaItem,
    Meeting,
    MeetingSeries,
    MeetingState,
)
from desktop.entities.outgoing import SessionNotice
from desktop.entities.sittings import Attendance
from desktop.store.unit_of_work import Actor
from desktop.use_cases.agenda_items import items_of
from desktop.use_cases.attendance import mark_attendance
from desktop.use_cases.holding import close_session
from desktop.use_cases.meeting_actions import add_action
from desktop.use_cases.minutes import add_addendum, add_note, approve_minutes, decide
from desktop.use_cases.notice_acts import mark_read
from desktop.use_cases.sitting import (
    begin_session,
    end_session,
    finish_item,
    park_item,
    take_up,
)

if TYPE_CHECKING:
    from desktop.demo.simulation import Simulation

APPROVED_AFTER: Final = timedelta(hours=22)
READ_AFTER: Final = timedelta(days=5)
STUBBORN: Final = ("Ask the archive for a key of its own", "third parties")
"""Given in the first session of a series and never done: it is carried each time."""
SAID: Final = {
    "minutes": ("The last minutes stand as they are.",),
    "actions": ("Two are done and read back; the others keep their day.",),
    "thanks": ("The counter thanks the registry for two requests done the same day.",),
    "scorecard": ("The share kept is better than a month ago, on fewer requests.",),
    "broken": (
        "Half of them waited for a name at the back; the front heard nothing.",
        "Each customer was called; none had been told a new day before.",
    ),
    "near": ("Those due before the next session are given out by name.",),
    "ball": ("What waits longest waits for the archive.",),
    "topic": ("Both sides tell the same story from two ends.",),
    "other_business": ("Decisions and actions were read back.",),
}
DECIDED: Final = {
    "broken": "A request gets a name on the day it arrives.",
    "topic": "The counter asks for the number of the document before it sends.",
    "agreement": "The target stays for another month, then it is looked at again.",
    "scorecard": "Both sides read the figures out to their people.",
    "ball": "What waits for a third party for a week is asked after by name.",
    "near": "Who cannot make the day says so a day before.",
}


class Sittings:
    """Plays what happens in sessions, with chances of its own.

    None of it draws from the simulation's own chances, so that it makes no other house.
    """

    def __init__(self, simulation: Simulation, seed: int = 7) -> None:
        self.simulation = simulation
        self.work = simulation.work
        self.random = Random(seed)
        self._keys = count(1)
        self.stubborn: set[int] = set()

    def _key(self) -> uuid.UUID:
        return uuid.uuid5(DEMO_KEYS, f"sitting {next(self._keys)}")

    def plan(self, meeting_id: int) -> None:
        """Have a session begin at its time, where its series has a chair."""
        meeting = self.work.get(Meeting, meeting_id)
        self._then(meeting.starts_at, lambda: self._begin(meeting_id))

    def _then(self, at: datetime, act: object) -> None:
        assert callable(act)
        self.simulation.at(max(at, self.work.now), act)

    def _sits_down(self, meeting_id: int) -> Meeting:
        meeting = self.work.get(Meeting, meeting_id)
        chair = self.work.get(MeetingSeries, meeting.series_id).chair_id
        if chair is not None:
            self.work.actor = Actor(chair, None)
        return meeting

    def _begin(self, meeting_id: int) -> None:
        meeting = self._sits_down(meeting_id)
        series = self.work.get(MeetingSeries, meeting.series_id)
        if series.chair_id is None or meeting.state is not MeetingState.PUBLISHED:
            return
        begin_session(self.work, meeting_id)
        rows = self.work.session.scalars(
            select(Attendance)
            .where(Attendance.meeting_id == meeting_id)
            .order_by(Attendance.position)
        ).all()
        for row in rows:
            is_here = row.person_id == series.chair_id or self.random.random() < 0.85
            mark_attendance(self.work, row.id, "present" if is_here else "apology")
        at = self.work.now
        items = [one for one in items_of(self.work, meeting_id) if not one.is_removed]
        last = meeting.starts_at + timedelta(minutes=meeting.minutes - 1)
        for item in items:
            at += timedelta(minutes=max(1, item.minutes + self.random.randint(-2, 2)))
            if at >= last:
                break
            self._then(at, lambda item_id=item.id: self._discuss(meeting_id, item_id))

    def _discuss(self, meeting_id: int, item_id: int) -> None:
        """Say something to the item that is ending, and go on to the next."""
        meeting = self._sits_down(meeting_id)
        if meeting.state is not MeetingState.IN_SESSION:
            return
        take_up(self.work, meeting_id, item_id)
        item = self.work.get(AgendaItem, item_id)
        said = SAID.get(item.kind, ())
        if said and self.random.random() < 0.8:
            add_note(self.work, item_id, self.random.choice(said))
        words = DECIDED.get(item.kind)
        if words is not None and self.random.random() < 0.6:
            decide(self.work, meeting_id, item_id, words, key=self._key())
        if item.kind == "topic" and self.random.random() < 0.3:
            title = item.title or str(item.evidence.get("label") or "Topic")
            park_item(self.work, item_id, title, key=self._key())
        else:
            finish_item(self.work, item_id)

    # ------------------------------------------------------------ the end

    def hold(self, meeting_id: int) -> None:
        """End a session, or say that it took place where nobody followed it."""
        meeting = self._sits_down(meeting_id)
        if meeting.state is MeetingState.IN_SESSION:
            if meeting.number == 1:
                self._give_stubborn(meeting)
            end_session(self.work, meeting_id)
        else:
            close_session(self.work, meeting_id)
        at = self.work.now + APPROVED_AFTER
        self._then(at, lambda: self._approve(meeting_id))

    def _give_stubborn(self, meeting: Meeting) -> None:
        series = self.work.get(MeetingSeries, meeting.series_id)
        text, topic = STUBBORN
        made = add_action(
            self.work,
            meeting.series_id,
            text,
            topic,
            (self.work.now + timedelta(days=5)).date(),
            owner_id=series.minute_taker_id or series.chair_id,
            meeting_id=meeting.id,
            key=self._key(),
        )
        self.stubborn.add(made)

    def place(self, meeting_id: int) -> int | None:
        """Return the item an action of the session was given under."""
        items = [one for one in items_of(self.work, meeting_id) if not one.is_removed]
        telling = [one for one in items if one.kind in ("broken", "topic", "ball")]
        found = telling or items[-1:]
        return found[0].id if found else None

    def is_left(self, action: Action) -> bool:
        """Tell whether an action is one that nobody ever does."""
        return action.id in self.stubborn

    def _approve(self, meeting_id: int) -> None:
        meeting = self._sits_down(meeting_id)
        series = self.work.get(MeetingSeries, meeting.series_id)
        if series.chair_id is None or meeting.state is not MeetingState.HELD:
            return
        approve_minutes(self.work, meeting_id)
        if meeting.number == 1:
            words = "The number of requests sent was 41, not 14."
            add_addendum(self.work, meeting_id, words, key=self._key())
        self._read_old()

    def _read_old(self) -> None:
        """Have everybody read what they were told some days ago."""
        old = self.work.session.execute(
            select(SessionNotice.person_id, SessionNotice.id)
            .where(
                SessionNotice.read_at.is_(None),
                SessionNotice.at < self.work.now - READ_AFTER,
            )
            .order_by(SessionNotice.person_id, SessionNotice.id)
        ).all()
        by_person: dict[int, list[int]] = {}
        for person_id, notice_id in old:
            by_person.setdefault(person_id, []).append(-notice_id)
        for person_id, ids in by_person.items():
            self.work.actor = Actor(person_id, None)
            mark_read(self.work, ids)
