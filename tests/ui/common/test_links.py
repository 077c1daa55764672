"""What belongs together on a request's page: seen, linked, split and merged by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from desktop.desk import ChangeSet
from desktop.domain.links import LinkKind
from desktop.domain.requests import PendingReason, RequestState
from desktop.queries.links import links_of
from desktop.use_cases.links import link
from desktop.use_cases.requests import comment, resolve
from desktop.use_cases.splitting import PartDraft, split
from tests.use_cases.test_requests import stored
from ui.common.link_marks import LinkMarks
from ui.request.page import PAGES as REQUEST

AGENT, PERMITS = "Dušan Kovač", "Vesna Stojanović"


@pytest.fixture
def program(program):
    """Give the program with the pages of requests."""
    program.features = replace(program.features, pages=lambda: list(REQUEST))
    return program


@pytest.fixture
def opened(small_house, seat, window, qtbot):
    """Open the page of a request and wait until it is shown."""

    def show(request_id: int, name: str = AGENT):
        seat(name)
        window.resize(1440, 900)
        window.show()
        window.navigate("request", request_id=request_id)
        page = window.pages.page("request")
        qtbot.waitUntil(lambda: page.pane.details is not None, timeout=15_000)
        qtbot.waitUntil(lambda: page.pane.details.id == request_id, timeout=15_000)
        page.pane.setFocus()
        return page

    return show


def dialog_of(page, qtbot, key, modifier=Qt.KeyboardModifier.NoModifier):
    """Press a key on the page and give the dialog that opens."""
    acts = page.pane._link_acts
    qtbot.keyClick(page.pane, key, modifier)
    qtbot.waitUntil(lambda: acts.dialog is not None, timeout=15_000)
    qtbot.waitUntil(acts.dialog.isVisible, timeout=15_000)
    return acts.dialog


def find(dialog, words, qtbot):
    """Type into the finder as a person does, and choose the first with Return."""
    qtbot.keyClicks(dialog.finder.search, words)
    qtbot.waitUntil(lambda: bool(dialog.finder.hits), timeout=15_000)
    qtbot.keyClick(dialog.finder.search, Qt.Key.Key_Return)
    assert dialog.finder.row is not None


def send(dialog, qtbot):
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def shown(page):
    return [line[:2] for line in page.pane.links.lines]


def test_requests_are_linked_and_unlinked_by_keyboard(small_house, opened, qtbot):
    house = small_house
    one, other = house.raised("The survey"), house.raised("The <b>deed</b>")
    page = opened(one)
    assert not page.pane.links.isVisible()
    dialog = dialog_of(page, qtbot, Qt.Key.Key_L)
    send(dialog, qtbot)
    assert dialog.problem() == "Find the other request and choose it."
    find(dialog, "deed", qtbot)
    assert dialog.finder.hits[0].words()[0] == "LR-0002  The <b>deed</b>"
    dialog.kind.set_value(1)
    send(dialog, qtbot)
    qtbot.waitUntil(lambda: shown(page) == [("Blocks", "LR-0002")], timeout=15_000)
    line = page.pane.timeline.rows[-1].words
    assert line == "Dušan Kovač noted that it blocks LR-0002"
    page.pane.links.removers[0].setFocus()
    qtbot.keyClick(page.pane.links.removers[0], Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: shown(page) == [], timeout=15_000)
    assert not page.pane.links.isVisible()
    assert house.read(links_of, other) == ()


def test_a_circle_is_refused_in_the_dialog_and_nothing_is_lost(
    small_house, opened, qtbot
):
    house = small_house
    one, other = house.raised("The survey"), house.raised("The deed")
    house.me(AGENT)
    house.run(link, one, LinkKind.BLOCKS, other)
    page = opened(other)
    qtbot.waitUntil(
        lambda: shown(page) == [("Is blocked by", "LR-0001")], timeout=15_000
    )
    dialog = dialog_of(page, qtbot, Qt.Key.Key_L)
    dialog.kind.set_value(1)
    find(dialog, "LR-0001", qtbot)
    send(dialog, qtbot)
    qtbot.waitUntil(lambda: bool(dialog.problem()), timeout=15_000)
    assert dialog.problem().startswith("Then LR-0002 and LR-0001 would wait")
    assert dialog.finder.row is not None


def test_a_request_is_split_by_keyboard_and_waits_for_its_parts(
    small_house, opened, qtbot
):
    house = small_house
    whole = house.raised("The house")
    page = opened(whole)
    shift = Qt.KeyboardModifier.ShiftModifier
    dialog = dialog_of(page, qtbot, Qt.Key.Key_S, shift)
    send(dialog, qtbot)
    assert dialog.problem() == "Write down at least one part."
    first = dialog.rows[0]
    qtbot.keyClicks(first.what, "Draw the plans")
    send(dialog, qtbot)
    assert first.problem.text() == "Choose who does this part."
    services = {one.service: number for number, one in enumerate(dialog._choices)}
    first.done_by.set_value(services["Building permit"])
    dialog.waits.setChecked(True)
    send(dialog, qtbot)
    qtbot.waitUntil(
        lambda: shown(page) == [("Has the part", "BP-0001")], timeout=15_000
    )
    assert stored(house, whole).pending is PendingReason.PARTS
    assert page.pane.timeline.rows[-1].words == (
        "Dušan Kovač split it into BP-0001, it waits for them"
    )
    page.pane.links.openers[0].clicked.emit()
    qtbot.waitUntil(lambda: shown(page) == [("Part of", "LR-0001")], timeout=15_000)


def test_a_part_of_a_named_colleague_is_offered_people_of_that_unit(
    small_house, opened, qtbot
):
    page = opened(small_house.raised())
    dialog = dialog_of(page, qtbot, Qt.Key.Key_S, Qt.KeyboardModifier.ShiftModifier)
    row = dialog.rows[0]
    units = {one.unit: number for number, one in enumerate(dialog._choices)}
    row.done_by.set_value(units["Building permits"])
    row.done_by.chosen.emit(row.done_by.value())
    offered = [row.who.itemText(number) for number in range(row.who.count())]
    assert offered == ["Whoever is free", "Vesna Stojanović"]
    assert dialog.drafts()[0].assignee_id is None


def test_a_duplicate_is_merged_after_a_preview_and_the_merge_is_undone(
    small_house, opened, window, qtbot
):
    house = small_house
    kept = house.raised("Parcel 1184/2", by="Petar Ilić", body="By phone")
    double = house.raised("Parcel 1184/2 again", customer="Nikola Tesla")
    page = opened(double)
    shift = Qt.KeyboardModifier.ShiftModifier
    dialog = dialog_of(page, qtbot, Qt.Key.Key_M, shift)
    find(dialog, "LR-0001", qtbot)
    qtbot.waitUntil(lambda: bool(dialog.sides), timeout=15_000)
    cards = [dialog._cards.itemAt(number).widget() for number in range(2)]
    assert cards[0].lines[:3] == [
        "Ends here",
        "LR-0002  Parcel 1184/2 again",
        "Nikola Tesla",
    ]
    assert cards[1].lines[-1] == "By phone"
    send(dialog, qtbot)
    qtbot.waitUntil(
        lambda: shown(page) == [("Duplicate of", "LR-0001")], timeout=15_000
    )
    assert stored(house, double).state is RequestState.CANCELLED
    acts = page.pane._link_acts
    qtbot.waitUntil(acts.may_undo_merge, timeout=15_000)
    acts.undo_merge()
    qtbot.waitUntil(lambda: shown(page) == [], timeout=15_000)
    assert stored(house, double).is_open
    assert house.read(links_of, kept) == ()


def test_a_merge_of_what_changed_meanwhile_is_told_and_keeps_the_words(
    small_house, opened, qtbot
):
    house = small_house
    kept, double = house.raised("One"), house.raised("One again")
    page = opened(double)
    dialog = dialog_of(page, qtbot, Qt.Key.Key_M, Qt.KeyboardModifier.ShiftModifier)
    find(dialog, "LR-0001", qtbot)
    qtbot.waitUntil(lambda: bool(dialog.sides), timeout=15_000)
    dialog.text.setPlainText("Asked before")
    house.me(AGENT)
    house.run(comment, kept, "Meanwhile")
    send(dialog, qtbot)
    qtbot.waitUntil(lambda: bool(dialog.problem()), timeout=15_000)
    assert dialog.problem().startswith("Somebody changed this first.")
    assert dialog.text.toPlainText() == "Asked before"
    assert stored(house, double).is_open


def test_open_parts_are_named_when_the_whole_is_resolved(small_house, opened, qtbot):
    house = small_house
    whole = house.raised()
    house.me(AGENT)
    draft = PartDraft("The plans", house.services["Building permit"])
    part = house.run(split, whole, [draft]).parts[0]
    page = opened(whole)
    qtbot.waitUntil(
        lambda: shown(page) == [("Has the part", "BP-0001")], timeout=15_000
    )
    qtbot.keyClick(page.pane, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: page.steps.dialog is not None, timeout=15_000)
    dialog = page.steps.dialog
    send(dialog, qtbot)
    qtbot.waitUntil(lambda: bool(dialog.problem()), timeout=15_000)
    assert "LR-0001 has open parts: BP-0001." in dialog.problem()
    assert stored(house, whole).is_open
    dialog.despite_open.setChecked(True)
    send(dialog, qtbot)
    qtbot.waitUntil(
        lambda: stored(house, whole).state is RequestState.RESOLVED, timeout=15_000
    )
    house.me("Vesna Stojanović")
    house.run(resolve, part)


def test_only_who_has_the_whole_is_offered_to_take_a_part_out(
    small_house, opened, qtbot
):
    house = small_house
    whole = house.raised("The house")
    house.me(AGENT)
    draft = PartDraft("The plans", house.services["Building permit"])
    part = house.run(split, whole, [draft]).parts[0]
    page = opened(part, PERMITS)
    qtbot.waitUntil(lambda: shown(page) == [("Part of", "LR-0001")], timeout=15_000)
    assert page.pane.links.removers == {}
    page = opened(whole, AGENT)
    qtbot.waitUntil(
        lambda: shown(page) == [("Has the part", "BP-0001")], timeout=15_000
    )
    assert list(page.pane.links.removers) == [0]


def test_lists_say_what_is_blocked_and_what_has_open_parts(small_house, seat, qtbot):
    house = small_house
    whole, blocked = house.raised("The house"), house.raised("The deed")
    house.me(AGENT)
    draft = PartDraft("The plans", house.services["Building permit"])
    part = house.run(split, whole, [draft]).parts[0]
    context = seat(AGENT)
    marks = LinkMarks.of(context)
    assert marks is LinkMarks.of(context)
    with qtbot.waitSignal(marks.changed, timeout=15_000):
        assert [marks.words(one) for one in (whole, part, blocked)] == ["", "", ""]
    said = [marks.words(one) for one in (whole, part, blocked)]
    assert said == ["1 of 1 part open", "part of LR-0001", ""]
    write = context.operations.write
    with qtbot.waitSignal(marks.changed, timeout=15_000):
        write(link, whole, LinkKind.BLOCKS, blocked).start(marks)
    assert marks.words(blocked) == "blocked"
    house.me(PERMITS)
    with qtbot.waitSignal(marks.changed, timeout=15_000):
        house.run(resolve, part)
        context.operations.changed.emit(ChangeSet({"request": frozenset({part})}), None)
    assert marks.words(whole) == "all parts done"
