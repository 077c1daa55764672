"""A page of a paper in an area that scrolls, whatever the area's size."""

from __future__ import annotations

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from ui.common.picture_view import PictureView
from ui.common.scroll_area import ScrollArea


def test_a_page_keeps_its_shape_in_an_area_of_any_height(qtbot) -> None:
    view = PictureView(is_page=True)
    area = ScrollArea()
    qtbot.addWidget(area)
    view.scroll_in(area)
    area.setWidgetResizable(True)
    area.setWidget(view)
    view.set_image(QImage(850, 1100, QImage.Format.Format_RGB32))
    area.show()
    for height in range(480, 580, 2):
        area.resize(420, height)
        QApplication.processEvents()
        assert view.height() == round(view.width() * 1100 / 850)
