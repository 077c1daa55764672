"""The file sheet is looked at as printed, turned, and saved."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from desktop.domain.requests import Audience
from desktop.use_cases.requests import comment
from tests.reports.pages import text_of
from tests.small_house import SmallHouse
from ui.common.request_pane.pane import RequestPane
from ui.common.request_pane.sheet_dialog import SheetDialog
from ui.common.request_pane.steps import Steps


def test_the_sheet_opens_by_its_key_is_turned_and_saved(
    seat, small_house: SmallHouse, window, tmp_path: Path, qtbot
) -> None:
    house = small_house
    one = house.raised(body="Long words. " * 1_500)
    house.me("Dušan Kovač").run(comment, one, "He was rude.", Audience.INTERNAL)
    context = seat("Dušan Kovač")
    pane = RequestPane(context)
    qtbot.addWidget(pane)
    pane.use_steps(Steps(context, pane, list, "request"), pane, "request")
    pane.resize(900, 900)
    pane.show()
    pane.show_request(one)
    qtbot.waitUntil(lambda: pane.details is not None)
    assert context.actions.run("request.sheet")
    dialog = pane.findChild(SheetDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.sheet is not None)
    assert dialog.sheet.pages > 2
    assert dialog.place.text().startswith("page 1 of")
    assert "He was rude." not in text_of(dialog.sheet.pdf)
    qtbot.keyClick(dialog, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: dialog.sheet.page == 1)
    dialog.internal.click()
    qtbot.waitUntil(lambda: "He was rude." in text_of(dialog.sheet.pdf))
    assert dialog.sheet.page == 1
    qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    asking = dialog.findChild(QFileDialog)
    assert asking is not None
    asking.fileSelected.emit(str(tmp_path / "sheet.pdf"))
    asking.reject()
    qtbot.waitUntil(lambda: (tmp_path / "sheet.pdf").exists())
    assert "He was rude." in text_of((tmp_path / "sheet.pdf").read_bytes())
    dialog.reject()
