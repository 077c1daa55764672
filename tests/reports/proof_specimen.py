"""The proof of a promise with published figures of a real log (UCI 498, CC BY 4.0)."""

from datetime import date, timedelta

from desktop.domain.agreements import Target
from desktop.domain.calendar_specs import CalendarSpec, Closure
from desktop.domain.calendars import ServiceCalendar
from desktop.domain.clocks import Pause, ServiceClock
from desktop.domain.proof_paper import HolderOf, JournalLine, ProofPaper, ProofStretch
from tests.reports.specimen_broken import ZONE, at

HOUR = 3600
SPEC = CalendarSpec(
    zone=ZONE,
    weekly={day: [(8 * HOUR, 18 * HOUR)] for day in range(5)},
    closures=[Closure(date(2016, 5, 1), date(2016, 5, 1), "Worker’s Day")],
    name="Mon–Fri 08–18",
)
PAUSES = (
    Pause(at(4, 28, "13:36"), at(4, 29, "15:53")),
    Pause(at(4, 29, "15:53"), at(5, 3, "14:35")),
    Pause(at(5, 11, "08:42"), at(5, 11, "09:02")),
    Pause(at(5, 11, "09:02"), at(5, 12, "12:12")),
)
HOLDERS = (
    HolderOf("front", "Service desk"),
    HolderOf("customer"),
    HolderOf("third", "Group 28"),
    HolderOf("third", "Group 54"),
)
JOURNAL = (
    JournalLine(at(4, 28, "11:34"), "Group 70", "new"),
    JournalLine(at(4, 28, "11:34"), "Group 20", "new"),
    JournalLine(at(4, 28, "13:36"), "Group 70", "new"),
    JournalLine(at(4, 29, "15:53"), "Group 70", "pending", "customer"),
    JournalLine(at(5, 3, "14:35"), "Group 20", "active"),
    JournalLine(at(5, 11, "08:42"), "Group 28", "active"),
    JournalLine(at(5, 11, "09:02"), "Group 54", "active"),
    JournalLine(at(5, 12, "12:12"), "Group 20", "active"),
    JournalLine(at(5, 13, "16:51"), "Group 20", "active"),
)


def proof() -> ProofPaper:
    """Return the proof of INC0023670 as at 16 May 2016 08:00."""
    calendar = ServiceCalendar(SPEC)
    target = timedelta(hours=16)
    start, now = at(4, 28, "11:34"), at(5, 16, "08:00")
    clock = ServiceClock(calendar, target, start, PAUSES)
    reading = clock.reading(now)
    return ProofPaper(
        reference="INC0023670",
        kind="Category 26 / Subcategory 175",
        place="Location 143",
        item="5.10",
        owner="Group 20",
        promised_to="Service desk",
        promise="resolution",
        target=Target(16 * HOUR),
        target_s=16 * HOUR,
        state="broken_open",
        used_s=int(reading.used.total_seconds()),
        late_s=int(reading.late.total_seconds()),
        lines=tuple(
            ProofStretch.of(line, None if line.pause is None else HOLDERS[line.pause])
            for line in clock.explain(now)
        ),
        data_as_at=now,
        printed_at=at(5, 16, "08:20"),
        zone=ZONE,
        promised_by=reading.due_at,
        due_without_holds=calendar.due(start, target),
        journal=JOURNAL,
        agreement="service desk to Group 20",
        agreement_version=1,
        calendar="Mon–Fri 08:00–18:00, national holidays",
    )
