"""A trial written down as a draft: of the next version, or of a new agreement."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING

from desktop.domain.errors import Refusal
from desktop.i18n import gettext as _
from desktop.messages import refusal_words
from desktop.queries.replays import Trial
from desktop.queries.try_choices import TryChoice
from ui.context import Context
from ui.tries.checks import draft_of, targets_of
from ui.tries.words import between_words, subject_words

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from desktop.use_cases.tries import Subject, TriedDraft, TriedTerms


def next_month(now: datetime, zone: tzinfo) -> datetime:
    """Return the first local midnight of the month after `now`'s."""
    today = now.astimezone(zone).date()
    first = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    return datetime.combine(first, time(), zone).astimezone(UTC)


def subject_of(choice: TryChoice) -> Subject:
    """Return what would be drafted."""
    from desktop.use_cases.agreements import Parties
    from desktop.use_cases.tries import Subject

    parties = Parties(choice.front_unit_id, choice.back_unit_id, choice.service_id)
    return Subject(choice.agreement_id, between_words(choice)[:190], parties)


def terms_of(
    choice: TryChoice, trial: Trial, valid_from: datetime, note: str
) -> TriedTerms:
    """Return the terms of a trial as they are drafted, with hours of their own."""
    from desktop.use_cases.tries import TriedTerms

    agreed = choice.terms
    hours, calendar_id = None, trial.calendar_id or choice.calendar_id
    if trial.calendar is not None and trial.calendar_id is None:
        name = subject_words(choice)[:160]
        name = _("{agreement}, hours tried").format(agreement=name)
        hours = replace(trial.calendar, name=name)
    return TriedTerms(
        targets=tuple(
            draft_of(key, one) for key, one in targets_of(choice, trial).items()
        ),
        holds={**(agreed.holds if agreed else {}), **trial.holds},
        valid_from=valid_from,
        calendar_id=calendar_id,
        hours=hours,
        base_version_id=agreed.version_id if agreed else None,
        note=note,
    )


def propose(
    context: Context,
    owner: QObject,
    choice: TryChoice,
    trial: Trial,
    figures: str,
    refused: Callable[[Refusal], None],
) -> None:
    """Write a draft that carries the trial's figures in its note, and say so."""
    from desktop.use_cases.tries import draft_tried

    valid_from = next_month(context.ticker.now(), context.clocks.zone)
    terms = terms_of(choice, trial, valid_from, figures)

    def told(draft: TriedDraft) -> None:
        saved = draft.saved
        words = _("Version {number} of {agreement} is a draft now.").format(
            number=saved.number, agreement=subject_words(choice)
        )
        undo = _("A draft was made")
        if draft.calendar_id is not None:
            words += " " + _("Its hours are a calendar of their own.")
            undo = _("A draft and a calendar for it were made")
        context.tell(
            words,
            kind="ok",
            subject="tries",
            action=_("Show the draft"),
            act=lambda: context.navigate("agreements", agreement_id=saved.agreement_id),
        )
        context.offer_undo(undo, lambda: take_back(context, owner, draft))

    write = context.operations.write(draft_tried, subject_of(choice), terms)
    write.start(owner, told, refused)


def take_back(context: Context, owner: QObject, draft: TriedDraft) -> None:
    """Withdraw a draft, and the calendar made for it, while it still is one."""
    from desktop.use_cases.tries import take_back_tried

    def gone(_saved: object) -> None:
        words = _("The draft is withdrawn.")
        if draft.calendar_id is not None:
            words = _("The draft is withdrawn, and the calendar made for it.")
        context.tell(words, subject="tries")

    def stays(refusal: Refusal) -> None:
        context.tell(refusal_words(refusal), kind="broken", subject="tries")

    write = context.operations.write(take_back_tried, draft)
    write.start(owner, gone, stays)
