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
from ui.new_request.template_dialog import TemplateDialog

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
