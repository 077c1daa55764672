"""Plays a scenario: a request under an agreement, event by event."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from desktop.domain.clocks import Pause, ServiceClock
from tests.conformance.cases import (
    CALENDAR_KEYS,
    Case,
    Unreadable,
    calendar_of,
    expected_of,
    instant,
    rounded,
    seconds,
    shown,
)

TARGETS = ("response", "update", "resolution")


@dataclass
class Target:
    """One target's count: from where, until where."""

    start: datetime | None = None
    stop: datetime | None = None


@dataclass
class Request:
    """What has happened to the request of a scenario so far."""

    case: dict[str, Any]
    agreement: Mapping[str, Any] | None
    targets: dict[str, Target] = field(
        default_factory=lambda: {name: Target() for name in TARGETS}
    )
    created: datetime | None = None
    pauses: list[Pause] = field(default_factory=list)

    def happen(self, event: Mapping[str, Any], at: datetime) -> None:
        """Take one event in."""
        kind = event["event"]
        if kind == "created":
            self.created = at
            for target in self.targets.values():
                target.start = at
        elif kind == "response":
            self._stop("response", at)
        elif kind == "agent_contact":
            self._stop("update", at)
        elif kind == "customer_contact":
            update = self.targets["update"]
            if update.start is None or update.stop is not None:
                self.targets["update"] = Target(at)
        elif kind in ("pause", "resume"):
            self._hold(kind == "pause", at)
        elif kind in ("agreement_change", "calendar_change"):
            self._change(event, at)
        elif kind == "resolved":
            for name in TARGETS:
                self._stop(name, at)
        elif kind != "check":
            raise Unreadable(f"unknown event {kind!r}")

    def answer(self, what: str, expected: object, at: datetime) -> object:
        """Give what the clocks say to one expectation, such as `response_due`."""
        name, _, measure = what.partition("_")
        if name not in TARGETS:
            raise Unreadable(f"unknown expectation {what!r}")
        target = self.targets[name]
        amount = (self.agreement or {}).get(f"{name}_s")
        if target.start is None or (amount is None and measure != "elapsed_s"):
            return None
        clock = ServiceClock(
            calendar_of(self.case),
            seconds(amount or 0),
            target.start,
            self._pauses_of(name),
            target.stop,
        )
        used = clock.elapsed(at)
        if measure == "due":
            if expected is None and clock.stop is not None:
                return None
            return rounded(self.case, clock.due_at(at))
        counted = rounded(self.case, used)
        assert isinstance(counted, timedelta)
        if measure == "elapsed_s":
            return counted
        if measure == "margin_s":
            return clock.target - counted
        if measure == "late_s":
            return max(counted - clock.target, timedelta())
        raise Unreadable(f"unknown expectation {what!r}")

    def _pauses_of(self, name: str) -> list[Pause]:
        applies = self.case.get("pauses_apply_to")
        return self.pauses if applies is None or name in applies else []

    def _stop(self, name: str, at: datetime) -> None:
        if self.targets[name].stop is None:
            self.targets[name].stop = at

    def _hold(self, is_pause: bool, at: datetime) -> None:
        is_held = bool(self.pauses) and self.pauses[-1].end is None
        if is_pause and not is_held:
            self.pauses.append(Pause(at))
        elif not is_pause and is_held:
            self.pauses[-1] = Pause(self.pauses[-1].start, at)

    def _change(self, event: Mapping[str, Any], at: datetime) -> None:
        for key in CALENDAR_KEYS:
            if key in event:
                self.case[key] = event[key]
        if "agreement" in event:
            self.agreement = event["agreement"]
        anchor = event.get("anchor", "created")
        if anchor not in ("created", "event"):
            raise Unreadable(f"unknown anchor {anchor!r}")
        if anchor == "event":
            for target in self.targets.values():
                if target.stop is None:
                    target.start = at


def play(case: Case) -> Iterator[tuple[str, object, object]]:
    """Yield (expectation, expected, got) for each that does not come out."""
    request = Request(dict(case), case.get("agreement"))
    for number, event in enumerate(case["events"], start=1):
        at = instant(case, event["at"])
        request.happen(event, at)
        for what, value in event.get("expect", {}).items():
            expected = expected_of(request.case, value)
            got = request.answer(what, expected, at)
            if got != expected:
                yield f"event {number} {what}", shown(expected), shown(got)
