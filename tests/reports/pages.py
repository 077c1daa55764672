"""A printed document read back: its text, its places, how full its pages are."""

from collections.abc import Iterator
from io import BytesIO

import pypdfium2
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

_DPI = 72
_HEAD_MM, _FOOT_MM = 17.5, 17.0


def read(content: bytes) -> PdfReader:
    """Open a document for reading, strictly."""
    return PdfReader(BytesIO(content), strict=True)


def text_of(content: bytes) -> str:
    """Return all words of a document with single spaces."""
    pages = (page.extract_text() for page in read(content).pages)
    return " ".join(" ".join(pages).split())


def fonts_of(content: bytes) -> dict[str, bool]:
    """Return every font a document names, and whether it is embedded."""
    found: dict[str, bool] = {}
    reader = read(content)
    for number in range(len(reader.xref[0]) + 1):
        one = reader.get_object(number) if number in reader.xref[0] else None
        if isinstance(one, DictionaryObject) and one.get("/Type") == "/Font":
            described = one.get("/FontDescriptor")
            embedded = described is not None and "/FontFile2" in described.get_object()
            found[str(one["/BaseFont"])] = embedded
    return found


def colours(content: bytes) -> set[tuple[int, int, int]]:
    """Return the colours that cover areas of the pages."""
    seen: set[tuple[int, int, int]] = set()
    document = pypdfium2.PdfDocument(content)
    for page in document:
        picture = page.render(scale=1.0).to_pil().convert("RGB")
        for count, colour in picture.getcolors(1 << 24):
            if count > 200:
                seen.add(colour)
    document.close()
    return seen


def fills(content: bytes) -> Iterator[float]:
    """Yield how far down each page is used: 0 nothing, 1 to the foot.

    The running head and the foot do not count.
    """
    document = pypdfium2.PdfDocument(content)
    for page in document:
        picture = page.render(scale=_DPI / 72).to_pil().convert("L")
        width, height = picture.size
        point = _DPI / 25.4
        top, bottom = round(_HEAD_MM * point), height - round(_FOOT_MM * point)
        box = (
            picture.crop((0, top, width, bottom))
            .point(lambda grey: 255 if grey < 200 else 0)
            .getbbox()
        )
        yield 0.0 if box is None else box[3] / (bottom - top)
    document.close()
