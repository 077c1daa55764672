"""Are 8 of 10 done by the instant "8 of 10" names? Out of sample, on a real log.

Every forecast is made by ``desktop.domain.forecasts`` from what was known at a cut and
nothing later: once for all of May 2016, and again every Monday of the log. Whoever was
shown no instant counts as not done by it.
"""

from __future__ import annotations

import csv
import gzip
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from desktop.domain.calendars import ServiceCalendar
from desktop.domain.forecasts import (
    HALF_LIFE,
    LOOK_BACK,
    NEAR,
    STEADY_DAYS,
    Curve,
    Forecast,
    PastCase,
    enough,
    every,
    narrowed,
    read_off,
)
from desktop.domain.instants import microseconds_of, to_microseconds
from tests.domain.desk_log import calendar, local

LOG = Path(__file__).parents[3] / "shared" / "data" / "uci498"
METHOD = """\
method: Kaplan-Meier in working time over requests of the same kind and priority, the \
same kind, the same first group, the house; each under 300 borrows 20 of the next
method: a request weighs half for every 5 days of age, longer where fewer than 30 \
requests or 10 days (at most half the days there are) would count
method: past the longest watched the mean rate until then goes on, to 10 times as far
method: half-life and days are the longest within 1.5 % of the least loss (see below) \
over the weeks to 10 April, as known on 30 April: May and all after it are the test\
""".splitlines()
MAY = (local("2016-05-01"), local("2016-06-01"))
FIRST_MONDAY = date(2016, 3, 7)
LAST_MONDAY = date(2017, 2, 13)
LAST_TO_CHOOSE_BY = date(2016, 4, 4)
HALF_LIVES = (2, 3, 5, 7, 10, 28, 180)
DAYS = (5, 8, 10, 12, 15, 20)
ALIKE = ("kind and priority", "kind", "group", "house")
CAP_S = 100 * 3600
"""A loss counts up to so much working time: known of each by 30 April."""

SHARES = {"5 of 10": 0.5, "8 of 10": 0.8}
BANDS = {"5 of 10": (46.0, 54.0), "8 of 10": (76.0, 84.0)}
MANY = 100
WORST = 6

Row = dict[str, Any]


@dataclass(slots=True)
class Case:
    """One request of the log; instants in microseconds, ``done`` from and until."""

    number: int
    raised: int
    resolved: int | None
    kind: str
    group: str
    priority: int
    done: list[tuple[int, int | None]] = field(default_factory=list)

    @property
    def rings(self) -> tuple[tuple[str, ...], ...]:
        """Return what it is compared by, the most alike first; the house is last."""
        kind = (self.group, self.kind)
        return ((*kind, str(self.priority)), kind, (self.group,), ())


@dataclass(slots=True)
class Score:
    """How many of ``n`` were shown each instant, and were done by it."""

    n: int = 0
    shown: dict[str, int] = field(default_factory=lambda: dict.fromkeys(SHARES, 0))
    done: dict[str, int] = field(default_factory=lambda: dict.fromkeys(SHARES, 0))
    loss: float = 0.0

    def add(self, other: Score) -> None:
        """Count the other's, too."""
        self.n += other.n
        self.loss += other.loss
        for told in SHARES:
            self.shown[told] += other.shown[told]
            self.done[told] += other.done[told]


class Knowledge:
    """What was known at an instant, and the forecasts that follow from it."""

    def __init__(
        self,
        cases: Iterable[Case],
        hours: ServiceCalendar,
        at: datetime,
        half_life: timedelta = HALF_LIFE,
        days: int = STEADY_DAYS,
    ) -> None:
        self.at = to_microseconds(at)
        self.hours = hours
        self.half_life = half_life
        self.days = days
        self.found: dict[tuple[str, ...], list[Case]] = defaultdict(list)
        oldest = self.at - microseconds_of(LOOK_BACK)
        for case in cases:
            if oldest <= case.raised < self.at:
                for ring in case.rings:
                    self.found[ring].append(case)
        self.read: dict[tuple[str, ...], list[PastCase]] = {}
        self.curves: dict[tuple[str, ...], Curve | None] = {}

    def forecast(self, case: Case) -> Forecast | None:
        """Do what ``forecasts.forecast`` does, keeping the curves of the rings."""
        read = [self.ring(ring) for ring in case.rings]
        place = enough(read)
        if place is None:
            return None
        curve = self._curve(case.rings)
        assert curve is not None
        return read_off(curve, place, read[place])

    def _curve(self, rings: tuple[tuple[str, ...], ...]) -> Curve | None:
        if not rings:
            return None
        ring, *wider = rings
        if ring not in self.curves:
            self.curves[ring] = narrowed(
                self._curve(tuple(wider)),
                self.ring(ring),
                half_life=self.half_life,
                days=self.days,
            )
        return self.curves[ring]

    def ring(self, ring: tuple[str, ...]) -> list[PastCase]:
        """Read a ring as the program's query does: thinned where there are many."""
        if ring not in self.read:
            found = self.found.get(ring, [])
            since = self.at - microseconds_of(NEAR)
            step = every(sum(one.raised >= since for one in found))
            if step > 1:
                found = [
                    one
                    for one in found
                    if one.raised >= since and one.number % step == 0
                ]
            self.read[ring] = [self._past(one) for one in found]
        return self.read[ring]

    def _past(self, case: Case) -> PastCase:
        ended = next(
            (
                start
                for start, end in case.done
                if start <= self.at and (end is None or end > self.at)
            ),
            None,
        )
        until = self.at if ended is None else ended
        spent = self.hours.elapsed_us(case.raised, until)
        return PastCase((self.at - case.raised) / 1e6, spent / 1e6, ended is not None)


