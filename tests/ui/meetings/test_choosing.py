"""What a coordinator makes of candidates, with real clicks and keys."""

from __future__ import annotations

from PySide6.QtCore import Qt

from desktop.entities.meetings import MeetingSeries
from desktop.queries.raised_items import raised_by
from desktop.use_cases.meetings import change_item, publish_agenda
from desktop.use_cases.raising_items import raise_item
from ui.meetings.changes_dialog import ChangesDialog
from ui.meetings.choosing import RefuseDialog
from ui.meetings.evidence_dialog import EvidenceDialog
from ui.meetings.files_dialog import FilesDialog
from ui.meetings.item_dialog import ItemDialog
from ui.meetings.rules_dialog import RulesDialog


def of(sitting, rule: str):
    """Return a candidate on screen by its rule, None where there is none."""
    board = sitting.page.edits.board
    return next((one for one in board.candidates if one.candidate.rule == rule), None)


def choose_in_menu(sitting, rule: str, words: str) -> None:
    """Choose a line of a candidate's menu."""
    menu = sitting.page.candidates.menu_of(of(sitting, rule))
    next(one for one in menu.actions() if one.text() == words).trigger()
    sitting.settled()


def test_a_candidate_is_left_out_and_the_way_back_brings_it_again(planned):
    choose_in_menu(planned, "broken", "Not this time")
    planned.until(lambda: of(planned, "broken").place == "removed")
    planned.window.undo_bar.undo()
    planned.until(lambda: of(planned, "broken").place == "offered")


def test_a_rule_is_silenced_listed_and_heard_again(planned):
    choose_in_menu(planned, "broken", "Never this rule for this series")
    planned.until(lambda: of(planned, "broken") is None)
    planned.click(planned.page.candidates.rules_button)
    dialog = planned.dialog(RulesDialog)
    row = dialog.rows["broken"]
    assert row.silent.isVisible()
    planned.click(row.hear)
    planned.until(lambda: row.number.isVisible())
    planned.until(lambda: of(planned, "broken") is not None)


def test_weights_are_turned_by_slider_and_reset(planned):
    before = of(planned, "broken").candidate.weight
    planned.click(planned.page.candidates.rules_button)
    dialog = planned.dialog(RulesDialog)
    dialog.rows["broken"].slider.setValue(2)
    assert dialog.weights() == {"broken": 0.5}
    planned.qtbot.keyClick(
        dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )
    planned.no_dialog()
    planned.until(lambda: of(planned, "broken").candidate.weight == before / 2)
    row = planned.page.candidates.row(of(planned, "broken").candidate)
    assert "turned to 50 %" in row.why.text()
    planned.click(planned.page.candidates.rules_button)
    dialog = planned.dialog(RulesDialog)
    planned.click(dialog.reset)
    assert dialog.weights() == {}
    planned.click(dialog.submit_button)
    planned.until(lambda: of(planned, "broken").candidate.weight == before)


def test_weights_of_somebody_who_may_not_are_refused_and_stay(planned):
    def lose(work):
        from desktop.entities.units import PersonRole

        for row in work.session.query(PersonRole):
            work.session.delete(row)
        series = work.session.query(MeetingSeries).one()
        series.chair_id = None

    planned.house.run(lose)
    planned.settled()
    planned.page.choosing.rules()
    dialog = planned.dialog(RulesDialog)
    dialog.rows["near"].number.setValue(3)
    planned.click(dialog.submit_button)
    planned.until(lambda: "coordinator say what rules" in dialog.problem())
    assert dialog.weights() == {"near": 3.0}


def test_what_is_behind_an_item_is_one_key_away_with_what_it_weighs(drafted):
    drafted.choose("Broken promises")
    drafted.key(Qt.Key.Key_E)
    dialog = drafted.dialog(EvidenceDialog)
    assert "Promises broken: 2" in dialog.parts.text()
    assert dialog.open_button.isEnabled()


