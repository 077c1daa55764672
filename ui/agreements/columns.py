"""The columns of the list of agreements."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import tzinfo
from typing import TYPE_CHECKING

from desktop.domain.agreements import TargetKind, VersionStage
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.i18n import ngettext
from ui.agreements.stage_cells import StageCell, stage_cell
from ui.agreements.words import (
    date_words,
)
from ui.common.cells import Column, LinesCell, TextCell
from ui.common.request_pane.target_words import (
    KINDS,
    kind_words,
    targets_line,
)

if TYPE_CHECKING:
    from desktop.domain.agreement_drafts import TargetDraft
    from desktop.queries.agreements import AgreementDetails, AgreementRow, VersionRow


@dataclass(frozen=True)
class Line:
    """An agreement with the version the list speaks of."""

    row: AgreementRow
    details: AgreementDetails
    version: VersionRow

    @property
    def id(self) -> int:
        """Return the agreement's id."""
        return self.row.agreement_id

    @property
    def unit_ids(self) -> tuple[int | None, int]:
        """Return front unit (None: all of them) and back unit."""
        return self.details.front_unit_id, self.details.back_unit_id

    def words(self) -> str:
        """Return what a search for words looks through."""
        row = self.row
        return " ".join((row.name, row.front_unit, row.back_unit, row.service))


def agreement_columns(zone: Callable[[], tzinfo]) -> list[Column[Line]]:
    """Return the columns; `zone` is asked when a cell is made."""

    def since(line: Line) -> LinesCell:
        row = line.row
        if row.stage is not VersionStage.IN_FORCE:
            return LinesCell(_("None"))
        number = _("Version {number}").format(number=row.number)
        day = date_words(row.valid_from.astimezone(zone()).date())
        return LinesCell(number, _("since {day}").format(day=day))

    return [
        Column(
            "name",
            N_("Agreement"),
            _name,
            204,
            stretch=True,
            sort=lambda one: one.row.name,
        ),
        Column("targets", N_("Promised"), _targets, 176, stretch=True, copied=_all),
        Column(
            "calendar",
            N_("Calendar"),
            lambda one: TextCell(one.version.calendar, quiet=True),
            96,
            sort=lambda one: one.version.calendar,
            gives_way=True,
        ),
        Column("force", N_("In force"), since, 116, gives_way=True),
        Column("stage", N_("Stage"), _stage, 124, least=108),
    ]


def _name(line: Line) -> LinesCell:
    row = line.row
    front = row.front_unit or _("All front units")
    service = row.service or _("all services")
    return LinesCell(row.name, _("{a}, {b}").format(a=front, b=service))


def _targets(line: Line) -> LinesCell:
    targets = line.version.terms.targets
    first = _of(targets, (TargetKind.RESOLUTION,))
    others = tuple(kind for kind in TargetKind if kind is not TargetKind.RESOLUTION)
    rest = _of(targets, others)
    return LinesCell(first or rest, rest if first else "")


def _of(targets: tuple[TargetDraft, ...], kinds: tuple[TargetKind, ...]) -> str:
    told = [(_(KINDS[kind]), kind_words(targets, kind)) for kind in kinds]
    return "; ".join(f"{kind} {words}" for kind, words in told if words)


def _all(line: Line) -> str:
    return targets_line(line.version.terms.targets)


def _stage(line: Line) -> StageCell:
    count = line.row.open_versions
    shows_draft = line.version.stage.value in ("draft", "proposed")
    if not count or (count == 1 and shows_draft):
        return stage_cell(line.version.stage)
    drafts = ngettext("{n} open draft", "{n} open drafts", count)
    return stage_cell(line.version.stage, drafts.format(n=count))