class Trial:
    """Forecasts for one span of requests from one cut, and how they turned out."""

    def __init__(
        self,
        log: Log,
        cut: datetime,
        until: datetime,
        half_life: timedelta = HALF_LIFE,
        days: int = STEADY_DAYS,
    ) -> None:
        known = Knowledge(log.cases, log.hours, cut, half_life, days)
        first, last = to_microseconds(cut), to_microseconds(until)
        self.told = [
            (case, known.forecast(case))
            for case in log.cases
            if first <= case.raised < last
        ]
        self.hours = log.hours

    def score(self, wanted: Iterable[tuple[Case, Forecast | None]] = ()) -> Score:
        """Count who was done in time, of all or of those given."""
        score = Score()
        for case, forecast in wanted or self.told:
            score.n += 1
            after = (forecast.half_s, forecast.eight_s) if forecast else (None, None)
            for (told, share), after_s in zip(SHARES.items(), after, strict=True):
                score.shown[told] += after_s is not None
                score.done[told] += self._is_done(case, after_s)
                score.loss += self._loss(case, after_s, share)
        return score

    def by(self, name: str) -> Iterator[tuple[str, Score]]:
        """Yield the score of each group or priority with enough requests."""
        counts = Counter(str(getattr(case, name)) for case, _told in self.told)
        for value, count in counts.most_common():
            if count >= MANY or name == "priority":
                told = [one for one in self.told if str(getattr(one[0], name)) == value]
                yield value or "(none)", self.score(told)

    def _is_done(self, case: Case, after_s: float | None) -> bool:
        if case.resolved is None or after_s is None:
            return False
        due = self.hours.due_us(case.raised, round(after_s * 1e6))
        return case.resolved <= due

    def _loss(self, case: Case, told_s: float | None, share: float) -> float:
        """Return the quantile loss in working hours, both sides capped."""
        took: float = CAP_S
        if case.resolved is not None:
            took = min(took, self.hours.elapsed_us(case.raised, case.resolved) / 1e6)
        missed = took - min(CAP_S, CAP_S if told_s is None else told_s)
        return max(share * missed, (share - 1) * missed) / 3600


