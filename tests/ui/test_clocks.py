"""Clocks on screen: they tick with the ticker and follow changed calendars."""

from __future__ import annotations

from desktop.queries.search import find_requests
from tests.small_house import SmallHouse
from ui.palette_search import PaletteSearch
from ui.ticker import Ticker


def test_a_clock_ticks_without_asking_the_store(small_house: SmallHouse, seat) -> None:
    small_house.at(16, 9)
    small_house.raised("Parcel 1184/2")
    context = seat("Jelena Marić")
    row = small_house.read(find_requests, "1184")[0]
    before = context.clocks.words(row.clock).words
    small_house.later(hours=1)
    after = context.clocks.words(row.clock).words
    assert (before.endswith("left"), after.endswith("left")) == (True, True)
    assert before != after


def test_a_changed_calendar_is_read_again(program, small_house, seat, qtbot) -> None:
    from desktop.entities.calendars import Calendar

    context = seat("Jelena Marić")

    def move(work) -> None:
        work.session.query(Calendar).first().zone = "Asia/Tbilisi"

    with qtbot.waitSignal(context.clocks.changed):
        context.operations.write(move).start(context.operations)
    calendar = context.clocks.calendar(small_house.calendar_id)
    assert str(calendar.zone) == "Asia/Tbilisi"


def test_the_palette_finds_a_request_and_goes_to_it(
    small_house: SmallHouse, seat, qtbot
) -> None:
    small_house.raised("Parcel 1184/2: extract")
    context = seat("Jelena Marić")
    found: list[object] = []
    PaletteSearch(context)("parcel", found.extend)
    qtbot.waitUntil(lambda: bool(found))
    assert found[0].words.endswith("Parcel 1184/2: extract")


def test_the_ticker_beats_after_the_full_minute(small_house: SmallHouse, qtbot) -> None:
    ticker = Ticker(lambda: small_house.instant)
    small_house.instant = small_house.instant.replace(second=59, microsecond=990_000)
    with qtbot.waitSignal(ticker.beat, timeout=1000):
        ticker.start()
    ticker.stop()
