"""`counterpart report` and `counterpart proof`: figures, and why a time is due."""

from __future__ import annotations

import argparse
import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli.output import opened, say
from desktop.domain.errors import NotFound
from desktop.i18n import current_language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from desktop.queries.lookups import UnitRow
    from desktop.queries.proof import ProofView


def turnaround(options: argparse.Namespace) -> int:
    """Print the turnaround of every unit, as a table or as JSON."""
    from desktop.queries.turnaround import report_data
    from desktop.queries.turnaround import turnaround as read_turnaround
    from desktop.reports.turnaround_table import turnaround_table

    with opened(options) as desk:
        report = desk.read(read_turnaround)
    if options.json:
        say(json.dumps(report_data(report), indent=2, ensure_ascii=False))
    else:
        say(turnaround_table(report))
    return 0


def proof(options: argparse.Namespace) -> int:
    """Print the proof of a due time: every interval counted, every hold."""
    from desktop.reports.paper import SIZES
    from desktop.reports.proof_paper import proof_pdf
    from desktop.reports.proof_source import proof_paper_of

    with opened(options) as desk:
        as_at = options.as_at or desk.now
        view = desk.read(clock_proof, options.reference, options.of, as_at)
        paper = proof_paper_of(view, desk.now)
    size = SIZES[options.size]
    write_whole(options.out, proof_pdf(paper, current_language(), size))
    say(str(options.out))
    return 0


def clock_proof(
    session: Session, reference: str, unit: str | None, as_at: datetime
) -> ProofView:
    """Explain the resolution clock of a request: of a unit, else of the last one.

    Raises NotFound when there is no such request, or it has no such clock.
    """
    from desktop.domain.agreements import TargetKind
    from desktop.queries.proof import proof as explain
    from desktop.queries.request_details import request_details
    from desktop.queries.search import request_called

    request_id = request_called(session, reference)
    if request_id is None:
        raise NotFound("no_such_request", reference=reference)
    details = request_details(session, request_id, reader_unit_id=None, now=as_at)
    fitting = [
        clock.position
        for clock in details.clocks
        if clock.view.kind is TargetKind.RESOLUTION and unit in (None, clock.unit)
    ]
    if not fitting:
        raise NotFound("no_such_clock", reference=reference)
    return explain(session, details.id, fitting[-1], as_at)


def unit_called(there: Sequence[UnitRow], name: str) -> int:
    """Return the id of the unit of this name; raises NotFound without one."""
    for unit in there:
        if unit.name == name:
            return unit.id
    known = ", ".join(unit.name for unit in there)
    raise NotFound("no_such_unit", name=name, known=known)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all.

    Refuses with `workspace_place` where it cannot be written.
    """
    from desktop.store.durable import place, unfinished_beside
    from desktop.workspaces import place_named

    with place_named(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with unfinished_beside(path) as draft:
            draft.write_bytes(content)
            place(draft, path, overwrite=True)