class Log:
    """The published service desk log."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.hours = calendar()

    @cached_property
    def cases(self) -> list[Case]:
        """Read the requests in the order they were raised."""
        events: dict[str, list[dict[str, str]]] = defaultdict(list)
        for row in self._rows("events"):
            events[row["request_id"]].append(row)
        found = []
        for row in self._rows("requests"):
            mine = events[row["request_id"]]
            raised = to_microseconds(local(row["raised_at"]))
            known = mine[0]
            case = Case(
                int(row["request_id"][3:]),
                raised,
                None,
                known["category"],
                known["group"],
                int(known["priority"]),
                list(_done(mine, raised)),
            )
            if row["resolved_at"]:
                case.resolved = max(raised, to_microseconds(local(row["resolved_at"])))
            found.append(case)
        found.sort(key=lambda one: (one.raised, one.number))
        # Ids are given in the order of import; the log's own numbers have gaps.
        for number, case in enumerate(found):
            case.number = number
        return found

    def _rows(self, name: str) -> Iterator[dict[str, str]]:
        with gzip.open(
            self.folder / f"{name}.csv.gz", "rt", encoding="utf-8", newline=""
        ) as lines:
            yield from csv.DictReader(lines)


def _done(
    events: list[dict[str, str]], raised: int
) -> Iterator[tuple[int, int | None]]:
    """Yield from when until when a request counted as done, by its events."""
    since: int | None = None
    for event in events:
        at = max(raised, to_microseconds(local(event["at"])))
        if event["phase"] in ("resolved", "closed"):
            since = at if since is None else since
        elif event["phase"] != "unknown" and since is not None:
            yield since, at
            since = None
    if since is not None:
        yield since, None


def run(folder: Path = LOG) -> Iterator[Row]:
    """Measure the coverage; yields only a row that says so where there is no log."""
    if not (folder / "requests.csv.gz").exists():
        yield _figure("the log (../shared/data) is not on this machine", 0, "requests")
        return
    log = Log(folder)
    for sentence in METHOD:
        yield _figure(sentence, len(log.cases), "requests")
    yield from _may(log)
    yield from _weeks(log)
    yield from _choice(log)


def _may(log: Log) -> Iterator[Row]:
    trial = Trial(log, *MAY)
    yield from _lines("all of May, known 30 April", trial.score(), is_goal=True)
    for priority, of_priority in trial.by("priority"):
        yield from _lines(f"May, priority {priority}", of_priority)
    for group, of_group in trial.by("group"):
        yield from _lines(f"May, {group}", of_group)


def _weeks(log: Log) -> Iterator[Row]:
    """Roll forward from the first Monday on which anything was known."""
    total, tested = Score(), Score()
    groups: dict[str, Score] = defaultdict(Score)
    alike: Counter[str] = Counter()
    first = to_microseconds(next(mondays(LAST_MONDAY))[1])
    before = sum(one.raised < first for one in log.cases)
    yield _figure("raised before there was any Monday to look back from", before, "")
    for monday, cut, until in mondays(LAST_MONDAY):
        trial = Trial(log, cut, until)
        score = trial.score()
        total.add(score)
        if cut >= MAY[0]:
            tested.add(score)
        for case, told in trial.told:
            groups[case.group].add(trial.score([(case, told)]))
            alike[ALIKE[told.ring] if told else "nothing"] += 1
        if score.n >= MANY:
            yield from _lines(f"week of {monday}", score)
    yield from _lines("all weeks, rolled", total, is_goal=True)
    yield from _lines("weeks since 2 May (tested), rolled", tested, is_goal=True)
    for told, count in total.shown.items():
        yield _figure(f"all weeks: shown a {told}", count, "requests")
    for name in (*ALIKE, "nothing"):
        yield _figure(f"all weeks: compared by {name}", alike[name], "requests")
    yield from _worst(groups)


def _worst(groups: dict[str, Score]) -> Iterator[Row]:
    """Give how far groups with many requests are off, and those furthest off."""
    many = {name: one for name, one in groups.items() if one.n >= MANY}
    whole = sum(one.n for one in many.values())
    for told, share in SHARES.items():
        off = {
            name: abs(100 * one.done[told] / one.n - 100 * share)
            for name, one in many.items()
        }
        mean = sum(off[name] * one.n for name, one in many.items()) / whole
        name = f"{len(many)} groups, rolled: mean distance from {told}"
        yield _figure(name, round(mean, 1), "points")
        for name in sorted(off, key=lambda one: -off[one])[:WORST]:
            one = many[name]
            share_done = round(100 * one.done[told] / one.n, 1)
            where = f"furthest off, {name or '(none)'}, n {one.n:,}: {told}"
            yield _figure(where, share_done, "% done")


def _choice(log: Log) -> Iterator[Row]:
    """Show what half-life and days were chosen by: the loss of the weeks before."""
    for half_life in HALF_LIVES:
        yield from _loss(log, half_life, 1)
    for days in DAYS:
        yield from _loss(log, HALF_LIFE.days, days)


def _loss(log: Log, half_life: int, days: int) -> Iterator[Row]:
    total = Score()
    # On the first Monday hardly anything was known that could be weighed.
    for _monday, cut, until in list(mondays(LAST_TO_CHOOSE_BY))[1:]:
        trial = Trial(log, cut, until, timedelta(days=half_life), days)
        total.add(trial.score())
    name = f"half-life {half_life} d, {days} days: loss to 10 April"
    yield _figure(name, round(total.loss / total.n, 3), "hours")


def _lines(name: str, score: Score, *, is_goal: bool = False) -> Iterator[Row]:
    """Give the shares done of all; not shown an instant is not done by it."""
    for told, (low, high) in BANDS.items():
        value = round(100 * score.done[told] / score.n, 1) if score.n else 0.0
        row = _figure(f"{name}, n {score.n:,}: {told}", value, "% done")
        if is_goal:
            row |= {"goal": f"{low:g} to {high:g} %", "met": low <= value <= high}
        yield row


def _figure(name: str, value: float, unit: str) -> Row:
    return {"name": name, "value": value, "unit": unit}


def mondays(last: date) -> Iterator[tuple[date, datetime, datetime]]:
    """Yield each week until the last: its Monday, when it starts and ends."""
    monday = FIRST_MONDAY
    while monday <= last:
        following = monday + timedelta(days=7)
        yield monday, local(monday.isoformat()), local(following.isoformat())
        monday = following