def test_what_somebody_raises_is_new_until_it_is_looked_at(drafted):
    house = drafted.house
    series = drafted.page.series_id
    house.me("Jelena Marić").run(raise_item, series, "<b>The fee table</b>")
    drafted.page.refresh()
    drafted.until(lambda: of(drafted, "raised") is not None)
    drafted.settled()
    row = drafted.page.candidates.row(of(drafted, "raised").candidate)
    assert row.title.text() == "<b>The fee table</b>"
    assert row.reason.text() == "Raised by Jelena Marić"
    drafted.until(row.fresh.isVisible)
    drafted.click(drafted.page.candidates.seen_link)
    drafted.until(lambda: of(drafted, "raised").fresh == 0)
    drafted.until(lambda: not row.fresh.isVisible())


def test_what_was_raised_is_refused_with_words(drafted):
    house = drafted.house
    series = drafted.page.series_id
    house.me("Jelena Marić").run(raise_item, series, "The fee table")
    house.me("Marko Ivić")
    drafted.page.refresh()
    drafted.until(lambda: of(drafted, "raised") is not None)
    choose_in_menu(drafted, "raised", "Refuse with a reason…")
    dialog = drafted.dialog(RefuseDialog)
    drafted.click(dialog.submit_button)
    drafted.until(lambda: dialog.box.problem() != "")
    dialog.reason.setPlainText("It hangs at the counter")
    drafted.click(dialog.submit_button)
    drafted.until(lambda: of(drafted, "raised") is None)
    (mine,) = house.read(raised_by, house.people["Jelena Marić"])
    assert (mine.state, mine.why) == ("refused", "It hangs at the counter")


def test_an_item_gets_a_heading_and_notes_for_the_chair(drafted):
    drafted.choose("Broken promises")
    height = drafted.page.agenda.list.sizeHintForRow(0)
    at = drafted.titles().index("Broken promises")
    drafted.key(Qt.Key.Key_Return)
    dialog = drafted.dialog(ItemDialog)
    dialog.section.setText("What has to be decided")
    dialog.chair_notes.setPlainText("Ask the registry first")
    drafted.click(dialog.submit_button)
    drafted.until(lambda: drafted.items()[at].section == "What has to be decided")
    drafted.settled()
    item = drafted.items()[at]
    assert item.chair_notes == item.running.chair_note == "Ask the registry first"
    assert drafted.page.agenda.list.sizeHintForRow(at) > height
    spoken = drafted.page.agenda.list.order.index(at).data(
        Qt.ItemDataRole.AccessibleTextRole
    )
    assert spoken.startswith("What has to be decided, ")


def test_files_are_added_named_and_taken_away_with_a_way_back(drafted, tmp_path):
    path = tmp_path / "plan.pdf"
    path.write_bytes(b"%PDF-1.7 plan")
    drafted.choose("Broken promises")
    drafted.key(Qt.Key.Key_F)
    dialog = drafted.dialog(FilesDialog)
    from ui.common.attachments.picking import Picked

    dialog.add([Picked("plan.pdf", path)])
    drafted.until(lambda: len(dialog.lines) == 1)
    (line,) = dialog.lines.values()
    assert line.title.text() == "plan.pdf"
    drafted.qtbot.keyClick(line, Qt.Key.Key_Delete)
    drafted.until(lambda: not dialog.lines)
    drafted.window.undo_bar.undo()
    drafted.until(lambda: len(dialog.lines) == 1)


def test_changes_since_the_last_version_are_a_click_away(drafted):
    page, house = drafted.page, drafted.house
    house.run(publish_agenda, page.meeting_id)
    item = next(one for one in drafted.items() if one.running.kind == "broken")
    house.run(change_item, item.id, minutes=item.running.minutes + 4)
    page.refresh()
    drafted.until(lambda: page.agenda.changed.isVisible())
    assert page.agenda.changed.text() == "Since version 1: 1 change"
    drafted.click(page.agenda.changed)
    dialog = drafted.dialog(ChangesDialog)
    told = f"Broken promises: {item.running.minutes + 4} minutes instead of "
    assert dialog.lines == [f"{told}{item.running.minutes}."]
