"""Small files as customers bring them: a scan, a letter, a list; always the same."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from random import Random

_SIDE = (320, 220)
_PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
    b" /Resources << /Font << /F 5 0 R >> >> >>"
)


def sketch(words: Random) -> bytes:
    """Return a PNG: a house and a wall drawn with a few strokes."""
    width, height = _SIDE
    left, top = words.randint(40, 90), words.randint(60, 90)
    wall = words.randint(200, 290)
    lines = bytearray()
    for y in range(height):
        row = bytearray(b"\xfa") * width
        if y in (top, top + 90):
            row[left : left + 100] = b"\x28" * 100
        elif top < y < top + 90:
            row[left] = row[left + 99] = 40
        elif top - 40 <= y < top:
            half = (y - top + 40) * 5 // 4
            row[left + 50 - half] = row[left + 49 + half] = 40
        if 40 <= y <= 200:
            row[wall] = row[wall + 3] = 40
        lines += b"\0" + row  # no filter
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(lines), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data))
        + name
        + data
        + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )


def letter(lines: Sequence[str]) -> bytes:
    """Return a PDF of one page with lines of plain Latin letters."""
    shown = " ".join(f"({_escaped(line)}) Tj T*" for line in lines)
    page = f"BT /F 12 Tf 72 760 Td 18 TL {shown} ET".encode("ascii", "replace")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        _PAGE,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(page), page),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    made, starts = bytearray(b"%PDF-1.4\n"), []
    for number, one in enumerate(objects, 1):
        starts.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    at = len(made)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    made += b"xref\n0 6\n0000000000 65535 f \n" + table
    made += b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % at
    return bytes(made)


def note(lines: Sequence[str]) -> bytes:
    """Return a text file."""
    return ("\n".join(lines) + "\n").encode("utf-8")


def _escaped(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
