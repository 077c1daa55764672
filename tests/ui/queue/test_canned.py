"""Canned texts at the fields where people write."""

from __future__ import annotations

from PySide6.QtCore import Qt

from desktop.queries.desk_sections import canned_texts
from desktop.use_cases.wordings import CannedDraft, Sharing, save_canned_text
from ui.common.buttons import Button


def keep(desk, name: str, text: str) -> None:
    desk.house.me("Dušan Kovač").run(
        save_canned_text, CannedDraft(name, text, Sharing.UNIT)
    )


def test_a_canned_text_goes_in_filled_where_the_cursor_is(desk):
    keep(desk, "Ready", "{reference} is ready, {me}.")
    keep(desk, "Missing paper", "A paper is missing.")
    desk.choose("case")
    composer = desk.page.pane.composer
    composer.field.setFocus()
    composer.field.setPlainText("Hello. ")
    composer.field.moveCursor(composer.field.textCursor().MoveOperation.End)
    canned = desk.page.pane.canned
    desk.qtbot.keyClick(
        composer.field, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier
    )
    desk.until(lambda: canned.dialog is not None)
    desk.until(lambda: len(canned.dialog.list.lines()) == 2)
    desk.qtbot.keyClicks(canned.dialog.search, "ready")
    assert len(canned.dialog.list.lines()) == 1
    desk.qtbot.keyClick(canned.dialog.search, Qt.Key.Key_Return)
    desk.until(lambda: canned.dialog is None)
    assert composer.field.toPlainText() == "Hello. LR-0003 is ready, Dušan Kovač."


def test_what_is_typed_is_kept_for_use_again_and_deleted_with_a_way_back(desk):
    desk.choose("case")
    composer = desk.page.pane.composer
    composer.field.setPlainText("Bring {costumer} the map.")
    desk.page.pane.canned.open()
    dialog = desk.page.pane.canned.dialog
    desk.click(dialog.new)
    desk.until(lambda: dialog.editor is not None)
    editor = dialog.editor
    editor.name.setText("Map")
    # Left and come back to: it is there as it was typed.
    editor.reject()
    desk.click(dialog.new)
    desk.until(lambda: dialog.editor not in (None, editor))
    editor = dialog.editor
    assert editor.name.text() == "Map"
    desk.click(editor.submit_button)
    desk.until(lambda: "{costumer}" in editor.problem())
    editor.text.setPlainText("Bring {customer} the map.")
    desk.click(editor.submit_button)
    desk.until(lambda: len(dialog.list.lines()) == 1)

    desk.click(dialog.delete)
    desk.until(lambda: len(dialog.list.lines()) == 0)
    undo = next(
        button
        for button in dialog.banners.findChildren(Button)
        if button.accessibleName() == "Undo"
    )
    desk.click(undo)
    desk.until(lambda: len(dialog.list.lines()) == 1)
    actor = desk.house.actor("Dušan Kovač")
    rows = desk.house.read(canned_texts, actor.person_id, actor.unit_id)
    assert [row.text for row in rows] == ["Bring {customer} the map."]
    dialog.reject()
