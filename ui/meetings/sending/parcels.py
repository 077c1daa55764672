"""What is sent of a session: its agenda or its minutes, with the calendar file."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from desktop.desk import Desk
from desktop.domain.agenda import AgendaPaper, Head
from desktop.domain.minutes import MinutesPaper
from desktop.i18n import current_language, speaking
from desktop.i18n import gettext as _
from desktop.queries.series_invitations import session_invitation
from desktop.reports.mail_text import agenda_mail, minutes_mail
from ui.meetings.sending.sending import Parcel, ParcelFile

PDF = "application/pdf"
CALENDAR = "text/calendar; method=REQUEST"


def agenda_parcel(
    desk: Desk, meeting_id: int, paper: AgendaPaper, stamp: datetime
) -> Parcel:
    """Return the agenda as it stands, and the session for people's calendars."""
    language = current_language()

    def pdf() -> bytes:
        from desktop.reports.agenda_paper import agenda_pdf

        return agenda_pdf(paper, language)

    name = _("Agenda {session}.pdf").format(session=_named(paper.head))
    return Parcel(
        kind="agenda",
        title=_("Send the agenda"),
        meeting_id=meeting_id,
        text=agenda_mail(paper, language),
        files=(
            ParcelFile(name, _("Agenda (PDF)"), PDF, pdf),
            calendar_file(desk, meeting_id, paper.head, stamp, language),
        ),
    )


def minutes_parcel(meeting_id: int, paper: MinutesPaper) -> Parcel:
    """Return the minutes, a draft or approved."""
    language = current_language()

    def pdf() -> bytes:
        from desktop.reports.minutes_paper import minutes_pdf

        return minutes_pdf(paper, language)

    name = _("Minutes {session}.pdf").format(session=_named(paper.head))
    return Parcel(
        kind="minutes",
        title=_("Send the minutes"),
        meeting_id=meeting_id,
        text=minutes_mail(paper, language),
        files=(ParcelFile(name, _("Minutes (PDF)"), PDF, pdf),),
    )


def _named(head: Head) -> str:
    day = head.starts_at.date().isoformat()
    return f"{head.series[:80]}, {head.number}, {day}"


def calendar_file(
    desk: Desk, meeting_id: int, head: Head, stamp: datetime, language: str
) -> ParcelFile:
    """Return the session as people's calendars take it."""

    def make() -> bytes:
        from desktop.exchange.calendar_invitations import invitation
        from desktop.reports.invitation_text import running_order_text

        found = desk.read(session_invitation, meeting_id)
        told = found.invitation
        if found.paper is not None:
            with speaking(language):
                told = replace(told, description=running_order_text(found.paper))
        return invitation(told, stamp)

    name = _("Session {session}.ics").format(session=_named(head))
    return ParcelFile(name, _("Calendar file"), CALENDAR, make)
