"""`counterpart calendar`: sessions as files people's calendars take."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.cli.figures import write_whole
from desktop.cli.output import opened, say
from desktop.cli.papers import units_of
from desktop.domain.errors import NotFound

if TYPE_CHECKING:
    from desktop.desk import Desk


def calendar(options: argparse.Namespace) -> int:
    """Write the session of two units on a day, or their whole series."""
    with opened(options) as desk:
        front, back = units_of(desk, options)
        made = (
            _series(desk, options, front, back)
            if options.on is None
            else _session(desk, options, front, back)
        )
    write_whole(options.out, made)
    say(str(options.out))
    return 0


def _series(desk: Desk, options: argparse.Namespace, front: int, back: int) -> bytes:
    from desktop.exchange.calendar_invitations import series_calendar
    from desktop.queries.action_register import series_between
    from desktop.queries.series_invitations import series_invitations

    series_id = desk.read(series_between, front, back)
    if series_id is None:
        raise NotFound("no_such_series", units=" – ".join(options.between))
    told = desk.read(series_invitations, series_id, desk.now)
    return series_calendar(told, desk.now)


def _session(desk: Desk, options: argparse.Namespace, front: int, back: int) -> bytes:
    from desktop.exchange.calendar_invitations import invitation
    from desktop.queries.series_invitations import session_invitation
    from desktop.queries.series_sessions import session_on
    from desktop.reports.invitation_text import running_order_text

    meeting_id = desk.read(session_on, front, back, options.on)
    if meeting_id is None:
        raise NotFound("no_such_session", units=" – ".join(options.between))
    told = desk.read(session_invitation, meeting_id)
    text = running_order_text(told.paper) if told.paper is not None else ""
    return invitation(replace(told.invitation, description=text), desk.now)
