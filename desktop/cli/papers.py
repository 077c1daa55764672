"""`counterpart agenda`: every paper of a session, of its series, of all series."""

from __future__ import annotations

import argparse
import json
from datetime import time, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from desktop.cli.figures import unit_called, write_whole
from desktop.cli.output import opened, say
from desktop.domain.errors import NotFound
from desktop.domain.print_options import PaperCode, PrintOptions
from desktop.domain.requests import Side
from desktop.i18n import current_language

if TYPE_CHECKING:
    from desktop.desk import Desk
    from desktop.queries.agenda import SessionAgenda
    from desktop.queries.session_papers import SessionPapers
    from desktop.reports.binding import Printed

PAPERS: Final = ("agenda", "short", "chair", "slips", "minutes", "register", "book")
_CODES: Final[dict[str, PaperCode]] = {
    "agenda": "agenda",
    "chair": "agenda",
    "short": "short",
    "slips": "slips",
    "minutes": "minutes",
    "register": "register",
}


def agenda(options: argparse.Namespace) -> int:
    """Print a paper of two units' session on a day, and the figures behind it."""
    from desktop.domain.evidence import evidence_data
    from desktop.reports.missing import missing_words

    with opened(options) as desk:
        session, meeting_id = session_agenda(desk, options)
        made = _printed(desk, options, session, meeting_id)
    write_whole(options.out, made.pdf)
    if options.evidence:
        data = json.dumps(evidence_data(session.evidence), indent=2, ensure_ascii=False)
        write_whole(options.evidence, data.encode())
    say(str(options.out))
    notice = missing_words(made.missing, with_shapes=True)
    if notice:
        say(notice)
    return 0


def _printed(
    desk: Desk,
    options: argparse.Namespace,
    session: SessionAgenda,
    meeting_id: int | None,
) -> Printed:
    from desktop.reports.session_print import session_print

    if options.paper == "book":
        return _book(desk, options)
    chosen = PrintOptions(
        slips=options.paper == "slips",
        register=options.paper == "register",
        chair_copy=options.paper == "chair",
        proofs=options.proofs,
        full_list=options.full_list,
        note_lines=options.note_lines,
        size=options.size,
        is_grey=options.grey,
    )
    papers = _papers(desk, options.paper, session, meeting_id, chosen)
    return session_print(papers, [_CODES[options.paper]], chosen, current_language())


def _papers(
    desk: Desk,
    paper: str,
    session: SessionAgenda,
    meeting_id: int | None,
    chosen: PrintOptions,
) -> SessionPapers:
    """Read what the paper says; a session that is not stored has an agenda only."""
    from desktop.domain.at_risk import at_risk
    from desktop.queries.action_register import action_register
    from desktop.queries.session_papers import SessionPapers, session_papers

    if meeting_id is not None:
        found = desk.read(
            session_papers,
            meeting_id,
            chosen,
            desk.now,
            with_minutes=paper == "minutes",
        )
        if paper == "minutes" and found.minutes is None:
            raise NotFound("no_minutes")
        return found
    if paper == "minutes":
        raise NotFound("no_minutes")
    return SessionPapers(
        0,
        0,
        desk.now,
        session.paper,
        at_risk=at_risk(session.evidence) if chosen.full_list else None,
        register=desk.read(action_register, desk.now) if chosen.register else None,
    )


def _book(desk: Desk, options: argparse.Namespace) -> Printed:
    """Print the minutes of the year that ends with the day asked for."""
    from desktop.queries.action_register import minutes_book, series_between
    from desktop.queries.agenda import session_start
    from desktop.reports.minutes_book import book_print
    from desktop.reports.paper import SIZES

    front, back = units_of(desk, options)
    series_id = desk.read(series_between, front, back)
    if series_id is None:
        raise NotFound("no_series")
    first, last = options.on - timedelta(days=364), options.on + timedelta(days=1)
    start = desk.read(session_start, first, time())
    end = desk.read(session_start, last, time())
    book = desk.read(minutes_book, series_id, start, end, desk.now)
    size = SIZES[options.size]
    return book_print(book, current_language(), size, is_grey=options.grey)


def session_agenda(
    desk: Desk, options: argparse.Namespace
) -> tuple[SessionAgenda, int | None]:
    """Return the agenda of the session on that day, and its id where it is planned.

    One that is not planned is told as its series would hold it; units without a
    series as the two weeks before. Raises NotFound for a unit not known here.
    """
    from desktop.queries.agenda import (
        find_meeting,
        meeting_agenda,
        pair_agenda,
        session_start,
    )
    from desktop.queries.unplanned import unplanned_agenda

    front, back = units_of(desk, options)
    starts_at = desk.read(session_start, options.on, options.at)
    meeting_id = desk.read(
        find_meeting, front_unit_id=front, back_unit_id=back, day=starts_at
    )
    if meeting_id is not None:
        return desk.read(meeting_agenda, meeting_id, desk.now), meeting_id
    unplanned = desk.read(
        unplanned_agenda,
        front_unit_id=front,
        back_unit_id=back,
        starts_at=starts_at,
        now=desk.now,
    )
    if unplanned is not None:
        return unplanned, None
    of_pair = partial(pair_agenda, front_unit_id=front, back_unit_id=back)
    minutes, now = options.minutes, desk.now
    return desk.read(
        of_pair, starts_at=starts_at, printed_at=now, minutes=minutes
    ), None


def units_of(desk: Desk, options: argparse.Namespace) -> tuple[int, int]:
    """Return the ids of the two units; raises NotFound for one not known here."""
    from desktop.queries.lookups import units

    front, back = options.between
    return (
        unit_called(desk.read(units, Side.FRONT), front),
        unit_called(desk.read(units, Side.BACK), back),
    )
