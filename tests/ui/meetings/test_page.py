"""The meetings page with real keys and clicks on a real workspace."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QModelIndex, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractItemView
from sqlalchemy import select

from desktop.entities.meetings import AgendaItem, MeetingSeries
from desktop.use_cases.meetings import (
    add_topic,
    change_item,
    remove_item,
)
from tests.queries.test_agenda import a_series
from ui.meetings.action_dialog import ActionDialog
from ui.meetings.evidence_dialog import EvidenceDialog
from ui.meetings.item_dialog import ItemDialog
from ui.meetings.order_list import MIME

ALT = Qt.KeyboardModifier.AltModifier


def stored(sitting) -> list[tuple[str, int, bool]]:
    wanted = select(AgendaItem).order_by(AgendaItem.position, AgendaItem.id)
    rows = sitting.house.read(lambda session: list(session.scalars(wanted)))
    return [(row.title or row.kind, row.minutes, row.is_removed) for row in rows]


def test_a_series_whose_rule_has_ended_says_so_when_one_plans(small_house, sit):
    series = a_series(small_house)

    def end(work) -> None:
        work.get(MeetingSeries, series).recurrence = "FREQ=WEEKLY;COUNT=1"

    small_house.run(end)
    sitting = sit()
    page = sitting.page
    sitting.until(lambda: page.right.currentWidget() is page.unplanned)
    sitting.settled()
    sitting.click(page.series_pane.plan_button)
    sitting.until(
        lambda: "no further session" in " ".join(sitting.window.banners.words())
    )


def test_a_planned_session_proposes_a_draft_and_shows_it_on_paper(planned):
    page = planned.page
    assert page.agenda.middle.currentWidget() is page.agenda.empty
    planned.picture()
    assert page.preview.place.text().endswith("a proposal")
    assert not page.series_pane.plan_button.isVisible()
    titles = [row.title.text() for row in page.candidates.rows()]
    assert "Broken promises" in titles
    broken = page.candidates.rows()[titles.index("Broken promises")]
    assert broken.reason.text() == "2 of 3 broken, 2 still open. Before: 0 of 0"


def test_a_draft_stands_in_the_order_of_the_paper_with_clock_times(drafted):
    titles = drafted.titles()
    assert titles[0] == "Apologies and last minutes"
    assert titles[-1].startswith("Other business")
    words = drafted.page.edits.words
    times = [words.clock(one.running.starts_at) for one in drafted.items()]
    assert times[0] == "10:00"
    assert times == sorted(times)
    assert drafted.page.agenda.sum.chip.accessibleName().startswith("Fits, ")
    used = [row.used.text() for row in drafted.page.candidates.rows()]
    assert set(used) == {"On the agenda"}


def test_keys_move_time_and_remove_and_the_paper_follows(drafted):
    before = drafted.picture()
    item = drafted.choose("Broken promises")
    at = drafted.titles().index("Broken promises")
    drafted.key(Qt.Key.Key_Up, ALT)
    assert drafted.titles().index("Broken promises") == at - 1
    drafted.key(Qt.Key.Key_Down, ALT)
    drafted.key(Qt.Key.Key_Up, ALT)
    minutes = drafted.page.edits.order.item(item).running.minutes
    drafted.key(Qt.Key.Key_Plus)
    drafted.key(Qt.Key.Key_Plus)
    drafted.key(Qt.Key.Key_Minus)
    assert drafted.page.edits.order.item(item).running.minutes == minutes + 1
    drafted.settled()
    kinds = [name for name, _minutes, _removed in stored(drafted)]
    assert kinds.index("broken") == at - 1
    assert ("broken", minutes + 1, False) in stored(drafted)
    assert drafted.page.chosen() == item
    drafted.until(lambda: drafted.picture() != before)


def test_the_buttons_do_what_the_keys_do(drafted):
    drafted.choose("Broken promises")
    at = drafted.titles().index("Broken promises")
    tools = drafted.page.agenda.tools
    drafted.click(tools["up"])
    drafted.click(tools["more"])
    drafted.click(tools["remove"])
    drafted.settled()
    assert "Broken promises" not in drafted.titles()
    assert stored(drafted)[at - 1][2] is True


def test_an_item_taken_off_comes_back_by_undo_and_from_the_candidates(drafted):
    drafted.choose("Broken promises")
    order = drafted.titles()
    drafted.key(Qt.Key.Key_Delete)
    assert "Broken promises" not in drafted.titles()
    drafted.settled()
    drafted.until(drafted.window.undo_bar.isVisible)
    drafted.window.undo_bar.undo()
    drafted.until(lambda: drafted.titles() == order)
    drafted.settled()
    drafted.choose("Broken promises")
    drafted.key(Qt.Key.Key_Delete)
    drafted.settled()
    rows = drafted.page.candidates.rows()
    row = next(one for one in rows if one.title.text() == "Broken promises")
    assert row.button.words() == "Put back"
    drafted.click(row.button)
    drafted.until(lambda: drafted.titles() == order)


def test_an_item_dropped_between_others_is_moved_there(drafted):
    order = drafted.page.agenda.list.order
    item = drafted.items()[0]
    data = QMimeData()
    data.setData(MIME, str(item.id).encode())
    taken = order.dropMimeData(data, Qt.DropAction.MoveAction, 3, 0, QModelIndex())
    assert taken is False
    assert [one.id for one in drafted.items()].index(item.id) == 2
    drafted.settled()
    assert [name for name, *_rest in stored(drafted)].index("minutes") == 2
    foreign = QMimeData()
    foreign.setText("Apologies")
    order.dropMimeData(foreign, Qt.DropAction.MoveAction, 0, 0, QModelIndex())
    assert [one.id for one in drafted.items()].index(item.id) == 2


def test_the_pointer_drops_an_item_between_two_others(drafted):
    view = drafted.page.agenda.list
    item = drafted.items()[0]
    data = view.order.mimeData([view.order.index(0)])
    below = view.visualRect(view.order.index(2)).bottomLeft()
    drop = QDropEvent(
        QPointF(below),
        Qt.DropAction.MoveAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    drop.ignore()
    # A drop made by a test has no source; an internal move would not look at it.
    view.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
    view.dropEvent(drop)
    assert [one.id for one in drafted.items()].index(item.id) == 2
    assert len(drafted.items()) == view.order.rowCount() == 5
    drafted.settled()
    assert [name for name, *_rest in stored(drafted)].index("minutes") == 2


def test_n_adds_an_item_before_other_business_and_return_changes_it(drafted):
    drafted.qtbot.keyClick(drafted.page, Qt.Key.Key_N)
    dialog = drafted.dialog(ItemDialog)
    drafted.click(dialog.submit_button)
    drafted.until(lambda: dialog.boxes["title"].problem())
    drafted.qtbot.keyClicks(dialog.title, "Parking <b>")
    dialog.minutes.setValue(7)
    dialog.leader.set_value(drafted.house.people["Ana Petrović"])
    dialog.notes.setPlainText("Ask for the map")
    drafted.click(dialog.submit_button)
    drafted.no_dialog()
    drafted.until(lambda: "Parking <b>" in drafted.titles())
    assert drafted.titles()[-2] == "Parking <b>"
    drafted.choose("Parking <b>")
    drafted.key(Qt.Key.Key_Return)
    dialog = drafted.dialog(ItemDialog)
    assert dialog.values() == {
        "title": "Parking <b>",
        "outcome": "decide",
        "minutes": 7,
        "leader_id": drafted.house.people["Ana Petrović"],
        "notes": "Ask for the map",
        "chair_notes": "",
        "section": "",
    }
    dialog.title.setText("Parking")
    drafted.qtbot.keyClick(
        dialog.title, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )
    drafted.no_dialog()
    drafted.until(lambda: drafted.titles()[-2] == "Parking")


def test_two_editors_of_one_item_the_second_is_told_and_keeps_what_was_typed(drafted):
    item = drafted.choose("Broken promises")
    drafted.key(Qt.Key.Key_Return)
    dialog = drafted.dialog(ItemDialog)
    drafted.house.desk.run(change_item, item, title="Theirs")
    dialog.title.setText("Mine")
    drafted.click(dialog.submit_button)
    drafted.until(dialog.problem)
    assert dialog.problem().startswith("Somebody changed this item")
    assert dialog.title.text() == "Mine"
    assert dialog.submit_button.isEnabled()
    dialog.reject()
    drafted.until(lambda: "Theirs" in drafted.titles())


def test_another_moving_items_about_is_no_conflict_for_an_open_dialog(drafted):
    item = drafted.choose("Broken promises")
    drafted.key(Qt.Key.Key_Return)
    dialog = drafted.dialog(ItemDialog)
    drafted.house.desk.run(add_topic, drafted.page.meeting_id, "Theirs", 5)
    dialog.title.setText("Mine")
    drafted.click(dialog.submit_button)
    drafted.no_dialog()
    drafted.until(lambda: {"Mine", "Theirs"} <= set(drafted.titles()))
    assert drafted.page.chosen() == item


def test_an_item_somebody_took_off_meanwhile_is_told_above_the_page(drafted):
    item = drafted.choose("Broken promises")
    drafted.house.desk.run(remove_item, item)
    drafted.key(Qt.Key.Key_Up, ALT)
    drafted.until(drafted.window.banners.words)
    assert "Somebody took this item off" in drafted.window.banners.words()[0]
    drafted.until(lambda: "Broken promises" not in drafted.titles())


def test_the_evidence_behind_a_candidate_leads_to_the_request(planned):
    rows = planned.page.candidates.rows()
    row = next(one for one in rows if one.title.text() == "Broken promises")
    assert row.link.text() == "2 requests"
    went: list[dict[str, object]] = []
    planned.window.pages.show_page = lambda page_id, **what: went.append(
        {"page": page_id, **what}
    )
    planned.click(row.link)
    dialog = planned.dialog(EvidenceDialog)
    assert dialog.table.model().rowCount() == 2
    planned.click(dialog.open_button)
    assert went[0]["page"] == "request"
    assert isinstance(went[0]["request_id"], int)


def test_actions_are_added_done_and_taken_back(drafted):
    page = drafted.page
    drafted.click(page.agenda.actions_pane.add_button)
    dialog = drafted.dialog(ActionDialog)
    drafted.click(dialog.submit_button)
    drafted.until(lambda: dialog.boxes["owner"].problem())
    drafted.qtbot.keyClicks(dialog.text, "Name a holder")
    dialog.owner.set_value(drafted.house.people["Ana Petrović"])
    dialog.due.line.setText("soon")
    drafted.click(dialog.submit_button)
    assert dialog.boxes["due"].problem().startswith("Write a date")
    dialog.due.set_value("2026-11-20")
    drafted.click(dialog.submit_button)
    drafted.no_dialog()
    actions = page.agenda.actions_pane
    drafted.until(lambda: actions.list.lines())
    line = actions.list.lines()[0]
    assert (line.first, line.right) == ("Name a holder", "Due Fri 20 Nov")
    drafted.settled()
    actions.list.choose(line.what)
    drafted.click(actions.done_button)
    drafted.until(lambda: not actions.list.lines())
    drafted.settled()
    drafted.window.undo_bar.undo()
    drafted.until(lambda: actions.list.lines())


def test_what_a_colleague_does_appears_and_the_choice_stays(drafted):
    item = drafted.choose("Broken promises")
    drafted.house.desk.run(add_topic, drafted.page.meeting_id, "Theirs", 5)
    drafted.page._refresher.want()
    drafted.until(lambda: "Theirs" in drafted.titles())
    assert drafted.page.chosen() == item


def test_tab_goes_as_the_eye_does(planned):
    page = planned.page
    rows = page.candidates.rows()
    wanted = [page.candidates.open_chip]
    for row in rows:
        wanted += [one for one in (row.link, row.button, row.more) if one.isVisible()]
    wanted[0].setFocus()
    seen = [wanted[0]]
    while len(seen) < len(wanted):
        planned.qtbot.keyClick(seen[-1], Qt.Key.Key_Tab)
        seen.append(planned.window.focusWidget())
    assert seen == wanted
