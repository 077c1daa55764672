"""Who was invited to a session, as at its publication, and who came."""

from __future__ import annotations

from sqlalchemy import delete, func, select

from desktop.domain.errors import Invalid
from desktop.domain.requests import Side
from desktop.entities.meetings import Meeting, SeriesMember
from desktop.entities.sittings import Attendance, AttendanceState
from desktop.entities.units import Person
from desktop.store.changes import note_changes
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.session_rights import recordable
from desktop.use_cases.typed_words import needed_line, typed_line

NAME_CAP = 200
PART_CAP = 100


def keep_attendance(work: UnitOfWork, meeting: Meeting) -> None:
    """Write down who belongs to the series now, unless somebody was marked already.

    Called when an agenda is published and when a session begins: who leaves the series
    later stays in these minutes.
    """
    marked = work.session.scalar(
        select(func.count())
        .select_from(Attendance)
        .where(
            Attendance.meeting_id == meeting.id,
            Attendance.state != AttendanceState.INVITED,
        )
    )
    if marked:
        return
    gone = work.session.scalars(
        delete(Attendance)
        .where(Attendance.meeting_id == meeting.id)
        .returning(Attendance.id),
        execution_options={"synchronize_session": "fetch"},
    ).all()
    note_changes(work.session, Attendance.__tablename__, gone)
    _write_down(work, meeting)


def _write_down(work: UnitOfWork, meeting: Meeting) -> None:
    rows = work.session.execute(
        select(SeriesMember, Person.name)
        .join(Person, Person.id == SeriesMember.person_id)
        .where(SeriesMember.series_id == meeting.series_id)
        .order_by(SeriesMember.position, Person.name, Person.id)
    )
    for position, (member, name) in enumerate(rows.all()):
        work.session.add(
            Attendance(
                meeting_id=meeting.id,
                position=position,
                person_id=member.person_id,
                name=name,
                side=member.side,
                part=member.part,
                state=AttendanceState.INVITED,
            )
        )
    work.session.flush()


def invite_if_nobody_is(work: UnitOfWork, meeting: Meeting) -> None:
    """Write the members down where a session has no list of its own yet."""
    known = select(Attendance.id).where(Attendance.meeting_id == meeting.id).limit(1)
    if work.session.scalar(known) is None:
        keep_attendance(work, meeting)


def mark_attendance(
    work: UnitOfWork,
    attendance_id: int,
    state: str,
    *,
    deputy: str | None = None,
) -> None:
    """Say how it is: ``invited present apology absent deputy``.

    ``deputy`` is who came instead; without a name it is the member's own deputy, if
    the series has one. Refuses (Transition) once the minutes are approved.
    """
    row = work.get(Attendance, attendance_id)
    meeting = recordable(work, row.meeting_id)
    if state not in list(AttendanceState):
        raise Invalid("state", "not_a_choice")
    row.state = AttendanceState(state)
    row.deputy, row.deputy_id = "", None
    if row.state is AttendanceState.DEPUTY:
        row.deputy, row.deputy_id = _deputy(work, meeting, row, deputy)
    work.session.flush()


def _deputy(
    work: UnitOfWork, meeting: Meeting, row: Attendance, name: str | None
) -> tuple[str, int | None]:
    if name is not None:
        said = typed_line(name, "deputy", NAME_CAP)
        known = work.session.scalar(
            select(Person.id).where(Person.name == said, Person.is_active)
        )
        return said, known
    usual = work.session.execute(
        select(Person.name, Person.id)
        .join(SeriesMember, SeriesMember.deputy_id == Person.id)
        .where(
            SeriesMember.series_id == meeting.series_id,
            SeriesMember.person_id == row.person_id,
        )
    ).first()
    return (usual.name, usual.id) if usual is not None else ("", None)


def all_present(work: UnitOfWork, meeting_id: int) -> int:
    """Say of everybody nothing was said of that they are here; returns how many."""
    recordable(work, meeting_id)
    rows = work.session.scalars(
        select(Attendance).where(
            Attendance.meeting_id == meeting_id,
            Attendance.state == AttendanceState.INVITED,
        )
    ).all()
    for row in rows:
        row.state = AttendanceState.PRESENT
    work.session.flush()
    return len(rows)


def add_guest(
    work: UnitOfWork, meeting_id: int, name: str, side: str, part: str = ""
) -> int:
    """Write down somebody who came without being invited; returns the row's id.

    Refuses with Invalid (``name``), also one who is on the list.
    """
    meeting = recordable(work, meeting_id)
    invite_if_nobody_is(work, meeting)
    said = needed_line(name, "name", NAME_CAP)
    rows = work.session.scalars(
        select(Attendance).where(Attendance.meeting_id == meeting_id)
    ).all()
    if any(row.name == said for row in rows):
        raise Invalid("name", "taken")
    person = work.session.scalar(
        select(Person.id).where(Person.name == said, Person.is_active)
    )
    row = Attendance(
        meeting_id=meeting_id,
        position=max((one.position for one in rows), default=-1) + 1,
        person_id=person,
        name=said,
        side=Side(side),
        part=typed_line(part, "part", PART_CAP),
        state=AttendanceState.PRESENT,
    )
    work.session.add(row)
    work.session.flush()
    return row.id
