"""The page of obstacles by keys and clicks: answer, refuse, merge, take back, find."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog

from desktop.domain.obstacles import ObstacleState
from tests.queries.test_session_search import session_held
from tests.small_house import SmallHouse
from tests.use_cases.test_obstacles import obstacle, raised
from ui.common.buttons import Button
from ui.common.kept_files import KeptAt
from ui.common.kept_words import ON_OBSTACLES, KeptWords
from ui.common.labels import LinkLabel, PlainLabel
from ui.obstacles.dialogs import (
    AgendaDialog,
    ChangeDialog,
    GiveDialog,
    MergeDialog,
    WordsDialog,
)

CLERK, CHAIR, PHONE = "Jelena Marić", "Marko Ivić", "Petar Ilić"
CONTROL = Qt.KeyboardModifier.ControlModifier


def dialog_of(window, qtbot, kind: type[QDialog]) -> QDialog:
    qtbot.waitUntil(lambda: bool(window.findChildren(kind)), timeout=10_000)
    return window.findChildren(kind)[-1]


def shown(page) -> int:
    return page.pane.details.row.number if page.pane.details is not None else 0


def test_an_answer_is_written_told_and_taken_back(
    house: SmallHouse, open_page, window, qtbot
) -> None:
    page = open_page(CHAIR)
    assert page.pane.details.row.number == 1
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_A)
    dialog = dialog_of(window, qtbot, WordsDialog)
    dialog.submit()
    assert dialog.field.problem() == "Write something first."
    qtbot.keyClicks(dialog.text, "From Monday they are scanned")
    qtbot.keyClick(dialog.text, Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: page.model.rowCount() == 2, timeout=10_000)
    assert obstacle(house, 1).answer == "From Monday they are scanned"
    window.undo_bar.undo()
    qtbot.waitUntil(lambda: page.model.rowCount() == 3, timeout=10_000)
    assert obstacle(house, 1).state is ObstacleState.OPEN


def test_a_clerk_is_offered_what_is_hers(
    house: SmallHouse, open_page, window, qtbot
) -> None:
    page = open_page(CLERK)
    offered = [one.id for one in (*page.pane.bar._actions, *page.pane.bar._rest)]
    assert offered == [
        "obstacles.agenda",
        "obstacles.change",
        "obstacles.close",
    ]
    page = open_page(PHONE)
    assert window.actions_known.get("obstacles.voice").when()
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_V)
    qtbot.waitUntil(
        lambda: (
            bool(page.pane.details.voices)
            and window.actions_known.get("obstacles.unvoice").when()
        ),
        timeout=10_000,
    )
    assert page.pane.details.voices[0].name == PHONE


def test_it_is_given_to_a_person_and_merged_into_another(
    house: SmallHouse, open_page, window, qtbot
) -> None:
    page = open_page(CHAIR)
    window.actions_known.run("obstacles.give")
    dialog = dialog_of(window, qtbot, GiveDialog)
    dialog.person.set_value(house.people["Ana Petrović"])
    dialog.submit()
    qtbot.waitUntil(
        lambda: page.pane.details.row.owing == "Ana Petrović", timeout=10_000
    )
    window.actions_known.run("obstacles.merge")
    merging = dialog_of(window, qtbot, MergeDialog)
    qtbot.waitUntil(lambda: merging.into() is not None, timeout=10_000)
    assert merging.into().number == 2
    merging.submit()
    qtbot.waitUntil(lambda: page.model.rowCount() == 2, timeout=10_000)
    qtbot.waitUntil(lambda: shown(page) == 2, timeout=10_000)
    assert "#1" in page.pane.openers
    assert page.pane.story[0] == "Marko Ivić merged #1 into it"


def test_it_waits_for_a_session_and_its_words_are_mended(
    house: SmallHouse, open_page, window, qtbot
) -> None:
    house.me(CHAIR)
    units = house.units["Central counter"], house.units["Land registry"]
    house.run(session_held, *units, house.people[CHAIR])
    page = open_page(CLERK)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_S)
    dialog = dialog_of(window, qtbot, AgendaDialog)
    dialog.submit()
    qtbot.waitUntil(lambda: bool(page.pane.details.agendas), timeout=10_000)
    assert page.pane.details.agendas[0].series == "Counter and registry"
    assert window.actions_known.run("obstacles.change")
    mending = dialog_of(window, qtbot, ChangeDialog)
    mending.title.setText("Maps <i>only</i> at noon")
    mending.submit()
    qtbot.waitUntil(lambda: "<i>" in page.pane.details.row.title, timeout=10_000)


def test_what_is_overdue_stands_first_and_words_find(
    house: SmallHouse, open_page, window, qtbot
) -> None:
    house.at(20, 9)
    page = open_page(CLERK)
    rows = page.model.section_rows()
    assert [page.model.section_at(row).title for row in rows] == ["Answer overdue"]
    assert "has owed the answer since" in page.pane.due.text()
    page.search.setText("kEy")
    qtbot.waitUntil(lambda: page.model.rowCount() == 2, timeout=10_000)
    qtbot.waitUntil(lambda: shown(page) == 2, timeout=10_000)
    page.search.setText("nothing such")
    qtbot.waitUntil(lambda: page.lists.currentWidget() is page.nothing, timeout=10_000)
    page.go_to(obstacle_id=1)
    qtbot.waitUntil(lambda: shown(page) == 1, timeout=10_000)


def test_a_hundred_thousand_letters_are_shown_when_asked_for(
    house: SmallHouse, open_page, window, qtbot
) -> None:
    house.me(CLERK)
    text = "<b>word</b> " * 8_000
    key = raised(house, "Long", text=text)
    page = open_page(CLERK)
    page.go_to(obstacle_id=key)
    qtbot.waitUntil(lambda: shown(page) == 3, timeout=10_000)
    links = [one for one in page.pane.findChildren(LinkLabel) if one.isVisible()]
    more = next(one for one in links if one.text() == "Show all of it")
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    labels = [one.text() for one in page.pane.findChildren(PlainLabel)]
    assert text.strip() in labels
    assert not more.isVisible()


def test_what_was_begun_before_the_end_is_offered_and_opens_with_its_words(
    house, seat, window, qtbot
) -> None:
    context = seat("Dušan Kovač")
    window.show()
    gone = QObject()
    kept = KeptWords(KeptAt.of(context), ON_OBSTACLES, gone)
    kept.keep("answer 2", "The second key is cut.")
    kept.let_go()
    window.navigate("obstacles")
    page = window.pages.page("obstacles")
    words = "Something begun on an obstacle was not saved yet"
    qtbot.waitUntil(
        lambda: any(one.startswith(words) for one in window.banners.words())
    )
    (button,) = (
        one
        for one in window.banners.findChildren(Button)
        if one.words() == "Go on with it"
    )
    button.click()
    qtbot.waitUntil(lambda: page.acts.dialog is not None, timeout=10_000)
    assert page.acts.details.row.id == 2
    assert page.acts.dialog.typed() == "The second key is cut."
