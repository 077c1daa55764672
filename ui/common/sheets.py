"""The pages of a PDF as pictures, to look at and to print; runs off the GUI thread."""

from __future__ import annotations

import os
import uuid
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtGui import QImage

from desktop.domain.errors import Refusal
from desktop.exchange.places import refuse_open_workspace

POINTS_PER_INCH = 72
PRINTED_DPI = 300
MOST_PIXELS = 30_000_000


@dataclass(frozen=True)
class Sheet:
    """One page as a picture, with the PDF it was taken from."""

    pdf: bytes
    page: int
    pages: int
    image: QImage


@dataclass(frozen=True)
class Pages:
    """A PDF, and what has to be said of it beside the pages."""

    pdf: bytes
    notice: str = ""


def sheet_of(pdf: bytes, page: int, width: int) -> Sheet:
    """Picture one page (0 is the first; past the last, the last)."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = len(document)
        page = max(0, min(page, pages - 1))
        sheet = document[page]
        # A page a finger wide and a street long would not fit into any memory.
        area = max(1.0, sheet.get_width() * sheet.get_height())
        most = (MOST_PIXELS / area) ** 0.5
        scale = min(max(0.1, width / max(1.0, sheet.get_width())), most)
        return Sheet(pdf, page, pages, _picture(sheet, scale))
    finally:
        document.close()


def pages_of(pdf: bytes) -> int:
    """Return how many pages a PDF has."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def printed_page(pdf: bytes, page: int, dpi: int = PRINTED_DPI) -> QImage:
    """Picture one page (0 is the first) for a printer of so many dots per inch."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return _picture(document[page], dpi / POINTS_PER_INCH)
    finally:
        document.close()


def _picture(page: Any, scale: float) -> QImage:
    bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
    image = QImage(
        bitmap.buffer,
        bitmap.width,
        bitmap.height,
        bitmap.stride,
        QImage.Format.Format_RGBX8888,
    ).copy()
    bitmap.close()
    return image


def save_pdf(pdf: bytes, path: Path) -> Path:
    """Write a PDF beside its place and rename it, so that it is whole or not there.

    Raises Refusal ``file_not_written`` with ``path`` and ``reason``, and refuses to
    write over an open workspace.
    """
    beside = path.with_name(f".{uuid.uuid4().hex}.part")
    try:
        refuse_open_workspace(path)
        with beside.open("xb") as file:
            file.write(pdf)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        reason = error.strerror or str(error)
        raise Refusal("file_not_written", path=str(path), reason=reason) from error
    return path
