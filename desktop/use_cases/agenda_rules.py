"""What a series makes of the rules: turned up or down, silenced, heard again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, get_args

from desktop.domain.agenda import ALWAYS, RuleCode
from desktop.domain.candidates.weighing import MOST_TURNED
from desktop.domain.errors import Conflict, Forbidden, Invalid
from desktop.entities.meetings import MeetingSeries
from desktop.store.session_rights import may_run
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.at_the_desk import somebody

RULES: Final[tuple[str, ...]] = get_args(RuleCode)


def turn_rules(
    work: UnitOfWork,
    series_id: int,
    weights: Mapping[str, float],
    *,
    expected_version: int | None = None,
) -> int:
    """Turn rules of a series to a factor from 0 to 3; returns the series' version.

    1 is as usual, which rules that are not named are again. Refuses with Invalid (the
    rule).
    """
    series = _series(work, series_id, expected_version)
    checked: dict[str, float] = {}
    for rule, factor in weights.items():
        if rule not in RULES or rule in ALWAYS:
            raise Invalid(rule, "unknown")
        if not 0 <= factor <= MOST_TURNED:
            raise Invalid(rule, "out_of_range", least=0, most=int(MOST_TURNED))
        if factor != 1.0:
            checked[rule] = float(factor)
    if checked != series.weights:
        series.weights = checked
        work.session.flush()
        told = {"series": series_id, "weights": checked}
        work.record_house("rules_turned", told)
    return series.version


def silence_rule(work: UnitOfWork, series_id: int, rule: str) -> None:
    """Never propose by a rule in this series again; what is on agendas stays."""
    if rule not in RULES or rule in ALWAYS:
        raise Invalid("rule", "unknown")
    series = _series(work, series_id, None)
    if rule not in series.silenced_rules:
        series.silenced_rules = [*series.silenced_rules, rule]
        work.session.flush()
        work.record_house("rule_silenced", {"series": series_id, "rule": rule})


def hear_rule(work: UnitOfWork, series_id: int, rule: str) -> None:
    """Propose by a silenced rule again."""
    series = _series(work, series_id, None)
    if rule in series.silenced_rules:
        series.silenced_rules = [one for one in series.silenced_rules if one != rule]
        work.session.flush()
        work.record_house("rule_heard", {"series": series_id, "rule": rule})


def _series(
    work: UnitOfWork, series_id: int, expected_version: int | None
) -> MeetingSeries:
    series = work.get(MeetingSeries, series_id, for_update=True)
    if not may_run(work.session, series, somebody(work)):
        raise Forbidden("not_yours_to_turn")
    if expected_version is not None and series.version != expected_version:
        raise Conflict("changed_meanwhile")
    return series
