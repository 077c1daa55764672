"""The agreements of a house file: targets, holds, warnings, what changes do."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final, TypeVar

from desktop.domain.agreement_drafts import LONGEST_REOPEN_DAYS, TargetDraft
from desktop.domain.agreements import (
    ClockStart,
    Measure,
    OnChange,
    PromiseKey,
    TargetKind,
    WarningLevel,
)
from desktop.domain.house import EVERY, HouseAgreement, seconds_of
from desktop.domain.house_targets import target_of
from desktop.domain.requests import PendingReason
from desktop.domain.working_days import DayRule
from desktop.exchange.problems import N_
from desktop.exchange.tables import Table

C = TypeVar("C", bound=StrEnum)

_LONG_AGO: Final = date(2000, 1, 1)
_DURATION: Final = N_("a length as “16 h” or “2 h 30 min”")
_TARGET: Final = N_(
    "a length as “16 h”, “3 working days, end of day” or “24 h around the clock”"
)
_PRIORITIES: Final = {"any": None, "1": 1, "2": 2, "3": 3, "4": 4}
_UNREAD: Final = TargetDraft(TargetKind.RESOLUTION, seconds=3600)


def read_agreement(table: Table) -> HouseAgreement:
    """Return an agreement; what is wrong with it is noted in the table's problems."""
    drafts = _targets(table)
    targets: dict[PromiseKey, int] = {}
    rules: dict[PromiseKey, DayRule] = {}
    always = set()
    for key, draft in drafts.items():
        if draft.rule is not None:
            rules[key] = draft.rule
            continue
        targets[key] = draft.seconds or 0
        if draft.measure is Measure.AROUND_THE_CLOCK:
            always.add(key)
    agreement = HouseAgreement(
        name=table.name(),
        front=table.line("front", EVERY),
        back=table.name("back"),
        service=table.line("service", EVERY),
        calendar=table.name("calendar"),
        targets=targets,
        holds=_holds(table),
        starts=_code(table, "starts", ClockStart.FRONT_HANDOVER),
        warn_share=table.share("warn_share", 0.75),
        valid_from=table.day("valid_from", _LONG_AGO),
        rules=rules,
        around_the_clock=frozenset(always),
        warnings=tuple(_warning(one) for one in table.tables("warnings")),
        at_reopen=_code(table, "at_reopen", OnChange.CONTINUE),
        at_priority=_code(table, "at_priority", OnChange.RECOMPUTE),
        at_unit=_code(table, "at_unit", OnChange.CONTINUE),
        reopen_days=_reopen_days(table),
    )
    table.finish()
    return agreement


def _reopen_days(table: Table) -> int | None:
    if not table.has("reopen_days"):
        return None
    return table.whole("reopen_days", 0, 0, LONGEST_REOPEN_DAYS)


def _code(table: Table, key: str, usual: C) -> C:
    return type(usual)(table.one_of(key, list(type(usual)), usual))


def _targets(table: Table) -> dict[PromiseKey, TargetDraft]:
    inner = table.table("targets")
    targets: dict[PromiseKey, TargetDraft] = {}
    for kind in TargetKind:
        if not inner.has(kind):
            continue
        if isinstance(inner.data[kind], dict):
            by_priority = inner.table(kind)
            for name, priority in _PRIORITIES.items():
                if by_priority.has(name):
                    targets[kind, priority] = _target(by_priority, name)
            by_priority.finish()
        else:
            targets[kind, None] = _target(inner, kind)
    inner.finish()
    if not targets:
        table.problem("targets", "no_targets")
    return targets


def _target(table: Table, key: str) -> TargetDraft:
    return table.parsed(key, target_of, _TARGET, _UNREAD)


def _warning(table: Table) -> WarningLevel:
    share = table.share("share", 0.75) if table.has("share") else None
    left_s = None
    if table.has("left"):
        left_s = table.parsed("left", seconds_of, _DURATION, 3600)
    if share is None and left_s is None:
        table.problem("", "missing", name="left")
    table.finish()
    return WarningLevel(share, left_s)


def _holds(table: Table) -> dict[TargetKind, frozenset[PendingReason]]:
    inner = table.table("holds")
    holds = {}
    for kind in TargetKind:
        reasons = inner.lines(kind)
        for number, reason in enumerate(reasons, 1):
            if reason not in list(PendingReason):
                known = ", ".join(PendingReason)
                where = f"{kind}[{number}]"
                inner.problem(where, "not_one_of", value=reason, known=known)
        fitting = [one for one in PendingReason if one in reasons]
        if fitting:
            holds[kind] = frozenset(fitting)
    inner.finish()
    return holds
