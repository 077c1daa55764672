"""What the window itself shows of a file: a picture, a page, or the first words.

Everything here runs off the GUI thread. Nothing of a file is ever executed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QImage, QImageReader

from desktop.domain.errors import Refusal
from desktop.domain.files import FileKind
from desktop.domain.text import clean

LARGEST_SIDE: Final = 4096
MOST_MEGABYTES: Final = 160
"""A small file may unpack into a picture that fills the memory: it is not shown."""

MOST_LETTERS: Final = 200_000
LONGEST_LINE: Final = 5_000
_FORMATS: Final = {
    "image/png": b"png",
    "image/jpeg": b"jpeg",
    "image/gif": b"gif",
    "image/bmp": b"bmp",
    "image/webp": b"webp",
    "image/tiff": b"tiff",
}


@dataclass(frozen=True)
class Look:
    """A picture (of a page, where there are several), or words; never both."""

    image: QImage | None = None
    page: int = 0
    pages: int = 1
    words: str = ""
    is_cut: bool = False


def look_at(content: bytes, kind: FileKind, page: int, width: int) -> Look:
    """Picture a file; refuses with ``file_not_shown`` what is broken or locked."""
    if kind.code == "text":
        return _words(content)
    if kind.code == "pdf":
        return _page(content, page, width)
    return _picture(content, kind)


def _words(content: bytes) -> Look:
    head = content[: 4 * MOST_LETTERS].decode("utf-8-sig", "replace")
    lines = clean(head[:MOST_LETTERS]).split("\n")
    words = "\n".join(line[:LONGEST_LINE] for line in lines)
    is_cut = len(head) > MOST_LETTERS or max(map(len, lines)) > LONGEST_LINE
    return Look(words=words, is_cut=is_cut or len(content) > 4 * MOST_LETTERS)


def _page(content: bytes, page: int, width: int) -> Look:
    import pypdfium2

    from ui.common.sheets import sheet_of

    try:
        sheet = sheet_of(content, page, width)
    except pypdfium2.PdfiumError as error:
        raise Refusal("file_not_shown") from error
    return Look(sheet.image, sheet.page, sheet.pages)


def _picture(content: bytes, kind: FileKind) -> Look:
    data = QByteArray(content)
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    # Read as what its bytes said it is: no other reader may have a try at it.
    reader = QImageReader(buffer, QByteArray(_FORMATS[kind.media_type]))
    reader.setAutoDetectImageFormat(False)
    QImageReader.setAllocationLimit(MOST_MEGABYTES)
    reader.setAutoTransform(True)
    size = reader.size()
    if max(size.width(), size.height()) > LARGEST_SIDE:
        reader.setScaledSize(_smaller(size))
    image = reader.read()
    if image.isNull():
        raise Refusal("file_not_shown")
    return Look(image)


def _smaller(size: QSize) -> QSize:
    share = LARGEST_SIDE / max(size.width(), size.height())
    return QSize(max(1, int(size.width() * share)), max(1, int(size.height() * share)))
