"""The requests whose verdict changes, as a table that opens them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo

from desktop import formats
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.queries.replay_results import Change, Verdict
from ui.common.cells import Column, LinesCell, TextCell
from ui.tries.words import VERDICTS

_KINDS = {Verdict.KEPT: "ok", Verdict.BROKEN: "broken", Verdict.OPEN: ""}


def change_columns(zone: Callable[[], tzinfo]) -> list[Column[Change]]:
    """Return the table's columns; ``zone`` tells where the clock on the wall is."""
    return [
        Column(
            "request",
            N_("Request"),
            lambda row: LinesCell(row.subject or row.label, _which(row, zone())),
            width=180,
            stretch=True,
            sort=lambda row: row.reference,
        ),
        Column(
            "label",
            N_("About"),
            lambda row: TextCell(row.label, quiet=True),
            width=160,
            gives_way=True,
            sort=lambda row: row.label.casefold(),
        ),
        *_times(),
    ]


def _which(row: Change, zone: tzinfo) -> str:
    """Tell which promise it is: a request may have been promised a word many times."""
    began = formats.instant(row.started_at, zone)
    return _("{reference}, since {when}").format(reference=row.reference, when=began)


def _times() -> list[Column[Change]]:
    return [
        Column(
            "used",
            N_("Used in the trial"),
            lambda row: TextCell(formats.working_time(row.used_then_s), at_right=True),
            width=120,
            least=88,
            sort=lambda row: row.used_then_s,
            at_right=True,
        ),
        Column(
            "now",
            N_("Now"),
            lambda row: _verdict(row.now, row.target_now_s, row.used_now_s),
            width=130,
            least=104,
            sort=lambda row: row.now.value,
        ),
        Column(
            "then",
            N_("In the trial"),
            lambda row: _verdict(row.then, row.target_then_s, row.used_then_s),
            width=130,
            least=104,
            sort=lambda row: row.then.value,
        ),
    ]


def _verdict(verdict: Verdict, target_s: int, used_s: int) -> TextCell:
    words = _(VERDICTS[verdict])
    if verdict is Verdict.BROKEN and used_s > target_s:
        over = formats.working_time(used_s - target_s)
        words = _("broken by {time}").format(time=over)
    return TextCell(words, kind=_KINDS[verdict])
