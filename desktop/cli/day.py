"""One day in the demo house, played without a screen through the same use cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from desktop.assembly import actor_of, open_desk
from desktop.cli.figures import clock_proof, write_whole
from desktop.config import Config
from desktop.demo.answers import form_answers
from desktop.desk import Desk
from desktop.domain.errors import NotFound
from desktop.domain.print_options import PaperCode, PrintOptions
from desktop.formats import instant, time_left
from desktop.i18n import current_language
from desktop.i18n import gettext as _
from desktop.queries.agenda import meeting_agenda
from desktop.queries.lookups import calendars, people, workspace_info
from desktop.queries.meetings import series_list, sessions_of
from desktop.queries.promise import promise_for
from desktop.queries.request_details import request_details
from desktop.queries.services import find_services, service_form
from desktop.queries.session_papers import session_papers
from desktop.queries.turnaround import TurnaroundReport, turnaround
from desktop.use_cases import meetings
from desktop.use_cases import requests as steps
from desktop.use_cases.raising import NewRequest, raise_request

OPENS, CLOSES, MIDDAY = 8, 15, timedelta(hours=11, minutes=20)


@dataclass(frozen=True)
class PlayedDay:
    """What a played day told, the papers it left, and when it ended (UTC)."""

    told: tuple[str, ...]
    agenda: Path
    proof: Path
    others: tuple[Path, ...]
    turnaround: TurnaroundReport
    ended_at: datetime


def working_moment(now: datetime, zone: str = "Europe/Belgrade") -> datetime:
    """Return ``now``, or 11:20 of the last weekday when the house is closed."""
    local = now.astimezone(ZoneInfo(zone))
    if local.weekday() < 5 and OPENS <= local.hour < CLOSES:
        return now
    day = local.replace(hour=0, minute=0, second=0, microsecond=0)
    if local.hour < OPENS or day.weekday() >= 5:
        day -= timedelta(days=1)
    while day.weekday() >= 5:
        day -= timedelta(days=1)
    return day + MIDDAY


def play_day(workspace: Path, folder: Path, now: datetime) -> PlayedDay:
    """Raise, ask, answer, resolve and confirm a request; draft and print an agenda.

    Papers go into ``folder``. Time moves on by itself from ``now``.
    """
    player = _Player(workspace, now)
    try:
        player.clerk_raises()
        player.agent_asks()
        player.clerk_answers()
        player.agent_resolves()
        player.clerk_confirms()
        agenda = player.coordinator_prints(folder)
        others = player.other_papers(folder)
        proof = player.proof_of_the_day(folder)
        return PlayedDay(
            tuple(player.told),
            agenda,
            proof,
            others,
            player.desk.read(turnaround),
            player.now,
        )
    finally:
        player.desk.close()


class _Player:
    """Sits at the desk as one person after the other."""

    def __init__(self, workspace: Path, now: datetime) -> None:
        self.now = now
        self.desk: Desk = open_desk(Config(str(workspace), lambda: self.now))
        info = self.desk.read(workspace_info)
        self.zone = ZoneInfo(info.zone if info else "UTC")
        self.staff = {one.name: one for one in self.desk.read(people)}
        self.told: list[str] = []
        self.request_id = 0
        self.series_id = 0
        self.meeting_id = 0
        self.reference = ""

    def clerk_raises(self) -> None:
        """The customer is at the counter: find the service, promise, send."""
        clerk = self.staff["Jelena Marić"]
        assert clerk.unit_id is not None
        self._sits(clerk.name)
        hit = self.desk.read(
            find_services,
            "residnce",
            person_id=clerk.id,
            front_unit_id=clerk.unit_id,
            now=self.now,
        )[0]
        form = self.desk.read(service_form, hit.id)
        promised = self.desk.read(
            promise_for,
            hit.id,
            front_unit_id=clerk.unit_id,
            priority=3,
            now=self.now,
        )
        assert form is not None
        assert promised is not None
        customer = "Milica Đorđević"
        draft = NewRequest(
            hit.id,
            form.name,
            customer=customer,
            form=form_answers(Random(7), form.fields, self.now.date(), customer),
            told_due_at=promised.due_at,
        )
        raised = self.desk.run(raise_request, draft).value
        self.request_id, self.reference = raised.id, raised.reference
        due = instant(promised.due_at, self.zone) if promised.due_at else "–"
        self._tell(
            _("{who} raises {what} ({reference}), promised by {due}"),
            clerk.name,
            what=form.name,
            due=due,
        )

    def agent_asks(self) -> None:
        """The registry takes it and has a question; the clock is held."""
        self._goes_on(18)
        self._sits("Ana Petrović")
        self.desk.run(steps.take, self.request_id)
        self._goes_on(6)
        question = "Two addresses are on the form. Which one should it show?"
        self.desk.run(steps.ask, self.request_id, question)
        self._tell(_("{who} takes it and asks: {text}"), "Ana Petrović", text=question)

    def clerk_answers(self) -> None:
        """The counter answers; the clock goes on."""
        self._goes_on(25)
        self._sits("Jelena Marić")
        words = "Vinogradska 14, the one on the identity card."
        self.desk.run(steps.answer, self.request_id, words)
        self._tell(_("{who} answers: {text}"), "Jelena Marić", text=words)

    def agent_resolves(self) -> None:
        """The registry resolves it; the promise is kept."""
        self._goes_on(20)
        self._sits("Ana Petrović")
        self.desk.run(steps.resolve, self.request_id, "Printed and stamped.")
        clock = self._resolution_clock()
        self._tell(
            _("{who} resolves it: {left}"), "Ana Petrović", left=time_left(clock)
        )

    def clerk_confirms(self) -> None:
        """The customer has it."""
        self._goes_on(9)
        self._sits("Jelena Marić")
        self.desk.run(steps.confirm, self.request_id)
        self._tell(_("{who} hands it over and confirms"), "Jelena Marić")

    def coordinator_prints(self, folder: Path) -> Path:
        """The coordinator drafts, publishes and prints the next session's agenda."""
        from desktop.reports.agenda_paper import agenda_pdf

        self._goes_on(5)
        self._sits("Vesna Horvat")
        series = self.desk.read(series_list, self.now)[0]
        meeting_id = self.desk.run(meetings.plan_session, series.id).value
        found = self.desk.read(meeting_agenda, meeting_id, self.now)
        self.desk.run(meetings.draft_agenda, meeting_id, found.drafted)
        self.desk.run(meetings.publish_agenda, meeting_id)
        session = self.desk.read(meeting_agenda, meeting_id, self.now)
        path = folder / "agenda.pdf"
        write_whole(path, agenda_pdf(session.paper, current_language()))
        self.series_id, self.meeting_id = series.id, meeting_id
        self._tell(
            _("{who} prints the agenda of “{what}”, {due}"),
            "Vesna Horvat",
            what=series.name,
            due=instant(session.paper.head.starts_at, self.zone),
        )
        return path

    def other_papers(self, folder: Path) -> tuple[Path, ...]:
        """Print the next session's short form, the last one's minutes and slips."""
        from desktop.reports.session_print import session_print

        sessions = self.desk.read(sessions_of, self.series_id)
        held = [one.id for one in sessions if one.state in ("held", "approved")]
        wanted: list[tuple[PaperCode, int]] = [("short", self.meeting_id)]
        if held:
            wanted += [("minutes", held[0]), ("slips", held[0])]
        made: list[Path] = []
        for paper, meeting_id in wanted:
            options = PrintOptions(slips=paper == "slips")
            found = self.desk.read(
                session_papers,
                meeting_id,
                options,
                self.now,
                with_minutes=paper == "minutes",
            )
            path = folder / f"{paper}.pdf"
            pdf = session_print(found, [paper], options, current_language()).pdf
            write_whole(path, pdf)
            made.append(path)
        return tuple(made)

    def proof_of_the_day(self, folder: Path) -> Path:
        """Print why the request of the day was due when it was."""
        from desktop.reports.proof_paper import proof_pdf
        from desktop.reports.proof_source import proof_paper_of

        view = self.desk.read(clock_proof, self.reference, None, self.now)
        path = folder / "proof.pdf"
        paper = proof_paper_of(view, self.now)
        write_whole(path, proof_pdf(paper, current_language()))
        return path

    def _resolution_clock(self) -> int:
        """Return the seconds left when it stopped (below zero: over)."""
        return self.desk.read(_seconds_left, self.request_id, self.now)

    def _sits(self, name: str) -> None:
        self.desk.sign_in(self.desk.read(actor_of, self.staff[name].id))

    def _goes_on(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    def _tell(self, words: str, who: str, **values: str) -> None:
        at = self.now.astimezone(self.zone).strftime("%H:%M")
        told = words.format(who=who, reference=self.reference, **values)
        self.told.append(f"{at}  {told}")


def _seconds_left(session: Session, request_id: int, now: datetime) -> int:
    details = request_details(session, request_id, reader_unit_id=None, now=now)
    shown = next((one.view for one in details.clocks if one.is_shown), None)
    if shown is None:
        raise NotFound("no_such_clock", reference=details.reference)
    reading = shown.reading(calendars(session)[shown.calendar_id], now)
    return int((reading.left - reading.late).total_seconds())
