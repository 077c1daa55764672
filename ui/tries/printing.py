"""The comparison of trials on paper: gathered from the page, made off its thread."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop.domain.agreements import TargetKind
from desktop.i18n import gettext as _
from desktop.queries.try_choices import TryChoice
from ui.context import Context
from ui.tries.figures import Variant, changed_words
from ui.tries.trial_words import trial_lines
from ui.tries.words import (
    KINDS,
    VERDICTS,
    WEEKDAYS,
    between_words,
    choice_words,
    priority_words,
)

if TYPE_CHECKING:
    from desktop.reports.replay_paper import ReplayPaper


def paper_of(
    context: Context,
    choice: TryChoice,
    trials: Sequence[Variant],
    kind: TargetKind,
) -> ReplayPaper:
    """Return what is printed: the variants kept, then the trial (without a letter)."""
    # Imported when the first paper is wanted: reportlab is slow to load.
    from desktop.reports.replay_paper import PrintedTrial, ReplayPaper

    named = _("Variant {letter}")
    printed = [
        PrintedTrial(
            named.format(letter=one.letter) if one.letter else _("This trial"),
            changed_words(one.trial),
            one.replay,
            trial_lines(choice, one.trial),
        )
        for one in trials
        if one.replay is not None
    ]
    groups = printed[-1].replay.kinds[kind].by_priority
    keys = [one.key if isinstance(one.key, int) else None for one in groups]
    return ReplayPaper(
        agreement=choice_words(choice),
        between=between_words(choice),
        owner=context.workspace_name,
        zone=str(context.clocks.zone),
        printed_at=context.ticker.now(),
        kind=kind,
        kind_words=_(KINDS[kind]),
        trials=tuple(printed),
        priorities={key: priority_words(key) for key in keys},
        weekdays=tuple(_(one) for one in WEEKDAYS),
        verdicts={one.value: _(words) for one, words in VERDICTS.items()},
    )


def made(paper: ReplayPaper, language: str) -> bytes:
    """Return the PDF; away from the window's own thread."""
    from desktop.reports.replay_paper import replay_pdf

    return replay_pdf(paper, language)
