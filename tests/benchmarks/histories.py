"""Plausible journals for benchmarks: who raised what, who worked it, how it went on."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from desktop.domain.requests import EntryKind
from tests.benchmarks.house import House

BLOCK_DAYS = 28
WORDS = 3_000
COMMON = ("extract", "permit", "invoice", "laptop", "parcel", "door")
KINDS_OF_WAIT = (
    (EntryKind.ASKED, "front_office", EntryKind.ANSWERED, 0.30),
    (EntryKind.HELD, "customer", EntryKind.RESUMED, 0.20),
)


@dataclass(slots=True)
class Entry:
    """One entry of a journal to be."""

    kind: EntryKind
    at: datetime
    actor: int
    unit: int
    changes: dict[str, Any]
    text: str = ""


@dataclass(slots=True)
class Story:
    """One request to be, with its journal."""

    front: int
    requester: int
    service: int
    subject: str
    body: str
    entries: list[Entry]


class Teller:
    """Tells one block of stories, the same for the same seed.

    Requests are raised over ``BLOCK_DAYS`` days up to ``end``. ``as_at`` cuts what
    would happen later. A share ``forgotten`` is never worked to its end.
    """

    def __init__(
        self,
        house: House,
        seed: int,
        end: datetime,
        *,
        as_at: datetime | None = None,
        forgotten: float = 0.0,
    ) -> None:
        self.house = house
        self.chance = random.Random(seed)
        self.end = end
        self.as_at = as_at
        self.forgotten = forgotten
        self.words = _vocabulary(self.chance)
        self.weights = [1 / (place + 1) for place in range(len(house.backs))]

    def stories(self, count: int) -> Iterator[Story]:
        """Tell that many, in the order they were raised."""
        starts = sorted(self._working_instant() for _ in range(count))
        for start in starts:
            yield self._story(start)

    def _working_instant(self) -> datetime:
        while True:
            seconds = self.chance.randrange(BLOCK_DAYS * 86_400)
            at = self.end - timedelta(seconds=seconds)
            if at.weekday() < 5 and 8 <= at.hour < 17:
                return at

    def _story(self, at: datetime) -> Story:
        chance, house = self.chance, self.house
        front = chance.choices(house.fronts, (4, 3, 2, 1))[0]
        back = chance.choices(house.backs, self.weights)[0]
        clerk = chance.choice(house.people[front])
        raised: dict[str, Any] = {"state": "new", "unit": back, "from_unit": front}
        raised["priority"] = chance.choices((1, 2, 3, 4), (1, 3, 10, 4))[0]
        story = Story(
            front=front,
            requester=clerk,
            service=chance.choice(house.services[back]),
            subject=self._text(4, 8),
            body=self._text(10, 40),
            entries=[Entry(EntryKind.RAISED, at, clerk, front, raised)],
        )
        self._work(story, back, clerk)
        if self.as_at is not None:
            story.entries = [one for one in story.entries if one.at < self.as_at]
        return story

    def _work(self, story: Story, unit: int, clerk: int) -> None:
        chance = self.chance
        agent = chance.choice(self.house.people[unit])
        if chance.random() < self.forgotten / 2:
            return
        self._add(story, EntryKind.TAKEN, 4, agent, unit, _taken(agent))
        if chance.random() < self.forgotten / 2:
            return
        for begins, reason, ends, share in KINDS_OF_WAIT:
            if chance.random() < share:
                waits = {"state": "pending", "pending": reason}
                goes_on = {"state": "active", "pending": None}
                is_answer = ends is EntryKind.ANSWERED
                who = (clerk, story.front) if is_answer else (agent, unit)
                self._add(story, begins, 6, agent, unit, waits)
                self._add(story, ends, 20, *who, goes_on)
        if chance.random() < 0.15:
            other = chance.choice([one for one in self.house.backs if one != unit])
            moved: dict[str, Any] = {"unit": other, "from_unit": unit, "state": "new"}
            moved |= {"assignee": None, "pending": None}
            self._add(story, EntryKind.HANDED_OVER, 6, agent, unit, moved)
            unit, agent = other, chance.choice(self.house.people[other])
            self._add(story, EntryKind.TAKEN, 6, agent, unit, _taken(agent))
        self._add(story, EntryKind.RESOLVED, 40, agent, unit, {"state": "resolved"})
        closed = {"state": "closed"}
        self._add(story, EntryKind.CONFIRMED, 20, clerk, story.front, closed)

    def _add(
        self,
        story: Story,
        kind: EntryKind,
        mean_hours: float,
        actor: int,
        unit: int,
        changes: dict[str, Any],
    ) -> None:
        hours = self.chance.expovariate(1 / mean_hours)
        at = story.entries[-1].at + timedelta(seconds=60 + int(hours * 3600))
        text = self._text(5, 20) if self.chance.random() < 0.5 else ""
        story.entries.append(Entry(kind, at, actor, unit, changes, text))

    def _text(self, least: int, most: int) -> str:
        chance = self.chance
        count = chance.randint(least, most)
        # The smaller numbers far more often, as words are.
        found = [self.words[int(WORDS * chance.random() ** 3)] for _ in range(count)]
        if chance.random() < 0.5:
            found.append(chance.choice(COMMON))
        return " ".join(found)


def _taken(agent: int) -> dict[str, Any]:
    return {"state": "active", "assignee": agent}


def _vocabulary(chance: random.Random) -> list[str]:
    syllables = [one + two for one in "bdgklmnprstvz" for two in "aeiou"]
    return [
        "".join(chance.choices(syllables, k=chance.randint(2, 4))) for _ in range(WORDS)
    ]
