"""The benchmarks' workspaces are made by the rules, and their copies stay true."""

from __future__ import annotations

from sqlalchemy import func, select

from desktop.entities.journal import JournalEntry
from desktop.entities.requests import Request
from desktop.queries.search import find_requests
from desktop.store.verification import verify
from tests.benchmarks.generated import generate
from tests.benchmarks.house import NOW, open_desk
from tests.benchmarks.measuring import Goal, judged, rate


def test_a_multiplied_history_is_what_its_journal_adds_up_to(
    workspace_url: str,
) -> None:
    desk = open_desk(workspace_url)
    house = desk.run(generate, 240, 80).value
    found = desk.read(verify)
    assert (found.checked, found.difference_count) == (240, 0)
    with desk.store.reading() as session:
        newest = session.scalars(select(Request).order_by(Request.id.desc())).first()
        entries = session.scalar(select(func.count()).select_from(JournalEntry))
    assert newest is not None
    assert newest.raised_at <= NOW
    assert entries is not None
    assert entries > 3 * 240
    assert [row.id for row in desk.read(find_requests, "N-0000100")] == [100]
    assert len(house.backs) == 20
    desk.close()


def test_a_goal_is_met_or_missed_by_its_own_figure() -> None:
    row = {"name": "page", "value": 2.0, "p95": 60.0, "ratio": 2.5}
    assert judged(row, Goal(ratio=3))["met"]
    assert not judged(row, Goal(ratio=3, ms=50))["met"]
    assert not judged(row, Goal(ratio=2))["met"]
    assert rate("import", 300, 1_000, share=0.3)["met"]
    assert not rate("import", 300, 1_000, at_least=500)["met"]
