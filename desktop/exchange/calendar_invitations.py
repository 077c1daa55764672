"""Sessions as calendar files (RFC 5545, 5546): invited, moved, cancelled, whole series.

What people typed is escaped by the library; only addresses and links that are such are
written as such. The same input gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vRecur

from desktop.domain.invitations import Guest, Invitation, SeriesCalendar
from desktop.domain.mail import is_address
from desktop.domain.text import clean, clean_line

PRODUCT: Final = "-//Counterpart//Sessions//EN"
_NO_MAIL: Final = "invalid:nomail"
_YEAR: Final = timedelta(days=366)


def invitation(one: Invitation, stamp: datetime) -> bytes:
    """Return a session as a file a calendar takes: REQUEST, or CANCEL when cancelled.

    ``stamp`` is when it was made. A file of a higher sequence replaces one before.
    """
    calendar = _calendar("CANCEL" if one.is_cancelled else "REQUEST")
    calendar.add_component(_session(one, stamp, one.uid))
    return _bytes(calendar, [one.starts_at])


def series_calendar(series: SeriesCalendar, stamp: datetime) -> bytes:
    """Return a whole series as one file: its rule, and the sessions that differ."""
    calendar = _calendar("PUBLISH")
    calendar.add_component(_rule(series, stamp))
    for one in series.sessions:
        if one.rule_at is None:
            if not one.is_cancelled:
                calendar.add_component(_session(one, stamp, one.uid, is_asked=False))
            continue
        event = _session(one, stamp, series.uid, is_asked=False)
        event.add("recurrence-id", _local(one.rule_at, one.zone))
        calendar.add_component(event)
    starts = [series.first_at, *(one.starts_at for one in series.sessions)]
    return _bytes(calendar, starts)


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    return calendar


def _rule(series: SeriesCalendar, stamp: datetime) -> Event:
    event = _event(series, stamp, series.uid, series.first_at, series.minutes)
    event.add("rrule", vRecur.from_ical(series.rule))
    if series.left_out:
        event.add("exdate", [_local(one, series.zone) for one in series.left_out])
    return event


def _session(
    one: Invitation, stamp: datetime, uid: str, *, is_asked: bool = True
) -> Event:
    event = _event(one, stamp, uid, one.starts_at, one.minutes)
    event.add("status", "CANCELLED" if one.is_cancelled else "CONFIRMED")
    parts = (one.why if one.is_cancelled else "", one.description)
    told = "\n\n".join(clean(part).strip() for part in parts if part.strip())
    if told:
        event.add("description", told)
    if is_asked:
        _invite(event, one.guests, is_cancelled=one.is_cancelled)
    return event


def _event(
    told: Invitation | SeriesCalendar,
    stamp: datetime,
    uid: str,
    starts_at: datetime,
    minutes: int,
) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", stamp.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", told.sequence)
    event.add("dtstart", _local(starts_at, told.zone))
    event.add("dtend", _local(starts_at + timedelta(minutes=minutes), told.zone))
    event.add("summary", clean_line(told.summary))
    where = clean_line(told.place) or clean_line(told.link)
    if where:
        event.add("location", where)
    link = clean_line(told.link)
    if is_link(link):
        event.add("url", link)
    return event


def _invite(event: Event, guests: Sequence[Guest], *, is_cancelled: bool) -> None:
    chair = next((one for one in guests if one.is_chair), None)
    known = [one for one in guests if is_address(one.email)]
    organizer = chair or next(iter(known), None) or Guest("Counterpart")
    event.add("organizer", _person(organizer))
    for one in known:
        person = _person(one)
        person.params["ROLE"] = "CHAIR" if one.is_chair else "REQ-PARTICIPANT"
        person.params["CUTYPE"] = "INDIVIDUAL"
        if not is_cancelled:
            person.params["PARTSTAT"] = "ACCEPTED" if one.is_chair else "NEEDS-ACTION"
            person.params["RSVP"] = "FALSE" if one.is_chair else "TRUE"
        event.add("attendee", person)


def _person(one: Guest) -> vCalAddress:
    address = f"mailto:{one.email}" if is_address(one.email) else _NO_MAIL
    person = vCalAddress(address)
    person.params["CN"] = clean_line(one.name).replace('"', "'")
    return person


def is_link(text: str) -> bool:
    """Tell whether a text is an address calendars may open."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    is_whole = not any(one.isspace() for one in text)
    return parts.scheme in ("http", "https") and bool(parts.netloc) and is_whole


def _local(at: datetime, zone: str) -> datetime:
    return at.astimezone(UTC if zone == "UTC" else ZoneInfo(zone))


def _bytes(calendar: Calendar, starts: Iterable[datetime]) -> bytes:
    days = [one.date() for one in starts]
    calendar.add_missing_timezones(
        first_date=min(days) - _YEAR, last_date=max(days) + 5 * _YEAR
    )
    made: bytes = calendar.to_ical()
    return made
