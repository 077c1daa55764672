"""A trial written down as a draft of the agreement's next version."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING

from desktop.domain.agreement_drafts import TargetDraft, TermsDraft
from desktop.domain.agreements import Measure, PromiseKey, Target, TargetKind
from desktop.domain.errors import Refusal
from desktop.i18n import gettext as _
from desktop.queries.replays import Trial
from desktop.queries.try_choices import TryChoice
from ui.context import Context
from ui.tries.words import choice_words

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from desktop.use_cases.agreements import VersionSaved


def next_month(now: datetime, zone: tzinfo) -> datetime:
    """Return the first local midnight of the month after `now`'s."""
    today = now.astimezone(zone).date()
    first = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    return datetime.combine(first, time(), zone).astimezone(UTC)


def draft_of(
    choice: TryChoice, trial: Trial, valid_from: datetime, note: str
) -> TermsDraft:
    """Return the terms of a trial as people write them down."""
    terms = choice.terms
    targets: dict[PromiseKey, Target | None] = {}
    if terms is not None:
        targets = {key: terms.target(*key) for key in terms.targets}
    targets.update(trial.targets)
    holds = dict(terms.holds) if terms is not None else {}
    holds.update(trial.holds)
    drafts = tuple(
        _target(kind, priority, target)
        for (kind, priority), target in targets.items()
        if target is not None
    )
    if terms is None:
        return TermsDraft(
            choice.calendar_id, drafts, valid_from, holds=holds, note=note
        )
    return TermsDraft(
        calendar_id=terms.calendar,
        targets=drafts,
        valid_from=valid_from,
        holds=holds,
        starts=terms.starts,
        warn_share=terms.warn_share,
        warnings=terms.warnings,
        at_reopen=terms.at_reopen,
        at_priority=terms.at_priority,
        at_unit=terms.at_unit,
        note=note,
    )


def _target(kind: TargetKind, priority: int | None, target: Target) -> TargetDraft:
    if target.measure is Measure.WORKING_DAYS:
        return TargetDraft(kind, priority, target.measure, None, target.rule)
    return TargetDraft(kind, priority, target.measure, target.seconds)


def propose(
    context: Context,
    owner: QObject,
    choice: TryChoice,
    trial: Trial,
    figures: str,
    refused: Callable[[Refusal], None],
) -> None:
    """Write a draft that carries the trial's figures in its note, and say so."""
    from desktop.use_cases.agreements import Parties, draft_agreement, draft_version

    note = figures
    if trial.calendar is not None:
        hours = _("It was tried with other hours: change the calendar before signing.")
        note = f"{figures}\n{hours}"
    valid_from = next_month(context.ticker.now(), context.clocks.zone)
    terms = draft_of(choice, trial, valid_from, note)

    def told(saved: VersionSaved) -> None:
        words = _("Version {number} of {agreement} is a draft now.").format(
            number=saved.number, agreement=choice_words(choice)
        )
        context.tell(
            words,
            kind="ok",
            subject="tries",
            action=_("Show the draft"),
            act=lambda: context.navigate("agreements", agreement_id=saved.agreement_id),
        )

    operations = context.operations
    if choice.agreement_id is not None:
        write = operations.write(draft_version, choice.agreement_id, terms)
    else:
        parties = Parties(choice.front_unit_id, choice.back_unit_id, choice.service_id)
        name = choice.back_unit
        write = operations.write(draft_agreement, name, parties, terms)
    write.start(owner, told, refused)
