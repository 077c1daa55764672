"""The published log replayed: what is in force says what is stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.agreements import (
    AgreementTerms,
    Measure,
    PromiseKey,
    Target,
    TargetKind,
)
from desktop.domain.calendars import CalendarSpec, Closure, ServiceCalendar
from desktop.domain.history import History
from desktop.domain.instants import SECOND, from_microseconds, to_microseconds
from desktop.domain.promises import ClockView, Rules, promises_of
from desktop.domain.requests import PendingReason
from desktop.domain.working_days import DayEnd, DayRule, amount_of
from desktop.entities.requests import Request, RequestClock
from desktop.entities.units import Unit
from desktop.exchange.history_source import HistoryFiles
from desktop.exchange.house_file import read_house
from desktop.exchange.mapping import read_mapping
from desktop.queries.replay_facts import ReplayFacts, ReplayScope
from desktop.queries.replay_reading import reading_facts
from desktop.queries.replay_results import Verdict
from desktop.queries.replays import Replayer, Trial
from desktop.queries.try_choices import try_board
from desktop.store.bulk_clocks import NEVER
from desktop.store.engine import make_engine, reading, sqlite_url, writing
from desktop.store.migrating import create_workspace
from desktop.store.projection import clock_view, events_of
from desktop.store.reference import load_reference
from desktop.store.unit_of_work import Store, UnitOfWork
from desktop.use_cases.imports import import_history

PRESETS = Path(__file__).resolve().parents[2] / "resources" / "presets"
ZONE = ZoneInfo("America/Sao_Paulo")
NOW = datetime(2017, 3, 1, tzinfo=UTC)
APRIL = datetime(2016, 4, 1, tzinfo=ZONE), datetime(2016, 5, 1, tzinfo=ZONE)
EVER = datetime(2016, 1, 1, tzinfo=UTC), NOW
RESOLUTION = TargetKind.RESOLUTION


@pytest.fixture(scope="module")
def log(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Import the whole log by the preset's rules."""
    path = tmp_path_factory.mktemp("log") / "log.counterpart"
    create_workspace(path)
    store = Store(make_engine(sqlite_url(path)), lambda: NOW)
    files = (
        shared_data / "uci498" / f"{name}.csv.gz" for name in ("requests", "events")
    )
    with Session(writing(store.engine)) as session:
        import_history(
            UnitOfWork(session, NOW, None, store.cache),
            HistoryFiles(*files),
            read_mapping(PRESETS / "uci498.mapping.toml"),
            read_house(PRESETS / "uci498.house.toml"),
        )
        session.commit()
    yield store
    store.engine.dispose()


def facts_of(session: Session, scope: ReplayScope, **options: bool) -> ReplayFacts:
    """Read a scope to the end."""
    *_, last = reading_facts(session, scope, NOW, **options)
    return last


@pytest.fixture(scope="module")
def everything(log: Store) -> ReplayFacts:
    """Read every promise of the log."""
    with Session(reading(log.engine)) as session:
        return facts_of(session, ReplayScope(*EVER))


@pytest.fixture(scope="module")
def group_20(log: Store) -> Replayer:
    """Read the promises Group 20 was given in April 2016."""
    with Session(reading(log.engine)) as session:
        wanted = select(Unit.id).where(Unit.name == "Group 20")
        back = session.scalar(wanted)
        scope = ReplayScope(*APRIL, back_unit_id=back)
        return Replayer(facts_of(session, scope))


def stored_clocks(log: Store) -> dict[tuple[int, str, int, int, datetime], ClockView]:
    with Session(reading(log.engine)) as session:
        return {
            (row.request_id, row.kind.value, row.unit_id, row.for_unit_id,
             row.started_at): clock_view(row)
            for row in session.scalars(select(RequestClock))
        }  # fmt: skip


