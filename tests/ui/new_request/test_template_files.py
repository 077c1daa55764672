"""A template brings its files along, into the form and onto the request."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Qt, QUrl
from sqlalchemy import select

from desktop.entities.attachments import Attachment
from tests.ui.new_request.test_page import (
    CONTROL,
    choose,
    come,
    fill,
    sent,
    window,
)
from ui.common.attachments.file_line import FileLine
from ui.new_request.template_dialog import TemplateDialog
from ui.new_request.templates_dialog import TemplatesDialog

__all__ = ["window"]

LEFT = Qt.MouseButton.LeftButton


def keep_as_template(qtbot, window, page, name: str, *, with_files: bool) -> None:
    page.beginnings.save_as_template()
    dialog = page.findChildren(TemplateDialog)[-1]
    assert dialog.files.text() == "Keep its file with it"
    dialog.name.setText(name)
    if not with_files:
        qtbot.mouseClick(dialog.files, LEFT)
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return, modifier=CONTROL)
    qtbot.waitUntil(lambda: name in str(window.told), timeout=10_000)


def test_a_template_brings_its_files_which_can_be_left_out_and_go_with_another_hit(
    qtbot, window, small_house, tmp_path
):
    page = come(qtbot, window)
    choose(qtbot, page, "title")
    plan = tmp_path / "plan.txt"
    plan.write_text("a plan")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(plan))])
    page.form.well.take_mime(mime)
    qtbot.waitUntil(lambda: len(page.form.kept_files()) == 1, timeout=10_000)
    keep_as_template(qtbot, window, page, "With plan", with_files=True)
    keep_as_template(qtbot, window, page, "Bare", with_files=False)
    page.drafting.forget()
    page.refresh()
    qtbot.waitUntil(
        lambda: (
            {one.name for one in page.search.hits() if one.template_id}
            == {"With plan", "Bare"}
        ),
        timeout=10_000,
    )
    hits = {one.name: one for one in page.search.hits()}
    page.search.chosen.emit(hits["With plan"])
    qtbot.waitUntil(lambda: len(page.form.kept_files()) == 1, timeout=10_000)
    (laid,) = page.form.well.files()
    assert (laid.name, laid.path.read_text()) == ("plan.txt", "a plan")
    page.search.chosen.emit(hits["Bare"])
    assert page.form.kept_files() == []
    assert not laid.path.exists()
    page.search.chosen.emit(hits["With plan"])
    qtbot.waitUntil(lambda: len(page.form.kept_files()) == 1, timeout=10_000)
    fill(qtbot, page, "_customer", "Ana")
    fill(qtbot, page, "parcel", "77")
    qtbot.mouseClick(page.form.foot.send, LEFT)
    (made,) = sent(qtbot, small_house, 1)
    stored = small_house.read(lambda s: s.scalars(select(Attachment)).one())
    assert (stored.request_id, stored.name) == (made.id, "plan.txt")


def test_files_of_templates_are_named_looked_at_and_taken_away_by_key(
    qtbot, window, small_house, tmp_path
):
    page = come(qtbot, window)
    choose(qtbot, page, "title")
    paths = [tmp_path / name for name in ("deed.txt", "plan.txt", "room.txt")]
    for path in paths:
        path.write_text(path.name)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    page.form.well.take_mime(mime)
    qtbot.waitUntil(lambda: len(page.form.kept_files()) == 3, timeout=10_000)
    page.beginnings.save_as_template()
    dialog = page.findChildren(TemplateDialog)[-1]
    assert dialog.files.text() == "Keep its 3 files with it"
    by_name = {one.name: one for one in dialog.lines}
    deed, room = by_name["deed.txt"], by_name["room.txt"]
    assert deed.detail.text() == "Plain text  ·  8 B"
    qtbot.keyClick(deed, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.opener.preview is not None, timeout=10_000)
    dialog.opener.preview.close()
    qtbot.keyClick(room, Qt.Key.Key_Delete)
    assert (room.detail.text(), dialog.files.text()) == (
        "Left out",
        "Keep its 2 files with it",
    )
    dialog.name.setText("With two")
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return, modifier=CONTROL)
    qtbot.waitUntil(lambda: "With two" in str(window.told), timeout=10_000)
    page.beginnings.manage_templates()
    listed = page.findChild(TemplatesDialog)

    def lines() -> dict[str, FileLine]:
        return {one.name: one for one in listed.lines.values()}

    qtbot.waitUntil(lambda: lines().keys() == {"deed.txt", "plan.txt"}, timeout=10_000)
    qtbot.keyClick(lines()["plan.txt"], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: listed.opener.preview is not None, timeout=10_000)
    listed.opener.preview.close()
    lines()["deed.txt"].setFocus()
    qtbot.keyClick(lines()["deed.txt"], Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: lines().keys() == {"plan.txt"}, timeout=10_000)
    assert window.told[-1] == "Taken away: deed.txt"
    window.undos[-1]()
    qtbot.waitUntil(lambda: lines().keys() == {"deed.txt", "plan.txt"}, timeout=10_000)
