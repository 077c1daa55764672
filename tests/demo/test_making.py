"""The demo is the same house for the same instant, true to its journal, and alive."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.assembly import open_desk
from desktop.config import Config
from desktop.demo import ensure_demo, make_demo
from desktop.demo.series import WHY
from desktop.desk import Desk
from desktop.domain.requests import OPEN_STATES, EntryKind
from desktop.entities.attachments import Attachment
from desktop.entities.journal import JournalEntry
from desktop.entities.meetings import Action, AgendaItem, Meeting
from desktop.entities.requests import Request
from desktop.entities.seeing import SavedView
from desktop.entities.wordings import CannedText, RequestTemplate
from desktop.queries.series_editor import is_planning_due, templates
from desktop.queries.turnaround import turnaround
from desktop.store.verification import verify
from ui.screenshots.taking import AT

SHORT = 2
"""Weeks enough for what needs no long history."""

MOMENTS = {
    "a Monday before the doors open": datetime(2026, 3, 2, 5, 30, tzinfo=UTC),
    "a Friday afternoon": datetime(2026, 9, 18, 13, 45, tzinfo=UTC),
    "a Sunday": datetime(2026, 6, 21, 18, 0, tzinfo=UTC),
    "the day after New Year": datetime(2027, 1, 4, 10, 15, tzinfo=UTC),
    "the night the clocks change": datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
}


@contextmanager
def opened(path: Path) -> Iterator[Desk]:
    desk = open_desk(Config(str(path), lambda: AT))
    try:
        yield desk
    finally:
        desk.close()


def journal_digest(session: Session) -> str:
    entries = session.execute(
        select(
            JournalEntry.at,
            JournalEntry.kind,
            JournalEntry.actor_id,
            JournalEntry.text,
            JournalEntry.changes,
        ).order_by(JournalEntry.id)
    )
    return sha256(repr([tuple(row) for row in entries]).encode()).hexdigest()


def test_the_same_instant_gives_the_same_journal(tmp_path: Path) -> None:
    digests = set()
    for name in ("one", "other"):
        path = make_demo(tmp_path / f"{name}.counterpart", AT, weeks=SHORT)
        with opened(path) as desk:
            digests.add(desk.read(journal_digest))
    assert len(digests) == 1


@pytest.mark.parametrize("moment", MOMENTS.values(), ids=MOMENTS)
def test_something_is_due_late_and_planned(moment: datetime, tmp_path: Path) -> None:
    path = make_demo(tmp_path / "demo.counterpart", moment, weeks=4)

    def count(session: Session, *conditions: object) -> int:
        asked = select(func.count(Request.id)).where(Request.state.in_(OPEN_STATES))
        return session.scalar(asked.where(*conditions)) or 0

    def planned(session: Session) -> int:
        asked = select(func.count(Meeting.id)).where(Meeting.starts_at > moment)
        return session.scalar(asked) or 0

    with opened(path) as desk:
        assert desk.read(count, Request.due_at > moment) > 0
        assert desk.read(count, Request.due_at < moment) > 0
        assert desk.read(planned) > 0


def test_nothing_in_it_lies_ahead(played_demo: Path) -> None:
    with opened(played_demo) as desk:
        last = desk.read(lambda s: s.scalar(select(func.max(JournalEntry.at))))
    assert last <= AT


def test_every_stored_figure_follows_from_its_journal(played_demo: Path) -> None:
    with opened(played_demo) as desk:
        found = desk.read(verify)
    assert found.is_sound, found.differences
    assert found.checked > 400
    assert found.entries > 2_000


def test_promises_are_kept_and_broken_as_in_life(played_demo: Path) -> None:
    with opened(played_demo) as desk:
        overall = desk.read(turnaround).overall
    assert 400 < overall.n < 1_200
    assert 3_600 < overall.median_working_s < 5 * 8 * 3_600
    assert 0.6 < overall.kept < 0.97
    assert 0 < overall.reopened < 0.1


def test_sessions_were_held_with_topics_and_actions(played_demo: Path) -> None:
    def counts(session: Session) -> tuple[int, int, int]:
        held = select(func.count(Meeting.id)).where(Meeting.starts_at < AT)
        items = select(func.count(AgendaItem.id))
        actions = select(func.count(Action.id))
        return tuple(session.scalar(one) or 0 for one in (held, items, actions))

    with opened(played_demo) as desk:
        held, items, actions = desk.read(counts)
    assert held >= 6
    assert items > held
    assert actions >= held


def test_series_are_planned_ahead_and_one_is_a_template(played_demo: Path) -> None:
    with opened(played_demo) as desk:
        assert [one.name for one in desk.read(templates)] == ["Fortnightly review"]
        assert not desk.read(is_planning_due, AT)
        fallen = select(Meeting.cancelled_why).where(Meeting.cancelled_why != "")
        assert desk.read(lambda s: s.scalars(fallen).all()) == [WHY]


def test_the_demo_is_kept_for_its_day(tmp_path: Path) -> None:
    path = ensure_demo(tmp_path / "demo.counterpart", AT, weeks=1)
    before = path.stat().st_ino
    ensure_demo(path, AT + timedelta(hours=3), weeks=1)
    assert path.stat().st_ino == before


def test_the_demo_is_made_anew_the_next_day_and_the_old_one_kept(
    tmp_path: Path,
) -> None:
    path = ensure_demo(tmp_path / "demo.counterpart", AT, weeks=1)
    with opened(path) as desk:
        yesterday = desk.read(journal_digest)
    ensure_demo(path, AT + timedelta(days=1), weeks=1)
    with opened(path) as desk:
        assert desk.read(journal_digest) != yesterday
    with opened(tmp_path / "demo-previous.counterpart") as desk:
        assert desk.read(journal_digest) == yesterday


def test_progress_is_told_from_nothing_to_all(tmp_path: Path) -> None:
    heard: list[float] = []
    make_demo(tmp_path / "demo.counterpart", AT, heard.append, weeks=SHORT)
    assert heard == sorted(heard)
    assert heard[0] >= 0
    assert len(heard) > 2
    assert heard[-1] == 1


def test_people_do_more_than_the_plain_steps(played_demo: Path) -> None:
    wanted = {
        EntryKind.ATTACHED,
        EntryKind.CHECKED,
        EntryKind.RATED,
        EntryKind.APPROVAL_ASKED,
        EntryKind.APPROVED,
        EntryKind.LINKED,
        EntryKind.SPLIT,
    }

    def told(session: Session) -> set[EntryKind]:
        return set(session.scalars(select(JournalEntry.kind).distinct()))

    def kept(session: Session) -> list[int]:
        tables = (CannedText, RequestTemplate, SavedView, Attachment)
        return [session.scalar(select(func.count(one.id))) or 0 for one in tables]

    def dated(session: Session) -> int:
        held = select(func.count(Request.id)).where(Request.follow_up_at > AT)
        return session.scalar(held) or 0

    with opened(played_demo) as desk:
        assert wanted <= desk.read(told)
        assert all(desk.read(kept))
        assert desk.read(dated) > 0
