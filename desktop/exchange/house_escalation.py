"""The rules of escalation of a house file: read, and written so that they read back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Any, Final, TypeVar

from desktop.domain.agreements import TargetKind
from desktop.domain.escalation import (
    Again,
    EscalationRule,
    Hours,
    NoticeKind,
    Recipient,
    Silencer,
    problems_of,
)
from desktop.domain.house import HouseEscalation, duration_text, seconds_of
from desktop.exchange.problems import N_
from desktop.exchange.tables import Table

C = TypeVar("C", bound=StrEnum)

_DURATION: Final = N_("a length as “16 h” or “2 h 30 min”")
_WANTED: Final = {
    "promises": N_("a list of promises"),
    "tell": N_("a list of who is told"),
    "every": N_("a length of half an hour or more"),
    "days": N_("days, a year at most"),
}
_LEVELS: Final = (NoticeKind.AT_RISK, NoticeKind.BROKEN)
_PLACES: Final = {
    "kinds": "promises",
    "tells": "tell",
    "again_every": "every",
    "again_for": "days",
}


def read_escalation(table: Table) -> HouseEscalation:
    """Return a rule; what is wrong with it is noted in the table's problems."""
    every: int | None = table.parsed("every", seconds_of, _DURATION, None)
    days = table.whole("days", 0, 1, 366) if table.has("days") else None
    person = table.line("person") or None
    rule = EscalationRule(
        notice=NoticeKind(table.one_of("when", _LEVELS, NoticeKind.BROKEN)),
        kinds=frozenset(_codes(table, "promises", TargetKind, list(TargetKind))),
        tells=tuple(_codes(table, "tell", Recipient, [])),
        again=Again(table.one_of("again", list(Again), Again.ONCE)),
        again_for=None if days is None else timedelta(days=days),
        again_every=None if every is None else timedelta(seconds=every),
        hours=Hours(table.one_of("hours", list(Hours), Hours.TOLD)),
        silenced_by=frozenset(_codes(table, "silenced_by", Silencer, [Silencer.TOLD])),
    )
    made = HouseEscalation(
        rule, table.line("unit") or None, person, not table.flag("off")
    )
    table.finish()
    if Recipient.PERSON in rule.tells and person is None:
        table.require("person")
    for place, _code in problems_of(rule):
        key = _PLACES.get(place, place)
        if place != "person" and table.require(key):
            found = table.data[key]
            table.problem(key, "wrong_type", value=found, wanted=_WANTED[key])
    return made


def _codes(table: Table, key: str, codes: type[C], usual: Iterable[C]) -> list[C]:
    if not table.has(key):
        return list(usual)
    found = []
    for number, word in enumerate(table.lines(key), 1):
        if word in list(codes):
            found.append(codes(word))
        else:
            known = ", ".join(codes)
            place = f"{key}[{number}]"
            table.problem(place, "not_one_of", value=word, known=known)
    return found


def escalation_pairs(one: HouseEscalation) -> Mapping[str, Any]:
    """Return what a house file says of a rule; what is usual is left out."""
    rule = one.rule
    every = rule.again_every
    return {
        "when": rule.notice.value,
        "promises": [kind.value for kind in TargetKind if kind in rule.kinds],
        "unit": one.unit,
        "tell": [who.value for who in rule.tells],
        "person": one.person,
        "hours": None if rule.hours is Hours.TOLD else rule.hours.value,
        "again": None if rule.again is Again.ONCE else rule.again.value,
        "every": None if every is None else duration_text(int(every.total_seconds())),
        "days": None if rule.again_for is None else rule.again_for.days,
        "silenced_by": [who.value for who in Silencer if who in rule.silenced_by],
        "off": None if one.is_active else True,
    }
