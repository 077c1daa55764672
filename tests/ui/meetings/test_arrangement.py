"""The order on screen, ahead of the store's, and its bar to scale."""

from __future__ import annotations

from desktop.queries.agenda import meeting_agenda
from desktop.queries.meetings import meeting_board
from desktop.use_cases.meetings import add_topic, change_item, move_item, remove_item
from tests.queries.test_meetings import with_agenda
from ui.meetings.arrangement import Arrangement
from ui.meetings.time_bar import Bar, verdict


def test_the_screen_fits_items_as_the_paper_does(small_house):
    house = small_house
    meeting = with_agenda(house)
    for number in range(12):
        house.run(add_topic, meeting, f"Topic {number}", 7)
    board = house.read(meeting_board, meeting, house.now)
    order = Arrangement.of(board)
    item = board.items[5]
    ahead = order.moved(item.id, 1).timed(item.id, 3).without(board.items[2].id)
    house.run(move_item, item.id, 1)
    house.run(change_item, item.id, minutes=3)
    house.run(remove_item, board.items[2].id)
    paper = house.read(meeting_agenda, meeting, house.now).paper
    assert tuple(one.running for one in ahead.items) == paper.items
    assert ahead.paper(board.paper).items == paper.items
    assert not all(item.reached for item in paper.items)


def an_order(house, *minutes: int) -> Arrangement:
    meeting = with_agenda(house)
    for number, wanted in enumerate(minutes):
        house.run(add_topic, meeting, f"Topic {number}", wanted)
    return Arrangement.of(house.read(meeting_board, meeting, house.now))


def test_the_bar_holds_the_whole_session_and_what_is_over(small_house):
    order = an_order(small_house, 30, 30)
    parts = order.parts()
    assert sum(one.minutes for one in parts if not one.is_over) == order.length
    over = [one for one in parts if one.is_over]
    assert parts[-len(over) :] == over
    assert order.not_reached == len(over) > 0


def test_the_bar_is_to_scale(small_house, qtbot):
    order = an_order(small_house)
    bar = Bar()
    qtbot.addWidget(bar)
    bar.resize(600, 34)
    bar.set_parts(order.parts(), order.length, None)
    for part, box in bar.boxes():
        assert round(box.width() + 2) == part.minutes * 10


def test_the_sum_is_said_in_words(small_house):
    order = an_order(small_house)
    free = order.free
    assert verdict(order)[:2] == (f"Fits, {free} min free", "ok")
    item = order.items[1]
    exact = order.timed(item.id, item.running.minutes + free)
    assert verdict(exact)[:2] == ("Fits exactly", "ok")
    over = order.timed(item.id, item.running.minutes + free + 2)
    assert verdict(over)[:2] == ("2 min over, 1 item not reached", "risk")