def test_what_is_in_force_says_what_the_stored_clocks_say(log, everything) -> None:
    stored = stored_clocks(log)
    with Session(reading(log.engine)) as session:
        calendars = load_reference(session, 0).calendars
    counted = Replayer(everything).now
    assert len(everything) == len(stored) == 11_448
    for row in range(len(everything)):
        basis = everything.bases[everything.basis[row]]
        sides = int(everything.backs[row]), int(everything.fronts[row])
        if basis.kind is TargetKind.ANSWER:
            sides = sides[::-1]
        at = datetime.fromtimestamp(int(everything.starts[row]) // SECOND, UTC)
        request_id = int(everything.request_ids[row])
        view = stored[request_id, basis.kind.value, *sides, at]
        reading_ = view.reading(calendars[view.calendar_id], NOW)
        assert counted.targets[row] == view.target_s * SECOND
        assert counted.used[row] // SECOND == int(reading_.used.total_seconds())
        is_broken = view.breached_at is not None or reading_.breached_at is not None
        wanted = 2 if is_broken else 1 if view.stopped_at is not None else 0
        assert counted.verdicts[row] == (3 if view.is_void else wanted)


def test_rows_and_journal_tell_the_same(log, everything) -> None:
    with Session(reading(log.engine)) as session:
        scope = ReplayScope(*EVER)
        folded = facts_of(session, scope, only_journal=True)
    for name in ("request_ids", "starts", "stops", "fronts", "backs", "is_void"):
        assert np.array_equal(getattr(folded, name), getattr(everything, name)), name
    ours, theirs = Replayer(everything).now, Replayer(folded).now
    assert np.array_equal(ours.used, theirs.used)
    assert np.array_equal(ours.verdicts, theirs.verdicts)


@pytest.mark.parametrize(
    ("hours", "kept", "broken", "gained", "lost"),
    [
        (4, 70, 90, 0, 54),
        (8, 103, 57, 0, 21),
        (16, 124, 36, 0, 0),
        (40, 137, 23, 13, 0),
    ],
)
def test_group_20_in_april_at_other_targets(
    group_20, hours, kept, broken, gained, lost
) -> None:
    trial = Trial({(RESOLUTION, None): Target(hours * 3600)})
    told = group_20.replay(trial).kinds[RESOLUTION]
    assert (told.now.kept, told.now.broken) == (124, 36)
    assert (told.then.kept, told.then.broken) == (kept, broken)
    assert (told.gained, told.lost) == (gained, lost)
    assert len(told.changes) == gained + lost
    assert told.at_target(hours * 3600) == told.then


def test_group_20_in_april_would_have_kept(group_20) -> None:
    told = group_20.replay(Trial()).kinds[RESOLUTION]
    for share in (0.8, 0.9, 0.95):
        target = told.target_for(share)
        assert told.at_target(target).share >= share
        assert told.at_target(target - 60).share < share
    assert told.target_for(0.8) == 71_580
    assert told.changes == ()
    assert [group.key for group in told.by_weekday] == [0, 1, 2, 3, 4, 5, 6]
    for groups in (told.by_service, told.by_priority, told.by_front, told.by_weekday):
        assert sum(group.n for group in groups) == 160


def test_the_open_work_of_april_adds_up(group_20) -> None:
    work = group_20.replay(Trial()).work
    assert (work.arrived, len(work.days)) == (160, 30)
    assert work.open_s == 20 * 10 * 3600
    facts = group_20.facts
    is_work = [facts.bases[one].kind is RESOLUTION for one in facts.basis]
    end = int(APRIL[1].timestamp()) * SECOND
    lying = (facts.starts < end) & (facts.stops >= end) & np.array(is_work)
    assert work.days[-1].in_hand == int((lying & ~facts.is_void).sum())
    assert work.in_hand_at(work.open_s / work.arrived) == pytest.approx(1)


def test_every_change_of_verdict_is_listed_with_its_reason(group_20) -> None:
    trial = Trial({(RESOLUTION, None): Target(4 * 3600)})
    changes = group_20.replay(trial).kinds[RESOLUTION].changes
    for one in changes:
        assert (one.now, one.then) == (Verdict.KEPT, Verdict.BROKEN)
        assert 4 * 3600 <= one.used_then_s <= 16 * 3600
    used = [one.used_then_s for one in changes]
    assert used == sorted(used, reverse=True)


def test_figures_come_while_it_is_read_and_reading_can_be_stopped(log) -> None:
    class Stopped(Exception):
        pass

    seen: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> None:
        seen.append((done, total))
        if len(seen) == 3:
            raise Stopped

    with Session(reading(log.engine)) as session:
        parts = reading_facts(session, ReplayScope(*EVER), NOW, progress=progress)
        first = next(parts)
        told = Replayer(first).replay(Trial())
        assert not told.is_whole
        assert 0 < told.kinds[RESOLUTION].then.judged < 4_843
        with pytest.raises(Stopped):
            list(parts)
    assert [done for done, _ in seen] == [2_500, 5_000, 7_500]


OTHER = CalendarSpec(
    "America/Sao_Paulo",
    {
        **{day: [(32_400, 45_000), (46_800, 75_600)] for day in range(5)},
        5: [(79_200, 108_000)],
    },
    overrides={date(2016, 4, 14): [(36_000, 50_400)]},
    closures=[
        Closure(date(2016, 4, 21), date(2016, 4, 22), "Tiradentes"),
        Closure(date(2016, 4, 6), date(2016, 4, 6), "Power cut", 36_000, 43_200),
    ],
)
"""Two shifts, a night from Saturday on, a short day, closures: nobody's hours."""
HELD = frozenset({PendingReason.INTERNAL, PendingReason.CUSTOMER})
TRIED: dict[PromiseKey, Target | None] = {
    (RESOLUTION, None): Target(8 * 3600),
    (RESOLUTION, 2): Target(30 * 3600, Measure.AROUND_THE_CLOCK),
    (TargetKind.RESPONSE, 3): Target(2 * 3600),
    (TargetKind.RESPONSE, 4): Target(4 * 3600),
    (TargetKind.UPDATE, None): Target(3 * 3600),
    (TargetKind.UPDATE, 3): Target(6 * 3600),
    (TargetKind.ANSWER, None): Target(3600),
}


@pytest.fixture(scope="module")
def april(log: Store) -> Replayer:
    """Read the promises of April, "keep informed" ones too."""
    with Session(reading(log.engine)) as session:
        scope = ReplayScope(*APRIL, has_updates=True)
        return Replayer(facts_of(session, scope))


def rules_of_the_trial(rules: Rules, always: ServiceCalendar) -> Rules:
    """Return rules by which the trial had been agreed with everybody."""

    def choose(front: int, back: int, at: datetime) -> AgreementTerms | None:
        terms = rules.choose(front, back, at)
        if terms is None:
            return None
        return replace(
            terms,
            calendar=1,
            targets={key: one.seconds for key, one in TRIED.items() if one},
            rules={},
            clocks={(RESOLUTION, 2): 2},
            holds=dict.fromkeys(TargetKind, HELD),
        )

    return Rules.plain(choose, {1: ServiceCalendar(OTHER), 2: always})


def test_a_trial_is_counted_as_one_clock_after_the_other_would(log, april) -> None:
    trial = Trial(TRIED, OTHER, dict.fromkeys(TargetKind, HELD))
    counted, facts = april.count(trial), april.facts
    always = ServiceCalendar(
        CalendarSpec("UTC", dict.fromkeys(range(7), ((0, 86_400),)))
    )
    by_request: dict[int, list[int]] = {}
    for row, request_id in enumerate(facts.request_ids.tolist()):
        by_request.setdefault(request_id, []).append(row)
    seen: Counter[tuple[TargetKind, int]] = Counter()
    with Session(reading(log.engine)) as session:
        rules = rules_of_the_trial(load_reference(session, 0).rules(None), always)
        for request_id in Random(8).sample(sorted(by_request), 150):
            history = History.of(events_of(session, request_id))
            front = session.get(Request, request_id).front_unit_id
            wanted = {
                (one.kind, one.unit, to_microseconds(one.start), one.stop): one
                for one in promises_of(history, rules, front)
            }
            for row in by_request[request_id]:
                basis = facts.bases[facts.basis[row]]
                side = facts.fronts if basis.kind is TargetKind.ANSWER else facts.backs
                stop = int(facts.stops[row])
                key = (
                    basis.kind, int(side[row]), int(facts.starts[row]),
                    None if stop == NEVER else from_microseconds(stop),
                )  # fmt: skip
                promise = wanted.get(key)
                if promise is None:
                    # Responses of the priorities the trial promises none for.
                    assert basis.kind is TargetKind.RESPONSE
                    assert basis.priority not in (3, 4)
                    assert counted.verdicts[row] == 3
                    continue
                clock = promise.clock()
                assert counted.used[row] == clock.elapsed_us(to_microseconds(NOW))
                is_broken = clock.breached_at(NOW) is not None
                verdict = 2 if is_broken else 1 if promise.stop else 0
                assert counted.verdicts[row] == (3 if promise.is_void else verdict)
                seen[basis.kind, verdict] += 1
    for kind in TargetKind:
        assert seen[kind, 1] > 5, kind
        assert seen[kind, 2] > 5, kind


def test_words_are_told_alike_by_rows_and_journal(log, april) -> None:
    with Session(reading(log.engine)) as session:
        scope = april.facts.scope
        folded = facts_of(session, scope, only_journal=True)
    for name in ("request_ids", "starts", "stops", "fronts", "backs", "basis"):
        assert np.array_equal(getattr(folded, name), getattr(april.facts, name)), name
    told = april.replay(Trial({(TargetKind.UPDATE, None): Target(3 * 3600)}))
    updates = told.kinds[TargetKind.UPDATE]
    assert updates.now.judged == 0
    assert updates.then.judged > 500
    assert not updates.is_promised_now


def test_a_target_in_working_days_is_counted_by_its_rule(group_20) -> None:
    rule = DayRule(2, DayEnd.END_OF_DAY, cutoff_s=14 * 3600)
    target = Target(2 * 36_000, Measure.WORKING_DAYS, rule)
    counted = group_20.count(Trial({(RESOLUTION, None): target}))
    facts = group_20.facts
    checked = 0
    for row in range(len(facts)):
        if facts.bases[facts.basis[row]].kind is not RESOLUTION:
            continue
        calendar = facts.calendars[facts.calendar[row]]
        amount = amount_of(rule, calendar, int(facts.starts[row])).open_time
        assert counted.targets[row] == amount // timedelta(microseconds=1)
        checked += 1
    assert checked > 150


def test_every_agreement_of_the_log_can_be_tried(log) -> None:
    with Session(reading(log.engine)) as session:
        board = try_board(session, NOW)
    assert len(board.choices) == len({one.agreement_id for one in board.choices})
    assert all(one.terms is not None for one in board.choices)
    assert board.first_at < APRIL[0] < board.last_at
